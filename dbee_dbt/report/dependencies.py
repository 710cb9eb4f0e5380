"""What objects depend on and what depends on them, as text, JSON and a graph for Graphviz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dbee_dbt.dependencies.graph import Edge, Graph, Order
from dbee_dbt.dependencies.lineage import ColumnLineage, Lineage, shown_source
from dbee_dbt.model.catalog import Refusal
from dbee_dbt.model.objects import ObjectKey
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import json_text, visible

SCHEMA_VERSION = 1


class Dependencies(Struct, frozen=True, kw_only=True):
    """What is reported.

    Args:
        address: of the catalog.
        graph: of the whole catalog.
        chosen: the objects that are listed.
        names: by key, names as written.
        lineages: by view, where its columns were asked for.
        refusals: what of the catalog could not be read.
    """

    address: str
    graph: Graph
    chosen: tuple[ObjectKey, ...]
    names: dict[ObjectKey, str]
    lineages: dict[ObjectKey, Lineage]
    refusals: tuple[Refusal, ...] = ()

    @property
    def edges(self) -> Iterator[Edge]:
        """The references of the objects that are listed."""
        return (edge for key in self.chosen for edge in self.graph.objects[key])

    @property
    def exit_code(self) -> int:
        """1 where something is missing, or was not read whole; dynamic SQL and what lies outside leave it at 0."""
        missing = any(edge.state == "missing" and edge.is_certain for edge in self.edges)
        unread = any(key in self.graph.unread for key in self.chosen)
        not_bound = any(found.not_bound for found in self.lineages.values())
        return 1 if missing or unread or not_bound or self.refusals else 0


def dependencies_text(found: Dependencies) -> str:
    """A paragraph an object, and totals."""
    lines = [line for key in found.chosen for line in _object(found, key)]
    return "\n".join(visible(line) for line in (*lines, *_totals(found))) + "\n"


def _object(found: Dependencies, key: ObjectKey) -> Iterator[str]:
    edges, dependants = found.graph.objects[key], found.graph.dependants.get(key, ())
    lines = [
        *_grouped(edges, lambda edge: _reference(found, edge)),
        *_grouped(dependants, lambda edge: f"used by {edge.source.kind} {found.names[edge.source]} ({_how(edge)})"),
    ]
    if key in found.graph.unread:
        lines.append(f"not all: {found.graph.unread[key]}")
    if key in found.graph.dynamic:
        lines.append(f"dynamic SQL at {', '.join(found.graph.dynamic[key])} may name more")
    if key in found.lineages:
        lines += _lineage(found.lineages[key])
    if lines:
        yield f"{key.kind} {found.names[key]}"
        yield from (f"    {line}" for line in lines)
        yield ""


def _grouped(edges: Iterable[Edge], said: Callable[[Edge], str]) -> Iterator[str]:
    """One line for all places of what is said the same."""
    places: dict[str, list[str]] = {}
    for edge in edges:
        places.setdefault(said(edge), []).append(_place(edge))
    for text, found in places.items():
        shown = ", ".join(dict.fromkeys(filter(None, found)))
        yield f"{text} at {shown}" if shown else text


def _place(edge: Edge) -> str:
    place = ":".join(str(number) for number in (edge.line, edge.column) if number)
    return f"{edge.file}:{place}" if edge.file and place else place


def _how(edge: Edge) -> str:
    return edge.how if edge.is_certain or edge.how == "may reference" else f"{edge.how}, not certain"


_STATES = {"missing": ", which is missing", "outside": ", which lies outside"}


def _reference(found: Dependencies, edge: Edge) -> str:
    if edge.target is not None:
        kind = "" if edge.how.endswith(edge.target.kind) else f"{edge.target.kind} "  # uses type …
        named = f"{kind}{found.names[edge.target]}"
    else:
        named = edge.name + _STATES[edge.state]
    doubt = "" if edge.is_certain or edge.how == "may reference" else " (not certain)"
    return f"{edge.how} {named}{doubt}{f' ({edge.note})' if edge.note else ''}"


def _lineage(found: Lineage) -> Iterator[str]:
    if found.not_bound:
        yield f"columns not known: {found.not_bound}"
        return
    yield "columns"
    yield from (f"    {_column(column)}" for column in found.columns)
    if found.filters:
        yield f"rows decided by {', '.join(map(shown_source, found.filters))}"


def _column(column: ColumnLineage) -> str:
    if column.kind == "no column":
        return f"{column.name}: of no column"
    sources = ", ".join(map(shown_source, column.sources))
    return f"{column.name} {'is' if column.kind == 'direct' else 'is made of'} {sources}"


def _totals(found: Dependencies) -> Iterator[str]:
    states = Counter(edge.state for edge in found.edges)
    uncertain = sum(not edge.is_certain for edge in found.edges)
    counts = f"{counted(len(found.chosen), 'object')}, {counted(states.total(), 'reference')}"
    outside = f"{states['outside']} outside of what was looked at"
    yield f"{counts}: {states['resolved']} resolved, {states['missing']} missing, {outside}; {uncertain} not certain"
    unread = sum(key in found.graph.unread for key in found.chosen)
    if unread:
        yield f"not read whole: {counted(unread, 'object')}"
    not_bound = sum(bool(one.not_bound) for one in found.lineages.values())
    if not_bound:
        yield f"columns not known: {counted(not_bound, 'view')}"
    for cycle in _cycles(found, found.graph.order()):
        yield f"depend on one another: {', '.join(f'{key.kind} {found.names[key]}' for key in cycle)}"
    yield from (_refusal(refusal) for refusal in found.refusals)


def _refusal(refusal: Refusal) -> str:
    place = f"{refusal.file}:{refusal.line}: " if refusal.file else ""
    return f"not placed: {place}{refusal.what}"


def _cycles(found: Dependencies, order: Order) -> Sequence[tuple[ObjectKey, ...]]:
    chosen = set(found.chosen)
    return [cycle for cycle in order.cycles if chosen & set(cycle)]


# --- JSON ------------------------------------------------------------------------------------------------------------


def dependencies_json(found: Dependencies) -> str:
    """One document; its fields are described in docs/ddl.md."""
    chosen, order = set(found.chosen), found.graph.order()
    document = {
        "schema_version": SCHEMA_VERSION,
        "address": found.address,
        "objects": [_object_document(found, key) for key in found.chosen],
        "order": [_key(found, key) for key in order.objects if key in chosen],
        "cycles": [[_key(found, key) for key in cycle] for cycle in _cycles(found, order)],
        "not_read": [msgspec.to_builtins(refusal) | {"text": ""} for refusal in found.refusals],
        "exit_code": found.exit_code,
    }
    return json_text(document, indent=2) + "\n"


def _key(found: Dependencies, key: ObjectKey) -> dict[str, str]:
    return {"kind": key.kind, "name": found.names[key]}


def _object_document(found: Dependencies, key: ObjectKey) -> dict[str, Any]:
    graph = found.graph
    document: dict[str, Any] = {
        **_key(found, key),
        "references": [_edge(found, edge) for edge in graph.objects[key]],
        "dependants": [
            {**_key(found, edge.source), "how": edge.how, **_where(edge)} for edge in graph.dependants.get(key, ())
        ],
        "unread": graph.unread.get(key, ""),
        "dynamic_sql": list(graph.dynamic.get(key, ())),
    }
    if key in found.lineages:
        document["lineage"] = _lineage_document(found.lineages[key])
    return document


def _edge(found: Dependencies, edge: Edge) -> dict[str, Any]:
    target = None if edge.target is None else _key(found, edge.target)
    return {
        "how": edge.how,
        "name": edge.name,
        "target": target,
        "state": edge.state,
        **_where(edge),
        "certain": edge.is_certain,
        "note": edge.note,
    }


def _where(edge: Edge) -> dict[str, Any]:
    return {"file": edge.file, "line": edge.line, "column": edge.column}


def _lineage_document(found: Lineage) -> dict[str, Any]:
    return {
        "columns": [
            {"name": one.name, "kind": one.kind, "sources": [msgspec.to_builtins(source) for source in one.sources]}
            for one in found.columns
        ],
        "filters": [msgspec.to_builtins(source) for source in found.filters],
        "not_bound": found.not_bound,
    }


# --- Graphviz --------------------------------------------------------------------------------------------------------


def dependencies_dot(found: Dependencies) -> str:
    """A directed graph: from each object to what it refers to; dashed where that is not certain."""
    nodes = dict.fromkeys(found.chosen)
    edges: dict[tuple[ObjectKey, ObjectKey, str], bool] = {}
    for edge in found.edges:
        if edge.target is not None:
            nodes[edge.target] = None
            key = (edge.source, edge.target, edge.how)
            edges[key] = edges.get(key, False) or edge.is_certain
    lines = [f"  {_quoted(found, key)};" for key in nodes]
    for (source, target, how), certain in edges.items():
        style = "" if certain else ", style=dashed"
        lines.append(f"  {_quoted(found, source)} -> {_quoted(found, target)} [label={_text(how)}{style}];")
    return "\n".join(["digraph dependencies {", *lines, "}"]) + "\n"


def _quoted(found: Dependencies, key: ObjectKey) -> str:
    return _text(f"{key.kind} {found.names[key]}")


def _text(text: str) -> str:
    """A quoted string of the DOT language, in which a backslash and a quote are escaped."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


REPORTS: dict[str, Callable[[Dependencies], str]] = {
    "text": dependencies_text,
    "json": dependencies_json,
    "dot": dependencies_dot,
}
"""The reports by the name of their format."""
