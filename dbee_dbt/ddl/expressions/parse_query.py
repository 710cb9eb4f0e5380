"""Queries: tokens -> syntax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.expressions import parse_expression
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import MOST_NESTED, Cursor
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError

_SELECT = ("SELECT", "SEL")
_REFUSED_CLAUSES = {"EXPAND": "EXPAND ON", "NORMALIZE": "NORMALIZE", "WINDOW": "WINDOW"}
_REFUSED_SOURCES = ("PIVOT", "UNPIVOT", "HASH")
_TEMPORAL = ("VALIDTIME", "TRANSACTIONTIME")
_MOST_JOINED = 200
_LIMITS = ("LIMIT", "OFFSET", "FETCH")


def starts(c: Cursor, ahead: int) -> bool:
    """True if a query begins at the token that lies so far ahead; parentheses before it are looked through."""
    last = ahead + MOST_NESTED  # what is nested deeper is refused
    while c.word(ahead) == "(" and ahead < last:
        ahead += 1
    if c.word(ahead) in _TEMPORAL or c.word(ahead + 1) in _TEMPORAL:
        return c.word(ahead) in (*_TEMPORAL, "CURRENT", "SEQUENCED", "NONSEQUENCED")
    return c.word(ahead) in (*_SELECT, "WITH", "LOCKING", "LOCK")


def query_in_parentheses(c: Cursor) -> s.Query | None:
    """The query of ``(SELECT …)`` at the cursor; None, and the cursor stays, if the parenthesis holds anything else.

    ``((SELECT …) - 1)`` and ``((SELECT …) AS x JOIN y …)`` begin like a query and are none.
    """
    if not starts(c, 1):
        return None
    place, parameters, depth = c.index, c.parameters, c.depth
    certain = c.word(1) != "("
    c.expect("(")
    try:
        found = query(c)
    except QueryError:
        if certain:
            raise
        found = None
    if found is not None and (certain or c.word() == ")"):
        c.expect(")")
        return found
    c.index, c.parameters, c.depth = place, parameters, depth
    return None


def query(c: Cursor) -> s.Query:
    """The query at the cursor, WITH and ORDER BY included.

    Raises:
        QueryError: 3706 or 3707 where the text is not Teradata SQL.
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    at = c.at
    c.enter()
    skip_locking(c)
    if c.word() in _TEMPORAL or c.word(1) in _TEMPORAL:
        raise NotKnownError("a temporal query", at)
    commons = _commons(c) if c.accept("WITH") else ()
    body = _set_operation(c)
    sample = _sample(c)
    order = order_items(c) if c.accept("ORDER", "BY") else ()
    sample = sample or _sample(c)
    if c.word() in _LIMITS and c.word(1) != ".":
        raise QueryError(3706, f"expected something like the end of the request, not '{c.token().text}'.", at=c.at)
    c.leave()
    return s.Query(at=at, body=body, commons=commons, order=order, sample=sample)


def skip_locking(c: Cursor) -> bool:
    """Pass LOCKING modifiers, which do not change what a query means here; True if one of them is for ROW."""
    row = False
    while c.word() in ("LOCKING", "LOCK"):
        c.next()
        if c.accept("ROW"):
            row = True
        else:
            c.choose("TABLE", "VIEW", "DATABASE")
            c.qualified_name()
        if not c.choose("FOR", "IN"):
            raise c.expected("'FOR'")
        if not c.choose("ACCESS", "READ", "WRITE", "EXCLUSIVE", "SHARE", "CHECKSUM"):
            raise c.expected("'ACCESS'")
        c.accept("OVERRIDE")
        c.choose("MODE")
        c.accept("NOWAIT")
    return row


def _commons(c: Cursor) -> tuple[s.Common, ...]:
    recursive = c.accept("RECURSIVE")
    found = [_common(c, recursive)]
    while c.accept(","):
        found.append(_common(c, c.accept("RECURSIVE") or recursive))
    return tuple(found)


def _common(c: Cursor, recursive: bool) -> s.Common:
    at, name = c.at, c.name()
    columns = c.names() if c.word() == "(" else ()
    c.expect("AS", "(")
    if c.word() == "WITH":
        raise QueryError(6926, at=c.at)
    inner = query(c)
    c.expect(")")
    return s.Common(at=at, name=name, query=inner, columns=columns, recursive=recursive)


