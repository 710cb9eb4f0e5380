"""Rows of ColumnsV: what the dictionary says about one column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbee_dbt.ddl.expressions.families import family
from dbee_dbt.ddl.expressions.formats import width
from dbee_dbt.emulator.dictionary.codes import type_code
from dbee_dbt.emulator.records import Entry
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, JoinIndex, Table, View
from dbee_dbt.model.types import default_format

Row = tuple[Any, ...]
FIRST_COLUMN = 1025  # ColumnId of a first column (docs/teradata/dictionary.md §1.4)

COLUMNS = (
    "ColumnName",
    "ColumnId",
    "ColumnType",
    "ColumnLength",
    "CharType",
    "DecimalTotalDigits",
    "DecimalFractionalDigits",
    "ColumnUDTName",
    "UpperCaseFlag",
    "Nullable",
    "ColumnFormat",
    "ColumnTitle",
    "DefaultValue",
    "CommentString",
    "Compressible",
    "CompressValueList",
    "ColumnConstraint",
    "ConstraintCount",
    "IdColType",
    "PartitioningColumn",
    "SPParameterType",
)
"""Columns of the rows that are made here, in order; the rest of ColumnsV comes from the table's row."""

_UNTYPED = (None,) * 6


def column_rows(entry: Entry) -> Iterator[Row]:
    """One row a column of a table, view, join index or hash index; a view's have no types."""
    found = entry.found
    if isinstance(found, Table):
        text = " ".join(found.partitioning)
        for number, column in zip(entry.column_ids, found.columns, strict=True):
            yield table_column(number, column, bool(text) and _names(column.name, text))
    elif isinstance(found, View):
        for number, column in enumerate(found.columns, FIRST_COLUMN):
            yield _view_column(number, column)
    else:
        text = " ".join(found.partitioning) if isinstance(found, JoinIndex) else ""
        for number, column in enumerate(entry.columns, FIRST_COLUMN):
            yield table_column(number, column, bool(text) and _names(column.name, text))


def table_column(number: int, column: Column, partitioning: bool = False) -> Row:
    """The row of a column whose type is known."""
    kind = column.type
    assert kind is not None
    return (
        column.name,
        number,
        *type_code(kind),
        _case_flag(column),
        "N" if column.nullable is False else "Y",
        column.format or default_format(kind, None),
        column.title,
        column.default,
        column.comment,
        "C" if _compressed(column) else "N",
        _compress_values(column),
        " AND ".join(f"CHECK ( {check} )" for check in column.checks) or None,
        len(column.checks),
        _identity(column),
        "Y" if partitioning else "N",
        " ",
    )


def external_length(column: Column, dateform: str) -> int:
    """Max Length of HELP: bytes of storage, but of dates, times and intervals the characters that show them.

    Args:
        column: with its type.
        dateform: ``INTEGERDATE`` or ``ANSIDATE``: the FORMAT of a DATE where the column says none.

    Source: docs/teradata/dictionary.md §1.4.
    """
    kind = column.type
    assert kind is not None
    if kind.name == "DATE":
        return width(kind, column.format or default_format(kind, dateform))
    if family(kind) in ("time", "timestamp", "month interval", "second interval"):
        return width(kind)
    return type_code(kind).length


def _view_column(number: int, column: Column) -> Row:
    return (
        column.name,
        number,
        *_UNTYPED,
        None,
        None,
        None,
        column.title,
        None,
        column.comment,
        None,
        None,
        None,
        0,
        None,
        "N",
        " ",
    )


def _names(column: str, text: str) -> bool:
    from dbee_dbt.ddl.lexer import tokenize

    wanted = fold(column)
    return any(
        fold(token.text.strip('"')) == wanted for token in tokenize(text) if token.kind in ("word", "quoted name")
    )


def _case_flag(column: Column) -> str:
    kind = column.type
    if kind is None or kind.name not in ("CHAR", "VARCHAR", "CLOB"):
        return " "
    if column.uppercase:
        return "B" if column.case_specific else "U"
    return "C" if column.case_specific else "N"


def _compressed(column: Column) -> bool:
    return column.compress is not None and not column.compress.none


def _compress_values(column: Column) -> str | None:
    values = column.compress.values if column.compress else ()
    return f"({','.join(values)})" if values else None


def _identity(column: Column) -> str | None:
    if column.identity is None:
        return None
    return "GA" if column.identity.always else "GD"
