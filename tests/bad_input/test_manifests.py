"""manifest.json that is missing, of another dbt, or edited by hand; dbt_project without models."""

from __future__ import annotations

import json

import pytest

from tests.bad_input.conftest import Project, one_message

COMMANDS = ("save", "validate", "drift", "impact")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_manifest(project: Project, command: str) -> None:
    (project.folder / "target/manifest.json").unlink()
    said = one_message(project.command(command), "DBEE-401")
    assert "there is no manifest" in said and "`dbt parse`" in said


def test_generate_models_needs_no_manifest(project: Project) -> None:
    (project.folder / "target/manifest.json").unlink()
    assert project.command("generate-models").code == 0


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"dbt_version": "1.7.3"}, "dbt 1.7.3 wrote the manifest"),
        *(
            (
                {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/manifest/v{version}.json"},
                f"of schema v{version}",
            )
            for version in (10, 11, 13)
        ),
        ({"dbt_version": None}, "this is no manifest of dbt"),
    ],
)
def test_a_manifest_of_another_dbt_version(
    project: Project, command: str, change: dict[str, object], what: str
) -> None:
    path = project.folder / "target/manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["metadata"].update(change)
    path.write_text(json.dumps(document), encoding="utf-8")
    said = one_message(project.command(command), "DBEE-401")
    assert what in said and "`dbt parse`" in said


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b'{"metadata": "\xff"}', b"\0\0", b'{"nodes": {}}'])
def test_a_file_that_is_no_manifest(project: Project, content: bytes) -> None:
    project.write("target/manifest.json", content)
    for command in COMMANDS:
        one_message(project.command(command), "DBEE-401")


@pytest.mark.parametrize("key", ["resource_type", "schema", "original_file_path"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_node_that_lacks_what_every_node_has(project: Project, command: str, key: str) -> None:
    project.manifest(**{key: None})
    said = one_message(project.command(command), "DBEE-401")
    assert f"source.shop.sales.T: the node has no {key}" in said


@pytest.mark.parametrize("change", [{"schema": 5}, {"columns": [1]}, {"depends_on": 7}, {"resource_type": []}])
def test_a_node_whose_values_have_another_form(project: Project, change: dict[str, object]) -> None:
    project.manifest(**change)
    one_message(project.command("validate"), "DBEE-401")


def test_a_manifest_that_dbt_itself_cannot_read(project: Project) -> None:
    ran = project.run("validate", "--select", "T", "--against", f"dir:{project.folder / 'ddl'}")
    assert "dbt cannot read the manifest" in one_message(ran, "DBEE-401")


def test_a_folder_in_the_place_of_the_manifest(project: Project) -> None:
    (project.folder / "target/manifest.json").unlink()
    (project.folder / "target/manifest.json").mkdir()
    assert "cannot be read" in one_message(project.command("validate"), "DBEE-401")


def test_a_project_without_models(project: Project) -> None:
    path = project.folder / "target/manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, "sources": {}}), encoding="utf-8")
    one_message(project.command("validate"), "DBEE-103")
    one_message(project.command("save"), "DBEE-103")
    assert project.command("drift").code in (0, 1)
