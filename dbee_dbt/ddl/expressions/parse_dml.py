"""INSERT, UPDATE, DELETE and MERGE: tokens -> syntax."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import parse_clause, parse_expression, parse_object, parse_query, parse_source
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.problems import QueryError


def insert(c: Cursor) -> d.Statement:
    """``INSERT [INTO] t [(columns)] VALUES (…) | query | DEFAULT VALUES``, or the short ``INS t (1, 2)``."""
    at = c.next().start
    if c.word() == "EXPLAIN":
        return _insert_explain(c, at)
    unbound = parse_clause.isolated_loading(c)
    c.accept("INTO")
    found = _insert(c, at, s.TableName(at=c.at, parts=c.qualified_name()))
    more = (*unbound, *found.unbound, *parse_clause.distribution(c), *parse_clause.error_logging(c))
    return replace(found, unbound=more) if more else found


def _insert(c: Cursor, at: int, table: s.TableName) -> d.Insert:
    """What stands behind the table's name."""
    if c.accept("DEFAULT", "VALUES"):
        return d.Insert(at=at, table=table)
    if c.word() == "JSON" and (c.token(1).kind == "string" or c.word(1) in ("?", "(", ":")):
        return _insert_json(c, at, table)
    if parse_query.starts(c, 0) and _holds_query(c):
        return d.Insert(at=at, table=table, query=_query(c))
    if c.word() != "(" and c.word() not in ("VALUES",):
        raise c.expected("'VALUES'")
    first = () if c.word() == "VALUES" else _list(c)
    if c.accept("VALUES"):
        return d.Insert(at=at, table=table, columns=_column_names(c, first), values=_values(c))
    if c.word() == "JSON":
        return replace(_insert_json(c, at, table), columns=_column_names(c, first))
    if c.done:
        return d.Insert(at=at, table=table, values=first)
    return d.Insert(at=at, table=table, columns=_column_names(c, first), query=_query(c))


def _insert_json(c: Cursor, at: int, table: s.TableName) -> d.Insert:
    """``INSERT t JSON '…'``: a row out of a document."""
    document = s.Unbound(at=c.next().start, what="INSERT … JSON", inner=(parse_expression.value(c),))
    return d.Insert(at=at, table=table, unbound=(document,))


def _insert_explain(c: Cursor, at: int) -> d.Statement:
    """``INSERT EXPLAIN … INTO qcd [AS name] … request``: the request, which only is explained."""
    while not c.done and not c.accept("INTO"):
        c.next()
    c.qualified_name()
    while not c.done and c.word() not in READERS and not parse_query.starts(c, 0):
        c.next()
    found = READERS[c.word()](c) if c.word() in READERS else parse_query.query(c)
    explained = s.Unbound(at=at, what="INSERT EXPLAIN")
    return replace(found, unbound=(explained, *found.unbound))


def _holds_query(c: Cursor) -> bool:
    """True unless the parenthesis here is a list of columns or values that begins with a subquery."""
    return c.word() != "(" or c.word(1) == "(" or parse_query.starts(c, 1)


def _query(c: Cursor) -> s.Query:
    """A query; one in parentheses means what it means without them."""
    found = parse_query.query(c)
    while isinstance(found.body, s.Nested) and not (found.commons or found.order or found.sample or found.unbound):
        found = found.body.query
    return found


def _list(c: Cursor) -> tuple[s.Expression, ...]:
    c.expect("(")
    found = [_value(c)]
    while c.accept(","):
        found.append(_value(c))
    c.expect(")")
    return tuple(found)


_ENDS_VALUE = (",", ")", "WHERE", "ALL", "ELSE", "WHEN", "LOGGING")


def _value(c: Cursor) -> s.Expression:
    """One value; an empty place between commas is NULL, ``DEFAULT`` is the column's default."""
    if c.word() in (",", ")"):
        return s.Null(at=c.at)
    if c.word() == "DEFAULT" and (c.word(1) in _ENDS_VALUE or c.token(1).kind == "space"):
        return s.Word(at=c.next().start, text="DEFAULT")
    return parse_expression.expression(c)


def _values(c: Cursor) -> tuple[s.Expression, ...]:
    found = _list(c)
    if c.word() == ",":
        raise c.expected("the end of the request")
    return found


def _column_names(c: Cursor, items: tuple[s.Expression, ...]) -> tuple[str, ...]:
    names = []
    for item in items:
        if not isinstance(item, s.Name):
            raise c.expected("a column name")
        names.append(item.parts[-1])
    return tuple(names)


def update(c: Cursor) -> d.Update:
    """``UPDATE t [alias] [FROM sources] SET … [WHERE …|ALL] [ELSE INSERT …]``."""
    at = c.next().start
    unbound = parse_clause.isolated_loading(c)
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_source.alias(c))
    unbound += parse_clause.portion(c)
    sources = parse_source.sources(c) if c.accept("FROM") else ()
    c.expect("SET")
    assignments = _assignments(c)
    where = _where(c)
    otherwise = _else_insert(c)
    if otherwise is not None:
        unbound += (s.Unbound(at=otherwise.at, what="UPDATE … ELSE INSERT"),)
    return d.Update(
        at=at,
        table=table,
        assignments=assignments,
        sources=sources,
        where=where,
        otherwise=otherwise,
        unbound=unbound,
    )


