"""The table that a statement changes: its columns, what must hold of its rows, and rows held ready for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions import bind_condition, bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_literal import null_literal
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import Constant, FromTable, Operation, Typed, Value
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import family, is_char
from dbee_dbt.ddl.expressions.parse import parse_expression_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import table_column, table_source
from dbee_dbt.emulator.environment import Environment, Relation
from dbee_dbt.emulator.sql.failures import teradata_error
from dbee_dbt.emulator.sql.literals import name_sql
from dbee_dbt.emulator.sql.render import Renderer, key_sql
from dbee_dbt.emulator.sql.render_query import query_sql
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType

_STAGES = count(1)


class Target(Struct, frozen=True):
    """The table that a statement changes.

    Args:
        env: the emulator.
        relation: the table.
    """

    env: Environment
    relation: Relation

    @property
    def name(self) -> str:
        """Its qualified name, as errors show it."""
        return f"{self.relation.database}.{self.relation.name}"

    def place(self, column: str) -> int:
        """The place of a column, counted from 0.

        Raises:
            QueryError: 5628 if there is none of this name.
        """
        for index, found in enumerate(self.relation.columns):
            if fold(found.name) == fold(column):
                return index
        raise QueryError(5628, column, self.name)

    def case_specific(self, column: Column) -> bool:
        """Whether a column's characters compare with case."""
        return table_column(0, column, self.env.settings).case_specific

    def keys(self, source: str, columns: Sequence[str]) -> list[str]:
        """Columns of a source in the form in which their values repeat."""
        found = [self.relation.columns[self.place(name)] for name in columns]
        return [
            key_sql(f"{source}.{name_sql(c.name)}", self.case_specific(c))
            if c.type is not None and is_char(c.type)
            else f"{source}.{name_sql(c.name)}"
            for c in found
        ]

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self.relation.columns)


def target_of(env: Environment, table: s.TableName) -> Target:
    """The table that a name means.

    Raises:
        TeradataError: 3807 and kin.
        NotKnownError: for a view.
    """
    if len(table.parts) > 2:
        raise NotKnownError("a table name of three parts", table.at)
    relation = env.relation(table.parts[0] if len(table.parts) == 2 else None, table.parts[-1])
    if relation.query is not None:
        raise NotKnownError("changing rows through a view", table.at)
    return Target(env, relation)


def renderer(env: Environment, parameter: Any = None) -> Renderer:
    """A renderer for one statement."""
    return Renderer(env.settings, query_sql, parameter)


# --- values for columns ----------------------------------------------------------------------------------------------


def assigned(value: Typed, column: Column, session: Any) -> Value:
    """A value as a column takes it; 3604 at run time where the column is NOT NULL and the value is NULL."""
    kind = column_type(column, session)
    converted = convert(value, kind, "assign", column.format if family(kind) in ("date", "timestamp") else None)
    if column.nullable is False:
        if isinstance(value.value, Constant) and value.value.value is None:
            raise QueryError(3811, column.name)
        return Operation(kind, "not null", (converted,))
    return converted


def column_type(column: Column, session: Any) -> DataType:
    """A column's type with the character set it has."""
    return table_column(0, column, session).type


def default_of(b: Binder, column: Column) -> Typed | None:
    """What DEFAULT or WITH DEFAULT gives; None where a column has neither."""
    if column.default is not None:
        return bind_value.value(b, b.scope(None), parse_expression_text(column.default))
    return _system_default(column) if column.with_default else None


def _system_default(column: Column) -> Typed:
    """WITH DEFAULT: zero, blanks, or the current date or time (SQL Data Types and Literals, B035-1143)."""
    assert column.type is not None
    kind = column.type
    match family(kind):
        case "integer" | "decimal" | "float" | "number":
            return Typed(Constant(kind, 0))
        case "char":
            return Typed(Constant(kind, " " * (kind.length or 1) if kind.name == "CHAR" else ""))
        case "date":
            return Typed(Operation(kind, "CURRENT_DATE"))
        case "time" | "timestamp":
            word = f"CURRENT_{kind.name}"
            return Typed(Operation(kind, word, (), (kind.scale or 0,)))
    raise NotKnownError(f"WITH DEFAULT of {kind.base}")


