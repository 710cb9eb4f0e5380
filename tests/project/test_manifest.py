"""manifest.json is read, checked and searched; never made."""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.model.errors import ConfigurationError, ManifestError
from dbee_dbt.project.manifest import downstream, load_manifest
from dbee_dbt.project.places import Place, Places
from dbee_dbt.session.options import ProjectOptions

DBT = importlib.metadata.version("dbt-core")
SCHEMA = "https://schemas.getdbt.com/dbt/manifest/v12.json"
YAML = """\
version: 2
sources:
  - name: raw
    tables:
      - name: other
      - name: orders
        columns:
          - name: id
          - name: Amount
models:
  - name: stg_orders
    columns: [{name: id},
              {name: total}]
  - name: versioned
    versions:
      - v: 1
        columns:
          - {name: id}
"""


def node(unique_id: str, **values: Any) -> dict[str, Any]:
    kind, package, *_, name = unique_id.split(".")
    return {
        "unique_id": unique_id,
        "resource_type": kind,
        "package_name": package,
        "name": name,
        "schema": "SALES",
        "alias": name,
        "original_file_path": f"models/{name}.sql",
        "patch_path": f"{package}://models/shop.yml",
        "config": {"materialized": "view"},
        "columns": {},
        "depends_on": {"nodes": []},
        **values,
    }


