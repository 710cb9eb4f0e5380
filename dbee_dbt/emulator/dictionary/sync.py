"""DuckDB tables behind the DBC views, brought up to date when one is read: only what has changed, and in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dbee_dbt.emulator.dictionary.columns import COLUMNS, FIRST_COLUMN, column_rows, table_column
from dbee_dbt.emulator.dictionary.layout import CALENDAR, DBC_VIEWS, DictionaryView
from dbee_dbt.emulator.dictionary.rows import SOURCES, Row
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.records import Entry, Key
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.emulator.system import System
from dbee_dbt.model.objects import Column, View
from dbee_dbt.model.types import DataType

# Each table lies in a database of its own: a DuckDB transaction sees a whole database as it was when it first looked
# into it, and a table that is brought up to date later in the transaction would seem empty.
_TABLES = (*SOURCES, "view_columns", "children", "info", "calendar")
RELEASE = "20.00.00.00"
_LINK = "__object"
_TYPES: dict[str, DataType] = {
    column.name.upper(): column.type
    for view in (*DBC_VIEWS.values(), CALENDAR)
    for column in view.columns
    if column.type is not None
}
ViewColumns = Callable[[Entry], Iterable[Column]]


class DictionaryTables:
    """The tables of one engine. They lie in memory and are made from the records."""

    def __init__(self, root: Any, system: System) -> None:
        self._root = root
        self._system = system
        self._seen: dict[str, int] = {}
        self._numbers: dict[Key, int] = {}
        for table in _TABLES:
            root.execute(f"ATTACH ':memory:' AS dbc_{table}")

    def source(self, view: DictionaryView, view_columns: ViewColumns) -> str:
        """DuckDB SQL for the rows of a DBC view, up to date.

        Args:
            view: which.
            view_columns: resolves a view's columns; asked only for the views that need QVCI.
        """
        if view.table == "calendar":
            if "calendar" not in self._seen:
                self._root.execute(_CALENDAR)
                self._seen["calendar"] = 0
            return _plain(view)
        if view.table == "info":
            self._once("info", ("InfoKey", "InfoData"), _info())
            return _plain(view)
        if view.table == "children":
            self._replace("children", ("Child", "Parent"), _children(self._system))
            return _plain(view)
        if view.table == "resolved_columns":
            return self._resolved(view, view_columns)
        self._sync(view.table)
        return self._joined(view, view.table)

    def _joined(self, view: DictionaryView, table: str, kinds: str = "") -> str:
        own = {name.upper(): f'r."{name}"' for name in SOURCES[table].columns}
        shared: dict[str, str] = {}
        tables = f"{_place(table)} r"
        if any(_is_of_table(column, own, view) for column in view.columns):
            self._sync("tables")
            shared = {name.upper(): f't."{name}"' for name in SOURCES["tables"].columns}
            tables += f" JOIN {_place('tables')} t ON r.{_LINK} = t.{_LINK}{kinds}"
        fields = ", ".join(
            _field(column, own | {k: v for k, v in shared.items() if k not in own}) for column in view.columns
        )
        return f"(SELECT {fields} FROM {tables})"

    def _resolved(self, view: DictionaryView, view_columns: ViewColumns) -> str:
        self._sync("columns")
        self._sync("tables")
        if self._seen.get("view_columns") != self._system.version:
            self._replace("view_columns", COLUMNS, self._view_rows(view_columns))
            self._seen["view_columns"] = self._system.version
        of_tables = self._joined(view, "columns", " AND t.\"TableKind\" IN ('T', 'O', 'Q')")
        of_views = of_tables.replace(_place("columns"), _place("view_columns"))
        of_views = of_views.replace("IN ('T', 'O', 'Q')", "= 'V'")
        return f"(SELECT * FROM {of_tables} UNION ALL SELECT * FROM {of_views})"

    def _view_rows(self, view_columns: ViewColumns) -> Iterator[Row]:
        for entry in list(self._system.of(Entry)):
            if isinstance(entry.found, View):
                for row in _resolved_rows(entry, view_columns):
                    yield (self._number(entry.key), *row)

    def _sync(self, table: str) -> None:
        since, now = self._seen.get(table, -1), self._system.version
        if since == now:
            return
        source = SOURCES[table]
        if since < 0:
            self._create(table, (_LINK, *source.columns))
        changed = [key for key, version in self._system.changed.items() if version > since]
        numbers = {key: self._number(key) for key in changed}
        if since >= 0:
            self._delete(table, list(numbers.values()))
        records = ((number, self._system.get(key)) for key, number in numbers.items())
        self._insert(
            table,
            (_LINK, *source.columns),
            ((number, *row) for number, record in records if record for row in source.rows(self._system, record)),
        )
        self._seen[table] = now

    def _number(self, key: Key) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def _once(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        if table not in self._seen:
            self._seen[table] = 0
            self._create(table, columns)
            self._insert(table, columns, rows)

    def _replace(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        linked = columns if columns is not COLUMNS else (_LINK, *columns)
        self._root.execute(f"DROP TABLE IF EXISTS {_place(table)}")
        self._create(table, linked)
        self._insert(table, linked, rows)

    def _create(self, table: str, columns: tuple[str, ...]) -> None:
        fields = ", ".join(f'"{name}" {_duckdb_type(name)}' for name in columns)
        self._root.execute(f"CREATE TABLE {_place(table)} ({fields})")

    def _delete(self, table: str, numbers: list[int]) -> None:
        self._root.execute(f"DELETE FROM {_place(table)} WHERE {_LINK} IN (SELECT unnest(?::BIGINT[]))", [numbers])

    def _insert(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Insert rows in one statement: as JSON, which costs a fifth of binding the values one by one."""
        text = msgspec.json.encode(list(rows)).decode()
        if text == "[]":
            return
        fields = ", ".join(_value(name, f"r[{place}]") for place, name in enumerate(columns, 1))
        self._root.execute(
            f"INSERT INTO {_place(table)} SELECT {fields} FROM (SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS r)",
            [text],
        )


