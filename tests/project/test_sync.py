"""A project that was brought in line is a dbt project: whatever the names, whatever the layout, real dbt reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from dbee_dbt.catalogs.saved import write_catalog
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.model.errors import GenerationError
from dbee_dbt.project.generate import Generation, GenerationOptions, GenerationSummary, generate
from dbee_dbt.project.sync import Sync, find_sync, write_sync
from dbee_dbt.project.write_files import write_files
from dbee_dbt.project.yaml.merge_files import Merged
from dbee_dbt.session.options import ProjectOptions
from tests.project.test_generated_project import dbt, hostile_catalog, make_project

EVERYTHING = ObjectFilter(("*",))


def sync(address: str, options: ProjectOptions) -> Sync:
    found = find_sync(address, EVERYTHING, GenerationOptions(), options)
    assert [str(error) for error in found.refusals] == []
    write_sync(found, options.root)
    return found


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[str, ProjectOptions]:
    """A project generated from hostile names."""
    (tmp_path / "dbt_project.yml").write_text("name: shop\nprofile: shop\n", encoding="utf-8")
    write_catalog(hostile_catalog(), tmp_path / "saved.json")
    options = ProjectOptions(project_dir=tmp_path)
    address = f"file:{tmp_path / 'saved.json'}"
    write_files(generate(address, EVERYTHING, GenerationOptions(), options).files, tmp_path, "models/staging")
    return address, options


def yaml_files(root: Path) -> dict[Path, str]:
    return {path: path.read_bytes().decode("utf-8") for path in sorted(root.rglob("models/**/*.yml"))}


def test_hostile_names_are_found_again(hostile: tuple[str, ProjectOptions]) -> None:
    address, options = hostile
    before = yaml_files(options.root)
    for path, text in before.items():
        path.write_bytes(f"# edited by hand\n{text}".encode())
    found = sync(address, options)
    assert list(found.changes) == []
    assert [note for each in found.files for note in each.notes] == []


@pytest.mark.parametrize("meanwhile", ["edited", None], ids=["edited", "deleted"])
def test_a_file_that_changes_while_the_project_is_read_is_left_alone(tmp_path: Path, meanwhile: str | None) -> None:
    file = tmp_path / "a.yml"
    if meanwhile is not None:
        file.write_text(meanwhile, encoding="utf-8")
    made = Generation(
        (), (), GenerationSummary(tables=0, views=0, columns=0, untyped=0, untested=0, unrenamed=0, skipped=())
    )
    found = Sync((Merged("a.yml", "as it was read", "in line"),), (), made)
    with pytest.raises(GenerationError, match="the file was changed while it was worked on"):
        write_sync(found, tmp_path)
    assert (file.read_text(encoding="utf-8") if file.exists() else None) == meanwhile


def test_hostile_names_are_written_again(hostile: tuple[str, ProjectOptions]) -> None:
    address, options = hostile
    before = yaml_files(options.root)
    for path, text in before.items():
        lines = text.split("\n")
        wide = max(at for at, line in enumerate(lines) if line.strip() == "columns:")
        path.write_bytes("\n".join([*lines[: wide + 1], ""]).encode())
    assert {each.path for each in sync(address, options).changes}
    after = yaml_files(options.root)
    assert {path: yaml.safe_load(text) for path, text in after.items()} == {
        path: yaml.safe_load(text) for path, text in before.items()
    }


DDL = """
CREATE DATABASE SHOP FROM DBC AS PERM = 1e6;
CREATE MULTISET TABLE SHOP.ORDERS (id INTEGER NOT NULL, note VARCHAR(10)) PRIMARY INDEX (id);
CREATE MULTISET TABLE SHOP.ITEMS (id INTEGER, amount DECIMAL(18,2)) PRIMARY INDEX (id);
COMMENT ON COLUMN SHOP.ORDERS.note IS 'a "note" {{ here }}';
"""
SOURCES = """\
sources:
- name: shop
  schema: SHOP
  tables:
  - {name: orders, identifier: ORDERS, columns: [{name: ID, tests: [not_null]}]}
"""
MODELS = """\
version: 2
models:
  - name: of_orders
    latest_version: 2
    columns: &all
      - name: id
        data_tests: [not_null]
    versions:
      - v: 1
        config: {alias: ORDERS}
      - v: 2
        defined_in: of_items
        config: {alias: ITEMS}
        columns:
          - include: all
"""


@pytest.mark.dbt
def test_dbt_reads_what_was_brought_in_line(tmp_path: Path) -> None:
    options = make_project(tmp_path / "project", {"type": "dbee", "path": str(tmp_path / "x.duckdb"), "schema": "SHOP"})
    root = options.root
    (tmp_path / "ddl.sql").write_text(DDL, encoding="utf-8")
    (root / "packages.yml").unlink()
    (root / "models" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (root / "models" / "models.yml").write_text(MODELS, encoding="utf-8")
    for name in ("of_orders_v1", "of_items"):
        (root / "models" / f"{name}.sql").write_text("select 1 as id", encoding="utf-8")
    dbt(options, "parse")
    (tmp_path / "ddl").mkdir()
    (tmp_path / "ddl.sql").rename(tmp_path / "ddl" / "shop.sql")
    found = sync(f"dir:{tmp_path / 'ddl'}", options)
    assert {each.path for each in found.changes} == {"models/models.yml"}
    manifest = columns_after_parsing(options)
    assert manifest["model.shop.of_orders.v1"] == {"id": "INTEGER", "note": "VARCHAR(10)"}
    assert manifest["model.shop.of_orders.v2"] == {"id": "INTEGER", "amount": "DECIMAL(18,2)"}


def columns_after_parsing(options: ProjectOptions) -> dict[str, Any]:
    """Types of the columns by node, as dbt reads them now."""
    dbt(options, "parse")
    manifest = json.loads((options.root / "target" / "manifest.json").read_text(encoding="utf-8"))
    nodes = {**manifest["nodes"], **manifest["sources"]}
    return {
        key: {name: column["data_type"] for name, column in node["columns"].items()}
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "source")
    }
