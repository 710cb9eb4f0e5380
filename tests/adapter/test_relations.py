"""dbt's groups relations, concurrency and empty."""

from dbt.tests.adapter.concurrency import test_concurrency as concurrency
from dbt.tests.adapter.empty.test_empty import BaseTestEmpty
from dbt.tests.adapter.relations.test_changing_relation_type import BaseChangeRelationTypeValidator


class TestChangeRelationTypes(BaseChangeRelationTypeValidator):
    pass


class TestConcurrency(concurrency.TestConcurenncy):
    pass


class TestEmptyFlag(BaseTestEmpty):
    pass
