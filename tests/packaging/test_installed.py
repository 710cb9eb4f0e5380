"""The distribution, installed as a user does, runs the whole workflow from a folder that knows nothing of the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.conftest import ROOT, Environment, run

pytestmark = [pytest.mark.packaging, pytest.mark.dbt]

CODES = {
    "load": 0,
    "deps": 0,
    "generate": 0,
    "build": 0,
    "run-operation": 0,
    "validate": 0,
    "save": 0,
    "no drift": 0,
    "alter": 0,
    "drift": 1,
}


def workflow(environment: Environment, folder: Path) -> dict[str, Any]:
    """Run the workflow in an empty folder; what it reports."""
    script = folder / "workflow.py"
    script.write_text((Path(__file__).parent / "workflow.py").read_text(encoding="utf-8"), encoding="utf-8")
    run([str(environment.python), "-I", str(script)], folder)
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


@pytest.fixture(scope="module")
def from_wheel(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return workflow(environment, tmp_path_factory.mktemp("from_wheel"))


@pytest.fixture(scope="module")
def from_checkout(
    from_wheel: dict[str, Any], environment: Environment, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The same environment, the wheel replaced by an editable install; so it comes second."""
    environment.install("--no-deps", "--force-reinstall", "--editable", str(ROOT))
    return workflow(environment, tmp_path_factory.mktemp("from_checkout"))


def test_the_wheel_runs_the_whole_workflow(from_wheel):
    assert from_wheel["codes"] == CODES


def test_nothing_of_the_checkout_is_read_by_the_installed_wheel(from_wheel):
    read = {from_wheel["package"], *from_wheel["modules"], *from_wheel["opened"]}
    assert [path for path in read if Path(path).is_relative_to(ROOT)] == []
    assert any(path.endswith("_dbt_package") for path in read)


def test_the_editable_install_runs_the_whole_workflow(from_checkout):
    assert from_checkout["codes"] == CODES
    assert from_checkout["package"] == str(ROOT)


def test_the_wheel_carries_the_dbt_package_the_adapter_and_the_type_marker(wheel: Path):
    import zipfile

    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {
        path.relative_to(ROOT).as_posix()
        for folder in ("macros", "validators", "generators")
        for path in ROOT.glob(f"{folder}/**/*.sql")
    }
    assert {f"dbee_dbt/_dbt_package/{name}" for name in sources} <= names
    assert {"dbee_dbt/py.typed", "dbee_dbt/_dbt_package/dbt_project.yml", "dbt/include/dbee/dbt_project.yml"} <= names
    assert not names & {"dbt/__init__.py", "dbt/adapters/__init__.py", "dbt/include/__init__.py"}
    assert not [name for name in names if name.startswith(("tests/", "examples/", "macros/"))]
