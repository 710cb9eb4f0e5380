"""dbee-dbt bteq check: what it prints and how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bteq.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")


def test_the_example_of_the_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    script = text.partition("```text\n")[2].partition("```")[0]
    line, _, printed = text.partition("```console\n$ dbee-dbt ")[2].partition("```")[0].partition("\n")
    command, _, code = line.partition("  # exit ")
    write(folder, "load.bteq", script)
    ran = run(capsys, *command.split())
    assert (ran.out, ran.code) == (printed, int(code))


def test_a_script_without_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", "SELECT 1;\n.QUIT 0\n")
    ran = run(capsys, "bteq", "check", "a.bteq")
    assert (ran.code, ran.out) == (0, "no findings (1 file, 1 command, 1 request)\n")


def test_fail_on_decides_the_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", "QUIT 0;\n")
    assert run(capsys, "bteq", "check", "a.bteq").code == 0
    assert run(capsys, "bteq", "check", "a.bteq", "--fail-on", "warn").code == 1
    write(folder, "b.bteq", ".GOTO nowhere\n")
    assert run(capsys, "bteq", "check", "a.bteq", "b.bteq").code == 1


def test_what_is_not_checked_is_shown_and_does_not_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", ".RUN FILE=${HOME}/logon\n")
    ran = run(capsys, "bteq", "check", "a.bteq", "--fail-on", "warn")
    assert ran.code == 0
    assert "info file_missing: RUN FILE ${HOME}/logon is not checked" in ran.out


def test_the_line_is_shown_with_a_caret_and_without_its_secrets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "a.bteq", "SELECT 1;\n.IF ERRORCODE = 0 THEN .LOGON p/u,hidden1\nDROP USER U; -- x\n")
    ran = run(capsys, "bteq", "check", "a.bteq")
    lines = ran.out.splitlines()
    at = next(index for index, line in enumerate(lines) if "terminator_disabled" in line)
    assert lines[at + 1 : at + 3] == ["    DROP USER U; -- x", "               ^"]
    assert "    .IF ERRORCODE = 0 THEN .LOGON p/u,***" in lines
    assert "hidden1" not in ran.out + run(capsys, "bteq", "check", "a.bteq", "--format", "json").out


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", "SELECT 1;\n.IF ERRORCODE = 0 THEN .GOTO x\n.WIBBLE\n")
    ran = run(capsys, "bteq", "check", "a.bteq", "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 1
    assert found["schema_version"] == 1
    assert [(hit["rule"], hit["file"], hit["line"], hit["column"]) for hit in found["findings"]] == [
        ("label_missing", "a.bteq", 2, 1),
        ("command_unknown", "a.bteq", 3, 1),
    ]
    assert found["totals"] == {"files": 1, "programs": 1, "commands": 3, "requests": 1, "unknown": 1}


def test_files_are_looked_for_beside_the_script_and_in_the_working_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "jobs/a.bteq", ".RUN FILE=b.bteq\n.RUN FILE=c.bteq\n.RUN FILE=d.bteq\n")
    write(folder, "jobs/b.bteq", ".RUN FILE=../jobs/a.bteq\n")
    write(folder, "c.bteq", "SELECT 1;\n")
    lines = run(capsys, "bteq", "check", "jobs/a.bteq").out.splitlines()
    assert [line for line in lines if line.startswith("jobs")] == [
        "jobs/a.bteq:1:1: error run_loop: RUN FILE b.bteq comes back to this script",
        "jobs/a.bteq:3:1: error file_missing: RUN names the file d.bteq, which does not exist",
    ]


def test_any_encoding_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.bteq").write_bytes(".GOTO Ende\r\n.LABEL Größe\r\n".encode("utf-16"))
    assert "a.bteq:1:1: error label_missing" in run(capsys, "bteq", "check", "a.bteq").out


def test_what_is_read_does_not_reach_the_terminal_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", ".GOTO \x1b[2Jx\n")
    out = run(capsys, "bteq", "check", "a.bteq").out
    assert "\x1b" not in out
    assert "\\x1b[2Jx" in out


def test_a_file_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("gone.bteq", "a/b.bteq"):
        ran = run(capsys, "bteq", "check", name)
        assert (ran.code, ran.out) == (2, "")
        assert f"DBEE-201 {name}: the file cannot be opened" in ran.err
    assert run(capsys, "bteq", "check").code == 2


def test_a_name_that_is_too_long_names_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", f".RUN FILE={'x' * 5000}\n")
    assert run(capsys, "bteq", "check", "a.bteq").code == 1


def test_the_scripts_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "in/a.BTEQ", ".GOTO nowhere\n")
    write(folder, "in/b.sh", "#!/bin/sh\nbteq <<EOF\n.GOTO nowhere\nEOF\n")
    write(folder, "in/c.sql", "DROP TABLE D.T;\n")
    write(folder, "in/d.sh", "#!/bin/sh\nls\n")
    ran = run(capsys, "bteq", "check", "in")
    assert ran.code == 1
    places = [line.partition(": ")[0] for line in ran.out.splitlines() if " error " in line]
    assert places == ["in/a.BTEQ:1:1", "in/b.sh:3:1"]
    assert ran.out.endswith("(2 files, 2 commands, 0 requests)\n")


def test_a_folder_without_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "bteq", "check", str(folder))
    assert ran.code == 2
    assert ".bteq .bteqsql .btq, and .bash .ksh .pl .sh with here-documents" in ran.err


def test_a_script_that_cannot_be_read_hides_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.bteq", ".GOTO nowhere\n")
    write(folder, "b.bteq", "\0")
    ran = run(capsys, "bteq", "check", "missing.bteq", "b.bteq", "a.bteq")
    assert ran.code == 2
    assert "a.bteq:1:1: error" in ran.out
    assert "missing.bteq: the file cannot be opened" in ran.err and "b.bteq:1: the file holds zero bytes" in ran.err