SOURCE = node(
    "source.shop.raw.orders",
    source_name="raw",
    identifier="ORDERS",
    schema="Raw",
    original_file_path="models/shop.yml",
    patch_path=None,
)
NODES = [
    node("model.shop.stg_orders", depends_on={"nodes": [SOURCE["unique_id"]]}),
    node("model.shop.revenue", depends_on={"nodes": ["model.shop.stg_orders"]}, patch_path=None, schema="sales"),
    node("model.shop.cte", config={"materialized": "ephemeral"}, schema="NOWHERE"),
    node("model.shop.versioned"),
    node("model.pack.theirs", schema="PACK"),
    node("test.shop.unique_id", depends_on={"nodes": ["model.shop.stg_orders"]}),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dbt project with a manifest."""
    (tmp_path / "dbt_project.yml").write_text("name: shop\nprofile: shop\n", encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "shop.yml").write_text(YAML, encoding="utf-8")
    for each in NODES:
        (tmp_path / each["original_file_path"]).write_text("select 1", encoding="utf-8")
    write(tmp_path)
    return tmp_path


def write(project: Path, **metadata: str) -> Path:
    document = {
        "metadata": {"dbt_schema_version": SCHEMA, "dbt_version": DBT, "project_name": "shop", **metadata},
        "nodes": {each["unique_id"]: each for each in NODES},
        "sources": {SOURCE["unique_id"]: SOURCE},
        "exposures": {"exposure.shop.board": {"depends_on": {"nodes": ["model.shop.revenue"]}}},
        "disabled": {"model.shop.old": [node("model.shop.old")]},
        "macros": {"ignored": 1},
    }
    path = project / "target" / "manifest.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def options(project: Path) -> ProjectOptions:
    return ProjectOptions(project_dir=project)


def refused(project: Path) -> str:
    with pytest.raises(ManifestError) as caught:
        load_manifest(options(project))
    return str(caught.value)


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no dbt project here") as caught:
        load_manifest(options(tmp_path))
    assert "--project-dir" in str(caught.value)


def test_a_project_file_that_is_no_yaml(tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("name: [shop", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the file is not YAML"):
        load_manifest(options(tmp_path))


def test_a_project_file_that_names_no_project(tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("profile: shop", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the file names no project"):
        load_manifest(options(tmp_path))


def test_no_manifest(project: Path) -> None:
    (project / "target" / "manifest.json").unlink()
    message = refused(project)
    assert "there is no manifest" in message
    assert "`dbt parse`" in message


def test_a_manifest_of_another_dbt_version(project: Path) -> None:
    write(project, dbt_version="1.9.4")
    assert f"dbt 1.9.4 wrote the manifest, and dbt {DBT} is installed" in refused(project)


def test_a_manifest_of_another_patch_release_is_fine(project: Path) -> None:
    write(project, dbt_version=".".join([*DBT.split(".")[:2], "99"]))
    assert load_manifest(options(project)).project_name == "shop"


def test_a_manifest_of_another_schema(project: Path) -> None:
    write(project, dbt_schema_version="https://schemas.getdbt.com/dbt/manifest/v11.json")
    assert "the manifest is of schema v11, and v12 is read here" in refused(project)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"metadata": {}, "nodes": [], "sources": {}}', '{"a": "\ud800"}'])
def test_a_file_that_is_no_manifest(project: Path, text: str) -> None:
    (project / "target" / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert "this is no manifest of dbt" in refused(project)


def test_a_manifest_older_than_a_file_of_the_project(project: Path) -> None:
    later = (project / "target" / "manifest.json").stat().st_mtime + 5
    assert load_manifest(options(project)).warnings == ()
    os.utime(project / "models" / "shop.yml", (later, later))
    assert load_manifest(options(project)).warnings == ("the manifest is older than models/shop.yml; run `dbt parse`",)


def test_a_file_that_is_gone_since(project: Path) -> None:
    (project / "models" / "revenue.sql").unlink()
    (warning,) = load_manifest(options(project)).warnings
    assert warning == "the manifest knows files that are gone: models/revenue.sql; run `dbt parse`"


def test_a_target_path_of_the_projects_own(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "target").rename(project / "elsewhere")
    monkeypatch.setenv("DBT_TARGET_PATH", "elsewhere")
    assert load_manifest(options(project)).project_name == "shop"
    monkeypatch.delenv("DBT_TARGET_PATH")
    (project / "dbt_project.yml").write_text("name: shop\ntarget-path: elsewhere\n", encoding="utf-8")
    assert load_manifest(options(project)).project_name == "shop"


def test_a_target_path_that_only_dbt_can_render(project: Path) -> None:
    (project / "dbt_project.yml").write_text("name: shop\ntarget-path: '{{ env_var(\"X\") }}'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="target-path is written with Jinja") as caught:
        load_manifest(options(project))
    assert "DBT_TARGET_PATH" in str(caught.value)


def test_relations_are_found_without_case_and_ephemeral_models_have_none(project: Path) -> None:
    manifest = load_manifest(options(project))
    assert manifest.node_of("RAW", "orders") == SOURCE
    assert manifest.node_of("sales", "STG_ORDERS") == NODES[0]
    assert manifest.node_of("NOWHERE", "cte") is None
    assert manifest.databases == ("PACK", "Raw", "SALES")


def test_everything_downstream(project: Path) -> None:
    manifest = load_manifest(options(project))
    assert downstream(manifest, [SOURCE["unique_id"]]) == (
        "exposure.shop.board",
        "model.shop.revenue",
        "model.shop.stg_orders",
        "test.shop.unique_id",
    )
    assert downstream(manifest, ["model.shop.unknown"]) == ()


@pytest.mark.parametrize(
    ("of", "column", "place"),
    [
        (SOURCE, None, Place("models/shop.yml", 6)),
        (SOURCE, "ID", Place("models/shop.yml", 8)),
        (SOURCE, "amount", Place("models/shop.yml", 9)),
        (SOURCE, "undeclared", Place("models/shop.yml", 6)),
        (NODES[0], None, Place("models/shop.yml", 11)),
        (NODES[0], "total", Place("models/shop.yml", 13)),
        (NODES[1], None, Place("models/revenue.sql", None)),
        (NODES[3], "id", Place("models/shop.yml", 18)),
        (NODES[4], None, Place("dbt_packages/pack/models/shop.yml", None)),
    ],
)
def test_a_place_in_the_projects_files(project: Path, of: dict[str, Any], column: str | None, place: Place) -> None:
    assert Places(load_manifest(options(project))).of(of, column) == place


@pytest.mark.parametrize("text", ["", "models: [", "models: {}", "models: [1]", "models: [{name: {}}]", "- a"])
def test_a_place_in_a_file_that_changed_since_is_the_file(project: Path, text: str) -> None:
    (project / "models" / "shop.yml").write_text(text, encoding="utf-8")
    assert Places(load_manifest(options(project))).of(NODES[0]) == Place("models/shop.yml", None)
