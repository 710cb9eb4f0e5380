"""Sizes in bytes, as space is given to databases, users and profiles."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from dbee_dbt.ddl.clauses import to_comma
from dbee_dbt.ddl.cursor import Cursor

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right if right else float("nan"),
}


def read_size(cursor: Cursor) -> float | None:
    """Takes a product of numbers: ``60e6``, ``10*1024*1024``."""
    found = _factor(cursor)
    while found is not None and cursor.key in _OPERATORS:
        operate = _OPERATORS[cursor.key]
        cursor.at += 1
        factor = _factor(cursor)
        found = None if factor is None else operate(found, factor)
        found = found if found is not None and isfinite(found) else None
    return found


def _factor(cursor: Cursor) -> float | None:
    if cursor.done or cursor.tokens[cursor.at].kind != "number":
        return None
    cursor.at += 1
    number = float(cursor.keys[cursor.at - 1])
    return number if isfinite(number) else None


def size(cursor: Cursor) -> str:
    """Takes a size as text; a product of numbers is worked out, any other expression kept."""
    start = cursor.at
    number = read_size(cursor)
    cursor.accept("BYTES")
    if number is None or cursor.key not in (",", ""):
        cursor.at = start
        return to_comma(cursor)
    return str(int(number)) if number.is_integer() else repr(number)
