"""What scripts hold: cases in inspection.txt, and that nothing is left out of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.inspection import inspect_script
from dbee_dbt.ddl.script import split_script
from dbee_dbt.report.inspection import TextReport
from tests.ddl.golden import Case, cases
from tests.strategies.ddl import PIECES, mutated, scripts
from tests.strategies.scripts import damaged

CASES = cases("inspection.txt", "=>")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp850")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_inspected(case: Case) -> None:
    text, expected = case.parts
    assert TextReport().file("x.sql", len(text), inspect_script(text)) == expected


@given(st.one_of(scripts(PIECES), damaged()), st.sampled_from(ENCODINGS))
def test_every_byte_is_placed_in_any_encoding(text: str, encoding: str) -> None:
    content = text.encode(encoding, "replace")
    assert inspect_script(content.decode(encoding), encoding).bytes_placed == len(content)


@given(st.one_of(scripts(PIECES), damaged()))
def test_every_statement_has_a_row_and_every_command_is_counted(text: str) -> None:
    found = inspect_script(text)
    statements = split_script(text)
    assert [(row.line, row.column) for row in found.rows] == [
        (statement.line, statement.column) for statement in statements if statement.form not in ("bteq", "shell")
    ]
    assert found.bteq == sum(statement.form == "bteq" for statement in statements)
    assert found.shell == sum(statement.form == "shell" for statement in statements)


@given(st.sampled_from(CASES).flatmap(lambda case: mutated(case.parts[0])))
def test_damaged_scripts_are_told_with_the_place_in_their_text(text: str) -> None:
    for row in inspect_script(text).rows:
        assert (row.problem is not None) == (row.state == "refused")
        if row.problem is not None:
            assert row.problem.line >= row.line
            assert row.problem.caret <= len(row.problem.text) + 1
            assert row.problem.expected


@pytest.mark.parametrize(
    ("text", "shown", "behind"),
    [
        ("CREATE INDEX (a) ON t PASSWORD = s3cr3t", "CREATE INDEX (a) ON t PASSWORD = ***", "PASSWORD = ***"),
        ("CREATE TABLE t (a INT)\n\tINDEX PASSWORD 's3cr3t' (b)", "INDEX PASSWORD *** (b)", "*** (b)"),
    ],
)
def test_the_offending_text_hides_secrets(text: str, shown: str, behind: str) -> None:
    (row,) = inspect_script(text).rows
    assert row.problem is not None
    assert row.problem.text == shown
    assert row.problem.text[row.problem.caret :] == behind


def test_a_long_line_is_cut_around_the_place() -> None:
    columns = ", ".join(f"COLUMN_{number} INTEGER" for number in range(200))
    (row,) = inspect_script(f"CREATE TABLE T ({columns}, B VARCHAR, {columns})").rows
    assert row.problem is not None
    assert len(row.problem.text) <= 100
    assert row.problem.text[: row.problem.caret].endswith(" B VARCHAR")


def test_deep_nesting_is_said_and_no_crash() -> None:
    (row,) = inspect_script(f"SELECT {'(' * 5000}1{')' * 5000}").rows
    assert row.unread
