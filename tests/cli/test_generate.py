"""`dbee-dbt generate-models` as a user meets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dbee_dbt.cli.main import main

SHOP = Path(__file__).parents[1] / "project" / "shop" / "ddl"


class Run:
    """The command in a project folder; each call gives its exit code, and keeps what it printed."""

    def __init__(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self._capsys = project, capsys
        self.out = self.err = ""

    def __call__(self, *options: str, objects: str | None = "SHOP") -> int:
        wanted = ("--objects", objects) if objects else ()
        with pytest.raises(SystemExit) as ended:
            main(["generate-models", "--from", f"dir:{SHOP}", *wanted, "--project-dir", str(self.project), *options])
        self.out, self.err = self._capsys.readouterr()
        return int(ended.value.code or 0)

    @property
    def files(self) -> list[str]:
        return sorted(path.relative_to(self.project).as_posix() for path in self.project.rglob("*.*"))


@pytest.fixture
def generate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path, capsys)


def test_it_writes_one_folder_a_database_and_says_what_it_holds(generate: Run) -> None:
    assert generate() == 0
    assert "models/staging/SHOP/stg_SHOP__Orders.sql" in generate.files
    assert generate.out.splitlines() == [
        "models/staging/SHOP/: 7 written",
        "tables: 4, views: 1, columns: 17",
        "columns without a data_type, since their type is not known: 2",
        "columns without their tests, since dbt cannot test a name with a quote or a brace: 1",
        "not generated: 1 macro (no model reads this kind)",
        "not generated: 1 model of a global temporary table (each session sees only its own rows)",
        "not generated: 1 view (its columns are not known)",
    ]


def test_a_second_run_says_that_nothing_changed_and_names_what_it_left_alone(generate: Run) -> None:
    generate()
    edited = generate.project / "models/staging/SHOP/stg_SHOP__Orders.sql"
    edited.write_text("select 1")
    assert generate() == 0
    assert generate.out.splitlines()[:3] == [
        "models/staging/SHOP/: 6 unchanged, 1 kept",
        "left alone, though they differ from what would be written (see --overwrite): 1",
        "  models/staging/SHOP/stg_SHOP__Orders.sql",
    ]
    assert edited.read_text() == "select 1"
    assert generate("--overwrite") == 0
    assert "1 replaced" in generate.out


def test_a_dry_run_writes_nothing(generate: Run) -> None:
    assert generate("--dry-run") == 0
    assert "7 to write" in generate.out
    assert generate.files == []


def test_without_objects_there_is_no_verdict(generate: Run) -> None:
    assert generate(objects=None) == 2
    assert "--objects 'RETAIL_*'" in generate.err


def test_nothing_matched_says_what_is_there(generate: Run) -> None:
    assert generate(objects="SHOPS") == 2
    assert re.search(r"no object matches\n.*Near are: SHOP\.", generate.err)
    assert generate.files == []


@pytest.mark.parametrize("prefix", ["../", "a b", "é", "{{"])
def test_a_prefix_that_cannot_be_in_a_name_is_refused(generate: Run, prefix: str) -> None:
    assert generate("--prefix", prefix) == 2
    assert "--prefix" in generate.err
    assert generate.files == []


@pytest.mark.parametrize("folder", ["", "/", "\\"])
def test_the_root_of_everything_is_no_folder_for_models(generate: Run, folder: str) -> None:
    assert generate("--into", folder) == 2
    assert "--into" in generate.err


def test_a_folder_that_cannot_be_written_is_named(generate: Run) -> None:
    (generate.project / "models").write_text("")
    assert generate() == 2
    assert "DBEE-402" in generate.err
    assert str(generate.project / "models") in generate.err


VIEWS = """
CREATE TABLE A.T (I INTEGER);
CREATE VIEW A.GOOD AS SELECT I FROM A.T;
CREATE VIEW A.AWAY AS SELECT I FROM B.T;
CREATE VIEW A.BARE AS SELECT I FROM T;
CREATE VIEW A.TODAY AS SELECT calendar_date FROM Sys_Calendar.CALENDAR;
CREATE VIEW A.HELD AS SELECT I FROM A.T WITH CHECK OPTION;
"""


def test_views_are_converted_and_what_is_not_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "views.sql").write_text(VIEWS)
    place = ["--from", f"dir:{tmp_path}", "--objects", "A", "--project-dir", str(tmp_path / "project")]
    with pytest.raises(SystemExit) as ended:
        main(["generate-models", *place, "--convert-views"])
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines()[-5:] == [
        "views converted: 4 of 5",
        f"not converted: {tmp_path / 'views.sql'}:7: A.HELD: WITH CHECK OPTION: rows are changed through it, and "
        "through no model of dbt",
        "left as written: B.T in A.AWAY, line 4: it is not among --objects",
        "taken to lie in the view's own database: A.T in A.BARE, line 5: no database is written",
        "left as written: 1 name of the system's own databases",
    ]
    model = tmp_path / "project/models/staging/A/stg_A__GOOD.sql"
    assert model.read_text() == '{{ config(materialized="view") }}\n\nSELECT I FROM {{ source("A", "T") }}\n'


def test_all_views_converted_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "views.sql").write_text("CREATE VIEW A.ONE (X) AS SELECT 1;")
    place = ["--from", f"dir:{tmp_path}", "--objects", "A", "--project-dir", str(tmp_path)]
    with pytest.raises(SystemExit) as ended:
        main(["generate-models", *place, "--convert-views", "--case", "lower"])
    assert ended.value.code in (None, 0)
    assert "- name: X\n" in (tmp_path / "models/staging/a/_a__models.yml").read_text()  # its text says no other name
    assert "views converted: 1 of 1" in capsys.readouterr().out


def test_columns_are_renamed_and_trimmed_as_asked(generate: Run) -> None:
    assert generate("--rename", "Order*=*_of_order", "--trim-chars", "--case", "lower") == 0
    text = (generate.project / "models/staging/shop/stg_shop__orders.sql").read_text()
    assert "OrderId as id_of_order," in text
    assert "trim(trailing from Voucher) as voucher\n" in text


@pytest.mark.parametrize("rename", ["*_DT", "=x", "x=", "*_*=x", "?=x"])
def test_a_renaming_that_is_none_is_refused(generate: Run, rename: str) -> None:
    assert generate("--rename", rename) == 2
    assert "rename" in generate.err
    assert generate.files == []


def test_keys_and_snapshots_come_when_asked_for(generate: Run) -> None:
    assert generate("--surrogate-keys", "--snapshots") == 0
    assert "OrderLines_key" in (generate.project / "models/staging/SHOP/stg_SHOP__OrderLines.sql").read_text()


def test_models_are_proposed_from_code_and_from_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ddl, scripts = tmp_path / "ddl", tmp_path / "scripts"
    ddl.mkdir()
    scripts.mkdir()
    (ddl / "a.sql").write_text(
        "CREATE TABLE A.T (I INTEGER);\nCREATE TABLE A.S (I INTEGER);\n"
        "CREATE MACRO A.M AS (INSERT INTO A.T SELECT I FROM A.S; UPDATE A.S SET I = 1;);"
    )
    (scripts / "load.bteq").write_text(".LOGON x/y,z\nINSERT INTO ${ENV}A.S SELECT I FROM ${ENV}A.T;\n")
    place = ["--from", f"dir:{ddl}", "--objects", "A", "--project-dir", str(tmp_path / "project")]
    with pytest.raises(SystemExit) as ended:
        main(["generate-models", *place, "--propose", "--scripts", str(scripts), "--vars", "ENV: ''"])
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "models proposed: 2; dbt builds none before you say so",
        f"not proposed: {ddl / 'a.sql'}:3: macro A.M: UPDATE: it changes rows where they stand, which no model does",
    ]
    model = (tmp_path / "project/models/staging/proposals/load_A__S.sql").read_text()
    assert "enabled=false" in model
    assert model.endswith('SELECT I FROM {{ source("A", "T") }}\n')


def test_conversion_and_sync_do_not_go_together(generate: Run) -> None:
    assert generate("--convert-views", "--sync") == 2
    assert "--sync only edits the YAML that is there" in generate.err


def test_contracts_groups_layers_and_unit_tests_come_when_asked_for(generate: Run) -> None:
    asked = ("--contract", "--group", "shop", "--access", "protected", "--layers", "--unit-tests")
    assert generate(*asked, objects="SHOP.Order*") == 0
    text = (generate.project / "models/staging/SHOP/_SHOP__models.yml").read_text()
    assert "enforced: true\n      group: shop\n      access: protected\n" in text
    assert (generate.project / "models/staging/SHOP/_SHOP__unit_tests.yml").is_file()
