"""MERGE."""

from __future__ import annotations

from contextlib import ExitStack

from dbee_dbt.ddl.expressions import bind_condition, bind_source, bind_value
from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.environment import Environment
from dbee_dbt.emulator.sql import target as t
from dbee_dbt.emulator.sql.change import (
    Change,
    apply_updates,
    assignments,
    begin,
    delete_rows,
    first_values,
    updates,
)
from dbee_dbt.emulator.sql.insert import insert_rows
from dbee_dbt.emulator.sql.literals import name_sql
from dbee_dbt.emulator.sql.parameters import ParameterRows
from dbee_dbt.emulator.sql.render_query import source_sql
from dbee_dbt.emulator.sql.select import parameter_sql


def run_merge(node: d.Merge, env: Environment, bound: ParameterRows) -> int:
    """Merge; rows updated or deleted plus rows inserted.

    Raises:
        TeradataError: 7547 where several source rows match one row, and what INSERT and UPDATE raise.
    """
    if node.delete and node.insert is not None:
        raise NotKnownError("MERGE that deletes and inserts", node.at)
    change = begin(env, node.table, (), bound)
    change.scope.froms.append(bind_source.source(change.binder, change.scope, node.source))
    condition = bind_condition.condition(change.binder, change.scope, node.condition)
    values = first_values(bound)
    with ExitStack() as held:
        matched = None
        new = assignments(change, node.update or ())
        if node.update is not None or node.delete:
            matched = held.enter_context(updates(change, new, condition, values))
        rows = held.enter_context(t.stage(env, _unmatched(change, node), values)) if node.insert else None
        done = 0
        if matched is not None:
            done = (
                delete_rows(change.target, f" WHERE rowid IN (SELECT r FROM {matched})")
                if node.delete
                else apply_updates(change.target, list(new), matched)
            )
        return done + (insert_rows(change.target, f"SELECT * FROM {rows}", (), silent=False) if rows else 0)


def _unmatched(change: Change, node: d.Merge) -> str:
    """The new rows: of source rows that match no row of the table."""
    assert node.insert is not None
    names, nodes = node.insert
    target, columns = change.target, change.target.relation.columns
    places = [target.place(name) for name in names] or list(range(len(columns)))
    if len(nodes) != len(places):
        raise QueryError(3812 if len(nodes) < len(places) else 3813)
    written = dict(zip(places, nodes, strict=True))
    renderer = t.renderer(target.env, parameter_sql)
    items = []
    for index, column in enumerate(columns):
        expression = written.get(index)
        plain = expression is None or isinstance(expression, s.Word)
        typed = None if plain or expression is None else bind_value.value(change.binder, change.scope, expression)
        value = t.value_for(change.binder, column, expression, typed)
        items.append(f"{renderer.value(value)} AS {name_sql(column.name)}")
    condition = renderer.value(bind_condition.condition(change.binder, change.scope, node.condition))
    others = ", ".join(source_sql(renderer, source) for source in change.froms[1:])
    table = source_sql(renderer, change.froms[0])
    return f"SELECT {', '.join(items)} FROM {others} WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {condition})"
