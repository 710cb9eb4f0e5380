"""Where a node and its columns are described: file and line in the project's YAML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dbee_dbt.model.names import fold
from dbee_dbt.project.manifest import Manifest, Node
from dbee_dbt.project.settings import PROJECT_FILE

_SECTIONS = {"model": "models", "seed": "seeds", "snapshot": "snapshots"}


class Place(NamedTuple):
    """A file of the project, relative to it, and the line in it, counted from 1, where that is known."""

    file: str
    line: int | None


class Places:
    """Finds places in the YAML files of a project; each file is read once, when it is first needed."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._documents: dict[str, Any] = {}

    def of(self, node: Node, column: str | None = None) -> Place:
        """Where the node is described, or its column where that has an entry; the node's own file otherwise."""
        file = self._described_in(node)
        if file is None:
            return Place(self._shown(node, node["original_file_path"]), None)
        found: list[Any] = list(_entries(self._document(file), node))
        if column is not None and found:
            found = [*_columns(found[0], column), *found]
        return Place(file, found[0].start_mark.line + 1 if found else None)

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._manifest.settings.root

    def sql_file(self, node: Node) -> str:
        """The file that holds the node's own text, from the project's folder."""
        return self._shown(node, node["original_file_path"])

    def of_waiver(self, number: int) -> Place | None:
        """Where a waiver of the project stands, counted from 0; None where no file of the project has so many."""
        for file in (PROJECT_FILE, "vars.yml"):
            variables = _value(self._document(file), "vars")
            for holder in (variables, _value(variables, self._manifest.settings.name), _value(variables, "dbee_dbt")):
                waivers = _items(_value(_value(holder, "dbee"), "waivers"))
                if number < len(waivers):
                    return Place(file, waivers[number].start_mark.line + 1)
        return None

    def _described_in(self, node: Node) -> str | None:
        if node["resource_type"] == "source":
            return self._shown(node, node["original_file_path"])
        patch = node.get("patch_path")
        return self._shown(node, patch.partition("://")[2]) if patch else None

    def _shown(self, node: Node, path: str) -> str:
        """The path from the project's folder; a file of an installed package lies below the packages' folder."""
        settings = self._manifest.settings
        if node["package_name"] == settings.name:
            return Path(path).as_posix()
        folder = settings.packages_path.relative_to(settings.root) / str(node["package_name"])
        return (folder / path).as_posix()

    def _document(self, file: str) -> Any:
        """The file's YAML nodes with their marks; None where the file is gone or no longer YAML."""
        if file not in self._documents:
            self._documents[file] = _compose(self._manifest.settings.root / file)
        return self._documents[file]


def _compose(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        return None  # a place is a courtesy: the finding stands without it


def _entries(document: Any, node: Node) -> Iterator[Any]:
    """The YAML nodes that describe this node, first the one wanted."""
    if node["resource_type"] != "source":
        section = _SECTIONS.get(node["resource_type"], "")
        yield from _called(_value(document, section), node["name"])
        return
    for source in _called(_value(document, "sources"), node["source_name"]):
        yield from _called(_value(source, "tables"), node["name"])


def _columns(entry: Any, column: str) -> Iterator[Any]:
    yield from _called(_value(entry, "columns"), column)
    for version in _items(_value(entry, "versions")):
        yield from _called(_value(version, "columns"), column)


def _called(sequence: Any, name: str) -> Iterator[Any]:
    """The mappings in a sequence whose ``name`` is this one, without case."""
    for item in _items(sequence):
        value = _value(item, "name")
        if value is not None and fold(str(value.value)) == fold(name):
            yield item


def _items(sequence: Any) -> list[Any]:
    return sequence.value if getattr(sequence, "id", None) == "sequence" else []


def _value(mapping: Any, key: str) -> Any:
    if getattr(mapping, "id", None) != "mapping":
        return None
    return next((value for name, value in mapping.value if name.value == key), None)
