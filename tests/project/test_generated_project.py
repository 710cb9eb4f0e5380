"""What is generated is a dbt project: real dbt parses it, whatever the names, and builds it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from msgspec.structs import asdict

from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.ddl.script import split_script
from dbee_dbt.model.catalog import Catalog, ObjectFilter, catalog_of
from dbee_dbt.model.names import identifier
from dbee_dbt.model.objects import Column, Constraint, Database, PrimaryIndex, Table
from dbee_dbt.model.types import DataType
from dbee_dbt.project.generate import GenerationOptions, generate, generated_from, generation_options
from dbee_dbt.project.validate import validate
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

NO_NODE = ("object_unowned", "relation_left_over")  # what earlier tests built stays
pytestmark = pytest.mark.dbt

RETAIL = Path(__file__).parents[2] / "examples" / "retail"
HOSTILE = (
    "plain", "t#1", "t 1", "t_1", "Order", "Größe", "it's", '"quoted"', "{{ x }}", "{% raw %}", "{# c", "#}", "a{%b",
    "100%", "a.b", "a\\b", "new\nline", "cr\rx", "\u202ertl", "\U0001f600", "con", "../../etc/x", "$x", "null", "1",
    "${X}", "'; drop--", "/* x", "a: b", "*", "true ",
)  # fmt: skip

HOSTILE_ASKED = {
    "materialized": "table",
    "snapshots": {"tables": "*"},
    "layers": [{"tables": "*", "name": "dim_*", "contract": True, "version": 1, "access": "public"}],
    "group": {"name": "hostile", "owner": "{{ o }}"},
    "unit_tests": True,
}


def make_project(folder: Path, profile: dict[str, Any], **settings: Any) -> ProjectOptions:
    (folder / "models").mkdir(parents=True)
    project = {"name": "shop", "version": "1.0", "profile": "shop", **settings}
    (folder / "dbt_project.yml").write_text(json.dumps(project))
    (folder / "profiles.yml").write_text(json.dumps({"shop": {"target": "dev", "outputs": {"dev": profile}}}))
    (folder / "packages.yml").write_text(json.dumps({"packages": [{"local": str(dbt_package_root())}]}))
    return ProjectOptions(project_dir=folder, profiles_dir=folder)


def dbt(project: ProjectOptions, *arguments: str, manifest: Any = None) -> Any:
    """What dbt gives; on a manifest that an earlier ``parse`` gave, it need not read the project again."""
    from dbt.cli.main import dbtRunner

    place = ["--project-dir", str(project.root), "--profiles-dir", str(project.root)]
    result = dbtRunner(manifest=manifest).invoke(["--quiet", "--no-partial-parse", *arguments, *place])
    failed = [r for r in getattr(result.result, "results", ()) if r.status not in ("success", "pass")]
    assert result.success, (result.exception, [(r.node.unique_id, r.message) for r in failed])
    return result.result


def hostile_catalog() -> Catalog:
    """A table of every name with one column, and one table that has a column of every name."""
    database = Database(name='my "db" {{ y }}', comment='{{ hostile }} "c" #} \\ \r\n \U0001f600')
    named = [
        Table(database=database.name, name=name, columns=(number(name),), comment=f"t {name}", set_kind="MULTISET")
        for name in HOSTILE
    ]
    wide = Table(
        database=database.name,
        name="wide",
        columns=tuple(number(name) for name in HOSTILE),
        primary_index=PrimaryIndex(columns=("Order",)),
        partitioning=('CASE_N("Order" = 1, "{{ x }}" = \'{{\', NO CASE)',),
        constraints=(Constraint(kind="unique", columns=("t#1", "{{ x }}")),),
    )
    return catalog_of("x:", [database, *named, wide])


def number(name: str) -> Column:
    return Column(name=name, type=DataType("INTEGER"), nullable=False, comment=f"c {name}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The manifest of a project generated from hostile names; parsing needs no connection."""
    folder = tmp_path_factory.mktemp("hostile")
    profile = {"type": "teradata", "host": "127.0.0.1", "user": "u", "password": "p", "schema": "S", "tmode": "ANSI"}
    project = make_project(folder, profile)
    (folder / "packages.yml").unlink()
    how = generation_options(HOSTILE_ASKED, ProjectOptions(project_dir=folder))
    write_files(generated_from(hostile_catalog(), how).files, folder, *how.folders)
    return dbt(project, "parse")


