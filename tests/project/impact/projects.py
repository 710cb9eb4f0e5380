"""Small dbt projects as dbt's manifest tells of them, over catalogs of DDL."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path
from typing import Any

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.impact import Impact
from dbee_dbt.project.impact.find import impact_of
from dbee_dbt.project.manifest import load_manifest
from dbee_dbt.session.options import ProjectOptions

PACKAGE = "shop"
BUILT = "MART"
_PARENT = re.compile(r"(ref|source)\('(\w+)'(?:, *'([^']+)')?\)")


def write_project(folder: Path, written: dict[str, Any]) -> ProjectOptions:
    """A project and its manifest.

    Args:
        folder: where.
        written: ``models``, ``snapshots`` and ``tests`` as {name: SQL, or the keys of a node with ``sql``}, ``seeds``
            as {name: first line}, ``sources`` as a list of ``DATABASE.NAME`` of source ``raw``, ``exposures`` as
            {name: [models]}, ``disabled`` as a list of models, ``macros`` as {name: text}, ``vars``.
    """
    (folder / "dbt_project.yml").write_text(json.dumps({"name": PACKAGE, "vars": written.get("vars", {})}))
    nodes = {}
    for section in ("models", "snapshots", "tests"):
        for name, given in written.get(section, {}).items():
            node = _node(section[:-1], name, given if isinstance(given, dict) else {"sql": given})
            nodes[node["unique_id"]] = node
            path = folder / node["original_file_path"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(node["raw_code"] + "\n", encoding="utf-8")
    for name, line in written.get("seeds", {}).items():
        nodes[f"seed.{PACKAGE}.{name}"] = _seed(folder, name, line)
    sources = {one["unique_id"]: one for one in map(_source, written.get("sources", ()))}
    document = {
        "metadata": {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": importlib.metadata.version("dbt-core"),
            "project_name": PACKAGE,
            "adapter_type": "teradata",
        },
        "nodes": nodes,
        "sources": sources,
        "exposures": {
            f"exposure.{PACKAGE}.{name}": {
                "unique_id": f"exposure.{PACKAGE}.{name}",
                "name": name,
                "resource_type": "exposure",
                "package_name": PACKAGE,
                "depends_on": {"nodes": [f"model.{PACKAGE}.{one}" for one in models]},
            }
            for name, models in written.get("exposures", {}).items()
        },
        "disabled": {
            f"model.{PACKAGE}.{name}": [_node("model", name, {"sql": "select 1"})]
            for name in written.get("disabled", ())
        },
        "macros": {
            f"macro.{PACKAGE}.{name}": {"name": name, "package_name": PACKAGE, "macro_sql": text}
            for name, text in written.get("macros", {}).items()
        },
    }
    (folder / "target").mkdir(exist_ok=True)
    (folder / "target" / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
    return ProjectOptions(project_dir=folder)


def _node(kind: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
    given = dict(given)
    sql = str(given.pop("sql", "")).strip()
    parents = [
        f"source.{PACKAGE}.raw.{found[3]}" if found[1] == "source" else f"{_kind_of(found[2])}.{PACKAGE}.{found[2]}"
        for found in _PARENT.finditer(sql)
    ]
    folder = f"{kind}s"
    return {
        "unique_id": f"{kind}.{PACKAGE}.{name}",
        "name": name,
        "alias": name,
        "schema": BUILT,
        "resource_type": kind,
        "package_name": PACKAGE,
        "language": "sql",
        "original_file_path": f"{folder}/{name}.sql",
        "raw_code": sql,
        "config": {"materialized": "view", **given.pop("config", {})},
        "columns": {one: {"name": one, "data_type": kind} for one, kind in given.pop("columns", {}).items()},
        "depends_on": {"nodes": given.pop("parents", parents)},
        **given,
    }


def _kind_of(name: str) -> str:
    return name.partition("_")[0] if name.startswith(("seed_", "snapshot_")) else "model"


def _seed(folder: Path, name: str, line: str) -> dict[str, Any]:
    (folder / f"{name}.csv").write_text(f"{line}\n", encoding="utf-8")
    node = _node("seed", name, {"config": {"materialized": "seed"}})
    return {**node, "root_path": str(folder), "original_file_path": f"{name}.csv"}


def _source(written: str) -> dict[str, Any]:
    database, _, name = written.partition(".")
    return {
        "unique_id": f"source.{PACKAGE}.raw.{name}",
        "name": name,
        "identifier": name,
        "source_name": "raw",
        "schema": database,
        "resource_type": "source",
        "package_name": PACKAGE,
        "original_file_path": "models/sources.yml",
        "config": {},
        "columns": {},
    }


def catalog_of_ddl(folder: Path, ddl: str) -> Catalog:
    """The catalog of one file of DDL."""
    folder.mkdir(exist_ok=True)
    (folder / "all.sql").write_text(ddl, encoding="utf-8")
    return load_catalog(f"dir:{folder}", ObjectFilter(), ProjectOptions())


def impact(folder: Path, written: dict[str, Any], ddl: str, change: str) -> Impact:
    """What a change from one text of DDL to another breaks in a project."""
    options = write_project(folder, written)
    before, after = catalog_of_ddl(folder / "before", ddl), catalog_of_ddl(folder / "after", change)
    return impact_of(load_manifest(options), before, after, options)
