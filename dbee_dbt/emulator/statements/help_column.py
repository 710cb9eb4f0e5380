"""HELP COLUMN: one row a column, its type in the dictionary's codes; the way to a view's types without QVCI."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.statements import HelpColumn
from dbee_dbt.emulator.dictionary.columns import COLUMNS, external_length, table_column
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import table_indexes
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result, ResultColumn, char, table_result, varchar
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Table, View
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


_SMALL = DataType("SMALLINT")
HELP_COLUMN: tuple[ResultColumn, ...] = (
    ResultColumn("Column Name", char(30)),
    ResultColumn("Type", char(2)),
    ResultColumn("Nullable", char(1)),
    ResultColumn("Format", char(30)),
    ResultColumn("Max Length", DataType("INTEGER")),
    ResultColumn("Decimal Total Digits", _SMALL),
    ResultColumn("Decimal Fractional Digits", _SMALL),
    ResultColumn("UpperCase", char(1)),
    ResultColumn("Table/View?", char(1)),
    ResultColumn("Indexed?", char(1)),
    ResultColumn("Unique?", char(1)),
    ResultColumn("Primary?", char(1)),
    ResultColumn("Title", varchar(256)),
    ResultColumn("Column Constraint", varchar(8192)),
    ResultColumn("Char Type", _SMALL),
    ResultColumn("IdCol Type", char(2)),
    ResultColumn("UDT Name", varchar(128)),
    ResultColumn("Column Dictionary Name", varchar(128)),
    ResultColumn("Column SQL Name", varchar(520)),
)


def help_column(session: Session, meaning: HelpColumn, at: Statement, rows: Sequence[Any]) -> Result:
    """HELP COLUMN t.*, t.c, c FROM t; of a table or a view."""
    if not meaning.name:
        raise EmulatorRefusal("HELP COLUMN of an expression")
    entry = session.entry(meaning.database or None, meaning.name)
    if entry is None:
        # A view of the dictionary, or error 3807.
        columns = session.surroundings.relation(meaning.database or None, meaning.name).columns
    elif isinstance(entry.found, View):
        columns = session.view_columns(entry)
    elif isinstance(entry.found, Table):
        columns = entry.found.columns
    else:
        raise failure(3807, f"{meaning.database}.{meaning.name}" if meaning.database else meaning.name)
    chosen = _chosen(columns, meaning)
    return table_result("Help", HELP_COLUMN, [_row(session, entry, column) for column in chosen])


def _chosen(columns: Sequence[Column], meaning: HelpColumn) -> Sequence[Column]:
    if not meaning.columns:
        return columns
    known = {fold(column.name): column for column in columns}
    for name in meaning.columns:
        if fold(name) not in known:
            raise failure(5628, name, f"{meaning.database}.{meaning.name}" if meaning.database else meaning.name)
    return [known[fold(name)] for name in meaning.columns]


def _row(session: Session, entry: Entry | None, column: Column) -> list[Any]:
    of = dict(zip(COLUMNS, table_column(0, column), strict=True))
    indexed, unique, primary = _index_flags(entry, column)
    kind = "T" if entry is not None and isinstance(entry.found, Table) else "V"
    return [
        column.name[:30],
        of["ColumnType"],
        of["Nullable"],
        of["ColumnFormat"],
        external_length(column, session.dateform),
        of["DecimalTotalDigits"],
        of["DecimalFractionalDigits"],
        of["UpperCaseFlag"],
        kind,
        indexed,
        unique,
        primary,
        of["ColumnTitle"] or column.name,
        of["ColumnConstraint"],
        of["CharType"],
        of["IdColType"],
        of["ColumnUDTName"],
        column.name,
        column.name,
    ]


def _index_flags(entry: Entry | None, column: Column) -> tuple[str, str | None, str | None]:
    """Indexed?, Unique? and Primary? (P or S) of a column."""
    if entry is None or not isinstance(entry.found, Table):
        return "N", None, None
    name = fold(column.name)
    indexes = [i for i in table_indexes(entry.found, entry.index_numbers) if name in map(fold, i.columns)]
    if not indexes:
        return "N", None, None
    first = indexes[0]
    return "Y", "Y" if first.unique else "N", "P" if first.number == 1 else "S"
