"""What rules look at is in the one facet table, or in the list of how nodes and objects meet beside it."""

from __future__ import annotations

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.facets import FACETS, MEETINGS

BRIDGE = Bridge()
RULES = [name.removeprefix("dbee_rule__") for name in BRIDGE.macros if name.startswith("dbee_rule__")]
MATCHED = set(BRIDGE.call("dbee_rule_facets"))


def test_whatever_is_matched_is_a_facet_or_a_meeting() -> None:
    paths = {facet.path for facet in FACETS}
    assert paths.isdisjoint(MEETINGS)
    assert MATCHED - paths == set(MEETINGS)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_names_facets_that_are_matched(rule: str) -> None:
    about = BRIDGE.call(f"dbee_about__{rule}")
    assert about["facets"] or about["scope"] in ("waivers", "sql")
    assert set(about["facets"]) <= MATCHED


def test_whatever_is_matched_concerns_a_rule() -> None:
    named = {facet for rule in RULES for facet in BRIDGE.call(f"dbee_about__{rule}")["facets"]}
    assert named == MATCHED
