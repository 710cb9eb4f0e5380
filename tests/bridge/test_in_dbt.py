"""The same macros in a real dbt run-operation: the same rows as through the bridge, and as few requests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.catalogs.live import FACETS
from dbee_dbt.session.connect import Session
from tests.catalogs.systems import EVERY_FACET, LoggedSession, system
from tests.session.projects import write_project

pytestmark = pytest.mark.dbt

# What a user's own dbt macro could do with ours: read everything of some databases.
READ_ALL = """
{% macro read_all(databases) %}
    {%- set found = {'databases': dbee_dbt.dbee_dictionary_databases()} -%}
    {%- for facet in FACETS -%}
        {%- do found.update({facet: dbee_dbt['dbee_dictionary_' ~ facet](databases)}) -%}
    {%- endfor -%}
    {%- set views = found['relations'] | selectattr('kind', 'equalto', 'view') | list -%}
    {%- do found.update({'view_columns': dbee_dbt.dbee_dictionary_view_columns(views)}) -%}
    {%- do log('READ ' ~ tojson(found), info=true) -%}
{% endmacro %}
""".replace("FACETS", repr(list(FACETS)))


class Project:
    """A dbt project with our dbt package installed, over an emulated system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_project(folder, "packages-install-path: packages\nmacro-paths: [macros]\n")
        (folder / "macros").mkdir()
        (folder / "macros" / "read_all.sql").write_text(READ_ALL)
        (folder / "packages.yml").write_text("packages: [{local: ../dbee_dbt}]\n")  # as installed by dbt deps
        package = folder / "packages" / "dbee_dbt"
        for name in ("macros", "validators", "generators"):
            shutil.copytree(dbt_package_root() / name, package / name)
        shutil.copy(dbt_package_root() / "dbt_project.yml", package)

    def read_all(self, databases: list[str], **variables: Any) -> tuple[dict[str, Any], list[str]]:
        """The rows that a run-operation read, and the queries that it sent."""
        from dbt.cli.main import dbtRunner

        events: list[Any] = []
        place = ["--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        arguments = ["--args", json.dumps({"databases": databases}), "--vars", json.dumps(variables)]
        ran = dbtRunner(callbacks=[events.append]).invoke(["--quiet", "run-operation", "read_all", *arguments, *place])
        assert ran.success, ran.exception or ran.result
        (read,) = (event.data.msg for event in events if event.info.name == "JinjaLogInfo")
        queries = [event.data.sql for event in events if event.info.name == "SQLQuery"]
        queries += [event.data.msg for event in events if event.info.name == "JinjaLogDebug"]
        return json.loads(read.removeprefix("READ ")), queries


def through_the_bridge(session: Session, databases: list[str]) -> dict[str, Any]:
    bridge = Bridge(session.rows)
    found = {"databases": bridge.call("dbee_dictionary_databases")}
    found |= {facet: bridge.call(f"dbee_dictionary_{facet}", databases) for facet in FACETS}
    views = [row for row in found["relations"] if row["kind"] == "view"]
    found["view_columns"] = bridge.call("dbee_dictionary_view_columns", views)
    read: dict[str, Any] = json.loads(json.dumps(found))
    return read


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, LoggedSession]]:
    folder = tmp_path_factory.mktemp("in_dbt")
    made = [
        *EVERY_FACET,
        "COMMENT ON COLUMN D.PARENT.A AS '001'",
        "COMMENT ON COLUMN D.PARENT.B AS 'null'",
        "CREATE DATABASE TEN AS PERM = 1e9",
        "CREATE DATABASE THOUSAND AS PERM = 1e9",
    ]
    for database, count in (("TEN", 10), ("THOUSAND", 1000)):
        for number in range(count):
            made.append(f"CREATE TABLE {database}.T{number} (A INTEGER)")
            made.append(f"CREATE VIEW {database}.V{number} AS SELECT A FROM {database}.T{number}")
    session = system(*made, path=str(folder / "shop.duckdb"))
    yield Project(folder), session
    session.close()


def test_both_worlds_read_the_same_rows(project: tuple[Project, LoggedSession]) -> None:
    inside, session = project
    read, _ = inside.read_all(["D"])
    expected = through_the_bridge(session, ["D"])
    for facet, rows in expected.items():
        assert read[facet] == rows, facet
    comments = {row["comment"] for row in read["columns"] if row["relation"] == "PARENT"}
    assert comments == {"001", "null"}  # not taken for a number, nor for nothing


def test_inside_dbt_too_the_dictionary_takes_the_same_requests_for_any_number(
    project: tuple[Project, LoggedSession],
) -> None:
    inside, _ = project
    counts = []
    for database, views in (("TEN", 10), ("THOUSAND", 1000)):
        read, queries = inside.read_all([database])
        assert len(read["view_columns"]) == views
        helps = [sql for sql in queries if sql.startswith("HELP COLUMN")]
        assert len(helps) == views
        counts.append(len(queries) - len(helps))
        assert not any(sql.upper().startswith(("CREATE", "DROP")) for sql in queries)
    assert counts[0] == counts[1] <= 10
