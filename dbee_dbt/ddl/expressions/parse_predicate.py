"""Predicates: what follows a value and makes a condition of it."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions import literals, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.precedence import COMPARISONS, PERIOD_PREDICATES


def continued(c: Cursor, left: s.Expression) -> s.Expression:
    """The predicate that continues a value, or the value itself if none does."""
    short, at = c.word() == "^", c.at
    found = _predicate(c, left)
    if found is left:
        return left
    if c.word() == "(" and literals.at_phrase(c, after_name=False):
        found = s.Unbound(at=at, what="a phrase behind a predicate", inner=(literals.phrase(c, found),))
    return s.Unbound(at=at, what="the operator ^", inner=(found,)) if short else found


def _predicate(c: Cursor, left: s.Expression) -> s.Expression:
    word, at = c.word(), c.at
    if word in COMPARISONS:
        c.next()
        return _comparison(c, left, COMPARISONS[word], at)
    negated = word in ("NOT", "^")
    if negated and c.word(1) in COMPARISONS:
        operator = COMPARISONS[c.word(1)]
        c.index += 2
        return _comparison(c, left, "<>" if operator == "=" else f"NOT {operator}", at)
    if word == "IS":
        c.next()
        return _is(c, left, at)
    if word in PERIOD_PREDICATES:
        return _between_periods(c, left, at)
    if negated and c.word(1) in PERIOD_PREDICATES:
        c.next()
        return s.Negation(at=at, operand=_between_periods(c, left, at))
    reader = _READERS.get(c.word(1) if negated else word)
    if reader is None:
        return left
    c.index += 1 + negated
    return reader(c, left, negated, at)


def _comparison(c: Cursor, left: s.Expression, operator: str, at: int) -> s.Expression:
    quantifier = c.choose("ANY", "SOME", "ALL").replace("SOME", "ANY")
    listed = quantifier and not parse_query.starts(c, 1)
    right: s.Expression = s.Row(at=c.at, items=_list(c)) if listed else parse_expression.value(c)
    return s.Comparison(at=at, operator=operator, left=left, right=right, quantifier=quantifier)


def _is(c: Cursor, left: s.Expression, at: int) -> s.Expression:
    """``IS [NOT] NULL``; ``IS [NOT] IN``, ``UNTIL_CHANGED``, ``OF TYPE (…)`` are read only."""
    negated = bool(c.choose("NOT", "^"))
    if c.accept("IN"):
        return s.Unbound(at=at, what="the predicate IS IN", inner=(_membership(c, left, negated, at),))
    if open_end := c.choose("UNTIL_CHANGED", "UNTIL_CLOSED"):
        return s.Unbound(at=at, what=open_end, inner=(left,))
    if c.accept("OF"):
        c.accept("TYPE")
        literals.skip_parenthesis(c)
        return s.Unbound(at=at, what="the predicate IS OF TYPE", inner=(left,))
    c.expect("NULL")
    return s.NullTest(at=at, operand=left, negated=negated)


def _between_periods(c: Cursor, left: s.Expression, at: int) -> s.Expression:
    ahead = 1 if c.word() == "IMMEDIATELY" and c.word(1) in ("PRECEDES", "SUCCEEDS") else 0
    if not parse_expression.starts_operand(c, ahead + 1) or (c.word() == "IMMEDIATELY" and not ahead):
        return left
    operator = " ".join(c.words[c.index : c.index + ahead + 1])
    c.index += ahead + 1
    return s.Overlap(at=at, operator=operator, left=left, right=parse_expression.value(c))


def _between(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    low = parse_expression.value(c)
    c.expect("AND")
    return s.Between(at=at, operand=left, low=low, high=parse_expression.value(c), negated=negated)


def _membership(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    c.choose("ANY", "SOME")
    if c.word() != "(":
        return s.Membership(at=at, operand=left, items=(parse_expression.value(c),), negated=negated)
    query = parse_query.query_in_parentheses(c)
    if query is not None:
        return s.Membership(at=at, operand=left, query=query, negated=negated)
    return s.Membership(at=at, operand=left, items=_list(c), negated=negated)


def _list(c: Cursor) -> tuple[s.Expression, ...]:
    """``(a, b, c)``."""
    c.expect("(")
    found = [parse_expression.expression(c)]
    while c.accept(","):
        found.append(parse_expression.expression(c))
    c.expect(")")
    return tuple(found)


def _match(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    quantifier = c.choose("ANY", "SOME", "ALL").replace("SOME", "ANY")
    patterns = _patterns(c) if quantifier else (parse_expression.value(c),)
    escape = parse_expression.value(c) if c.accept("ESCAPE") else None
    return s.Match(at=at, operand=left, patterns=patterns, quantifier=quantifier, escape=escape, negated=negated)


def _patterns(c: Cursor) -> tuple[s.Expression, ...]:
    """Behind LIKE ANY or ALL: a list, or a subquery as its only item."""
    at = c.at
    query = parse_query.query_in_parentheses(c)
    return _list(c) if query is None else (s.Subquery(at=at, query=query),)


_READERS: dict[str, Callable[[Cursor, s.Expression, bool, int], s.Expression]] = {
    "BETWEEN": _between,
    "IN": _membership,
    "LIKE": _match,
}
