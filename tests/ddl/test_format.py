"""Canonical form: cases in format.txt; it says the same, formatting again changes nothing, all else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.format import COMMENT_INSIDE, NOT_CERTAIN, Formatted, format_script
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.model.errors import DdlError
from tests.ddl.golden import Case, cases
from tests.strategies.alter import alter_foreign_tables, alter_tables
from tests.strategies.ddl import PIECES, create_tables, mutated, rendered, scripts

CASES = cases("format.txt", "=>")
TABLES = create_tables().flatmap(rendered)


def said(text: str) -> list[object]:
    """What each statement of a script says, or its text where that is all."""
    found: list[object] = []
    for statement in split_script(text):
        try:
            found.append(read_statement(statement))
        except DdlError:
            found.append(statement.text)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_formatted(case: Case) -> None:
    before, after = case.parts
    assert format_script(before).text == after
    assert format_script(after).text == after


def test_what_was_done_is_counted() -> None:
    assert format_script("ct a (x INT);\nct b (x /**/ INT);\nct c (\n;SELECT 1") == Formatted(
        text="CREATE TABLE a\n     (\n      x INTEGER)\n;\nct b (x /**/ INT);\nct c (\n;SELECT 1",
        written=1,
        kept={COMMENT_INSIDE: 1, "of kinds without a canonical text": 1},
        broken=((3, "line 3, column 7: a name is expected, the statement ends"),),
    )


def test_what_is_never_closed_is_broken() -> None:
    assert format_script("SEL 1;\nSEL 'x").broken == ((2, "line 2, column 5: this literal is never closed"),)
    assert format_script("SEL 1;\n/* x").broken == ((2, "line 2, column 1: this comment is never closed"),)


@given(TABLES)
def test_a_formatted_table_is_the_same_table(text: str) -> None:
    once = format_script(text)
    assert said(once.text) == said(text)
    assert format_script(once.text).text == once.text
    if not any(token.kind == "comment" for token in tokenize(text)):
        assert once.written or set(once.kept) <= {NOT_CERTAIN}


@given(st.one_of(alter_tables(), alter_foreign_tables()).map(" ".join))
def test_a_formatted_alteration_is_the_same_alteration(text: str) -> None:
    once = format_script(f"{text};")
    assert said(once.text) == said(f"{text};")
    assert format_script(once.text).text == once.text
    assert once.written or set(once.kept) <= {NOT_CERTAIN}


@given(st.lists(create_tables().map(" ".join), min_size=1, max_size=3), st.sampled_from(["\n", "\r\n", "\r"]))
def test_tables_are_formatted_with_the_line_ends_of_the_file(texts: list[str], line_end: str) -> None:
    once = format_script(f";{line_end}".join(texts) + f";{line_end}")
    assert all(isinstance(ast, CreateTable) for ast in said(once.text))
    assert format_script(once.text).text == once.text
    outside = "".join(token.text for token in tokenize(once.text) if token.kind == "space")
    assert not set(outside.replace(line_end, "")) & set("\r\n")


@given(st.one_of(scripts(PIECES), st.sampled_from(CASES).flatmap(lambda case: mutated(case.parts[0]))))
def test_any_script_says_the_same_behind(text: str) -> None:
    once = format_script(text)
    assert said(once.text) == said(text)
    assert format_script(once.text).text == once.text
    assert once.written or once.text == text


def test_line_ends_in_literals_are_no_line_ends() -> None:
    text = "CT a (x INT TITLE 'one\ntwo');\r\nSELECT 1;\r\n"
    assert format_script(text).text == (
        "CREATE TABLE a\r\n     (\r\n      x INTEGER TITLE 'one\ntwo')\r\n;\r\nSELECT 1;\r\n"
    )


def test_characters_that_the_file_cannot_hold_are_not_written() -> None:
    text = "CT a (x INT TITLE U&'\\20AC');"
    assert "'€'" in format_script(text).text
    assert format_script(text, "latin-1").text == text


def test_a_word_that_would_be_lost_keeps_its_statement() -> None:
    text = "CT a (x INT GENERATED ALWAYS AS IDENTITY (NO CYCLE CYCLE));"
    assert format_script(text).kept == {NOT_CERTAIN: 1}
