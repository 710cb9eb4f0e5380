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
from dbee_dbt.model.catalog import Catalog, Defaults, Look, ObjectFilter, Scope
from dbee_dbt.model.errors import ConfigurationError, DbeeError, EncodingError, ManifestError, NothingMatchedError
from dbee_dbt.model.objects import Column, Database, Origin, PrimaryIndex, Table
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


def test_the_models_of_a_renamed_object_are_those_that_know_its_old_name(project: Path) -> None:
    now(replace(TABLE, name="ORDERS_2024"), VIEW)
    lines = run().stdout.splitlines()
    assert "SALES.ORDERS_2024  table renamed from SALES.ORDERS" in lines
    assert "  reaches revenue, stg_orders" in lines
    assert "2 objects compared: 1 renamed" in lines
    [change] = json.loads(run("--format", "json").stdout)["changes"]
    assert change["renamed_from"] == {"kind": "table", "database": "SALES", "name": "ORDERS", "shown": "SALES.ORDERS"}
    assert (change["name"], change["reaches"]) == ("ORDERS_2024", ["model.shop.revenue", "model.shop.stg_orders"])


def test_a_manifest_older_than_the_project_is_said(project: Path) -> None:
    now(TABLE, VIEW)
    (project / "models").mkdir()
    (project / "models" / "new.sql").write_text("select 1 as one", encoding="utf-8")
    assert "warning: the manifest is older than models/new.sql; run `dbt parse`" in run().stdout
    assert "older than" in json.loads(run("--format", "json").stdout)["warnings"][0]


ELSEWHERE = Table(database="OTHER", name="T", columns=(Column(name="A", type=DataType("INTEGER")),))


def test_a_baseline_of_everything_sees_what_came_anywhere(project: Path) -> None:
    now(TABLE, VIEW, ELSEWHERE)
    assert "OTHER.T  table added" in run().stdout


def test_only_where_the_baseline_looked_counts(project: Path) -> None:
    scope = Scope((Look(ObjectFilter(("SALES",))),))
    write_catalog(replace(catalog(TABLE, VIEW), scope=scope), project / "prod.json")
    now(TABLE, VIEW, ELSEWHERE)
    assert run().exit_code == 0
    result = run("--objects", "*")
    assert result.exit_code == 0
    assert "not compared: 1 table, outside the scope of file:prod.json (SALES)" in result.stdout.splitlines()
    now(TABLE, VIEW, replace(VIEW, name="W"), ELSEWHERE)
    assert "SALES.W  view added" in run().stdout


def test_what_the_other_side_did_not_look_at_is_not_checked(project: Path) -> None:
    write_catalog(catalog(TABLE, VIEW, ELSEWHERE), project / "prod.json")
    write_catalog(replace(catalog(TABLE), scope=Scope((Look(ObjectFilter(("SALES.O*",))),))), project / "now.json")
    result = run()
    assert result.exit_code == 1
    assert (
        "not checked: 2 objects: OTHER.T (table), SALES.V (view): outside the scope of file:now.json (SALES.O*)"
        in result.stdout.splitlines()
    )


FOLDER = """\
.LOGON host/user,secret
DATABASE SALES;
CREATE MULTISET TABLE ORDERS, CHECKSUM = ON (ID INTEGER NOT NULL) PRIMARY INDEX (ID);
CREATE VOLATILE TABLE WORK_ (A INTEGER) ON COMMIT PRESERVE ROWS;
INSERT INTO WORK_ SELECT ID FROM ORDERS;
COLLECT STATISTICS COLUMN (ID) ON ORDERS;
COLLECT STATISTICS INDEX (ID) ON ORDERS;
GRANT SELECT ON ORDERS TO PUBLIC;
"""


def test_a_folder_of_tables_and_what_stands_around_them_is_no_false_alarm(project: Path) -> None:
    (project / "ddl").mkdir()
    (project / "ddl" / "orders.sql").write_text(FOLDER, encoding="utf-8")
    columns = (Column(name="ID", type=DataType("INTEGER"), nullable=False),)
    orders = Table(
        database="SALES",
        name="ORDERS",
        set_kind="MULTISET",
        columns=columns,
        primary_index=PrimaryIndex(columns=("ID",)),
        origin=Origin("dictionary"),
    )
    now(orders, Database(name="SALES", origin=Origin("dictionary")), ELSEWHERE)
    for sides in (("dir:ddl", "file:now.json"), ("file:now.json", "dir:ddl", "--objects", "SALES")):
        result = CliRunner().invoke(drift, ["--baseline", sides[0], "--against", *sides[1:]])
        assert result.exit_code == 0, result.output
        lines = result.stdout.splitlines()
        assert "not compared: 1 database, of which dir:ddl says nothing" in lines
        assert "not compared: 1 grant, 2 statistics" in lines
        assert "not part of a catalog: 1 BTEQ command, 1 INSERT, 1 session setting, 1 volatile table" in lines
        assert "not compared (set on one side, and a dictionary does not tell): option.checksum 1" in lines
        assert "1 object compared: no difference" in lines


def test_a_database_that_the_folder_defines_is_compared(project: Path) -> None:
    (project / "ddl").mkdir()
    (project / "ddl" / "sales.sql").write_text("CREATE DATABASE SALES AS PERM = 1e6, SPOOL = 5;", encoding="utf-8")
    space = Database(name="SALES", perm=1e6, spool=7.0, origin=Origin("dictionary"))
    now(space)
    result = CliRunner().invoke(drift, ["--baseline", "dir:ddl", "--against", "file:now.json"])
    assert "  database  spool  5 → 7" in result.stdout.splitlines()
    now(ELSEWHERE)
    result = CliRunner().invoke(drift, ["--baseline", "dir:ddl", "--against", "file:now.json"])
    assert "SALES  database removed" in result.stdout.splitlines()


def test_a_role_of_the_folder_is_no_object_that_a_dictionary_lacks(project: Path) -> None:
    (project / "ddl").mkdir()
    (project / "ddl" / "r.sql").write_text("CREATE ROLE R; CREATE VIEW SALES.V AS SELECT 1 AS A;", encoding="utf-8")
    view = replace(VIEW, text="CREATE VIEW SALES.V AS SELECT 1 AS A")
    write_catalog(replace(catalog(view), untold=("role",)), project / "now.json")
    result = CliRunner().invoke(drift, ["--baseline", "dir:ddl", "--against", "file:now.json"])
    assert (result.exit_code, "not compared: 1 role, of which file:now.json says nothing" in result.stdout) == (0, True)


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
