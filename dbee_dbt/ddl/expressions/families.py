"""Families of types: what behaves alike in expressions."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import CONDITION, UNTYPED
from dbee_dbt.ddl.types import with_charset
from dbee_dbt.model.types import DataType

_FAMILY = {
    **dict.fromkeys(("BYTEINT", "SMALLINT", "INTEGER", "BIGINT"), "integer"),
    "DECIMAL": "decimal",
    "NUMBER": "number",
    "FLOAT": "float",
    "CHAR": "char",
    "VARCHAR": "char",
    "CLOB": "clob",
    "BYTE": "byte",
    "VARBYTE": "byte",
    "BLOB": "blob",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "timestamp",
    CONDITION.name: "condition",
    UNTYPED.name: "null",
}


# Integer digits that an integer type counts for beside a DECIMAL (docs/teradata/typing.md §3, CASE).
INTEGER_DIGITS = {"BYTEINT": 3, "SMALLINT": 5, "INTEGER": 10, "BIGINT": 19}

NUMERIC = frozenset({"integer", "decimal", "number", "float"})


def family(kind: DataType) -> str:
    """The family of a type: ``integer``, ``decimal``, ``char``, ``month interval``, ``other`` …"""
    if kind.name.startswith("INTERVAL"):
        return "month interval" if kind.name.split()[1] in ("YEAR", "MONTH") else "second interval"
    if kind.name.startswith("PERIOD("):
        return "period"
    return _FAMILY.get(kind.name, "other")


def is_numeric(kind: DataType) -> bool:
    """True for integers, DECIMAL, NUMBER and FLOAT."""
    return family(kind) in NUMERIC


def is_char(kind: DataType) -> bool:
    """True for CHAR and VARCHAR."""
    return kind.name in ("CHAR", "VARCHAR")


def with_default_charset(kind: DataType, charset: str) -> DataType:
    """A character type with this character set where it has none; LONG VARCHAR and CLOB get their length by it."""
    if kind.charset is None and (kind.is_character or kind.name == "LONG VARCHAR"):
        return with_charset(kind, charset)
    return kind


def is_interval(kind: DataType) -> bool:
    """True for every interval type."""
    return kind.name.startswith("INTERVAL ")


def interval_fields(kind: DataType) -> tuple[str, str]:
    """First and last field of an interval type; the same twice for one of a single field."""
    first, _, last = kind.name[len("INTERVAL ") :].partition(" TO ")
    return first, last or first


def interval_type(first: str, last: str, precision: int, scale: int | None) -> DataType:
    """The interval type of these fields; ``scale`` counts only with seconds."""
    name = f"INTERVAL {first}" if first == last else f"INTERVAL {first} TO {last}"
    return DataType(name, precision=precision, scale=scale if last == "SECOND" else None)


def decimal(precision: int, scale: int) -> DataType:
    """A DECIMAL type."""
    return DataType("DECIMAL", precision=precision, scale=scale)


def varchar(length: int, charset: str | None) -> DataType:
    """A VARCHAR type."""
    return DataType("VARCHAR", length=length, charset=charset)


def digits(kind: DataType) -> tuple[int, int]:
    """Precision and scale of an integer or DECIMAL type."""
    if kind.name in INTEGER_DIGITS:
        return INTEGER_DIGITS[kind.name], 0
    return kind.precision or 5, kind.scale or 0


INTEGER = DataType("INTEGER")
BIGINT = DataType("BIGINT")
FLOAT = DataType("FLOAT")
DATE = DataType("DATE")
