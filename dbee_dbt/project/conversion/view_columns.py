"""The columns of views as their queries tell them, where nobody has asked a database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from dbee_dbt.ddl.expressions.known import Described, described
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.dependencies.graph import Graph
from dbee_dbt.dependencies.scope import Source
from dbee_dbt.dependencies.views import Lineages, read_view
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, ObjectKey, Table, View
from dbee_dbt.model.types import DataType
from dbee_dbt.project.impact.estate import agreed_types


def with_view_columns(catalog: Catalog, graph: Graph) -> Catalog:
    """The catalog with names and types of views' columns filled in, where their queries tell them for any session.

    Args:
        catalog: the objects.
        graph: of them.
    """
    found = _Columns(catalog)
    for key in graph.order().objects:  # what a view reads comes in front of it
        found.read(key)
    return replace(catalog, objects={**catalog.objects, **found.views})


class _Columns:
    """What is known of tables and views so far."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lineages = Lineages(catalog)
        self.views: dict[ObjectKey, View] = {}
        self.described: dict[tuple[str, str], Described] = {}
        self._types: dict[tuple[str, str], dict[str, DataType | None]] = {}

    def read(self, key: ObjectKey) -> None:
        found = self._catalog.objects[key]
        if isinstance(found, View):
            found = self.views[key] = self._filled(key, found)
        if isinstance(found, (Table, View)) and found.columns:
            self.described[key.database, key.name] = described(found.database, found.name, found.columns)

    def _filled(self, key: ObjectKey, view: View) -> View:
        if view.columns and all(column.type is not None for column in view.columns):
            return view
        lineage = self._lineages.of(key).columns
        columns = view.columns or tuple(Column(name=column.name, nullable=None) for column in lineage)
        types: Sequence[DataType | None] | None = None
        if all(column.kind == "direct" and len(column.sources) == 1 for column in lineage):
            types = [self._type(column.sources[0]) for column in lineage]  # much faster, and most columns are these
        elif not isinstance(read := read_view(view), str):
            types = agreed_types(read.query, _Lookup(self, view.database))
        if types is None or len(types) != len(columns):
            return replace(view, columns=columns)
        pairs = zip(columns, types, strict=True)
        return replace(view, columns=tuple(replace(column, type=column.type or kind) for column, kind in pairs))

    def _type(self, source: Source) -> DataType | None:
        key = fold(source.database), fold(source.name)
        if key not in self._types:
            found = self.described.get(key)
            self._types[key] = {fold(column.name): column.type for column in found.columns} if found else {}
        return self._types[key].get(fold(source.column))


class _Lookup:
    """The relations of the catalog as the typing of expressions asks for them."""

    def __init__(self, columns: _Columns, database: str) -> None:
        self._columns = columns
        self._database = database

    def relation(self, database: str | None, name: str) -> Described:
        found = self._columns.described.get((fold(self._database if database is None else database), fold(name)))
        if found is None:
            raise NotKnownError(f"the columns of {name}")
        return found

    def function(self, database: str | None, name: str) -> Any:
        return None
