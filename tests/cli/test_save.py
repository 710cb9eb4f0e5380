"""dbee-dbt save: a catalog to a file, of the objects that are meant."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from dbee_dbt.catalogs.saved import read_catalog
from tests.catalogs.systems import system
from tests.cli.commands import Ran, run
from tests.session.projects import write_project


class Project:
    """A dbt project whose target is an emulated system of three databases."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        write_project(folder)

    def save(self, *arguments: object) -> Ran:
        options = ("--project-dir", self.folder, "--profiles-dir", self.folder)
        return run(self._capsys, "save", *arguments, "-o", self.folder / "out.json", *options)

    def parsed(self, *databases: str) -> None:
        """As after ``dbt parse`` of a project with a source in each of these databases."""
        head = {
            "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
            "dbt_version": metadata.version("dbt-core"),
        }
        sources = {
            f"source.shop.{name}.t": {"schema": name, "identifier": "t", "resource_type": "source"}
            for name in databases
        }
        (self.folder / "target").mkdir()
        (self.folder / "target" / "manifest.json").write_text(
            json.dumps({"metadata": head, "nodes": {}, "sources": sources})
        )

    def saved(self) -> list[str]:
        return [key.text for key in read_catalog(self.folder / "out.json").objects]


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    system(
        "CREATE DATABASE SALES AS PERM = 1e6",
        "CREATE DATABASE MART AS PERM = 1e6",
        "CREATE DATABASE OTHER AS PERM = 1e6",
        "CREATE TABLE SALES.T (A INTEGER)",
        "CREATE VIEW MART.V AS SELECT A FROM SALES.T",
        path=str(tmp_path / "shop.duckdb"),
    ).close()
    return Project(tmp_path, capsys)


def test_the_objects_that_are_meant(project: Project) -> None:
    ran = project.save("td:dev", "--objects", "SALES", "--objects", "MART.V*", "--exclude-objects", "kind:database")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 objects of 2 databases saved to ")
    assert project.saved() == ["MART.V", "SALES.T"]


def test_without_objects_the_databases_that_the_dbt_project_names(project: Project) -> None:
    project.parsed("sales", "mart", "not_built_yet")
    ran = project.save()
    assert ran.code == 0, ran
    assert project.saved() == ["MART", "SALES", "MART.V", "SALES.T"]


def test_a_project_whose_databases_are_nowhere(project: Project) -> None:
    project.parsed("gone")
    ran = project.save("--target", "dev")
    assert ran.code == 2
    assert "none of the databases that the dbt project names exists there" in ran.err


def test_a_project_that_names_no_database(project: Project) -> None:
    project.parsed()
    ran = project.save()
    assert ran.code == 2
    assert "the dbt project names no database" in ran.err


def test_without_objects_a_project_is_needed(project: Project) -> None:
    ran = project.save()
    assert ran.code == 2
    assert "manifest.json" in ran.err
    assert not (project.folder / "out.json").exists()


def test_a_folder_is_saved_whole(project: Project) -> None:
    (project.folder / "ddl").mkdir()
    (project.folder / "ddl" / "t.sql").write_text("CREATE TABLE D.T (A INTEGER); GRANT SELECT ON D.T TO PUBLIC;")
    (project.folder / "ddl" / "notes.txt").write_text("")
    ran = project.save(f"dir:{project.folder / 'ddl'}")
    assert ran.code == 0
    assert ran.out.startswith("1 object of 1 database saved to ")
    assert "not opened, no DDL by the name: 1 file: " in ran.out
    assert "not part of a catalog: 1 grant\n" in ran.out
    assert project.saved() == ["D.T"]


def drift(project: Project, capsys: pytest.CaptureFixture[str], *options: str) -> Ran:
    places = ("--profiles-dir", project.folder, "--project-dir", project.folder / "elsewhere", "--profile", "shop")
    baseline = f"file:{project.folder / 'out.json'}"
    return run(capsys, "drift", "--baseline", baseline, "--against", "td:dev", *places, *options)


@pytest.mark.parametrize("objects", ["SALES.T", "SALES.*", "SALES", "S*", "kind:view", "*"])
def test_of_a_part_that_was_saved_a_system_that_did_not_change_has_no_drift(
    project: Project, capsys: pytest.CaptureFixture[str], objects: str
) -> None:
    assert project.save("td:dev", "--objects", objects).code == 0
    ran = drift(project, capsys)
    assert ran.code == 0, ran
    assert "compared: no difference" in ran.out
    assert "added" not in drift(project, capsys, "--objects", "*").out


def test_what_came_in_the_part_that_was_saved_is_added_and_what_came_elsewhere_is_not(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.save("td:dev", "--objects", "SALES.*").code == 0
    system(
        "CREATE TABLE SALES.U (B DATE, C DATE)", "CREATE TABLE MART.U (A INTEGER)", "DROP TABLE SALES.T",
        path=str(project.folder / "shop.duckdb"),
    ).close()  # fmt: skip
    ran = drift(project, capsys)
    assert ran.code == 1, ran
    assert [line for line in ran.out.splitlines() if line.endswith(("added", "removed"))][:2] == [
        "SALES.T  table removed",
        "SALES.U  table added",
    ]
    assert "MART" not in ran.out


def test_a_database_that_is_gone_is_removed_also_where_it_was_named(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.save("td:dev", "--objects", "OTHER", "--objects", "SALES").code == 0
    system("DROP DATABASE OTHER", path=str(project.folder / "shop.duckdb")).close()
    for named in ((), ("--objects", "OTHER", "--objects", "SALES")):
        ran = drift(project, capsys, *named)
        assert "OTHER  database removed" in ran.out.splitlines()
        assert "2 objects compared: 1 removed" in ran.out


def test_what_could_not_be_read_is_listed_and_exits_with_1(project: Project) -> None:
    system("DROP TABLE SALES.T", path=str(project.folder / "shop.duckdb")).close()
    ran = project.save("--objects", "MART")
    assert ran.code == 1
    assert "not placed: the columns of view MART.V cannot be resolved" in ran.out
    assert project.saved() == ["MART", "MART.V"]


def test_a_database_that_does_not_exist(project: Project) -> None:
    ran = project.save("--objects", "NOWHERE")
    assert ran.code == 2
    assert "NOWHERE: there is no such database" in ran.err


def test_hostile_names_do_not_reach_the_terminal(project: Project) -> None:
    ran = project.save("--objects", "a\x1b[31m\u202eb")
    assert ran.code == 2
    assert r"a\x1b[31m\u202eb: there is no such database" in ran.err


def test_nothing_matched(project: Project) -> None:
    ran = project.save("--objects", "SALES.X*")
    assert ran.code == 2
    assert "no object matches" in ran.err


def test_two_targets(project: Project) -> None:
    ran = project.save("td:dev", "--target", "prod", "--objects", "SALES")
    assert ran.code == 2
    assert "the address names the target 'dev' and --target names 'prod'" in ran.err


@pytest.mark.parametrize("address", ["git:main", "pkg:x.zip", "nonsense"])
def test_another_address(project: Project, address: str) -> None:
    assert project.save(address).code == 2


def test_a_file_of_another_ending_is_refused_before_anything_is_read(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "save", "td:nowhere", "-o", project.folder / "out.xml")
    assert ran.code == 2
    assert "a saved catalog is a .json or .json.gz file" in ran.err