def value_for(b: Binder, column: Column, node: s.Expression | None, typed: Typed | None = None) -> Value:
    """The value of one column: of an expression, of ``DEFAULT``, or of nothing.

    Args:
        b: the binder.
        column: the column.
        node: what was written; None where the column was left out.
        typed: the value, where it is bound already.
    """
    if typed is None and (node is None or (isinstance(node, s.Word) and node.text == "DEFAULT")):
        typed = default_of(b, column) or null_literal()
    if typed is None:
        assert node is not None
        typed = bind_value.value(b, b.scope(None), node)
    return assigned(typed, column, b.session)


# --- rows held ready -------------------------------------------------------------------------------------------------


@contextmanager
def stage(env: Environment, rows: str, parameters: Sequence[Any] = ()) -> Iterator[str]:
    """A temporary DuckDB table of the rows of a query; its name. It goes when the block ends."""
    name = f"temp.main.stage{next(_STAGES)}"
    env.execute(f"CREATE TEMP TABLE {name.rpartition('.')[2]} AS {rows}", parameters)
    yield name
    env.execute(f"DROP TABLE {name}")


def exists(env: Environment, query: str) -> bool:
    """True if a query has a row."""
    return env.execute(f"{query} LIMIT 1").fetchone() is not None


def check_conditions(target: Target, rows: str) -> None:
    """Refuse rows that a CHECK constraint is false for (5317), and those of which a derived period is none.

    Args:
        target: the table.
        rows: a FROM item whose columns are the table's.
    """
    for start, end in target.relation.periods:
        if exists(target.env, f"SELECT 1 FROM {rows} AS s WHERE s.{name_sql(start)} >= s.{name_sql(end)}"):
            raise NotKnownError(
                f"the error number of Teradata for a period of {target.name} that ends before it begins"
            )
    if not target.relation.checks:
        return
    b = Binder(target.env.settings, target.env)
    visible, source = table_source(b.number(), target.relation, None, target.env.settings)
    scope = b.scope(None)
    scope.add(visible)
    for text in target.relation.checks:
        condition = bind_condition.condition(b, scope, parse_expression_text(text))
        sql = renderer(target.env).value(condition)
        assert isinstance(source, FromTable)
        if exists(target.env, f"SELECT 1 FROM {rows} AS s{source.number} WHERE NOT {sql}"):
            raise teradata_error(5317, target.name)


def has_conditions(relation: Relation) -> bool:
    """True if not every row may be in the table: of its checks, periods, partitioning or foreign keys."""
    return bool(relation.checks or relation.periods or relation.partitioning or relation.foreign_keys)


def needs_comparison(relation: Relation) -> bool:
    """True if new rows must be compared with one another and with those that are there."""
    return bool(relation.uniques) or relation.set_kind == "SET"


def check_unique(target: Target, rows: str, *, beside: str | None) -> None:
    """Refuse rows that repeat the value of a unique index: 2801 of the primary one, else 2803.

    Args:
        target: the table.
        rows: a FROM item with the new rows.
        beside: a FROM item with the rows that stay, or None.
    """
    for unique in target.relation.uniques:
        if repeats(target, unique.columns, rows, beside):
            raise teradata_error(2801 if unique.primary else 2803, target.name)


def check_set(target: Target, rows: str, *, beside: str | None) -> None:
    """Refuse duplicate rows of a SET table without a unique index (2802)."""
    if is_plain_set(target.relation) and repeats(target, target.all_columns, rows, beside):
        raise teradata_error(2802, target.name)


def is_plain_set(relation: Relation) -> bool:
    """True for a SET table whose rows no unique index keeps apart."""
    return relation.set_kind == "SET" and not relation.uniques


def repeats(target: Target, columns: Sequence[str], rows: str, beside: str | None) -> bool:
    """True if values of these columns come twice."""
    grouped = ", ".join(target.keys("n", columns))
    if exists(target.env, f"SELECT 1 FROM {rows} AS n GROUP BY {grouped} HAVING count(*) > 1"):
        return True
    if beside is None:
        return False
    return exists(target.env, f"SELECT 1 FROM {rows} AS n JOIN {beside} AS o ON {same(target, columns)}")


def same(target: Target, columns: Sequence[str]) -> str:
    """The condition that rows ``n`` and ``o`` have equal values in these columns; NULL equals NULL."""
    pairs = zip(target.keys("n", columns), target.keys("o", columns), strict=True)
    return " AND ".join(f"{new} IS NOT DISTINCT FROM {old}" for new, old in pairs)
