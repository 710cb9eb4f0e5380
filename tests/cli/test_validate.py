"""`dbee-dbt validate` from the command line: a manifest, a catalog, findings, an exit code."""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.catalogs.folder import read_folder
from dbee_dbt.catalogs.saved import write_catalog
from dbee_dbt.cli.main import cli
from dbee_dbt.emulator import connect
from dbee_dbt.model.errors import (
    DatabaseQueryError,
    DbeeError,
    ManifestError,
    NothingMatchedError,
    PackageVersionError,
    RuleError,
)

RULES = len(list((dbt_package_root() / "validators").glob("*.sql"))) - 1  # one is off unless asked for
DDL = """\
CREATE DATABASE SALES AS PERM = 1e6;
CREATE MULTISET TABLE SALES.ORDERS, NO FALLBACK (ID INTEGER NOT NULL, AMOUNT DECIMAL(18,2)) PRIMARY INDEX (ID);
"""
ORDERS: dict[str, Any] = {
    "unique_id": "model.shop.orders",
    "resource_type": "model",
    "package_name": "shop",
    "name": "orders",
    "schema": "sales",
    "alias": "orders",
    "fqn": ["shop", "orders"],
    "original_file_path": "models/orders.sql",
    "raw_code": "select cast(1 as integer) as id, cast(1 as decimal(18,2)) as amount",
    "patch_path": "shop://models/orders.yml",
    "tags": [],
    "meta": {},
    "constraints": [],
    "config": {"materialized": "table", "table_kind": "MULTISET", "index": "PRIMARY INDEX (ID)"},
    "columns": {
        "id": {"name": "id", "data_type": "int", "constraints": [{"type": "not_null"}], "meta": {}},
        "amount": {"name": "amount", "data_type": "numeric(18,2)", "constraints": [], "meta": {}},
    },
    "depends_on": {"nodes": []},
}
YAML = "models:\n  - name: orders\n    columns:\n      - name: id\n      - name: amount\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one model, the folder and the system that it was built in."""
    monkeypatch.chdir(tmp_path)
    for path, text in {
        "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
        "profiles.yml": profile(),
        "models/orders.yml": YAML,
        "models/orders.sql": "select 1",
        "ddl/orders.sql": DDL,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    manifest(ORDERS)
    return tmp_path


def profile(**settings: Any) -> str:
    target = {"type": "dbee", "path": "system.duckdb", "schema": "SALES", **settings}
    return json.dumps({"shop": {"target": "emulated", "outputs": {"emulated": target}}})


def manifest(*nodes: dict[str, Any]) -> None:
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "dbt_version": importlib.metadata.version("dbt-core"),
        "project_name": "shop",
    }
    document = {"metadata": metadata, "nodes": {node["unique_id"]: node for node in nodes}, "sources": {}}
    Path("target").mkdir(exist_ok=True)
    Path("target/manifest.json").write_text(json.dumps(document), encoding="utf-8")


def altered(before: str, after: str) -> None:
    """Somebody changes the table behind dbt's back."""
    Path("ddl/orders.sql").write_text(DDL.replace(before, after), encoding="utf-8")


def load_system() -> None:
    with connect(path="system.duckdb") as connection, connection.cursor() as cursor:
        for statement in DDL.split(";")[:-1]:
            cursor.execute(statement)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["validate", *arguments])


def error_of(result: Result) -> DbeeError:
    assert isinstance(result.exception, DbeeError), result.output
    return result.exception


def test_a_project_that_fits_passes(project: Path) -> None:
    result = run("--against", "dir:ddl")
    assert result.output == f"no findings (1 node, 2 columns, {RULES} rules) against dir:ddl\n"
    assert result.exit_code == 0


def test_a_column_that_was_dropped_and_one_that_was_narrowed(project: Path) -> None:
    altered("ID INTEGER NOT NULL, AMOUNT DECIMAL(18,2)", "K BYTEINT, ID BIGINT NOT NULL")
    result = run("--against", "dir:ddl")
    assert result.output.splitlines() == [
        "sales.orders  model.shop.orders",
        "  error       column_missing    amount: expected numeric(18,2), found missing  models/orders.yml:5",
        "    → Rebuild it: dbt run --full-refresh --select orders; or take the column out of the YAML.",
        "  error       column_type       id: expected INTEGER, found BIGINT  models/orders.yml:4",
        "    → Rebuild it: dbt run --full-refresh --select orders; or declare data_type: BIGINT.",
        "  warn        column_undeclared K: expected no such column, found BYTEINT  models/orders.yml:2",
        "    → Declare the column in the YAML of orders.",
        "",
        f"2 errors, 1 warning (1 node, 2 columns, {RULES} rules) against dir:ddl",
    ]
    assert result.exit_code == 1


