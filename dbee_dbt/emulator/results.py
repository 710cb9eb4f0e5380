"""What a statement answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec import Struct

from dbee_dbt.emulator.sql.storage import exported
from dbee_dbt.model.types import DataType

Row = list[Any]


class ResultColumn(Struct, frozen=True):
    """One column of a result: its label, its Teradata type, and whether it may be null."""

    name: str
    type: DataType
    nullable: bool = True


class Result(Struct, kw_only=True):
    """The answer to one statement.

    Args:
        activity: what was done, in the words of the driver (``Select``, ``Create Table``).
        count: activity count: rows returned or touched.
        columns: of a result set; None where the statement returns none.
        rows: its rows, each a list of values as the driver returns them.
    """

    activity: str
    count: int = 0
    columns: tuple[ResultColumn, ...] | None = None
    rows: list[Row] = []


def varchar(length: int) -> DataType:
    """The type of a text column of a result."""
    return DataType("VARCHAR", length=length, charset="UNICODE")


def char(length: int) -> DataType:
    """The type of a code in a result; ``table_result`` pads its values."""
    return DataType("CHAR", length=length, charset="LATIN")


def table_result(activity: str, columns: tuple[ResultColumn, ...], rows: Iterable[Iterable[Any]]) -> Result:
    """A result set of these rows, CHAR columns padded as the driver does."""
    values = [list(row) for row in rows]
    for place, column in enumerate(columns):
        if column.type.name == "CHAR":
            for row in values:
                row[place] = None if row[place] is None else exported(row[place], column.type)
    return Result(activity=activity, count=len(values), columns=columns, rows=values)


_PYTHON: dict[str, type] = {
    "BYTEINT": int,
    "SMALLINT": int,
    "INTEGER": int,
    "BIGINT": int,
    "DECIMAL": Decimal,
    "NUMBER": Decimal,
    "FLOAT": float,
    "DATE": datetime.date,
    "TIME": datetime.time,
    "TIMESTAMP": datetime.datetime,
    "BYTE": bytes,
    "VARBYTE": bytes,
    "BLOB": bytes,
}
_BYTES = {"BYTEINT": 1, "SMALLINT": 2, "INTEGER": 4, "BIGINT": 8, "FLOAT": 8, "DATE": 4}


def description(columns: tuple[ResultColumn, ...]) -> list[list[Any]]:
    """The cursor's ``description``: name, Python type, None, byte count, precision, scale, nullable."""
    return [_described(column) for column in columns]


def _described(column: ResultColumn) -> list[Any]:
    kind = column.type
    width = kind.length if kind.length is not None else _BYTES.get(kind.name)
    return [column.name, _PYTHON.get(kind.name, str), None, width, kind.precision, kind.scale, column.nullable]
