"""Which node of the project ``ref`` and ``source`` mean."""

from __future__ import annotations

from collections.abc import Iterable

from dbee_dbt.project.manifest import Manifest, Node

_REFERABLE = frozenset({"model", "seed", "snapshot"})


class Nodes:
    """The nodes of a project by the names that Jinja gives them."""

    def __init__(self, manifest: Manifest) -> None:
        self._refs: dict[str, list[Node]] = {}
        for node in manifest.nodes.values():
            if node["resource_type"] in _REFERABLE:
                self._refs.setdefault(node["name"], []).append(node)
        self._sources = {(node.get("source_name"), node["name"]): node for node in manifest.sources.values()}
        self._disabled = {node["name"] for nodes in manifest.disabled.values() for node in nodes}
        self._project = manifest.project_name

    def ref(self, names: tuple[str, ...], version: object, package: str) -> Node | None:
        """The node of ``ref('name')`` or ``ref('package', 'name')``.

        Args:
            names: one or two.
            version: ``v`` or ``version``, or None for the latest.
            package: of the model that refers.
        """
        found = self._refs.get(names[-1], [])
        if len(names) > 1:
            found = [node for node in found if node["package_name"] == names[0]]
        found = [node for node in found if _is_version(node, version)]
        return next(iter(sorted(found, key=lambda node: self._rank(node, package))), None)

    def _rank(self, node: Node, package: str) -> int:
        owner = node["package_name"]
        return 0 if owner == package else 1 if owner == self._project else 2

    def source(self, source: str, name: str) -> Node | None:
        """The node of ``source('source', 'name')``."""
        return self._sources.get((source, name))

    def is_disabled(self, name: str) -> bool:
        """True for a node that is switched off."""
        return name in self._disabled


def _is_version(node: Node, version: object) -> bool:
    if version is not None:
        return str(node.get("version")) == str(version)
    return node.get("version") is None or str(node["version"]) == str(node.get("latest_version"))


def names_of(positional: Iterable[object]) -> tuple[str, ...]:
    """The arguments of ``ref`` as texts."""
    return tuple(str(one) for one in positional)
