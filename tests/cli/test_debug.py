"""dbee-dbt debug: what can be reached and read, and what a DBA would have to grant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.catalogs.systems import system
from tests.cli.commands import Ran, run
from tests.session.projects import write_project


class Project:
    """A dbt project whose target is an emulated system."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def debug(self, *arguments: str, settings: str = "", project: str = "") -> Ran:
        profile = f"type: dbee, path: PATH, schema: SALES, user: etl user{settings}"
        real = 'type: teradata, host: 127.0.0.1, port: "1", user: etl, password: s3cret, schema: SALES, tmode: ANSI'
        profiles = f"shop: {{target: dev, outputs: {{dev: {{{profile}}}, prod: {{{real}}}}}}}"
        write_project(self.folder, project, profiles)
        return run(self._capsys, "debug", "--project-dir", self.folder, "--profiles-dir", self.folder, *arguments)


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    system('CREATE USER "etl user" AS PERM = 0, PASSWORD = x', path=str(tmp_path / "shop.duckdb")).close()
    return Project(tmp_path, capsys)


def fault(code: int, view: str) -> str:
    return f', faults: [{{error: {code}, statement: "DBC.{view} ", message: "no to {view}"}}]'


def test_everything_readable(project: Project) -> None:
    ran = project.debug()
    assert ran.code == 0, ran
    for line in (
        "  target         shop.dev",
        "  type           dbee",
        "  user           etl user",
        "  schema         SALES",
        "  session mode   ANSI",
        "  date form      INTEGERDATE",
        "  QVCI           off: HELP COLUMN for each view",
        "  DBC.TablesV                    readable  objects, table options, comments, source texts",
        "  DBC.ColumnsJQV                 off       types of view columns in one query (else HELP COLUMN a view)",
    ):
        assert line in ran.out.splitlines()
    assert ran.out.splitlines()[-1] == "Everything that is needed can be read."


def test_as_json(project: Project) -> None:
    ran = project.debug("--format", "json", settings=", qvci: true")
    document: dict[str, Any] = json.loads(ran.out)
    assert (document["schema_version"], document["exit_code"], document["qvci"]) == (1, 0, True)
    assert document["facts"]["user"] == "etl user"
    assert {view["state"] for view in document["views"]} == {"readable"}
    assert document["versions"]["teradatasql"]
    assert document["grants"] == []


def test_no_right_to_read_dbc(project: Project) -> None:
    ran = project.debug(settings=fault(3523, "IndicesV"))
    assert ran.code == 1
    assert "! DBC.IndicesV                   no right  primary and secondary indexes, keys" in ran.out.splitlines()
    assert ran.out.splitlines()[-3:] == [
        "1 of 13 views cannot be read.",
        "A DBA would run:",
        '  GRANT SELECT ON DBC.IndicesV TO "etl user";',
    ]


def test_a_view_that_this_release_does_not_have(project: Project) -> None:
    assert project.debug(settings=fault(3807, "ShowTblChecksV")).code == 1
    assert project.debug(settings=fault(3807, "ColumnsJQV")).code == 0


def test_the_x_views_are_looked_at_where_they_are_read(project: Project) -> None:
    ran = project.debug(settings=fault(3523, "TablesVX"), project="vars: {dbee: {dictionary: VX}}\n")
    assert ran.code == 1
    assert 'GRANT SELECT ON DBC.TablesVX TO "etl user";' in ran.out


def test_wrong_password_is_never_printed(project: Project) -> None:
    ran = project.debug(settings=", logon_error: 8017, password: s3cret")
    assert ran.code == 2
    assert "[Error 8017]" in ran.out
    assert "Check the user, the password and the logon mechanism" in ran.out
    assert "s3cret" not in ran.out + ran.err


def test_closed_port_with_the_real_driver(project: Project) -> None:
    ran = project.debug("--target", "prod")
    assert ran.code == 2
    assert "Failed to connect to 127.0.0.1" in ran.out
    assert "  teradatasql " in ran.out
    assert "s3cret" not in ran.out + ran.err


def test_wrong_target(project: Project) -> None:
    ran = project.debug("--target", "pord")
    assert ran.code == 2
    assert "- dev - prod" in ran.out


def test_no_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "debug", "--project-dir", tmp_path)
    assert ran.code == 2
    assert "there is no dbt_project.yml here" in ran.out


@pytest.mark.parametrize("text", ["{a: [}", "{a: 2024-99-99}"])
def test_variables_that_are_no_yaml(project: Project, text: str) -> None:
    ran = project.debug("--vars", text)
    assert ran.code == 2
    assert "--vars is not YAML" in ran.err
