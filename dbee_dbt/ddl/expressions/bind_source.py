"""FROM: tables, views, derived tables, queries of WITH and joins -> sources."""

from __future__ import annotations

from dbee_dbt.ddl.expressions import bind_condition, bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import From, FromCommon, FromJoin, FromQuery, Known, Output
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Scope, Visible, query_columns, table_source
from dbee_dbt.model.names import fold


def source(b: Binder, scope: Scope, node: s.Source) -> From:
    """One entry of a FROM list; its names enter the scope.

    Raises:
        QueryError: what Teradata says of it.
        NotKnownError: where a column's type is not known.
    """
    match node:
        case s.TableName():
            return _table(b, scope, node)
        case s.Derived():
            return _derived(b, scope, node)
        case s.Join():
            return _join(b, scope, node)
        case s.UnboundSource():
            raise bind_value.refusal(node)


def _table(b: Binder, scope: Scope, node: s.TableName) -> From:
    if len(node.parts) > 2:
        raise NotKnownError("a table name of three parts", node.at)
    if len(node.parts) == 1 and fold(node.parts[0]) in b.commons:
        return _common(b, scope, node)
    database = node.parts[0] if len(node.parts) == 2 else None
    visible, found = named_source(b, database, node.parts[-1], node.alias)
    scope.add(visible)
    return found


def _common(b: Binder, scope: Scope, node: s.TableName) -> From:
    common = b.commons[fold(node.parts[0])]
    number = b.number()
    columns = query_columns(number, common.outputs)
    scope.add(Visible(number, node.alias, None, common.name, columns))
    return FromCommon(number, common.number)


def named_source(b: Binder, database: str | None, name: str, alias: str | None) -> tuple[Visible, From]:
    """A table or a view, by name; unqualified, it lies in the default database of the text at hand."""
    relation = b.lookup.relation(database if database is not None or not b.depth else b.database, name)
    number = b.number()
    if relation.query is None:
        return table_source(number, relation, alias, b.session)
    return _view(b, number, relation, alias)


def _view(b: Binder, number: int, relation: Known, alias: str | None) -> tuple[Visible, From]:
    from dbee_dbt.ddl.expressions.bind_query import bind_query

    assert relation.query is not None
    inner = b.for_view(relation)
    query = bind_query(inner, None, parse_query_text(relation.query))
    names = view_names(relation, query.outputs)
    columns = query_columns(number, query.outputs[: len(names)], names)
    return Visible(number, alias, relation.database, relation.name, columns), FromQuery(number, query)


def view_names(relation: Known, outputs: tuple[Output, ...]) -> tuple[str, ...]:
    """The names of a view's columns: those it was created with, else those of its query.

    ``SELECT *`` was expanded when the view was created, so columns that its tables got later are not in it.

    Raises:
        QueryError: 3810, a column that ``*`` stood for is gone.
    """
    known = tuple(column.name for column in relation.columns)
    if len(known) > len(outputs):
        there = {fold(output.name or output.title) for output in outputs}
        raise QueryError(3810, next((name for name in known if fold(name) not in there), known[-1]))
    return known or tuple(output.name or output.title for output in outputs)


def _derived(b: Binder, scope: Scope, node: s.Derived) -> From:
    from dbee_dbt.ddl.expressions.bind_query import bind_query

    inner = bind_query(b, scope.parent, node.query)
    number = b.number()
    columns = query_columns(number, inner.outputs, node.columns)
    scope.add(Visible(number, node.alias, None, node.alias, columns))
    return FromQuery(number, inner)


def _join(b: Binder, scope: Scope, node: s.Join) -> From:
    left = source(b, scope, node.left)
    right = source(b, scope, node.right)
    condition = bind_condition.condition(b, scope, node.condition) if node.condition is not None else None
    return FromJoin(node.kind, left, right, condition)


def implicit_source(b: Binder, scope: Scope, database: str | None, name: str) -> Visible:
    """A table that is only named as a qualifier: it is joined to the SELECT (typing.md §8)."""
    visible, found = named_source(b, database, name, None)
    scope.add(visible)
    scope.froms.append(found)
    return visible
