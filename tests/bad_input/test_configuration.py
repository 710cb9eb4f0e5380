"""Profiles, projects and variables that cannot be used."""

from __future__ import annotations

import pytest

from tests.bad_input.conftest import READERS, Project, one_message

COMMANDS = pytest.mark.parametrize("command", READERS)
TARGET = "shop: {target: dev, outputs: {dev: {type: dbee, path: x.duckdb, schema: SALES}}}"


@COMMANDS
def test_no_profile(project: Project, command: str) -> None:
    (project.folder / "profiles.yml").unlink()
    said = one_message(project.command(command), "DBEE-110")
    assert "Could not find profile named 'shop'" in said
    assert str(project.folder / "profiles.yml") in said


def test_no_profile_is_a_diagnosis_of_debug(project: Project) -> None:
    (project.folder / "profiles.yml").unlink()
    ran = project.run("debug")
    assert (ran.code, ran.err) == (2, "")
    assert "Could not find profile named 'shop'" in ran.out


@COMMANDS
def test_wrong_target(project: Project, command: str) -> None:
    said = one_message(project.command(command, "td:pord"), "DBEE-110")
    assert "does not have a target named 'pord'" in said and "- dev" in said


@pytest.mark.parametrize(
    ("profiles", "what"),
    [
        (b"shop: [\n", "profiles.yml"),
        (b"", "is empty"),
        (b"- 1\n", "Could not find profile named 'shop'"),
        (b"\x00\x01", "control characters are not allowed"),
        (b"shop: \xff\xfe\n", "the file is not UTF-8"),
        (b"shop:\n  outputs:\n", "profiles.yml"),
        (b"shop: {target: dev, outputs: }\n", "the file has no form that dbt reads"),
        (b"shop: {target: dev, outputs: {dev: 5}}\n", "profiles.yml"),
        (b"shop: {target: dev, outputs: {dev: {path: x}}}\n", '"type" not found'),
        (b"shop: {target: dev, outputs: {dev: {type: dbee, schema: S, path: 5}}}", "5 is not valid"),
        (b"shop: {target: dev, outputs: {dev: {type: dbee, path: \"{{ env_var('NOPE_X') }}\", schema: S}}}", "NOPE_X"),
        (b'shop: {target: dev, outputs: {dev: {type: dbee, path: "{{ env_var( }}", schema: S}}}', "Could not render"),
    ],
)
def test_a_profile_that_cannot_be_read(project: Project, profiles: bytes, what: str) -> None:
    project.write("profiles.yml", profiles)
    said = one_message(project.command("save"), "DBEE-110")
    assert what in said and str(project.folder / "profiles.yml") in said
    assert project.run("debug").code == 2


def test_a_folder_in_the_place_of_the_profile(project: Project) -> None:
    (project.folder / "profiles.yml").unlink()
    (project.folder / "profiles.yml").mkdir()
    one_message(project.command("save"), "DBEE-110")


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"tmode": "FOO"}, "tmode is one of ANSI, TERA"),
        ({"faults": [{"a": 1}]}, "faults is a list of"),
        ({"path": "a\0b"}, "the path of the file holds a zero byte"),
        ({"path": "a\nb/\u202ex"}, r"a\nb/\u202ex"),
    ],
)
def test_a_target_of_the_emulator_that_cannot_be_used(project: Project, settings: dict[str, object], what: str) -> None:
    project.profile(**settings)
    assert what in one_message(project.command("save"), "DBEE-301")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"", "dbt_project.yml"),
        (b"name: [\n", "dbt_project.yml"),
        (b"- name\n", "dbt_project.yml"),
        (b"name: 5\n", "dbt_project.yml"),
        (b"name: \xff\n", "the file is not UTF-8"),
        (b"name: shop\n", "dbt_project.yml"),
        (b"name: shop\nprofile: shop\nmodel-paths: 5\n", "model-paths"),
        (b"name: shop\nprofile: shop\nmodel-paths: models\n", "model-paths"),
        (b"name: shop\nprofile: shop\ntarget-path: [a]\n", "target-path"),
        (b"name: shop\nprofile: shop\npackages-install-path: 5\n", "packages-install-path"),
        (b"name: shop\nprofile: shop\nvars: [1]\n", "vars"),
        (b"name: shop\nprofile: shop\nvars: {dbee: hello}\n", "the variable dbee is not a dictionary"),
        (b"name: shop\nprofile: shop\nvars: {dbee_dbt: hello}\n", "the variable dbee_dbt is not a dictionary"),
        (b"name: shop\nprofile: shop\nvars: {dbee: {dictionary: 5}}\n", "dictionary: must be V or VX, not 5"),
    ],
)
def test_a_project_file_that_cannot_be_used(project: Project, text: bytes, what: str) -> None:
    project.write("dbt_project.yml", text)
    for command in ("validate", "save", "drift", "generate-models"):
        ran = project.command(command)
        said = one_message(ran, "DBEE-")
        assert what in said, command
        assert "profiles.yml" not in said, command
    ran = project.run("debug")
    assert (ran.code, ran.err) == (2, "")


