"""Literals and built-in values: their types and titles (docs/teradata/typing.md §1, §6)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isinf

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bound import UNTYPED, Constant, Operation, SessionFacts, Typed
from dbee_dbt.ddl.expressions.calls import default_case
from dbee_dbt.ddl.expressions.families import DATE, FLOAT, INTEGER, decimal, varchar
from dbee_dbt.ddl.expressions.intervals import interval_value
from dbee_dbt.ddl.expressions.literals import qualifier_type
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_TIME = re.compile(r"(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?([+-]\d{2}:\d{2})?\Z")
_NAME_LENGTH = 128


def number_literal(node: s.Number, negative: bool = False) -> Typed:
    """A numeric literal; its sign counts for its range."""
    text = node.text
    title = f"-{text}" if negative else text
    if "e" in text.lower():
        if isinf(float(text)):
            raise QueryError(3754, at=node.at)
        return Typed(Constant(FLOAT, float(title)), nullable=False, title=title)
    if "." in text:
        whole, _, fraction = text.partition(".")
        if len(whole) + len(fraction) > 38:
            raise QueryError(3784, at=node.at)
        value = Decimal(f"{whole or '0'}.{fraction or '0'}")
        kind = decimal(len(whole) + len(fraction), len(fraction))
        return Typed(Constant(kind, -value if negative else value), nullable=False, title=title)
    number = -int(text) if negative else int(text)
    return Typed(Constant(_integer_type(number, node.at), number), nullable=False, title=title)


def _integer_type(number: int, at: int) -> DataType:
    for name, bits in (("BYTEINT", 7), ("SMALLINT", 15), ("INTEGER", 31)):
        if -(2**bits) <= number < 2**bits:
            return DataType(name)
    digits = len(str(abs(number)))
    if digits > 38:
        raise QueryError(3784, at=at)
    return decimal(digits, 0)


def text_literal(node: s.Text, session: SessionFacts) -> Typed:
    """A character literal: VARCHAR of its length, UNICODE unless it says otherwise."""
    kind = varchar(len(node.value), node.charset or "UNICODE")
    title = "'" + node.value.replace("'", "''") + "'"
    case = default_case(session)
    return Typed(Constant(kind, node.value), nullable=False, case_specific=case, title=title, literal=True)


def hex_literal(node: s.Hex, session: SessionFacts) -> Typed:
    """A hexadecimal literal of bytes, characters or an integer."""
    title = f"'{node.digits}'{node.form}"
    if re.fullmatch(r"[0-9A-Fa-f]*", node.digits) is None:
        raise QueryError(3775, at=node.at)
    if node.form in ("XB", "XBF", "XBV"):
        value = bytes.fromhex(node.digits + "0" * (len(node.digits) % 2))
        kind = DataType("VARBYTE" if node.form == "XBV" else "BYTE", length=len(value))
        return Typed(Constant(kind, value), nullable=False, title=title)
    if node.form in ("XC", "XCV", "XCF"):
        text, charset = _hex_characters(node, session)
        kind = DataType("CHAR" if node.form == "XCF" else "VARCHAR", length=len(text), charset=charset)
        return Typed(
            Constant(kind, text), nullable=False, case_specific=default_case(session), title=title, literal=True
        )
    raise NotKnownError(f"a hexadecimal literal of the form {node.form}", node.at)


def _hex_characters(node: s.Hex, session: SessionFacts) -> tuple[str, str]:
    """The characters of ``'…'XC`` and their character set: LATIN by the byte, UNICODE in UTF-16.

    Without a character set in front the user's own holds; digits that are missing on the right are zeros (SQL Data
    Types and Literals, B035-1143, "Hexadecimal Character Literals").
    """
    charset = node.charset or session.charset
    if charset not in _UNIT:
        raise NotKnownError(f"a hexadecimal literal of character set {charset}", node.at)
    digits, coding = _UNIT[charset]
    missing = -len(node.digits) % digits
    try:
        return bytes.fromhex(node.digits + "0" * missing).decode(coding), charset
    except UnicodeDecodeError:
        raise NotKnownError("a hexadecimal literal that is not UTF-16", node.at) from None


_UNIT = {"LATIN": (2, "latin-1"), "UNICODE": (4, "utf-16-be")}


def moment_literal(node: s.Moment) -> Typed:
    """``DATE '…'``, ``TIME '…'`` or ``TIMESTAMP '…'``; as many fraction digits as are written."""
    title = f"{node.kind} '{node.text}'"
    if node.kind == "DATE":
        return Typed(Constant(DATE, _read_date(node.text, node.at)), nullable=False, title=title)
    if node.kind == "TIME":
        value, kind = _read_time(node.text, node.at)
        return Typed(Constant(kind, value), nullable=False, title=title)
    day, _, rest = node.text.partition(" ")
    clock, kind = _read_time(rest, node.at, 6760)
    moment = datetime.combine(_read_date(day, node.at, 6760), clock)
    return Typed(Constant(DataType("TIMESTAMP", scale=kind.scale, zone=kind.zone), moment), nullable=False, title=title)


def _read_date(text: str, at: int, code: int = 2665) -> date:
    match = _DATE.match(text)
    if match is None:
        raise QueryError(code, at=at)
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise QueryError(code, at=at) from None


def _read_time(text: str, at: int, code: int = 6758) -> tuple[time, DataType]:
    match = _TIME.match(text)
    if match is None:
        raise QueryError(code, at=at)
    hour, minute, second, fraction, zone = match.groups()
    if zone and zone[1:] != "00:00":
        raise NotKnownError("a time zone other than +00:00", at)
    try:
        value = time(int(hour), int(minute), int(second), int((fraction or "0").ljust(6, "0")))
    except ValueError:
        raise QueryError(code, at=at) from None
    return value, DataType("TIME", scale=len(fraction or ""), zone=zone is not None)


def span_literal(node: s.Span) -> Typed:
    """``INTERVAL '3' DAY``: leading precision of the digits written, at least the qualifier's."""
    kind = qualifier_type(node.qualifier)
    leading = len(re.match(r"\d*", node.text).group())  # type: ignore[union-attr]
    if node.qualifier.precision is None:
        kind = DataType(kind.name, precision=max(2, leading), scale=kind.scale)
    value = interval_value(node.text, kind)
    if value is None:
        raise NotKnownError(f"the interval literal '{node.text}'", node.at)
    title = f"INTERVAL '{node.text}' {kind.name[len('INTERVAL ') :]}"
    return Typed(Constant(kind, -value if node.negative else value), nullable=False, title=title)


