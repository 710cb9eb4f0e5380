"""``dbee-dbt emulator run``: scripts in order, results as lines, places in errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dbee_dbt.cli.emulator import emulator
from dbee_dbt.model.errors import DbeeError


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(emulator, ["run", *map(str, arguments)])


def failed(*arguments: str | Path) -> DbeeError:
    result = run(*arguments)
    assert isinstance(result.exception, DbeeError), result.output
    return result.exception


@pytest.fixture
def system(tmp_path: Path) -> Path:
    return tmp_path / "system.duckdb"


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_scripts_run_in_order_and_say_what_they_did(tmp_path: Path, system: Path) -> None:
    first = script(tmp_path, "1.sql", "CREATE DATABASE ${P}shop AS PERM = 1e6;\nCREATE TABLE ${P}shop.t (a INTEGER);\n")
    second = script(tmp_path, "2.sql", "INSERT INTO ${P}shop.t VALUES (1); INSERT INTO ${P}shop.t VALUES (2);\n")
    result = run(system, first, second, "--var", "P=X_", "-c", "SELECT a FROM ${P}shop.t ORDER BY 1; SELECT 1 AS x")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{first}: 2 statements, 0 rows",
        f"{second}: 2 statements, 2 rows",
        "a",
        "1",
        "2",
        "x",
        "1",
    ]


def test_a_statement_without_a_result_says_what_it_did(system: Path) -> None:
    assert run(system, "-c", "CREATE DATABASE shop AS PERM = 1").output == "Create Database: 0\n"


def test_the_user_and_the_session_mode_can_be_given(system: Path) -> None:
    result = run(
        system, "--user", "bob", "--tmode", "TERA", "-c", "CREATE TABLE t (a VARCHAR(3))", "-c", "SHOW TABLE t"
    )
    assert "CREATE SET TABLE bob.t" in result.output


def test_a_failing_statement_is_found_by_its_line(tmp_path: Path, system: Path) -> None:
    path = script(
        tmp_path, "bad.sql", "-- a comment\nCREATE DATABASE shop AS PERM = 1;\n\nDROP TABLE\n  shop.nothing;\n"
    )
    error = failed(system, path)
    assert (error.exit_code, error.file, error.line) == (1, str(path), 4)
    assert "[Error 3807] Object 'shop.nothing' does not exist." in error.what


def test_what_a_script_did_before_it_failed_stays(tmp_path: Path, system: Path) -> None:
    failed(system, script(tmp_path, "bad.sql", "CREATE DATABASE shop AS PERM = 1; DROP TABLE shop.nothing;"))
    assert run(system, "-c", "DATABASE shop").exit_code == 0


def test_a_placeholder_without_a_value_is_an_error_before_anything_runs(tmp_path: Path, system: Path) -> None:
    good = script(tmp_path, "good.sql", "CREATE DATABASE shop AS PERM = 1;")
    error = failed(system, good, script(tmp_path, "bad.sql", "SELECT 1 AS x;\nSELECT ${MISSING};\n"))
    assert (error.exit_code, error.line) == (2, 2)
    assert "${MISSING} has no value" in error.what
    assert not system.exists()


def test_bteq_commands_are_refused(tmp_path: Path, system: Path) -> None:
    error = failed(system, script(tmp_path, "bteq.sql", "SELECT 1 AS x;\n.QUIT\n"))
    assert (error.exit_code, error.line) == (1, 2)


def test_a_script_that_cannot_be_read_is_named(tmp_path: Path, system: Path) -> None:
    assert failed(system, tmp_path / "nothing.sql").exit_code == 2
    mixed = tmp_path / "mixed.sql"
    mixed.write_bytes("SELECT 'ü'; ".encode() + b"SELECT '\xfc\x81\x00';")
    error = failed(system, mixed)
    assert (error.exit_code, error.file) == (2, str(mixed))


def test_a_file_that_cannot_be_used_is_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "text.duckdb"
    path.write_text("no database")
    error = failed(path, "-c", "SELECT 1 AS x")
    assert error.exit_code == 2
    assert "not a file of the emulator" in error.what


def test_values_cannot_move_the_cursor(system: Path) -> None:
    result = run(system, "-c", "SELECT 'a\x1b[2J\u202eb' AS x")
    assert "\x1b" not in result.output and "\u202e" not in result.output
    assert "a\\x1b[2J\\u202eb" in result.output


def test_var_needs_a_value(system: Path) -> None:
    assert failed(system, "--var", "PREFIX").exit_code == 2