def _resolved_rows(entry: Entry, view_columns: ViewColumns) -> list[Row]:
    """Rows of a view's columns with their types; without, where the view's query does not work any more."""
    try:
        return [table_column(number, column) for number, column in enumerate(view_columns(entry), FIRST_COLUMN)]
    except (TeradataError, EmulatorRefusal):
        return list(column_rows(entry))


def _duckdb_type(name: str) -> str:
    return "BIGINT" if name == _LINK else storage_type(_TYPES[name.upper()])


def _value(name: str, text: str) -> str:
    kind = _TYPES.get(name.upper())
    if kind is not None and kind.name == "CHAR" and (kind.length or 1) > 1:
        return f"rpad({text}, {kind.length}, ' ')"
    return f"CAST({text} AS {_duckdb_type(name)})"


def _is_of_table(column: Column, own: dict[str, str], view: DictionaryView) -> bool:
    """True if a filled column of a view is not in its rows and so comes from the row of the table."""
    name = column.name.upper()
    return name not in own and name not in view.unfilled


def _field(column: Column, known: dict[str, str]) -> str:
    assert column.type is not None
    value = known.get(column.name.upper(), f"CAST(NULL AS {storage_type(column.type)})")
    return f'{value} AS "{column.name}"'


def _plain(view: DictionaryView) -> str:
    return _place(view.table)


def _place(table: str) -> str:
    return f'dbc_{table}.main."rows"'


def _info() -> Iterator[Row]:
    yield ("VERSION", RELEASE)
    yield ("RELEASE", RELEASE)
    yield ("LANGUAGE SUPPORT MODE", "Standard")


def _children(system: System) -> Iterator[Row]:
    parents = {found.name: found.owner for _, found in system.databases()}
    for child, owner in parents.items():
        above = owner
        while above and above in parents and above != child:
            yield (child, above)
            above = parents[above] if parents[above] != above else None


# SYS_CALENDAR.CALENDAR: 1900-01-01 to 2100-12-31. Day 1 is the first day, Sunday is day 1 of a week; a week is full
# and begins on Sunday, so that the days before the first Sunday are week 0.
_CALENDAR = """
    CREATE TABLE dbc_calendar.main."rows" AS
    WITH days AS (
        SELECT CAST(d AS DATE) AS d, CAST(d AS DATE) - DATE '1899-12-31' AS n, (year(d) - 1900) AS y,
               (6 + dayofweek(date_trunc('month', d))) % 7 AS month_start, (6 + dayofweek(date_trunc('year', d))) % 7
               AS year_start
        FROM range(TIMESTAMP '1900-01-01', TIMESTAMP '2101-01-01', INTERVAL 1 DAY) AS t(d)
    )
    SELECT d AS calendar_date, dayofweek(d) + 1 AS day_of_week, day(d) AS day_of_month, dayofyear(d) AS day_of_year,
           n AS day_of_calendar, (day(d) - 1) // 7 + 1 AS weekday_of_month,
           (day(d) + month_start) // 7 AS week_of_month, (dayofyear(d) + year_start) // 7 AS week_of_year,
           n // 7 AS week_of_calendar, (month(d) - 1) % 3 + 1 AS month_of_quarter, month(d) AS month_of_year,
           y * 12 + month(d) AS month_of_calendar, quarter(d) AS quarter_of_year,
           y * 4 + quarter(d) AS quarter_of_calendar, year(d) AS year_of_calendar
    FROM days
"""
