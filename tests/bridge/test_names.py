"""How a name or a value enters SQL."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.ddl.lexer import significant, tokenize

BRIDGE = Bridge()
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(ANYTHING)
def test_any_text_is_one_string_token(text: str) -> None:
    literal = BRIDGE.call("dbee_literal", text)
    assert [(token.kind, token.text) for token in tokenize(literal)] == [("string", literal)]
    assert literal[1:-1].replace("''", "'") == text


@given(ANYTHING)
def test_any_name_is_one_quoted_token(name: str) -> None:
    quoted = BRIDGE.call("dbee_identifier", name)
    assert [(token.kind, token.text) for token in tokenize(quoted)] == [("quoted name", quoted)]
    assert quoted[1:-1].replace('""', '"') == name


def test_names_compare_without_case_in_an_ansi_session_too() -> None:
    assert BRIDGE.call("dbee_name_in", "t.DatabaseName", ["SALES", "O'Neil"]) == (
        "(t.DatabaseName = 'SALES' (NOT CASESPECIFIC) OR t.DatabaseName = 'O''Neil' (NOT CASESPECIFIC))"
    )


def test_no_name_matches_nothing() -> None:
    assert BRIDGE.call("dbee_name_in", "t.DatabaseName", []) == "(1 = 0)"


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_hostile_names_stay_inside_their_literals(names: list[str]) -> None:
    tokens = [token.text for token in significant(tokenize(BRIDGE.call("dbee_name_in", "c", names)))]
    assert tokens.count("OR") == len(names) - 1
    assert tokens.count("CASESPECIFIC") == len(names)
