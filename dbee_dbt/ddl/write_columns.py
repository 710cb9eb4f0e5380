"""Columns as SHOW TABLE prints them (docs/teradata/ddl.md §2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.canonical import is_number
from dbee_dbt.ddl.layout import shown
from dbee_dbt.ddl.literals import literal
from dbee_dbt.model.names import identifier
from dbee_dbt.model.objects import Column, Compression, Identity
from dbee_dbt.model.types import DataType


def column_text(column: Column) -> str:
    """A column as SHOW TABLE prints it: its name, type and attributes."""
    return " ".join((identifier(column.name), *attribute_texts(column)))


def attribute_texts(column: Column) -> Iterator[str]:
    """What stands behind a column's name: its type and attributes, as SHOW TABLE orders them."""
    if column.type is not None:
        yield column.type.text
    if column.uppercase:
        yield "UPPERCASE"
    if column.case_specific is not None:
        yield "CASESPECIFIC" if column.case_specific else "NOT CASESPECIFIC"
    if column.format is not None:
        yield f"FORMAT {literal(column.format)}"
    if column.title is not None:
        yield f"TITLE {literal(column.title)}"
    for check in column.checks:
        yield f"CHECK ( {shown(check)} )"
    if column.nullable is False:
        yield "NOT NULL"
    yield from _default(column)
    if column.identity is not None:
        yield _identity(column.identity)
    if column.row_time is not None:
        yield f"GENERATED ALWAYS AS ROW {column.row_time}"
    if column.time_column:
        yield "GENERATED TIMECOLUMN"
    if column.time is not None:
        yield f"AS {column.time}"
    if column.compress is not None:
        yield _compression(column.compress, column.type)
    yield from column.attributes
    if column.row_security:
        yield "CONSTRAINT"


_FOLLOWED_BY_A_BLANK = frozenset({"NULL", "DATE", "TIME", "USER"})


def _default(column: Column) -> Iterator[str]:
    if column.default is not None:
        is_float = column.type is not None and column.type.name == "FLOAT" and is_number(column.default)
        text = _float(column.default) if is_float else column.default
        yield f"DEFAULT {text}" + (" " if text in _FOLLOWED_BY_A_BLANK or _ends_in_number(text) else "")
    if column.with_default:
        yield "WITH DEFAULT"


def _ends_in_number(text: str) -> bool:
    return (text[-1:].isdigit() and not text.startswith("'")) or is_number(text)


def _compression(compression: Compression, data_type: DataType | None) -> str:
    if compression.none:
        return "NO COMPRESS"
    if compression.auto:
        return "AUTO COMPRESS"
    parts = (
        [f"COMPRESS {_values(compression.values, data_type)}"]
        if compression.values or not compression.algorithm
        else []
    )
    if compression.algorithm:
        using = f"COMPRESS USING {compression.algorithm}"
        parts.append(using + (f" DECOMPRESS USING {compression.reverse} " if compression.reverse else " "))
    return " ".join(parts)


def _values(values: tuple[str, ...], data_type: DataType | None) -> str:
    printed = [_value(value, data_type) for value in values]
    return "".join(printed) if len(printed) <= 1 else f"({','.join(printed)})"


def _value(value: str, data_type: DataType | None) -> str:
    """A number has a blank behind it; a DECIMAL has the digits of its scale, a FLOAT an exponent."""
    if not is_number(value):
        return value
    match data_type.name if data_type else "":
        case "DECIMAL":
            value = _decimal(value, (data_type.scale if data_type else 0) or 0)
        case "FLOAT":
            value = _float(value)
        case _:
            value = value.replace("0.", ".", 1) if value.startswith(("0.", "-0.")) else value
    return f"{value} "


def _decimal(value: str, scale: int) -> str:
    """``0.00``, ``0.50``, ``12.00``; ``0.`` where there are no digits behind the point."""
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, _, fraction = digits.partition(".")
    if "E" in digits or len(fraction) > scale:
        return value
    fraction = fraction.ljust(scale, "0")
    return f"{sign}{whole}.{fraction}"


def _float(value: str) -> str:
    """``1.50000000000000E 001``: by the default FORMAT of FLOAT, with a blank where no minus stands."""
    mantissa, _, exponent = f"{float(value):.14E}".partition("E")
    return f"{mantissa}E{'-' if exponent.startswith('-') else ' '}{exponent[1:].zfill(3)}"


def _identity(identity: Identity) -> str:
    head = f"GENERATED {'ALWAYS' if identity.always else 'BY DEFAULT'} AS IDENTITY"
    numbers = (
        ("START WITH", identity.start),
        ("INCREMENT BY", identity.increment),
        ("MINVALUE", identity.minimum),
        ("MAXVALUE", identity.maximum),
    )
    options = [f"{word} {number}" for word, number in numbers if number is not None]
    if identity.cycle is not None:
        options.append("CYCLE" if identity.cycle else "NO CYCLE")
    return head + ("\n           (" + " \n            ".join(options) + ")" if options else "")
