"""FORMAT: the width a value takes when it becomes characters, and what the default formats are (typing.md §7)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.families import digits, family, interval_fields
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.model.types import DataType

_FIXED = {"BYTEINT": 4, "SMALLINT": 6, "INTEGER": 11, "BIGINT": 20, "FLOAT": 22, "NUMBER": 42}
_ZONE = 6  # characters of +00:00

# Display width of a DATE by its default FORMAT: YY/MM/DD or YYYY-MM-DD.
DATE_FORMATS = {"INTEGERDATE": "YY/MM/DD", "ANSIDATE": "YYYY-MM-DD"}


def width(kind: DataType, format_text: str | None = None) -> int:
    """Characters that a value takes when it is shown.

    Args:
        kind: its type.
        format_text: a FORMAT other than the type's own, or None.

    Raises:
        NotKnownError: for a type whose width is not known.
    """
    if format_text is not None:
        return len(expanded(format_text))
    if kind.name in _FIXED:
        return _FIXED[kind.name]
    match family(kind):
        case "decimal":
            return digits(kind)[0] + 2
        case "char":
            return kind.length or 0
        case "date":
            return 10  # of YYYY-MM-DD; with INTEGERDATE the value is shorter (docs/teradata/typing.md §7)
        case "time" | "timestamp":
            whole = 8 if kind.name == "TIME" else 19
            return whole + (1 + kind.scale if kind.scale else 0) + (_ZONE if kind.zone else 0)
        case "month interval" | "second interval":
            return _interval_width(kind)
    raise NotKnownError(f"the width of {kind.base} as characters")


def _interval_width(kind: DataType) -> int:
    first, last = interval_fields(kind)
    order = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    more = order.index(last) - order.index(first)
    seconds = 1 + kind.scale if last == "SECOND" and kind.scale else 0
    return 1 + (kind.precision or 2) + 3 * more + seconds


def expanded(format_text: str) -> str:
    """A FORMAT with its repetitions written out: ``-(3)9`` is ``---9``."""
    result, index = "", 0
    while index < len(format_text):
        char = format_text[index]
        end = format_text.find(")", index)
        if char == "(" and result and end > 0 and format_text[index + 1 : end].isdigit():
            result += result[-1] * (int(format_text[index + 1 : end]) - 1)
            index = end + 1
        else:
            result += char
            index += 1
    return result
