"""Loads become proposals: the cases stand in loads.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.project.conversion.loads import loads_of_script
from dbee_dbt.project.conversion.propose import propose
from dbee_dbt.project.conversion.relations import sink_of
from dbee_dbt.project.generate import GenerationOptions, generated_from
from tests.project.conversion.scenarios import Scenario, check, scenarios
from tests.project.conversion.test_views import catalog_of_ddl

FILE = "loads.txt"
HOW = GenerationOptions(into="models")
_, *CASES = scenarios(FILE)


@pytest.mark.parametrize("scenario", CASES, ids=[case.title for case in CASES])
def test_a_load_becomes_a_proposal(scenario: Scenario, tmp_path: Path) -> None:
    def made(common: Scenario, case: Scenario) -> dict[str, str]:
        catalog = catalog_of_ddl(tmp_path, common.ddl)
        sink = sink_of(catalog, generated_from(catalog, HOW, None, frozenset()).names)
        found = propose(catalog, (), [loads_of_script("load.bteq", case.ddl)], HOW, sink)
        files = {f"model {Path(file.path).stem}": file.text for file in found.files}
        refused = "\n".join(f"{one.file}:{one.line}: {one.what}" for one in found.not_proposed)
        return files | ({"not proposed": refused} if refused else {})

    check(FILE, made, scenario)
