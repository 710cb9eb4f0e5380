"""Expressions: tokens -> syntax, by Teradata's precedence of operators."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions import literals, parse_call, parse_object, parse_predicate, parse_query, precedence
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted
from dbee_dbt.model.reserved import SURELY_RESERVED


def expression(c: Cursor) -> s.Expression:
    """The expression or condition that stands at the cursor.

    Raises:
        QueryError: 3706 or 3707 where the text is not Teradata SQL.
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    c.enter()
    found = _binding(c, 0)
    c.leave()
    return found


def value(c: Cursor) -> s.Expression:
    """The value expression at the cursor: everything that binds tighter than a comparison."""
    return _binding(c, precedence.PREDICATE)


def _binding(c: Cursor, least: int) -> s.Expression:
    """What stands here, with all operators behind it that bind tighter than ``least``."""
    left = _operand(c, least)
    while True:
        level = precedence.LEVELS.get(c.word(), 0)
        if level <= least:
            return left
        found = parse_predicate.continued(c, left) if level == precedence.PREDICATE else _infix(c, left, level)
        if found is left:
            return left
        left = found


def _infix(c: Cursor, left: s.Expression, level: int) -> s.Expression:
    """``left`` with the operator that stands here and its right side; ``left`` itself if the word is none."""
    at, word = c.at, c.word()
    if word == "!":
        if c.word(1) != "!":
            return left
        c.next()
        word = "||"
    if word in precedence.PERIOD_OPERATORS and not starts_operand(c, 1):
        return left
    c.next()
    right = _binding(c, level)
    if level <= precedence.AND:
        return s.Logical(at=at, operator=word, left=left, right=right)
    return s.Binary(at=at, operator=word, left=left, right=right)


def starts_operand(c: Cursor, ahead: int) -> bool:
    """True if the token so far ahead can begin a value, so that the word before it is an operator and no name."""
    word, kind = c.word(ahead), c.token(ahead).kind
    if kind != "word":
        return kind in ("number", "string", "quoted name") or word in ("(", "-", "+", "?", ":")
    if c.is_word_name(ahead) or word in _SPECIAL or word in parse_call.BUILT_IN:
        return True
    return c.word(ahead + 1) == "(" and word not in parse_call.CLAUSES


def _operand(c: Cursor, least: int) -> s.Expression:
    word = c.word()
    if word in ("-", "+"):
        token = c.next()
        c.enter()
        signed = s.Unary(at=token.start, operator=token.text, operand=_operand(c, precedence.POWER))
        c.leave()
        return signed
    if word in ("NOT", "^") and least < precedence.NOT:
        at = c.next().start
        c.enter()
        negation = s.Negation(at=at, operand=_binding(c, precedence.NOT - 1))
        c.leave()
        return negation if word == "NOT" else s.Unbound(at=at, what="the operator ^", inner=(negation,))
    found = primary(c)
    return _postfix(c, found) if c.word() in _POSTFIXES else found


_POSTFIXES = frozenset({"(", "AT", "[", ".", "RETURNS", *literals.FIELDS})


def _postfix(c: Cursor, found: s.Expression) -> s.Expression:
    """What may follow a primary: phrases, an interval qualifier, AT … zone, elements and methods."""
    while True:
        at = c.at
        if literals.at_phrase(c, isinstance(found, s.Name)):
            found = literals.phrase(c, found)
        elif c.word() == "AT":
            found = _zone(c, found)
        elif literals.at_qualifier(c) and _is_parenthesised(c):
            found = s.IntervalOf(at=at, operand=found, qualifier=literals.qualifier(c))
        else:
            more = parse_object.continued(c, found)
            if more is found:
                return found
            found = more


def _is_parenthesised(c: Cursor) -> bool:
    return c.tokens[c.index - 1].text == ")"


def _zone(c: Cursor, found: s.Expression) -> s.Expression:
    at = c.at
    c.expect("AT")
    return s.AtZone(at=at, operand=found, zone=time_zone(c))


