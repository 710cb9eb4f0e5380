"""One project, generated with everything that can be asked for, is built and tested by real dbt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from dbee_dbt.ddl.script import split_script
from dbee_dbt.emulator import connect
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.generate import Generation, GenerationOptions, generate
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions
from tests.project.test_generated_project import dbt, make_project

pytestmark = pytest.mark.dbt

BANK = Path(__file__).parent / "bank.sql"
EVERYTHING = GenerationOptions()


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
    write_files(made.files, bank.root, EVERYTHING.into)
    return dbt(bank, "build")


def test_the_run_operation_prints_the_same(
    bank: ProjectOptions, made: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    arguments = {"objects": "BANK", "options": asdict(EVERYTHING)}
    dbt(bank, "run-operation", "dbee_generate_models", "--args", json.dumps(arguments))
    printed = capsys.readouterr().out
    assert printed.startswith("".join(f"==> {file.path} <==\n{file.text}\n" for file in made.files))


def test_every_test_from_a_constraint_holds_on_the_rows(built: Any) -> None:
    names = [result.node.test_metadata.name for result in built.results if result.node.resource_type == "test"]
    assert names.count("relationships") == 3
    assert names.count("accepted_values") == 5