@pytest.mark.parametrize("text", ["\ufeffname: shop\nprofile: shop\n", "name: shop\r\nprofile: shop\r\n"])
def test_a_project_file_with_a_byte_order_mark_or_other_line_ends_is_fine(project: Project, text: str) -> None:
    project.write("dbt_project.yml", text)
    assert project.command("validate").code == 0


def test_a_folder_in_the_place_of_the_project_file(project: Project) -> None:
    (project.folder / "dbt_project.yml").unlink()
    (project.folder / "dbt_project.yml").mkdir()
    for command in ("validate", "save"):
        assert "no dbt" in one_message(project.command(command), "DBEE-110")


@pytest.mark.parametrize("text", ["[", "5", "- a", "{a: !!python/object:os.system x}", "\0", "'", "a: b: c", "{a: *x}"])
def test_variables_that_are_no_dictionary_of_yaml(project: Project, text: str) -> None:
    assert "--vars" in one_message(project.run("validate", "--vars", text), "DBEE-101")


@pytest.mark.parametrize(
    ("meta", "what"),
    [
        ({"dbee": "x"}, "meta: dbee: of source.shop.sales.T must be a dictionary"),
        ({"dbee": {"facets": 3}}, "meta: dbee: facets: of source.shop.sales.T must be a dictionary"),
        ({"dbee": {"rules": {"source_missing": 3}}}, "source_missing: must be a dictionary"),
    ],
)
def test_settings_of_a_node_that_have_another_form(project: Project, meta: object, what: str) -> None:
    project.manifest(config={"meta": meta}, identifier="GONE")
    if "facets" in what:
        project.manifest(config={"meta": meta})
    assert what in one_message(project.command("validate"), "DBEE-403")


def test_rules_of_another_version_in_dbt_packages(project: Project) -> None:
    file = project.write("dbt_packages/dbee_dbt/dbt_project.yml", "name: dbee_dbt\nversion: 9.9.9\n")
    for command in ("validate", "generate-models"):
        said = one_message(project.command(command), "DBEE-112")
        assert "is of version 9.9.9" in said and str(file) in said and "- local: " in said


@pytest.mark.parametrize("text", ["", "[", "- 1", "version: [1]"])
def test_rules_whose_version_cannot_be_told(project: Project, text: str) -> None:
    project.write("dbt_packages/dbee_dbt/dbt_project.yml", text)
    one_message(project.command("validate"), "DBEE-112")


@pytest.mark.parametrize("text", ["[", "- a", "\0", "session_mode: X", "session_mode: {a: 1}", "fallback: 3"])
def test_defaults_that_cannot_be_used(project: Project, text: str) -> None:
    file = project.write("defaults.yml", text)
    ran = project.run("drift", "--baseline", f"dir:{project.folder / 'ddl'}", "--defaults", file)
    assert str(file) in one_message(ran, "DBEE-110")
