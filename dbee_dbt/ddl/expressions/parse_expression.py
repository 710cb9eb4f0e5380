"""Expressions: tokens -> syntax, by Teradata's precedence of operators."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions import literals, parse_call, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted
from dbee_dbt.ddl.expressions.problems import NotKnownError

_COMPARISONS = {
    "=": "=",
    "EQ": "=",
    "<>": "<>",
    "NE": "<>",
    "^=": "<>",
    "<": "<",
    "LT": "<",
    "<=": "<=",
    "LE": "<=",
    ">": ">",
    "GT": ">",
    ">=": ">=",
    "GE": ">=",
}


def expression(c: Cursor) -> s.Expression:
    """The expression or condition that stands at the cursor.

    Raises:
        QueryError: 3706 or 3707 where the text is not Teradata SQL.
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    c.enter()
    left = _conjunction(c)
    while c.word() == "OR":
        at = c.next().start
        left = s.Logical(at=at, operator="OR", left=left, right=_conjunction(c))
    c.leave()
    return left


def _conjunction(c: Cursor) -> s.Expression:
    left = _negation(c)
    while c.word() == "AND":
        at = c.next().start
        left = s.Logical(at=at, operator="AND", left=left, right=_negation(c))
    return left


def _negation(c: Cursor) -> s.Expression:
    if c.word() == "NOT":
        at = c.next().start
        c.enter()
        found = s.Negation(at=at, operand=_negation(c))
        c.leave()
        return found
    return _predicate(c)


def _predicate(c: Cursor) -> s.Expression:
    left = value(c)
    while True:
        found = _one_predicate(c, left)
        if found is left:
            return left
        left = found


def _one_predicate(c: Cursor, left: s.Expression) -> s.Expression:
    """The predicate that continues ``left``, or ``left`` itself if none does."""
    word, at = c.word(), c.at
    if word == "!=":
        raise NotKnownError("the operator !=; write <>", at)
    if word in _COMPARISONS:
        c.next()
        return _comparison(c, left, _COMPARISONS[word], at)
    if word == "NOT" and c.word(1) == "=":
        c.index += 2
        return _comparison(c, left, "<>", at)
    if word == "NOT" and c.word(1) in _COMPARISONS:
        raise NotKnownError(f"the operator NOT {c.word(1)}", at)
    if word == "IS":
        c.next()
        negated = c.accept("NOT")
        _refuse_open_end(c)
        c.expect("NULL")
        return s.NullTest(at=at, operand=left, negated=negated)
    if word in ("OVERLAPS", "CONTAINS", "MEETS", "PRECEDES", "SUCCEEDS"):
        c.next()
        return s.Overlap(at=at, operator=word, left=left, right=value(c))
    return _worded_predicate(c, left, at)


def _refuse_open_end(c: Cursor) -> None:
    if c.word() in ("UNTIL_CHANGED", "UNTIL_CLOSED"):
        raise NotKnownError(c.word(), c.at)


def _worded_predicate(c: Cursor, left: s.Expression, at: int) -> s.Expression:
    ahead = 1 if c.word() == "NOT" else 0
    readers: dict[str, Callable[[Cursor, s.Expression, bool, int], s.Expression]] = {
        "BETWEEN": _between,
        "IN": _membership,
        "LIKE": _match,
    }
    reader = readers.get(c.word(ahead))
    if reader is None:
        return left
    c.index += ahead + 1
    return reader(c, left, bool(ahead), at)


def _comparison(c: Cursor, left: s.Expression, operator: str, at: int) -> s.Expression:
    quantifier = c.choose("ANY", "SOME", "ALL").replace("SOME", "ANY")
    listed = quantifier and not parse_query.starts(c, 1)
    right: s.Expression = s.Row(at=c.at, items=_list(c)) if listed else value(c)
    return s.Comparison(at=at, operator=operator, left=left, right=right, quantifier=quantifier)


