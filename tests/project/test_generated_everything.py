"""One project, generated with everything that can be asked for, is built and tested by real dbt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.ddl.script import split_script
from dbee_dbt.emulator import connect
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.model.objects import Table
from dbee_dbt.project.generate import Generation, Skipped, generate, generation_options
from dbee_dbt.project.validate import validate
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions
from tests.project.test_generated_project import dbt, make_project

pytestmark = pytest.mark.dbt

BANK = Path(__file__).parent / "bank.sql"
ASKED = {
    "materialized": "table",
    "case": "lower",
    "columns": [
        {"name": "*_DT", "rename": "*_date"},
        {"name": "*_NM", "rename": "*_name"},
        {"name": "*_TS", "type": "TIMESTAMP*", "rename": "*_on", "cast": "DATE"},
        {"name": "STATUS_CD", "rename": "BALANCE"},
        {"type": "CHAR(*", "trim": True},
        {"name": "FROM_DAY", "type": "CHAR*", "cast": "DATE FORMAT 'YYYYMMDD'"},
    ],
    "surrogate_keys": True,
    "snapshots": {"tables": ["*_HIST", "BANK.D_*", "F_*"]},
    "layers": [
        {"tables": "D_*", "name": "int_*_cleaned"},
        {"tables": ["DIM_*", "D_*"], "name": "dim_*", "contract": True, "access": "public", "version": 1},
        {"tables": "BANK.F_*", "name": "fct_*", "group": "ledger", "access": "private"},
    ],
    "contract": True,
    "group": {"name": "ledger", "owner": "The ledger's"},
    "unit_tests": True,
}
EVERYTHING = generation_options(ASKED, ProjectOptions(project_dir=Path(__file__).parent))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> ProjectOptions:
    """A project on an emulated bank, with everything generated."""
    folder = tmp_path_factory.mktemp("bank")
    path = folder / "bank.duckdb"
    with connect(str(path)) as connection, connection.cursor() as cursor:
        for statement in split_script(BANK.read_text(encoding="utf-8")):
            cursor.execute(statement.text)
    project = make_project(folder, {"type": "dbee", "path": str(path), "schema": "BANK_DBT", "threads": 2})
    dbt(project, "deps")
    return project


@pytest.fixture(scope="module")
def made(bank: ProjectOptions) -> Generation:
    return generate("", ObjectFilter(("BANK",)), EVERYTHING, bank)


@pytest.fixture(scope="module")
def built(bank: ProjectOptions, made: Generation) -> Any:
    write_files(made.files, bank.root, *EVERYTHING.folders)
    return dbt(bank, "build")


def test_the_run_operation_prints_the_same(
    bank: ProjectOptions, made: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    arguments = {"objects": "BANK", "options": ASKED}
    dbt(bank, "run-operation", "dbee_generate_models", "--args", json.dumps(arguments))
    printed = capsys.readouterr().out
    assert printed.startswith("".join(f"==> {file.path} <==\n{file.text}\n" for file in made.files))


def test_every_test_from_a_constraint_holds_on_the_rows(built: Any) -> None:
    names = [result.node.test_metadata.name for result in built.results if result.node.resource_type == "test"]
    assert names.count("relationships") == 3
    assert names.count("accepted_values") == 5


def test_the_types_that_are_declared_are_those_that_come_out(bank: ProjectOptions, built: Any) -> None:
    found = validate("", bank)
    assert [each for each in found.findings if each.rule != "object_unowned"] == []
    assert found.checked.columns > 40


def test_dbt_runs_every_unit_test(built: Any, made: Generation) -> None:
    ran = [result.status for result in built.results if result.node.resource_type == "unit_test"]
    assert ran == ["pass"] * made.summary.tables


def test_a_contract_makes_the_constraints_of_the_table(bank: ProjectOptions, built: Any) -> None:
    tables = {found.name: found for found in load_catalog("", ObjectFilter(("BANK_DBT",)), bank)}
    kinds = {
        name: sorted(constraint.kind for constraint in table.constraints)
        for name, table in tables.items()
        if isinstance(table, Table) and table.constraints
    }
    assert kinds == {
        "stg_bank__account_hist": ["check", "primary key"],
        "stg_bank__d_branch": ["check"],
        "stg_bank__d_customer": ["check", "check", "check", "unique"],
        "stg_bank__f_booking": ["primary key"],
        "stg_bank__limit_hist": ["unique"],
        "dim_branch_v1": ["check"],
        "dim_customer_v1": ["check", "check", "check", "unique"],
    }


def test_every_snapshot_is_taken_again(bank: ProjectOptions, built: Any) -> None:
    again = dbt(bank, "snapshot").results
    assert {each.node.name: each.node.config.strategy for each in again} == {
        "snap_bank__account_hist": "check",
        "snap_bank__d_branch": "check",
        "snap_bank__d_customer": "timestamp",
        "snap_bank__f_booking": "check",
        "snap_bank__limit_hist": "check",
    }


def test_what_cannot_be_made_is_counted(made: Generation) -> None:
    assert made.summary.unrenamed == 1
    assert made.summary.skipped == (
        Skipped("partitioning of a model", "it rests on a column that is cast", 1),
        Skipped("snapshot", "no unique key tells its rows apart", 1),
    )
