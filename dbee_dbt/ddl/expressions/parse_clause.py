"""Clauses and qualifiers of queries that are read only: temporal, NORMALIZE, EXPAND ON, SAMPLE, WITH … BY."""

from __future__ import annotations

from dbee_dbt.ddl.expressions import literals, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor

_DIMENSIONS = ("VALIDTIME", "TRANSACTIONTIME")
_MANNERS = ("CURRENT", "SEQUENCED", "NONSEQUENCED")


def at_temporal(c: Cursor, ahead: int = 0) -> bool:
    """True if a temporal qualifier begins at the token so far ahead."""
    first, second = c.word(ahead), c.word(ahead + 1)
    return first in _DIMENSIONS or (first in _MANNERS and second in _DIMENSIONS) or (first == "AS" and second == "OF")


def temporal(c: Cursor, what: str = "a temporal query") -> tuple[s.Unbound, ...]:
    """Temporal qualifiers in front of a statement or behind a table (Temporal Table Support, B035-1182).

    ``CURRENT VALIDTIME AND NONSEQUENCED TRANSACTIONTIME``, ``VALIDTIME AS OF DATE '…'``, ``SEQUENCED VALIDTIME
    PERIOD '(…)'``, ``AS OF TIMESTAMP '…'``.
    """
    at, parts = c.at, list[s.Expression]()
    if not at_temporal(c):
        return ()
    while True:
        manner = c.choose(*_MANNERS)
        is_named = c.choose(*_DIMENSIONS)
        if c.accept("AS", "OF") or (is_named and manner != "CURRENT" and _at_period(c)):
            parts.append(parse_expression.value(c))
        if not c.accept("AND"):
            return (s.Unbound(at=at, what=what, inner=tuple(parts)),)


def _at_period(c: Cursor) -> bool:
    """True if the period that a qualifier is limited to stands here."""
    return c.word() in ("PERIOD", "(") or c.token().kind in ("string", "quoted name")


def normalize(c: Cursor) -> tuple[s.Unbound, ...]:
    """``NORMALIZE [ON MEETS OR OVERLAPS]`` in front of a select list."""
    at = c.at
    if c.word() != "NORMALIZE" or c.word(1) in (",", ".", "AS", "FROM") or c.token(1).kind == "space":
        return ()
    c.next()
    if c.accept("ON"):
        while c.choose("MEETS", "OVERLAPS", "OR"):
            pass
    return (s.Unbound(at=at, what="NORMALIZE"),)


def expansion(c: Cursor) -> s.Unbound:
    """``EXPAND ON period [AS name] [BY interval | ANCHOR …] [FOR period]``; EXPAND has been taken."""
    at = c.tokens[c.index - 1].start
    c.expect("ON")
    parts = [parse_expression.value(c)]
    if c.accept("AS") or c.at_name:
        c.name()
    if c.accept("BY"):
        if c.accept("ANCHOR"):
            c.accept("PERIOD")
            c.next()
            if c.accept("AT"):
                parts.append(parse_expression.value(c))
        else:
            parts.append(parse_expression.value(c))
    if c.accept("FOR"):
        parts.append(parse_expression.value(c))
    return s.Unbound(at=at, what="EXPAND ON", inner=tuple(parts))


def sample(c: Cursor) -> s.Sample | s.Unbound:
    """What stands behind SAMPLE: a size, or a form that is read only."""
    at, what = c.at, "this form of SAMPLE"
    special = c.accept("WITH", "REPLACEMENT")
    special = c.accept("RANDOMIZED", "ALLOCATION") or special
    if c.word() == "WHEN":
        return s.Unbound(at=at, what=what, inner=_strata(c))
    if c.token().kind != "number":
        return s.Unbound(at=at, what=what, inner=(parse_expression.value(c),))
    size = c.next().text
    if c.word() == ",":
        what, special = "SAMPLE of several parts", True
        _more_sizes(c)
    return s.Unbound(at=at, what=what) if special else s.Sample(size)


def _more_sizes(c: Cursor) -> None:
    while c.accept(","):
        if c.token().kind != "number":
            raise c.expected("a size")
        c.next()


