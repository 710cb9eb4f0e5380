"""Views become models: the cases stand in views.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.project.conversion.generation import converted_from
from dbee_dbt.project.generate import GenerationOptions
from dbee_dbt.session.options import ProjectOptions
from tests.project.conversion.scenarios import Scenario, check, scenarios

FILE = "views.txt"
HOW = GenerationOptions(into="models", prefix="")
_, *CASES = scenarios(FILE)


def catalog_of_ddl(folder: Path, ddl: str) -> Catalog:
    (folder / "ddl.sql").write_text(ddl, encoding="utf-8")
    return load_catalog(f"dir:{folder}", ObjectFilter(), ProjectOptions(project_dir=folder))


@pytest.mark.parametrize("scenario", CASES, ids=[case.title for case in CASES])
def test_a_view_becomes_a_model(scenario: Scenario, tmp_path: Path) -> None:
    def made(common: Scenario, case: Scenario) -> dict[str, str]:
        generation, conversion = converted_from(catalog_of_ddl(tmp_path, common.ddl + case.ddl), HOW)
        names = {one.path: one.model for one in generation.names if one.converted}
        found = {f"model {names[file.path]}": file.text for file in generation.files if file.path in names}
        said = {
            "not converted": [f"{one.line}: {one.what}" for one in conversion.not_converted],
            "left as written": [f"{one.view}: {one.name}" for one in conversion.left],
        }
        return found | {heading: "\n".join(lines) for heading, lines in said.items() if lines}

    check(FILE, made, scenario)
