"""The two ways into the model say the same: what the dictionary tells and what SHOW prints give equal objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dbee_dbt.catalogs.live import read_live
from dbee_dbt.compare.join_indexes import same_query
from dbee_dbt.compare.texts import same_text
from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.model.catalog import UNKNOWN, Catalog, ObjectFilter, catalog_of
from dbee_dbt.model.facets import FACETS, Facet, facet_values
from dbee_dbt.model.objects import CatalogObject, Database, View
from tests.catalogs.systems import EVERY_FACET, LoggedSession, retail, system

# SHOW prints no comment, and there is no SHOW for a database.
NOT_SHOWN = {facet.path for facet in FACETS if facet.name == "comment" or facet.group == "database"}
BOTH = [facet for facet in FACETS if facet.sources == {"ddl", "dictionary"} and facet.path not in NOT_SHOWN]


ANY_OWNER = View(database="", name="")


def shown(session: LoggedSession, found: CatalogObject) -> str:
    """The text that SHOW prints for an object."""
    rows = session.rows(f'SHOW {found.kind} "{found.database}"."{found.name}"')
    return "".join(next(iter(row.values())) for row in rows).replace("\r", "\n")


def both_ways(session: LoggedSession, *databases: str) -> tuple[Catalog, Catalog]:
    """The catalog from the dictionary, and the one from SHOW."""
    live = read_live(session, ObjectFilter(include=databases), address="td:x")
    texts = [
        (f"{found.database}.{found.name}", shown(session, found)) for found in live if not isinstance(found, Database)
    ]
    found = assemble(texts)
    assert found.refusals == []
    return live, catalog_of("dir:x", found.objects, defaults=live.defaults)


def values(catalog: Catalog, facet: Facet) -> Iterator[tuple[tuple[str, str], Any]]:
    for found in catalog:
        for each in facet_values(found, catalog.defaults):
            if each.facet.path == facet.path and not isinstance(found, Database):
                yield (f"{found.kind} {found.database}.{found.name}".upper(), each.part), each.value


@pytest.fixture(scope="module", params=["ANSI", "TERA"])
def every_facet(request: pytest.FixtureRequest) -> tuple[Catalog, Catalog]:
    return both_ways(system(*EVERY_FACET, mode=request.param), "D")


@pytest.fixture(scope="module")
def warehouse() -> tuple[Catalog, Catalog]:
    return both_ways(retail(), "RETAIL_*")


def same(facet: Facet, told: Any, printed: Any) -> bool:
    """Equal as compare sees it: source texts by their tokens."""
    if facet.path == "join index.query":
        return same_query(told, printed)
    return same_text(ANY_OWNER, told, printed) if facet.name == "text" else facet.equal(told, printed)


def check(ways: tuple[Catalog, Catalog], facet: Facet) -> set[str]:
    """Fails where the two ways differ; the values that were met."""
    told, printed = (dict(values(way, facet)) for way in ways)
    assert {place for place in told if "VIEW" not in place[0]} == {place for place in printed if "VIEW" not in place[0]}
    for place in told.keys() & printed.keys():  # a view's text need not name its columns
        if told[place] is not UNKNOWN and printed[place] is not UNKNOWN:
            assert same(facet, told[place], printed[place]), (
                f"{place}: {told[place]!r} told, {printed[place]!r} printed"
            )
    return {repr(value) for value in told.values() if value is not UNKNOWN}


@pytest.mark.parametrize("facet", BOTH, ids=lambda facet: facet.path)
def test_both_ways_agree_on_every_facet(every_facet: tuple[Catalog, Catalog], facet: Facet) -> None:
    met = check(every_facet, facet)
    assert len(met) > 1, f"the system says only {met} of {facet.path}"


@pytest.mark.parametrize("facet", BOTH, ids=lambda facet: facet.path)
def test_both_ways_agree_on_the_warehouse(warehouse: tuple[Catalog, Catalog], facet: Facet) -> None:
    check(warehouse, facet)


def test_both_ways_see_the_same_objects(
    every_facet: tuple[Catalog, Catalog], warehouse: tuple[Catalog, Catalog]
) -> None:
    for live, printed in (every_facet, warehouse):
        assert {key for key in live.objects if key.kind != "database"} == set(printed.objects)