def _strata(c: Cursor) -> tuple[s.Expression, ...]:
    """``WHEN condition THEN size, size … [ELSE size] END``."""
    conditions = []
    while c.accept("WHEN"):
        conditions.append(parse_expression.expression(c))
        c.expect("THEN")
        c.next()
        _more_sizes(c)
    if c.accept("ELSE"):
        c.next()
        _more_sizes(c)
    c.expect("END")
    return tuple(conditions)


def summary(c: Cursor) -> s.Unbound:
    """``WITH SUM(x) … [BY key …]``, rows of totals among the others; WITH has been taken."""
    at = c.tokens[c.index - 1].start
    parts: list[s.Expression | s.OrderItem] = [parse_expression.expression(c)]
    while c.accept(","):
        parts.append(parse_expression.expression(c))
    if c.accept("BY"):
        parts += parse_query.order_items(c)
    return s.Unbound(at=at, what="WITH … BY", inner=tuple(parts))


def distribution(c: Cursor) -> tuple[s.Unbound, ...]:
    """``HASH BY RANDOM|keys`` and ``LOCAL ORDER BY keys``, in any order."""
    found = []
    while (at := c.at) >= 0:
        if c.accept("HASH", "BY"):
            parts: tuple[s.OrderItem, ...] = () if c.accept("RANDOM") else parse_query.order_items(c)
            found.append(s.Unbound(at=at, what="HASH", inner=parts))
        elif c.accept("LOCAL", "ORDER", "BY"):
            found.append(s.Unbound(at=at, what="LOCAL ORDER BY", inner=parse_query.order_items(c)))
        else:
            break
    return tuple(found)


def error_logging(c: Cursor) -> tuple[s.Unbound, ...]:
    """``LOGGING [ALL] ERRORS [WITH NO LIMIT | WITH LIMIT OF n]`` (SQL Data Manipulation Language, B035-1146)."""
    at = c.at
    if not c.accept("LOGGING"):
        return ()
    c.accept("ALL")
    c.expect("ERRORS")
    if c.accept("WITH") and not c.accept("NO", "LIMIT"):
        c.expect("LIMIT", "OF")
        c.whole()
    return (s.Unbound(at=at, what="LOGGING ERRORS"),)


def isolated_loading(c: Cursor) -> tuple[s.Unbound, ...]:
    """``WITH [NO] [CONCURRENT] ISOLATED LOADING`` behind the verb of a change."""
    at = c.at
    if c.word() != "WITH" or "ISOLATED" not in (c.word(1), c.word(2), c.word(3)):
        return ()
    c.next()
    c.accept("NO")
    c.accept("CONCURRENT")
    c.expect("ISOLATED", "LOADING")
    return (s.Unbound(at=at, what="WITH ISOLATED LOADING"),)


def portion(c: Cursor) -> tuple[s.Unbound, ...]:
    """``FOR PORTION OF name FROM start TO end`` behind the table of a change (ANSI Temporal, B035-1186)."""
    at = c.at
    if not c.accept("FOR", "PORTION", "OF"):
        return ()
    c.qualified_name()
    c.expect("FROM")
    start = parse_expression.value(c)
    c.expect("TO")
    return (s.Unbound(at=at, what="FOR PORTION OF", inner=(start, parse_expression.value(c))),)


def select_options(c: Cursor) -> tuple[s.Unbound, ...]:
    """``WITH DELETED ROWS``, ``AS JSON``, ``AND CONSUME`` (of a queue table) and ``UNIQUE`` behind SELECT."""
    found = []
    for words in (("WITH", "DELETED", "ROWS"), ("AS", "JSON"), ("AND", "CONSUME"), ("UNIQUE",)):
        at = c.at
        if c.accept(*words):
            found.append(s.Unbound(at=at, what=f"SELECT {' '.join(words)}"))
    return tuple(found)


def grouping_by_time(c: Cursor) -> s.Unbound:
    """``GROUP BY TIME (unit(n) [AND keys]) [USING TIMECODE(column)] [FILL (…)]``; the cursor stands at TIME."""
    at = c.next().start
    c.expect("(")
    parts = [parse_expression.value(c)]
    while c.choose("AND", ","):
        parts.append(parse_expression.value(c))
    c.expect(")")
    while c.choose("USING"):
        parts.append(parse_expression.primary(c))
    if c.accept("FILL"):
        literals.skip_parenthesis(c)
    return s.Unbound(at=at, what="GROUP BY TIME", inner=tuple(parts))
