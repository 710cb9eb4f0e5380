"""What is cut short is refused with its place, says less, or is not known: never another thing; clauses in cut.txt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from dbee_dbt.ddl.as_text import parts_as_text
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.ddl.write import table_ddl
from dbee_dbt.model.errors import DdlError
from tests.ddl.golden import cases
from tests.strategies.ddl import UNKNOWN, create_tables

_AS_TEXT = "as text: "


class Cut(NamedTuple):
    """A statement that ends behind some words of a clause; what is behind the clause stays.

    ``place`` is the column, counted from 1, of what follows the cut.
    """

    text: str
    place: int
    is_legal: bool
    is_kept: bool


def cuts() -> Iterator[Cut]:
    for case in cases("cut.txt"):
        for line in filter(None, case.parts[0].splitlines()):
            yield from clause_cuts(case.title, line.removeprefix(_AS_TEXT), line.startswith(_AS_TEXT))


def clause_cuts(statement: str, clause: str, is_kept: bool) -> Iterator[Cut]:
    before, _, behind = statement.partition("…")
    words: list[str] = []
    pieces = list(_pieces(clause))
    for place, piece in enumerate(pieces):
        if piece == "/":
            continue
        words.append(piece)
        is_whole = place + 1 == len(pieces)
        cut = f"{before}{' '.join(words)}"
        is_legal = is_whole or pieces[place + 1] == "/"
        yield Cut(cut + behind, len(cut) + 1 + (len(behind) - len(behind.lstrip())), is_legal, is_kept and is_whole)


def _pieces(clause: str) -> Iterator[str]:
    """The words of a clause, a parenthesis as one of them."""
    rest = clause
    while rest:
        piece, _, rest = rest.partition(" ")
        while piece.count("(") > piece.count(")"):
            more, _, rest = rest.partition(" ")
            piece = f"{piece} {more}"
        yield piece


CUTS = list(dict.fromkeys(cuts()))


@pytest.mark.parametrize("cut", [cut for cut in CUTS if cut.is_legal], ids=lambda cut: cut.text)
def test_a_clause_that_may_end_there_is_read(cut: Cut) -> None:
    assert bool(parts_as_text(read_statement(cut.text))) == cut.is_kept


@pytest.mark.parametrize("cut", [cut for cut in CUTS if not cut.is_legal], ids=lambda cut: cut.text)
def test_a_clause_that_may_not_end_there_is_refused_where_it_breaks_off(cut: Cut) -> None:
    with pytest.raises(DdlError, match=rf"line 1, column {cut.place}: "):
        read_statement(cut.text)


def closed(tokens: list[str]) -> str:
    """The tokens as text, with what closes their parentheses."""
    return " ".join([*tokens, *[")"] * (tokens.count("(") - tokens.count(")"))])


# Words of the language that are no reserved ones: cut behind them, a column without a type is left.
_NAMES_TOO = {"PERIOD", "SEQUENCED", "NONSEQUENCED", "CURRENT", "SYSTEM_TIME", "SYSUDTLIB", "ST_GEOMETRY"}
_HOLD_NAMES = ("name", "columns", "parent", "parent_columns", "start", "end", "map", "colocate")


def names(found: Any) -> Iterator[str]:
    """All names in a table's parts."""
    if isinstance(found, dict):
        for field, value in found.items():
            if field in _HOLD_NAMES:
                yield from _texts(value)
            if field not in ("using", "type"):
                yield from names(value)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from names(one)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [text for text in values if isinstance(text, str) and text]


@given(create_tables(), st.data())
@settings(max_examples=150)
def test_a_table_cut_behind_any_word_is_refused_or_says_no_other_thing(tokens: list[str], data: st.DataObject) -> None:
    behind_head = next(place for place, token in enumerate(tokens) if token in ("TABLE", "CT")) + 1
    text = closed(tokens[: data.draw(st.integers(behind_head, len(tokens)))])
    try:
        ast = read_statement(text)
    except DdlError as refused:
        assert refused.what.startswith("line 1, column ")
        return
    assert isinstance(ast, CreateTable)
    assert read_statement(table_ddl(ast.table)) == ast
    assert all(UNKNOWN & set(part.replace("(", " ").split()) for part in parts_as_text(ast))
    words = (token for token in significant(tokenize(text)) if token.kind != "word" or not token.text.isupper())
    written = {name_of(token.text) for token in words} | _NAMES_TOO
    written |= UNKNOWN  # the first word of an unknown element, cut behind it, is a column of that name
    assert [name for name in names(to_builtins(ast.table)) if name not in written] == []
