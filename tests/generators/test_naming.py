"""Generated names are safe everywhere, distinct, and the same in every run."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.names import fold

BRIDGE = Bridge()
names = st.text(st.sampled_from("aAbé_# $.1ß"), min_size=1, max_size=4)


def distinct(wishes: list[dict[str, Any]], longest: int = 116) -> list[str]:
    found: list[str] = BRIDGE.call("dbee_distinct_names", wishes, longest)
    return found


def wish(name: str) -> dict[str, Any]:
    slug = BRIDGE.call("dbee_slug", name)
    return {"wish": slug, "exact": slug == name, "origin": name}


@given(st.lists(names, unique_by=fold, max_size=12))
def test_no_two_names_are_equal_on_any_file_system(found: list[str]) -> None:
    made = distinct([wish(name) for name in found])
    assert len({name.lower() for name in made}) == len(found)
    assert all(name.isascii() and name.replace("_", "a").isalnum() for name in made)


@given(st.lists(names, unique_by=fold, min_size=1, max_size=12))
def test_a_name_does_not_depend_on_the_order_of_the_others(found: list[str]) -> None:
    forward = dict(zip(found, distinct([wish(name) for name in found]), strict=True))
    backward = dict(zip(found[::-1], distinct([wish(name) for name in found[::-1]]), strict=True))
    assert forward == backward


@given(st.lists(names, unique_by=fold, max_size=12), st.sampled_from(["a_b", "T1"]))
def test_a_plain_name_is_kept_whatever_else_there_is(others: list[str], plain: str) -> None:
    made = distinct([wish(plain), *(wish(name) for name in others if fold(name) != fold(plain))])
    assert made[0] == plain


def test_names_that_become_alike_are_told_apart() -> None:
    first, second, plain = distinct([wish("t#1"), wish("t 1"), wish("t_1")])
    assert plain == "t_1"
    assert first != second
    assert first.startswith("t_1_") and second.startswith("t_1_")


def test_a_long_name_is_cut_and_told_apart() -> None:
    made = distinct([wish("x" * 200), wish("x" * 200 + "y")], 116)
    assert [len(name) for name in made] == [116, 116]
    assert made[0] != made[1]


def test_a_folder_is_no_device_of_windows() -> None:
    assert [BRIDGE.call("dbee_folder_name", name) for name in ("CON", "nul", "Lpt1", "COM", "CONS")] == [
        "CON_",
        "nul_",
        "Lpt1_",
        "COM",
        "CONS",
    ]
