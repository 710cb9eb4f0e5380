"""What DuckDB gives is of the type that was promised: digits, scale and kind of every expression of the case files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.sql.select import compile_query
from dbee_dbt.emulator.sql.storage import storage_type
from tests.ddl.expressions.cases import Case, read_cases
from tests.ddl.expressions.catalog import COLUMNS
from tests.emulator.sql.system import System

_TYPING = Path(__file__).parents[2] / "ddl" / "expressions" / "typing.txt"
_CASES = [case for case in read_cases(_TYPING) if not case.parts[1].startswith(("error", "not known"))]
_SYSTEMS: dict[str, System] = {}


def _system(case: Case) -> System:
    key = repr(case.settings)
    if key not in _SYSTEMS:
        facts = {name: int(value) if value.isdigit() else value for name, value in case.settings.items()}
        system = _SYSTEMS[key] = System(**facts)
        system.table("t", dict(COLUMNS))
        system.engine.execute('INSERT INTO "t" (i) VALUES (NULL)')
    return _SYSTEMS[key]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in _CASES])
def test_duckdb_type_is_the_storage_of_the_type(case: Case) -> None:
    system = _system(case)
    compiled = compile_query(f"SELECT {case.parts[0]} AS x FROM t", system)
    found = system.engine.execute(f"DESCRIBE {compiled.sql}").fetchall()[0][1]
    assert found == storage_type(compiled.columns[0].type)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in _CASES])
def test_an_expression_over_nulls_runs(case: Case) -> None:
    """NULL operands raise no error of the engine's own: conversions look at NULL first."""
    system = _system(case)
    try:
        system.rows(f"SELECT {case.parts[0]} AS x FROM t")
    except EmulatorRefusal as refusal:
        assert "the engine says" not in refusal.what
    except TeradataError:
        pass
