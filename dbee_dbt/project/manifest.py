"""dbt's manifest.json: read, never made."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from dbee_dbt.model.errors import ManifestError
from dbee_dbt.model.names import fold
from dbee_dbt.project.collector import nothing_collected
from dbee_dbt.project.settings import PROJECT_FILE, ProjectSettings, read_settings
from dbee_dbt.session.options import ProjectOptions

Node = dict[str, Any]
"""A node as manifest.json holds it."""

SCHEMA = "https://schemas.getdbt.com/dbt/manifest/v12.json"
RELATIONAL = frozenset({"model", "seed", "snapshot", "source"})
"""Resource types that stand for a table or view."""

_HINT = "Run `dbt parse` in the project; it writes target/manifest.json."


class _Metadata(msgspec.Struct):
    dbt_schema_version: str = ""
    dbt_version: str = ""
    project_name: str | None = None
    adapter_type: str | None = None


class _Document(msgspec.Struct):
    metadata: _Metadata
    nodes: dict[str, Node]
    sources: dict[str, Node]
    exposures: dict[str, Node] = {}
    macros: msgspec.Raw = msgspec.Raw(b"{}")
    disabled: dict[str, list[Node]] | None = None


class Manifest:
    """The nodes of a dbt project, as dbt wrote them.

    Args:
        path: of manifest.json.
        settings: of the project.
        document: what was read.
        warnings: what a user should know of the file, one sentence each.
    """

    def __init__(self, path: Path, settings: ProjectSettings, document: _Document, warnings: tuple[str, ...]) -> None:
        self.path = path
        self.settings = settings
        self.warnings = warnings
        self.project_name = document.metadata.project_name or settings.name
        self.dbt_version = document.metadata.dbt_version
        self.nodes: dict[str, Node] = document.nodes
        self.sources: dict[str, Node] = document.sources
        self.exposures: dict[str, Node] = document.exposures
        self.disabled: dict[str, list[Node]] = document.disabled or {}
        self.adapter = document.metadata.adapter_type or "teradata"
        self._macros = document.macros

    @cached_property
    def macros(self) -> dict[str, Node]:
        """The dbt macros of the project and of all that it installs, by unique id.

        Raises:
            ManifestError: somebody edited them so that they are none.
        """
        try:
            return msgspec.json.decode(self._macros, type=dict[str, Node])
        except msgspec.DecodeError as error:
            raise ManifestError(f"the macros are none of dbt: {error}", file=str(self.path), hint=_HINT) from error

    @cached_property
    def everything(self) -> dict[str, Node]:
        """Nodes, sources and exposures by unique id."""
        return {**self.nodes, **self.sources, **self.exposures}

    def relational(self) -> Iterator[Node]:
        """The nodes that stand for a table or view: models (none that is ephemeral), seeds, snapshots, sources."""
        for node in self.nodes.values():
            if node["resource_type"] in RELATIONAL and node["config"].get("materialized") != "ephemeral":
                yield node
        yield from self.sources.values()

    @cached_property
    def relations(self) -> dict[tuple[str, str], Node]:
        """The node of each (database, name), both folded; a model, seed or snapshot goes before a source."""
        found: dict[tuple[str, str], Node] = {}
        for node in self.relational():
            found.setdefault(relation_key(node), node)
        return found

    def node_of(self, database: str, name: str) -> Node | None:
        """The node that stands for this table or view, or None."""
        return self.relations.get((fold(database), fold(name)))

    @cached_property
    def databases(self) -> tuple[str, ...]:
        """The databases that the project names, as first written, sorted without case."""
        names: dict[str, str] = {}
        for node in self.relational():
            names.setdefault(fold(database_name(node)), database_name(node))
        return tuple(names[key] for key in sorted(names))

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """By unique id: what depends on it directly."""
        found: dict[str, list[str]] = {}
        for key, node in self.everything.items():
            for parent in node.get("depends_on", {}).get("nodes", ()):
                found.setdefault(parent, []).append(key)
        return {key: tuple(ids) for key, ids in found.items()}


def relation_key(node: Node) -> tuple[str, str]:
    """(database, name) of the table or view that a node stands for, folded. dbt calls the database ``schema``."""
    return fold(database_name(node)), fold(relation_name(node))


def relation_name(node: Node) -> str:
    """The name of the node's table or view: a source's identifier, anything else's alias."""
    return _undoubled(node.get("identifier") or node.get("alias") or node["name"])


def database_name(node: Node) -> str:
    """The name of the database that the node's table or view lies in."""
    return _undoubled(node["schema"])


def _undoubled(name: str) -> str:
    """The name as the database has it: dbt puts quotes around it, and the project has to double those inside."""
    return name.replace('""', '"')


def downstream(manifest: Manifest, ids: Iterable[str]) -> tuple[str, ...]:
    """Everything that depends on these nodes, directly or not, sorted: models, tests, exposures …

    Args:
        manifest: the project's.
        ids: unique ids; they are not part of the answer unless one depends on another.
    """
    found: set[str] = set()
    open_ids = list(ids)
    while open_ids:
        fresh = [child for child in manifest.children.get(open_ids.pop(), ()) if child not in found]
        found.update(fresh)
        open_ids.extend(fresh)
    return tuple(sorted(found))


