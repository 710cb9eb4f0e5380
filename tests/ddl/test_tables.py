"""CREATE TABLE: what SHOW TABLE prints and what people write; cases in show.txt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.ddl.write import table_ddl
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.facets import facet_values
from dbee_dbt.model.objects import Table
from tests.ddl.described import described
from tests.ddl.golden import Case, cases
from tests.strategies.ddl import create_tables, rendered

CASES = cases("show.txt", "by hand", "means")
IDS = [case.title for case in CASES]


def table(text: str) -> Table:
    ast = read_statement(text)
    assert isinstance(ast, CreateTable)
    return ast.table


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_show_table_prints_means(case: Case) -> None:
    assert described(table(case.parts[0])) == case.parts[2]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_show_table_prints_with_carriage_returns_too(case: Case) -> None:
    assert table(case.parts[0].replace("\n", "\r")) == table(case.parts[0])


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_writer_prints_as_show_table_does(case: Case) -> None:
    assert table_ddl(table(case.parts[0])) == case.parts[0]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_written_by_hand_it_means_the_same(case: Case) -> None:
    shown, by_hand = table(case.parts[0]), table(case.parts[1])
    assert same(shown) == same(by_hand)


def same(found: Table) -> dict[tuple[str, str], object]:
    return {
        (value.facet.path, value.part.upper()): value.facet.same(value.value) if value.facet.same else value.value
        for value in facet_values(found, Defaults())
    }


@given(st.data())
@settings(max_examples=200)
def test_space_comments_and_case_mean_nothing(data: st.DataObject) -> None:
    tokens = data.draw(create_tables())
    assert table(data.draw(rendered(tokens))) == table(" ".join(tokens))


@given(create_tables())
@settings(max_examples=200)
def test_reading_what_was_written_gives_the_same_table(tokens: list[str]) -> None:
    found = table(" ".join(tokens))
    written = table_ddl(found)
    assert table(written) == found
    assert table_ddl(table(written)) == written


@given(create_tables(), st.data())
def test_a_table_cut_short_is_refused_with_its_place_or_read_whole(tokens: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(tokens)))
    text = " ".join(tokens[:cut])
    try:
        read_statement(text)
    except DdlError as error:
        assert error.what.startswith("line ") and error.line is not None
