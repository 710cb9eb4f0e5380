"""A live system and its DDL in files have the same dependencies and the same lineage."""

from __future__ import annotations

import pytest

from dbee_dbt.dependencies.build import dependency_graph
from dbee_dbt.dependencies.views import Lineages
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.objects import ObjectKey
from tests.catalogs.systems import retail
from tests.catalogs.test_two_ways import both_ways


@pytest.fixture(scope="module")
def warehouse() -> tuple[Catalog, Catalog]:
    return both_ways(retail(), "RETAIL_*")


def _edges(catalog: Catalog) -> set[tuple[ObjectKey, str, ObjectKey | None]]:
    """What the objects in databases depend on; SHOW prints no DDL of databases, and maps that no dictionary tells."""
    edges = dependency_graph(catalog).edges
    return {
        (edge.source, edge.how, edge.target) for edge in edges if edge.source.kind != "database" and edge.how != "uses"
    }


def test_dependencies(warehouse: tuple[Catalog, Catalog]) -> None:
    live, files = warehouse
    found = _edges(live)
    assert found == _edges(files)
    assert len({key for _, _, key in found}) > 10
    assert None not in {key for _, _, key in found}


def test_lineage(warehouse: tuple[Catalog, Catalog]) -> None:
    live, files = (Lineages(catalog) for catalog in warehouse)
    views = [key for key in warehouse[0].objects if key.kind == "view"]
    assert len(views) > 5
    for view in views:
        found = live.down_to_tables(view)
        assert found.not_bound == ""
        assert found == files.down_to_tables(view)
