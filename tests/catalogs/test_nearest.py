"""A pattern that matches nothing: the message says what there is."""

from __future__ import annotations

from dbee_dbt.catalogs.nearest import nothing_matched
from dbee_dbt.model.catalog import ObjectFilter

NAMES = ["RETAIL_SALES", "RETAIL_MART", "HR", "my db"]


def hint(*patterns: str, names: list[str] = NAMES) -> str | None:
    return nothing_matched("no object matches", ObjectFilter(patterns), names).hint


def test_names_that_come_near_are_named_nearest_first() -> None:
    assert (hint("retail_sale*") or "").startswith("Near are: RETAIL_SALES")
    assert (hint("MYDB.T") or "").startswith('Near are: "my db"')


def test_without_one_near_some_of_those_there_are_named() -> None:
    assert (hint("ZZZ") or "").startswith("There are: RETAIL_SALES, RETAIL_MART, HR")


def test_an_empty_catalog_says_so() -> None:
    assert (hint("ZZZ", names=[]) or "").startswith("No database is there.")
