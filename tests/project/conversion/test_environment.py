"""Views of an environment: their text is in logical names, and dbt fills in the physical ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.ddl.script import split_script
from dbee_dbt.emulator import connect
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.conversion.generation import Asked, convert
from dbee_dbt.project.generate import GenerationOptions
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions
from tests.project.test_generated_project import dbt, make_project

pytestmark = pytest.mark.dbt

HOW = GenerationOptions(into="models/legacy")
PHYSICAL = """
CREATE DATABASE DEV_S AS PERM = 1e6;
CREATE MULTISET TABLE DEV_S.T (A INTEGER, B INTEGER) PRIMARY INDEX (A);
INSERT INTO DEV_S.T VALUES (1, 2);
CREATE VIEW DEV_S.V (A, DOUBLED) AS SELECT DEV_S.T.A, DEV_S.T.B * 2 FROM DEV_S.T;
"""
DBEE = "environments:\n  dev: {target: dev, map: {S: DEV_S}}\n  prod: {}\n"


@pytest.fixture
def project(tmp_path: Path) -> ProjectOptions:
    found = make_project(tmp_path, {"type": "dbee", "path": str(tmp_path / "dev.duckdb"), "schema": "BUILT"})
    (tmp_path / "packages.yml").unlink()
    (tmp_path / "dbee.yml").write_text(DBEE)
    with connect(str(tmp_path / "dev.duckdb")) as connection, connection.cursor() as cursor:
        for statement in split_script(PHYSICAL):
            cursor.execute(statement.text)
    return found


def test_a_model_says_logical_names_and_is_built_from_physical_ones(project: ProjectOptions) -> None:
    made, conversion = convert("td:dev", ObjectFilter(("S",)), HOW, project, Asked(views=True))
    texts = {file.path: file.text for file in made.files}
    assert 'SELECT {{ source("S", "T") }}.A' in texts["models/legacy/S/stg_S__V.sql"]
    assert "DEV_S" not in texts["models/legacy/S/stg_S__V.sql"]
    assert conversion.views is not None and (conversion.views.converted, conversion.views.left) == (1, ())
    write_files(made.files, project.root, HOW.into)
    dbt(project, "run", "--select", "stg_S__V")
    with connect(str(project.root / "dev.duckdb")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT A, DOUBLED FROM BUILT.stg_S__V")
        assert [tuple(row) for row in cursor.fetchall()] == [(1, 4)]
