"""`dbee-dbt generate-models --sync`, `--check` and `--diff` as a user meets them."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.project.manifest import SCHEMA
from tests.cli.commands import Ran, run

SHOP = Path(__file__).parents[1] / "project" / "shop" / "ddl"
SOURCES = "models/staging/SHOP/_SHOP__sources.yml"
MODELS = "models/staging/SHOP/_SHOP__models.yml"


class Project:
    """A dbt project whose sources and models were generated."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        (root / "dbt_project.yml").write_text("name: shop\nprofile: shop\n", encoding="utf-8")
        assert self().code == 0

    def __call__(self, *options: str) -> Ran:
        at = ("--from", f"dir:{SHOP}", "--objects", "SHOP", "--project-dir", self.root)
        return run(self._capsys, "generate-models", *at, *options)

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.text(path)
        assert old in text
        (self.root / path).write_bytes(text.replace(old, new, 1).encode("utf-8"))

    def parsed(self, **nodes: dict[str, Any]) -> None:
        """The manifest that dbt would write of these models."""
        metadata = {
            "dbt_schema_version": SCHEMA,
            "dbt_version": importlib.metadata.version("dbt-core"),
            "project_name": "shop",
            "adapter_type": "dbee",
        }
        found = {
            f"model.shop.{name}": {
                **{
                    "unique_id": f"model.shop.{name}",
                    "name": name,
                    "package_name": "shop",
                    "depends_on": {"nodes": []},
                },
                **{"resource_type": "model", "database": "", "columns": {}, "config": {"materialized": "table"}},
                **node,
            }
            for name, node in nodes.items()
        }
        (self.root / "target").mkdir()
        document = {"metadata": metadata, "nodes": found, "sources": {}, "exposures": {}, "macros": {}, "disabled": {}}
        (self.root / "target" / "manifest.json").write_text(json.dumps(document), encoding="utf-8")

    @property
    def files(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    return Project(tmp_path, capsys)


def drop_column(project: Project) -> None:
    """The sources file no longer describes one of the columns."""
    lines = project.text(SOURCES).split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("- name:") and "data_type" in lines[n + 1])
    del lines[at : at + 2]
    (project.root / SOURCES).write_bytes("\n".join(lines).encode("utf-8"))


def test_what_was_just_generated_is_in_line(project: Project) -> None:
    before = project.files
    found = project("--check")
    assert (found.code, found.out) == (0, "")
    assert "in line" in found.err
    assert project("--sync").code == 0
    assert project.files == before


def test_check_shows_a_diff_writes_nothing_and_exits_with_1(project: Project) -> None:
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT # wrong")
    before = project.files
    found = project("--check")
    assert found.code == 1
    assert f"--- {MODELS}\n+++ {MODELS}\n" in found.out
    assert "-        data_type: SMALLINT # wrong\n+        data_type: INTEGER # wrong\n" in found.out
    assert "1 type changed" in found.err
    assert project.files == before


def test_diff_shows_the_same_and_exits_with_0(project: Project) -> None:
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT")
    before = project.files
    found = project("--diff")
    assert found.code == 0
    assert found.out == project("--check").out != ""
    assert project.files == before


def test_a_dry_run_says_what_it_would_do(project: Project) -> None:
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT")
    before = project.files
    found = project("--sync", "--dry-run")
    assert (found.code, found.out) == (0, f"{MODELS}: would be changed (1 type changed)\n")
    assert project.files == before


def test_sync_edits_the_line_that_is_wrong_and_no_other(project: Project) -> None:
    text = project.text(MODELS)
    project.edit(MODELS, "data_type: INTEGER", "data_type: 'SMALLINT'   # wrong")
    found = project("--sync")
    assert (found.code, found.out) == (0, f"{MODELS}: changed (1 type changed)\n")
    assert project.text(MODELS) == text.replace("data_type: INTEGER", "data_type: 'INTEGER'   # wrong", 1)
    assert project("--check").code == 0


