"""Comparing two catalogs of 10,000 objects."""

from __future__ import annotations

from estate import catalog
from measure import Figure, median_seconds

from dbee_dbt.compare.objects import compare

OBJECTS, COLUMNS = 10_000, 20


def figures(times: int) -> list[Figure]:
    """A system with its saved baseline (one table in a hundred changed), and with a folder of DDL."""
    saved = catalog("dictionary", OBJECTS, COLUMNS)
    live = catalog("dictionary", OBJECTS, COLUMNS, changed_every=100)
    folder = catalog("ddl", OBJECTS, COLUMNS)
    assert len(compare(saved, live).changes) == OBJECTS // 100
    assert compare(folder, saved).changes == ()
    size = f"{OBJECTS:,} x {OBJECTS:,} objects of {COLUMNS} columns"
    return [
        Figure(
            what=f"compare {size}, saved with live",
            seconds=median_seconds(lambda: compare(saved, live), times),
            items=OBJECTS,
            reach=2,
        ),
        Figure(
            what=f"compare {size}, DDL with live",
            seconds=median_seconds(lambda: compare(folder, live), times),
            items=OBJECTS,
            reach=2,
        ),
    ]
