"""The dependencies between the objects of a catalog, as a frozen graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from dbee_dbt.model.objects import ObjectKey

State = Literal["resolved", "missing", "outside"]


class Edge(Struct, frozen=True, kw_only=True):
    """One reference of an object.

    Args:
        source: the object that refers.
        how: see :class:`dbee_dbt.ddl.references.Reference`.
        name: what it names, as it stands in SQL.
        target: the object of the catalog that this is; None where it is none.
        state: ``resolved``; ``missing`` where the catalog looked and there is none; ``outside`` where it did not look.
        file: of the object that refers, or None.
        line: in that file, or in the object's text where there is no file; 0 for a table, of which only its facets
            are known.
        column: in the same line; 0 where it is not known.
        is_certain: False for what only may be a reference.
        note: on what the resolution rests, or ``""``.
    """

    source: ObjectKey
    how: str
    name: str
    target: ObjectKey | None
    state: State
    file: str | None = None
    line: int = 0
    column: int = 0
    is_certain: bool = True
    note: str = ""


class Order(Struct, frozen=True):
    """An order in which every object stands behind what it certainly depends on.

    Args:
        objects: in that order; those of a cycle stand together.
        cycles: objects that depend on one another, each cycle in the order of its keys.
    """

    objects: tuple[ObjectKey, ...]
    cycles: tuple[tuple[ObjectKey, ...], ...]


class Graph(Struct, frozen=True, kw_only=True):
    """What the objects of a catalog depend on.

    Args:
        objects: of the catalog, with what each refers to, in the order of its text.
        dependants: by object, the resolved edges that lead to it.
        unread: by object, why it may refer to more, as far as it lies with the reader.
        dynamic: by object, where it runs dynamic SQL, which may name more.
    """

    objects: dict[ObjectKey, tuple[Edge, ...]]
    dependants: dict[ObjectKey, tuple[Edge, ...]]
    unread: dict[ObjectKey, str]
    dynamic: dict[ObjectKey, tuple[str, ...]]

    @property
    def edges(self) -> Iterator[Edge]:
        """Every reference."""
        return (edge for edges in self.objects.values() for edge in edges)

    def all_dependencies(self, key: ObjectKey) -> frozenset[ObjectKey]:
        """What an object depends on, and what that depends on, and so on; itself only in a cycle."""
        return _reached(key, lambda one: (edge.target for edge in self.objects.get(one, ())))

    def all_dependants(self, key: ObjectKey) -> frozenset[ObjectKey]:
        """What depends on an object, and what depends on that, and so on; itself only in a cycle."""
        return _reached(key, lambda one: (edge.source for edge in self.dependants.get(one, ())))

    def order(self) -> Order:
        """The objects, each behind what it certainly depends on; names of equal rank by their keys."""
        components = list(_components({key: _certain(key, edges) for key, edges in self.objects.items()}))
        return Order(
            objects=tuple(key for component in components for key in component),
            cycles=tuple(component for component in components if len(component) > 1),
        )


def _reached(key: ObjectKey, neighbours: Callable[[ObjectKey], Iterable[ObjectKey | None]]) -> frozenset[ObjectKey]:
    found: set[ObjectKey] = set()
    rest = [key]
    while rest:
        for other in neighbours(rest.pop()):
            if other is not None and other not in found:
                found.add(other)
                rest.append(other)
    return frozenset(found)


def graph_of(
    objects: Iterable[ObjectKey],
    edges: Iterable[Edge],
    unread: dict[ObjectKey, str],
    dynamic: dict[ObjectKey, tuple[str, ...]],
) -> Graph:
    """A graph of these edges; each leads from one of the objects."""
    leaving: dict[ObjectKey, list[Edge]] = {key: [] for key in objects}
    arriving: dict[ObjectKey, list[Edge]] = {}
    for edge in edges:
        leaving[edge.source].append(edge)
        if edge.target is not None:
            arriving.setdefault(edge.target, []).append(edge)
    return Graph(
        objects={key: tuple(found) for key, found in leaving.items()},
        dependants={key: tuple(found) for key, found in arriving.items()},
        unread=unread,
        dynamic=dynamic,
    )


def _certain(key: ObjectKey, edges: tuple[Edge, ...]) -> list[ObjectKey]:
    found = {edge.target for edge in edges if edge.target is not None and edge.is_certain and edge.target != key}
    return sorted(found)


def _components(targets: dict[ObjectKey, list[ObjectKey]]) -> Iterator[tuple[ObjectKey, ...]]:
    """The strongly connected components, each behind those that it leads to (Tarjan's algorithm, without recursion)."""
    index: dict[ObjectKey, int] = {}
    low: dict[ObjectKey, int] = {}
    stack: list[ObjectKey] = []
    waiting: set[ObjectKey] = set()
    for root in sorted(targets):
        path: list[tuple[ObjectKey, Iterator[ObjectKey]]] = [] if root in index else [(root, iter(()))]
        while path:
            key, rest = path[-1]
            if key not in index:
                index[key] = low[key] = len(index)
                stack.append(key)
                waiting.add(key)
                rest = iter(targets[key])
                path[-1] = (key, rest)
            following = next((other for other in rest if other not in index or other in waiting), None)
            if following is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[key])
                if low[key] == index[key]:
                    yield _taken(stack, waiting, key)
            elif following in index:
                low[key] = min(low[key], index[following])
            else:
                path.append((following, iter(())))


def _taken(stack: list[ObjectKey], waiting: set[ObjectKey], root: ObjectKey) -> tuple[ObjectKey, ...]:
    component = [stack.pop()]
    while component[-1] != root:
        component.append(stack.pop())
    waiting.difference_update(component)
    return tuple(sorted(component))
