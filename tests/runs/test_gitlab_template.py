"""The job for GitLab, run with its script and its variables."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from tests.runs.shop import ROOT, bash, is_shown, write_shop

pytestmark = pytest.mark.dbt

SPEC, JOBS = YAML(typ="safe", pure=True).load_all((ROOT / "templates/validate.yml").read_text(encoding="utf-8"))
JOB = JOBS["dbee-validate"]


def job(folder: Path, inputs: dict[str, str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the job as GitLab's runner does: inputs filled in, variables set, one script of all lines."""
    values = {key: str(given.get("default", "")) for key, given in SPEC["spec"]["inputs"].items()} | inputs
    filled: dict[str, Any] = {
        key: re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: values[match.group(1)], text)
        for key, text in JOB["variables"].items()
    }
    return bash("\n".join(JOB["script"]), folder, **filled, **variables)


def test_no_script_holds_an_input() -> None:
    assert not any("$[[" in line for line in JOB["script"])


def test_a_failing_run(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_shop(tmp_path / "dbt")
    done = job(tmp_path, {"against": "dir:dbt/ddl", "project-dir": "dbt", "profiles-dir": "dbt", "install": ""})
    assert done.returncode == 1, done.stderr
    assert is_shown(done.stdout), done.stdout
    reports = JOB["artifacts"]["reports"]
    (issue,) = json.loads((tmp_path / reports["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"] == {"path": "dbt/models/orders.yml", "lines": {"begin": 6}}
    assert ElementTree.parse(tmp_path / reports["junit"]).getroot().get("failures") == "1"


@pytest.mark.parametrize(("source", "code"), [("2", 2), ("1", 3)])
def test_a_fork_gets_no_system(tmp_path: Path, source: str, code: int) -> None:
    ids = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": source, "CI_MERGE_REQUEST_PROJECT_ID": "1"}
    guard, *_ = JOB["script"]
    done = bash(f"{guard}\nexit 3", tmp_path, DBEE_AGAINST="td:prod", **ids)
    assert done.returncode == code
