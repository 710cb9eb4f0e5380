"""dbt's public adapter test suite, set up for the emulator: each class gets a system of its own in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.factory import reset_adapters
from dbt.tests.fixtures.project import *  # noqa: F403 - the suite's fixtures, by their names

from dbee_dbt.emulator import connect
from tests.adapter.alarms import wrong_names
from tests.adapter.report import base_of, left_out

# The suite's grants tests read the names of three users from here.
USERS = {f"DBT_TEST_USER_{number}": f"dbt_test_user_{number}" for number in (1, 2, 3)}
os.environ.update(USERS)


@pytest.fixture(scope="class")
def dbt_profile_target(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A target on a new system with three users; what an earlier run of dbt in this process left is forgotten."""
    reset_adapters()
    path = tmp_path_factory.mktemp("emulator") / "system.duckdb"
    with connect(path=str(path)) as connection, connection.cursor() as cursor:
        for user in USERS.values():
            cursor.execute(f"CREATE USER {user} AS PERMANENT = 1e6, PASSWORD = {user}")
    return {"type": "dbee", "path": str(path), "user": "dbc", "threads": 4}


@pytest.fixture(scope="class")
def logs_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """dbt's logs lie in a temporary folder and not in the checkout."""
    folder = tmp_path_factory.mktemp("logs")
    os.environ["DBT_LOG_PATH"] = str(folder)
    yield str(folder)
    del os.environ["DBT_LOG_PATH"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of left_out.yml must fail, so that one that passes is noticed; every test says which class of dbt's it is."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent != here or not isinstance(item, pytest.Function) or item.cls is None:
            continue
        base = base_of(item.cls)
        if base is None:
            continue
        item.add_marker(pytest.mark.adapter)
        item.user_properties.append(("dbt class", base))
        reason = left_out().get(f"{item.cls.__name__}.{item.originalname}")
        if reason is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.fixture(scope="class", autouse=True)
def no_false_alarm(request: pytest.FixtureRequest) -> Iterator[None]:
    """After the tests of a class: no model that dbt has just built names anything that is not there."""
    if request.cls is None:  # a test of our own, without a project of the suite
        yield
        return
    project, target = request.getfixturevalue("project"), request.getfixturevalue("dbt_profile_target")
    yield
    root = Path(project.project_root)
    if (root / "target" / "manifest.json").exists():
        assert wrong_names(root, Path(str(project.profiles_dir)), target["path"]) == []
