"""Literals and the small pieces of syntax that stand in expressions: intervals, types, attribute phrases."""

from __future__ import annotations

from functools import lru_cache

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor, unquoted
from dbee_dbt.ddl.expressions.problems import QueryError
from dbee_dbt.ddl.lexer import Token
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.types import DataType

FIELDS = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")

# Words that begin a type in a phrase ``x (INTEGER)``.
_TYPE_WORDS = frozenset(
    """BYTEINT SMALLINT INTEGER INT BIGINT DECIMAL DEC NUMERIC NUMBER FLOAT REAL DOUBLE CHAR CHARACTER VARCHAR LONG
    CLOB BYTE VARBYTE BLOB DATE TIME TIMESTAMP INTERVAL PERIOD JSON XML""".split()
)
_MOMENTS = ("DATE", "TIME", "TIMESTAMP")
_ATTRIBUTE_WORDS = frozenset({"FORMAT", "TITLE", "NAMED", "NOT", "CASESPECIFIC", "CS", "UPPERCASE", "UC"})


def string_value(token: Token) -> str:
    """The characters of a plain string token ``'…'``."""
    return token.text[1:-1].replace("''", "'")


def string_literal(cursor: Cursor) -> s.Text | s.Hex | s.Unbound:
    """A character or hexadecimal literal; adjacent ones join (docs/teradata/typing.md §1)."""
    token = cursor.next()
    text, charset = token.text, None
    if text[0] == "_":
        charset, text = text[1 : text.index("'")].upper(), text[text.index("'") :]
    if text[0] in "uU":
        if cursor.accept("UESCAPE"):
            plain_string(cursor)
        return s.Unbound(at=token.start, what="a Unicode literal (U&'…')")
    if not text.endswith("'"):
        digits, _, form = text[1:].rpartition("'")
        return s.Hex(at=token.start, digits=digits, form=form.upper(), charset=charset)
    value = text[1:-1].replace("''", "'")
    while cursor.token().kind == "string" and cursor.token().text[0] == "'" and cursor.token().text[-1] == "'":
        value += string_value(cursor.next())
    return s.Text(at=token.start, value=value, charset=charset)


def plain_string(cursor: Cursor) -> str:
    """Take one ``'…'``.

    Raises:
        QueryError: 3707 if none stands here.
    """
    token = cursor.token()
    if token.kind != "string" or token.text[0] != "'" or token.text[-1] != "'":
        raise cursor.expected("a string")
    return string_value(cursor.next())


def at_qualifier(cursor: Cursor) -> bool:
    """True if an interval qualifier such as ``DAY(4)`` stands here."""
    return cursor.word() in FIELDS


def qualifier(cursor: Cursor) -> s.Qualifier:
    """``DAY(4) TO SECOND(6)``, ``SECOND(2,3)``, ``MONTH`` …

    Raises:
        QueryError: 3707 if it does not begin with a field.
    """
    first = cursor.choose(*FIELDS)
    if not first:
        raise cursor.expected("an interval qualifier")
    precision, fraction = _digits(cursor)
    last = None
    if cursor.word() == "TO" and cursor.word(1) in FIELDS:
        cursor.next()
        last = cursor.choose(*FIELDS)
        fraction, _ = _digits(cursor)
    return s.Qualifier(first, last, precision, fraction)


def _digits(cursor: Cursor) -> tuple[int | None, int | None]:
    """``(n)`` or ``(n, m)`` behind a field, as far as it stands here."""
    if not (cursor.word() == "(" and cursor.token(1).kind == "number"):
        return None, None
    cursor.next()
    first = cursor.whole()
    second = cursor.whole() if cursor.accept(",") else None
    cursor.expect(")")
    return first, second


def qualifier_type(found: s.Qualifier) -> DataType:
    """The interval type of a qualifier; precision 2 and fraction 6 where not written (docs/teradata/ddl.md)."""
    name = f"INTERVAL {found.first}" + (f" TO {found.last}" if found.last else "")
    seconds = "SECOND" in (found.first, found.last)
    scale = (6 if found.fraction is None else found.fraction) if seconds else None
    return DataType(name, precision=2 if found.precision is None else found.precision, scale=scale)


def data_type(cursor: Cursor) -> DataType:
    """The type that stands here, up to the parenthesis, comma or attribute that ends it.

    Raises:
        QueryError: 3707 if there is none, or 3706 if it is none that Teradata knows.
    """
    start, words = cursor.index, cursor.words
    place, depth = start, 0
    while place < len(words):
        word = words[place]
        if depth == 0 and (word in (")", ",", "AT") or (word in _ATTRIBUTE_WORDS and place > start)):
            break
        depth += (word == "(") - (word == ")")
        place += 1
    if place == start:
        raise cursor.expected("a data type")
    cursor.index = place
    text = " ".join(token.text for token in cursor.tokens[start : cursor.index])
    return _named_type(text, cursor.tokens[start].start)


def _named_type(text: str, at: int) -> DataType:
    words = text.upper().split()
    if words in (["VARCHAR"], ["CHARACTER", "VARYING"], ["CHAR", "VARYING"]):
        raise QueryError(3707, f"'(' between '{text}' and ')'.", at=at)
    try:
        found = _type(text)
    except DdlError as error:
        raise QueryError(3706, f"{error.what}.", at=at) from error
    if found.name == "DECIMAL":
        _require_digits(found, at)
    return found


_type = lru_cache(maxsize=1024)(read_type)  # few types are written very often


def _require_digits(found: DataType, at: int) -> None:
    precision, scale = found.precision or 5, found.scale or 0
    if not 1 <= precision <= 38:
        raise QueryError(3784, at=at)
    if scale > precision:
        raise QueryError(3779, at=at)


