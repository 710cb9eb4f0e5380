"""dbt's group grants."""

import pytest
from dbt.tests.adapter.grants import test_snapshot_grants as snapshot_grants
from dbt.tests.adapter.grants.test_incremental_grants import BaseIncrementalGrants
from dbt.tests.adapter.grants.test_invalid_grants import BaseInvalidGrants
from dbt.tests.adapter.grants.test_model_grants import BaseModelGrants
from dbt.tests.adapter.grants.test_seed_grants import BaseSeedGrants


class TestInvalidGrants(BaseInvalidGrants):
    def grantee_does_not_exist_error(self):
        return "[Teradata Database] [Error 3802]"

    def privilege_does_not_exist_error(self):
        return "[Teradata Database] [Error 3706]"


class TestModelGrants(BaseModelGrants):
    pass


class TestIncrementalGrants(BaseIncrementalGrants):
    pass


class TestSeedGrants(BaseSeedGrants):
    pass


class TestSnapshotGrants(snapshot_grants.BaseSnapshotGrants):
    """The suite casts to string, which Teradata does not know."""

    @pytest.fixture(scope="class")
    def snapshots(self):
        model = snapshot_grants.my_snapshot_sql.replace("{{ type_string() }}", "varchar(100)")
        schema = self.interpolate_name_overrides(snapshot_grants.snapshot_schema_yml)
        return {"my_snapshot.sql": model, "schema.yml": schema}
