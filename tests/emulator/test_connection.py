"""Connections and cursors have the shape of teradatasql's (PEP 249)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import teradatasql

from dbee_dbt.emulator import Connection, connect


@pytest.fixture
def connection() -> Iterator[Connection]:
    with connect(user="tester") as opened:
        opened.cursor().execute("CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20), price DECIMAL(9,2), born DATE)")
        yield opened


def test_a_row_is_a_list_of_python_values(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("INSERT INTO t VALUES (?, ?, ?, ?)", [1, "one", Decimal("1.50"), date(2020, 1, 31)])
    assert (cursor.activityname, cursor.rowcount, cursor.description) == ("Insert", 1, None)
    cursor.execute("SELECT id, name, price, born, CAST('x' AS CHAR(3)) AS c FROM t")
    assert cursor.fetchone() == [1, "one", Decimal("1.50"), date(2020, 1, 31), "x     "]
    assert cursor.fetchone() is None


def test_char_comes_padded_to_the_export_width_so_that_a_missing_strip_is_noticed(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE c (l CHAR(2) CHARACTER SET LATIN, u CHAR(2) CHARACTER SET UNICODE)")
    cursor.execute("INSERT INTO c VALUES ('é', '中')")
    assert cursor.execute("SELECT l, u FROM c").fetchall() == [["é  ", "中   "]]
    assert cursor.execute("SELECT TableKind FROM DBC.TablesV WHERE TableName = 'c'").fetchall() == [["T "]]
    cursor.execute("HELP COLUMN c.l")
    assert [row[1] for row in cursor.fetchall()] == ["CF  "]


def test_the_description_has_names_and_python_types(connection: Connection) -> None:
    cursor = connection.cursor().execute("SELECT id, name AS n, price FROM t")
    assert cursor.description is not None
    assert [(column[0], column[1], column[6]) for column in cursor.description] == [
        ("id", int, False),
        ("n", str, True),
        ("price", Decimal, True),
    ]
    assert cursor.description[2][4:6] == [9, 2]


def test_a_list_of_rows_is_bound_at_once(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("INSERT INTO t (id, name) VALUES (?, ?)", [[1, "a"], [2, None], (3, "c")])
    assert cursor.rowcount == 3
    cursor.executemany("INSERT INTO t (id) VALUES (?)", [[4], [5]])
    cursor.execute("{fn teradata_try_fastload}INSERT INTO t (id) VALUES (?)", [[6]])
    cursor.execute("SELECT id, name FROM t ORDER BY 1")
    assert cursor.fetchmany(2) == [[1, "a"], [2, None]]
    assert [row[0] for row in cursor] == [3, 4, 5, 6]


def test_several_statements_answer_one_after_the_other(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("INSERT INTO t (id) VALUES (1); SELECT id FROM t; SELECT COUNT(*) AS n FROM t")
    assert (cursor.activityname, cursor.rowcount) == ("Insert", 1)
    assert cursor.nextset() is True
    assert cursor.fetchall() == [[1]]
    assert cursor.nextset() is True
    assert cursor.description is not None and cursor.description[0][0] == "n"
    assert not cursor.nextset()
    assert cursor.description is None and cursor.rowcount == -1


def test_an_error_has_the_text_of_the_driver(connection: Connection) -> None:
    number = connection.session.number
    with pytest.raises(teradatasql.OperationalError) as failure:
        connection.cursor().execute('/* {"app": "dbt"} */ DROP TABLE shop.nothing')
    text = f"[Version 20.0.0.0] [Session {number}] [Teradata Database] [Error 3802] Database 'shop' does not exist."
    assert str(failure.value) == text


def test_a_refusal_is_the_emulators_own_and_has_no_number(connection: Connection) -> None:
    with pytest.raises(teradatasql.OperationalError, match=r"\[dbee emulator\] not emulated: EXPLAIN") as failure:
        connection.cursor().execute("EXPLAIN SELECT 1")
    assert "[Error" not in str(failure.value)


@pytest.mark.parametrize("ignored", [3807, [3807], (3853, 3807)])
def test_errors_can_be_ignored_by_number(connection: Connection, ignored: object) -> None:
    cursor = connection.cursor().execute("DROP TABLE nothing", ignoreErrors=ignored)  # type: ignore[arg-type]
    assert cursor.rowcount == -1
    with pytest.raises(teradatasql.OperationalError, match="3807"):
        cursor.execute("DROP TABLE nothing", ignoreErrors=[3802])


def test_its_own_refusals_can_be_ignored_as_number_0(connection: Connection) -> None:
    cursor = connection.cursor().execute("EXPLAIN SELECT 1", ignoreErrors=[0])
    assert cursor.description is None
    with pytest.raises(teradatasql.OperationalError, match="not emulated"):
        cursor.execute("EXPLAIN SELECT 1", ignoreErrors=list(range(1, 10000)))


def test_parameters_are_not_for_ddl(connection: Connection) -> None:
    with pytest.raises(teradatasql.OperationalError, match="3585"):
        connection.cursor().execute("CREATE TABLE u (a INTEGER)", [1])


def test_a_missing_parameter_is_an_error(connection: Connection) -> None:
    with pytest.raises(teradatasql.OperationalError, match="3939"):
        connection.cursor().execute("SELECT id FROM t WHERE id = ? AND name = ?", [1])


def test_autocommit_off_holds_until_commit(connection: Connection) -> None:
    connection.autocommit = False
    connection.cursor().execute("INSERT INTO t (id) VALUES (1)")
    connection.rollback()
    connection.cursor().execute("INSERT INTO t (id) VALUES (2)")
    connection.commit()
    assert connection.cursor().execute("SELECT id FROM t").fetchall() == [[2]]


def test_the_drivers_own_functions_steer_the_session(connection: Connection) -> None:
    cursor = connection.cursor()
    cursor.execute("{fn teradata_nativesql}{fn teradata_autocommit_off}")
    assert connection.autocommit is False
    cursor.execute("INSERT INTO t (id) VALUES (1)")
    cursor.execute("{fn teradata_rollback}")
    cursor.execute("{fn teradata_nativesql}{fn teradata_autocommit_on}")
    assert cursor.execute("{fn teradata_nativesql}{fn teradata_autocommit}").fetchall() == [["true"]]
    assert cursor.execute("{fn teradata_nativesql}{fn teradata_session_number}").fetchone() == [
        str(connection.session.number)
    ]
    assert cursor.execute("SELECT id FROM t").fetchall() == []
    with pytest.raises(teradatasql.OperationalError, match="teradata_write_csv"):
        cursor.execute("{fn teradata_write_csv(x)}SELECT 1")


def test_a_closed_cursor_or_connection_answers_no_more() -> None:
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 AS x")
    with pytest.raises(teradatasql.ProgrammingError):
        cursor.execute("SELECT 1 AS x")
    connection.close()
    connection.close()
    with pytest.raises(teradatasql.ProgrammingError):
        connection.cursor()


def test_time_comes_from_the_clock() -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    with connect(clock=lambda: moment) as connection:
        assert connection.cursor().execute("SELECT CURRENT_DATE AS d").fetchall() == [[date(2024, 5, 6)]]


def test_the_default_database_is_the_users_own_unless_another_is_named() -> None:
    with connect(":memory:default database", user="loader") as connection:
        connection.cursor().execute("CREATE DATABASE shop AS PERM = 1")
        connection.cursor().execute("CREATE TABLE t (a INTEGER)")
    with connect(":memory:default database", user="LOADER", database="Shop") as connection:
        connection.cursor().execute("CREATE TABLE t (a INTEGER)")
        cursor = connection.cursor().execute(
            "SELECT DatabaseName AS d FROM DBC.TablesV WHERE TableName = 't' ORDER BY 1"
        )
        assert cursor.fetchall() == [["loader"], ["shop"]]
    with pytest.raises(teradatasql.OperationalError, match=r"\[Error 3802\] Database 'nowhere' does not exist"):
        connect(database="nowhere")
