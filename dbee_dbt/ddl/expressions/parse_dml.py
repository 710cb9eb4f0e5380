"""INSERT, UPDATE, DELETE and MERGE: tokens -> syntax."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.problems import NotKnownError


def insert(c: Cursor) -> d.Insert:
    """``INSERT [INTO] t [(columns)] VALUES (…) | query | DEFAULT VALUES``, or the short ``INS t (1, 2)``."""
    at = c.next().start
    c.accept("INTO")
    table = s.TableName(at=c.at, parts=c.qualified_name())
    if c.accept("DEFAULT", "VALUES"):
        return d.Insert(at=at, table=table)
    if parse_query.starts(c, 0) and _holds_query(c):
        return d.Insert(at=at, table=table, query=_query(c))
    if c.word() != "(" and c.word() not in ("VALUES",):
        raise c.expected("'VALUES'")
    first = () if c.word() == "VALUES" else _list(c)
    if c.accept("VALUES"):
        return d.Insert(at=at, table=table, columns=_column_names(c, first), values=_values(c))
    if c.done:
        return d.Insert(at=at, table=table, values=first)
    return d.Insert(at=at, table=table, columns=_column_names(c, first), query=_query(c))


def _holds_query(c: Cursor) -> bool:
    """True unless the parenthesis here is a list of columns or values that begins with a subquery."""
    return c.word() != "(" or c.word(1) in ("SELECT", "SEL", "WITH", "(")


def _query(c: Cursor) -> s.Query:
    if c.word() != "(":
        return parse_query.query(c)
    c.expect("(")
    inner = parse_query.query(c)
    c.expect(")")
    return inner


def _list(c: Cursor) -> tuple[s.Expression, ...]:
    c.expect("(")
    found = [_value(c)]
    while c.accept(","):
        found.append(_value(c))
    c.expect(")")
    return tuple(found)


def _value(c: Cursor) -> s.Expression:
    """One value; an empty place between commas is NULL, ``DEFAULT`` is the column's default."""
    if c.word() in (",", ")"):
        return s.Null(at=c.at)
    if c.word() == "DEFAULT" and c.word(1) in (",", ")"):
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
    """``UPDATE t [alias] [FROM sources] SET … [WHERE …|ALL]``."""
    at = c.next().start
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_query.alias(c))
    sources: list[s.Source] = []
    if c.accept("FROM"):
        sources.append(parse_query.source(c))
        while c.accept(","):
            sources.append(parse_query.source(c))
    c.expect("SET")
    assignments = _assignments(c)
    where = _where(c)
    if c.accept("ELSE"):
        raise NotKnownError("UPDATE … ELSE INSERT", c.at)
    return d.Update(at=at, table=table, assignments=assignments, sources=tuple(sources), where=where)


def _where(c: Cursor) -> s.Expression | None:
    if c.accept("ALL"):
        return None
    return parse_expression.expression(c) if c.accept("WHERE") else None


def _assignments(c: Cursor) -> tuple[d.Assignment, ...]:
    found = [_assignment(c)]
    while c.accept(","):
        found.append(_assignment(c))
    return tuple(found)


def _assignment(c: Cursor) -> d.Assignment:
    at, parts = c.at, c.qualified_name()
    c.expect("=")
    return d.Assignment(at=at, column=parts[-1], value=_value(c))


def delete(c: Cursor) -> d.Delete:
    """``DELETE [FROM] t [alias] [FROM sources] [WHERE …|ALL]``."""
    at = c.next().start
    c.accept("FROM")
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_query.alias(c))
    sources: list[s.Source] = []
    if c.accept("FROM") or c.accept(","):
        sources.append(parse_query.source(c))
        while c.accept(","):
            sources.append(parse_query.source(c))
    return d.Delete(at=at, table=table, sources=tuple(sources), where=_where(c))


def merge(c: Cursor) -> d.Merge:
    """``MERGE INTO t [AS a] USING source ON … WHEN [NOT] MATCHED THEN …``."""
    at = c.next().start
    c.accept("INTO")
    table = s.TableName(at=c.at, parts=c.qualified_name(), alias=parse_query.alias(c))
    c.expect("USING")
    if c.word() == "VALUES":
        raise NotKnownError("MERGE … USING VALUES", c.at)
    source = parse_query.source(c)
    c.expect("ON")
    condition = parse_expression.expression(c)
    found = d.Merge(at=at, table=table, source=source, condition=condition)
    while c.accept("WHEN"):
        found = _merge_branch(c, found)
    return found


def _merge_branch(c: Cursor, found: d.Merge) -> d.Merge:
    parts = {name: getattr(found, name) for name in found.__struct_fields__}
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


READERS: dict[str, Callable[[Cursor], d.Statement]] = {
    "INSERT": insert,
    "INS": insert,
    "UPDATE": update,
    "UPD": update,
    "DELETE": delete,
    "DEL": delete,
    "MERGE": merge,
}
