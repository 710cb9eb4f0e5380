"""HELP of tables, views, databases, indexes, statistics, volatile tables and the session.

Columns: docs/teradata/dictionary.md §1.4; those that are not known to be right are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import Help
from dbee_dbt.emulator.dictionary.codes import kind_code
from dbee_dbt.emulator.dictionary.columns import COLUMNS, FIRST_COLUMN, column_rows, external_length
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import TableIndex, join_index_indexes, order_of, table_indexes
from dbee_dbt.emulator.results import Result, ResultColumn, char, table_result, varchar
from dbee_dbt.emulator.statements import help_code
from dbee_dbt.emulator.statements.definitions import error_table_of, required_definition, table_of
from dbee_dbt.emulator.statements.help_constraint import error_table_columns, help_constraint
from dbee_dbt.emulator.statements.index_columns import join_index_columns
from dbee_dbt.emulator.statements.names import required, required_table
from dbee_dbt.emulator.statements.statistics import required_counted, rows_of
from dbee_dbt.emulator.statements.user_types import help_cast, help_type
from dbee_dbt.model.objects import Column, HashIndex, JoinIndex, Table
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.records import Entry
    from dbee_dbt.emulator.session import Session


_SMALL, _NUMBER = DataType("SMALLINT"), DataType("INTEGER")


def help_statement(session: Session, meaning: Help, at: Statement, rows: Sequence[Any]) -> Result:
    """HELP of the kinds that are known; the rest is refused by name."""
    run = _KINDS.get(meaning.kind)
    if run is None:
        raise EmulatorRefusal(f"HELP {meaning.kind.upper()}")
    return run(session, meaning)


_OF_TABLE = (
    ResultColumn("Column Name", varchar(30)),
    ResultColumn("Type", char(2)),
    ResultColumn("Comment", varchar(255)),
    ResultColumn("Nullable", char(1)),
    ResultColumn("Format", char(30)),
    ResultColumn("Title", varchar(256)),
    ResultColumn("Max Length", _NUMBER),
    ResultColumn("Decimal Total Digits", _SMALL),
    ResultColumn("Decimal Fractional Digits", _SMALL),
    ResultColumn("UpperCase", char(1)),
    ResultColumn("Table/View?", char(1)),
    ResultColumn("Default value", varchar(1024)),
    ResultColumn("Char Type", _SMALL),
    ResultColumn("IdCol Type", char(2)),
    ResultColumn("UDT Name", varchar(128)),
)


def _help_table(session: Session, meaning: Help) -> Result:
    entry, _ = required_table(session, meaning.database, meaning.name)
    return _column_list(session, entry, "T")


def _help_view(session: Session, meaning: Help) -> Result:
    return _column_list(session, required(session, "view", meaning.database, meaning.name), "V")


def _help_join_index(session: Session, meaning: Help) -> Result:
    """The columns as the index's query gives them ("Table, Hash Index, and Join Index Attributes", B035-1184)."""
    entry = required(session, "join index", meaning.database, meaning.name)
    assert isinstance(entry.found, JoinIndex)
    return _list_of(session, entry, entry.columns or join_index_columns(session, entry.found.query or ""))


def _help_hash_index(session: Session, meaning: Help) -> Result:
    entry = required(session, "hash index", meaning.database, meaning.name)
    assert isinstance(entry.found, HashIndex)
    return _list_of(session, entry, entry.columns)


def _help_error_table(session: Session, meaning: Help) -> Result:
    """HELP ERROR TABLE FOR a table, or by the error table's name: HELP TABLE of its columns."""
    entry = _table_with_errors(session, meaning)
    assert isinstance(entry.found, Table)
    return _list_of(session, entry, error_table_columns(entry.found))


def _table_with_errors(session: Session, meaning: Help) -> Entry:
    """The table whose error table is meant."""
    if Cursor.of(meaning.text).accept("ERROR", "TABLE", "FOR"):
        entry, table = required_table(session, meaning.database, meaning.name)
        if error_table_of(session, table) is None:
            raise EmulatorRefusal(f"the error number of Teradata for {table.name}, which has no error table")
        return entry
    found = required_definition(session, "error table", meaning.database or session.database, meaning.name).found
    return required_table(session, *table_of(found, found.database))[0]


def _list_of(session: Session, entry: Entry, columns: tuple[Column, ...]) -> Result:
    """The list of these columns as of a table's."""
    table = Table(database=entry.found.database, name=entry.found.name, columns=columns)
    numbers = tuple(range(FIRST_COLUMN, FIRST_COLUMN + len(columns)))
    return _column_list(session, msgspec.structs.replace(entry, found=table, column_ids=numbers), "T")


def _column_list(session: Session, entry: Entry, letter: str) -> Result:
    found = [dict(zip(COLUMNS, row, strict=True)) for row in column_rows(entry)]
    columns = entry.found.columns if isinstance(entry.found, Table) else ()
    lengths = [external_length(column, session.dateform) for column in columns]
    rows = [
        [
            of["ColumnName"][:30],
            of["ColumnType"],
            of["CommentString"],
            of["Nullable"],
            columns[place].format if columns else None,
            of["ColumnTitle"],
            lengths[place] if columns else None,
            of["DecimalTotalDigits"],
            of["DecimalFractionalDigits"],
            of["UpperCaseFlag"],
            letter,
            of["DefaultValue"],
            of["CharType"],
            of["IdColType"],
            of["ColumnUDTName"],
        ]
        for place, of in enumerate(found)
    ]
    return table_result("Help", _OF_TABLE, rows)


