"""dbt's group basic, snapshots aside."""

import pytest
from dbt.tests.adapter.basic.test_adapter_methods import BaseAdapterMethod
from dbt.tests.adapter.basic.test_base import BaseSimpleMaterializations
from dbt.tests.adapter.basic.test_empty import BaseEmpty
from dbt.tests.adapter.basic.test_ephemeral import BaseEphemeral
from dbt.tests.adapter.basic.test_generic_tests import BaseGenericTests
from dbt.tests.adapter.basic.test_incremental import BaseIncremental, BaseIncrementalNotSchemaChange
from dbt.tests.adapter.basic.test_singular_tests import BaseSingularTests

from tests.adapter.models import incremental_model


class TestSimpleMaterializations(BaseSimpleMaterializations):
    pass


class TestSingularTests(BaseSingularTests):
    pass


class TestEmpty(BaseEmpty):
    pass


class TestEphemeral(BaseEphemeral):
    pass


class TestGenericTests(BaseGenericTests):
    pass


class TestAdapterMethod(BaseAdapterMethod):
    pass


class TestIncremental(BaseIncremental):
    pass


class TestIncrementalAppend(BaseIncremental):
    @pytest.fixture(scope="class")
    def models(self):
        return incremental_model("incremental_strategy='append'")


class TestIncrementalDeleteInsert(BaseIncremental):
    @pytest.fixture(scope="class")
    def models(self):
        return incremental_model("incremental_strategy='delete+insert'")


class TestIncrementalMerge(BaseIncremental):
    @pytest.fixture(scope="class")
    def models(self):
        return incremental_model("incremental_strategy='merge', unique_key='id', index='UNIQUE PRIMARY INDEX (id)'")


class TestIncrementalMergeTwoColumns(BaseIncremental):
    @pytest.fixture(scope="class")
    def models(self):
        return incremental_model(
            "incremental_strategy='merge', unique_key=['id', 'some_date'], index='UNIQUE PRIMARY INDEX (id, some_date)'"
        )


class TestIncrementalNotSchemaChange(BaseIncrementalNotSchemaChange):
    """The suite's model joins strings with || and a cast that Teradata spells otherwise."""

    @pytest.fixture(scope="class")
    def models(self):
        return {
            "incremental_not_schema_change.sql": """
                {{ config(materialized='incremental', unique_key='moment', on_schema_change='sync_all_columns') }}
                select
                    '1-' || cast(current_timestamp as varchar(40)) as moment,
                    {% if is_incremental() %} 'thisis18characters' {% else %} 'okthisis20characters' {% endif %} as platform
            """
        }
