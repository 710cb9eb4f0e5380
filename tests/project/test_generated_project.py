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
from dbee_dbt.project.generate import GenerationOptions, generate, generated_from
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

pytestmark = pytest.mark.dbt

RETAIL = Path(__file__).parents[2] / "examples" / "retail"
HOSTILE = (
    "plain", "t#1", "t 1", "t_1", "Order", "Größe", "it's", '"quoted"', "{{ x }}", "{% raw %}", "{# c", "#}", "a{%b",
    "100%", "a.b", "a\\b", "new\nline", "cr\rx", "\u202ertl", "\U0001f600", "con", "../../etc/x", "$x", "null", "1",
    "${X}", "'; drop--", "/* x", "a: b", "*", "true ",
)  # fmt: skip


def make_project(folder: Path, profile: dict[str, Any], **settings: Any) -> ProjectOptions:
    (folder / "models").mkdir(parents=True)
    project = {"name": "shop", "version": "1.0", "profile": "shop", **settings}
    (folder / "dbt_project.yml").write_text(json.dumps(project))
    (folder / "profiles.yml").write_text(json.dumps({"shop": {"target": "dev", "outputs": {"dev": profile}}}))
    (folder / "packages.yml").write_text(json.dumps({"packages": [{"local": str(dbt_package_root())}]}))
    return ProjectOptions(project_dir=folder, profiles_dir=folder)


def dbt(project: ProjectOptions, *arguments: str) -> Any:
    from dbt.cli.main import dbtRunner

    place = ["--project-dir", str(project.root), "--profiles-dir", str(project.root)]
    result = dbtRunner().invoke(["--quiet", "--no-partial-parse", *arguments, *place])
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
    made = generated_from(hostile_catalog(), GenerationOptions(materialized="table"))
    write_files(made.files, folder, "models/staging")
    return dbt(project, "parse")


def source(manifest: Any, name: str) -> Any:
    return next(found for found in manifest.sources.values() if found.identifier == name.replace('"', '""'))


def test_dbt_reads_every_name_as_it_is(hostile: Any) -> None:
    assert {found.identifier for found in hostile.sources.values()} == {
        name.replace('"', '""') for name in (*HOSTILE, "wide")
    }
    assert {found.schema for found in hostile.sources.values()} == {'my ""db"" {{ y }}'}
    assert list(source(hostile, "wide").columns) == list(HOSTILE)
    assert source(hostile, "wide").config.meta == {"dbee": {"unique": [["t#1", "{{ x }}"]]}}


def test_dbt_reads_every_comment_as_it_is(hostile: Any) -> None:
    for name in HOSTILE:
        found = source(hostile, name)
        assert found.description == f"t {name}".replace("\r", "\n").strip()
        assert found.columns[name].description == f"c {name}".replace("\r", "\n").strip()
        assert found.source_description == '{{ hostile }} "c" #} \\ \n \U0001f600'


def test_dbt_reads_a_model_of_hostile_columns(hostile: Any) -> None:
    model = next(node for node in hostile.nodes.values() if node.name.endswith("__wide"))
    sql = jinja2.Environment().from_string(model.raw_code).render(config=lambda **_: "", source=lambda *_: "S")
    columns = ",\n    ".join(identifier(name) for name in HOSTILE)
    assert sql == f"\n\nselect\n    {columns}\nfrom S"
    assert model.config["index"] == (
        'PRIMARY INDEX ("Order") PARTITION BY CASE_N("Order"=1, "{{ x }}"=\'{{\', NO CASE) UNIQUE INDEX (t#1, "{{ x }}")'
    )


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
    retail: ProjectOptions, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    made = generate("", ObjectFilter(("RETAIL_*",), ("RETAIL_STAGE",)), WAYS[way], retail)
    arguments = {"objects": "RETAIL_*", "exclude_objects": ["RETAIL_STAGE"], **asdict(WAYS[way])}
    capsys.readouterr()
    dbt(retail, "run-operation", "dbee_generate_models", "--args", json.dumps(arguments))
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
    return [finding for finding in findings if finding["rule"] != "object_unowned"]


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