def at_attribute(cursor: Cursor) -> bool:
    """True if an attribute such as FORMAT stands here."""
    return cursor.word() in _ATTRIBUTE_WORDS


def at_phrase(cursor: Cursor, after_name: bool) -> bool:
    """True if a parenthesis stands here that holds a type or attributes for the expression before it.

    Args:
        cursor: at ``(``.
        after_name: whether a bare name stands before it, which might be a function.
    """
    if cursor.word() != "(":
        return False
    first, second = cursor.word(1), cursor.word(2)
    if first in _ATTRIBUTE_WORDS:
        return first != "NOT" or second in ("CASESPECIFIC", "CS")
    if first not in _TYPE_WORDS or _begins_value(cursor):
        return False
    if not after_name or first not in ("DATE", "TIME"):
        return True
    return second in (")", "FORMAT", "AT") or (second == "," and cursor.word(3) in (*_ATTRIBUTE_WORDS, "CHARACTER"))


def _begins_value(cursor: Cursor) -> bool:
    """True if the type word behind the parenthesis here begins a literal or a call, and no type."""
    ahead = 3 if cursor.word(1) == "PERIOD" and cursor.word(2) == "(" else 1
    if cursor.token(ahead + 1).kind == "string" or (ahead == 3 and cursor.word(3) not in _MOMENTS):
        return True
    argument = cursor.token(ahead + 2)
    return cursor.word(ahead + 1) == "(" and argument.kind != "number" and argument.text != "*"


def phrase(cursor: Cursor, operand: s.Expression) -> s.Expression:
    """An expression with the ``(INTEGER, FORMAT '…', TITLE '…', NAMED x)`` that stands behind it."""
    at = cursor.at
    cursor.expect("(")
    found: DataType | None = None
    attributes, zone, charset = s.Attributes(), None, False
    while True:
        if cursor.accept("CHARACTER", "SET"):
            cursor.next()
            charset = True
        elif cursor.word() not in _ATTRIBUTE_WORDS:
            found = data_type(cursor)
            zone = conversion_zone(cursor)
        attributes = read_attributes(cursor, attributes)
        if not cursor.accept(","):
            break
    cursor.expect(")")
    cast = s.Cast(at=at, operand=operand, type=found, attributes=attributes, form="phrase")
    if charset:
        return s.Unbound(at=at, what="CHARACTER SET as a phrase", inner=(cast,))
    return at_zone(cast, zone)


def conversion_zone(cursor: Cursor) -> tuple[s.Expression, ...] | None:
    """``AT LOCAL``, ``AT [SOURCE] TIME ZONE zone`` or ``AT SOURCE TIME ZONE`` (that of the value) behind the type of a
    conversion; None if it is not there."""
    if not cursor.accept("AT"):
        return None
    from dbee_dbt.ddl.expressions.parse_expression import time_zone

    if cursor.accept("SOURCE") and cursor.word(2) in (")", ","):
        cursor.expect("TIME", "ZONE")
        return ()
    zone = time_zone(cursor)
    return () if zone is None else (zone,)


def at_zone(found: s.Cast, zone: tuple[s.Expression, ...] | None) -> s.Expression:
    """A conversion, at a time zone if there is one; that is read only."""
    if zone is None:
        return found
    return s.Unbound(at=found.at, what="a conversion AT a time zone", inner=(found, *zone))


def skip_parenthesis(cursor: Cursor) -> None:
    """Pass what stands in parentheses here, however they nest.

    Raises:
        QueryError: 3707 if no parenthesis opens here, or it does not close.
    """
    cursor.expect("(")
    depth = 1
    while depth:
        if cursor.done:
            raise cursor.expected("')'")
        depth += (cursor.word() == "(") - (cursor.word() == ")")
        cursor.next()


_TYPE_ENDS = frozenset({*FIELDS, "VARYING", "PRECISION", "LARGE", "OBJECT", "TO"})


def skip_type(cursor: Cursor) -> None:
    """Pass one data type, or one name, without asking which."""
    cursor.next()
    while not cursor.done:
        if cursor.word() == "(":
            skip_parenthesis(cursor)
        elif cursor.word() == "." or cursor.word() in _TYPE_ENDS:
            cursor.next()
            if cursor.tokens[cursor.index - 1].text == ".":
                cursor.next()
        elif not (cursor.accept("WITH", "TIME", "ZONE") or _skip_set(cursor)):
            return


def _skip_set(cursor: Cursor) -> bool:
    """True if ``CHARACTER SET x``, ``INLINE LENGTH n`` or ``STORAGE FORMAT x`` stood here."""
    for words in (("CHARACTER", "SET"), ("INLINE", "LENGTH"), ("STORAGE", "FORMAT")):
        if cursor.accept(*words):
            cursor.next()
            return True
    return False


def read_attributes(cursor: Cursor, before: s.Attributes = s.Attributes()) -> s.Attributes:  # noqa: B008 - frozen
    """All attributes that stand here, added to those read before."""
    if not at_attribute(cursor):
        return before
    values = {name: getattr(before, name) for name in before.__struct_fields__}
    while cursor.word() in _ATTRIBUTE_WORDS:
        word = cursor.next().text.upper()
        match word:
            case "FORMAT" | "TITLE":
                values[word.lower()] = plain_string(cursor)
            case "NAMED":
                values["named"] = unquoted(cursor.next())
            case "NOT":
                if not cursor.choose("CASESPECIFIC", "CS"):
                    raise cursor.expected("'CASESPECIFIC'")
                values["case_specific"] = False
            case "CASESPECIFIC" | "CS":
                values["case_specific"] = True
            case _:
                values["uppercase"] = True
    return s.Attributes(**values)
