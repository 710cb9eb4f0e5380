"""Systems that cannot be reached, that refuse the logon, or that show nothing of DBC."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import chdir

import pytest

from dbee_dbt.session import connect
from tests.bad_input.conftest import READERS, Project, one_message

SECRET = "s3cret-pass'word"
READ_BY_ALL = ("DatabasesV", "TablesV", "ColumnsV")
READ_FROM_SAVE_ON = ("IndicesV", "PartitioningConstraintsV", "All_RI_ChildrenV", "ShowTblChecksV")


def never_shown(project: Project, *printed: str) -> None:
    """The password stands in nothing that was printed, and in no file but the profile."""
    assert not any("s3cret" in text for text in printed)
    assert [file for file in project.files() if b"s3cret" in file.read_bytes()] == []


@pytest.fixture
def closed_port() -> Iterator[str]:
    """A port that nobody listens at, held for as long as the test runs: one that is let go may become anybody's."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield str(held.getsockname()[1])


@pytest.fixture
def silent_port() -> Iterator[str]:
    """A port at which connections are taken and nothing is ever said."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield str(listening.getsockname()[1])


def real(project: Project, **settings: object) -> None:
    """A target for the real driver."""
    target = {"type": "teradata", "user": "etl", "password": SECRET, "schema": "SALES", "tmode": "ANSI", **settings}
    project.write("profiles.yml", json.dumps({"shop": {"target": "dev", "outputs": {"dev": target}}}))


@pytest.mark.parametrize("command", READERS)
def test_wrong_host_with_the_real_driver_on_a_closed_port(project: Project, command: str, closed_port: str) -> None:
    real(project, host="127.0.0.1", port=closed_port)
    ran = project.command(command)
    said = one_message(ran, "DBEE-301")
    assert "dev (127.0.0.1): [Teradata SQL Driver] Failed to connect to 127.0.0.1" in said
    assert "Check the host and the port" in said and "gosqldriver" not in said
    never_shown(project, *ran[1:])


def test_a_host_that_never_answers_is_given_up(
    project: Project, silent_port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "_LOGON_SECONDS", 1)
    real(project, host="127.0.0.1", port=silent_port)
    said = one_message(project.command("save"), "DBEE-301")
    assert "Failed to connect to 127.0.0.1" in said and "Check the host and the port" in said


def test_wrong_host_in_debug(project: Project, closed_port: str) -> None:
    real(project, host="127.0.0.1", port=closed_port)
    ran = project.run("debug")
    assert (ran.code, ran.err) == (2, "")
    assert "Failed to connect to 127.0.0.1" in ran.out and "gosqldriver" not in ran.out
    never_shown(project, *ran[1:])


@pytest.mark.parametrize("command", READERS)
def test_unreachable_host(project: Project, command: str) -> None:
    project.profile(logon_error=493, host="warehouse.example")
    assert "Hostname lookup failed" in one_message(project.command(command), "DBEE-301")


@pytest.mark.parametrize(
    "settings", [{"port": "abc"}, {"host": ""}, {"logmech": "NOPE"}, {"sslmode": "NOPE"}, {"port": SECRET}]
)
def test_arguments_that_the_real_driver_refuses(project: Project, settings: dict[str, object]) -> None:
    real(project, **{"host": "127.0.0.1", **settings})
    ran = project.command("save")
    one_message(ran, "DBEE-301")
    never_shown(project, *ran[1:])


@pytest.mark.parametrize("command", READERS)
def test_wrong_password_is_never_printed(project: Project, command: str) -> None:
    project.profile(logon_error=8017, password=SECRET)
    ran = project.command(command)
    said = one_message(ran, "DBEE-301")
    assert "[Error 8017] The UserId, Password or Account is invalid." in said
    assert "Check the user, the password and the logon mechanism" in said
    never_shown(project, *ran[1:])


def test_wrong_password_is_never_printed_by_debug(project: Project) -> None:
    project.profile(logon_error=8017, password=SECRET)
    for output in ("text", "json"):
        ran = project.run("debug", "--format", output)
        assert ran.code == 2
        never_shown(project, *ran[1:])


@pytest.mark.dbt
def test_wrong_password_is_never_printed_by_dbt(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    from dbt.cli.main import dbtRunner

    from dbee_dbt.bridge.package_root import dbt_package_root

    project.profile(logon_error=8017, password=SECRET)
    project.write("packages.yml", f"packages:\n  - local: {dbt_package_root().as_posix()}\n")
    with chdir(project.folder):
        assert dbtRunner().invoke(["deps"]).success
        ran = dbtRunner().invoke(["--debug", "run-operation", "dbee_validate"])
    assert not ran.success
    assert list(project.folder.glob("logs/*.log"))
    never_shown(project, *capsys.readouterr(), str(ran.exception))


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("view", [*READ_BY_ALL, *READ_FROM_SAVE_ON])
def test_no_right_to_read_dbc(project: Project, command: str, view: str) -> None:
    project.profile(faults=[{"error": 3523, "statement": f"DBC.{view} ", "message": f"no SELECT access to {view}"}])
    ran = project.command(command)
    if command == "validate" and view in READ_FROM_SAVE_ON and ran.code == 0:
        return  # it did not need that view
    said = one_message(ran, "DBEE-302")
    assert f"dev: [Teradata Database] [Error 3523] no SELECT access to {view}" in said
    assert "dbee-dbt debug shows what cannot be read and the GRANT that is missing" in said
    assert not (project.folder / "saved.json").exists()
    assert not (project.folder / "models/staging").exists()


def test_no_right_to_read_dbc_in_debug(project: Project) -> None:
    views = [*READ_BY_ALL, *READ_FROM_SAVE_ON]
    project.profile(faults=[{"error": 3523, "statement": f"DBC.{view} "} for view in views])
    ran = project.run("debug")
    assert ran.code == 1
    assert [line.strip() for line in ran.out.splitlines() if "GRANT" in line] == [
        f"GRANT SELECT ON DBC.{view} TO DBC;" for view in views
    ]


@pytest.mark.parametrize("command", READERS)
def test_duckdb_not_installed(project: Project, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert "pip install 'dbee-dbt[emulator]'" in one_message(project.command(command), "DBEE-301")
    assert "pip install 'dbee-dbt[emulator]'" in project.run("debug").out


@pytest.mark.parametrize("command", ["save", "generate-models"])
def test_a_database_that_does_not_exist(project: Project, command: str) -> None:
    options = {"save": ("-o", project.folder / "x.json"), "generate-models": ()}[command]
    said = one_message(project.run(command, "--objects", "SALE", *options), "DBEE-103")
    assert "SALE: there is no such database" in said and "Near are: SALES" in said


def test_a_database_that_does_not_exist_is_a_finding_of_validate(project: Project) -> None:
    project.manifest(schema="SALE")
    ran = project.command("validate")
    assert ran.code == 1
    assert "found database SALE missing" in ran.out


def test_a_database_that_went_is_a_difference_for_drift(project: Project) -> None:
    project.emulator(project.folder / "system.duckdb", "-c", "DROP TABLE SALES.T", "-c", "DROP DATABASE SALES")
    ran = project.command("drift")
    assert ran.code == 1
    assert "SALES  database removed" in ran.out and "SALES.T  table removed" in ran.out


def test_where_only_x_views_may_be_read_what_is_missing_may_be_hidden(project: Project) -> None:
    project.write("dbt_project.yml", "name: shop\nprofile: shop\nvars: {dbee: {dictionary: VX}}\n")
    project.emulator(project.folder / "system.duckdb", "-c", "DROP TABLE SALES.T")
    assert "found not visible" in project.command("validate").out
    ran = project.command("drift")
    assert ran.code == 1
    assert "not checked: SALES.T (table): not visible in td:dev, which shows only what its user may access" in ran.out
    project.command("save")
    saved = f"file:{project.folder / 'saved.json'}"
    assert "found not visible" in project.command("validate", saved).out
    assert "SALES.T (table): not visible" in project.command("drift", saved).out
