"""`dbee-dbt drift` from the command line: two pictures, a project or none, an exit code."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from dbee_dbt.catalogs.saved import write_catalog
from dbee_dbt.cli.drift import drift
from dbee_dbt.model.catalog import Catalog, Defaults
from dbee_dbt.model.errors import ConfigurationError, DbeeError, EncodingError, ManifestError, NothingMatchedError
from dbee_dbt.model.objects import Column, Table
from dbee_dbt.model.types import DataType
from tests.compare.pictures import MUTATIONS, TABLE, VIEW, catalog

NODES: dict[str, dict[str, Any]] = {
    "model.shop.stg_orders": {"depends_on": {"nodes": ["source.shop.sales.orders"]}},
    "model.shop.revenue": {"depends_on": {"nodes": ["model.shop.stg_orders"]}},
    "model.shop.apart": {"depends_on": {"nodes": []}},
    "test.shop.not_null": {"depends_on": {"nodes": ["model.shop.revenue"]}},
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a project, its manifest, and a baseline."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dbt_project.yml").write_text("name: shop\nprofile: shop\n", encoding="utf-8")
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "manifest.json").write_text(json.dumps(manifest()), encoding="utf-8")
    write_catalog(catalog(TABLE, VIEW), tmp_path / "prod.json")
    return tmp_path


def manifest() -> dict[str, Any]:
    nodes = {
        key: {
            "unique_id": key,
            "name": key.rpartition(".")[2],
            "resource_type": key.partition(".")[0],
            "package_name": "shop",
            "schema": "shop_models",
            "alias": key.rpartition(".")[2],
            "original_file_path": f"models/{key}.sql",
            "config": {"materialized": "view"},
            **node,
        }
        for key, node in NODES.items()
    }
    source = {
        "unique_id": "source.shop.sales.orders",
        "name": "orders",
        "resource_type": "source",
        "package_name": "shop",
        "schema": "sales",
        "identifier": "orders",
        "original_file_path": "models/sources.yml",
        "config": {},
    }
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "dbt_version": importlib.metadata.version("dbt-core"),
        "project_name": "shop",
        "adapter_type": "teradata",
    }
    return {"metadata": metadata, "nodes": nodes, "sources": {source["unique_id"]: source}}


def now(*objects: Any, **settings: Any) -> Catalog:
    found = catalog(*objects, **settings)
    write_catalog(found, Path("now.json"))
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(drift, ["--baseline", "file:prod.json", "--against", "file:now.json", *arguments])


def refused(*arguments: str) -> DbeeError:
    """The error that a command ends with; the root command prints it and exits with its code."""
    error = run(*arguments).exception
    assert isinstance(error, DbeeError), error
    assert error.exit_code == 2
    return error


def test_no_difference_is_exit_0(project: Path) -> None:
    now(TABLE, VIEW)
    result = run()
    assert result.exit_code == 0, result.output
    assert "2 objects compared: no difference" in result.stdout


def test_a_difference_is_exit_1_and_names_the_models_downstream(project: Path) -> None:
    now(replace(TABLE, columns=TABLE.columns[:2]), VIEW)
    result = run()
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "SALES.ORDERS  table altered" in lines
    assert "  column AMOUNT  removed  DECIMAL(10,2)" in lines
    assert "  reaches revenue, stg_orders" in lines
    assert lines[-1] == "dbt project shop: 2 nodes reached"


def test_json_on_the_terminal_and_the_artifact_are_one_document(project: Path) -> None:
    now(MUTATIONS["table.comment"](TABLE), VIEW)
    result = run("--format", "json")
    document = json.loads(result.stdout)
    assert document == json.loads((project / "target" / "dbee" / "drift.json").read_text(encoding="utf-8"))
    assert (document["schema_version"], document["exit_code"], result.exit_code) == (1, 1, 1)
    assert document["changes"][0]["reaches"] == ["model.shop.revenue", "model.shop.stg_orders"]


def test_without_a_project_it_says_so_and_writes_nothing(project: Path) -> None:
    (project / "dbt_project.yml").unlink()
    now(VIEW)
    result = run()
    assert result.exit_code == 1
    assert "no dbt project here" in result.stdout
    assert not (project / "target" / "dbee").exists()


def test_a_project_without_a_manifest_is_no_verdict(project: Path) -> None:
    now(TABLE, VIEW)
    (project / "target" / "manifest.json").unlink()
    assert isinstance(refused(), ManifestError)


def test_a_manifest_older_than_the_project_is_said(project: Path) -> None:
    now(TABLE, VIEW)
    (project / "models").mkdir()
    (project / "models" / "new.sql").write_text("select 1 as one", encoding="utf-8")
    assert "warning: the manifest is older than models/new.sql; run `dbt parse`" in run().stdout
    assert "older than" in json.loads(run("--format", "json").stdout)["warnings"][0]


def test_only_databases_of_the_baseline_count_unless_objects_are_named(project: Path) -> None:
    elsewhere = Table(database="OTHER", name="T", columns=(Column(name="A", type=DataType("INTEGER")),))
    now(TABLE, VIEW, elsewhere)
    assert run().exit_code == 0
    assert "OTHER.T  table added" in run("--objects", "*").stdout


def test_objects_that_are_all_gone_are_removed_and_not_no_verdict(project: Path) -> None:
    now(Table(database="OTHER", name="T"))
    for named in ((), ("--objects", "SALES")):
        result = run(*named)
        assert result.exit_code == 1
        assert "SALES.V  view removed" in result.stdout


def test_objects_that_the_baseline_does_not_hold_are_no_verdict(project: Path) -> None:
    now(TABLE, VIEW)
    assert isinstance(refused("--objects", "NOTHING*"), NothingMatchedError)


def test_objects_left_out_are_not_compared(project: Path) -> None:
    now(MUTATIONS["table.comment"](TABLE), VIEW)
    assert run("--exclude-objects", "SALES.ORDERS").exit_code == 0
    assert run("--objects", "kind:view").exit_code == 0
    assert run("--objects", "SALES.ORD*").exit_code == 1


def test_a_defaults_file_makes_facets_comparable(project: Path) -> None:
    plain = replace(TABLE, set_kind=None)
    write_catalog(catalog(plain, defaults=Defaults()), project / "prod.json")
    now(TABLE)
    assert "table.set_kind 1" in run().stdout
    (project / "defaults.yml").write_text("session_mode: TERA\n", encoding="utf-8")
    result = run("--defaults", "defaults.yml")
    assert "  table        set kind       SET → MULTISET" in result.stdout.splitlines()


def test_a_defaults_file_that_cannot_be_used_is_named(project: Path) -> None:
    now(TABLE, VIEW)
    missing = refused("--defaults", "none.yml")
    assert isinstance(missing, ConfigurationError)
    assert missing.place == "none.yml"
    (project / "bad.yml").write_bytes(b"map: \xff\xfe")
    assert isinstance(refused("--defaults", "bad.yml"), EncodingError)


@pytest.mark.parametrize("address", ["file:none.json", "file:prod.txt", "prod.json", "git:main", "dir:nowhere"])
def test_an_address_that_leads_nowhere_is_no_verdict(project: Path, address: str) -> None:
    now(TABLE)
    result = CliRunner().invoke(drift, ["--baseline", address, "--against", "file:now.json"])
    assert isinstance(result.exception, DbeeError)
    assert result.exception.exit_code == 2