def _else_insert(c: Cursor) -> d.Insert | None:
    """``ELSE INSERT …`` of a row that the UPDATE does not find."""
    if not c.accept("ELSE"):
        return None
    at = c.next().start
    c.accept("INTO")
    return _insert(c, at, s.TableName(at=c.at, parts=c.qualified_name()))


def _where(c: Cursor) -> s.Expression | None:
    if c.accept("ALL"):
        return None
    if not c.accept("WHERE"):
        return None
    at = c.at
    if c.accept("CURRENT", "OF"):
        c.name()
        return s.Unbound(at=at, what="WHERE CURRENT OF")
    return parse_expression.expression(c)


def _assignments(c: Cursor) -> tuple[d.Assignment, ...]:
    found = [_assignment(c)]
    while c.accept(","):
        found.append(_assignment(c))
    return tuple(found)


def _assignment(c: Cursor) -> d.Assignment:
    at, parts = c.at, c.qualified_name()
    whole: s.Expression = s.Name(at=at, parts=parts)
    element = parse_object.continued(c, whole)
    c.expect("=")
    value = _value(c)
    if element is not whole:
        value = s.Unbound(at=at, what="a part of a column in SET", inner=(element, value))
    return d.Assignment(at=at, column=parts[-1], value=value)


def delete(c: Cursor) -> d.Delete:
    """``DELETE [FROM] t [alias] [FROM sources] [WHERE …|ALL]``."""
    at = c.next().start
    unbound = parse_clause.isolated_loading(c)
    c.accept("FROM")
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_source.alias(c))
    unbound += parse_clause.portion(c)
    sources = parse_source.sources(c) if c.choose("FROM", ",") else ()
    return d.Delete(at=at, table=table, sources=sources, where=_where(c), unbound=unbound)


def merge(c: Cursor) -> d.Merge:
    """``MERGE INTO t [AS a] USING source ON … WHEN [NOT] MATCHED THEN …``."""
    at = c.next().start
    unbound = parse_clause.isolated_loading(c)
    c.accept("INTO")
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_source.alias(c))
    c.expect("USING")
    source = parse_source.merged(c)
    c.expect("ON")
    condition = parse_expression.expression(c)
    found = d.Merge(at=at, table=table, source=source, condition=condition)
    c.expect("WHEN")
    found = _merge_branch(c, found)
    while c.accept("WHEN"):
        found = _merge_branch(c, found)
    unbound += parse_clause.error_logging(c)
    return replace(found, unbound=unbound) if unbound else found


def _merge_branch(c: Cursor, found: d.Merge) -> d.Merge:
    parts = {name: getattr(found, name) for name in found.__struct_fields__}
    is_second = found.insert is not None if c.word() == "NOT" else found.update is not None or found.delete
    if is_second:
        raise c.expected("the end of the request")
    if c.accept("NOT"):
        c.expect("MATCHED", "THEN")
        parts["insert"] = _merge_insert(c)
        return d.Merge(**parts)
    c.expect("MATCHED", "THEN")
    if c.choose("DELETE", "DEL"):
        parts["delete"] = True
    elif c.choose("UPDATE", "UPD"):
        c.expect("SET")
        parts["update"] = _assignments(c)
    else:
        raise c.expected("'UPDATE'")
    return d.Merge(**parts)


def _merge_insert(c: Cursor) -> tuple[tuple[str, ...], tuple[s.Expression, ...]]:
    if not c.choose("INSERT", "INS"):
        raise c.expected("'INSERT'")
    first = () if c.word() == "VALUES" else _list(c)
    if c.accept("VALUES"):
        return _column_names(c, first), _values(c)
    return (), first


def change(c: Cursor, *, locks_row: bool) -> d.Statement | None:
    """The change of rows at the cursor; None, and the cursor stays, if something else stands there.

    Args:
        c: at the verb, or at a temporal qualifier in front of it.
        locks_row: whether LOCKING ROW was found in front of that.

    Raises:
        QueryError: 3778, LOCKING ROW in front of a change.
    """
    place, at = c.index, c.at
    unbound = parse_clause.temporal(c)
    if not unbound and c.accept("NONTEMPORAL"):
        unbound = (s.Unbound(at=at, what="NONTEMPORAL"),)
    reader = READERS.get(c.word())
    if reader is None:
        c.index = place
        return None
    if locks_row:
        raise QueryError(3778, at=c.at)
    found = reader(c)
    return replace(found, unbound=(*unbound, *found.unbound)) if unbound else found


READERS: dict[str, Callable[[Cursor], d.Statement]] = {
    "INSERT": insert,
    "INS": insert,
    "UPDATE": update,
    "UPD": update,
    "DELETE": delete,
    "DEL": delete,
    "MERGE": merge,
}
