"""The composite action, step by step, as a runner of GitHub Actions runs it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.runs.shop import ROOT, bash, is_shown, write_shop

pytestmark = pytest.mark.dbt

ACTION = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
GITHUB = {"github.action_path": "/action", "github.repository": "us/shop"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    (folder / ".git").mkdir()
    write_shop(folder / "dbt")
    return folder


def step(name: str, folder: Path, inputs: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """Run one step with the environment that the action gives it."""
    values = {key: str(given.get("default", "")) for key, given in ACTION["inputs"].items()} | inputs
    context = {**GITHUB, **{f"inputs.{key}": value for key, value in values.items()}}
    found = {key: rendered(text, {**context, **more}) for key, text in STEPS[name].get("env", {}).items()}
    variables = {key: value for key, value in more.items() if key.startswith("GITHUB_")}
    return bash(STEPS[name]["run"], folder, **found, **variables)


def rendered(text: str, context: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: context.get(match.group(1), ""), text)


def test_no_script_holds_an_expression() -> None:
    for each in ACTION["runs"]["steps"]:
        assert "${{" not in each["run"], each["name"]
        assert each["shell"] == "bash"


def test_a_failing_run(repository: Path) -> None:
    inputs = {
        "against": "dir:dbt/ddl",
        "project-dir": "dbt",
        "profiles-dir": "dbt",
        "sarif": "dbee.sarif",
        "junit": "out/junit.xml",
    }
    assert step("Parse the project", repository, inputs).returncode == 0
    done = step("Validate", repository, inputs, GITHUB_STEP_SUMMARY=str(repository / "summary.md"))
    assert done.returncode == 1, done.stderr
    assert is_shown(done.stdout), done.stdout
    assert "#### 1 error" in (repository / "summary.md").read_text(encoding="utf-8")
    sarif: Any = json.loads((repository / "dbee.sarif").read_text(encoding="utf-8"))
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "dbt/models/orders.yml"
    assert (repository / "out/junit.xml").exists()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"select": "orders; $(touch owned)"}, ""),
        ({"changed-since": "--output=owned"}, "--changed-since needs a revision"),
    ],
)
def test_an_input_is_never_a_command(repository: Path, inputs: dict[str, str], said: str) -> None:
    if not (repository / "dbt/target/manifest.json").exists():
        assert step("Parse the project", repository, {"project-dir": "dbt", "profiles-dir": "dbt"}).returncode == 0
    done = step(
        "Validate", repository, {"against": "dir:dbt/ddl", "project-dir": "dbt", "profiles-dir": "dbt", **inputs}
    )
    assert done.returncode == 2 and said in done.stderr, done.stdout + done.stderr
    assert list(repository.rglob("owned")) == []


@pytest.mark.parametrize(
    ("against", "head", "code"),
    [
        ("td:prod", "stranger/shop", 2),
        ("", "stranger/shop", 2),
        ("td:prod", "us/shop", 0),
        ("td:prod", "", 0),
        ("file:prod.json", "stranger/shop", 0),
        ("dir:ddl", "stranger/shop", 0),
    ],
)
def test_a_fork_gets_no_system(tmp_path: Path, against: str, head: str, code: int) -> None:
    more = {"github.event.pull_request.head.repo.full_name": head}
    done = step("Refuse a system to a fork", tmp_path, {"against": against}, **more)
    assert done.returncode == code
    assert ("::error title=dbee-dbt::" in done.stdout) == (code == 2)


def test_it_installs_its_own_version(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    script = f'PATH="{tmp_path}:$PATH"; {STEPS["Install dbee-dbt"]["run"]}'
    done = bash(script, tmp_path, DBEE_SOURCE="/a b/$(touch owned)")
    assert done.stdout.splitlines() == ["-m", "pip", "install", "--quiet", "--", "/a b/$(touch owned)"]
