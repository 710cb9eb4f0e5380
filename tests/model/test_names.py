"""Names: how they compare, and when they need quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.model.names import fold, identifier, qualified


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


def test_a_name_may_have_a_database() -> None:
    assert qualified("my db", "T") == '"my db".T'
    assert qualified("", "T") == "T"