def test_the_artifact_is_the_json_report(project: Path) -> None:
    altered("DECIMAL(18,2)", "DECIMAL(18,4)")
    result = run("--against", "dir:ddl", "--format", "json")
    assert result.output == (project / "target/dbee/validate.json").read_text(encoding="utf-8")
    document = json.loads(result.output)
    assert (document["schema_version"], document["failed"], document["against"]) == (1, True, "dir:ddl")
    assert document["findings"] == [
        {
            "rule": "column_type",
            "severity": "error",
            "status": "failed",
            "node": "model.shop.orders",
            "object": "sales.orders",
            "column": "amount",
            "expected": "DECIMAL(18,2)",
            "actual": "DECIMAL(18,4)",
            "fix": "Rebuild it: dbt run --full-refresh --select orders; or declare data_type: DECIMAL(18,4).",
            "downstream": [],
            "waived": None,
            "accepted": False,
            "fingerprint": "6f3db67e0d2334b3",
            "file": "models/orders.yml",
            "line": 5,
            "character": None,
        }
    ]


def test_a_saved_catalog_and_a_system_say_the_same(project: Path) -> None:
    write_catalog(read_folder(project / "ddl", address="dir:ddl"), project / "prod.json")
    load_system()
    for address in ("file:prod.json", "td:emulated", "td:"):
        result = run("--against", address)
        assert (result.exit_code, result.output.partition(" against ")[0]) == (
            0,
            f"no findings (1 node, 2 columns, {RULES} rules)",
        )


def source(database: str, name: str) -> dict[str, Any]:
    return {
        **{key: ORDERS[key] for key in ("package_name", "tags", "meta")},
        "unique_id": f"source.shop.{database}.{name}",
        "resource_type": "source",
        "name": name,
        "source_name": database,
        "identifier": name,
        "schema": database,
        "fqn": ["shop", database, name],
        "original_file_path": "models/orders.yml",
        "patch_path": None,
        "config": {},
        "columns": {},
        "depends_on": {"nodes": []},
    }


def test_what_a_saved_catalog_did_not_look_at_is_not_checked_one_line_a_reason(project: Path) -> None:
    manifest(ORDERS, *(source("elsewhere", f"T{number:02}") for number in range(45)), source("sales", "GONE"))
    load_system()
    for objects, text in ((["SALES"], "SALES"), (["SALES.ORD*", "SALES.G*"], "SALES.ORD*, SALES.G*")):
        named = [word for pattern in objects for word in ("--objects", pattern)]
        assert CliRunner().invoke(cli, ["save", "td:emulated", "-o", "part.json", *named]).exit_code == 0
        result = run("--against", "file:part.json")
        assert result.exit_code == 1
        lines = [line for line in result.output.splitlines() if not line.startswith("warning")]
        assert lines[0] == "sales.GONE  source.shop.sales.GONE"
        assert lines[1].split()[:2] == ["error", "source_missing"]
        shown = ", ".join(f"elsewhere.T{number:02}" for number in range(12))
        assert lines[4:6] == [
            f"not checked 45 nodes, outside the scope of file:part.json ({text}): {shown} and 33 more",
            "    → Check it against a system (td:), which can tell.",
        ]
        assert lines[-1].startswith("1 error, 45 not checked (47 nodes, ")


def test_a_folder_says_nothing_of_databases_that_it_does_not_name(project: Path) -> None:
    manifest(ORDERS, source("elsewhere", "T"))
    result = run("--against", "dir:ddl")
    assert "not checked 1 node, outside the scope of dir:ddl (SALES): elsewhere.T" in result.output.splitlines()
    assert result.exit_code == 1


def test_warnings_fail_only_where_they_shall(project: Path) -> None:
    altered("PRIMARY INDEX (ID);", "PRIMARY INDEX (ID); CREATE MULTISET TABLE SALES.X (A INTEGER) PRIMARY INDEX (A);")
    assert run("--against", "dir:ddl").exit_code == 0
    assert run("--against", "dir:ddl", "--fail-on", "warn").exit_code == 1


def test_a_statement_that_is_not_read_is_not_a_pass(project: Path) -> None:
    altered("CREATE DATABASE", "CREATE NONSENSE x AS PASSWORD = secret;\nCREATE DATABASE")
    result = run("--against", "dir:ddl")
    assert "not read: ddl/orders.sql:1: " in result.output
    assert "1 not checked (1 node" in result.output
    assert result.exit_code == 1
    assert "secret" not in (project / "target/dbee/validate.json").read_text(encoding="utf-8")


