"""How Teradata's values lie in DuckDB, and what the driver returns for them.

A CHAR is padded with blanks to its length; a time or timestamp with time zone is kept in UTC, the only zone that is
emulated; an interval is a count of months or of microseconds.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import Any

from dbee_dbt.ddl.expressions.families import family, is_interval
from dbee_dbt.ddl.expressions.intervals import interval_text
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.model.types import DataType

NUMBER_SCALE = 12
"""Digits after the point that a NUMBER without a scale keeps here; a value that needs more is refused."""

_STORAGE = {
    "BYTEINT": "TINYINT",
    "SMALLINT": "SMALLINT",
    "INTEGER": "INTEGER",
    "BIGINT": "BIGINT",
    "FLOAT": "DOUBLE",
    "CHAR": "VARCHAR",
    "VARCHAR": "VARCHAR",
    "CLOB": "VARCHAR",
    "JSON": "VARCHAR",
    "XML": "VARCHAR",
    "BYTE": "BLOB",
    "VARBYTE": "BLOB",
    "BLOB": "BLOB",
    "DATE": "DATE",
    "TIME": "TIME",
    "TIMESTAMP": "TIMESTAMP",
}


_EXPORT_WIDTH = {"LATIN": 2, "UNICODE": 3}
"""Bytes a character of CHAR columns: Character Export Width EXPECTED, client character set UTF8 (B035-1125)."""


def storage_type(kind: DataType) -> str:
    """The DuckDB type of a column.

    Args:
        kind: the Teradata type.

    Raises:
        EmulatorRefusal: for a type whose values are not emulated, only when a table gets rows.
    """
    if is_interval(kind):
        return "BIGINT"
    if kind.name == "DECIMAL":
        return f"DECIMAL({kind.precision or 5},{kind.scale or 0})"
    if kind.name == "NUMBER":
        return _number_storage(kind)
    if kind.name.startswith("PERIOD("):
        return "VARCHAR"
    found = _STORAGE.get(kind.name)
    return "VARCHAR" if found is None else found


def _number_storage(kind: DataType) -> str:
    if kind.scale is None:
        return f"DECIMAL({kind.precision},0)" if kind.precision else f"DECIMAL(38,{NUMBER_SCALE})"
    return f"DECIMAL({max(kind.precision or 38, kind.scale)},{kind.scale})"


def python_value(value: Any, kind: DataType) -> Any:
    """A value in Python; a CHAR has its length.

    Args:
        value: as DuckDB returns it.
        kind: the column's Teradata type.

    Raises:
        EmulatorRefusal: for a type whose values are not emulated.
    """
    if value is None:
        return None
    match family(kind):
        case "char" if kind.name == "CHAR":
            return str(value).ljust(kind.length or 1)
        case "decimal":
            return value if isinstance(value, Decimal) else Decimal(value)
        case "number":
            return _plain(Decimal(value))
        case "float":
            return float(value)
        case "byte":
            return bytes(value).ljust(kind.length or 1, b"\0") if kind.name == "BYTE" else bytes(value)
        case "time" | "timestamp":
            return value.replace(tzinfo=UTC) if kind.zone else value
        case "month interval" | "second interval":
            return interval_text(int(value), kind)
        case "period":
            raise EmulatorRefusal(f"values of type {kind.base}")
    return value


def driver_value(value: Any, kind: DataType) -> Any:
    """What teradatasql returns for a value; arguments and errors as of :func:`python_value`."""
    found = python_value(value, kind)
    return exported(found, kind) if found is not None and kind.name == "CHAR" else found


def exported(text: str, kind: DataType) -> str:
    """A value of a CHAR column as the driver returns it: padded to the export width of the session, always.

    The driver's sessions are of UTF8, for which the server reserves two bytes a character of LATIN, three of UNICODE;
    what the characters do not need is blanks (docs/teradata/dictionary.md §1.1).
    """
    length = kind.length or 1
    room = length * _EXPORT_WIDTH.get(kind.charset or "LATIN", 3)
    filled = text.ljust(length)
    return filled + " " * (room - len(filled.encode()))


def is_as_stored(kind: DataType) -> bool:
    """True for a type whose values teradatasql returns as DuckDB does, so that they need no :func:`driver_value`."""
    as_stored = {"char": kind.name != "CHAR", "time": not kind.zone, "timestamp": not kind.zone}
    return as_stored.get(family(kind), False) or kind.name in ("BYTEINT", "SMALLINT", "INTEGER", "BIGINT", "DATE")


def _plain(value: Decimal) -> Decimal:
    """A NUMBER without trailing zeros and without an exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]
