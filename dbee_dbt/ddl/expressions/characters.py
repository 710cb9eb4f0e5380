"""Types of character expressions, and the common type of several values (docs/teradata/typing.md §3)."""

from __future__ import annotations

from collections.abc import Sequence

from dbee_dbt.ddl.expressions.bound import Typed
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import (
    FLOAT,
    INTEGER,
    INTEGER_DIGITS,
    decimal,
    digits,
    family,
    varchar,
)
from dbee_dbt.ddl.expressions.formats import width
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_LONGEST = {"LATIN": 64000, "UNICODE": 32000}
_INTEGER_ORDER = ("BYTEINT", "SMALLINT", "INTEGER", "BIGINT")


def common_charset(values: Sequence[Typed]) -> str | None:
    """The character set of a result made of these: literals follow the others where they can be translated."""
    sets = {v.type.charset for v in values if not v.literal}
    literals = {v.type.charset for v in values if v.literal}
    if not sets:
        return "UNICODE" if "UNICODE" in literals or not literals else next(iter(literals))
    if len(sets) > 1:
        return "UNICODE"
    charset = next(iter(sets))
    return charset if all(_translatable(v, charset) for v in values if v.literal) else "UNICODE"


def _translatable(value: Typed, charset: str | None) -> bool:
    """True if a literal's characters exist in the character set."""
    if charset != "LATIN":
        return True
    text = getattr(value.value, "value", "")
    return not isinstance(text, str) or all(ord(char) < 256 for char in text)


def concatenated(left: Typed, right: Typed) -> DataType:
    """The type of ``left || right``.

    Raises:
        QueryError: 3662 for bytes with characters, 3798 where the result is too long.
        NotKnownError: for operands whose concatenation is not known.
    """
    families = {family(left.type), family(right.type)}
    if families == {"byte"}:
        name = "BYTE" if left.type.name == right.type.name == "BYTE" else "VARBYTE"
        return DataType(name, length=(left.type.length or 0) + (right.type.length or 0))
    if "byte" in families:
        raise QueryError(3662)
    if "clob" in families:
        raise NotKnownError("concatenation with a CLOB")
    length = as_char_length(left) + as_char_length(right)
    pair = (as_char(left), as_char(right))
    charset = common_charset(pair)
    if length > _LONGEST.get(charset or "LATIN", 32000):
        raise QueryError(3798)
    if left.type.name == right.type.name == "CHAR" and left.type.charset == right.type.charset:
        return DataType("CHAR", length=length, charset=charset)
    return varchar(length, charset)


def as_char(value: Typed) -> Typed:
    """A value as it takes part in a character expression: a number is LATIN text of its FORMAT's width."""
    if value.type.is_character:
        return value
    return value.with_value(convert(value, varchar(as_char_length(value), "LATIN"), "implicit"))


def as_char_length(value: Typed) -> int:
    """How many characters a value has in a character expression: its length, or the width of its FORMAT."""
    if value.type.is_character:
        return value.type.length or 0
    return width(value.type, value.format)


def common_type(values: Sequence[Typed], max_decimal: int) -> DataType:
    """The type of CASE or COALESCE over these branches; NULL branches are left out.

    Raises:
        QueryError: 3800 where date and time branches are of different types.
        NotKnownError: where the common type is not known.
    """
    typed = [v for v in values if family(v.type) != "null"]
    if not typed:
        return INTEGER
    families = {family(v.type) for v in typed}
    if families == {"char"}:
        return _common_char(typed)
    if len({v.type for v in typed}) == 1:
        return typed[0].type
    if families == {"integer"}:
        return DataType(max((v.type.name for v in typed), key=_INTEGER_ORDER.index))
    if families <= {"integer", "decimal", "float"}:
        return FLOAT if "float" in families else _common_decimal(typed)
    if "char" in families and families <= {"char", "integer", "decimal", "date"}:
        return _common_mixed(typed)
    return _common_other(typed, families)


def _common_char(values: Sequence[Typed]) -> DataType:
    name = "CHAR" if all(v.type.name == "CHAR" for v in values) else "VARCHAR"
    return DataType(name, length=max(v.type.length or 0 for v in values), charset=common_charset(values))


def _common_decimal(values: Sequence[Typed]) -> DataType:
    pairs = [digits(v.type) for v in values]
    scale = max(n for _, n in pairs)
    precision = scale + max(m - n for m, n in pairs)
    if any(v.type.name in INTEGER_DIGITS for v in values):
        precision = 18 if precision <= 18 else 38
    return decimal(min(precision, 38), scale)


def _common_mixed(values: Sequence[Typed]) -> DataType:
    chars = [as_char(v) for v in values]
    return varchar(max(as_char_length(v) for v in values), common_charset(chars))


def _common_other(values: Sequence[Typed], families: set[str]) -> DataType:
    if families == {"byte"}:
        return DataType("VARBYTE", length=max(v.type.length or 0 for v in values))
    if families in ({"timestamp"}, {"time"}):
        if len({v.type.zone for v in values}) > 1:
            raise QueryError(3800)
        first = values[0].type
        return DataType(first.name, scale=max(v.type.scale or 0 for v in values), zone=first.zone)
    if families & {"date", "time", "timestamp", "month interval", "second interval", "period"}:
        raise QueryError(3800)
    raise NotKnownError("the common type of " + " and ".join(dict.fromkeys(v.type.base for v in values)))
