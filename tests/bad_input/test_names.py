"""Names that no tool expects, through every place in which a name is shown or sent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.catalogs.saved import read_catalog
from dbee_dbt.model.names import fold
from tests.bad_input.conftest import Project, one_message
from tests.catalogs.systems import system
from tests.cli.commands import Ran

NAMES = (
    'a"b', '""', "a b", " lead", "#$%", "a\nb", "a\rb", "\u202eab", "\x1b[31m", "it's", "ÄÖ", "a;b--", "x/*y",
    "{{ x }}", "{% y", "a\\b", "a.b", "*?", "$X}", "-lead", "'q'", "tab\tx", "select", "x" * 128,
)  # fmt: skip


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def definitions(name: str) -> Iterator[str]:
    """A database, table, column, view and comment of this name, and a row."""
    it = quoted(name)
    yield f"CREATE DATABASE {it} AS PERM = 1e6"
    yield f"CREATE MULTISET TABLE {it}.{it} ({it} INTEGER NOT NULL, K INTEGER) PRIMARY INDEX {it} ({it})"
    yield f"CREATE VIEW {it}.{quoted(name[:120] + 'v')} AS SELECT {it} FROM {it}.{it}"
    yield f"COMMENT ON TABLE {it}.{it} AS {literal(name)}"
    yield f"COMMENT ON COLUMN {it}.{it}.{it} AS {literal(name)}"
    yield f"INSERT INTO {it}.{it} VALUES (1, 2)"


@pytest.fixture(scope="module")
def names_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A system of these names, made once."""
    file = tmp_path_factory.mktemp("names") / "system.duckdb"
    statements = [statement for name in NAMES for statement in definitions(name)]
    system("CREATE DATABASE SALES AS PERM = 1e6", *statements, path=str(file)).close()
    return file


@pytest.fixture
def named(project: Project, names_file: Path) -> Project:
    """The project on that system."""
    shutil.copy(names_file, project.folder / "system.duckdb")
    return project


def shown_safely(ran: Ran) -> bool:
    """Nothing that a terminal would act on was printed; JSON is printed on many lines."""
    return all(line.isprintable() for line in (ran.out + ran.err).replace("\t", "").split("\n"))


def test_emulator(named: Project) -> None:
    file = named.folder / "system.duckdb"
    for name in NAMES:
        it = quoted(name)
        statements = (
            f"SHOW TABLE {it}.{it}", f"HELP TABLE {it}.{it}", f"HELP COLUMN {it}.{it}.{it}", f"HELP DATABASE {it}",
            f"SELECT {it} FROM {it}.{it}", f"UPDATE {it}.{it} SET {it} = 3 WHERE {it} = 1",
            f"SELECT TableName FROM DBC.TablesV WHERE DatabaseName = {literal(name)} (NOT CASESPECIFIC)",
            f"SELECT ColumnName FROM DBC.ColumnsV WHERE TableName = {literal(name)} (NOT CASESPECIFIC)",
        )  # fmt: skip
        ran = named.emulator(file, *(word for sql in statements for word in ("-c", sql)))
        assert ran.code == 0, (name, ran.err)
        assert shown_safely(ran), name


def test_an_error_that_names_one(named: Project) -> None:
    for name in NAMES:
        ran = named.emulator(
            named.folder / "system.duckdb", "-c", f"DROP TABLE {quoted(name)}.{quoted('no' + name[:9])}"
        )
        assert ran.code == 1 and "[Error 3807]" in ran.err
        assert shown_safely(ran) and len(ran.err.splitlines()) == 1


def test_save_and_load(named: Project) -> None:
    for name in NAMES[:12]:
        ran = named.run("save", "--objects", quoted(name) + "." + quoted(name), "-o", named.folder / "one.json")
        assert ran.code == 0 and shown_safely(ran), (name, ran)
        if not set(name) & set("*?"):
            (found,) = read_catalog(named.folder / "one.json")
            assert (found.database, found.name) == (name, name)
    ran = named.run("save", "--objects", "*", "-o", named.folder / "all.json")
    assert ran.code == 0
    tables = {found.name for found in read_catalog(named.folder / "all.json") if found.kind == "table"}
    assert tables == set(NAMES)


