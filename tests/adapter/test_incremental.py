"""dbt's group incremental."""

import pytest
from dbt.tests.adapter.incremental import test_incremental_unique_id as unique_id
from dbt.tests.adapter.incremental.test_incremental_merge_exclude_columns import BaseMergeExcludeColumns
from dbt.tests.adapter.incremental.test_incremental_microbatch import BaseMicrobatch
from dbt.tests.adapter.incremental.test_incremental_predicates import BaseIncrementalPredicates

# Teradata knows no UNION of SELECTs without FROM (error 3888), and its first SELECT decides the types.
_ROW = (
    "select * from (select {id} as id, cast('{msg}' as varchar(20)) as msg, cast('{color}' as varchar(20)) as color)"
    " as one_row"
)


def _rows(*rows: tuple[int, str, str]) -> str:
    return "\nunion all\n".join(_ROW.format(id=key, msg=msg, color=color) for key, msg, color in rows)


def _model(config: str) -> str:
    """The suite's model: two rows at first, then three."""
    first = _rows((1, "hello", "blue"), (2, "goodbye", "red"))
    second = _rows((1, "hey", "blue"), (2, "yo", "green"), (3, "anyway", "purple"))
    return (
        f"{{{{ config(materialized='incremental', unique_key='id'{config}) }}}}\n"
        f"{{% if not is_incremental() %}}\n{first}\n{{% else %}}\n{second}\n{{% endif %}}"
    )


class _Predicates(BaseIncrementalPredicates):
    @pytest.fixture(scope="class")
    def models(self):
        return {"delete_insert_incremental_predicates.sql": _model("")}


class TestIncrementalPredicates(_Predicates):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+incremental_predicates": ["id <> 2"], "+incremental_strategy": "delete+insert"}}


class TestPredicates(_Predicates):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+predicates": ["id <> 2"], "+incremental_strategy": "delete+insert"}}


class TestMergeExcludeColumns(BaseMergeExcludeColumns):
    @pytest.fixture(scope="class")
    def models(self):
        config = ", incremental_strategy='merge', merge_exclude_columns=['msg'], index='UNIQUE PRIMARY INDEX (id)'"
        return {"merge_exclude_columns.sql": _model(config)}


class TestMicrobatch(BaseMicrobatch):
    @pytest.fixture(scope="class")
    def input_model_sql(self):
        row = "select {day} as id, timestamp '2020-01-0{day} 00:00:00' as event_time from (select 1 as one) as one_row"
        rows = "\nunion all\n".join(row.format(day=day) for day in (1, 2, 3))
        return "{{ config(materialized='table', event_time='event_time') }}\n" + rows

    @pytest.fixture(scope="class")
    def insert_two_rows_sql(self, project):
        """Teradata's VALUES holds one row."""
        row = "insert into {schema}.input_model (id, event_time) values ({day}, timestamp '2020-01-0{day} 00:00:00')"
        return "; ".join(row.format(schema=project.test_schema, day=day) for day in (4, 5))


_VISITS = (
    ("PA", "Philadelphia", "Philadelphia", "2021-05-21"),
    ("CT", "Hartford", "Hartford", "2022-02-14"),
    ("MA", "Suffolk", "Boston", "2020-02-12"),
    ("NJ", "Mercer", "Trenton", "2022-01-01"),
    ("NY", "Kings", "Brooklyn", "2021-04-02"),
    ("NY", "New York", "Manhattan", "2021-04-01"),
    ("CO", "Denver", None, "2021-06-18"),
)


def _visits() -> str:
    """What the suite expects after the overwriting, the longest names first: the first SELECT decides the types."""
    row = "select * from (select '{}' as state, '{}' as county, {} as city, date '{}' as last_visit_date) as one_row"
    rows = (row.format(s, c, f"'{t}'" if t else "cast(null as varchar(20))", d) for s, c, t, d in _VISITS)
    return "{{ config(materialized='table') }}\n" + "\nunion all\n".join(rows)


class TestIncrementalUniqueKey(unique_id.BaseIncrementalUniqueKey):
    """dbt-teradata appends when no strategy is named; the suite expects overwriting."""

    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+incremental_strategy": "delete+insert"}}

    @pytest.fixture(scope="class")
    def models(self):
        expected = {"one_str__overwrite.sql": _visits(), "unique_key_list__inplace_overwrite.sql": _visits()}
        names = [name for name in vars(unique_id) if name.startswith("models__") and "expected" not in name]
        suite = {f"{name[8:-4]}.sql": getattr(unique_id, name) for name in names}
        return {**suite, "expected": expected}
