"""dbt's snapshots: of the group basic, and the group simple_snapshot."""

import pytest
from dbt.tests.adapter.basic.test_snapshot_check_cols import BaseSnapshotCheckCols
from dbt.tests.adapter.basic.test_snapshot_timestamp import BaseSnapshotTimestamp
from dbt.tests.adapter.simple_snapshot import new_record_dbt_valid_to_current as new_record
from dbt.tests.adapter.simple_snapshot import test_snapshot as fact
from dbt.tests.util import relation_from_name, run_dbt


class TestSnapshotCheckCols(BaseSnapshotCheckCols):
    pass


class TestSnapshotTimestamp(BaseSnapshotTimestamp):
    pass


class _Facts(fact.BaseSimpleSnapshotBase):
    """What the suite sends to the working table, in Teradata's SQL."""

    @pytest.fixture(scope="class")
    def project_config_update(self):
        """Two names of the width that a seed gets by itself are too wide to be joined (error 3798)."""
        widths = {"first_name": "varchar(50)", "last_name": "varchar(50)"}
        return {"seeds": {"+column_types": widths}}

    def create_fact_from_seed(self, where=None):
        assert where in fact.MODEL_FACT_SQL
        run_dbt(["run", "--select", "fact"])

    def update_fact_records(self, updates, where=None):
        written = {
            column: value.replace("interval '1 day'", "interval '1' day")
            .replace("left(", "substr(")
            .replace(", 3)", ", 1, 3)")
            for column, value in updates.items()
        }
        super().update_fact_records(written, where)

    def add_fact_column(self, column=None, definition=None):
        relation = relation_from_name(self.project.adapter, "fact")
        self.project.run_sql(f"alter table {relation} add {column} {definition}")

    def get_snapshot_records(self, select=None, where=None):
        """A condition is no value in Teradata; its 1 equals Python's True."""
        assert select == "id, dbt_valid_to is null as is_current"
        return super().get_snapshot_records("id, case when dbt_valid_to is null then 1 else 0 end as is_current", where)


class TestSimpleSnapshot(_Facts, fact.BaseSimpleSnapshot):
    pass


class TestSnapshotCheck(_Facts, fact.BaseSnapshotCheck):
    pass


class TestSnapshotNewRecordDbtValidToCurrent(new_record.BaseSnapshotNewRecordDbtValidToCurrent):
    """Names have two parts, and VALUES holds one row."""

    @pytest.fixture(scope="class")
    def snapshots(self):
        return {"snapshot.sql": new_record._snapshot_actual_sql.replace("{{target.database}}.", "")}

    @pytest.fixture(scope="class")
    def models(self):
        yaml = new_record._snapshots_yml.replace("date('9999-12-31')", "timestamp '9999-12-31 00:00:00.000000+00:00'")
        return {"snapshots.yml": yaml}

    @pytest.fixture(scope="class")
    def seed_new_record_mode_statements(self, project):
        seed = f"{project.test_schema}.seed"
        return [
            f"create table {seed} (id integer, first_name varchar(50))",
            f"insert into {seed} values (1, 'Judith')",
            f"insert into {seed} values (2, 'Arthur')",
        ]

    @pytest.fixture(scope="class")
    def delete_sql(self, project):
        return f"delete from {project.test_schema}.seed where id = 1"
