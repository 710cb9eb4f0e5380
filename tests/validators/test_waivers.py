"""Waivers of the project: `vars: dbee: waivers`; those of nodes and columns have cases."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import MacroError
from tests.validators.cases import RULES
from tests.validators.conftest import RunOperation
from tests.validators.test_configuration import NODE, ROWS

WAIVER: dict[str, Any] = {
    "rule": "column_type",
    "node": "orders",
    "reason": "the loader writes a text",
    "owner": "finance",
    "expires": "2026-01-31",
}
TODAY = "2026-01-31"


def found(*waivers: Any, today: str = TODAY, **project: Any) -> dict[str, Any]:
    """The answer for one node with one wrong type, in column A of SALES.ORDERS."""
    settings = {"waivers": list(waivers), **project.pop("settings", {})}
    given = {"nodes": [NODE], "selected": None, "settings": settings, "today": today, **project}
    answer: dict[str, Any] = Bridge().call("dbee_findings", given, ROWS)
    return answer


def rules_of(answer: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(finding["rule"], finding["waived"] is not None) for finding in answer["findings"]]


def test_a_waived_finding_is_kept_and_counted_and_fails_nothing() -> None:
    assert found()["failed"]
    answer = found(WAIVER)
    (finding,) = answer["findings"]
    assert (finding["severity"], finding["status"]) == ("error", "failed")
    assert finding["waived"] == {"reason": "the loader writes a text", "owner": "finance", "expires": "2026-01-31"}
    assert answer["counts"] == {"error": 0, "warn": 0, "info": 0, "not checked": 0, "waived": 1}
    assert not answer["failed"]


def test_it_holds_through_its_day_and_is_a_finding_from_the_next() -> None:
    assert rules_of(found(WAIVER, today="2026-01-30")) == [("column_type", True)]
    assert rules_of(found(WAIVER, today="2026-01-31")) == [("column_type", True)]
    answer = found(WAIVER, today="2026-02-01")
    assert sorted(rules_of(answer)) == [("column_type", False), ("waiver_expired", False)]
    assert answer["counts"]["error"] == 2 and answer["counts"]["waived"] == 0


@pytest.mark.parametrize(
    "names",
    [
        {"node": "orders"},
        {"node": "ORD*"},
        {"node": "model.shop.orders"},
        {"object": "sales.orders"},
        {"object": "SALES.*"},
        {"node": "orders", "object": "SALES.*", "column": "a"},
        {"node": "*", "column": "?"},
    ],
)
def test_names_that_it_waives_by(names: dict[str, str]) -> None:
    waiver = {key: value for key, value in WAIVER.items() if key != "node"}
    assert rules_of(found({**waiver, **names})) == [("column_type", True)]


@pytest.mark.parametrize(
    "names", [{"node": "order"}, {"object": "ORDERS"}, {"node": "orders", "column": "B"}, {"rule": "nullability"}]
)
def test_one_that_names_no_finding_is_a_warning(names: dict[str, str]) -> None:
    answer = found({**WAIVER, **names})
    assert sorted(rules_of(answer)) == [("column_type", False), ("waiver_unused", False)]
    (unused,) = [each for each in answer["findings"] if each["rule"] == "waiver_unused"]
    assert (unused["severity"], unused["node"], unused["object"]) == ("warn", None, "vars: dbee: waivers[0]")


def test_a_selection_says_nothing_of_waivers_elsewhere() -> None:
    elsewhere = {**WAIVER, "node": "customers", "expires": "2020-01-01"}
    assert rules_of(found(WAIVER, elsewhere, selected={"model.shop.orders": True})) == [("column_type", True)]
    assert ("waiver_expired", False) in rules_of(
        found({**WAIVER, "expires": "2020-01-01"}, selected={"model.shop.orders": True})
    )


def test_what_waivers_give_rise_to_has_a_severity_too() -> None:
    off = {"rules": {"waiver_unused": {"severity": "off"}}}
    assert rules_of(found({**WAIVER, "node": "x"}, settings=off)) == [("column_type", False)]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in WAIVER.items() if name != key}


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        (without("rule"), "rule is missing"),
        (without("reason"), "reason is missing"),
        (without("owner"), "owner is missing"),
        (without("expires"), "expires is missing"),
        (without("node"), "says no node or object"),
        ({**WAIVER, "reason": "  "}, "reason"),
        ({**WAIVER, "owner": 5}, "owner must be a text"),
        ({**WAIVER, "column": ["a"]}, "column must be a text"),
        ({**WAIVER, "until": "2026-01-01"}, "a waiver here has no until; it has: rule, reason, owner, expires, node"),
        ({**WAIVER, "rule": "colum_type"}, "there is no rule colum_type; there are: case_specificity"),
        ({**WAIVER, "rule": "waiver_expired"}, "waiver_expired cannot be waived; set its severity"),
        ("column_type", "must be a dictionary"),
    ],
)
def test_what_a_waiver_lacks_is_an_error_that_names_its_place(waiver: Any, said: str) -> None:
    with pytest.raises(MacroError) as error:
        found(WAIVER, waiver)
    assert f"vars: dbee: waivers[1]: {said}" in str(error.value)


@pytest.mark.parametrize(
    "day",
    ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "31.01.2026", "soon", "2026-01-32", 2026, "²026-01-01"],
)
def test_a_day_that_there_is_not(day: Any) -> None:
    with pytest.raises(MacroError, match=r"vars: dbee: waivers\[0\]: expires must be a day such as 2027-01-31, not "):
        found({**WAIVER, "expires": day})


@pytest.mark.parametrize("day", ["2028-02-29", "2000-02-29", "9999-12-31"])
def test_a_day_that_there_is(day: str) -> None:
    assert rules_of(found({**WAIVER, "expires": day}, today="2000-01-01")) == [("column_type", True)]


@pytest.mark.parametrize("written", ["column_type", {"rule": "column_type"}, 5])
def test_waivers_are_a_list(written: Any) -> None:
    with pytest.raises(MacroError, match="vars: dbee: waivers: must be a list of waivers"):
        found(settings={"waivers": written})


@pytest.mark.dbt
def test_waivers_inside_dbt(run_operation: RunOperation) -> None:
    waiver = {"rule": "relation_missing", "node": "relation_missing_2__*", "reason": "soon", "owner": "me"}
    settings = {"dbee": {"waivers": [{**waiver, "expires": "9999-12-31"}]}}
    ran = run_operation({"select": "relation_missing_2__m"}, settings)
    assert ran.error == ""
    assert [line for line in ran.lines if line.startswith("  ")] == [
        "  waived      relation_missing  expected table, found missing",
        "    -> waived through 9999-12-31 by me: soon",
    ]
    assert ran.lines[-2] == f"1 waived (1 node, 0 columns, {RULES - 1} rules)"  # one is off unless asked for
    expired = {"dbee": {"waivers": [{**waiver, "expires": "2020-01-01"}]}}
    answer = run_operation({"select": "relation_missing_2__m"}, expired).answer
    assert sorted(each["rule"] for each in answer["findings"]) == ["relation_missing", "waiver_expired"]
    ran = run_operation({"select": "relation_missing_2__m"}, {"dbee": {"waivers": [waiver]}})
    assert "vars: dbee: waivers[0]: expires is missing" in ran.error


PATTERN = st.one_of(st.none(), st.text("abS.*?", min_size=1, max_size=5))
NAME = st.text("abS.", min_size=1, max_size=4)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(PATTERN, PATTERN, PATTERN).filter(lambda each: each[0] or each[1]), max_size=4),
    st.lists(st.tuples(st.one_of(st.none(), NAME), NAME, st.one_of(st.none(), NAME)), max_size=4),
)
def test_looking_waivers_up_finds_what_asking_each_of_them_finds(
    patterns: list[tuple[str | None, str | None, str | None]], names: list[tuple[str | None, str, str | None]]
) -> None:
    waivers = [
        {
            **WAIVER,
            "node": node,
            "object": named,
            "column": column,
            "place": f"[{number}]",
            "expired": False,
            "subject": None,
            "at": None,
        }
        for number, (node, named, column) in enumerate(patterns)
    ]
    found: list[dict[str, Any]] = [
        {"rule": "column_type", "node": node and f"model.x.{node}", "object": named, "column": column, "waived": None}
        for node, named, column in names
    ]
    expected = [{waiver["place"] for waiver in waivers if names_it(waiver, finding)} for finding in found]
    used = Bridge().call("dbee_waive", found, waivers)
    assert set(used) == set().union(*expected)
    assert [finding["waived"] is not None for finding in found] == [bool(each) for each in expected]


def names_it(waiver: dict[str, Any], finding: dict[str, Any]) -> bool:
    def meets(pattern: str | None, *names: str | None) -> bool:
        return not pattern or any(name is not None and fnmatchcase(name.upper(), pattern.upper()) for name in names)

    node = finding["node"]
    return (
        meets(waiver["node"], node, node and node.split(".", 2)[2])
        and meets(waiver["object"], finding["object"])
        and meets(waiver["column"], finding["column"])
    )