def test_a_file_of_windows_stays_one(project: Project) -> None:
    text = "\ufeff" + project.text(SOURCES).replace("\n", "\r\n")
    (project.root / SOURCES).write_bytes(text.encode("utf-8"))
    drop_column(project)
    assert project("--sync").code == 0
    assert project.text(SOURCES) == text


def test_entries_are_found_wherever_they_are(project: Project) -> None:
    (project.root / "models" / "everything.yaml").write_text(project.text(SOURCES), encoding="utf-8")
    (project.root / SOURCES).unlink()
    before = project.files
    assert project("--sync").code == 0
    assert project.files == before


def test_what_the_database_does_not_have_is_named_and_goes_with_prune(project: Project) -> None:
    text = project.text(SOURCES)
    project.edit(SOURCES, "    tables:\n", "    tables:\n      - name: LEFT_OVER # of 2019\n")
    found = project("--sync")
    assert found.code == 0
    assert f"  {SOURCES}:8: SHOP.LEFT_OVER\n" in found.out
    assert project("--check", "--prune").code == 1
    assert project("--sync", "--prune").out == f"{SOURCES}: changed (1 entry removed)\n"
    assert project.text(SOURCES) == text


def test_a_generated_version_of_a_model_follows(project: Project) -> None:
    settings = {"name": "shop", "profile": "shop", "vars": {"dbee": {"generate": {"version": 1, "into": "models/v"}}}}
    (project.root / "dbt_project.yml").write_text(json.dumps(settings), encoding="utf-8")
    shutil.rmtree(project.root / "models")
    assert project().code == 0
    before = project.files
    assert project("--sync").code == 0
    assert project.files == before
    project.edit(MODELS.replace("staging", "v"), "data_type: INTEGER", "data_type: SMALLINT")
    assert project("--sync").out == f"{MODELS.replace('staging', 'v')}: changed (1 type changed)\n"
    assert project.files == before


def test_the_place_of_what_is_gone_is_told_in_the_file_as_it_is(project: Project) -> None:
    lines = project.text(SOURCES).split("\n")
    drop_column(project)
    text = project.text(SOURCES)
    (project.root / SOURCES).write_bytes(f"{text}      - name: LEFT_OVER\n".encode())
    place = f"  {SOURCES}:{{}}: SHOP.LEFT_OVER\n"
    assert place.format(len(lines) - 2) in project("--check").err
    assert place.format(len(lines)) in project("--sync").out


def test_a_model_with_other_sql_is_left_alone_and_named(project: Project) -> None:
    (project.root / "models/staging/SHOP/stg_SHOP__Orders.sql").write_text("select 1 as one")
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT")
    found = project("--sync")
    assert "models left alone, since their SQL is not what would be generated: 1\n  stg_SHOP__Orders\n" in found.out


