"""Loads become proposals: the cases stand in loads.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dbee_dbt.model.objects import CodeObject
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
        models = (file for file in found.files if file.path.endswith(".sql"))
        files = {f"model {Path(file.path).stem}": file.text for file in models}
        refused = "\n".join(f"{one.file}:{one.line}: {one.what}" for one in found.not_proposed)
        return files | ({"not proposed": refused} if refused else {})

    check(FILE, made, scenario)


def test_the_columns_of_the_table_stand_in_the_yaml_of_its_proposal(tmp_path: Path) -> None:
    catalog = catalog_of_ddl(tmp_path, scenarios(FILE)[0].ddl)
    sink = sink_of(catalog, generated_from(catalog, HOW, None, frozenset()).names)
    found = propose(catalog, (), [loads_of_script("x", "INSERT INTO S.P SELECT ID, 1 FROM S.SRC;")], HOW, sink)
    assert found.files[-1].path == "models/proposals/_proposals.yml"
    assert YAML(typ="safe").load(found.files[-1].text)["models"] == [
        {
            "name": "load_S__P",
            "columns": [
                {"name": "ID", "data_type": "INTEGER"},
                {"name": "Order", "quote": True, "data_type": "INTEGER"},
            ],
        }
    ]


def test_dynamic_sql_of_a_procedure_is_pointed_out(tmp_path: Path) -> None:
    code = "CREATE PROCEDURE S.R () BEGIN CALL DBC.SYSEXECSQL('DELETE FROM ' || t); END;"
    catalog = catalog_of_ddl(tmp_path, scenarios(FILE)[0].ddl + code)
    procedures = [found for found in catalog if isinstance(found, CodeObject)]
    (refused,) = propose(catalog, procedures, (), HOW, sink_of(catalog, ())).not_proposed
    assert refused.what.startswith("procedure S.R: dynamic SQL at 1:")
