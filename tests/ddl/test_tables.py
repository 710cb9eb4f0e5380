"""CREATE TABLE: what SHOW TABLE prints and what people write; cases in show.txt."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateHashIndex, CreateJoinIndex, CreateTable
from dbee_dbt.ddl.write import object_ddl, table_ddl
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.facets import facet_values
from dbee_dbt.model.names import fold_code
from dbee_dbt.model.objects import HashIndex, JoinIndex, Table
from tests.ddl.described import described
from tests.ddl.golden import Case, cases
from tests.strategies.ddl import create_tables, hash_indexes, join_indexes, rendered

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


def folded(found: Any) -> Any:
    """A table as plain values without the case of its words, which canonical text keeps."""
    if isinstance(found, str):
        return fold_code(found)
    if isinstance(found, dict):
        return {name: folded(value) for name, value in found.items()}
    return [folded(value) for value in found] if isinstance(found, list | tuple) else found


@given(st.data())
@settings(max_examples=200)
def test_space_comments_and_case_mean_nothing(data: st.DataObject) -> None:
    tokens = data.draw(create_tables())
    assert folded(to_builtins(table(data.draw(rendered(tokens))))) == folded(to_builtins(table(" ".join(tokens))))


@given(create_tables())
@settings(max_examples=200)
def test_reading_what_was_written_gives_the_same_table(tokens: list[str]) -> None:
    found = table(" ".join(tokens))
    written = table_ddl(found)
    assert table(written) == found
    assert table_ddl(table(written)) == written


@given(st.one_of(join_indexes(), hash_indexes()))
@settings(max_examples=150)
def test_reading_an_index_that_was_written_gives_the_same_one(tokens: list[str]) -> None:
    found = index(" ".join(tokens))
    (written,) = object_ddl(found)
    assert index(written) == found
    assert object_ddl(index(written)) == (written,)


def index(text: str) -> JoinIndex | HashIndex:
    ast = read_statement(text)
    assert isinstance(ast, CreateJoinIndex | CreateHashIndex)
    return ast.index


@given(create_tables(), st.data())
def test_a_table_cut_short_is_refused_with_its_place_or_read_whole(tokens: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(tokens)))
    text = " ".join(tokens[:cut])
    try:
        read_statement(text)
    except DdlError as error:
        assert error.what.startswith("line ") and error.line is not None
