"""dbt's group constraints."""

import pytest
from dbt.tests.adapter.constraints import fixtures
from dbt.tests.adapter.constraints import test_constraints as suite

_TEXT = "data_type: varchar(30)"
_REQUIRED = f"{_TEXT}\n        constraints:\n          - type: not_null"
_UNIQUE = "          - type: unique\n"


# dbt-teradata sends CREATE TABLE by itself; what dbt writes as run is the INSERT.
INSERT = """
    insert into <model_identifier> (id, color, date_day)
    select id, color, date_day from (
        -- depends_on: <foreign_key_model_identifier>
        select 'blue' as color, 1 as id, '2019-01-01' as date_day
    ) as model_subq ;
"""


def _model(schema: str) -> str:
    """The suite's schema with Teradata's types; one column has one key, which is NOT NULL."""
    parent = f"{_UNIQUE}          - type: primary_key"
    return (
        schema.replace("data_type: text", _TEXT)
        .replace(parent, "          - type: not_null\n          - type: primary_key")
        .replace(f"{_UNIQUE}        data_tests", "        data_tests")
    )


class TestModelConstraintsRuntimeEnforcement(suite.BaseModelConstraintsRuntimeEnforcement):
    @pytest.fixture(scope="class")
    def models(self):
        """What is unique must be NOT NULL."""
        return {
            "my_model.sql": fixtures.my_model_wrong_order_depends_on_fk_sql,
            "foreign_key_model.sql": fixtures.foreign_key_model_sql,
            "constraints_schema.yml": _model(fixtures.constrained_model_schema_yml).replace(_TEXT, _REQUIRED),
        }

    @pytest.fixture(scope="class")
    def expected_sql(self):
        return INSERT


class TestTableConstraintsRuntimeDdlEnforcement(suite.BaseConstraintsRuntimeDdlEnforcement):
    @pytest.fixture(scope="class")
    def models(self):
        return {
            "my_model.sql": fixtures.my_model_wrong_order_depends_on_fk_sql,
            "foreign_key_model.sql": fixtures.foreign_key_model_sql,
            "constraints_schema.yml": _model(fixtures.model_fk_constraint_schema_yml),
        }

    @pytest.fixture(scope="class")
    def expected_sql(self):
        return INSERT


class TestIncrementalConstraintsRuntimeDdlEnforcement(suite.BaseIncrementalConstraintsRuntimeDdlEnforcement):
    @pytest.fixture(scope="class")
    def models(self):
        return {
            "my_model.sql": fixtures.my_model_incremental_wrong_order_depends_on_fk_sql,
            "foreign_key_model.sql": fixtures.foreign_key_model_sql,
            "constraints_schema.yml": _model(fixtures.model_fk_constraint_schema_yml),
        }

    @pytest.fixture(scope="class")
    def expected_sql(self):
        return INSERT


class TestConstraintQuotedColumn(suite.BaseConstraintQuotedColumn):
    @pytest.fixture(scope="class")
    def models(self):
        return {
            "my_model.sql": fixtures.my_model_with_quoted_column_name_sql,
            "constraints_schema.yml": _model(fixtures.model_quoted_column_schema_yml),
        }

    @pytest.fixture(scope="class")
    def expected_sql(self):
        return """
            insert into <model_identifier> (id, "from", date_day)
            select id, "from", date_day from (
                select 'blue' as "from", 1 as id, '2019-01-01' as date_day
            ) as model_subq ;
        """


class _Rollback(suite.BaseConstraintsRollback):
    @pytest.fixture(scope="class")
    def expected_error_messages(self):
        return ["Cannot place a null value in a NOT NULL field"]


class TestTableConstraintsRollback(_Rollback):
    @pytest.fixture(scope="class")
    def models(self):
        return {"my_model.sql": fixtures.my_model_sql, "schema.yml": _model(fixtures.model_schema_yml)}


class TestIncrementalConstraintsRollback(_Rollback, suite.BaseIncrementalConstraintsRollback):
    @pytest.fixture(scope="class")
    def models(self):
        return {"my_model.sql": fixtures.my_incremental_model_sql, "schema.yml": _model(fixtures.model_schema_yml)}


class _ColumnsEqual(suite.BaseConstraintsColumnsEqual):
    """dbt shows the types of a query as the driver does: as Python's."""

    @pytest.fixture
    def string_type(self):
        return "str"

    @pytest.fixture
    def int_type(self):
        return "int"

    @pytest.fixture
    def schema_string_type(self):
        return "varchar(30)"

    @pytest.fixture
    def schema_int_type(self):
        return "integer"

    @pytest.fixture
    def data_types(self):
        """Value, type in the contract, type in the message."""
        return [
            ["1", "integer", "int"],
            ["'1'", "varchar(30)", "str"],
            ["cast('2013-11-03 00:00:00' as timestamp(0))", "timestamp(0)", "datetime"],
            ["cast(1.25 as decimal(9,2))", "decimal(9,2)", "decimal"],
        ]


def _models(order: str, name: str) -> dict[str, str]:
    """ERROR is no name for a column without quotes."""
    return {
        "my_model_wrong_order.sql": order,
        "my_model_wrong_name.sql": name.replace("as error", 'as "error"'),
        "constraints_schema.yml": _model(fixtures.model_schema_yml),
    }


class TestTableConstraintsColumnsEqual(_ColumnsEqual, suite.BaseTableConstraintsColumnsEqual):
    @pytest.fixture(scope="class")
    def models(self):
        return _models(fixtures.my_model_wrong_order_sql, fixtures.my_model_wrong_name_sql)


class TestViewConstraintsColumnsEqual(_ColumnsEqual, suite.BaseViewConstraintsColumnsEqual):
    @pytest.fixture(scope="class")
    def models(self):
        return _models(fixtures.my_model_view_wrong_order_sql, fixtures.my_model_view_wrong_name_sql)


class TestIncrementalConstraintsColumnsEqual(_ColumnsEqual, suite.BaseIncrementalConstraintsColumnsEqual):
    @pytest.fixture(scope="class")
    def models(self):
        return _models(fixtures.my_model_incremental_wrong_order_sql, fixtures.my_model_incremental_wrong_name_sql)


class TestIncrementalForeignKey(suite.TestIncrementalForeignKeyConstraint):
    pass
