"""What the parser only reads is refused by name, whatever else stands in the statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from tests.ddl.expressions.cases import Case, read_cases
from tests.emulator.sql.system import System

_CASES = read_cases(Path(__file__).parents[2] / "ddl" / "expressions" / "read_only.txt")
_CHANGES = ("INSERT", "UPDATE", "DELETE", "MERGE")


@pytest.fixture(scope="module")
def system() -> System:
    made = System()
    for name in ("t", "u"):
        made.table(name, {"i": "INTEGER", "v": "VARCHAR(10)", "d": "DATE"})
    return made


def _answer(system: System, statement: str) -> object:
    changes = any(word in _CHANGES for word in statement.split())
    try:
        return system.change(statement) if changes else system.rows(statement)
    except EmulatorRefusal as refusal:
        return refusal.what
    except TeradataError as error:
        return f"error {error.code}"


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in _CASES])
def test_it_is_refused(case: Case, system: System) -> None:
    statement, _, expected = case.parts
    assert _answer(system, statement) == expected
