"""dbee.yml as the commands meet it: a system whose databases are called otherwise in Git."""

from __future__ import annotations

import json
from contextlib import chdir

import pytest

from tests.bad_input.conftest import READERS, Project, one_message

TWO = """\
environments:
  work: {target: dev, map: {SHOP: SALES}}
  live: {target: prod, map: {SHOP: PROD_SHOP}}
"""


def generated(project: Project, *options: object) -> str:
    ran = project.run("generate-models", "--from", "td:work", "--objects", "SHOP", *options)
    assert ran.code == 0, ran
    return (project.folder / "models/staging/SHOP/_SHOP__sources.yml").read_text(encoding="utf-8")


def test_sources_have_the_logical_name_and_read_the_physical_database(project: Project) -> None:
    project.write("dbee.yml", "environments:\n  work: {target: dev, map: {SHOP: SALES}}\n")
    assert "  - name: SHOP\n    schema: SALES\n" in generated(project)
    model = project.folder / "models/staging/SHOP/stg_SHOP__T.sql"
    assert 'from {{ source("SHOP", "T") }}' in model.read_text(encoding="utf-8")


@pytest.mark.dbt
def test_where_environments_differ_dbt_chooses_by_its_target(project: Project) -> None:
    from dbt.cli.main import dbtRunner

    project.write("dbee.yml", TWO)
    generated(project)
    target = {"type": "dbee", "path": str(project.folder / "system.duckdb"), "schema": "SALES"}
    outputs = dict.fromkeys(("dev", "prod", "other"), target)
    project.write("profiles.yml", json.dumps({"shop": {"target": "dev", "outputs": outputs}}))
    found = {}
    for name in outputs:
        with chdir(project.folder):
            assert dbtRunner().invoke(["--quiet", "parse", "--no-partial-parse", "--target", name]).success
        manifest = json.loads((project.folder / "target/manifest.json").read_text(encoding="utf-8"))
        found[name] = manifest["sources"]["source.shop.SHOP.T"]["schema"]
    assert found == {"dev": "SALES", "prod": "PROD_SHOP", "other": "SHOP"}


def test_a_catalog_is_saved_in_logical_names(project: Project) -> None:
    project.write("dbee.yml", TWO)
    assert project.run("save", "td:work", "-o", project.folder / "saved.json").code == 0
    saved = json.loads((project.folder / "saved.json").read_text(encoding="utf-8"))
    assert saved["address"] == "td:work"
    assert [(each.get("database"), each["name"]) for each in saved["objects"]] == [(None, "SHOP"), ("SHOP", "T")]


def test_validate_asks_the_target_of_an_environment(project: Project) -> None:
    project.write("dbee.yml", TWO)
    ran = project.command("validate", "td:work")
    assert (ran.code, "td:dev" in ran.out) == (0, True)


@pytest.mark.parametrize("command", READERS)
def test_a_broken_file_is_refused_by_every_command(project: Project, command: str) -> None:
    project.write("dbee.yml", "environments:\n  work: {targt: dev}\n")
    assert "dbee.yml:2: 'targt' is no key of an environment" in one_message(project.command(command), "DBEE-110")


def test_another_file_may_be_named_and_has_to_exist(project: Project) -> None:
    project.write("dbee.yml", "environments: []\n")
    other, save = project.write("other.yml", TWO), ("save", "td:work", "-o", project.folder / "x.json")
    assert project.run(*save, "--config", other).code == 0
    assert "cannot be read" in one_message(project.run(*save, "--config", project.folder / "none.yml"), "DBEE-110")


def test_the_target_of_the_environment_and_another_one_are_refused(project: Project) -> None:
    project.write("dbee.yml", TWO)
    said = one_message(project.run("save", "td:live", "--target", "dev", "-o", project.folder / "x.json"), "DBEE-102")
    assert "the address names the target 'prod' and --target names 'dev'" in said