def time_zone(c: Cursor) -> s.Expression | None:
    """``LOCAL`` (None) or ``[TIME ZONE] zone``, behind AT."""
    if c.accept("LOCAL"):
        return None
    if c.word() == "TIME":
        c.expect("TIME", "ZONE")
    return _operand(c, precedence.POWER)


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
        return parse_object.star(c, s.Star(at=token.start))
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
    """A column, a qualified star, a function call, or a word that stands for a value."""
    token, word = c.token(), c.word()
    if token.kind == "word" and c.word(1) == "(" and parse_call.is_function(c):
        return parse_call.call(c)
    if word in _VALUES_NOT_KNOWN:
        return s.Unbound(at=c.next().start, what=word)
    if not c.at_name and not (token.kind == "word" and word in parse_call.BUILT_IN):
        raise c.expected("an expression")
    return _path(c)


def _path(c: Cursor) -> s.Expression:
    """A name of one or more parts, as far as each point in it is followed by a name."""
    token = c.next()
    parts = [unquoted(token)]
    while c.word() == "." and c.word(1) not in (".", "["):
        c.next()
        if c.word() == "*":
            c.next()
            return parse_object.star(c, s.Star(at=token.start, parts=tuple(parts)))
        if c.token().kind not in ("word", "quoted name"):
            raise c.expected("a name")
        if c.word() == "ALL":
            return parse_object.star(c, s.Name(at=token.start, parts=tuple(parts)), taken=1)
        parts.append(unquoted(c.next()))
        if c.word() == "(" and not literals.at_phrase(c, after_name=True):
            return _call_or_method(c, tuple(parts), token.start)
    quoted = c.tokens[c.index - 1].kind == "quoted name"
    return s.Name(at=token.start, parts=tuple(parts), quoted=quoted)


def _call_or_method(c: Cursor, parts: tuple[str, ...], at: int) -> s.Expression:
    """``database.function(…)``; with more parts it can only be a method of a column's type."""
    if len(parts) < 3:
        return parse_call.call_of(c, parts, at)
    return parse_object.method(c, s.Name(at=at, parts=parts[:-1]), parts[-1])


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
    zone = literals.conversion_zone(c)
    attributes = literals.read_attributes(c)
    while c.accept(","):
        if not literals.at_attribute(c):
            raise c.expected("FORMAT, TITLE or NAMED")
        attributes = literals.read_attributes(c, attributes)
    zone = literals.conversion_zone(c) if zone is None else zone
    c.expect(")")
    tolerant = token.text.upper() == "TRYCAST"
    found = s.Cast(
        at=token.start, operand=operand, type=kind, attributes=attributes, form="trycast" if tolerant else "cast"
    )
    return literals.at_zone(found, zone)


def _moment(c: Cursor) -> s.Expression | None:
    """``DATE '…'``, ``PERIOD '(…)'``; None where the word stands alone (today) or for a column."""
    follows = c.token(1)
    if follows.text.startswith(("{", "${")):
        at = c.next().start
        c.next()
        return s.Unbound(at=at, what="a literal out of a placeholder")
    if follows.kind != "string" or follows.text[0] != "'":
        return None
    token, kind = c.next(), c.words[c.index - 1]
    c.next()
    if kind == "PERIOD":
        return s.Unbound(at=token.start, what="a PERIOD literal")
    return s.Moment(at=token.start, kind=kind, text=literals.string_value(follows))  # type: ignore[arg-type]


def _interval(c: Cursor) -> s.Expression | None:
    ahead = 1 if c.word(1) in ("-", "+") else 0
    if c.token(1 + ahead).kind != "string":
        return None
    at = c.next().start
    negative = c.choose("-", "+") == "-"
    text = literals.plain_string(c)
    return s.Span(at=at, text=text, qualifier=literals.qualifier(c), negative=negative)


def _new(c: Cursor) -> s.Expression | None:
    return parse_object.new(c)


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
    "PERIOD": _moment,
    "INTERVAL": _interval,
    "NEW": _new,
    "NULL": _null,
    "EXISTS": _exists,
}

# Words that stand for a value of which nothing is known here.
_VALUES_NOT_KNOWN = frozenset({"UNTIL_CHANGED", "UNTIL_CLOSED", "SAMPLEID", "ROWID"})
NO_COLUMNS = SURELY_RESERVED | _SPECIAL.keys() | _VALUES_NOT_KNOWN | parse_call.BUILT_IN
"""Words that name no column where an expression begins."""
