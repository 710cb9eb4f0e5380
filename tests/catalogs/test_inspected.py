"""Files inspected: every file in its order, from many processes and from the cache as from one."""

import os
from pathlib import Path

import pytest

from dbee_dbt.catalogs import inspected
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
    with pytest.raises(NothingMatchedError, match="no file of DDL"):
        files_of([tmp_path])


def test_processes_give_what_one_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = results(folder)
    assert [found.file for found in expected] == [str(path) for path in sorted(folder.iterdir())]
    assert [found.found is None for found in expected].index(True) == 50
    monkeypatch.setattr(inspected, "_FEW", 40)
    monkeypatch.setattr(inspected.os, "cpu_count", lambda: 2)
    assert results(folder, folder.parent / "cache") == expected
    assert results(folder, folder.parent / "cache") == expected


def dies(paths: list[Path], cache: Path | None) -> None:
    """What a process of ours does that the system ends."""
    os._exit(9)


def test_processes_that_die_hide_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = results(folder)
    monkeypatch.setattr(inspected, "_FEW", 40)
    monkeypatch.setattr(inspected.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(inspected, "_inspect_batch", dies)
    assert results(folder) == expected


def test_the_cache_gives_what_was_kept_until_the_content_changes(folder: Path) -> None:
    cache = folder.parent / "cache"
    first = results(folder, cache)
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert len(kept) == 99  # one file cannot be read
    assert b"s3cr3t" not in b"".join(path.read_bytes() for path in kept)
    (folder / "copy.sql").write_bytes((folder / "000.sql").read_bytes())
    assert [found.found for found in results(folder, cache)] == [*(found.found for found in first), first[0].found]
    (folder / "000.sql").write_text("SELECT 1;", encoding="utf-8")
    changed = results(folder, cache)[0]
    assert changed.found is not None
    assert [row.action for row in changed.found.rows] == ["select"]


def test_a_damaged_or_deleted_cache_is_none(folder: Path) -> None:
    cache = folder.parent / "cache"
    first = results(folder, cache)
    for number, path in enumerate(path for path in cache.rglob("*") if path.is_file()):
        match number % 3:
            case 0:
                path.write_bytes(path.read_bytes()[:7])
            case 1:
                path.write_bytes(b"\x00" * 50)
            case 2:
                path.unlink()
    assert results(folder, cache) == first


def test_what_cannot_be_kept_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = ResultCache(tmp_path / "file", Inspection)
    cache.put(cache.key(b"x"), Inspection(rows=(), bteq=0, shell=0, bytes_placed=1))
    assert cache.get(cache.key(b"x")) is None


def test_the_cache_lies_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBEE_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DBEE_CACHE_DIR")
    found = cache_folder()
    assert found is None or found.name == "dbee-dbt"
