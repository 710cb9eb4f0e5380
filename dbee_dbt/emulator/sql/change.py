"""UPDATE and DELETE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.expressions import bind_condition, bind_source, bind_value
from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_literal import null_literal
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import From, Value
from dbee_dbt.ddl.expressions.scope import Scope, table_source
from dbee_dbt.emulator.environment import Environment
from dbee_dbt.emulator.sql import target as t
from dbee_dbt.emulator.sql.failures import teradata_error
from dbee_dbt.emulator.sql.literals import name_sql
from dbee_dbt.emulator.sql.parameters import ParameterRows
from dbee_dbt.emulator.sql.partitions import check_partitions
from dbee_dbt.emulator.sql.references import check_as_child, check_as_parent
from dbee_dbt.emulator.sql.render_query import source_sql
from dbee_dbt.emulator.sql.select import parameter_sql
from dbee_dbt.model.names import fold


class Change(Struct):
    """An UPDATE, DELETE or MERGE while it is bound.

    Args:
        target: the table that changes.
        number: of the table as a source.
        binder: of the statement.
        scope: its names.
    """

    target: t.Target
    number: int
    binder: Binder
    scope: Scope

    @property
    def froms(self) -> list[From]:
        """The sources, the table itself first."""
        return self.scope.froms


def begin(env: Environment, table: s.TableName, sources: Sequence[s.Source], bound: ParameterRows) -> Change:
    """Bind the table and the sources beside it.

    A table name that is the alias of one of the sources means that source: ``UPDATE a FROM t AS a SET …``.
    """
    table, others = _aliased(table, sources)
    target = t.target_of(env, table)
    relation = replace(target.relation, source=env.writable(target.relation))
    target = t.Target(env, relation)
    binder = Binder(env.settings, env, bound.types)
    scope = binder.scope(None)
    visible, found = table_source(binder.number(), relation, table.alias, env.settings)
    scope.add(visible)
    scope.froms.append(found)
    for source in others:
        scope.froms.append(bind_source.source(binder, scope, source))
    return Change(target, visible.number, binder, scope)


def _aliased(table: s.TableName, sources: Sequence[s.Source]) -> tuple[s.TableName, list[s.Source]]:
    for source in sources:
        if isinstance(source, s.TableName) and _is_target(table, source):
            return source, [other for other in sources if other is not source]
    return table, list(sources)


def _is_target(table: s.TableName, source: s.TableName) -> bool:
    if table.alias is not None:
        return False
    names = {fold(source.alias)} if source.alias else {fold(source.parts[-1])}
    return (len(table.parts) == 1 or source.alias is None) and fold(table.parts[-1]) in names


def from_sql(change: Change, renderer: Any) -> str:
    """The sources as SQL."""
    return ", ".join(source_sql(renderer, source) for source in change.froms)


def first_values(bound: ParameterRows) -> list[Any]:
    """The values of the one parameter row."""
    return [column[0] for column in bound.columns]


# --- UPDATE ----------------------------------------------------------------------------------------------------------


def run_update(node: d.Update, env: Environment, bound: ParameterRows) -> int:
    """Update; the number of rows updated.

    Raises:
        TeradataError: what Teradata says of it; 7547 where several source rows update one row.
    """
    change = begin(env, node.table, node.sources, bound)
    values = assignments(change, node.assignments)
    where = None if node.where is None else bind_condition.condition(change.binder, change.scope, node.where)
    with updates(change, values, where, first_values(bound)) as staged:
        return apply_updates(change.target, list(values), staged)


def assignments(change: Change, nodes: Sequence[d.Assignment]) -> dict[int, Value]:
    """The new values, by place of the column."""
    found: dict[int, Value] = {}
    for node in nodes:
        place = change.target.place(node.column)
        column = change.target.relation.columns[place]
        if isinstance(node.value, s.Word):
            typed = t.default_of(change.binder, column) or null_literal()
        else:
            typed = bind_value.value(change.binder, change.scope, node.value)
        found[place] = t.assigned(typed, column, change.binder.session)
    return found


def updates(change: Change, values: dict[int, Value], where: Value | None, parameters: Sequence[Any]) -> Any:
    """The rows that change, held ready: ``r`` is the row's id, ``c1`` … the new values."""
    renderer = t.renderer(change.target.env, parameter_sql)
    items = "".join(f", {sql} AS c{i}" for i, sql in enumerate(renderer.values(list(values.values())), 1))
    condition = "" if where is None else f" WHERE {renderer.value(where)}"
    rows = f"SELECT s{change.number}.rowid AS r{items} FROM {from_sql(change, renderer)}{condition}"
    return t.stage(change.target.env, rows, parameters)


def apply_updates(target: t.Target, places: Sequence[int], staged: str) -> int:
    """Write the new values; the number of rows written.

    Raises:
        TeradataError: 7547, 2700, 2801, 2802, 2803, 5317, 5728.
    """
    env, table = target.env, target.relation.source
    assert table is not None
    if t.exists(env, f"SELECT r FROM {staged} GROUP BY r HAVING count(*) > 1"):
        raise teradata_error(7547)
    changed = [target.relation.columns[place].name for place in places]
    names = [name_sql(name) for name in changed]
    if t.has_conditions(target.relation) or t.needs_comparison(target.relation):
        _check_new_rows(target, names, staged)
    sets = ", ".join(f"{name} = u.c{index}" for index, name in enumerate(names, 1))
    (count,) = env.execute(f"UPDATE {table} AS x SET {sets} FROM {staged} AS u WHERE x.rowid = u.r").fetchone()
    check_as_child(target, table, changed)
    check_as_parent(target, changed)
    return int(count)


def _check_new_rows(target: t.Target, names: Sequence[str], staged: str) -> None:
    replaced = ", ".join(f"u.c{index} AS {name}" for index, name in enumerate(names, 1))
    table = target.relation.source
    changed = f"(SELECT x.* REPLACE ({replaced}) FROM {table} AS x JOIN {staged} AS u ON x.rowid = u.r)"
    kept = f"(SELECT x.* FROM {table} AS x WHERE x.rowid NOT IN (SELECT r FROM {staged}))"
    t.check_conditions(target, changed)
    check_partitions(target, changed)
    t.check_unique(target, changed, beside=kept)
    t.check_set(target, changed, beside=kept)


# --- DELETE ----------------------------------------------------------------------------------------------------------


def run_delete(node: d.Delete, env: Environment, bound: ParameterRows) -> int:
    """Delete; the number of rows deleted."""
    change = begin(env, node.table, node.sources, bound)
    if node.where is None and len(change.froms) == 1:
        return delete_rows(change.target, "")
    where = None if node.where is None else bind_condition.condition(change.binder, change.scope, node.where)
    renderer = t.renderer(env, parameter_sql)
    condition = "" if where is None else f" WHERE {renderer.value(where)}"
    rows = f"SELECT s{change.number}.rowid FROM {from_sql(change, renderer)}{condition}"
    return delete_rows(change.target, f" WHERE rowid IN ({rows})", first_values(bound))


def delete_rows(target: t.Target, where: str, parameters: Sequence[Any] = ()) -> int:
    """Delete rows of a table; how many.

    Args:
        target: the table.
        where: DuckDB SQL that chooses them, ``WHERE`` included; "" for all.
        parameters: of that.
    """
    (count,) = target.env.execute(f"DELETE FROM {target.relation.source}{where}", parameters).fetchone()
    check_as_parent(target)
    return int(count)