def test_a_model_of_your_own_follows_the_table_that_dbt_made_of_it(project: Project) -> None:
    """SHOP.Orders is the table of the model mart, and no source."""
    mart = project.root / "models/marts/mart.sql"
    mart.parent.mkdir()
    mart.write_text("select 1 as id", encoding="utf-8")
    project.parsed(mart={"schema": "shop", "alias": "ORDERS", "original_file_path": "models/marts/mart.sql"})
    before = project.text(SOURCES)
    found = project("--sync")
    assert found.out == "models/marts/_marts__models.yml: written (1 model added)\n"
    text = project.text("models/marts/_marts__models.yml")
    assert text.startswith("version: 2\n\nmodels:\n  - name: mart\n")
    assert "        data_type: INTEGER\n" in text
    assert project.text(SOURCES) == before
    project.edit("models/marts/_marts__models.yml", "data_type: INTEGER", "data_type: BYTEINT")
    assert project("--check").code == 1
    project("--sync")
    assert project.text("models/marts/_marts__models.yml") == text


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_brought_in_line(project: Project) -> None:
    (project.root / "models" / "bad.yml").write_text("models:\n  - name: a\n\tdescription: b\n")
    (project.root / "models" / "latin.yml").write_bytes(b"models: [{name: \xe4}]\n")
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT")
    found = project("--sync")
    assert found.code == 1
    assert "Error DBEE-405 models/bad.yml:3: this is no YAML" in found.err
    assert "-> Write blanks in place of the tab." in found.err
    assert "Error DBEE-405 models/latin.yml: the file is not UTF-8" in found.err
    assert f"{MODELS}: changed (1 type changed)" in found.out


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_that_cannot_be_read_is_neither_replaced_nor_written_a_second_time(
    project: Project, encoding: str, moved: bool
) -> None:
    for path in (SOURCES, MODELS):
        text = project.text(path) + "# \u00e4\n"
        (project.root / path).write_bytes(text.encode(encoding))
        if moved:
            (project.root / path).rename(project.root / "models" / Path(path).name)
    before = {path: path.read_bytes() for path in project.root.rglob("*.yml")}
    found = project("--sync")
    assert found.code == 1 and found.err.count("the file is not UTF-8") == 2
    assert "written" not in found.out and "in line" not in found.out
    assert {path: path.read_bytes() for path in project.root.rglob("*.yml")} == before


def test_what_a_file_that_is_no_yaml_describes_is_not_written_a_second_time(project: Project) -> None:
    for path in (SOURCES, MODELS):
        text = project.text(path)
        (project.root / path).unlink()
        (project.root / "models" / Path(path).name).write_text(text + "\t- x\n", encoding="utf-8")
    found = project("--sync")
    assert found.code == 1 and not (project.root / SOURCES).exists() and not (project.root / MODELS).exists()


def test_a_file_outside_of_the_model_paths_is_not_replaced(project: Project) -> None:
    (project.root / SOURCES).unlink()
    file = project.root / "elsewhere" / "SHOP" / Path(SOURCES).name
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n", encoding="utf-8")
    found = project("--sync", "--into", "elsewhere")
    assert found.code == 1 and "the file is there, in no folder of models, seeds or snapshots" in found.err
    assert file.read_text(encoding="utf-8") == "# mine\n"


def test_a_table_whose_name_is_jinja_is_never_gone(project: Project) -> None:
    project.edit(
        SOURCES, "      - name: Basket\n", "      - name: Basket\n        identifier: \"{{ var('p') }}Basket\"\n"
    )
    before = project.text(SOURCES)
    found = project("--sync", "--prune")
    assert "its name is written with Jinja" in found.out
    assert project.text(SOURCES) == before


def test_a_link_out_of_the_project_is_refused(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "schema.yml"
    (project.root / MODELS).rename(outside)
    try:
        (project.root / MODELS).symlink_to(outside)
    except OSError:
        pytest.skip("no links here")
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT")
    before = outside.read_bytes()
    found = project("--sync")
    assert found.code == 2
    assert "outside of the project" in found.err
    assert outside.read_bytes() == before


def test_what_a_terminal_would_act_on_is_spelled_out(project: Project) -> None:
    project.edit(MODELS, "data_type: INTEGER", "data_type: SMALLINT # \u202e\u200b")
    assert r"# \u202e\u200b" in project("--check").out


@pytest.mark.parametrize("options", [["--prune"], ["--sync", "--overwrite"], ["--check", "--overwrite"]])
def test_options_that_contradict_one_another_are_refused(project: Project, options: list[str]) -> None:
    found = project(*options)
    assert found.code == 2
    assert "DBEE-101" in found.err


def test_without_a_project_there_is_nothing_to_bring_in_line(project: Project) -> None:
    (project.root / "dbt_project.yml").unlink()
    found = project("--sync")
    assert found.code == 2
    assert "DBEE-110" in found.err
