"""One file, one engine: what is kept, who may use it, and what is said of a file that cannot be used."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
import teradatasql

from dbee_dbt.emulator import connect
from dbee_dbt.emulator.engine import acquire, release


def test_everything_is_there_after_the_file_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "retail.duckdb"
    with connect(path, user="loader") as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE retail AS PERM = 1e6")
        cursor.execute("CREATE TABLE retail.t (a INTEGER)")
        cursor.execute("INSERT INTO retail.t VALUES (1)")
        cursor.execute("CREATE VIEW retail.v AS SELECT a FROM retail.t")
    assert [file.name for file in tmp_path.iterdir()] == ["retail.duckdb"]
    with connect(path) as connection:
        assert connection.cursor().execute("SELECT a FROM retail.v").fetchall() == [[1]]


def test_a_file_may_bear_the_name_of_a_database_in_it(tmp_path: Path) -> None:
    with connect(tmp_path / "shop.duckdb") as connection:
        connection.cursor().execute("CREATE DATABASE shop AS PERM = 1")
        connection.cursor().execute("CREATE TABLE shop.shop (shop INTEGER)")
        connection.cursor().execute("INSERT INTO shop.shop VALUES (1)")
        assert connection.cursor().execute("SELECT shop FROM shop.shop").fetchall() == [[1]]


def test_definitions_cost_no_duckdb_table_until_the_first_row(tmp_path: Path) -> None:
    with connect(tmp_path / "s.duckdb") as connection:
        cursor = connection.cursor()
        for number in range(3):
            cursor.execute(f"CREATE TABLE t{number} (a INTEGER)")
        cursor.execute("INSERT INTO t1 VALUES (1)")
    with duckdb.connect(str(tmp_path / "s.duckdb")) as file:
        names = [name for (name,) in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert len([name for name in names if name.startswith("t")]) == 1


def test_sessions_of_one_process_share_a_file(tmp_path: Path) -> None:
    with connect(tmp_path / "s.duckdb") as one, connect(str(tmp_path / "." / "s.duckdb")) as two:
        one.cursor().execute("CREATE TABLE dbc.t (a INTEGER)")
        one.cursor().execute("INSERT INTO dbc.t VALUES (1)")
        assert two.cursor().execute("SELECT a FROM dbc.t").fetchall() == [[1]]
        assert one.session.number != two.session.number


def test_threads_take_turns(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            with connect(tmp_path / "s.duckdb", user=name) as connection:
                cursor = connection.cursor()
                cursor.execute("CREATE TABLE t (a INTEGER)")
                for number in range(10):
                    cursor.execute("INSERT INTO t VALUES (?)", [number])
        except BaseException as error:
            failures.append(error)
            raise

    with connect(tmp_path / "s.duckdb") as connection:
        threads = [threading.Thread(target=work, args=(f"user{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        counts = [
            connection.cursor().execute(f"SELECT COUNT(*) AS n FROM user{number}.t").fetchall() for number in range(4)
        ]
    assert counts == [[[10]]] * 4


def test_a_memory_of_a_name_is_shared_and_one_without_is_not() -> None:
    with connect(":memory:shared by name") as connection:
        connection.cursor().execute("CREATE DATABASE kept AS PERM = 1")
    with connect(":memory:shared by name") as connection:
        assert connection.cursor().execute("DATABASE kept").rowcount == 0
    with connect() as one, connect() as two:
        one.cursor().execute("CREATE DATABASE own AS PERM = 1")
        with pytest.raises(teradatasql.OperationalError, match="3802"):
            two.cursor().execute("DATABASE own")


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    script = "import sys; from dbee_dbt.emulator import connect; connect(sys.argv[1])"
    with connect(path):
        second = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert "[dbee emulator]" in second.stderr
    assert "another process has it open" in second.stderr


def _foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as file:
        file.execute("CREATE TABLE t (a INTEGER)")


def _newer(path: Path) -> None:
    connect(path).close()
    with duckdb.connect(str(path)) as file:
        file.execute("UPDATE dbee_format SET format = 99")


def _damaged(path: Path) -> None:
    connect(path).close()
    with duckdb.connect(str(path)) as file:
        file.execute("UPDATE dbee_journal SET data = 'x'::BLOB")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_text("no database at all"), "not a file of the emulator"),
        (_foreign, "did not make"),
        (_newer, "format 99"),
        (_damaged, "damaged"),
        (lambda path: path.mkdir(), "cannot be used"),
    ],
    ids=["text", "another DuckDB file", "a newer format", "damaged records", "a folder"],
)
def test_a_file_that_cannot_be_used_is_told_apart(spoil: object, words: str, tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    spoil(path)  # type: ignore[operator]
    with pytest.raises(teradatasql.OperationalError, match=r"\[dbee emulator\]") as failure:
        connect(path)
    assert words in str(failure.value)
    assert str(path) in str(failure.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(teradatasql.OperationalError, match="its folder does not exist"):
        connect(tmp_path / "nowhere" / "s.duckdb")


def test_without_duckdb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(teradatasql.OperationalError, match=r"pip install 'dbee-dbt\[emulator\]'"):
        connect(tmp_path / "s.duckdb")


def test_the_journal_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = str(tmp_path / "s.duckdb")
    with connect(path) as connection:
        connection.cursor().execute("CREATE TABLE t (a INTEGER)")
        for number in range(200):
            connection.cursor().execute(f"COMMENT ON TABLE t AS 'text {number}'")
    with duckdb.connect(path) as file:
        assert file.execute("SELECT count(*) FROM dbee_journal").fetchone()[0] < 50
    with connect(path) as connection:
        assert connection.cursor().execute("COMMENT ON TABLE t").fetchall() == [["text 199"]]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_is_said_and_takes_back_only_what_did_not_fit(tmp_path: Path) -> None:
    script = """