def _between(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    low = value(c)
    c.expect("AND")
    return s.Between(at=at, operand=left, low=low, high=value(c), negated=negated)


def _membership(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    c.choose("ANY", "SOME")
    if c.word() != "(":
        return s.Membership(at=at, operand=left, items=(value(c),), negated=negated)
    query = parse_query.query_in_parentheses(c)
    if query is not None:
        return s.Membership(at=at, operand=left, query=query, negated=negated)
    return s.Membership(at=at, operand=left, items=_list(c), negated=negated)


def _list(c: Cursor) -> tuple[s.Expression, ...]:
    """``(a, b, c)``."""
    c.expect("(")
    found = [expression(c)]
    while c.accept(","):
        found.append(expression(c))
    c.expect(")")
    return tuple(found)


def _match(c: Cursor, left: s.Expression, negated: bool, at: int) -> s.Expression:
    quantifier = c.choose("ANY", "SOME", "ALL").replace("SOME", "ANY")
    if quantifier and parse_query.starts(c, 1):
        raise NotKnownError("LIKE ANY or ALL over a subquery", at)
    patterns = _list(c) if quantifier else (value(c),)
    escape = value(c) if c.accept("ESCAPE") else None
    return s.Match(at=at, operand=left, patterns=patterns, quantifier=quantifier, escape=escape, negated=negated)


def value(c: Cursor) -> s.Expression:
    """The value expression at the cursor: everything that binds tighter than a comparison."""
    left = _term(c)
    while True:
        word, at = c.word(), c.at
        if word in ("+", "-", "||"):
            c.next()
        elif word == "!" and c.word(1) == "!":
            c.index += 2
            word = "||"
        else:
            return left
        left = s.Binary(at=at, operator=word, left=left, right=_term(c))


def _term(c: Cursor) -> s.Expression:
    left = _power(c)
    while c.word() in ("*", "/", "MOD"):
        token = c.next()
        left = s.Binary(at=token.start, operator=token.text.upper(), left=left, right=_power(c))
    return left


def _power(c: Cursor) -> s.Expression:
    left = _unary(c)
    while c.word() == "**":
        at = c.next().start
        left = s.Binary(at=at, operator="**", left=left, right=_unary(c))
    return left


def _unary(c: Cursor) -> s.Expression:
    if c.word() in ("-", "+"):
        token = c.next()
        c.enter()
        found = s.Unary(at=token.start, operator=token.text, operand=_unary(c))
        c.leave()
        return found
    return _postfix(c, primary(c))


def _postfix(c: Cursor, found: s.Expression) -> s.Expression:
    """What may follow a primary: phrases, an interval qualifier, AT … zone."""
    while True:
        at = c.at
        if literals.at_phrase(c, isinstance(found, s.Name)):
            kind, attributes = literals.phrase(c)
            found = s.Cast(at=at, operand=found, type=kind, attributes=attributes, form="phrase")
        elif c.word() == "AT":
            found = _zone(c, found)
        elif literals.at_qualifier(c) and _is_parenthesised(c):
            found = s.IntervalOf(at=at, operand=found, qualifier=literals.qualifier(c))
        else:
            return found


def _is_parenthesised(c: Cursor) -> bool:
    return c.tokens[c.index - 1].text == ")"


def _zone(c: Cursor, found: s.Expression) -> s.Expression:
    at = c.at
    c.expect("AT")
    if c.accept("LOCAL"):
        return s.AtZone(at=at, operand=found, zone=None)
    if c.word() == "TIME":
        c.expect("TIME", "ZONE")
    return s.AtZone(at=at, operand=found, zone=_unary(c))


def primary(c: Cursor) -> s.Expression:
    """A literal, a name, a call, or something in parentheses."""
    token, word = c.token(), c.word()
    if token.kind == "number":
        c.next()
        return s.Number(at=token.start, text=token.text)
    if token.kind == "string":
        return literals.string_literal(c)
    if word == "(":
        return _parenthesis(c)
    if word == "?":
        c.next()
        c.parameters += 1
        return s.Parameter(at=token.start, number=c.parameters - 1)
    if word == "*":
        c.next()
        return s.Star(at=token.start)
    special = _SPECIAL.get(word)
    if special is not None and token.kind == "word":
        found = special(c)
        if found is not None:
            return found
    return _named(c)


def _parenthesis(c: Cursor) -> s.Expression:
    at = c.at
    query = parse_query.query_in_parentheses(c)
    if query is not None:
        return s.Subquery(at=at, query=query)
    c.expect("(")
    items = [_named_inside(c, expression(c))]
    while c.accept(","):
        items.append(expression(c))
    c.expect(")")
    return items[0] if len(items) == 1 else s.Row(at=at, items=tuple(items))


def _named_inside(c: Cursor, found: s.Expression) -> s.Expression:
    """``(x AS name)`` names as ``x (NAMED name)`` does."""
    at = c.at
    if not c.accept("AS"):
        return found
    return s.Cast(at=at, operand=found, type=None, attributes=s.Attributes(named=c.name()), form="phrase")


def _named(c: Cursor) -> s.Expression:
    """A column, a qualified star or a function call."""
    token = c.token()
    _refuse_open_end(c)
    if token.kind == "word" and c.word(1) == "(" and parse_call.is_function(c):
        return parse_call.call(c)
    if not c.at_name and not (token.kind == "word" and c.word() in parse_call.BUILT_IN):
        raise c.expected("an expression")
    parts = [unquoted(c.next())]
    while c.word() == ".":
        c.next()
        if c.word() == "*":
            c.next()
            return s.Star(at=token.start, parts=tuple(parts))
        if c.token().kind not in ("word", "quoted name"):
            raise c.expected("a name")
        parts.append(unquoted(c.next()))
        if c.word() == "(" and not literals.at_phrase(c, after_name=True):
            return parse_call.call_of(c, tuple(parts), token.start)
    quoted = c.tokens[c.index - 1].kind == "quoted name"
    return s.Name(at=token.start, parts=tuple(parts), quoted=quoted)


def _case(c: Cursor) -> s.Expression:
    at = c.next().start
    operand = None if c.word() == "WHEN" else value(c)
    branches = []
    while c.accept("WHEN"):
        condition = expression(c)
        c.expect("THEN")
        branches.append((condition, expression(c)))
    if not branches:
        raise c.expected("'WHEN'")
    otherwise = expression(c) if c.accept("ELSE") else None
    c.expect("END")
    return s.Case(at=at, operand=operand, branches=tuple(branches), otherwise=otherwise)


def _cast(c: Cursor) -> s.Expression | None:
    if c.word(1) != "(":
        return None
    token = c.next()
    c.expect("(")
    operand = expression(c)
    c.expect("AS")
    kind = None if c.word() in ("FORMAT", "TITLE", "NAMED") else literals.data_type(c)
    attributes = literals.read_attributes(c)
    while c.accept(","):
        attributes = literals.read_attributes(c, attributes)
    c.expect(")")
    tolerant = token.text.upper() == "TRYCAST"
    return s.Cast(
        at=token.start, operand=operand, type=kind, attributes=attributes, form="trycast" if tolerant else "cast"
    )


def _moment(c: Cursor) -> s.Expression | None:
    """``DATE '…'``; None where the word stands alone (today) or for a column."""
    follows = c.token(1)
    if follows.kind != "string" or follows.text[0] != "'":
        return None
    token = c.next()
    kind: dict[str, s.Expression] = {
        word: s.Moment(at=token.start, kind=word, text=literals.string_value(follows))  # type: ignore[arg-type]
        for word in (token.text.upper(),)
    }
    c.next()
    return kind[token.text.upper()]


def _interval(c: Cursor) -> s.Expression | None:
    ahead = 1 if c.word(1) in ("-", "+") else 0
    if c.token(1 + ahead).kind != "string":
        return None
    at = c.next().start
    negative = c.choose("-", "+") == "-"
    text = literals.plain_string(c)
    return s.Span(at=at, text=text, qualifier=literals.qualifier(c), negative=negative)


def _null(c: Cursor) -> s.Expression:
    return s.Null(at=c.next().start)


def _exists(c: Cursor) -> s.Expression:
    at = c.next().start
    c.expect("(")
    query = parse_query.query(c)
    c.expect(")")
    return s.Exists(at=at, query=query)


_SPECIAL: dict[str, Callable[[Cursor], s.Expression | None]] = {
    "CASE": _case,
    "CAST": _cast,
    "TRYCAST": _cast,
    "DATE": _moment,
    "TIME": _moment,
    "TIMESTAMP": _moment,
    "INTERVAL": _interval,
    "NULL": _null,
    "EXISTS": _exists,
}
