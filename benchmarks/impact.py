"""What a change of 100 tables of 1,000 breaks in a project of 5,000 models of 30 columns."""

from __future__ import annotations

import importlib.metadata
import json
import tempfile
from pathlib import Path
from typing import Any

from measure import Figure, median_seconds

from dbee_dbt.model.catalog import Catalog, catalog_of
from dbee_dbt.model.objects import Column, Table
from dbee_dbt.model.types import DataType
from dbee_dbt.project.impact.find import impact_of
from dbee_dbt.project.manifest import SCHEMA, load_manifest
from dbee_dbt.session.options import ProjectOptions

TABLES, COLUMNS, CHANGED, A_TABLE = 1000, 30, 100, 5
_NAMES = [f"COL_{at}" for at in range(COLUMNS)]


def figures(times: int) -> list[Figure]:
    """One figure: the manifest is loaded, and the change followed through models that name every column."""
    with tempfile.TemporaryDirectory() as folder:
        options = _project(Path(folder))
        before, after = _catalog(0), _catalog(CHANGED)

        def run() -> None:
            found = impact_of(load_manifest(options), before, after, options)
            assert sum(one.is_direct for one in found.breaks) == CHANGED

        seconds = median_seconds(run, times)
    models = TABLES * A_TABLE
    what = f"impact: {models:,} models of {COLUMNS} columns, {CHANGED} of {TABLES:,} tables changed"
    return [Figure(what=what, seconds=seconds, items=models, reach=10)]


def _catalog(changed: int) -> Catalog:
    """The tables; of the first so many, the last column is gone and the first is wider."""
    return catalog_of("bench:", (_table(number, number < changed) for number in range(TABLES)))


def _table(number: int, is_changed: bool) -> Table:
    kinds = [DataType("VARCHAR", length=20 if is_changed and not at else 10, charset="LATIN") for at in range(COLUMNS)]
    columns = tuple(Column(name=name, type=kind) for name, kind in zip(_NAMES, kinds, strict=True))
    return Table(database="RAW", name=f"T{number}", columns=columns[:-1] if is_changed else columns)


def _project(folder: Path) -> ProjectOptions:
    (folder / "dbt_project.yml").write_text("name: bench\nprofile: bench\n", encoding="utf-8")
    nodes = [node for number in range(TABLES) for node in _models(number)]
    sources = [_source(number) for number in range(TABLES)]
    metadata = {
        "dbt_schema_version": SCHEMA,
        "dbt_version": importlib.metadata.version("dbt-core"),
        "project_name": "bench",
        "adapter_type": "teradata",
    }
    document = {
        "metadata": metadata,
        "nodes": {node["unique_id"]: node for node in nodes},
        "sources": {source["unique_id"]: source for source in sources},
    }
    (folder / "target").mkdir()
    (folder / "target" / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
    return ProjectOptions(project_dir=folder)


def _models(number: int) -> list[dict[str, Any]]:
    """A staging model of a table, three that work on it, and one that joins two of them."""
    staging = f"select {', '.join(_NAMES)} from {{{{ source('raw', 'T{number}') }}}}"
    work = ", ".join(f"upper(x.{name}) as {name}" for name in _NAMES)
    found = [_node(f"stg_{number}", staging, f"source.bench.raw.T{number}")]
    for step in range(A_TABLE - 2):
        sql = f"select {work} from {{{{ ref('stg_{number}') }}}} as x"
        found.append(_node(f"int_{number}_{step}", sql, f"model.bench.stg_{number}"))
    left, right = f"int_{number}_0", f"int_{(number + 1) % TABLES}_1"
    joined = f"select a.*, b.COL_1 as x from {{{{ ref('{left}') }}}} as a, {{{{ ref('{right}') }}}} as b"
    return [*found, _node(f"mart_{number}", joined, f"model.bench.{left}", f"model.bench.{right}")]


def _node(name: str, sql: str, *parents: str) -> dict[str, Any]:
    return {
        "unique_id": f"model.bench.{name}",
        "name": name,
        "alias": name,
        "schema": "MART",
        "resource_type": "model",
        "package_name": "bench",
        "original_file_path": f"models/{name}.sql",
        "raw_code": sql,
        "config": {"materialized": "view"},
        "columns": {},
        "depends_on": {"nodes": list(parents)},
    }


def _source(number: int) -> dict[str, Any]:
    return {
        "unique_id": f"source.bench.raw.T{number}",
        "name": f"T{number}",
        "identifier": f"T{number}",
        "source_name": "raw",
        "schema": "RAW",
        "resource_type": "source",
        "package_name": "bench",
        "original_file_path": "models/sources.yml",
        "config": {},
        "columns": {},
    }
