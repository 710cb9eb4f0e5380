"""A query's text -> DuckDB SQL and the columns of its result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions.bind_literal import type_of_parameter
from dbee_dbt.ddl.expressions.bind_query import bind_query
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import Bound, BoundQuery, Output
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.environment import Environment
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.sql.failures import explained
from dbee_dbt.emulator.sql.render import Renderer
from dbee_dbt.emulator.sql.render_query import query_sql
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.model.types import DataType


class OutputColumn(Struct, frozen=True):
    """One column of a result.

    Args:
        name: the name it was given, or the column's own; "" for an unnamed expression.
        title: what the driver shows where there is no name: the default title.
        type: its Teradata type, character set included.
        nullable: whether it can be NULL.
        case_specific: of a character column.
        format: FORMAT other than its type's own, or None.
    """

    name: str
    title: str
    type: DataType
    nullable: bool
    case_specific: bool
    format: str | None = None

    @property
    def label(self) -> str:
        """What ``cursor.description`` shows: the name, else the title (docs/teradata/typing.md §6)."""
        return self.name or self.title


class Compiled(Struct, frozen=True):
    """A query that can be run.

    Args:
        sql: DuckDB SQL; its parameters are ``$1`` … in the order of ``parameters``.
        columns: of the result.
        parameters: values to bind.
    """

    sql: str
    columns: tuple[OutputColumn, ...]
    parameters: tuple[Any, ...] = ()


def compile_query(text: str, env: Environment, parameters: Sequence[Any] = ()) -> Compiled:
    """A query's text as DuckDB SQL.

    Args:
        text: a Teradata query; comments, LOCKING and a trailing semicolon may stand in it.
        env: the emulator.
        parameters: bound values, one for each ``?``.

    Raises:
        TeradataError: what Teradata says of the query.
        EmulatorRefusal: where a type or a meaning is not known.
    """
    with _explained():
        return _compiled(text, env, tuple(parameters), nested=False)


def compile_inner_query(text: str, env: Environment) -> Compiled:
    """The query of a view or of CREATE TABLE AS: ORDER BY needs TOP in it (3706).

    Raises:
        TeradataError: what Teradata says of the query.
        EmulatorRefusal: where a type or a meaning is not known.
    """
    with _explained():
        return _compiled(text, env, (), nested=True)


def bound_query(text: str, env: Environment) -> BoundQuery:
    """A query as it is bound: what its columns are made of.

    Raises:
        TeradataError: what Teradata says of the query.
        EmulatorRefusal: where a type or a meaning is not known.
    """
    with _explained():
        return _bound(text, env, (), nested=True)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (QueryError, NotKnownError) as problem:
        raise explained(problem) from problem
    except RecursionError as problem:
        raise EmulatorRefusal("a query nested this deeply") from problem


def _bound(text: str, env: Environment, parameters: tuple[Any, ...], *, nested: bool) -> BoundQuery:
    kinds = tuple(type_of_parameter(value) for value in parameters)
    binder = Binder(env.settings, env, kinds)
    return bind_query(binder, None, parse_query_text(text), nested=nested)


def _compiled(text: str, env: Environment, parameters: tuple[Any, ...], *, nested: bool) -> Compiled:
    query = _bound(text, env, parameters, nested=nested)
    sql = query_sql(Renderer(env.settings, query_sql, parameter_sql), query)
    return Compiled(sql, tuple(output_column(output) for output in query.outputs), parameters)


def parameter_sql(value: Bound) -> str:
    """A bound value in the SQL."""
    return f"CAST(${value.number + 1} AS {'INTEGER' if value.type.name == 'NULL' else storage_type(value.type)})"


def output_column(output: Output) -> OutputColumn:
    """The public form of a result's column."""
    return OutputColumn(
        output.name or "", output.title, output.type, output.nullable, output.case_specific, output.format
    )
