"""`dbee-dbt impact` from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dbee_dbt.cli.impact import impact
from dbee_dbt.emulator import connect
from dbee_dbt.model.errors import AddressError, DbeeError, ManifestError
from tests.project.impact.projects import write_project

BEFORE = "CREATE TABLE S.T (A INTEGER, B INTEGER);"
AFTER = "CREATE TABLE S.T (A INTEGER);"
PROJECT: dict[str, Any] = {
    "models": {"m": "select a,\n  b from {{ source('raw', 'T') }}", "apart": "select a from {{ source('raw', 'T') }}"},
    "sources": ["S.T"],
    "exposures": {"board": ["m"]},
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_project(tmp_path, PROJECT)
    for name, text in (("now", BEFORE), ("next", AFTER), ("broken", f"{AFTER}\nCREATE TABLE (;")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.sql").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(impact, ["--against", "dir:now", *arguments])


def test_the_report_and_its_exit_code(project: Path) -> None:
    result = run("--change", "dir:next")
    assert result.exit_code == 1
    assert "  model m: there is no column b  models/m.sql:2:3\n" in result.output
    assert result.output.splitlines()[-1] == "1 model, 1 exposure broken (1 relation changed)"
    assert run("--change", "dir:now").exit_code == 0


def test_a_change_of_databases_that_the_project_does_not_know_is_warned_of(project: Path) -> None:
    (project / "next" / "t.sql").write_text("CREATE TABLE GIT_S.T (A INTEGER);", encoding="utf-8")
    result = run("--change", "dir:next")
    assert result.exit_code == 0
    assert "warning: what changes lies in GIT_S, and no source or model of the manifest does; is it" in result.output
    assert "what changes lies" not in run("--change", "dir:now").output


def test_a_system_is_read_as_it_is_through_an_environment_too(project: Path) -> None:
    output = {"type": "dbee", "path": "system.duckdb", "schema": "S"}
    (project / "profiles.yml").write_text(json.dumps({"shop": {"target": "t", "outputs": {"t": output}}}))
    with (project / "dbt_project.yml").open("w", encoding="utf-8") as file:
        json.dump({"name": "shop", "profile": "shop"}, file)
    (project / "dbee.yml").write_text("environments: {e: {target: t, map: {GIT: S}}}", encoding="utf-8")
    with connect(path="system.duckdb") as connection, connection.cursor() as cursor:
        for sql in ("CREATE DATABASE S AS PERM = 1e9", "CREATE DATABASE MART AS PERM = 1e9", AFTER):
            cursor.execute(sql.rstrip(";"))
    result = run("--change", "td:e")
    assert result.exit_code == 1 and "dir:now → td:t\n\nS.T\n  B removed\n" in result.output


def test_the_artifact_is_the_json_report(project: Path) -> None:
    result = run("--change", "dir:next", "--format", "json")
    document = json.loads(result.output)
    assert (document["schema_version"], document["exit_code"], document["against"]) == (1, 1, "dir:now")
    assert document["breaks"][0] == {
        "kind": "model",
        "node": "model.shop.m",
        "name": "m",
        "what": "there is no column b",
        "is_direct": True,
        "columns": ["b"],
        "file": "models/m.sql",
        "line": 2,
        "character": 3,
    }
    assert (project / "target" / "dbee" / "impact.json").read_text(encoding="utf-8") == result.output


def test_a_statement_of_the_folder_that_is_not_read_is_not_checked(project: Path) -> None:
    result = run("--change", "dir:broken")
    assert result.exit_code == 1
    assert "not checked\n  dir:broken: " in result.output and "t.sql:2" in result.output


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--change", "here"), AddressError),
        (("--change", "git:main"), AddressError),
        (("--change", "dir:next", "--against", "dir:nowhere"), AddressError),
        (("--change", "file:nowhere.json"), DbeeError),
    ],
)
def test_what_gives_no_verdict(project: Path, arguments: tuple[str, ...], error: type[DbeeError]) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, error)
    assert result.exception.exit_code == 2


def test_without_a_manifest_there_is_no_verdict(project: Path) -> None:
    (project / "target" / "manifest.json").unlink()
    assert isinstance(run("--change", "dir:next").exception, ManifestError)


def test_names_cannot_act_on_the_terminal(project: Path) -> None:
    write_project(
        project, {"models": {"m": "select \"b\u202e\x1b[2J\" from {{ source('raw', 'T') }}"}, "sources": ["S.T"]}
    )
    (project / "now" / "t.sql").write_text('CREATE TABLE S.T (A INTEGER, "b\u202e\x1b[2J" INTEGER);', encoding="utf-8")
    output = run("--change", "dir:next").output
    assert "\x1b" not in output and "\u202e" not in output and r"\u202e\x1b[2J" in output
