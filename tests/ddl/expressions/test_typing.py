"""The type, the title or the error of an expression, case by case, as docs/teradata/typing.md has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from tests.ddl.expressions.cases import Case, read_cases
from tests.ddl.expressions.catalog import Session, bound

_HERE = Path(__file__).parent


def _session(case: Case) -> Session:
    numbers = {"max_decimal": int(case.settings.get("max_decimal", 15))}
    texts = {key: value for key, value in case.settings.items() if key != "max_decimal"}
    return Session(**texts, **numbers)


def _answer(query: str, session: Session) -> str:
    try:
        return bound(query, session).outputs[0].type.text
    except QueryError as problem:
        return f"error {problem.code}"
    except NotKnownError:
        return "not known"


def _cases(name: str) -> list[object]:
    return [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in read_cases(_HERE / name)]


@pytest.mark.parametrize("case", _cases("typing.txt"))
def test_type(case: Case) -> None:
    expression, expected = case.parts
    assert _answer(f"SELECT {expression} FROM t", _session(case)) == expected


@pytest.mark.parametrize("case", _cases("titles.txt"))
def test_title(case: Case) -> None:
    expression, expected = case.parts
    assert bound(f"SELECT {expression} FROM u").outputs[0].title == expected


@pytest.mark.parametrize("case", _cases("errors.txt"))
def test_what_teradata_refuses(case: Case) -> None:
    query, expected = case.parts
    answer = _answer(query, _session(case))
    wanted = {"not known": "not known"}.get(expected, f"error {expected}")
    assert (answer == wanted) if expected != "fine" else not answer.startswith(("error", "not known"))
