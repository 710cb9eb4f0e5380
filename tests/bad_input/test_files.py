"""Files of DDL and saved catalogs that cannot be read, and places that cannot be written."""

from __future__ import annotations

import errno
import gzip
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bad_input.conftest import DDL, READERS, Project, one_message
from tests.cli.commands import Ran

TABLE = "CREATE MULTISET TABLE SALES.T (A INTEGER) PRIMARY INDEX (A);\n"
ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def on_folder(project: Project, command: str, **files: str | bytes) -> Ran:
    """A command on a folder of these files; their names are given without ``.sql``."""
    for name, content in files.items():
        project.write(f"given/{name}.sql", content)
    (project.folder / "given").mkdir(exist_ok=True)
    return project.command(command, f"dir:{project.folder / 'given'}")


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"-- \xc3\xa9\n-- \xe9\n", 2),
        (bytes(range(256)), 1),
        (TABLE.encode() + b"\0", 2),
        (b"\xff\xfea", None),
    ],
    ids=["mixed", "binary", "a zero byte", "half of UTF-16"],
)
def test_unreadable_or_mixed_encoding_files(project: Project, command: str, content: bytes, line: int | None) -> None:
    said = one_message(on_folder(project, command, good=TABLE, odd=content), "DBEE-201")
    place = str(project.folder / "given" / "odd.sql") + (f":{line}" if line else "")
    assert f"{place}: " in said and "Save the file as UTF-8" in said
    assert not (project.folder / "saved.json").exists()


@pytest.mark.parametrize("content", [TABLE.encode("utf-16"), b"\xef\xbb\xbf" + TABLE.encode(), TABLE.encode("utf-32")])
def test_a_byte_order_mark_is_no_trouble(project: Project, content: bytes) -> None:
    assert on_folder(project, "save", t=content).out.startswith("1 object of 1 database saved")


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n\r"])
def test_line_ends_of_any_kind(project: Project, ends: str) -> None:
    text = ends.join(["-- é", "CREATE TABLE SALES.A (A INTEGER);", "CREATE TABLE SALES.B (B INTEGER);", ""])
    assert on_folder(project, "save", t=text).out.startswith("2 objects")


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("second", [TABLE, TABLE.replace("SALES.T", '"sales"."t"')])
def test_the_same_object_twice(project: Project, command: str, second: str) -> None:
    ran = on_folder(project, command, a=TABLE, b="\n" + second)
    folder = project.folder / "given"
    assert ran.code == 1
    assert f"{folder / 'b.sql'}:2: " in ran.out and f"defined at {folder / 'a.sql'}:1" in ran.out


@pytest.mark.parametrize("content", ["", "\r\n\r\n", "-- nothing\n/* at all */", ";;;"])
@pytest.mark.parametrize("command", ["save", "generate-models"])
def test_files_without_a_statement(project: Project, command: str, content: str) -> None:
    assert "no object matches" in one_message(on_folder(project, command, t=content), "DBEE-103")


@pytest.mark.parametrize(
    "content",
    [
        "CREATE TABLE T (A INTEGER);",
        "CREATE TABLE (A INTEGER);",
        "CREATE TABLE SALES.T (A INTEGER",
        "CREATE TABLE SALES.T (A CHAR(1) DEFAULT 'x);",
        "CREATE TABLE SALES.T ();",
        "COMMENT ON TABLE SALES.GONE AS 'x';",
    ],
)
@pytest.mark.parametrize("command", ["save", "generate-models"])
def test_where_nothing_is_left_the_statement_that_was_not_read_is_named(
    project: Project, command: str, content: str
) -> None:
    said = one_message(on_folder(project, command, t="\n" + content), "DBEE-103")
    assert f"1 statement could not be read: {project.folder / 'given' / 't.sql'}:2: " in said


def test_a_statement_that_is_not_read_is_never_a_pass(project: Project) -> None:
    files = {"a": DDL, "b": "CREATE TABLE SALES.X (A INTEGER"}
    for command in READERS:
        ran = on_folder(project, command, **files)
        assert ran.code == 1
        assert f"{project.folder / 'given' / 'b.sql'}:1: " in ran.out