import resource, sys, teradatasql
from dbee_dbt.emulator import connect
cursor = connect(sys.argv[1]).cursor()
cursor.execute("CREATE TABLE t (a VARCHAR(30000))")
cursor.execute("INSERT INTO t VALUES ('kept')")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    cursor.execute("INSERT INTO t VALUES (?)", [[str(number) * 10000] for number in range(100)])
except teradatasql.OperationalError as error:
    print(error)
print(cursor.execute("SELECT COUNT(*) AS n FROM t").fetchone()[0])
"""
    path = str(tmp_path / "s.duckdb")
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert "[dbee emulator] the file" in done.stdout and "the disk is full" in done.stdout
    assert done.stdout.splitlines()[-1] == "1"
    with connect(path) as connection:
        assert connection.cursor().execute("SELECT a FROM t").fetchall() == [["kept"]]


def test_what_was_committed_survives_a_process_that_is_killed(tmp_path: Path) -> None:
    script = """
import os, sys
from dbee_dbt.emulator import connect
connection = connect(sys.argv[1])
cursor = connection.cursor()
cursor.execute("CREATE TABLE t (a INTEGER)")
cursor.execute("INSERT INTO t VALUES (1)")
connection.autocommit = False
cursor.execute("INSERT INTO t VALUES (2)")
os._exit(9)
"""
    path = str(tmp_path / "s.duckdb")
    killed = subprocess.run([sys.executable, "-c", script, path], check=False)
    assert killed.returncode == 9
    with connect(path) as connection:
        assert connection.cursor().execute("SELECT a FROM t").fetchall() == [[1]]


def _killed_after(path: str, *statements: str) -> None:
    script = """
import os, sys
from dbee_dbt.emulator import connect
cursor = connect(sys.argv[1]).cursor()
for statement in sys.argv[2:]:
    cursor.execute(statement)
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", script, path, *statements], check=False).returncode == 9


def test_a_definition_that_was_cut_off_is_gone_and_those_before_it_are_there(tmp_path: Path) -> None:
    path = str(tmp_path / "s.duckdb")
    _killed_after(path, "CREATE TABLE t (a INTEGER)", "CREATE TABLE u (a INTEGER)")
    beside = Path(path + ".journal")
    beside.write_bytes(beside.read_bytes()[:-5])
    with connect(path) as connection:
        assert not beside.exists()
        assert connection.cursor().execute("SELECT TableName FROM DBC.TablesV").fetchall() == [["t"]]


def test_what_lies_beside_a_file_that_is_gone_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    _killed_after(str(path), "CREATE TABLE t (a INTEGER)")
    for file in tmp_path.iterdir():
        if file.suffix != ".journal":
            file.unlink()
    with connect(path) as connection:
        assert connection.cursor().execute("SELECT TableName FROM DBC.TablesV").fetchall() == []
    assert [file.name for file in tmp_path.iterdir()] == ["s.duckdb"]


def test_an_interrupted_request_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with connect() as connection:
        cursor = connection.cursor()
        monkeypatch.setattr(type(connection.session), "commit", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            cursor.execute("CREATE TABLE t (a INTEGER)")
        monkeypatch.undo()
        cursor.execute("CREATE TABLE t (a INTEGER)")


def _interrupt(session: object) -> None:
    raise KeyboardInterrupt


def test_the_last_user_closes_the_file(tmp_path: Path) -> None:
    path = str(tmp_path / "s.duckdb")
    first, second = acquire(path), acquire(path)
    assert first is second
    release(first)
    assert second.root.execute("SELECT 1").fetchone() == (1,)
    release(second)
    assert acquire(path) is not first
    release(acquire(path))
