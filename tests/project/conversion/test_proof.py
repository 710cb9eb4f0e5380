"""The proof: what dbt builds on the emulator gives the rows and the types of what it was made from.

Views become models; proposals, enabled, go through two runs, as their loads do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.ddl.script import split_script
from dbee_dbt.emulator import connect
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.model.names import qualified
from dbee_dbt.project.conversion.loads import loads_of_script
from dbee_dbt.project.conversion.propose import propose
from dbee_dbt.project.conversion.relations import sink_of
from dbee_dbt.project.conversion.views import converted_from
from dbee_dbt.project.generate import GeneratedFile, GeneratedName, GenerationOptions
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions
from tests.project.test_generated_project import RETAIL, dbt, load_retail, make_project

pytestmark = pytest.mark.dbt

HOW = GenerationOptions(into="models/legacy")
BUILT = "BUILT"
ZOO = Path(__file__).parent / "zoo.sql"

LOADS = """
DELETE FROM ZOO.SUMMARY;
INSERT INTO ZOO.SUMMARY (KEEPER_ID, N) SELECT KEEPER_ID, CAST(COUNT(*) AS INTEGER) FROM ZOO.ANIMAL WHERE WEIGHT > ${LIGHTEST} GROUP BY 1;
MERGE INTO ZOO.LATEST AS l
USING (SELECT a.ID, a.NAME AS WHAT, p.WEIGHT FROM ZOO.ANIMAL a, ZOO.PLAIN p WHERE a.ID = p.ID) AS s
ON l.ID = s.ID
WHEN MATCHED THEN UPDATE SET NAME = s.WHAT, WEIGHT = s.WEIGHT
WHEN NOT MATCHED THEN INSERT (ID, NAME, WEIGHT) VALUES (s.ID, s.WHAT, s.WEIGHT);
DELETE FROM ZOO.OF_KEEPER WHERE KEEPER_ID = 10;
INSERT INTO ZOO.OF_KEEPER SELECT KEEPER_ID, CAST(COUNT(*) AS INTEGER) FROM ZOO.ANIMAL WHERE KEEPER_ID = 10 GROUP BY 1;
"""
LOADED = ("SUMMARY", "LATEST", "OF_KEEPER")
GIVEN = ("--vars", '{LIGHTEST: "4"}')
CHANGES = """
UPDATE ZOO.ANIMAL SET WEIGHT = 3.00 WHERE ID = 1;
INSERT INTO ZOO.ANIMAL VALUES (5, 'Emu', 10, 30.00, NULL, NULL);
"""
LATER = "INSERT INTO ZOO.LATEST SELECT ID, NAME, ${NOT_GIVEN} FROM ZOO.ANIMAL;"


class Proof(NamedTuple):
    """Each converted view with its name in the project, a connection to where both lie, and dbt on the project."""

    names: tuple[GeneratedName, ...]
    connection: Any
    run: Callable[..., None]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proof]:
    """All views of the examples and of zoo.sql, converted and built in one run of dbt."""
    folder = tmp_path_factory.mktemp("proof")
    database = folder / "proof.duckdb"
    load_retail(database)
    with connect(str(database)) as connection:
        executed(connection, ZOO.read_text(encoding="utf-8"))
    project = make_project(folder, {"type": "dbee", "path": str(database), "schema": BUILT, "threads": 1})
    (folder / "packages.yml").unlink()
    catalog = load_catalog("", ObjectFilter(("RETAIL_*", "ZOO", "My Farm")), project)
    made, conversion = converted_from(catalog, HOW)
    assert (conversion.not_converted, conversion.left) == ((), ())
    views = tuple(one for one in made.names if one.converted)
    paths = {one.path for one in views}
    meant = [file for file in made.files if file.path in paths or file.path.endswith("__sources.yml")]
    scripts = [loads_of_script("loads.bteq", LOADS), loads_of_script("later.bteq", LATER)]
    proposed = propose(catalog, (), scripts, HOW, sink_of(catalog, made.names))
    assert proposed.not_proposed == ()
    *enabled, disabled, columns = proposed.files
    meant += [GeneratedFile(file.path, file.text.replace("enabled=false", "enabled=true")) for file in enabled]
    write_files([*meant, disabled, columns], folder, HOW.into)  # nothing else is built, and dbt takes long to read it
    run = parsed(project)
    run()
    with connect(str(database)) as connection:
        yield Proof(views, connection, run)


def parsed(project: ProjectOptions) -> Callable[..., None]:
    """``dbt run`` on a project that is parsed once, which takes longer than to run it."""
    from dbt.cli.main import dbtRunner

    manifest = dbt(project, "parse", *GIVEN)

    def run(*selected: str) -> None:
        place = ["--project-dir", str(project.root), "--profiles-dir", str(project.root)]
        choice = ["--select", *selected] if selected else []
        result = dbtRunner(manifest=manifest).invoke(["--quiet", "run", *place, *GIVEN, *choice])
        assert result.success, (result.exception, [one.message for one in getattr(result.result, "results", ())])

    return run


def test_a_proposal_that_is_enabled_fills_a_table_as_its_load_does_run_after_run(proof: Proof) -> None:
    for changes in ("", CHANGES):
        executed(proof.connection, changes)
        if changes:
            proof.run("tag:proposal")
        executed(proof.connection, LOADS.replace("${LIGHTEST}", "4"))
        for name in LOADED:
            assert rows(proof.connection, BUILT, f"load_ZOO__{name}") == rows(proof.connection, "ZOO", name), changes
            assert types(proof.connection, BUILT, f"load_ZOO__{name}") == types(proof.connection, "ZOO", name)


def executed(connection: Any, script: str) -> None:
    with connection.cursor() as cursor:
        for statement in split_script(script):
            cursor.execute(statement.text)


def test_a_proposal_is_not_built(proof: Proof) -> None:
    with pytest.raises(Exception, match=r"Object 'BUILT\.load_ZOO__LATEST_2' does not exist"):
        rows(proof.connection, BUILT, "load_ZOO__LATEST_2")


def rows(connection: Any, database: str, name: str) -> tuple[list[tuple[str, Any]], list[str]]:
    """Names and types of the columns, and the rows in an order of their own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {qualified(database, name)}")
        columns = [(column[0].upper(), column[1]) for column in cursor.description]
        return columns, sorted(map(repr, cursor.fetchall()))


def types(connection: Any, database: str, name: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"HELP COLUMN {qualified(database, name)}.*")
        titles = [column[0] for column in cursor.description]
        wanted = [titles.index(title) for title in ("Column Name", "Type", "Max Length", "Char Type")]
        return [tuple(str(row[at]).upper() for at in wanted) for row in cursor.fetchall()]


def test_every_view_is_there(proof: Proof) -> None:
    files = (ZOO, *RETAIL.glob("ddl/*.sql"))
    assert len(proof.names) == sum(file.read_text(encoding="utf-8").count("CREATE VIEW") for file in files)


def test_a_model_gives_the_rows_of_its_view(proof: Proof) -> None:
    for one in proof.names:
        assert rows(proof.connection, BUILT, one.model) == rows(proof.connection, one.database, one.name), one.name


def test_a_model_has_the_types_of_its_view(proof: Proof) -> None:
    for one in proof.names:
        assert types(proof.connection, BUILT, one.model) == types(proof.connection, one.database, one.name), one.name