_OF_DATABASE = (
    ResultColumn("Table/View/Macro name", varchar(128)),
    ResultColumn("Kind", char(1)),
    ResultColumn("Comment", varchar(255)),
    ResultColumn("Protection", char(1)),
    ResultColumn("Creator Name", varchar(128)),
    ResultColumn("Commit Option", char(1)),
    ResultColumn("Transaction Log", char(1)),
)


def _help_database(session: Session, meaning: Help) -> Result:
    home = session.system.required_database(meaning.name).found.name
    rows = []
    for entry in session.system.entries(home):
        found = entry.found
        options = found.options if isinstance(found, Table) else None
        commit = (found.on_commit or "N")[0] if isinstance(found, Table) and found.temporary else "N"
        protection = "F" if options and options.fallback else "N"
        log = "N" if options and options.log is False else "Y"
        rows.append([found.name, kind_code(found), found.comment, protection, found.stamp.creator, commit, log])
    return table_result("Help", _OF_DATABASE, rows)


_OF_INDEX = (
    ResultColumn("Unique?", char(1)),
    ResultColumn("Primary or Secondary?", char(1)),
    ResultColumn("Column Names", varchar(8192)),
    ResultColumn("Index Id", _SMALL),
    ResultColumn("Approximate Count", DataType("FLOAT")),
    ResultColumn("Index Name", varchar(128)),
    ResultColumn("Ordered or Partitioned?", char(1)),
)


def _help_index(session: Session, meaning: Help) -> Result:
    """HELP INDEX of a table or join index; on a view it is error 3823."""
    _refuse_view(session, meaning)
    entry, table = required_counted(session, meaning.database, meaning.name)
    count = float(rows_of(session, entry))
    rows = []
    for index in _indexes_of(entry, table):
        place = "P" if index.number == 1 else "S"
        names = ",".join(index.columns)
        rows.append(
            ["Y" if index.unique else "N", place, names, index.number, count, index.name, order_of(table, index)]
        )
    return table_result("Help", _OF_INDEX, rows)


def _indexes_of(entry: Entry, table: Table) -> list[TableIndex]:
    if not isinstance(entry.found, JoinIndex):
        return table_indexes(table, entry.index_numbers)
    found = join_index_indexes(entry, entry.found)
    if not found:
        raise EmulatorRefusal(f"the primary index of join index {table.name}, which says none")
    return found


def _refuse_view(session: Session, meaning: Help) -> None:
    entry = session.entry(meaning.database or None, meaning.name)
    if entry is not None and entry.found.kind == "view":
        raise failure(3823, meaning.name)


_OF_STATISTICS = (
    ResultColumn("Date", char(8)),
    ResultColumn("Time", char(8)),
    ResultColumn("Unique Values", varchar(20)),
    ResultColumn("Column Names", varchar(2000)),
)


def _help_statistics(session: Session, meaning: Help) -> Result:
    """HELP STATISTICS: dates and columns; unique values are not counted and stay null. On a view it is error 3823."""
    _refuse_view(session, meaning)
    entry, _ = required_counted(session, meaning.database, meaning.name)
    rows = [
        [one.collected[2:10].replace("-", "/"), one.collected[11:19], None, ",".join(one.columns) or "*"]
        for one in entry.statistics
    ]
    return table_result("Help", _OF_STATISTICS, rows)


_OF_VOLATILE = (ResultColumn("Table Name", varchar(128)), ResultColumn("Table Id", DataType("BYTE", length=6)))


def _help_volatile(session: Session, meaning: Help) -> Result:
    rows = [[entry.found.name, entry.id.to_bytes(6, "big")] for entry in session.volatile.values()]
    return table_result("Help", _OF_VOLATILE, rows)


_OF_SESSION = (
    ResultColumn("User Name", varchar(128)),
    ResultColumn("Logon Date", char(8)),
    ResultColumn("Logon Time", char(8)),
    ResultColumn("Current DataBase", varchar(128)),
    ResultColumn("Transaction Semantics", varchar(20)),
    ResultColumn("Current DateForm", varchar(20)),
    ResultColumn("Default Character Type", varchar(20)),
)


def _help_session(session: Session, meaning: Help) -> Result:
    """HELP SESSION: one wide row, of what is known."""
    semantics = "ANSI" if session.mode == "ANSI" else "Teradata"
    row = [
        session.user,
        session.logon.strftime("%y/%m/%d"),
        session.logon.strftime("%H:%M:%S"),
        session.database,
        semantics,
        {"INTEGERDATE": "IntegerDate", "ANSIDATE": "ANSIDate"}[session.dateform],
        session.options.charset,
    ]
    return table_result("Help", _OF_SESSION, [row])


_KINDS: dict[str, Callable[[Session, Help], Result]] = {
    "table": _help_table,
    "view": _help_view,
    "database": _help_database,
    "user": _help_database,
    "index": _help_index,
    "statistics": _help_statistics,
    "volatile table": _help_volatile,
    "session": _help_session,
    "join index": _help_join_index,
    "hash index": _help_hash_index,
    "error table": _help_error_table,
    "constraint": help_constraint,
    "cast": help_cast,
    "type": help_type,
    "trigger": help_code.help_trigger,
    **dict.fromkeys(
        ("macro", "procedure", "function", "specific function", "method", "specific method"), help_code.help_routine
    ),
}