@ON_WINDOWS
def test_a_pipe_is_not_waited_for(project: Project) -> None:
    (project.folder / "given").mkdir()
    os.mkfifo(project.folder / "given" / "pipe.sql")
    assert "not opened, no DDL by the name: 1 file" in on_folder(project, "save", t=TABLE).out


@ON_WINDOWS
def test_links_in_a_circle_end(project: Project) -> None:
    folder = project.folder / "given"
    folder.mkdir()
    (folder / "self").symlink_to(folder)
    assert on_folder(project, "save", t=TABLE).out.startswith("1 object ")
    (folder / "x.sql").symlink_to(folder / "y.sql")
    (folder / "y.sql").symlink_to(folder / "x.sql")
    assert "x.sql" in one_message(on_folder(project, "save"), "DBEE-201")


def test_a_folder_that_is_called_as_a_file_is_a_folder(project: Project) -> None:
    project.write("given/a.sql/t.sql", TABLE)
    assert on_folder(project, "save").out.startswith("1 object ")


@pytest.mark.parametrize("address", ["dir:nowhere", "dir:dbt_project.yml", "file:nowhere.json", f"dir:{'x' * 5000}"])
@pytest.mark.parametrize("command", READERS)
def test_an_address_that_leads_nowhere(project: Project, command: str, address: str) -> None:
    one_message(project.command(command, address), "DBEE-102")


@pytest.mark.parametrize(
    "address", ["dir:", "file:", "git:main", "pkg:x", "nonsense", "td", "dir:a\0b", "file:a\0.json"]
)
def test_an_address_that_is_none(project: Project, address: str) -> None:
    for command in READERS:
        one_message(project.command(command, address), "DBEE-102")


Edit = Callable[[dict[str, Any]], object]


def edited(project: Project, edit: Edit, name: str = "edited.json") -> str:
    """A saved catalog that somebody changed by hand; its address."""
    project.command("save", f"dir:{project.folder / 'ddl'}")
    document = json.loads((project.folder / "saved.json").read_text(encoding="utf-8"))
    edit(document)
    return f"file:{project.write(name, json.dumps(document))}"


def table(document: dict[str, Any]) -> dict[str, Any]:
    (found,) = [found for found in document["objects"] if found["name"] == "T"]
    return dict(found)


def with_table(document: dict[str, Any], **changes: Any) -> None:
    document["objects"] = [{**found, **(changes if found["name"] == "T" else {})} for found in document["objects"]]


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (lambda it: it["objects"].append(table(it)), "SALES.T: the object is in the saved catalog twice"),
        (lambda it: with_table(it, name=""), "an object has no name"),
        (lambda it: with_table(it, columns=table(it)["columns"] * 2), "SALES.T: the table has a column twice"),
        (lambda it: it.update(schema_version="1"), "this is no saved catalog"),
        (lambda it: it.update(schema_version=99), "the newer schema version 99"),
        (lambda it: it.update(schema_version=3), "the older schema version 3"),
        (lambda it: it.update(objects=None), "is damaged: Expected `array`, got `null` - at `$.objects`"),
        (lambda it: it.pop("defaults"), "is damaged"),
    ],
)
@pytest.mark.parametrize("command", READERS)
def test_a_saved_catalog_that_was_edited_by_hand(project: Project, command: str, edit: Edit, what: str) -> None:
    address = edited(project, edit)
    said = one_message(project.command(command, address), "DBEE-204")
    assert what in said and address.removeprefix("file:") in said


@pytest.mark.parametrize("name", ["x" * 100_000, "a\0b\x1b[31m\u202e\nc", "../../etc/passwd", "{{ x }}"])
def test_a_saved_catalog_with_a_name_that_no_database_has(project: Project, name: str) -> None:
    address = edited(project, lambda it: with_table(it, name=name))
    for command in READERS:
        ran = project.command(command, address)
        assert ran.code in (0, 1)
        assert all(line.isprintable() for line in ran.out.split("\n"))
    assert all(len(file.name) < 250 for file in project.files())
    assert not (project.folder / "etc").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("s.json", b""),
        ("s.json", b"\0\0"),
        ("s.json", b"[" * 100_000),
        ("s.json", b'{"schema_version": 1, "x": "\\ud800"}'),
        ("s.json.gz", b"{}"),
        ("s.json.gz", b""),
        ("s.json.gz", gzip.compress(b" " * 1_000_000, mtime=0)),
        ("s.json.gz", gzip.compress(b"{}" * 1000, mtime=0)[:-20]),
    ],
)
def test_a_saved_catalog_that_is_damaged(project: Project, name: str, content: bytes) -> None:
    path = project.write(name, content)
    for command in READERS:
        assert str(path) in one_message(project.command(command, f"file:{path}"), "DBEE-204")


