"""What holds of every query: a column that nobody names may go; one that somebody names may not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dbee_dbt.model.impact import Impact
from tests.project.impact.projects import impact
from tests.strategies.queries import TABLES, Made, queries

EXAMPLES = settings(max_examples=20)


def ddl(columns: dict[str, str]) -> str:
    return "\n".join(f"CREATE TABLE {table} ({columns.get(table, 'A INTEGER, B INTEGER')});" for table in TABLES)


def told(made: Made, change: dict[str, str]) -> Impact:
    """What a change of tables does to a model of the query, and to one that reads it."""
    project: dict[str, Any] = {
        "models": {"m": made.named("n"), "reader": "select a as x from {{ ref('m') }}"},
        "exposures": {"board": ["reader"]},
    }
    with tempfile.TemporaryDirectory() as folder:
        return impact(Path(folder), project, ddl({}), ddl(change))


@given(queries())
@EXAMPLES
def test_a_column_that_nobody_names_may_be_renamed(made: Made) -> None:
    found = told(made, dict.fromkeys(TABLES, "A INTEGER, C INTEGER"))
    assert (found.breaks, found.silent, found.not_checked, found.exit_code) == ((), (), (), 0)
    assert len(found.changed) == len(TABLES)


@given(queries(), st.data())
@EXAMPLES
def test_a_column_that_a_model_names_is_always_told(made: Made, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(made.origins)))
    found = told(made, {table: "B INTEGER"})
    direct = {one.node for one in found.breaks if one.is_direct}
    assert direct == {"model.shop.m"}
    assert {one.name for one in found.breaks if not one.is_direct} == {"reader", "board"}
    assert all(one.columns == ("A",) for one in found.breaks if one.name == "m")
    assert all(one.columns == ("x",) for one in found.breaks if one.name == "reader")


@given(queries(), st.data())
@EXAMPLES
def test_a_table_that_a_model_reads_is_always_told(made: Made, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(made.tables))
    with_others = "\n".join(line for line in ddl({}).splitlines() if f" {table} (" not in line)
    project = {"models": {"m": made.named("n")}}
    with tempfile.TemporaryDirectory() as folder:
        left = f"{with_others}\nCREATE TABLE {table.partition('.')[0]}.STAYS (A INTEGER);"
        found = impact(Path(folder), project, ddl({}), left)
    assert any("there is no table or view" in one.what for one in found.breaks)