def source(manifest: Any, name: str) -> Any:
    return next(found for found in manifest.sources.values() if found.identifier == name.replace('"', '""'))


def test_dbt_reads_every_name_as_it_is(hostile: Any) -> None:
    assert {found.identifier for found in hostile.sources.values()} == {
        name.replace('"', '""') for name in (*HOSTILE, "wide")
    }
    assert {found.schema for found in hostile.sources.values()} == {'my ""db"" {{ y }}'}
    assert list(source(hostile, "wide").columns) == list(HOSTILE)
    assert source(hostile, "wide").config.meta["dbee"]["unique"] == [["t#1", "{{ x }}"]]


def test_dbt_reads_what_the_rules_hold_a_table_to(hostile: Any) -> None:
    facets = source(hostile, "wide").config.meta["dbee"]["facets"]
    assert facets["primary_index"] == 'PRIMARY INDEX ("Order")'
    assert facets["partitioning"].lower() == 'case_n("order"=1, "{{ x }}"=\'{{\', no case)'
    columns = source(hostile, "wide").columns
    assert all(columns[name].config.meta == {"dbee": {"facets": {"nullable": False}}} for name in HOSTILE)


def test_dbt_reads_every_comment_as_it_is(hostile: Any) -> None:
    for name in HOSTILE:
        found = source(hostile, name)
        assert found.description == f"t {name}".replace("\r", "\n").strip()
        assert found.columns[name].description == f"c {name}".replace("\r", "\n").strip()
        assert found.source_description == '{{ hostile }} "c" #} \\ \n \U0001f600'


def test_dbt_reads_a_model_of_hostile_columns(hostile: Any) -> None:
    model = next(
        node for node in hostile.nodes.values() if node.name.startswith("stg_") and node.name.endswith("__wide")
    )
    sql = jinja2.Environment().from_string(model.raw_code).render(config=lambda **_: "", source=lambda *_: "S")
    columns = ",\n    ".join(identifier(name) for name in HOSTILE)
    assert sql == f"\n\nselect\n    {columns}\nfrom S"
    assert model.config["index"] == (
        'PRIMARY INDEX ("Order") PARTITION BY CASE_N("Order"=1, "{{ x }}"=\'{{\', NO CASE) UNIQUE INDEX (t#1, "{{ x }}")'
    )


def test_dbt_reads_what_else_is_made_of_hostile_names(hostile: Any) -> None:
    made = {node.name: node for node in hostile.nodes.values()}
    snapshot = next(node for name, node in made.items() if name.startswith("snap_"))
    assert snapshot.config.unique_key == ["t#1", '"{{ x }}"']
    layer = made["dim_wide"]
    assert list(layer.columns) == list(HOSTILE)
    assert [constraint.columns for constraint in layer.constraints] == [["t#1", '"{{ x }}"']]
    assert sum(name.startswith("dim_") for name in made) == len(hostile.sources)
    assert [group.owner.name for group in hostile.groups.values()] == ["{{ o }}"]
    tested = {test.given[0].input.split()[-1] for test in hostile.unit_tests.values()}
    assert tested >= {"'plain')", "'wide')"}


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> ProjectOptions:
    """A project on an emulated retail warehouse, with the dbt package installed."""
    folder = tmp_path_factory.mktemp("retail")
    load_retail(folder / "retail.duckdb")
    profile = {"type": "dbee", "path": str(folder / "retail.duckdb"), "schema": "RETAIL_DBT", "threads": 2}
    at_end = "{% if var('check', false) %}{% do dbee_dbt.dbee_validate() %}{% endif %}"
    project = make_project(folder, profile, **{"on-run-end": at_end})
    dbt(project, "deps")
    return project


