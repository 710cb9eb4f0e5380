"""Projects, schemas and changes as a file tells them, and what `dbee-dbt impact` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dbee_dbt.report.impact import impact_text
from tests.project.impact.projects import impact

SCENARIOS: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "scenarios.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_a_scenario(scenario: dict[str, Any], tmp_path: Path) -> None:
    found = impact(tmp_path, scenario, scenario["ddl"], scenario["change"])
    report = "\n".join(line.plain for line in impact_text(found)).partition("\n\n")[2]
    assert report.rstrip("\n") == scenario["report"].rstrip("\n")
    assert found.exit_code == ("broken" in report or "not checked" in report)
