"""A target of `type: dbee`: what it needs, what it may say, and what it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt.cli.main import dbtRunner, dbtRunnerResult

from dbt.adapters.dbee import DbeeCredentials
from dbt.adapters.dbee.connections import SETTINGS

pytestmark = pytest.mark.dbt

Run = Callable[..., dbtRunnerResult]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a dbt command in a project of one model, on a target with these further keys."""
    monkeypatch.chdir(tmp_path)
    project = {"name": "shop", "profile": "shop", "flags": {"send_anonymous_usage_stats": False}}
    (tmp_path / "dbt_project.yml").write_text(yaml.safe_dump(project), encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "one.sql").write_text("select 1 as one", encoding="utf-8")

    def invoke(*command: str, **keys: Any) -> dbtRunnerResult:
        target = {"type": "dbee", "path": "shop.duckdb", "schema": "shop"} | keys
        profile = {"shop": {"target": "dev", "outputs": {"dev": target}}}
        (tmp_path / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
        return dbtRunner().invoke([*command, "--profiles-dir", "."])

    return invoke


def messages(result: dbtRunnerResult) -> str:
    """What failed, as dbt says it."""
    nodes = getattr(result.result, "results", [])
    return "\n".join([str(result.exception), *(str(node.message) for node in nodes)])


def test_type_path_and_schema_are_enough(run, capfd):
    assert run("debug").success
    assert run("build").success
    shown = capfd.readouterr().out
    assert "Connection test: [\x1b[32mOK connection ok\x1b[0m]" in shown
    assert Path("shop.duckdb").is_file()


def test_a_target_without_a_path_is_refused(run):
    result = run("build", path="")
    assert not result.success
    assert "needs 'path'" in messages(result)


def test_a_value_that_a_setting_cannot_have_is_refused(run):
    assert "charset" in messages(run("build", charset="utf8"))


def test_an_error_at_logon_can_be_had(run):
    assert "[Error 8017]" in messages(run("build", logon_error=8017))


def test_errors_of_statements_can_be_had_and_end(run):
    faults = [{"error": 2631, "statement": "replace view .*one", "times": 1}]
    first = run("build", faults=faults)
    assert "[Teradata Database] [Error 2631]" in messages(first)
    assert run("build").success


def test_python_models_are_refused_by_name(run):
    Path("models/two.py").write_text("def model(dbt, session):\n    return dbt.ref('one')\n", encoding="utf-8")
    assert "not emulated: Python models (model.shop.two)" in messages(run("build"))


def test_without_duckdb_it_says_what_to_install(run, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "duckdb"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    text = messages(run("build"))
    assert "dbee-dbt[emulator]" in text


def test_a_teradata_target_may_keep_its_keys():
    credentials = DbeeCredentials.from_dict(
        {"path": "shop.duckdb", "schema": "shop", "host": "td", "user": "ada", "password": "x", "logmech": "LDAP"}
    )
    assert (credentials.type, credentials.username, credentials.logmech) == ("dbee", "ada", None)


def test_debug_shows_the_settings_and_no_password():
    keys = DbeeCredentials.from_dict({"path": "p", "schema": "s", "password": "secret"})._connection_keys()
    assert {"path", "schema", "user", "tmode", *SETTINGS} == set(keys)


def test_the_page_lists_every_key():
    page = (Path(__file__).parents[2] / "docs" / "emulator.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in ("user", "tmode", *SETTINGS))
