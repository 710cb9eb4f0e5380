"""Queries answer with the rows that Teradata gives; case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.emulator.sql.select import compile_query
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType
from tests.ddl.expressions.cases import Case, read_cases
from tests.emulator.sql.system import System, answer, shown

_CASES = read_cases(Path(__file__).parent / "queries.txt")
_SYSTEMS: dict[str, System] = {}


def _made(settings: dict[str, str]) -> System:
    system = System(**settings)
    system.table(
        "item",
        {
            "id": "INTEGER",
            "name": "VARCHAR(10) CHARACTER SET LATIN",
            "kind": "CHAR(2) CHARACTER SET LATIN",
            "price": "DECIMAL(5,2)",
            "made": "DATE",
        },
    )
    system.table("sale", {"item": "INTEGER", "sold": "DATE", "amount": "INTEGER"})
    system.table("words", {"n": "INTEGER", "word": "VARCHAR(10)"})
    system.table("dated", {"id": "INTEGER", "sent": Column(name="", type=DataType("DATE"), format="DD.MM.YYYY")})
    system.change("INSERT INTO dated VALUES (1, '31.01.2020')")
    system.view("dear", "SELECT id, name, price * 2 AS twice FROM item WHERE price > 1")
    system.view("dearer", "SEL id FROM dear WHERE twice > 3.50")
    for values in ("1,'pen','A',1.50,DATE '2020-01-31'", "2,'Pencil','A',.75,DATE '2020-02-29'"):
        system.change(f"INSERT INTO item VALUES ({values})")
    system.change("INSERT INTO item VALUES (3,'ruler ','B',2,NULL)")
    system.change("INSERT INTO item VALUES (4,NULL,'B',NULL,DATE '2021-12-31')")
    sales = [[1, "2024-01-01", 10], [1, "2024-01-02", 5], [2, "2024-01-02", 7], [9, "2024-01-03", 1]]
    system.change("INSERT INTO sale VALUES (?, ?, ?)", sales)
    system.change("INSERT INTO words VALUES (?, ?)", [[1, "apple"], [2, "Apple "], [3, "pear"]])
    return system


def _system(settings: dict[str, str]) -> System:
    key = repr(settings)
    if key not in _SYSTEMS:
        _SYSTEMS[key] = _made(settings)
    return _SYSTEMS[key]


def _rows(system: System, query: str) -> list[tuple[Any, ...]]:
    rows = system.rows(query)
    return rows if "ORDER BY" in query.upper().rpartition(")")[2] else sorted(rows, key=shown)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in _CASES])
def test_rows(case: Case) -> None:
    query, expected = case.parts
    system = _system(case.settings)
    found = answer(lambda: tuple(_rows(system, query)))
    if "ORDER BY" not in query.upper().rpartition(")")[2] and expected.startswith("(("):
        expected = "(" + ", ".join(sorted(f"({row})" for row in expected[2:-2].split("), ("))) + ")"
    assert found == expected


def test_a_parameter_in_a_query() -> None:
    system = _system({"mode": "ANSI"})
    assert system.rows("SELECT id FROM item WHERE name = ? AND price > ?", "pen ", 1) == [(1,)]


def test_an_unfilled_column_is_refused_only_when_it_is_selected() -> None:
    system = System()
    system.table("v", {"a": "INTEGER", "b": "INTEGER"}, unfilled=frozenset({"B"}))
    assert answer(lambda: system.rows("SELECT a FROM v")) == "()"
    assert answer(lambda: system.rows("SELECT b FROM v")) == "refused"
    assert answer(lambda: system.rows("SELECT * FROM v")) == "refused"


def test_an_unnamed_expression_shows_its_title_as_label() -> None:
    columns = compile_query("SELECT COUNT(*), id, id AS x FROM item GROUP BY id", _system({"mode": "ANSI"})).columns
    assert [(column.name, column.label) for column in columns] == [("", "Count(*)"), ("id", "id"), ("x", "x")]


def test_views_that_refer_to_one_another_are_refused() -> None:
    system = System()
    system.view("a", "SELECT x FROM b")
    system.view("b", "SELECT x FROM a")
    assert answer(lambda: system.rows("SELECT x FROM a")) == "refused"
