"""Models and sources of a name that the project has already: dbt stops on two, so nothing is written."""

from __future__ import annotations

import pytest

from tests.bad_input.conftest import SOURCE, Project, one_message


def refused(project: Project, *options: str) -> str:
    ran = project.run("generate-models", "--objects", "SALES", *options)
    assert not (project.folder / "models/staging").exists()
    return one_message(ran, "DBEE-402")


@pytest.mark.parametrize(
    "file",
    ["models/old/stg_SALES__T.sql", "models/stg_sales__t.sql", "models/x/stg_SALES__T.py", "seeds/stg_SALES__T.csv"],
)
def test_a_model_of_the_same_name_in_another_folder(project: Project, file: str) -> None:
    project.write(file, "select 1")
    said = refused(project)
    assert f"{file} stg_SALES__T: the project has a model of this name already" in said
    assert "--prefix" in said and "--exclude-objects" in said
    refused(project, "--overwrite")
    refused(project, "--dry-run")
    assert project.run("generate-models", "--objects", "SALES", "--prefix", "base_").code == 0


def test_a_source_of_the_same_name_in_another_file(project: Project) -> None:
    project.manifest(source_name="SALES")
    said = refused(project)
    assert "models/sources.yml SALES.T: the project has a source of this name already" in said


def test_a_snapshot_of_the_same_name(project: Project) -> None:
    project.write("snapshots/s.sql", "")
    snapshot = {**SOURCE, "resource_type": "snapshot", "name": "stg_SALES__T", "original_file_path": "snapshots/s.sql"}
    project.manifest(**snapshot)
    assert "snapshots/s.sql stg_SALES__T" in refused(project)


def test_names_that_a_stale_or_foreign_manifest_holds_are_free(project: Project) -> None:
    for changes in ({"original_file_path": "models/gone.yml"}, {"package_name": "other"}):
        project.manifest(**{"source_name": "SALES", **changes})
        assert project.run("generate-models", "--objects", "SALES").code == 0


def test_a_second_run_takes_its_own_files_for_its_own(project: Project) -> None:
    for _ in range(2):
        assert project.run("generate-models", "--objects", "SALES").code == 0
    ran = project.run("generate-models", "--objects", "SALES", "--into", "models/other")
    assert "models/staging/SALES/stg_SALES__T.sql stg_SALES__T: " in one_message(ran, "DBEE-402")
