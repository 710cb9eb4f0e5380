"""Each expression answers as Teradata does, or is refused; case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ddl.expressions.cases import Case, read_cases
from tests.emulator.sql.system import System, answer

_CASES = read_cases(Path(__file__).parent / "values.txt")
_SYSTEMS: dict[str, System] = {}


def _system(settings: dict[str, str]) -> System:
    key = repr(settings)
    if key not in _SYSTEMS:
        _SYSTEMS[key] = System(**settings)
    return _SYSTEMS[key]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in _CASES])
def test_value(case: Case) -> None:
    expression, expected = case.parts
    system = _system(case.settings)
    assert answer(lambda: system.value(expression)) == expected
