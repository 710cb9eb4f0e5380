"""Intervals as counts: of months for year-month types, of microseconds for day-time types."""

from __future__ import annotations

import re

from dbee_dbt.ddl.expressions.families import interval_fields
from dbee_dbt.model.types import DataType

FIELD_SIZE = {
    "YEAR": 12,
    "MONTH": 1,
    "DAY": 86_400_000_000,
    "HOUR": 3_600_000_000,
    "MINUTE": 60_000_000,
    "SECOND": 1_000_000,
}
"""How much one unit of a field counts."""

_ORDER = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
_SEPARATOR = {"MONTH": "-", "HOUR": " ", "MINUTE": ":", "SECOND": ":"}


def fields(kind: DataType) -> tuple[str, ...]:
    """The fields of an interval type, largest first."""
    first, last = interval_fields(kind)
    return _ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]


def smallest(kind: DataType) -> int:
    """The count that one unit of the type's last field stands for; of seconds, by their fraction digits."""
    last = interval_fields(kind)[1]
    return 10 ** (6 - (kind.scale or 0)) if last == "SECOND" else FIELD_SIZE[last]


def limit(kind: DataType) -> int:
    """The count that no value of the type reaches: its leading field has too many digits then (7453)."""
    leading = 10 ** (kind.precision or 2)
    return int(leading * FIELD_SIZE[interval_fields(kind)[0]])


def interval_value(text: str, kind: DataType) -> int | None:
    """The count that interval text such as ``1 02:03:04.5`` stands for; None if it is none of this type."""
    names = fields(kind)
    pattern = r"\s*(-?)\s*(\d+)"
    for name in names[1:]:
        pattern += re.escape(_SEPARATOR[name]) + r"(\d{1,2})"
    pattern += r"(?:\.(\d{1,6}))?\s*\Z" if names[-1] == "SECOND" else r"()\s*\Z"
    match = re.match(pattern, text)
    if match is None:
        return None
    sign, *numbers, fraction = match.groups()
    count = sum(int(number) * FIELD_SIZE[name] for number, name in zip(numbers, names, strict=True))
    count += int((fraction or "").ljust(6, "0") or 0) if fraction else 0
    return -count if sign else count


def interval_text(count: int, kind: DataType) -> str:
    """An interval as the database shows it: sign, leading digits padded with blanks, the rest with zeros.

    The form is that of the default FORMAT (SQL Data Types and Literals, B035-1143).
    """
    rest, names = abs(count), fields(kind)
    parts = []
    for index, name in enumerate(names):
        units, rest = divmod(rest, FIELD_SIZE[name])
        parts.append(str(units) if index == 0 else f"{_SEPARATOR[name]}{units:02d}")
    text = "".join(parts)
    if names[-1] == "SECOND" and kind.scale:
        text += f".{rest // 10 ** (6 - kind.scale):0{kind.scale}d}"
    leading = (kind.precision or 2) - len(parts[0])
    return " " * leading + ("-" if count < 0 else " ") + text
