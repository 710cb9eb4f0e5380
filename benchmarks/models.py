"""Generating models from a schema, and validating a project against it, at 500 and 5,000 tables of 30 columns."""

from __future__ import annotations

import importlib.metadata
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from estate import catalog
from measure import Figure, median_seconds

from dbee_dbt.catalogs.saved import write_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.objects import Column, Table
from dbee_dbt.project.generate import GenerationOptions, generate
from dbee_dbt.project.manifest import SCHEMA, load_manifest
from dbee_dbt.project.validate import validate
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

SMALL, LARGE, COLUMNS = 500, 5000, 30
WRONG = 100  # in one table of so many, a third of the character columns is wider than the project says


def figures(times: int) -> list[Figure]:
    """Each figure at both sizes; the larger one has a time to stay under."""
    with tempfile.TemporaryDirectory() as folder:
        estates = [Estate(Path(folder) / str(size), size) for size in (SMALL, LARGE)]
        generated = [_figure("generate", estate, median_seconds(estate.generate, times), 15) for estate in estates]
        what = "validate, all rules, beyond loading the manifest"
        validated = [_figure(what, estate, _beyond(estate.validate, estate.load, times), 5) for estate in estates]
    return generated + validated


def _figure(what: str, estate: Estate, seconds: float, reach: float) -> Figure:
    return Figure(
        what=f"{what}: {estate.tables:,} models of {COLUMNS} columns",
        seconds=seconds,
        items=estate.tables,
        reach=reach if estate.tables == LARGE else None,
    )


def _beyond(whole: Callable[[], object], part: Callable[[], object], times: int) -> float:
    return median_seconds(whole, times) - median_seconds(part, times)


class Estate:
    """A dbt project and a saved catalog of its tables; the project's manifest is as dbt writes it."""

    def __init__(self, root: Path, tables: int) -> None:
        self.root = root
        self.tables = tables
        self.options = ProjectOptions(project_dir=root)
        self._address = f"file:{root / 'estate.json'}"
        (root / "target").mkdir(parents=True)
        (root / "dbt_project.yml").write_text("name: estate\nprofile: estate\n", encoding="utf-8")
        (root / "profiles.yml").write_text(PROFILE, encoding="utf-8")
        write_catalog(catalog("dictionary", tables, COLUMNS, changed_every=WRONG), root / "estate.json")
        manifest = json.dumps(_manifest(catalog("dictionary", tables, COLUMNS)))
        (root / "target" / "manifest.json").write_text(manifest, encoding="utf-8")
        self._wrong = tables // WRONG

    def generate(self) -> None:
        """Read the catalog, make every file, and write them."""
        into = GenerationOptions(into=f"models/{len(list(self.root.iterdir()))}")
        made = generate(self._address, ObjectFilter(include=("*",)), into, self.options)
        write_files(made.files, self.root, into.into, overwrite=True, dry_run=False)

    def load(self) -> None:
        """Load the manifest."""
        load_manifest(self.options)

    def validate(self) -> None:
        """Load the manifest and the catalog, and run every rule; what is wrong must be found."""
        found = validate(self._address, self.options)
        nodes = {finding.node for finding in found.findings if finding.rule == "column_type"}
        assert len(nodes) == self._wrong, (len(nodes), self._wrong)


PROFILE = "estate:\n  target: dev\n  outputs:\n    dev: {type: dbee, path: none.duckdb, schema: DEV}\n"


def _manifest(estate: Catalog) -> dict[str, Any]:
    metadata = {
        "dbt_schema_version": SCHEMA,
        "dbt_version": importlib.metadata.version("dbt-core"),
        "project_name": "estate",
        "adapter_type": "dbee",
    }
    tables = [found for found in estate if isinstance(found, Table)]
    nodes = [_node(table, tables[number - number % 10]) for number, table in enumerate(tables)]
    return {"metadata": metadata, "nodes": {node["unique_id"]: node for node in nodes}, "sources": {}}


def _sql(table: Table, first: Table) -> str:
    """One model in ten casts what it loads, the others read it."""
    if table is first:
        casts = (
            f"cast({column.name} as {column.type and column.type.text}) as {column.name}" for column in table.columns
        )
        return f"select\n    {','.join(casts)}\nfrom raw.{table.name}"
    pairs = zip(first.columns, table.columns, strict=True)
    names = (f"x.{one.name} as {other.name}" for one, other in pairs)
    return f"select\n    {','.join(names)}\nfrom {{{{ ref('{first.name.lower()}') }}}} as x"


def _described(column: Column) -> dict[str, Any]:
    """A column with every key that dbt writes."""
    return {
        "name": column.name,
        "description": "",
        "meta": {},
        "data_type": column.type.text if column.type else None,
        "constraints": [],
        "quote": None,
        "config": {"meta": {}, "tags": []},
        "tags": [],
        "granularity": None,
        "dimension": None,
        "entity": None,
        "doc_blocks": [],
    }


def _node(table: Table, first: Table) -> dict[str, Any]:
    columns = {column.name: _described(column) for column in table.columns}
    return {
        "unique_id": f"model.estate.{table.name.lower()}",
        "name": table.name.lower(),
        "alias": table.name,
        "schema": table.database,
        "database": "",
        "resource_type": "model",
        "package_name": "estate",
        "original_file_path": f"models/{table.name.lower()}.sql",
        "raw_code": _sql(table, first),
        "patch_path": None,
        "config": {"materialized": "table", "contract": {"enforced": False}, "meta": {}},
        "meta": {},
        "tags": [],
        "fqn": ["estate", table.name.lower()],
        "depends_on": {"macros": [], "nodes": []},
        "columns": columns,
        "constraints": [],
    }