def _set_operation(c: Cursor) -> s.Body:
    left = _intersection(c)
    while True:
        at = c.at
        operator = c.choose("UNION", "EXCEPT", "MINUS").replace("MINUS", "EXCEPT")
        if not operator:
            return left
        every = _set_quantifier(c)
        left = s.SetOperation(at=at, operator=operator, all=every, left=left, right=_intersection(c))  # type: ignore[arg-type]


def _intersection(c: Cursor) -> s.Body:
    left = _operand(c)
    while c.word() == "INTERSECT":
        at = c.next().start
        every = _set_quantifier(c)
        left = s.SetOperation(at=at, operator="INTERSECT", all=every, left=left, right=_operand(c))
    return left


def _set_quantifier(c: Cursor) -> bool:
    if c.word() == "DISTINCT":
        raise c.expected("'SELECT'")
    return c.accept("ALL")


def _operand(c: Cursor) -> s.Body:
    if c.word() == "(":
        at = c.next().start
        inner = query(c)
        c.expect(")")
        return s.Nested(at=at, query=inner)
    return select(c)


def select(c: Cursor) -> s.Select:
    """One SELECT up to its set operator, SAMPLE or ORDER BY.

    Its clauses may stand in any order: production code writes ``GROUP BY … WHERE …``.
    """
    at = c.at
    if not c.choose(*_SELECT):
        raise c.expected("'SELECT'")
    distinct = c.accept("DISTINCT")
    if not distinct:
        c.accept("ALL")
    top = _top(c)
    _refuse(c)
    items = _items(c)
    clauses: dict[str, Any] = {}
    while word := c.choose(*_CLAUSES):
        if word in clauses:
            raise QueryError(3733, at=c.at) if word == "WHERE" else c.expected("the end of the request")
        clauses[word] = _CLAUSES[word](c)
    _refuse(c)
    return s.Select(
        at=at,
        items=items,
        distinct=distinct,
        top=top,
        sources=clauses.get("FROM", ()),
        where=clauses.get("WHERE"),
        grouping=clauses.get("GROUP"),
        having=clauses.get("HAVING"),
        qualify=clauses.get("QUALIFY"),
    )


def _refuse(c: Cursor) -> None:
    if c.word() in _REFUSED_CLAUSES and c.word(1) not in (",", ".", "AS", "FROM", ""):
        raise NotKnownError(_REFUSED_CLAUSES[c.word()], c.at)


def _top(c: Cursor) -> s.Top | None:
    if c.word() != "TOP" or c.token(1).kind != "number":
        return None
    c.next()
    count = c.next().text
    percent = c.accept("PERCENT")
    return s.Top(count, percent, c.accept("WITH", "TIES"))


def _items(c: Cursor) -> tuple[s.SelectItem, ...]:
    found = [_item(c)]
    while c.accept(","):
        found.append(_item(c))
    return tuple(found)


def _item(c: Cursor) -> s.SelectItem:
    at = c.at
    found = parse_expression.expression(c)
    if c.accept("AS"):
        return s.SelectItem(at=at, expression=found, alias=c.name())
    return s.SelectItem(at=at, expression=found, alias=c.name() if c.at_name and not _at_clause(c) else None)


def _at_clause(c: Cursor) -> bool:
    """True if a word that is no reserved one begins a clause here, and is no alias."""
    word = c.word()
    if word in _LIMITS:
        return c.token(1).kind == "number"
    if word in _REFUSED_SOURCES:
        return c.word(1) in ("(", "BY")
    if word in ("SAMPLE", "QUALIFY", "MINUS", "INTERSECT", "EXCEPT", "USING", "EXPAND"):
        return True
    return word == "CROSS" and c.word(1) == "JOIN"


def _sources(c: Cursor) -> tuple[s.Source, ...]:
    found = [source(c)]
    while c.accept(","):
        found.append(source(c))
    return tuple(found)


