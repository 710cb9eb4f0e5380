"""Sessions that cannot be opened, and what a user reads then."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from dbee_dbt.model.errors import ConnectionFailedError, DatabaseQueryError
from dbee_dbt.session.connect import open_session
from dbee_dbt.session.profile import Target, load_target
from tests.session.projects import write_project


@pytest.fixture
def real(tmp_path: Path) -> Target:
    """A target for the real driver, on a port where nobody listens."""
    return load_target(replace(write_project(tmp_path), target="prod"))


def test_closed_port_with_the_real_driver(real: Target) -> None:
    target = replace(real, arguments={**real.arguments, "logmech": "TD2", "sslmode": "DISABLE"})
    with pytest.raises(ConnectionFailedError, match=r"Failed to connect to 127\.0\.0\.1") as raised:
        open_session(target)
    assert raised.value.teradata_code is None
    assert "gosqldriver" not in str(raised.value)
    assert raised.value.hint is not None and "host and the port" in raised.value.hint


def test_unreachable_host(real: Target) -> None:
    arguments = {**real.arguments, "host": "no-such-host.invalid", "logmech": "TD2"}
    with pytest.raises(ConnectionFailedError, match="no-such-host"):
        open_session(replace(real, arguments=arguments))


@pytest.fixture
def emulated(tmp_path: Path) -> Target:
    return load_target(write_project(tmp_path))


def test_wrong_password(emulated: Target) -> None:
    arguments = {**emulated.arguments, "logon_error": 8017, "password": "s3cret"}
    with pytest.raises(ConnectionFailedError, match=r"\[Error 8017\]") as raised:
        open_session(replace(emulated, arguments=arguments))
    assert raised.value.teradata_code == 8017
    assert "s3cret" not in str(raised.value)


def test_duckdb_not_installed(emulated: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ConnectionFailedError, match=r"pip install 'dbee-dbt\[emulator\]'"):
        open_session(emulated)


def test_a_file_that_is_no_emulator_s(emulated: Target) -> None:
    Path(emulated.host).write_text("something else")
    with pytest.raises(ConnectionFailedError, match="not a file of the emulator"):
        open_session(emulated)


def test_a_session_counts_its_requests_and_names_this_tool(emulated: Target) -> None:
    with open_session(emulated) as session:
        (row,) = session.rows("SELECT 1 AS Abc")
        assert list(row) == ["abc"]
        assert session.requests == 1
        (band,) = session.rows("sel GetQueryBand();")[0].values()
    assert "appname=dbee-dbt;" in band


def test_a_query_that_fails_keeps_the_error_number(emulated: Target) -> None:
    target = replace(emulated, arguments={**emulated.arguments, "user": "etl"})
    with open_session(target) as session, pytest.raises(DatabaseQueryError, match=r"\[Error 3807\]") as raised:
        session.rows('SELECT a FROM "etl".t_26310')
    assert raised.value.teradata_code == 3807


def test_an_argument_that_the_driver_refuses_is_not_shown_if_it_is_secret(real: Target) -> None:
    arguments = {**real.arguments, "logmech": "TD2", "sslmode": "s3cret'pass"}
    with pytest.raises(ConnectionFailedError) as raised:
        open_session(replace(real, arguments=arguments))
    assert "s3cret" not in str(raised.value)
