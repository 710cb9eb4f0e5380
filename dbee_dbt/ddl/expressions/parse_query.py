"""Queries: tokens -> syntax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.expressions import parse_clause, parse_expression, parse_source
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.reserved import SURELY_RESERVED

_SELECT = ("SELECT", "SEL")
_LIMITS = ("LIMIT", "OFFSET", "FETCH")
_NO_SUMMARY = ("CHECK", "LOCAL", "CASCADED", "DATA", "NO", "")  # behind WITH, what a view or a table says of itself


def starts(c: Cursor, ahead: int) -> bool:
    """True if a query begins at the token that lies so far ahead; parentheses before it are looked through."""
    ahead = c.inside(ahead)
    return c.word(ahead) in (*_SELECT, "WITH", "LOCKING", "LOCK") or parse_clause.at_temporal(c, ahead)


def query_in_parentheses(c: Cursor) -> s.Query | None:
    """The query of ``(SELECT …)`` at the cursor; None, and the cursor stays, if the parenthesis holds anything else.

    ``((SELECT …) - 1)`` and ``((SELECT …) AS x JOIN y …)`` begin like a query and are none.
    """
    if not starts(c, 1):
        return None
    place, parameters, depth = c.index, c.parameters, c.depth
    try:
        return _parenthesised(c)
    except QueryError:
        if c.words[place + 1] != "(":
            raise
    c.index, c.parameters, c.depth = place, parameters, depth
    return None


def _parenthesised(c: Cursor) -> s.Query:
    """``(query)``. What was found at a parenthesis is kept, so that trying again costs nothing.

    Raises:
        QueryError: if it holds no query.
    """
    place = c.index
    known = c.queries.get(place)
    if known is None:
        known = c.queries[place] = _tried(c)
    if isinstance(known, QueryError):
        raise known
    found, c.index, c.parameters = known
    return found


def _tried(c: Cursor) -> tuple[s.Query, int, int] | QueryError:
    try:
        c.expect("(")
        found = query(c)
        c.expect(")")
    except QueryError as problem:
        return problem
    return found, c.index, c.parameters


def query(c: Cursor) -> s.Query:
    """The query at the cursor, WITH and ORDER BY included.

    Raises:
        QueryError: 3706 or 3707 where the text is not Teradata SQL.
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    at = c.at
    c.enter()
    skip_locking(c)
    unbound = list(parse_clause.temporal(c))
    if unbound:
        skip_locking(c)
    commons = _commons(c) if c.accept("WITH") else ()
    body = _set_operation(c)
    tail = _tail(c)
    if c.word() in _LIMITS and c.word(1) != ".":
        raise QueryError(3706, f"expected something like the end of the request, not '{c.token().text}'.", at=c.at)
    c.leave()
    sample = tail.get("SAMPLE")
    if isinstance(sample, s.Unbound):
        unbound.append(sample)
        sample = None
    return s.Query(
        at=at,
        body=body,
        commons=commons,
        order=tail.get("ORDER", ()),
        sample=sample,
        unbound=(*unbound, *tail["unbound"]),
    )


def _tail(c: Cursor) -> dict[str, Any]:
    """ORDER BY, SAMPLE, and what is read only, behind the body of a query; in any order, the first two once."""
    unbound: list[s.Unbound] = []
    found: dict[str, Any] = {"unbound": unbound}
    while True:
        if "ORDER" not in found and c.accept("ORDER", "BY"):
            found["ORDER"] = order_items(c)
        elif "SAMPLE" not in found and c.accept("SAMPLE"):
            found["SAMPLE"] = parse_clause.sample(c)
        elif c.word() == "EXPAND" and c.word(1) == "ON":
            c.next()
            unbound.append(parse_clause.expansion(c))
        elif c.word() == "WITH" and c.word(1) not in _NO_SUMMARY:
            c.next()
            unbound.append(parse_clause.summary(c))
        else:
            return found


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
        if not c.choose("ACCESS", "READ", "WRITE", "EXCLUSIVE", "SHARE", "CHECKSUM") and not c.accept(
            "LOAD", "COMMITTED"
        ):
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
        return s.Nested(at=c.at, query=_parenthesised(c))
    return select(c)


def select(c: Cursor) -> s.Select:
    """One SELECT up to its set operator, SAMPLE or ORDER BY.

    Its clauses may stand in any order: production code writes ``GROUP BY … WHERE …``.
    """
    at = c.at
    if not c.choose(*_SELECT):
        raise c.expected("'SELECT'")
    unbound = parse_clause.select_options(c)
    distinct = c.accept("DISTINCT")
    if not distinct:
        c.accept("ALL")
    unbound += parse_clause.normalize(c)
    top = _top(c)
    items = _items(c)
    clauses: dict[str, Any] = {}
    while word := c.choose(*_CLAUSES):
        if word in clauses:
            raise QueryError(3733, at=c.at) if word == "WHERE" else c.expected("the end of the request")
        clauses[word] = _CLAUSES[word](c)
    if c.word() == "WINDOW":
        raise NotKnownError("WINDOW", c.at)
    expansion = clauses.get("EXPAND")
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
        unbound=unbound if expansion is None else (*unbound, expansion),
    )