def source(c: Cursor) -> s.Source:
    """One entry of a FROM list, with the joins that hang on it."""
    left = _table(c)
    if c.word() in _REFUSED_SOURCES and c.word(1) in ("(", "BY"):
        raise NotKnownError(c.word(), c.at)
    for _ in range(_MOST_JOINED):
        at, kind = c.at, _join_kind(c)
        if not kind:
            return left
        right = _table(c)
        condition = None
        if kind != "CROSS":
            c.expect("ON")
            condition = parse_expression.expression(c)
        left = s.Join(at=at, kind=kind, left=left, right=right, condition=condition)
    raise NotKnownError(f"a join of more than {_MOST_JOINED} tables", c.at)


def _nested_join(c: Cursor) -> s.Source:
    c.enter()
    c.expect("(")
    found = source(c)
    c.expect(")")
    c.leave()
    return found


def _join_kind(c: Cursor) -> str:
    if c.accept("CROSS", "JOIN"):
        return "CROSS"
    if c.accept("JOIN") or c.accept("INNER", "JOIN"):
        return "INNER"
    for kind in ("LEFT", "RIGHT", "FULL"):
        if c.accept(kind, "OUTER", "JOIN") or c.accept(kind, "JOIN"):
            return kind
    if c.word() in ("NATURAL", "LATERAL"):
        raise c.expected("a join")
    return ""


def _table(c: Cursor) -> s.Source:
    at = c.at
    if c.word() == "(":
        return _derived(c)
    if c.word() == "TABLE" and c.word(1) == "(":
        raise NotKnownError("a table function", at)
    parts = c.qualified_name()
    return s.TableName(at=at, parts=parts, alias=alias(c))


def alias(c: Cursor) -> str | None:
    """A correlation name, if one stands here."""
    if c.accept("AS"):
        return c.name()
    return c.name() if c.at_name and not _at_clause(c) else None


def _derived(c: Cursor) -> s.Source:
    """``(query) AS x``, or a join in parentheses."""
    at = c.at
    inner = query_in_parentheses(c)
    if inner is None:
        return _nested_join(c)
    named = alias(c)
    if named is None:
        raise c.expected("a correlation name")
    columns = c.names() if c.word() == "(" else ()
    return s.Derived(at=at, query=inner, alias=named, columns=columns)


def _grouping(c: Cursor) -> s.Grouping:
    c.expect("BY")
    at = c.at
    form = c.choose("ROLLUP", "CUBE")
    if form:
        c.expect("(")
        keys = _keys(c)
        c.expect(")")
        return s.Grouping(at=at, form=form, keys=(keys,))
    if c.accept("GROUPING", "SETS"):
        raise NotKnownError("GROUPING SETS", at)
    if c.word() == "ALL":
        raise c.expected("a grouping key")
    return s.Grouping(at=at, form="", keys=(_keys(c),))


def _keys(c: Cursor) -> tuple[s.Expression, ...]:
    found = [parse_expression.expression(c)]
    while c.accept(","):
        found.append(parse_expression.expression(c))
    return tuple(found)


def order_items(c: Cursor) -> tuple[s.OrderItem, ...]:
    """The keys behind ORDER BY."""
    found = [_order_item(c)]
    while c.accept(","):
        found.append(_order_item(c))
    return tuple(found)


def _order_item(c: Cursor) -> s.OrderItem:
    at = c.at
    found = parse_expression.expression(c)
    direction = c.choose("ASC", "DESC")
    nulls = None
    if c.accept("NULLS"):
        nulls = c.choose("FIRST", "LAST")
        if not nulls:
            raise c.expected("'FIRST'")
    return s.OrderItem(at=at, expression=found, descending=direction == "DESC", nulls=nulls)


def _sample(c: Cursor) -> s.Sample | None:
    if not c.accept("SAMPLE"):
        return None
    if c.token().kind != "number":
        raise NotKnownError("this form of SAMPLE", c.at)
    size = c.next().text
    if c.word() == ",":
        raise NotKnownError("SAMPLE of several parts", c.at)
    return s.Sample(size)


def _condition(c: Cursor) -> s.Expression:
    return parse_expression.expression(c)


_CLAUSES: dict[str, Callable[[Cursor], Any]] = {
    "FROM": _sources,
    "WHERE": _condition,
    "GROUP": _grouping,
    "HAVING": _condition,
    "QUALIFY": _condition,
}