@pytest.mark.parametrize("place", ["file/x.json", f"{'x' * 300}.json"])
def test_a_place_where_no_file_can_be_written(project: Project, place: str) -> None:
    project.write("file", "")
    ran = project.run("save", f"dir:{project.folder / 'ddl'}", "-o", project.folder / place)
    assert "the catalog cannot be written" in one_message(ran, "DBEE-204")


@pytest.mark.parametrize("place", ["", "x.xml", "x"])
def test_a_file_that_would_be_no_saved_catalog(project: Project, place: str) -> None:
    one_message(project.run("save", "-o", place), "DBEE-102")


@pytest.mark.parametrize(("command", "shown"), [("validate", "no findings"), ("drift", "no difference")])
def test_what_was_found_is_shown_where_the_artifact_cannot_be_written(
    project: Project, command: str, shown: str
) -> None:
    project.write("target/dbee", "a file")
    ran = project.command(command)
    assert str(project.folder / "target" / "dbee" / f"{command}.json") in one_message(ran, "DBEE-205")
    assert shown in ran.out


def test_a_folder_that_may_not_be_looked_into(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("ddl/closed/b.sql", "CREATE TABLE D.U (A INTEGER);")
    real = os.scandir

    def scandir(folder: Path) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    said = one_message(project.command("save", f"dir:{project.folder / 'ddl'}"), "DBEE-201")
    assert f"{project.folder / 'ddl' / 'closed'}: the folder cannot be opened: Permission denied" in said


@ON_WINDOWS
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(project: Project) -> None:
    folder = project.folder / "models"
    folder.chmod(0o500)
    try:
        assert str(folder) in one_message(project.command("generate-models"), "DBEE-402")
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("into", ["/abs", "../out", "models/../../out", "C:/x", "C:x", "models/a\nb", "a\0b", "", "/"])
def test_a_folder_outside_of_the_project(project: Project, into: str) -> None:
    ran = project.run("generate-models", "--objects", "SALES", "--into", into)
    assert "--into names no folder in the project" in one_message(ran, "DBEE-101")
    assert not (project.folder.parent / "out").exists() and not Path("/abs").exists()


@pytest.mark.parametrize("pattern", ["", "  "])
@pytest.mark.parametrize("option", ["--objects", "--exclude-objects"])
def test_an_empty_pattern_means_nothing(project: Project, option: str, pattern: str) -> None:
    one_message(project.run("save", "-o", "x.json", option, pattern), "DBEE-101")


@pytest.mark.parametrize(
    "pattern", [".T", "SALES.", "kind:nope", "a.b.c", "\0", "x" * 10_000, "%", "SALES.T;DROP", "?"]
)
def test_a_pattern_that_matches_nothing(project: Project, pattern: str) -> None:
    one_message(project.run("save", "--objects", pattern, "-o", project.folder / "x.json"), "DBEE-103")
    assert not (project.folder / "x.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["save"],
        ["save", "--nope"],
        ["drift", "--baseline", "dir:ddl", "--format", "xml"],
        ["validate", "--fail-on", "info"],
        ["generate-models", "--case", "x", "--objects", "A"],
        ["emulator", "nonsense"],
        ["emulator", "run"],
    ],
)
def test_a_command_that_is_none(project: Project, arguments: list[str]) -> None:
    ran = project.run(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("Usage: dbee-dbt") and "Error: " in ran.err


def test_a_baseline_of_tables_alone_does_not_take_their_database_for_new(project: Project) -> None:
    project.write("tables/t.sql", DDL.partition(";\n")[2])
    ran = project.run("drift", "--baseline", f"dir:{project.folder / 'tables'}")
    assert ran.code == 0, ran.out
    project.run("save", "--objects", "SALES.*", "-o", project.folder / "tables.json")
    assert project.run("drift", "--baseline", f"file:{project.folder / 'tables.json'}").code == 0
