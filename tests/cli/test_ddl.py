"""dbee-dbt ddl: what files hold, and their canonical form."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Ran, run

TABLE = "CREATE TABLE D.T\n     (\n      A INTEGER)\n;\n"
LOOSE = "create table D.T (A int);\n"


class Folder:
    """A folder of DDL files."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = folder
        self._capsys = capsys

    def ddl(self, *arguments: object) -> Ran:
        return run(self._capsys, "ddl", *arguments)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def inspected(self, *arguments: object) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.ddl("inspect", self.path, "--format", "json", *arguments).out)
        return document


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv("DBEE_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "ddl").mkdir()
    return Folder(tmp_path / "ddl", capsys)


# --- inspect -------------------------------------------------------------------------------------------------------


def test_statements_and_totals(folder: Folder) -> None:
    file = folder.file("a.sql", f"{LOOSE}.QUIT\nLEND a TO b;\n")
    ran = folder.ddl("inspect", folder.path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{file}:1:1: create table D.T",
        f"{file}:3:1: opaque: LEND",
        "",
        "2 statements in 1 file: 1 structured, 1 opaque, 0 refused",
        "opaque by their first word: LEND 1",
        "BTEQ commands: 1",
        "bytes read: 45, placed: 45",
    ]


def test_as_json(folder: Folder) -> None:
    file = folder.file("a.sql", "CREATE TABLE T (A INT REFERENCES P (A));\nLEND a TO b; CREATE TABLE U (;")
    folder.file("b.sql", "-- nothing\n")
    folder.file("c.sql", "DROP TABLE T;")
    document = folder.inspected()
    assert document["totals"] == {
        "files": 3,
        "statements": 4,
        "structured": 2,
        "opaque": 1,
        "refused": 1,
        "bytes_in": 95,
        "bytes_placed": 95,
    }
    assert (document["schema_version"], document["exit_code"], document["opaque_by_keyword"]) == (1, 1, {"LEND": 1})
    first, _, third, _ = document["statements"]
    assert first == {
        "file": str(file),
        "line": 1,
        "column": 1,
        "state": "structured",
        "keyword": "CREATE",
        "action": "create",
        "kind": "table",
        "key": "T",
        "references": [
            {
                "how": "foreign key",
                "name": "P",
                "kind": "",
                "written": "P",
                "line": 1,
                "column": 34,
                "certain": True,
            }
        ],
        "unread": "",
        "as_text": [],
        "problem": None,
    }
    assert third["problem"] == {
        "line": 2,
        "column": 30,
        "expected": "a name is expected, the statement ends",
        "text": "CREATE TABLE U (",
        "caret": 16,
    }


def test_what_is_kept_as_text_is_listed_and_counted(folder: Folder) -> None:
    folder.file("a.sql", "CREATE TABLE T, NEW = 1 (A INT NEW, LIKE S, PASSWORD = 'x'); CREATE PROFILE P AS NEW = 5;")
    document = folder.inspected()
    first, second = document["statements"]
    assert first["as_text"] == ["NEW = 1", "NEW", "LIKE S", "PASSWORD = ***"]
    assert second["as_text"] == ["NEW = 5"]
    assert (document["clauses_as_text"], document["totals"]["structured"], document["exit_code"]) == (5, 2, 0)


def test_files_without_statements_as_json(folder: Folder) -> None:
    folder.file("a.sql", "")
    assert folder.inspected()["statements"] == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_byte_of_every_encoding_is_placed(folder: Folder, encoding: str) -> None:
    content = "CREATE TABLE D.Größe (A INT); -- „€“\r\nSELECT 1".encode(encoding)
    folder.file("a.sql", content)
    totals = folder.inspected("--no-cache")["totals"]
    assert (totals["bytes_in"], totals["bytes_placed"]) == (len(content), len(content))
    assert folder.inspected() == folder.inspected()


def test_a_broken_statement_is_a_verdict(folder: Folder) -> None:
    file = folder.file("a.sql", f"CREATE TABLE U (A VARCHAR);\n{LOOSE}")
    ran = folder.ddl("inspect", file)
    assert ran.code == 1
    assert ran.out.splitlines()[:4] == [
        f"{file}:1:26: refused: the length of VARCHAR is expected, ) found",
        "    CREATE TABLE U (A VARCHAR)",
        "                             ^",
        f"{file}:2:1: create table D.T",
    ]


def test_a_file_that_cannot_be_read_hides_no_other(folder: Folder) -> None:
    folder.file("a.sql", b"SELECT \0")
    folder.file("b.sql", LOOSE)
    ran = folder.ddl("inspect", folder.path, folder.path / "missing.sql")
    assert ran.code == 2
    assert "b.sql:1:1: create table D.T" in ran.out
    assert "Error DBEE-201" in ran.err
    assert "missing.sql: the file cannot be opened" in ran.err
    assert [Path(found["file"]).name for found in folder.inspected()["not_read"]] == ["a.sql"]


def test_nothing_matched(folder: Folder) -> None:
    for command in ("inspect", "format"):
        ran = folder.ddl(command, folder.path)
        assert (ran.code, ran.out) == (2, "")
        assert "DBEE-103" in ran.err
        assert (".ksh .pl .sh with here-documents" in ran.err) == (command == "inspect")


def test_names_that_no_file_can_have(folder: Folder) -> None:
    for command in ("inspect", "format"):
        ran = folder.ddl(command, "x" * 300)
        assert ran.code == 2
        assert "the file cannot be opened: File name too long" in ran.err
        assert "  -> Check the path" in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names of files are Unicode")
def test_a_name_that_is_no_unicode(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.file(os.fsdecode(b"a\xff.sql"), LOOSE)
    (found,) = folder.inspected()["statements"]
    assert os.fsencode(found["file"]).endswith(b"a\xff.sql")
    ran = run(capsys, "save", f"dir:{folder.path}", "-o", folder.path / "c.json")
    assert ran.code == 2
    assert "is no Unicode text" in ran.err


def test_without_cache_nothing_is_kept(folder: Folder) -> None:
    folder.file("a.sql", LOOSE)
    folder.ddl("inspect", folder.path, "--no-cache")
    assert not (folder.path.parent / "cache").exists()
    folder.ddl("inspect", folder.path)
    assert (folder.path.parent / "cache").exists()


# --- format --------------------------------------------------------------------------------------------------------


def test_a_file_is_formatted_once(folder: Folder) -> None:
    file = folder.file("a.sql", LOOSE)
    ran = folder.ddl("format", file)
    assert (ran.code, file.read_text()) == (0, TABLE)
    assert ran.out.splitlines() == [
        f"{file}: formatted",
        "files: 1, of which 1 not in canonical form before",
        "statements in canonical form: 1",
    ]
    stamp = file.stat().st_mtime_ns
    assert folder.ddl("format", file).code == 0
    assert file.stat().st_mtime_ns == stamp


def test_check_names_the_files_and_writes_nothing(folder: Folder) -> None:
    loose, good = folder.file("a.sql", LOOSE), folder.file("b.sql", TABLE)
    ran = folder.ddl("format", "--check", loose, good)
    assert (ran.code, loose.read_text()) == (1, LOOSE)
    assert f"{loose}: not in canonical form" in ran.out
    assert str(good) not in ran.out
    assert folder.ddl("format", "--check", good).code == 0


def test_diff_shows_what_would_change_without_secrets(folder: Folder) -> None:
    file = folder.file("a.sql", f"{LOOSE}CREATE USER u AS PASSWORD = s3cr3t;\n")
    ran = folder.ddl("format", "--diff", file)
    assert ran.code == 0
    assert "-create table D.T (A int);" in ran.out.splitlines()
    assert "+CREATE TABLE D.T" in ran.out.splitlines()
    assert " CREATE USER u AS PASSWORD = ***;" in ran.out.splitlines()
    assert LOOSE in file.read_text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_kept(folder: Folder, encoding: str, line_end: str) -> None:
    mark = "\ufeff".encode(encoding) if encoding == "utf-16-be" else b""
    character = "Œ" if encoding == "cp1252" else "ö"
    before = f"create table D.{character} (A int);\n-- {character}\n".replace("\n", line_end)
    after = f'CREATE TABLE D."{character}"\n     (\n      A INTEGER)\n;\n-- {character}\n'.replace("\n", line_end)
    file = folder.file("a.sql", mark + before.encode(encoding))
    assert folder.ddl("format", file).code == 0
    assert file.read_bytes() == mark + after.encode(encoding)


def test_comments_inside_and_broken_statements_are_said(folder: Folder) -> None:
    text = "CREATE TABLE T (A INT /* a */);\nCREATE TABLE U (A VARCHAR);\nSELECT 1;\n"
    file = folder.file("a.sql", text)
    ran = folder.ddl("format", file)
    assert (ran.code, file.read_text()) == (1, text)
    assert ran.out.splitlines() == [
        f"{file}: broken: line 2, column 26: the length of VARCHAR is expected, ) found",
        "files: 1, of which 0 not in canonical form before",
        "statements in canonical form: 0",
        "statements as they were: 1 of kinds without a canonical text, 1 with comments inside, 1 broken",
    ]


def test_a_link_stays_one(folder: Folder) -> None:
    file = folder.file("a.sql", LOOSE)
    link = folder.path / "link.sql"
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("no links here")
    assert folder.ddl("format", link).code == 0
    assert link.is_symlink()
    assert file.read_text() == TABLE


def test_a_file_that_cannot_be_read_is_no_verdict(folder: Folder) -> None:
    bad, file = folder.file("a.sql", b"\0"), folder.file("b.sql", LOOSE)
    ran = folder.ddl("format", bad, file)
    assert (ran.code, file.read_text()) == (2, TABLE)
    assert "DBEE-201" in ran.err


# --- dependencies --------------------------------------------------------------------------------------------------


def test_dependencies_of_chosen_objects(folder: Folder) -> None:
    file = folder.file("a.sql", "CREATE TABLE D.T (A INT);\nREPLACE VIEW D.V AS\nSELECT A FROM D.T;\n")
    ran = folder.ddl("dependencies", f"dir:{folder.path}", "--objects", "D.T")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "table D.T",
        f"    used by view D.V (reads) at {file}:3:15",
        "",
        "1 object, 0 references: 0 resolved, 0 missing, 0 outside of what was looked at; 0 not certain",
    ]


def test_dependencies_as_json_with_columns(folder: Folder) -> None:
    folder.file("a.sql", "CREATE TABLE D.T (A INT);\nREPLACE VIEW D.V AS\nSELECT T.A FROM D.T, D.GONE;\n")
    ran = folder.ddl("dependencies", f"dir:{folder.path}", "--columns", "--format", "json")
    document = json.loads(ran.out)
    assert (ran.code, document["exit_code"]) == (1, 1)
    table, view = document["objects"]
    assert [(edge["name"], edge["state"], edge["line"], edge["column"]) for edge in view["references"]] == [
        ("D.T", "resolved", 3, 17),
        ("D.GONE", "missing", 3, 22),
    ]
    assert [one["name"] for one in table["dependants"]] == ["D.V"]
    assert view["lineage"]["columns"] == [
        {"name": "A", "kind": "direct", "sources": [{"database": "D", "name": "T", "column": "A"}]}
    ]
    assert [one["name"] for one in document["order"]] == ["D.T", "D.V"]


def test_no_object_matches(folder: Folder) -> None:
    folder.file("a.sql", "CREATE TABLE D.T (A INT);")
    ran = folder.ddl("dependencies", f"dir:{folder.path}", "--objects", "E")
    assert (ran.code, ran.out) == (2, "")
    assert "no object matches" in ran.err
