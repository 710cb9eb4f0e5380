"""Names: how they compare, and when they need quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.model.names import fold, fold_code, identifier, qualified


@pytest.mark.parametrize(
    ("left", "right"), [("orders", "ORDERS"), ("Größe", "GRÖßE"), ("ärger", "ÄRGER"), ("t#1", "T#1")]
)
def test_names_compare_without_case(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("t#1", "t#2"), ("Straße", "STRASSE"), ("a b", "ab"), ("ﬁ", "FI")])
def test_different_names_never_merge(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@pytest.mark.parametrize("name", ["ORDERS", "orders", "_x", "a1", "t#1", "x$y", "#t"])
def test_a_plain_name_stands_bare(name: str) -> None:
    assert identifier(name) == name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a b", '"a b"'),
        ("1a", '"1a"'),
        ('x"y', '"x""y"'),
        ("select", '"select"'),
        ("Date", '"Date"'),
        ("", '""'),
        ("a.b", '"a.b"'),
    ],
)
def test_any_other_name_is_quoted(name: str, written: str) -> None:
    assert identifier(name) == written


@given(st.text(min_size=1))
def test_a_written_name_is_read_back_and_nothing_escapes_from_it(name: str) -> None:
    (token,) = significant(tokenize(identifier(name)))
    assert token.kind in ("word", "quoted name")
    assert name_of(token.text) == name


@pytest.mark.parametrize(
    ("code", "folded"),
    [
        ("a between 'a' and 'it''s b'", "A BETWEEN 'a' AND 'it''s b'"),
        ("\"it's\" = 'it' and \"a'b\" = x", "\"IT'S\" = 'it' AND \"A'B\" = X"),
        ("_unicode'00e4'xc || u&'\\00e4'", "_UNICODE'00e4'XC || U&'\\00e4'"),
        ("größe > ß", "GRÖßE > ß"),
        ("a = 'open", "A = 'open"),
        ("a = \"open 'x'", "A = \"OPEN 'X'"),
    ],
)
def test_code_compares_without_case_but_for_its_literals(code: str, folded: str) -> None:
    assert fold_code(code) == folded


@given(st.text("aAß'\" "))
def test_folded_code_keeps_its_length_and_folding_again_changes_nothing(code: str) -> None:
    assert len(fold_code(code)) == len(code)
    assert fold_code(fold_code(code)) == fold_code(code)


def test_a_name_may_have_a_database() -> None:
    assert qualified("my db", "T") == '"my db".T'
    assert qualified("", "T") == "T"