def null_literal() -> Typed:
    """A bare NULL, which takes its type from where it stands."""
    return Typed(Constant(UNTYPED, None), title="Null")


def settled(value: Typed) -> Typed:
    """A NULL that stands alone in a select list is an INTEGER (typing.md §1)."""
    return value.with_value(Constant(INTEGER, None)) if value.type == UNTYPED else value


_SESSION_NAMES = {
    "USER": "User",
    "CURRENT_USER": "Current_User",
    "DATABASE": "Database",
    "ACCOUNT": "Account",
    "ROLE": "Role",
    "CURRENT_ROLE": "Current_Role",
    "PROFILE": "Profile",
}


def built_in(word: str, precision: int | None, session: SessionFacts) -> Typed | None:
    """The value that a word stands for: CURRENT_DATE, USER …; None if it stands for none.

    Args:
        word: in upper case.
        precision: of ``CURRENT_TIMESTAMP(p)``, or None.
        session: the session's facts.
    """
    if word in ("DATE", "CURRENT_DATE"):
        return Typed(Operation(DATE, "CURRENT_DATE"), nullable=False, title="Date")
    if word == "TIME":  # a FLOAT of the digits HHMMSS.ff
        return Typed(Operation(FLOAT, word), nullable=False, title="Time", format="99:99:99")
    if word in ("CURRENT_TIME", "CURRENT_TIMESTAMP"):
        stamp = word == "CURRENT_TIMESTAMP"
        scale = (6 if stamp else 0) if precision is None else precision
        kind = DataType("TIMESTAMP" if stamp else "TIME", scale=scale, zone=True)
        title = f"Current {'TimeStamp' if stamp else 'Time'}({scale})"
        return Typed(Operation(kind, word, (), (scale,)), nullable=False, title=title)
    if word == "SESSION":
        return Typed(Operation(INTEGER, word), nullable=False, title="Session")
    if word in _SESSION_NAMES:
        kind = varchar(_NAME_LENGTH, "UNICODE")
        return Typed(Operation(kind, word), nullable=False, case_specific=False, title=_SESSION_NAMES[word])
    return None


def type_of_parameter(value: object) -> DataType:
    """The type that the driver gives a bound value (typing.md §1)."""
    match value:
        case None:
            return UNTYPED
        case int():  # bool too: the driver binds it as 0 or 1
            return DataType("BIGINT")
        case float():
            return FLOAT
        case str():
            return varchar(max(1, len(value)), "UNICODE")
        case bytes() | bytearray():
            return DataType("VARBYTE", length=max(1, len(value)))
        case Decimal():
            return _decimal_parameter(value)
        case datetime():
            return DataType("TIMESTAMP", scale=6, zone=value.tzinfo is not None)
        case date():
            return DATE
        case time():
            return DataType("TIME", scale=6, zone=value.tzinfo is not None)
        case timedelta():
            return varchar(32, "UNICODE")
    raise NotKnownError(f"a parameter of type {type(value).__name__}")


def _decimal_parameter(value: Decimal) -> DataType:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise QueryError(2620)
    scale = max(0, -exponent)
    precision = max(len(value.as_tuple().digits) + max(0, exponent), scale, 1)
    if precision > 38:
        raise NotKnownError("a number of more than 38 digits as a parameter")
    return DataType("NUMBER", precision=precision, scale=scale)
