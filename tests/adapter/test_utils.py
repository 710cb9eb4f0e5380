"""dbt's group utils."""

import pytest
from dbt.tests.adapter.utils import fixture_get_powers_of_two as powers
from dbt.tests.adapter.utils.test_current_timestamp import BaseCurrentTimestamp
from dbt.tests.adapter.utils.test_equals import BaseEquals
from dbt.tests.adapter.utils.test_get_powers_of_two import BaseGetPowersOfTwo
from dbt.tests.adapter.utils.test_null_compare import BaseMixedNullCompare, BaseNullCompare
from dbt.tests.adapter.utils.test_timestamps import BaseCurrentTimestamps
from dbt.tests.adapter.utils.test_validate_sql import BaseValidateSqlMethod


class TestEquals(BaseEquals):
    pass


class TestMixedNullCompare(BaseMixedNullCompare):
    pass


class TestNullCompare(BaseNullCompare):
    pass


class TestCurrentTimestamp(BaseCurrentTimestamp):
    pass


class TestGetPowersOfTwo(BaseGetPowersOfTwo):
    """Teradata knows no UNION of SELECTs without FROM (error 3888)."""

    @pytest.fixture(scope="class")
    def models(self):
        model = powers.models__test_get_powers_of_two_sql.replace(
            "as expected", "as expected from (select 1 as one) as one_row"
        )
        return {
            "test_get_powers_of_two.sql": model,
            "test_get_powers_of_two.yml": powers.models__test_get_powers_of_two_yml,
        }


class TestValidateSqlMethod(BaseValidateSqlMethod):
    pass


class TestCurrentTimestamps(BaseCurrentTimestamps):
    """current_timestamp is a reserved word, and dbt-teradata has no backward compatible variants."""

    @pytest.fixture(scope="class")
    def models(self):
        model = "{{ config(materialized='table') }} select {{ current_timestamp() }} as moment"
        return {"get_current_timestamp.sql": model}

    @pytest.fixture(scope="class")
    def expected_schema(self):
        return {"moment": "TIMESTAMP WITH TIME ZONE"}

    @pytest.fixture(scope="class")
    def expected_sql(self):
        return "select current_timestamp(6) as moment"
