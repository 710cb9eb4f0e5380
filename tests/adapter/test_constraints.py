"""dbt's group constraints."""

import pytest
from dbt.tests.adapter.constraints import fixtures
from dbt.tests.adapter.constraints import test_constraints as suite


def _teradata(schema: str) -> str:
    """The suite's schema with Teradata's types; what is unique or a key must be NOT NULL."""
    return schema.replace(
        "data_type: text", "data_type: varchar(30)\n        constraints:\n          - type: not_null"
    ).replace(
        "          - type: unique\n          - type: primary_key",
        "          - type: not_null\n          - type: primary_key",
    )


class TestModelConstraintsRuntimeEnforcement(suite.BaseModelConstraintsRuntimeEnforcement):
    @pytest.fixture(scope="class")
    def models(self):
        return {
            "my_model.sql": fixtures.my_model_wrong_order_depends_on_fk_sql,
            "foreign_key_model.sql": fixtures.foreign_key_model_sql,
            "constraints_schema.yml": _teradata(fixtures.constrained_model_schema_yml),
        }

    @pytest.fixture(scope="class")
    def expected_sql(self):
        """dbt-teradata sends CREATE TABLE by itself; what dbt writes as run is the INSERT."""
        return """
            insert into <model_identifier> (id, color, date_day)
            select id, color, date_day from (
                -- depends_on: <foreign_key_model_identifier>
                select 'blue' as color, 1 as id, '2019-01-01' as date_day
            ) as model_subq ;
        """


class TestIncrementalForeignKey(suite.TestIncrementalForeignKeyConstraint):
    pass
