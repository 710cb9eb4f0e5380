"""Which nodes of a dbt project a branch touched: those whose files, properties or dbt macros changed, and what depends
on them. Whatever cannot be told node by node concerns every node, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import msgspec

from dbee_dbt.bridge.templates import macro_names
from dbee_dbt.catalogs.address import Address
from dbee_dbt.model.findings import KINDS, Checked, FailOn, Validation
from dbee_dbt.project.git import Changes, changes_since, file_at
from dbee_dbt.project.manifest import RELATIONAL, Manifest, Node, downstream
from dbee_dbt.project.select import Selection

_EVERYTHING = frozenset(
    "dbt_project.yml vars.yml packages.yml dependencies.yml package-lock.yml profiles.yml dbee.yml".split()
)
_BUILDS_ALL = re.compile(r"dbee_|materialization_|(?:default|teradata)__")  # rules, and what dbt calls by itself
_SECTIONS = {"models": "model", "seeds": "seed", "snapshots": "snapshot"}


class Changed(NamedTuple):
    """Unique ids of the nodes that changed, and of what depends on them; None for all, with the reasons."""

    ids: frozenset[str] | None
    reasons: tuple[str, ...] = ()


class _Macro(msgspec.Struct):
    name: str
    package_name: str
    original_file_path: str
    depends_on: dict[str, list[str]] = {}


class _Doc(msgspec.Struct):
    original_file_path: str
    package_name: str


class _Beside(msgspec.Struct):
    """What of the manifest is read for this alone."""

    macros: dict[str, _Macro] = {}
    docs: dict[str, _Doc] = {}


def touched(manifest: Manifest, selected: Selection, revision: str, address: Address) -> Selection:
    """Of the selection what a branch touched."""
    catalog = None if address.form == "td" else Path(address.name)
    changed = changed_nodes(manifest, revision, catalog)
    warnings = (*selected.warnings, *changed.reasons)
    if changed.ids is None:
        return Selection(selected.ids, warnings)
    every = frozenset(node["unique_id"] for node in manifest.relational()) if selected.ids is None else selected.ids
    return Selection(every & changed.ids, warnings)


def nothing_touched(revision: str, warnings: tuple[str, ...], fail_on: FailOn) -> Validation:
    """The answer where there is nothing to ask: no catalog is opened for it."""
    return Validation(
        against=f"nothing, since no node of those selected changed after {revision}, nor what it depends on",
        checked=Checked(0, 0, ()),
        findings=(),
        fail_on=fail_on,
        counts=dict.fromkeys(KINDS, 0),
        not_compared={},
        overridden=(),
        warnings=warnings,
        failed=False,
    )


def changed_nodes(manifest: Manifest, revision: str, catalog: Path | None = None) -> Changed:
    """The nodes that a branch touched, and what depends on them.

    Args:
        manifest: the project's, as it is now.
        revision: where the branch came from.
        catalog: the folder or file that the project is checked against, where it is one; a change in it concerns all.

    Raises:
        UsageError, GitError: as :func:`~dbee_dbt.project.git.changes_since`.
    """
    changes = changes_since(revision, manifest.settings.root)
    found = _Project(manifest, changes)
    reasons = tuple(dict.fromkeys((*found.of_everything(), *_in_catalog(changes, catalog), *found.of_macros())))
    if reasons:
        return Changed(None, tuple(f"everything is checked, since {reason}" for reason in reasons))
    touched = {*found.files(), *found.properties(), *found.docs(), *found.users_of_macros()}
    return Changed(frozenset(touched | set(downstream(manifest, touched))))


def _in_catalog(changes: Changes, catalog: Path | None) -> Iterator[str]:
    if catalog is None:
        return
    wanted = catalog.resolve()
    for path in (path for change in changes.files for path in change if path is not None):
        whole = changes.root.resolve() / path
        if whole == wanted or wanted in whole.parents:
            yield f"the catalog changed: {path}"
            return


class _Project:
    """The changes as the project sees them: paths from its folder."""

    def __init__(self, manifest: Manifest, changes: Changes) -> None:
        self.manifest = manifest
        self._changes = changes
        settings = manifest.settings
        root = settings.root.resolve()
        top = changes.root.resolve()
        self._folder = root.relative_to(top).as_posix() + "/" if root != top else ""
        self.packages = settings.packages_path.relative_to(settings.root).as_posix()
        both = {self._here(path) for change in changes.files for path in change}
        self.paths = {path for path in both if path is not None}
        self.before = [
            (here, change.before)
            for change in changes.files
            if change.before is not None and (here := self._here(change.before)) is not None
        ]
        self.gone = {self._here(change.before) for change in changes.files if change.before not in (None, change.after)}
        self._read: _Beside | None = None
        self._changed_macros: frozenset[str] | None = None

    @property
    def beside(self) -> _Beside:
        """Macros and doc blocks; read when they are first asked for."""
        if self._read is None:
            self._read = msgspec.json.decode(self.manifest.path.read_bytes(), type=_Beside)
        return self._read

    def _here(self, path: str | None) -> str | None:
        """The path from the project's folder; None for one outside."""
        return path.removeprefix(self._folder) if path is not None and path.startswith(self._folder) else None

    def _own(self) -> Iterator[tuple[str, Node]]:
        for key, node in self.manifest.everything.items():
            if node.get("package_name") == self.manifest.settings.name:
                yield key, node

    def of_everything(self) -> Iterator[str]:
        """Why every node is concerned: files that say how all of them are built."""
        for path in sorted(self.paths):
            if path in _EVERYTHING or path.startswith(f"{self.packages}/"):
                yield f"{path} changed"

    def files(self) -> Iterator[str]:
        """Nodes whose own file changed (sources and exposures: the YAML), and those that took the name of one gone."""
        gone = (path for path, _ in self.before if path in self.gone and path.endswith((".sql", ".py", ".csv")))
        names = {PurePosixPath(path).stem for path in gone}
        for key, node in self._own():
            took_a_name = node["resource_type"] in RELATIONAL and node["name"] in names
            if took_a_name or _posix(node["original_file_path"]) in self.paths:
                yield key

    def properties(self) -> Iterator[str]:
        """Nodes whose properties stand, or stood, in a YAML file that changed."""
        stood = {entry for path, whole in self.before if _is_yaml(path) for entry in self._described(whole)}
        for key, node in self._own():
            patch = _posix((node.get("patch_path") or "").partition("://")[2])
            name = (node["resource_type"], node.get("source_name"), node["name"])
            if (patch and patch in self.paths) or name in stood:
                yield key

    def _described(self, path: str) -> Iterator[tuple[str, str | None, str]]:
        """(resource type, source, name) of what a YAML file described in the base; nothing where it was no YAML."""
        document = _yaml(file_at(self._changes, path))
        for section, kind in _SECTIONS.items():
            for entry in _entries(document, section):
                yield kind, None, str(entry["name"])
        for source in _entries(document, "sources"):
            for table in _entries(source, "tables"):
                yield "source", str(source["name"]), str(table["name"])

    def docs(self) -> Iterator[str]:
        """Nodes whose description is a doc block of a file that changed."""
        if not any(path.endswith(".md") for path in self.paths):
            return
        blocks = {key for key, doc in self.beside.docs.items() if _posix(doc.original_file_path) in self.paths}
        for key, node in self._own():
            columns = node.get("columns", {}).values()
            if any(blocks.intersection(described.get("doc_blocks") or ()) for described in (node, *columns)):
                yield key

    def _macros(self) -> frozenset[str]:
        """Unique ids of the macros that changed, and of those that use them: in files as they are, or as they were."""
        if self._changed_macros is None:
            self._changed_macros = frozenset(self._find_macros())
        return self._changed_macros

    def _find_macros(self) -> set[str]:
        files = {path for path in self.paths if path.endswith(".sql")}
        if not files:
            return set()
        own, macros = self.manifest.settings.name, self.beside.macros
        names = {
            name for path, whole in self.before if self._may_hold_macros(path) for name in self._names_before(whole)
        }
        found = {
            key
            for key, macro in macros.items()
            if (macro.package_name == own and _posix(macro.original_file_path) in files) or macro.name in names
        }
        users: dict[str, list[str]] = {}
        for key, macro in macros.items():
            for used in macro.depends_on.get("macros", ()):
                users.setdefault(used, []).append(key)
        waiting = list(found)
        while waiting:
            fresh = [key for key in users.get(waiting.pop(), ()) if key not in found]
            found.update(fresh)
            waiting.extend(fresh)
        return found

    def _may_hold_macros(self, path: str) -> bool:
        settings = self.manifest.settings
        folders = (*settings.paths["macro-paths"], *settings.paths["test-paths"])
        return path.endswith(".sql") and any(folder in (settings.root / path).parents for folder in folders)

    def _names_before(self, path: str) -> tuple[str, ...]:
        return macro_names(file_at(self._changes, path).decode("utf-8", "replace"))

    def of_macros(self) -> Iterator[str]:
        """Why every node is concerned: a dbt macro that changed is one that no node is known to use by name."""
        macros = self.beside.macros if self._macros() else {}
        elsewhere = {macro.name for macro in macros.values() if macro.package_name != self.manifest.settings.name}
        for key in sorted(self._macros()):
            name = macros[key].name
            if name in elsewhere or _BUILDS_ALL.match(name):
                yield f"the dbt macro {name} changed, or one that it uses, and nothing tells which nodes it builds"
                return

    def users_of_macros(self) -> Iterator[str]:
        """Nodes that use a macro that changed."""
        macros = self._macros()
        for key, node in self.manifest.everything.items():
            if macros.intersection(node.get("depends_on", {}).get("macros", ())):
                yield key


def _posix(path: str) -> str:
    return path.replace("\\", "/")


def _is_yaml(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))


def _yaml(content: bytes) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(content.decode("utf-8"))
    except (YAMLError, ValueError, RecursionError):
        return None


def _entries(document: Any, section: str) -> Iterable[dict[str, Any]]:
    entries = document.get(section) if isinstance(document, dict) else None
    listed = entries if isinstance(entries, list) else []
    return [entry for entry in listed if isinstance(entry, dict) and "name" in entry]
