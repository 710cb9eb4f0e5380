"""Whatever CREATE TABLE can say, the emulator makes it or says why not; and SHOW TABLE makes it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import teradatasql
from hypothesis import HealthCheck, assume, event, given, settings

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.emulator import Connection, connect
from dbee_dbt.emulator.dictionary.layout import DBC_VIEWS
from dbee_dbt.emulator.records import decode, encode
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import identifier, qualified
from dbee_dbt.model.objects import Table
from tests.strategies.ddl import UNKNOWN, create_tables, rendered

# What no reader knows the emulator refuses by name.
TABLES = create_tables().filter(lambda tokens: not UNKNOWN & set(tokens)).flatmap(rendered)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with connect(user="tester") as opened:
        yield opened


def made(connection: Connection, text: str, table: Table) -> bool:
    """True if the table was made; else the database, or the emulator, said why not."""
    cursor = connection.cursor()
    if table.database and connection.session.system.database(table.database) is None:
        cursor.execute(f"CREATE DATABASE {identifier(table.database)} AS PERM = 1")
    try:
        cursor.execute(text)
    except teradatasql.OperationalError as error:
        assert "[Teradata Database] [Error " in str(error) or "[dbee emulator] not emulated" in str(error)
        event(str(error).partition("] ")[2][14:60])
        return False
    event("made")
    return True


def shown(connection: Connection, name: str) -> str:
    (row,) = connection.cursor().execute(f"SHOW TABLE {name}").fetchall()
    return str(row[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TABLES)
def test_what_show_prints_makes_the_same_table_again(connection: Connection, text: str) -> None:
    try:
        meaning = read_statement(text)
    except DdlError:
        meaning = None
    assume(isinstance(meaning, CreateTable))
    assert isinstance(meaning, CreateTable)
    if not made(connection, text, meaning.table):
        return
    name = qualified(meaning.table.database, meaning.table.name)
    first = shown(connection, name)
    entry = connection.session.entry(meaning.table.database or None, meaning.table.name)
    assert entry is not None and decode(encode(entry)) == entry
    connection.cursor().execute(f"DROP TABLE {name}")
    connection.cursor().execute(first)
    assert shown(connection, name) == first
    connection.cursor().execute(f"DROP TABLE {name}")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TABLES)
def test_every_dictionary_view_can_be_read_of_any_table(connection: Connection, text: str) -> None:
    try:
        meaning = read_statement(text)
    except DdlError:
        return
    if not isinstance(meaning, CreateTable) or not made(connection, text, meaning.table):
        return
    for view in DBC_VIEWS.values():
        if not view.qvci and not view.name.endswith("X"):
            filled = [column.name for column in view.columns if column.name.upper() not in view.unfilled]
            connection.cursor().execute(f"SELECT {', '.join(filled)} FROM DBC.{view.name}")
    table = qualified(meaning.table.database, meaning.table.name)
    (count,) = (connection.cursor().execute(f"HELP COLUMN {table}.*").rowcount,)
    assert count == len(meaning.table.columns)
    connection.cursor().execute(f"DROP TABLE {table}")


def test_names_of_any_characters_stay_as_they_are(tmp_path: Path) -> None:
    hostile = [
        'a"b',
        "line\nend",
        "tab\tand blank ",
        "%_#$",
        "'; DROP TABLE x; --",
        "\u202ertl",
        "${PREFIX}",
        "ß",
        "SELECT",
    ]
    path = tmp_path / "s.duckdb"
    with connect(path) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE home AS PERM = 1")
        columns = ", ".join(f"{_quoted(name)} INTEGER" for name in hostile)
        for name in hostile:
            cursor.execute(f"CREATE TABLE home.{_quoted(name)} ({columns})")
            cursor.execute(f"INSERT INTO home.{_quoted(name)} ({_quoted(name)}) VALUES (?)", [7])
            cursor.execute(f"COMMENT ON COLUMN home.{_quoted(name)}.{_quoted(name)} AS 'x'")
    with connect(path) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT TableName FROM DBC.TablesV WHERE DatabaseName = 'home' ORDER BY 1")
        assert sorted(row[0] for row in cursor) == sorted(hostile)
        for name in hostile:
            cursor.execute("SELECT ColumnName FROM DBC.ColumnsV WHERE TableName = ? ORDER BY ColumnId", [name])
            assert [row[0] for row in cursor] == hostile
            cursor.execute(f"SELECT {_quoted(name)} FROM home.{_quoted(name)}")
            assert cursor.fetchall() == [[7]]
            assert read_statement(shown(connection, f"home.{_quoted(name)}")).table.name == name  # type: ignore[union-attr]
            cursor.execute(f"RENAME TABLE home.{_quoted(name)} TO home.{_quoted(name + '2')}")
            cursor.execute(f"ALTER TABLE home.{_quoted(name + '2')} DROP {_quoted(hostile[1])}")
            cursor.execute(f"DROP TABLE home.{_quoted(name + '2')}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
