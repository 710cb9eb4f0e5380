"""INSERT (docs/teradata/typing.md §8; errors.md §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_query import bind_query
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import BoundQuery, Constant, Typed, Value, output_field
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.environment import Environment
from dbee_dbt.emulator.sql import target as t
from dbee_dbt.emulator.sql.literals import name_sql
from dbee_dbt.emulator.sql.parameters import ParameterRows, column_sql
from dbee_dbt.emulator.sql.partitions import check_partitions
from dbee_dbt.emulator.sql.references import check_as_child
from dbee_dbt.emulator.sql.select import parameter_sql
from dbee_dbt.model.objects import Column


def run_insert(node: d.Insert, env: Environment, bound: ParameterRows) -> int:
    """Insert; the number of rows inserted.

    Raises:
        TeradataError: what Teradata says of it.
        QueryError, NotKnownError: likewise, and what is not known.
    """
    target = t.target_of(env, node.table)
    places = _places(target, node.columns)
    binder = Binder(env.settings, env, bound.types)
    if node.query is not None:
        rows, parameters = _query_rows(target, places, binder, (node.query, bound))
        return insert_rows(target, rows, parameters, silent=env.settings.mode == "TERA")
    rows = _value_rows(target, places, binder, (node.values or (), bound))
    return insert_rows(target, rows, bound.columns, silent=False)


def _places(target: t.Target, names: Sequence[str]) -> list[int]:
    """The places of the columns that values come for.

    Raises:
        QueryError: 5628 for an unknown column.
        NotKnownError: for one that is named twice.
    """
    places = [target.place(name) for name in names] or list(range(len(target.relation.columns)))
    if len(set(places)) != len(places):
        raise NotKnownError("INSERT that names a column twice")
    return places


def _require_count(given: int, wanted: int) -> None:
    if given != wanted:
        raise QueryError(3812 if given < wanted else 3813)


def _value_rows(
    target: t.Target, places: list[int], b: Binder, given: tuple[tuple[s.Expression, ...], ParameterRows]
) -> str:
    nodes, bound = given
    if nodes:
        _require_count(len(nodes), len(places))
    written = dict(zip(places, nodes, strict=False))
    values = [
        _value(b, column, written.get(index), index in written) for index, column in enumerate(target.relation.columns)
    ]
    renderer = t.renderer(target.env, column_sql)
    items = _named(target, renderer.values(values))
    return f"SELECT {items}" + (f" FROM {bound.source}" if bound.columns else "")


def _value(b: Binder, column: Column, node: s.Expression | None, written: bool) -> Value:
    if column.identity is not None and not (written and not column.identity.always):
        return Constant(t.column_type(column, b.session), None)
    if column.identity is not None:
        column = _nullable(column)
    return t.value_for(b, column, node)


def _nullable(column: Column) -> Column:
    return replace(column, nullable=True)


def _named(target: t.Target, values: Sequence[str]) -> str:
    return ", ".join(
        f"{value} AS {name_sql(column.name)}" for value, column in zip(values, target.relation.columns, strict=True)
    )


def _query_rows(
    target: t.Target, places: list[int], b: Binder, given: tuple[s.Query, ParameterRows]
) -> tuple[str, list[Any]]:
    node, bound = given
    query = bind_query(b, None, node)
    _require_count(len(query.outputs), len(places))
    renderer = t.renderer(target.env, parameter_sql)
    values = _converted(target, places, b, query)
    inner = renderer.query(query)
    renderer.outputs = ()
    rows = f"SELECT {_named(target, renderer.values(values))} FROM ({inner}) AS q"
    return rows, [column[0] for column in bound.columns]


def _converted(target: t.Target, places: list[int], b: Binder, query: BoundQuery) -> list[Value]:
    sources = {place: index for index, place in enumerate(places)}
    values: list[Value] = []
    for place, column in enumerate(target.relation.columns):
        index = sources.get(place)
        typed = None
        if index is not None:
            output = query.outputs[index]
            typed = Typed(output_field(index + 1, output.type), format=output.format)
        if column.identity is not None and (typed is None or column.identity.always):
            values.append(Constant(t.column_type(column, b.session), None))
        else:
            values.append(t.value_for(b, column, None, typed))
    return values


def insert_rows(target: t.Target, rows: str, parameters: Sequence[Any], *, silent: bool) -> int:
    """Insert the rows of a DuckDB query whose columns are the table's.

    Args:
        target: the table.
        rows: the query.
        parameters: its parameters.
        silent: drop duplicate rows of a SET table without a word (INSERT … SELECT in TERA mode).

    Raises:
        TeradataError: 2700, 2801, 2802, 2803, 5317, 5728.
    """
    env, relation = target.env, target.relation
    table = env.writable(relation)
    identity = next((column for column in relation.columns if column.identity is not None), None)
    if not (t.needs_comparison(relation) or t.has_conditions(relation) or identity):
        return _insert(env, table, rows, parameters)
    with t.stage(env, rows, parameters) as staged:
        if identity is not None:
            _number(target, staged, identity)
        t.check_conditions(target, staged)
        check_partitions(target, staged)
        t.check_unique(target, staged, beside=table)
        new = f"SELECT * FROM {staged}"
        if silent and t.is_plain_set(relation):
            new = _without_duplicates(target, staged, table)
        else:
            t.check_set(target, staged, beside=table)
        count = _insert(env, table, new)
        check_as_child(target, staged)
        return count


def _insert(env: Environment, table: str, rows: str, parameters: Sequence[Any] = ()) -> int:
    (count,) = env.execute(f"INSERT INTO {table} {rows}", parameters).fetchone()
    return int(count)


def _without_duplicates(target: t.Target, staged: str, table: str) -> str:
    keys = ", ".join(target.keys("n", target.all_columns))
    same = t.same(target, target.all_columns)
    return (
        f"SELECT DISTINCT ON ({keys}) n.* FROM {staged} AS n WHERE NOT EXISTS (SELECT 1 FROM {table} AS o WHERE {same})"
    )


def _number(target: t.Target, staged: str, column: Column) -> None:
    """Give an identity column its numbers where it has none."""
    assert column.identity is not None
    name = name_sql(column.name)
    (missing,) = target.env.execute(f"SELECT count(*) FROM {staged} WHERE {name} IS NULL").fetchone()
    if not missing:
        return
    first = target.env.reserve_identity(target.relation, column.name, int(missing))
    step = 1 if column.identity.increment is None else column.identity.increment
    numbers = f"SELECT rowid AS r, {first} + {step} * (row_number() OVER (ORDER BY rowid) - 1) AS v FROM {staged}"
    target.env.execute(
        f"UPDATE {staged} AS x SET {name} = y.v FROM ({numbers} WHERE {name} IS NULL) AS y WHERE x.rowid = y.r"
    )
