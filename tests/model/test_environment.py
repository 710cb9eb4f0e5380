"""Logical and physical database names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.model.environment import DatabaseMap, Environment, names_by_target
from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.model.names import fold

MAP = DatabaseMap((("SALES", "DEV_SALES"), ("X_*", "DEV_X_*"), ("*_HIST", "DEV_*_OLD"), ("X_1", "Special")))


@pytest.mark.parametrize(
    ("logical", "physical"),
    [("SALES", "DEV_SALES"), ("x_2", "DEV_X_2"), ("A_HIST", "DEV_A_OLD"), ("X_1", "Special"), ("sales", "DEV_SALES")],
)
def test_a_name_has_one_counterpart(logical: str, physical: str) -> None:
    assert MAP.physical(logical) == physical
    assert fold(MAP.logical(physical.lower()) or "") == fold(logical)


@pytest.mark.parametrize("name", ["OTHER", "X_", "_HIST", "SALES2"])
def test_of_other_names_the_map_says_nothing(name: str) -> None:
    assert MAP.physical(name) is None


@pytest.mark.parametrize("name", ["DEV_X_1", "SALES", "DEV_", "DEV_X_"])
def test_what_no_logical_name_leads_to_has_none(name: str) -> None:
    """DEV_X_1 is what the pattern gives for X_1, which has another name of its own."""
    assert MAP.logical(name) is None


def test_a_name_that_two_patterns_match_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"two patterns match the database: \*_HIST and X_\*"):
        MAP.physical("X_HIST")


@pytest.mark.parametrize("entries", [(("A", "P_B"), ("*", "P_*")), (("*A", "P*"), ("B*", "P*"))])
def test_two_logical_names_on_one_physical_are_refused(entries: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ConfigurationError, match="two logical databases are mapped to"):
        DatabaseMap(entries).logical("P_B")


names = st.text("AB_", min_size=1, max_size=4)
sides = st.tuples(names, names) | st.tuples(names, names).map(lambda pair: (pair[0] + "*", pair[1] + "*"))


@given(st.lists(sides, max_size=4).map(tuple).map(DatabaseMap), names)
def test_there_and_back_is_the_same_name_or_refused(mapping: DatabaseMap, name: str) -> None:
    try:
        physical = mapping.physical(name)
        back = mapping.logical(physical) if physical is not None else name
    except ConfigurationError:
        return
    assert back is not None and fold(back) == fold(name)


def test_what_each_target_calls_a_database() -> None:
    dev = Environment(name="dev", target="dev", databases=MAP)
    one = Environment(name="one", target="shared", databases=DatabaseMap((("SALES", "ONE_SALES"),)))
    two = Environment(name="two", target="shared", databases=DatabaseMap((("SALES", "TWO_SALES"),)))
    prod = Environment(name="prod", target="live")
    every = [dev, one, two, prod]
    assert names_by_target("SALES", dev, every) == {"dev": "DEV_SALES", "live": "SALES"}
    assert names_by_target("SALES", two, every) == {"shared": "TWO_SALES", "dev": "DEV_SALES", "live": "SALES"}