def upstream(manifest: Manifest, ids: Iterable[str]) -> frozenset[str]:
    """These nodes and everything that they depend on, directly or not."""
    found: set[str] = set()
    open_ids = list(ids)
    while open_ids:
        key = open_ids.pop()
        if key not in found:
            found.add(key)
            open_ids.extend(manifest.everything.get(key, {}).get("depends_on", {}).get("nodes", ()))
    return frozenset(found)


def load_manifest(options: ProjectOptions) -> Manifest:
    """Read the manifest of a project.

    Raises:
        ConfigurationError: there is no dbt project.
        ManifestError: there is no manifest, it cannot be read, or another version of dbt wrote it.
    """
    settings = read_settings(options)
    path = settings.target_path / "manifest.json"
    document = _decode(path)
    _check_version(path, document.metadata)
    _check_nodes(path, settings.name, document)
    return Manifest(path, settings, document, tuple(_stale(path, settings, document)))


def _decode(path: Path) -> _Document:
    try:
        with nothing_collected():
            return msgspec.json.decode(path.read_bytes(), type=_Document)
    except FileNotFoundError as error:
        raise ManifestError("there is no manifest", file=str(path), hint=_HINT) from error
    except OSError as error:
        raise ManifestError(f"the manifest cannot be read: {error.strerror}", file=str(path)) from error
    except msgspec.DecodeError as error:
        raise ManifestError(f"this is no manifest of dbt: {error}", file=str(path), hint=_HINT) from error


def _check_version(path: Path, metadata: _Metadata) -> None:
    """Refuse what another dbt wrote: its nodes may mean something else, and dbt itself would make them anew."""
    if metadata.dbt_schema_version != SCHEMA:
        written = metadata.dbt_schema_version.rpartition("/")[2].removesuffix(".json") or "no version"
        raise ManifestError(f"the manifest is of schema {written}, and v12 is read here", file=str(path), hint=_HINT)
    installed = importlib.metadata.version("dbt-core")
    if _minor(metadata.dbt_version) != _minor(installed):
        what = f"dbt {metadata.dbt_version or 'of no version'} wrote the manifest, and dbt {installed} is installed"
        raise ManifestError(what, file=str(path), hint=_HINT)


def _check_nodes(path: Path, project: str, document: _Document) -> None:
    """Refuse a manifest that somebody edited so that a node lacks what every node of dbt has."""
    for key, node in (*document.nodes.items(), *document.sources.items()):
        for name, kind in _needed(node, project):
            if not isinstance(node.get(name), kind):
                what = f"the node has no {name}, or one of another form than dbt writes"
                raise ManifestError(what, subject=key, file=str(path), hint=_HINT)


def _needed(node: Node, project: str) -> Iterator[tuple[str, type]]:
    """What is read of a node without asking whether it is there, and of which type it is."""
    yield "resource_type", str
    yield from ((name, dict) for name in ("columns", "depends_on") if name in node)
    if node.get("resource_type") in RELATIONAL:
        yield "schema", str
        if node["resource_type"] != "source":
            yield "config", dict
        if node.get("package_name") == project:
            yield "original_file_path", str


def _minor(version: str) -> tuple[str, ...]:
    return tuple(version.split(".")[:2])


def _stale(path: Path, settings: ProjectSettings, document: _Document) -> Iterator[str]:
    """Sentences on files of the project that changed, came or went after the manifest was written."""
    written = path.stat().st_mtime_ns
    files = {file: file.stat().st_mtime_ns for file in _project_files(settings)}
    newer = sorted(file for file, changed in files.items() if changed > written)
    if newer:
        yield f"the manifest is older than {_named(newer, settings)}; run `dbt parse`"
    known = {settings.root / node["original_file_path"] for node in _own(document, settings.name)}
    gone = sorted(file for file in known - files.keys() if not file.exists())
    if gone:
        yield f"the manifest knows files that are gone: {_named(gone, settings)}; run `dbt parse`"


def _own(document: _Document, project: str) -> Iterator[Node]:
    for node in (*document.nodes.values(), *document.sources.values()):
        if node.get("package_name") == project and node["resource_type"] in RELATIONAL:
            yield node


def _project_files(settings: ProjectSettings) -> Iterator[Path]:
    """The files that decide what the manifest says."""
    for name in (PROJECT_FILE, "vars.yml", "packages.yml", "dependencies.yml", "selectors.yml"):
        if (settings.root / name).is_file():
            yield settings.root / name
    for folder in {folder for folders in settings.paths.values() for folder in folders}:
        yield from (file for file in folder.rglob("*") if file.suffix in _READ_BY_DBT and file.is_file())


_READ_BY_DBT = frozenset({".sql", ".yml", ".yaml", ".csv", ".py", ".md"})


def _named(files: list[Path], settings: ProjectSettings) -> str:
    shown = [Path(os.path.relpath(file, settings.root)).as_posix() for file in files[:3]]
    more = len(files) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
