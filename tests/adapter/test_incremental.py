"""dbt's group incremental."""

import pytest
from dbt.tests.adapter.incremental.test_incremental_predicates import BaseIncrementalPredicates

# Teradata knows no UNION of SELECTs without FROM (error 3888), and its first SELECT decides the types.
_ROW = (
    "select * from (select {id} as id, cast('{msg}' as varchar(20)) as msg, cast('{color}' as varchar(20)) as color)"
    " as one_row"
)


def _rows(*rows: tuple[int, str, str]) -> str:
    return "\nunion all\n".join(_ROW.format(id=key, msg=msg, color=color) for key, msg, color in rows)


class _Predicates(BaseIncrementalPredicates):
    @pytest.fixture(scope="class")
    def models(self):
        first = _rows((1, "hello", "blue"), (2, "goodbye", "red"))
        second = _rows((1, "hey", "blue"), (2, "yo", "green"), (3, "anyway", "purple"))
        return {
            "delete_insert_incremental_predicates.sql": "{{ config(materialized='incremental', unique_key='id') }}\n"
            f"{{% if not is_incremental() %}}\n{first}\n{{% else %}}\n{second}\n{{% endif %}}"
        }


class TestIncrementalPredicates(_Predicates):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+incremental_predicates": ["id <> 2"], "+incremental_strategy": "delete+insert"}}


class TestPredicates(_Predicates):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"models": {"+predicates": ["id <> 2"], "+incremental_strategy": "delete+insert"}}