@pytest.fixture(scope="module")
def no_models(retail: ProjectOptions) -> Any:
    """The manifest of that project before it has models."""
    return dbt(retail, "parse")


def load_retail(path: Path) -> None:
    from dbee_dbt.emulator import connect

    connection = connect(str(path))
    try:
        for script in (*sorted(RETAIL.glob("ddl/*.sql")), *sorted(RETAIL.glob("rows/*.sql"))):
            for statement in split_script(script.read_text(encoding="utf-8").replace("${PREFIX}", "")):
                connection.cursor().execute(statement.text)
                connection.commit()
    finally:
        connection.close()


@pytest.fixture
def models(retail: ProjectOptions) -> Iterator[Path]:
    """The project's folder for models, empty."""
    yield retail.root / "models"
    shutil.rmtree(retail.root / "models")
    (retail.root / "models").mkdir()


WAYS = {
    "view": GenerationOptions(into="models/view"),
    "table": GenerationOptions(into="models/table", materialized="table", case="lower", prefix="base_"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_run_operation_prints_what_the_command_writes(
    retail: ProjectOptions, no_models: Any, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    made = generate("", ObjectFilter(("RETAIL_*",), ("RETAIL_STAGE",)), WAYS[way], retail)
    arguments = {"objects": "RETAIL_*", "exclude_objects": ["RETAIL_STAGE"], "options": asdict(WAYS[way])}
    capsys.readouterr()
    dbt(retail, "run-operation", "dbee_generate_models", "--args", json.dumps(arguments), manifest=no_models)
    printed = capsys.readouterr().out
    assert printed.startswith("".join(f"==> {file.path} <==\n{file.text}\n" for file in made.files))
    assert f"tables: {made.summary.tables}, views: {made.summary.views}, columns: {made.summary.columns}\n" in printed


@pytest.mark.parametrize("way", WAYS)
def test_what_is_generated_builds_and_validates(
    retail: ProjectOptions, models: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    how = WAYS[way]
    database = {"view": "RETAIL_PRODUCT", "table": "RETAIL_SALES"}[way]
    made = generate("", ObjectFilter((database,)), how, retail)
    write_files(made.files, retail.root, how.into)
    capsys.readouterr()
    built = dbt(retail, "build", "--vars", "{check: true}")
    assert checked(capsys) == []
    nodes = [result.node for result in built.results]
    assert sum(node.resource_type == "model" for node in nodes) == made.summary.tables + made.summary.views
    assert sum(node.resource_type == "test" for node in nodes) > 50
    assert models.is_dir()


def checked(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What the hook at the end of the run found, but for what the other tests left in the database."""
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("DBEE ")]
    findings = json.loads(line.removeprefix("DBEE "))["findings"]
    return [finding for finding in findings if finding["rule"] not in NO_NODE]


BEFORE = """
CREATE DATABASE LEDGER AS PERM = 1e6;
CREATE MULTISET TABLE LEDGER.ENTRY (ID INTEGER NOT NULL, AMOUNT DECIMAL(9,2) NOT NULL, BOOKED DATE) PRIMARY INDEX (ID)
  PARTITION BY (RANGE_N(BOOKED BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' EACH INTERVAL '1' MONTH), CASE_N(ID > 9, NO CASE));
CREATE SET TABLE LEDGER.ACCOUNTS (ID INTEGER NOT NULL, "Order" INTEGER) UNIQUE PRIMARY INDEX (ID);
CREATE MULTISET TABLE LEDGER.CODE (ID INTEGER) NO PRIMARY INDEX;
CREATE VIEW LEDGER.OPEN_ENTRY AS SELECT ID FROM LEDGER.ENTRY;
CREATE VIEW LEDGER.BROKEN AS SELECT ID FROM LEDGER.CODE;
DROP TABLE LEDGER.CODE;
CREATE MULTISET TABLE LEDGER.CODE (NR INTEGER) NO PRIMARY INDEX;
"""
AFTER = """
ALTER TABLE LEDGER.ENTRY ADD AMOUNT NULL;
DROP TABLE LEDGER.ACCOUNTS;
CREATE MULTISET TABLE LEDGER.ACCOUNTS (ID INTEGER NOT NULL, "Order" INTEGER) PRIMARY INDEX ("Order");
DROP TABLE LEDGER.CODE;
CREATE MULTISET TABLE LEDGER.CODE (NR INTEGER) PRIMARY INDEX (NR) PARTITION BY RANGE_N(NR BETWEEN 1 AND 9);
ALTER TABLE LEDGER.ENTRY MODIFY PRIMARY INDEX (ID) PARTITION BY CASE_N(ID > 9, NO CASE);
"""


def ran(project: ProjectOptions, script: str) -> None:
    from dbee_dbt.emulator import connect

    with connect(str(project.root / "retail.duckdb")) as connection, connection.cursor() as cursor:
        for statement in split_script(script):
            cursor.execute(statement.text)


def test_a_generated_project_notices_what_changes_after_it(
    retail: ProjectOptions, no_models: Any, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(retail, BEFORE)
    made = generate("", ObjectFilter(("LEDGER",)), GenerationOptions(), retail)
    assert [(left.count, left.what) for left in made.summary.skipped] == [(1, "model of a view")]
    assert "LEDGER.BROKEN cannot be resolved: [Teradata Database]" in made.summary.not_read[0]
    capsys.readouterr()
    dbt(retail, "run-operation", "dbee_generate_models", "--args", "{objects: LEDGER}", manifest=no_models)
    assert "not generated: 1 model of a view (the database cannot resolve its columns)\n" in capsys.readouterr().out
    write_files(made.files, retail.root, "models/staging")
    manifest = dbt(retail, "parse", "--vars", "{check: true}")
    dbt(retail, "build", "--vars", "{check: true}", manifest=manifest)
    assert checked(capsys) == []
    ran(retail, AFTER)
    found = validate("", retail).findings
    assert [(each.rule, each.object, each.column, each.actual) for each in found if each.rule not in NO_NODE] == [
        ("primary_index", "LEDGER.ACCOUNTS", None, 'PRIMARY INDEX ("Order")'),
        ("set_multiset", "LEDGER.ACCOUNTS", None, "MULTISET"),
        ("view_broken", "LEDGER.BROKEN", "ID", "there is no column ID"),
        ("primary_index", "LEDGER.CODE", None, "PRIMARY INDEX (NR)"),
        ("nullability", "LEDGER.ENTRY", "AMOUNT", "NULL"),
        ("partitioning", "LEDGER.ENTRY", None, "partitioning CASE_N(ID>9, NO CASE)"),
    ]
    with pytest.raises(AssertionError, match="5 errors"):
        dbt(retail, "run", "--vars", "{check: true}", manifest=manifest)
    inside = checked(capsys)
    assert [(each["rule"], each["object"], each["actual"]) for each in inside] == [
        (each.rule, each.object, each.actual) for each in found if each.rule not in (*NO_NODE, "view_broken")
    ]


def test_a_table_is_built_as_its_source_lies(retail: ProjectOptions, models: Path) -> None:
    how = WAYS["table"]
    made = generate("", ObjectFilter(("RETAIL_SALES.SALES_ORDER", "RETAIL_SALES.WEB_EVENT")), how, retail)
    write_files(made.files, retail.root, how.into)
    dbt(retail, "run")
    built = load_catalog("", ObjectFilter(("RETAIL_DBT.base_*",)), retail)
    source = load_catalog("", ObjectFilter(("RETAIL_SALES",)), retail)
    for name in ("SALES_ORDER", "WEB_EVENT"):
        copy = next(found for found in built if found.name == f"base_retail_sales__{name.lower()}")
        original = next(found for found in source if found.name == name)
        assert isinstance(copy, Table) and isinstance(original, Table)
        assert copy.set_kind == original.set_kind
        assert copy.primary_index == original.primary_index
        assert copy.partitioning == original.partitioning
    assert models.is_dir()
