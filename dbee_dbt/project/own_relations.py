"""Models, seeds and snapshots whose own tables and views are in a catalog, and the YAML that these ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.catalogs.rows import Row, rows
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.names import fold, needs_quotes
from dbee_dbt.model.objects import ObjectKey, Table, View
from dbee_dbt.project.manifest import Manifest, Node, relation_key
from dbee_dbt.project.yaml.wanted import Wanted, WantedFile

_SECTIONS = {"model": "models", "seed": "seeds", "snapshot": "snapshots"}


class Own(Struct, frozen=True):
    """What dbt builds: it is no source, and its YAML follows it.

    Args:
        objects: the tables and views that nodes of the project stand for.
        files: the YAML that they ask for, where it goes if there is none yet.
        relations: database and name of the table or view, by name and version of the node.
    """

    objects: frozenset[ObjectKey]
    files: tuple[WantedFile, ...]
    relations: dict[tuple[str, str], tuple[str, str]] = {}


def own_relations(manifest: Manifest, catalog: Catalog, called: Callable[[str], Iterable[str]]) -> Own:
    """The nodes of a project whose tables and views a catalog holds.

    Args:
        manifest: of the project.
        catalog: the objects.
        called: what else a database may be called in the project.
    """
    found: dict[tuple[str, str], Table | View] = {}
    for each in catalog:
        if isinstance(each, Table | View):
            for database in (each.database, *called(each.database)):
                found[fold(database), fold(each.name)] = each
    nodes = [node for node in manifest.relational() if _is_own(node, manifest)]
    built = [(node, found[key]) for node in nodes if (key := relation_key(node)) in found]
    return Own(
        objects=frozenset(ObjectKey.of(each) for _, each in built),
        files=tuple(_files(built, catalog)),
        relations={(node["name"], _version(node)): (each.database, each.name) for node, each in built},
    )


def _version(node: Node) -> str:
    version = node.get("version")
    return "" if version is None else str(version)


def _is_own(node: Node, manifest: Manifest) -> bool:
    return node["resource_type"] in _SECTIONS and node.get("package_name") == manifest.settings.name


def _files(built: list[tuple[Node, Table | View]], catalog: Catalog) -> Iterator[WantedFile]:
    write = _Writer(catalog, [each for _, each in built])
    by_file: dict[tuple[str, str], list[Wanted]] = {}
    for node, each in built:
        entry = write.entry(node, each)
        if entry is not None:
            section = _SECTIONS[node["resource_type"]]
            folder = PurePosixPath(str(node["original_file_path"]).replace("\\", "/")).parent
            by_file.setdefault((f"{folder}/_{folder.name}__{section}.yml", section), []).append(entry)
    for (path, section), entries in by_file.items():
        yield WantedFile(path, f"version: 2\n\n{section}:\n", tuple(entries), (), section)


class _Writer:
    """Writes entries as the generators lay them out; names, types and comments are escaped by the same dbt macros."""

    def __init__(self, catalog: Catalog, objects: list[Table | View]) -> None:
        bridge = Bridge()
        self._text: Callable[[str], str] = cache(lambda text: bridge.call("dbee_yaml_text", text))
        self._description: Callable[[str], str | None] = cache(lambda text: bridge.call("dbee_yaml_description", text))
        part = replace(catalog, objects={ObjectKey.of(each): each for each in objects})
        self._columns: dict[tuple[str, str], list[Row]] = {}
        for row in rows(part).columns:
            self._columns.setdefault((row["database"], row["relation"]), []).append(row)

    def entry(self, node: Node, each: Table | View) -> Wanted | None:
        """The entry of a node; None where nobody knows the columns."""
        columns = self._columns.get((each.database, each.name))
        if not columns:
            return None
        lines = [f"  - name: {self._text(node['name'])}", *self._described(each.comment, 4), "    columns:"]
        for row in columns:
            lines += self._column(row)
        return Wanted("\n".join(lines) + "\n", node["name"], node["name"], _version(node), is_own=True)

    def _column(self, row: Row) -> Iterator[str]:
        yield f"      - name: {self._text(row['name'])}"
        if needs_quotes(row["name"]):
            yield "        quote: true"
        if row["type"]:
            yield f"        data_type: {self._text(row['type'])}"
        yield from self._described(row["comment"], 8)

    def _described(self, comment: str | None, indent: int) -> Iterator[str]:
        text = self._description(comment) if comment else None
        if text:
            yield f"{' ' * indent}description: {text}"
