"""Conversions between types: which exist, and how each one is asked for (docs/teradata/typing.md §3, §8)."""

from __future__ import annotations

from typing import Literal

from dbee_dbt.ddl.expressions.bound import Constant, Operation, Typed, Value
from dbee_dbt.ddl.expressions.families import family, interval_fields, is_interval
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

How = Literal["cast", "phrase", "implicit", "assign", "union", "try"]
"""CAST; ``x (type)``; inside an expression; into a column; to the first branch of a set operation; TRYCAST."""

_NUMBERS = ("integer", "decimal", "number", "float")
_MOMENTS = ("date", "time", "timestamp")

CONVERSIONS: dict[str, tuple[str, ...]] = {
    "integer": (*_NUMBERS, "char", "date", "month interval", "second interval"),
    "decimal": (*_NUMBERS, "char", "date", "month interval", "second interval"),
    "number": (*_NUMBERS, "char", "month interval", "second interval"),
    "float": (*_NUMBERS, "char", "month interval", "second interval"),
    "char": (*_NUMBERS, *_MOMENTS, "char", "clob", "month interval", "second interval"),
    "clob": ("clob", "char"),
    "byte": ("byte", "blob"),
    "blob": ("blob", "byte"),
    "date": ("date", "integer", "decimal", "float", "char", "timestamp"),
    "time": ("time", "char"),
    "timestamp": ("timestamp", "date", "time", "char"),
    "month interval": ("month interval", "char", "integer", "decimal"),
    "second interval": ("second interval", "char", "integer", "decimal"),
    "period": ("period",),
    "other": (),
}
"""From family to families, by rules known here; all other pairs are refused."""


def convert(value: Typed, target: DataType, how: How, format_text: str | None = None) -> Value:
    """The value as one of another type.

    Args:
        value: what is converted.
        target: the type wanted.
        how: the way in which it is asked for; truncation, padding and blanks depend on it.
        format_text: FORMAT of the target, or None.

    Raises:
        QueryError: 3532 for bytes with anything else, 5407 for intervals of different classes.
        NotKnownError: where the conversion is not known.
    """
    if family(value.type) == "null":
        return Constant(target, None)
    if value.type == target and format_text is None:
        return value.value
    _require_known(value.type, target)
    return Operation(target, "convert", (value.value,), (how, value.format, format_text))


def _require_known(source: DataType, target: DataType) -> None:
    a, b = family(source), family(target)
    if b in CONVERSIONS.get(a, ()):
        if a in _NUMBERS and is_interval(target) and interval_fields(target)[0] != interval_fields(target)[1]:
            raise QueryError(5407)
        if is_interval(source) and b in _NUMBERS and interval_fields(source)[0] != interval_fields(source)[1]:
            raise QueryError(5407)
        return
    if ("byte" in (a, b) or "blob" in (a, b)) and "other" not in (a, b):
        raise QueryError(3532)
    if is_interval(source) and is_interval(target):
        raise QueryError(5407)
    raise NotKnownError(f"conversion of {source.base} to {target.base}")
