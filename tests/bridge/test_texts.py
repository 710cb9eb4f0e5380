"""Texts of the dictionary, taken apart without tearing strings or parentheses."""

from __future__ import annotations

import pytest

from dbee_dbt.bridge import Bridge

BRIDGE = Bridge()
MONTHS = "RANGE_N(D  BETWEEN DATE '2020-01-01' AND DATE '2025-12-31' EACH INTERVAL '1' MONTH )"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (f"CHECK (({MONTHS}) BETWEEN 1 AND 65535)", [MONTHS]),
        (
            f"CHECK (/*02*/ {MONTHS} IS NOT NULL AND CASE_N(R =  1 ,NO CASE) IS NOT NULL)",
            [MONTHS, "CASE_N(R =  1 ,NO CASE)"],
        ),
        (
            "CHECK (/*02*/ CASE_N(A IS NOT NULL AND B = ') AND (',UNKNOWN) IS NOT NULL AND RANGE_N(C BETWEEN 1 AND 2) IS NOT NULL)",
            ["CASE_N(A IS NOT NULL AND B = ') AND (',UNKNOWN)", "RANGE_N(C BETWEEN 1 AND 2)"],
        ),
        (
            "CHECK (/*02 08 01*/ PARTITION#L1 /*1 3+1*/ =1 AND RANGE_N(A BETWEEN 1 AND 3) /*2 3+0*/ IS NOT NULL)",
            ["COLUMN", "RANGE_N(A BETWEEN 1 AND 3)"],
        ),
        ("CHECK ((A MOD 10) + 1 BETWEEN 1 AND 65535)", ["(A MOD 10) + 1"]),
        ("something new", ["something new"]),
    ],
)
def test_levels_of_a_partitioning_constraint(text: str, levels: list[str]) -> None:
    assert BRIDGE.call("dbee_partitioning_levels", text) == levels


@pytest.mark.parametrize(
    ("text", "bare"),
    [("(a)", "a"), ("( (a) )", "a"), ("(a) + (b)", "(a) + (b)"), ("(a = ')')", "a = ')'"), ("a", "a"), ("", "")],
)
def test_only_enclosing_parentheses_go(text: str, bare: str) -> None:
    assert BRIDGE.call("dbee_without_parentheses", text) == bare
