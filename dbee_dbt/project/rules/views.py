"""Rules ``view_broken`` and ``view_stale``: views whose base moved on since they were made.

Teradata resolves a view when it is made and keeps the names of its columns; what it names has to be there again when it
is used (SQL Data Definition Language Detailed Topics, B035-1184, "Rules and Restrictions for Creating, Replacing, and
Using Views"; docs/teradata/ddl.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.dependencies.lineage import Problem
from dbee_dbt.dependencies.views import ReadView
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.project.impact.estate import Estate, ViewNow
from dbee_dbt.project.impact.held import Key
from dbee_dbt.project.manifest import Node, relation_key
from dbee_dbt.project.places import Places
from dbee_dbt.project.rules.unresolved_column import NOT_TOLD

Found = dict[str, Any]

NO_TEXT = "view.text"
"""What is counted where the text of a model's view is not there: dbt makes views under another name and renames them,
and the dictionary then has the text of the RENAME. What the model's own SQL names has a rule of its own."""


def view_broken(
    estate: Estate, node: Node, places: Places, bridge: Bridge, not_compared: dict[str, int]
) -> Iterator[Found]:
    """What the rule finds in one node; see ``validators/view_broken.sql``."""
    view = _view(estate, node)
    if view is None:
        return
    if isinstance(view.read, str):
        yield from _not_read(node, view.read, not_compared)
        return
    found = list(_broken(view, view.read))
    if not found:
        _count_not_told(view, not_compared)
        found = _broken_below(estate.as_built, view)
    fix = f"Restore what it names, or {_renewed(node)}."
    yield from _certain(view.read, [{"column": column, "actual": what, "fix": fix} for column, what in found])


def view_stale(
    estate: Estate, node: Node, places: Places, bridge: Bridge, not_compared: dict[str, int]
) -> Iterator[Found]:
    """What the rule finds in one node; see ``validators/view_stale.sql``."""
    view = _view(estate, node)
    if view is None:
        return
    if isinstance(view.read, str):
        yield from _not_read(node, view.read, not_compared)
        return
    fix = f"If the column is wanted, {_renewed(node)}; columns named in place of * say what is meant."
    yield from _certain(view.read, [{**found, "fix": fix} for found in _stale(view, view.read)])


def _view(estate: Estate, node: Node) -> ViewNow | None:
    if node["config"].get("materialized") == "ephemeral":
        return None
    return estate.as_built.view(relation_key(node))


def _not_read(node: Node, reason: str, not_compared: dict[str, int]) -> list[Found]:
    if node["resource_type"] == "source":
        return [_unread(reason)]
    not_compared[NO_TEXT] = not_compared.get(NO_TEXT, 0) + 1
    return []


def _unread(reason: str) -> Found:
    return {"status": "not checked", "actual": reason, "fix": "Look at it: SHOW VIEW; or switch the rule off for it."}


def _certain(read: ReadView, found: list[Found]) -> list[Found]:
    """The findings; where it is not certain what the text names, that nobody can tell."""
    if not found or not _is_assumed(read):
        return found
    return [_unread(f"its text names tables without their database, and in its own {found[0]['actual']}")]


def _renewed(node: Node) -> str:
    name = node["name"]
    return "replace the view" if node["resource_type"] == "source" else f"make it anew: dbt run --select {name}"


def _broken(view: ViewNow, read: ReadView) -> Iterator[tuple[str | None, str]]:
    """What a view names, itself or by ``*``, and what is not there."""
    for problem in _problems(view):
        if problem.is_wrong and problem.name and not problem.is_ambiguous:
            yield problem.name, problem.what
    for name in _lost(view, read):
        yield name, f"there is no column {name} any more, for which * stood"


def _count_not_told(view: ViewNow, not_compared: dict[str, int]) -> None:
    count = sum(not problem.is_wrong for problem in _problems(view))
    if count:
        not_compared[NOT_TOLD] = not_compared.get(NOT_TOLD, 0) + count


def _problems(view: ViewNow) -> tuple[Problem, ...]:
    return () if view.found is None else view.found.problems


def _broken_below(built: Estate, view: ViewNow) -> list[tuple[str | None, str]]:
    """What is broken in the views that a view reads, down to tables; a node's own stands with that node too."""
    seen: set[Key] = set()
    rest = sorted(view.reads)
    while rest:
        key = rest.pop(0)
        below = None if key in seen else built.view(key)
        seen.add(key)
        if below is None or isinstance(below.read, str) or _is_assumed(below.read):
            continue
        for _, what in _broken(below, below.read):
            return [(None, f"it reads {qualified(below.held.database, below.held.name)}: {what}")]
        rest.extend(sorted(below.reads - seen))
    return []


def _stale(view: ViewNow, read: ReadView) -> Iterator[Found]:
    """How the columns of a ``*`` view differ from what ``*`` stands for now."""
    for problem in _problems(view):
        if problem.is_wrong and (problem.is_ambiguous or not problem.name):
            yield {"column": problem.name or None, "actual": f"it could not be made again: {problem.what}"}
    now, then = _columns(view, read)
    if read.names:
        if len(now) > len(then):
            yield {"expected": f"{len(then)} columns", "actual": f"* stands for {len(now)} columns now"}
        return
    known = set(map(fold, then))
    for name in now:
        if fold(name) not in known:
            yield {"column": name, "actual": "not in the view, which was made before its base had it"}


def _lost(view: ViewNow, read: ReadView) -> list[str]:
    """The columns for which ``*`` stood, and which are not there any more."""
    now, then = _columns(view, read)
    if read.names:
        return then[len(now) :]
    known = set(map(fold, now))
    return [name for name in then if fold(name) not in known]


def _columns(view: ViewNow, read: ReadView) -> tuple[list[str], list[str]]:
    """The columns of a ``*`` view if it was made now, and those that it has; none where there is nothing to compare."""
    if view.held.columns is None or view.found is None or view.found.columns is None:
        return [], []
    now, then = ([column.name for column in columns] for columns in (view.found.columns, view.held.columns))
    is_same = len(now) == len(then) if read.names else [*map(fold, now)] == [*map(fold, then)]
    return ([], []) if is_same or not any(map(_is_star, _nodes(read.query))) else (now, then)


def _is_star(node: Struct) -> bool:
    return isinstance(node, s.SelectItem) and isinstance(node.expression, s.Star)


def _is_assumed(read: ReadView) -> bool:
    """True where a text names tables without their database: the catalog does not keep which one was meant."""
    nodes = list(_nodes(read.query))
    commons = {fold(node.name) for node in nodes if isinstance(node, s.Common)}
    tables = (node for node in nodes if isinstance(node, s.TableName) and len(node.parts) == 1)
    return any(fold(table.parts[0]) not in commons for table in tables)


def _nodes(query: s.Query) -> Iterator[Struct]:
    """A query and all that it is made of."""
    rest: list[Any] = [query]
    while rest:
        node = rest.pop()
        if isinstance(node, tuple):
            rest.extend(node)
        elif isinstance(node, Struct):
            yield node
            rest.extend(getattr(node, field) for field in node.__struct_fields__)
