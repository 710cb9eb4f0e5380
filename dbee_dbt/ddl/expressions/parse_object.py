"""Constructors, methods, elements and attributes of structured, array and document types: read only."""

from __future__ import annotations

from dbee_dbt.ddl.expressions import literals, parse_call, parse_expression
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted


def new(c: Cursor) -> s.Expression | None:
    """``NEW type(…)``; None where NEW is no constructor."""
    if c.token(1).kind not in ("word", "quoted name"):
        return None
    at = c.next().start
    kind = [unquoted(c.next())]
    while c.accept("."):
        kind.append(c.name())
    c.expect("(")
    args, _ = parse_call.arguments(c)
    c.expect(")")
    return s.New(at=at, type=tuple(kind), args=args)


def star(c: Cursor, found: s.Star | s.Name, taken: int = 0) -> s.Expression:
    """``*`` or a name; with ``.ALL`` behind it, all attributes of its structured types.

    Args:
        c: behind the star or name.
        found: that.
        taken: 1 where the point before ALL has been passed.
    """
    if c.word(1 - taken) != "ALL" or (c.word() != "." and not taken):
        return found
    c.index += 2 - taken
    return s.Unbound(at=found.at, what=".ALL behind a name", inner=(found,))


def continued(c: Cursor, found: s.Expression) -> s.Expression:
    """An element, attribute or method of a value, or its RETURNS; the value itself if none of them follows."""
    match c.word():
        case "[":
            return _element(c, found)
        case ".":
            return _member(c, found)
        case "RETURNS":
            return _returned(c, found)
    return found


def _element(c: Cursor, found: s.Expression) -> s.Expression:
    """``a[1]``, ``a[1, 2]``, and of JSON ``j[*]``, ``j[1:2:3]``."""
    parts = [found]
    c.expect("[")
    while not c.accept("]"):
        if not c.choose("*", ":", ","):
            parts.append(parse_expression.expression(c))
    return s.Unbound(at=found.at, what="an element in brackets", inner=tuple(parts))


def _member(c: Cursor, found: s.Expression) -> s.Expression:
    """``x.name``, ``x.method(…)``; of JSON ``x..name``, ``x.*``, ``x..[1]``."""
    if c.done or c.token(1).kind == "number":
        raise c.expected("a name")
    c.next()
    deep = c.accept(".")
    if deep and c.word() == "[":
        return _element(c, found)
    if c.accept("*"):
        return s.Unbound(at=found.at, what="JSON dot notation", inner=(found,))
    if c.token().kind not in ("word", "quoted name"):
        raise c.expected("a name")
    name = unquoted(c.next())
    if c.word() == "(" and not literals.at_phrase(c, after_name=True):
        return method(c, found, name)
    what = "JSON dot notation" if deep or isinstance(found, s.Name) else f"the attribute {name}"
    return s.Unbound(at=found.at, what=what, inner=(found,))


def method(c: Cursor, found: s.Expression, name: str) -> s.Expression:
    """``(…)`` of a method whose name has been taken."""
    c.expect("(")
    args, _ = parse_call.arguments(c)
    c.expect(")")
    return s.Unbound(at=found.at, what=f"the method {name}", inner=(found, *args))


def _returned(c: Cursor, found: s.Expression) -> s.Expression:
    """``f(x) RETURNS type`` and ``f(x) RETURNS STYLE column`` say which type a function gives here."""
    if not isinstance(found, (s.Call, s.Unbound)):
        return found
    c.next()
    if c.accept("STYLE"):
        style = parse_expression.primary(c)
        return s.Unbound(at=found.at, what="RETURNS behind a function", inner=(found, style))
    literals.skip_type(c)
    return s.Unbound(at=found.at, what="RETURNS behind a function", inner=(found,))
