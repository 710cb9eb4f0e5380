"""Hostile text on a terminal: shown, never obeyed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.report.terminal import visible


def test_what_a_terminal_would_act_on_is_spelled_out() -> None:
    assert visible("a\x1b[2Jb\r\nc") == r"a\x1b[2Jb\r\nc"
    assert visible("abc\u202edcba") == r"abc\u202edcba"
    assert visible("zero\u200bwidth") == r"zero\u200bwidth"


def test_names_of_people_and_places_stay() -> None:
    assert visible("Größe Ł 売上 עברית ¥ “x”") == "Größe Ł 売上 עברית ¥ “x”"


@given(st.text(st.characters()))
def test_no_control_and_no_direction_mark_comes_through(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert not any(unicodedata.bidirectional(char) in BIDI for char in shown)
    shown.encode("utf-8")


BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
