"""The emulator's file: full, locked, of another kind, or used by a second process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input.conftest import READERS, Project, one_message

HOLDER = """
import sys
from dbee_dbt.emulator import connect
connection = connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(project: Project) -> Iterator[Path]:
    """The project's system while another process has it open."""
    file = project.folder / "system.duckdb"
    command = [sys.executable, "-c", HOLDER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        yield file
        other.communicate("")


def test_a_file_that_another_process_has_open(project: Project, held: Path) -> None:
    for command in READERS:
        said = one_message(project.command(command), "DBEE-301")
        assert str(held) in said and "another process has it open; close that one first" in said
    assert "another process has it open" in project.run("debug").out
    assert "another process has it open" in one_message(project.emulator(held, "-c", "SELECT 1"), "DBEE-301")


@pytest.mark.parametrize("content", [b"", b"no database at all", b"\0" * 20_000], ids=["empty", "text", "zeros"])
def test_a_file_of_another_kind_is_left_as_it_is(project: Project, content: bytes) -> None:
    file = project.write("system.duckdb", content)
    if content:
        for command in READERS:
            assert str(file) in one_message(project.command(command), "DBEE-301")
        assert file.read_bytes() == content


def test_a_folder_in_the_place_of_the_file(project: Project) -> None:
    project.profile(path=str(project.folder))
    assert "it is a folder" in one_message(project.command("save"), "DBEE-301")


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from dbee_dbt.cli.main import main
main(sys.argv[2:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_fails_the_statement_and_keeps_what_was_there(project: Project, tmp_path: Path) -> None:
    file = project.folder / "system.duckdb"
    rows = "\n".join(f"INSERT INTO SALES.BIG VALUES ('{number}{'x' * 20_000}');" for number in range(100))
    script = project.write("fill.sql", f"CREATE TABLE SALES.BIG (A VARCHAR(30000));\n{rows}\n")
    limit = file.stat().st_size + 200_000
    command = [sys.executable, "-c", FULL, str(limit), "emulator", "run", str(file), str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2)
    assert f"{script}:" in done.stderr and "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert project.command("validate").code in (0, 1)
    count = project.emulator(
        file, "-c", "SELECT COUNT(*) AS n FROM SALES.BIG", "-c", "SELECT COUNT(*) AS n FROM SALES.T"
    )
    assert count.code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("arguments", [["save", "td:", "-o", "saved.json"], ["generate-models", "--objects", "SALES"]])
def test_a_full_disk_leaves_no_half_written_file(project: Project, arguments: list[str]) -> None:
    old = project.write("saved.json", "old")
    before = set(project.folder.rglob("*"))
    options = ["--project-dir", str(project.folder), "--profiles-dir", str(project.folder)]
    against = ["--from", f"dir:{project.folder / 'ddl'}"] if arguments[0] == "generate-models" else []
    if not against:
        arguments[1] = f"dir:{project.folder / 'ddl'}"
    command = [sys.executable, "-c", FULL, "50", *arguments, *against, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=project.folder)
    assert done.returncode == 2
    assert "cannot be written: File too large" in done.stderr and "Traceback" not in done.stderr
    assert old.read_text(encoding="utf-8") == "old"
    assert [path for path in set(project.folder.rglob("*")) - before if path.is_file()] == []


def test_statements_that_the_emulator_refuses_say_where(project: Project) -> None:
    file = project.folder / "system.duckdb"
    long = project.write("long.sql", f"\nCREATE TABLE SALES.{'x' * 129} (A INTEGER);")
    ran = project.emulator(file, long)
    assert ran.code == 1
    assert f"{long}:2: " in ran.err and "[Error 3737] Name is longer than 128 characters." in ran.err
    for sql in ("SELECT ?", "SELECT " + "(" * 3000 + "1" + ")" * 3000, "\0", "'", '"', "/*", "SELECT 'a", "\ud7ff"):
        ran = project.emulator(file, "-c", sql)
        assert ran.code == 1 and ran.err.startswith("Error DBEE-303 --command: "), sql
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("sql", ["", ";", " \n"])
def test_no_statement_is_nothing_to_do(project: Project, sql: str) -> None:
    assert project.emulator(project.folder / "system.duckdb", "-c", sql).code == 0


def test_scripts_that_cannot_be_read(project: Project) -> None:
    file = project.folder / "system.duckdb"
    for script in (project.folder, project.folder / "nothing.sql", project.write("b.sql", b"\0")):
        assert str(script) in one_message(project.emulator(file, script), "DBEE-201")