def test_a_database_that_is_not_there(named: Project) -> None:
    for name in NAMES[::3]:
        if not set(name) & set("*?"):
            ran = named.run("save", "--objects", quoted("no" + name[:9]), "-o", named.folder / "one.json")
            one_message(ran, "DBEE-103")


def test_drift(named: Project) -> None:
    named.run("save", "--objects", "*", "-o", named.folder / "all.json")
    changes = [f"ALTER TABLE {quoted(name)}.{quoted(name)} ADD {quoted(name[:120] + '2')} INTEGER" for name in NAMES]
    system(*changes, path=str(named.folder / "system.duckdb")).close()
    baseline = f"file:{named.folder / 'all.json'}"
    text, document = (
        named.run("drift", "--baseline", baseline),
        named.run("drift", "--baseline", baseline, "--format", "json"),
    )
    assert text.code == document.code == 1
    assert shown_safely(text) and shown_safely(document)
    found = {change["name"] for change in json.loads(document.out)["changes"] if change["change"] == "altered"}
    assert found == {fold(name) for name in NAMES}


def test_debug(project: Project) -> None:
    for name in set(NAMES) - {"a\rb", "{{ x }}", "{% y"}:  # dbt renders a profile as Jinja
        project.profile(schema=name, username=name)
        for output in ("text", "json"):
            ran = project.run("debug", "--format", output)
            assert ran.code == 0 and shown_safely(ran), (name, ran)
        assert json.loads(ran.out)["facts"]["user"] == name


def doubled(name: str) -> dict[str, Any]:
    """Database and table as a project writes them: dbt puts quotes around a name and does not double those inside."""
    written = name.replace('"', '""')
    return {"schema": written, "identifier": written}


def test_validate_and_drift_know_the_table_of_a_source(named: Project) -> None:
    named.manifest(*({"unique_id": f"source.shop.sales.T{at}", **doubled(name)} for at, name in enumerate(NAMES)))
    ran = named.run("validate", "--format", "json")
    assert shown_safely(ran)
    found = [(finding["rule"], finding["node"]) for finding in json.loads(ran.out)["findings"]]
    assert found == [("object_unowned", None)] * len(NAMES)  # the views
    objects = [word for name in NAMES for word in ("--objects", quoted(name) + ".*")]
    assert named.run("save", *objects, "-o", named.folder / "all.json").code == 0
    changes = [f"ALTER TABLE {quoted(name)}.{quoted(name)} ADD Z INTEGER" for name in NAMES]
    system(*changes, path=str(named.folder / "system.duckdb")).close()
    ran = named.run("drift", "--baseline", f"file:{named.folder / 'all.json'}", "--format", "json")
    reached = {change["name"]: change["reaches"] for change in json.loads(ran.out)["changes"]}
    assert reached == {fold(name): [] for name in NAMES}  # known to the project, read by no model


def test_a_source_that_is_gone_is_named_as_the_database_would(named: Project) -> None:
    named.manifest(schema='a""b', identifier='no""such')
    assert '\n"a""b"."no""such"  source.shop.sales.T\n' in named.run("validate").out


@pytest.mark.dbt
def test_generate_parse_build_and_validate(named: Project, capsys: pytest.CaptureFixture[str]) -> None:
    from dbt.cli.main import dbtRunner

    named.write("packages.yml", f"packages:\n  - local: {dbt_package_root().as_posix()}\n")
    ran = named.run("generate-models", "--objects", "*", "--exclude-objects", "SALES", "--into", "models/staging")
    assert ran.code == 0 and shown_safely(ran)
    assert all(_is_plain(file.relative_to(named.folder)) for file in (named.folder / "models").rglob("*"))
    with chdir(named.folder):
        for command in (["deps"], ["build"], ["run-operation", "dbee_validate"]):
            capsys.readouterr()
            result = dbtRunner().invoke(["--quiet", *command])
            assert result.success, (result.exception, capsys.readouterr().out)
    told = capsys.readouterr().out
    assert all(line.isprintable() for line in told.split("\n")) and "no findings" in told
    ran = named.command("validate")
    counted, verdict = ran.out.splitlines()
    assert ran.code == 0 and verdict.startswith("no findings")
    assert counted.startswith("not compared: view.text, ")  # dbt renames the views that it makes


def _is_plain(path: Path) -> bool:
    return path.as_posix().replace("/", "").replace("_", "").replace(".", "").isalnum() and path.as_posix().isascii()
