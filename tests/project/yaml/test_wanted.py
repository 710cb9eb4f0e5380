"""Generated YAML is cut into entries by its lines; the cuts are those that a YAML parser finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.generate import GenerationOptions, generate
from dbee_dbt.project.yaml.wanted import Wanted, WantedFile, wanted_file
from dbee_dbt.session.options import ProjectOptions

SHOP = Path(__file__).parents[1] / "shop" / "ddl"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[WantedFile]:
    root = tmp_path_factory.mktemp("project")
    made = generate(f"dir:{SHOP}", ObjectFilter(), GenerationOptions(), ProjectOptions(project_dir=root))
    return [wanted_file(file.path, file.text) for file in made.files if file.path.endswith(".yml")]


def loaded(text: str) -> list[Any]:
    return list(yaml.load(text, yaml.CSafeLoader))


def test_the_cuts_are_the_entries(files: list[WantedFile]) -> None:
    assert {bool(file.models) for file in files} == {bool(file.sources) for file in files} == {True, False}
    for file in files:
        whole = yaml.load(file.text, yaml.CSafeLoader)
        assert [entry for model in file.models for entry in loaded(model.text)] == whole.get("models", [])
        assert [model.name for model in file.models] == [entry["name"] for entry in whole.get("models", [])]
        for source, entry in zip(file.sources, whole.get("sources", []), strict=True):
            tables = entry.pop("tables")
            assert loaded(source.head) == [entry]
            assert [each for table in source.tables.values() for each in loaded(table.text)] == tables
            names = [(table.name, table.identifier) for table in source.tables.values()]
            assert names == [(table["name"], table.get("identifier", table["name"])) for table in tables]


def test_the_columns_are_cut_out_of_their_entry(files: list[WantedFile]) -> None:
    entries = [model for file in files for model in file.models]
    entries += [table for file in files for source in file.sources for table in source.tables.values()]
    for entry in [*entries, Wanted(WITH_A_TAIL, "m", "m")]:
        [whole] = loaded(entry.text)
        head, columns = entry.parts
        cut = [each for column in columns for each in loaded(column.text)]
        assert cut == whole.get("columns", [])
        assert [column.name for column in columns] == [column["name"] for column in cut]
        assert [key.value for key, _ in head.pairs] == [key for key in whole if key != "columns"]


WITH_A_TAIL = """\
  - name: m
    constraints:
      - type: primary_key
        columns: [a]
    columns:
      - name: a
        data_tests:
          - unique
      - name: "b c"
    versions:
      - v: 1
"""


def test_a_file_with_all_of_its_models_is_the_file(files: list[WantedFile]) -> None:
    for file in files:
        if file.models:
            assert file.with_models(list(file.models)) == file.text
