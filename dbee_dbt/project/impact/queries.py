"""The queries of models and snapshots, read once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.names import fold
from dbee_dbt.project.impact.context import NotRenderedError
from dbee_dbt.project.impact.relation_text import CTE
from dbee_dbt.project.impact.render import Rendered, Renderer
from dbee_dbt.project.manifest import Manifest, Node, relation_key, relation_name

Key = tuple[str, str]
_READ = frozenset({"model", "snapshot"})


class Form(NamedTuple):
    """One form of a node's SQL: its text, and what the parser read."""

    rendered: Rendered
    query: s.Query


class Unread(NamedTuple):
    """Why a node's SQL is not read; the place in its text where that is known."""

    reason: str
    rendered: Rendered | None = None
    at: int | None = None


class Queries:
    """The SQL of a project's nodes; each is rendered and read when it is first asked for.

    Args:
        manifest: the project's.
        renderer: renders its nodes.
        nodes: those that count; None for all that the manifest has.
    """

    def __init__(self, manifest: Manifest, renderer: Renderer, nodes: Iterable[Node] | None = None) -> None:
        self.manifest = manifest
        self._renderer = renderer
        self._read: dict[str, tuple[Form, ...] | Unread] = {}
        self.nodes: dict[Key, Node] = {}
        self.seeds: dict[Key, Node] = {}
        for node in manifest.nodes.values() if nodes is None else nodes:
            if node["resource_type"] in _READ or _is_singular(node):
                self.nodes.setdefault(query_key(node), node)
            elif node["resource_type"] == "seed":
                self.seeds[relation_key(node)] = node

    def of_none(self) -> Queries:
        """The same without any node: what is asked over it is asked of the physical schema alone."""
        return Queries(self.manifest, self._renderer, ())

    def of(self, node: Node) -> tuple[Form, ...] | Unread:
        """The forms of a node's SQL, or why it has none."""
        key = node["unique_id"]
        if key not in self._read:
            self._read[key] = self._forms(node)
        return self._read[key]

    def forget(self, node: Node) -> None:
        """Let go of a node's SQL, of which nobody asks any more; asked for again, it is read again."""
        self._read.pop(node["unique_id"], None)

    def _forms(self, node: Node) -> tuple[Form, ...] | Unread:
        try:
            rendered = self._renderer.forms(node)
        except NotRenderedError as error:
            return Unread(error.reason)
        found = []
        for each in rendered:
            try:
                found.append(Form(each, self._query(each)))
            except QueryError as error:
                return Unread(f"its SQL is not read (error {error.code})", each, error.at)
            except NotKnownError as error:
                return Unread(f"its SQL is not read: {error.what}", each, error.at)
        return tuple(found)

    def _query(self, rendered: Rendered) -> s.Query:
        found = parse_statement(rendered.text)
        if not isinstance(found, s.Query):
            raise NotKnownError("a statement that is no query")
        if not rendered.is_compiled:
            return found
        own = tuple(one for one in found.commons if ("", fold(one.name)) not in self.nodes)
        return replace(found, commons=own)  # an ephemeral model is read for itself


def _is_singular(node: Node) -> bool:
    """True for a data test that is SQL of the project's own."""
    return node["resource_type"] == "test" and not node.get("test_metadata")


def query_key(node: Node) -> Key:
    """By which key SQL finds what a node returns: its table or view; of an ephemeral model the name of its query.

    A test of SQL has one too, by which nothing is found.
    """
    if node["resource_type"] == "test":
        return "", node["unique_id"]
    if node["config"].get("materialized") == "ephemeral":
        return "", fold(f"{CTE}{relation_name(node)}")
    return relation_key(node)