def _top(c: Cursor) -> s.Top | None:
    if c.word() != "TOP" or not (c.token(1).kind == "number" or c.word(1) == "?" or c.is_word_name(1)):
        return None
    c.next()
    c.parameters += c.word() == "?"
    count = c.next().text
    percent = c.accept("PERCENT")
    return s.Top(count, percent, c.accept("WITH", "TIES"))


def _items(c: Cursor) -> tuple[s.SelectItem, ...]:
    found = [_plain_item(c) or _item(c)]
    while c.accept(","):
        found.append(_plain_item(c) or _item(c))
    return tuple(found)


_BEHIND_ITEMS = frozenset({",", "FROM"})


def _plain_item(c: Cursor) -> s.SelectItem | None:
    """``column`` or ``source.column``, with or without ``AS name``, taken as :func:`_item` would; None for all else.

    Most of what people select is that, and what else could stand there need not be asked for.
    """
    words = c.words[c.index : c.index + 6]
    size = 3 if words[1:2] == ["."] else 1
    has_alias = words[size : size + 1] == ["AS"]
    length = size + 2 if has_alias else size
    if len(words) <= length or words[length] not in _BEHIND_ITEMS or words[0] in parse_expression.NO_COLUMNS:
        return None
    if (size == 3 and words[2] == "ALL") or (has_alias and words[size + 1] in SURELY_RESERVED):
        return None
    tokens = c.tokens[c.index : c.index + length : 2]
    for token in tokens:
        if token.kind not in ("word", "quoted name"):
            return None
    names = [unquoted(token) for token in tokens]
    alias = names.pop() if has_alias else None
    quoted = tokens[len(names) - 1].kind == "quoted name"
    c.index += length
    at = tokens[0].start
    return s.SelectItem(at=at, expression=s.Name(at=at, parts=tuple(names), quoted=quoted), alias=alias)


def _item(c: Cursor) -> s.SelectItem:
    at = c.at
    found = parse_expression.expression(c)
    if c.accept("AS"):
        return s.SelectItem(at=at, expression=found, alias=c.name())
    return s.SelectItem(at=at, expression=found, alias=c.name() if c.at_name and not at_clause(c) else None)


def at_clause(c: Cursor) -> bool:
    """True if a word that is no reserved one begins a clause here, and is no alias."""
    word = c.word()
    if word in _LIMITS:
        return c.token(1).kind == "number"
    if word in ("PIVOT", "UNPIVOT"):
        return c.word(1) in ("(", "INCLUDE", "EXCLUDE")
    if word in ("SAMPLE", "QUALIFY", "MINUS", "INTERSECT", "EXCEPT", "USING", "EXPAND"):
        return True
    return (word == "CROSS" and c.word(1) == "JOIN") or parse_clause.at_temporal(c)


def _grouping(c: Cursor) -> s.Grouping:
    c.expect("BY")
    at = c.at
    if c.word() == "ALL":
        raise c.expected("a grouping key")
    form = c.choose("ROLLUP", "CUBE")
    if not form:
        return s.Grouping(at=at, form="", keys=(_keys(c),))
    keys = _keys_in_parentheses(c)
    if not c.accept(","):
        return s.Grouping(at=at, form=form, keys=(keys,))
    several = s.Unbound(at=at, what=f"{form} beside other groupings", inner=keys)
    return s.Grouping(at=at, form="", keys=((several, *_keys(c)),))


def _keys_in_parentheses(c: Cursor) -> tuple[s.Expression, ...]:
    c.expect("(")
    keys = _keys(c)
    c.expect(")")
    return keys


def _keys(c: Cursor) -> tuple[s.Expression, ...]:
    found = [_key(c)]
    while c.accept(","):
        found.append(_key(c))
    return tuple(found)


def _key(c: Cursor) -> s.Expression:
    at = c.at
    if c.accept("GROUPING", "SETS"):
        return s.Unbound(at=at, what="GROUPING SETS", inner=_keys_in_parentheses(c))
    if c.accept("(", ")"):
        return s.Unbound(at=at, what="an empty grouping set")
    if c.word() == "TIME" and c.word(1) == "(":
        return parse_clause.grouping_by_time(c)
    return parse_expression.expression(c)


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


def _condition(c: Cursor) -> s.Expression:
    return parse_expression.expression(c)


def _from(c: Cursor) -> tuple[s.Source, ...]:
    return parse_source.sources(c)


def _expansion(c: Cursor) -> s.Unbound:
    return parse_clause.expansion(c)


_CLAUSES: dict[str, Callable[[Cursor], Any]] = {
    "FROM": _from,
    "WHERE": _condition,
    "GROUP": _grouping,
    "HAVING": _condition,
    "QUALIFY": _condition,
    "EXPAND": _expansion,
}
