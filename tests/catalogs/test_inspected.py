"""Files inspected: every file in its order, from many processes and from the cache as from one."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from multiprocessing import parent_process
from pathlib import Path

import pytest

import dbee_dbt
from dbee_dbt.catalogs import inspected, result_cache
from dbee_dbt.catalogs.inspected import InspectedFile, files_of, inspect_files
from dbee_dbt.catalogs.result_cache import ResultCache, cache_folder
from dbee_dbt.ddl.inspection import Inspection
from dbee_dbt.model.errors import NothingMatchedError

SECRET = "CREATE USER u AS PERM = 0, PASSWORD = s3cr3t;"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ddl"
    made.mkdir()
    for number in range(100):
        (made / f"{number:03}.sql").write_text(f"CREATE TABLE D.T{number} (A INTEGER);\n", encoding="utf-8")
    (made / "050.sql").write_bytes(b"\x00")
    (made / "051.sql").write_text(SECRET, encoding="utf-8")
    return made


def results(folder: Path, cache: Path | None = None) -> list[InspectedFile]:
    return list(inspect_files(files_of([folder]), cache))


def test_files_and_folders(folder: Path) -> None:
    (folder / "notes.txt").write_text("SELECT 1", encoding="utf-8")
    first = folder / "000.sql"
    assert len(list(files_of([folder]))) == 100
    assert list(files_of([folder / "notes.txt", first, folder]))[:3] == [
        folder / "notes.txt",
        first,
        folder / "001.sql",
    ]
    assert len(list(files_of([folder, first]))) == 100


def test_no_file_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(NothingMatchedError, match="no file to read"):
        files_of([tmp_path])


def test_processes_give_what_one_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = results(folder)
    assert [found.file for found in expected] == [str(path) for path in sorted(folder.iterdir())]
    assert [found.found is None for found in expected].index(True) == 50
    monkeypatch.setattr(inspected, "_FEW", 40)
    monkeypatch.setattr(inspected.os, "cpu_count", lambda: 2)
    assert results(folder, folder.parent / "cache") == expected
    assert results(folder, folder.parent / "cache") == expected


def dies(paths: list[Path]) -> list[inspected._Made]:
    """What a process of ours does that the system ends; in this one it does what it ought to."""
    if parent_process() is not None:
        os._exit(9)
    return [inspected._inspect(path) for path in paths]


def test_processes_that_die_hide_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = results(folder)
    monkeypatch.setattr(inspected, "_FEW", 40)
    monkeypatch.setattr(inspected.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(inspected, "_inspect_batch", dies)
    assert results(folder) == expected


def test_the_cache_gives_what_was_kept_until_the_content_changes(folder: Path) -> None:
    cache = folder.parent / "cache"
    first = results(folder, cache)
    kept = cache / result_cache.FILE
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM results").fetchall() == [(99,)]  # one file cannot be read
    assert b"s3cr3t" not in kept.read_bytes()
    (folder / "copy.sql").write_bytes((folder / "000.sql").read_bytes())
    assert [found.found for found in results(folder, cache)] == [*(found.found for found in first), first[0].found]
    (folder / "000.sql").write_text("SELECT 1;", encoding="utf-8")
    changed = results(folder, cache)[0]
    assert changed.found is not None
    assert [row.action for row in changed.found.rows] == ["select"]


@pytest.mark.parametrize("damage", ["cut short", "zeros", "no database", "deleted", "another table", "bad results"])
def test_a_damaged_or_deleted_cache_is_none_and_the_next_one_is_whole(folder: Path, damage: str) -> None:
    cache = folder.parent / "cache"
    first = results(folder, cache)
    file = cache / result_cache.FILE
    content = file.read_bytes()
    match damage:
        case "cut short":
            file.write_bytes(content[: len(content) // 2])
        case "zeros":
            file.write_bytes(content[:4096] + bytes(len(content) - 4096))
        case "no database":
            file.write_text("SELECT 1" * 2000, encoding="utf-8")
        case "deleted":
            file.unlink()
        case _:
            with closing(sqlite3.connect(file)) as connection, connection:
                wrong = "DROP TABLE results" if damage == "another table" else "UPDATE results SET result = x'00'"
                connection.execute(wrong)
    assert results(folder, cache) == first
    assert results(folder, cache) == first
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM results WHERE length(result) > 9").fetchall() == [(99,)]


def test_a_cache_that_another_process_holds_is_done_without(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_cache, "_PATIENCE", 0)
    expected = results(folder, tmp_path)
    with closing(sqlite3.connect(tmp_path / result_cache.FILE)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert results(folder, tmp_path) == expected
    assert (tmp_path / result_cache.FILE).exists()


def test_what_cannot_be_kept_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = ResultCache(tmp_path / "file", Inspection)
    cache.put({b"x": Inspection(rows=(), bteq=0, shell=0, bytes_placed=1)})
    assert cache.get([b"x"]) == {}


def test_the_cache_lies_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBEE_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DBEE_CACHE_DIR")
    found = cache_folder()
    assert found is None or found.name == "dbee-dbt"


def test_two_runs_at_once_share_a_cache(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dbee_dbt.catalogs.inspected import files_of, inspect_files\n"
        "found = list(inspect_files(files_of([Path(sys.argv[1])]), Path(sys.argv[2])))\n"
        "print(len(found), sum(len(one.found.rows) for one in found if one.found))"
    )
    for number in range(40):
        (folder / f"more_{number}.sql").write_text(f"CREATE TABLE D.T{number} (A INTEGER);", encoding="utf-8")
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "shared")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    alone = list(inspect_files(files_of([folder])))
    assert printed == [f"{len(alone)} {sum(len(one.found.rows) for one in alone if one.found)}\n"] * 2
    assert list(inspect_files(files_of([folder]), tmp_path / "shared")) == alone
    assert [file.name for file in (tmp_path / "shared").iterdir()] == [result_cache.FILE]


def test_a_change_of_the_reading_code_makes_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("ddl", "model", "catalogs"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "reader.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(dbee_dbt, "__file__", str(tmp_path / "__init__.py"))
    versions = [result_cache._version.__wrapped__()]
    for room in ("ddl", "model", "catalogs"):
        (tmp_path / room / "reader.py").write_text("12", encoding="utf-8")
        versions.append(result_cache._version.__wrapped__())
    assert len(set(versions)) == 4


def test_of_a_folder_the_shell_scripts_that_call_a_utility_are_read_on_request(tmp_path: Path) -> None:
    (tmp_path / "load.ksh").write_text("#!/bin/ksh\nfastload <<X\nDROP TABLE A.B;\nX\n", encoding="utf-8")
    (tmp_path / "deploy.sh").write_text("#!/bin/sh\ncat <<X\nDROP TABLE A.B;\nX\n", encoding="utf-8")
    (tmp_path / "t.sql").write_text("SELECT 1;\n", encoding="utf-8")
    assert [path.name for path in files_of([tmp_path])] == ["t.sql"]
    assert [path.name for path in files_of([tmp_path], with_shell=True)] == ["load.ksh", "t.sql"]
