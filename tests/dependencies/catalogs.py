"""Catalogs from scripts, and what is told of their dependencies."""

from __future__ import annotations

from msgspec.structs import replace

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.dependencies.build import dependency_graph
from dbee_dbt.dependencies.views import Lineages
from dbee_dbt.model.catalog import Catalog, Look, Scope, catalog_of
from dbee_dbt.model.objects import ObjectKey, shown_name
from dbee_dbt.report.dependencies import Dependencies


def catalog(script: str) -> Catalog:
    """The catalog of one script, that looked into the databases which it names."""
    found = catalog_of("dir:x", assemble([("x.sql", script)]).objects)
    return replace(found, scope=Scope((Look(databases=found.databases),)), untold=("database", "user"))


def key(kind: str, name: str) -> ObjectKey:
    """The key of an object whose name is ``DATABASE.NAME``."""
    return ObjectKey(kind, *name.upper().split("."))


def dependencies(script: str, *, columns: bool = False, through_views: bool = False) -> Dependencies:
    """What is told of all objects of a script."""
    found = catalog(script)
    lineages = Lineages(found)
    read = lineages.down_to_tables if through_views else lineages.of
    views = [one for one in found.objects if one.kind == "view"] if columns or through_views else []
    return Dependencies(
        address=found.address,
        graph=dependency_graph(found),
        chosen=tuple(sorted(found.objects)),
        names={one: shown_name(named) for one, named in found.objects.items()},
        lineages={one: read(one) for one in views},
        refusals=found.refusals,
    )
