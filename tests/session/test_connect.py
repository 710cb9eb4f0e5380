"""Sessions that cannot be opened, and what a user reads then."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dbee_dbt.model.errors import ConnectionFailedError
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


def test_an_argument_that_the_driver_refuses_is_not_shown_if_it_is_secret(real: Target) -> None:
    arguments = {**real.arguments, "logmech": "TD2", "sslmode": "s3cret'pass"}
    with pytest.raises(ConnectionFailedError) as raised:
        open_session(replace(real, arguments=arguments))
    assert "s3cret" not in str(raised.value)