def test_a_manifest_older_than_a_file_is_said_so(project: Path) -> None:
    later = (project / "target/manifest.json").stat().st_mtime + 5
    os.utime(project / "models/orders.yml", (later, later))
    assert (
        "warning: the manifest is older than models/orders.yml; run `dbt parse`" in run("--against", "dir:ddl").output
    )


def test_no_manifest(project: Path) -> None:
    (project / "target/manifest.json").unlink()
    error = error_of(run("--against", "dir:ddl"))
    assert isinstance(error, ManifestError)
    assert "`dbt parse`" in str(error)
    assert not (project / "target/dbee").exists()


def test_nothing_to_check(project: Path) -> None:
    manifest()
    assert isinstance(error_of(run("--against", "dir:ddl")), NothingMatchedError)


def test_a_rule_that_does_not_exist(project: Path) -> None:
    error = error_of(run("--against", "dir:ddl", "--vars", "{dbee: {rules: {colum_type: {severity: off}}}}"))
    assert isinstance(error, RuleError)
    assert "vars: dbee: rules: there is no rule colum_type" in str(error)


def test_rules_of_another_version_in_dbt_packages(project: Path) -> None:
    (project / "dbt_packages/dbee_dbt").mkdir(parents=True)
    (project / "dbt_packages/dbee_dbt/dbt_project.yml").write_text("name: dbee_dbt\nversion: 9.9.9\n", encoding="utf-8")
    assert isinstance(error_of(run("--against", "dir:ddl")), PackageVersionError)


def test_no_right_to_read_dbc(project: Path) -> None:
    load_system()
    faults = [{"error": 3523, "statement": "DBC.ColumnsV"}]
    (project / "profiles.yml").write_text(profile(faults=faults), encoding="utf-8")
    error = error_of(run())
    assert isinstance(error, DatabaseQueryError)
    assert "dbee-dbt debug" in str(error)


def test_what_rests_on_a_view_of_dbc_that_may_not_be_read_is_not_checked(project: Path) -> None:
    load_system()
    faults = [{"error": 3523, "statement": "DBC.IndicesV"}]
    (project / "profiles.yml").write_text(profile(faults=faults), encoding="utf-8")
    result = run()
    assert "  not checked primary_index: DBC.IndicesV cannot be read" in result.output
    assert result.exit_code == 1


def test_a_view_that_the_database_refuses_is_not_checked(project: Path) -> None:
    load_system()
    with connect(path="system.duckdb") as connection, connection.cursor() as cursor:
        cursor.execute("CREATE VIEW SALES.V AS SELECT ID FROM SALES.ORDERS")
    view = {**ORDERS, "unique_id": "model.shop.v", "name": "v", "alias": "V", "config": {"materialized": "view"}}
    manifest(ORDERS, {**view, "columns": {"id": {"name": "id", "data_type": "int", "constraints": [], "meta": {}}}})
    assert run().exit_code == 0
    faults = [{"error": 5315, "statement": "HELP COLUMN"}]
    (project / "profiles.yml").write_text(profile(faults=faults), encoding="utf-8")
    result = run()
    assert "  not checked column_type: the column types of the view could not be read" in result.output
    assert result.exit_code == 1


@pytest.mark.parametrize("name", ['a"b', "a b", "#$%", "a\nb", "\u202eab", "\x1b[31m", "it's", "ÄÖ"])
def test_a_name_of_any_kind_is_shown_on_one_line_and_asked_for_as_it_is(project: Path, name: str) -> None:
    manifest({**ORDERS, "schema": name, "alias": name, "columns": {name: {**ORDERS["columns"]["id"], "name": name}}})
    with connect(path="system.duckdb") as connection, connection.cursor() as cursor:
        quoted = '"' + name.replace('"', '""') + '"'
        cursor.execute(f"CREATE DATABASE {quoted} AS PERM = 1e6")
        cursor.execute(f"CREATE MULTISET TABLE {quoted}.{quoted} ({quoted} BIGINT NOT NULL) PRIMARY INDEX ({quoted})")
    result = run()
    lines = result.output.splitlines()
    assert all(line.isprintable() for line in lines)
    assert [line.split()[1] for line in lines if line.startswith("  error")] == ["column_type", "primary_index"]
    document = json.loads((project / "target/dbee/validate.json").read_text(encoding="utf-8"))
    assert document["findings"][0]["column"] == name
