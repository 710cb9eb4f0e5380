"""The parts of a statement that are kept as text."""

from __future__ import annotations

from dbee_dbt.ddl.clauses import OTHER
from dbee_dbt.ddl.statements import (
    AlterObject,
    AlterTable,
    CreateCode,
    CreateDatabase,
    CreateDefinition,
    CreateHashIndex,
    CreateJoinIndex,
    CreateTable,
    CreateTableAs,
    ModifyDatabase,
    ModifyProfile,
    Operation,
    OtherAction,
    StatementAst,
)
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import Table


def parts_as_text(ast: StatementAst) -> tuple[str, ...]:
    """The options, attributes, elements, clauses and actions that are kept as text, without secrets.

    Args:
        ast: what the statement says.
    """
    match ast:
        case CreateTable() | CreateTableAs():
            return table_parts_as_text(ast.table)
        case CreateJoinIndex() | CreateHashIndex():
            return (*ast.index.options.other, *ast.index.clauses)
        case CreateDatabase() | ModifyDatabase():
            return ast.database.clauses
        case CreateDefinition():
            return _others(ast.definition.clauses)
        case ModifyProfile():
            return _others(ast.profile.clauses)
        case CreateCode():
            return _others(ast.object.clauses)
        case AlterObject() | Operation():
            return _others(ast.clauses)
        case AlterTable():
            return tuple(action.text for action in ast.actions if isinstance(action, OtherAction))
    return ()


def table_parts_as_text(table: Table) -> tuple[str, ...]:
    """The options, attributes of columns, elements and clauses of a table that are kept as text."""
    attributes = (text for column in table.columns for text in column.attributes)
    time_index = table.time_index.other if table.time_index is not None else ()
    return (*table.options.other, *attributes, *table.elements, *time_index, *table.clauses)


def _others(clauses: tuple[Clause, ...] | None) -> tuple[str, ...]:
    return tuple(clause.value for clause in clauses or () if clause.name == OTHER)
