"""Columns that inherit their descriptions: a staging model's from its source, a view's from what it reads.

Only what is certainly the same column inherits: a view's column that is one column unchanged, and a staging model's
that its generated SQL takes from the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.dependencies.views import Lineages
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.errors import YamlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey, Table, View
from dbee_dbt.project.yaml import nodes
from dbee_dbt.project.yaml.draft import Draft
from dbee_dbt.project.yaml.entries import sources_of
from dbee_dbt.project.yaml.layout import Style, item_lines
from dbee_dbt.project.yaml.nodes import Node, Scalar, Sequence, items_of, read, text_of, value
from dbee_dbt.project.yaml.wanted import Wanted, WantedFile

Column = tuple[str, str, str]
"""(database, table or view, column), folded."""
Relation = tuple[str, str]
"""(database, table or view), as the catalog has it."""


class Relations(Struct, frozen=True):
    """For which table or view an entry stands.

    Args:
        models: by name and version; a staging model stands for the table that it reads.
        databases: by all that the ``schema`` or the name of a source may be, the database.
    """

    models: Mapping[tuple[str, str], Relation]
    databases: Mapping[str, str]


def source_descriptions(files: Mapping[str, str], databases: Mapping[str, str]) -> dict[Column, str]:
    """What a project's YAML says of the columns of its sources; a file that cannot be read says nothing."""
    found: dict[Column, str] = {}
    for path, text in files.items():
        if "sources" not in text:
            continue
        try:
            sources = list(sources_of(Draft(path, text)))
        except YamlError:
            continue  # it is refused, and said, where it is brought in line
        for source in sources:
            database = databases.get(source.schema) or databases.get(fold(source.schema)) or databases.get(source.name)
            for name, table in source.tables.items() if database else ():
                for column in items_of(value(table, "columns")):
                    said = text_of(value(column, "description")) or ""
                    if said.strip():
                        at = (fold(database or ""), name.replace('""', '"'), fold(text_of(value(column, "name")) or ""))
                        found.setdefault(at, said)
    return found


class Inheritance:
    """Fills descriptions into what is wanted.

    Args:
        catalog: the objects, with their comments.
        said: what the project's YAML says of the columns of sources.
        relations: for which table or view an entry stands.
    """

    def __init__(self, catalog: Catalog, said: Mapping[Column, str], relations: Relations) -> None:
        self._said = said
        self._relations = relations
        self._catalog = catalog
        self._lineages = Lineages(catalog)
        self._below: dict[ObjectKey, dict[str, Column]] = {}
        bridge = Bridge()
        self._description = cache(lambda comment: _meaning(bridge.call("dbee_yaml_description", comment)))

    def file(self, wanted: WantedFile) -> WantedFile:
        """A file with the descriptions that its columns inherit."""
        text = wanted.text
        models = []
        for model in wanted.models:
            models.append(self._entry(model, self._relations.models.get((model.name, model.version)), 2))
            text = text.replace(model.text, models[-1].text, 1)
        sources = []
        for source in wanted.sources:
            database = self._relations.databases.get(source.schema, source.schema)
            tables = {}
            for name, table in source.tables.items():
                tables[name] = self._entry(table, (database, table.identifier.replace('""', '"')), 6)
                text = text.replace(table.text, tables[name].text, 1)
            sources.append(replace(source, tables=tables))
        return replace(wanted, text=text, models=tuple(models), sources=tuple(sources))

    def _entry(self, wanted: Wanted, relation: Relation | None, indent: int) -> Wanted:
        if relation is None:
            return wanted
        node = wanted.node
        columns = items_of(value(node, "columns"))
        new = [self._column(column, relation) for column in columns]
        if all(one is other for one, other in zip(columns, new, strict=True)):
            return wanted
        pairs = [(key, Sequence(0, 0, new, False) if key.value == "columns" else inner) for key, inner in node.pairs]
        lines = item_lines(replace(node, pairs=pairs), indent, Style())
        return replace(wanted, text="\n".join(lines) + "\n")

    def _column(self, column: Node, relation: Relation) -> Node:
        name = text_of(value(column, "name")) or ""
        text = self._inherited((fold(relation[0]), fold(relation[1]), fold(name)))
        if text is None or not isinstance(column, nodes.Mapping):
            return column
        pairs = [pair for pair in column.pairs if pair[0].value != "description"]
        behind = max(at for at, (key, _) in enumerate(pairs) if key.value in ("name", "quote", "data_type")) + 1
        pairs.insert(behind, (Scalar(0, 0, "description", ""), Scalar(0, 0, text, '"')))
        return replace(column, pairs=pairs)

    def _inherited(self, column: Column) -> str | None:
        """The nearest words on a column; None where its own comment is the nearest, or nobody says anything."""
        at: Column | None = column
        seen: set[Column] = set()
        while at is not None and at not in seen:
            seen.add(at)
            if at in self._said:
                return self._said[at]
            comment = self._comments(at[:2]).get(at[2])
            if comment and comment.strip():
                return self._description(comment) if at != column else None
            at = self._source(at)
        return None

    def _comments(self, relation: Relation) -> dict[str, str | None]:
        for kind in ("table", "view", "foreign table"):
            found = self._catalog.objects.get(ObjectKey(kind, *relation))
            if isinstance(found, Table | View):
                return {fold(column.name): column.comment for column in found.columns}
        return {}

    def _source(self, column: Column) -> Column | None:
        """The one column that a view's column is, unchanged."""
        key = ObjectKey("view", column[0], column[1])
        if key not in self._catalog.objects:
            return None
        if key not in self._below:
            self._below[key] = {
                fold(one.name): (fold(one.sources[0].database), fold(one.sources[0].name), fold(one.sources[0].column))
                for one in self._lineages.of(key).columns
                if one.kind == "direct" and len(one.sources) == 1
            }
        return self._below[key].get(column[2])


def _meaning(scalar: str | None) -> str | None:
    return text_of(read(scalar, "").roots[0]) if scalar else None


def by_every_name(databases: Mapping[str, tuple[str, Iterable[str]]], sources: Mapping[str, str]) -> dict[str, str]:
    """Databases by all that the ``schema`` of a source, or the source itself, may be called.

    Args:
        databases: by what is generated as ``schema``: the database, and what else it may be called, folded.
        sources: databases by the names of their generated sources.
    """
    found = dict(sources)
    for schema, (database, names) in databases.items():
        found |= dict.fromkeys((*names, schema), database)
    return found
