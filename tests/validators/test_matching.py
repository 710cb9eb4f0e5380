"""How names, patterns, indexes and values compare."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.names import fold

BRIDGE = Bridge()


@given(st.text(max_size=20))
def test_names_fold_as_in_the_model(name: str) -> None:
    assert BRIDGE.call("dbee_fold", name) == fold(name)
    assert BRIDGE.call("dbee_fold_all", [name, "x"]) == [fold(name), "X"]


@given(st.text("ab*?", max_size=8), st.text("ABab", max_size=8))
def test_patterns_know_two_globs(pattern: str, name: str) -> None:
    assert BRIDGE.call("dbee_matches", pattern, name) == fnmatchcase(name.upper(), pattern.upper())


@pytest.mark.parametrize("pattern", ["A_C", "A[B]C", "A.C", "A%", "ABC\n"])
def test_nothing_else_is_a_glob(pattern: str) -> None:
    assert not BRIDGE.call("dbee_matches", pattern, "ABC")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("PRIMARY INDEX (a)", "PRIMARY INDEX (A)"),
        ("unique primary index ix( a , b )", "UNIQUE PRIMARY INDEX (A, B)"),
        ('PRIMARY INDEX "my ix" ("a b", "say ""hi""")', 'PRIMARY INDEX ("a b", "say ""hi""")'),
        ("NO PRIMARY INDEX", "NO PRIMARY INDEX"),
        ("PRIMARY AMP INDEX (x)", "PRIMARY AMP INDEX (X)"),
        ("PRIMARY AMP (x)", "PRIMARY AMP INDEX (X)"),
        (", PRIMARY INDEX (a) PARTITION BY COLUMN", "PRIMARY INDEX (A)"),
        ("UNIQUE INDEX (b) PRIMARY INDEX (a)", "PRIMARY INDEX (A)"),
        ("PRIMARY INDEX (a", "PRIMARY INDEX ()"),
    ],
)
def test_a_primary_index_reads_from_create_table_text(text: str, shown: str) -> None:
    assert (
        BRIDGE.call("dbee_primary_index_text", BRIDGE.call("dbee_declared_index", text)["table.primary_index"]) == shown
    )


@given(
    st.sampled_from(["primary index", "primary amp", "no primary index"]),
    st.booleans(),
    st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=3),
)
def test_a_primary_index_reads_back_from_its_own_text(form: str, unique: bool, columns: list[str]) -> None:
    index = {"form": form, "unique": unique, "columns": columns}
    if form == "no primary index":
        index.update(unique=False, columns=[])
    read = BRIDGE.call("dbee_declared_index", BRIDGE.call("dbee_primary_index_text", index))["table.primary_index"]
    assert BRIDGE.call("dbee_primary_index_key", read) == BRIDGE.call("dbee_primary_index_key", index)


@pytest.mark.parametrize("text", ["", "UNIQUE INDEX (a)", "PARTITION BY COLUMN", "PRIMARY", '"PRIMARY" INDEX (a)'])
def test_text_without_a_primary_index_has_none(text: str) -> None:
    assert "table.primary_index" not in BRIDGE.call("dbee_declared_index", text)


@pytest.mark.parametrize(
    ("facet", "value", "text"),
    [
        ("column.compress", "(2,1)", "(1, 2)"),
        ("column.compress", [2, 1], "(1, 2)"),
        ("column.compress", "('A, b' , 'c')", "('A, b', 'c')"),
        ("column.compress", "('it''s')", "('it''s')"),
        ("column.compress", "", "nulls only"),
        ("column.compress", None, None),
        ("column.compress", "none", None),
        ("table.comment", "none", "none"),
        ("column.default", " x  y", " x  y"),
        ("option.fallback", True, "yes"),
        ("option.before_journal", "dual", "DUAL"),
    ],
)
def test_values_have_one_form(facet: str, value: Any, text: str | None) -> None:
    assert BRIDGE.call("dbee_value_text", facet, value) == text


@given(st.text(max_size=20))
def test_a_line_for_a_terminal_shows_only_what_prints(text: str) -> None:
    assert BRIDGE.call("dbee_visible", text).isprintable()
