"""What a spread change means for tests, contracts, incremental tables, exposures and whatever is not built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dbee_dbt.model.impact import Break, Silent
from dbee_dbt.model.names import fold
from dbee_dbt.project.impact.held import Key
from dbee_dbt.project.impact.place import sql_place
from dbee_dbt.project.impact.queries import query_key
from dbee_dbt.project.impact.spread import ColumnKey, Spread
from dbee_dbt.project.manifest import Manifest, Node, downstream, relation_key
from dbee_dbt.project.places import Places

_SHOWN = 3


class Consequences:
    """Looks at a project after a change has been followed through it.

    Args:
        manifest: the project's.
        spread: what the change does to models and views.
        places: of the project.
    """

    def __init__(self, manifest: Manifest, spread: Spread, places: Places) -> None:
        self._manifest = manifest
        self._spread = spread
        self._places = places
        self._broken = {one.node for one in spread.breaks if one.node is not None}

    def all(self) -> Iterator[Break]:
        """What breaks beside the models and views themselves."""
        refused = dict(self._models_that_refuse())
        self._broken.update(refused)
        yield from refused.values()
        tests = list(self._tests())
        yield from tests
        gone = self._not_built()
        yield from (self._stopped(key, causes) for key, causes in gone.items() if _is_built(key))
        yield from self._exposures(gone)

    # --- models that a silent change breaks --------------------------------------------------------------------------

    def _models_that_refuse(self) -> Iterator[tuple[str, Break]]:
        by_node: dict[str, list[Silent]] = {}
        for one in self._spread.silent:
            if one.node is not None and one.kind == "model":
                by_node.setdefault(one.node, []).append(one)
        for unique_id, changes in by_node.items():
            node = self._manifest.nodes[unique_id]
            reason = _contract(node, changes) or _incremental(node, changes)
            if reason and unique_id not in self._broken:
                columns = tuple(one.column for one in changes)
                at = sql_place(node, None, None, self._places)
                name = str(node["name"])
                yield unique_id, Break(kind="model", node=unique_id, name=name, what=reason, columns=columns, **at)

    # --- tests -------------------------------------------------------------------------------------------------------

    def _tests(self) -> Iterator[Break]:
        """Data tests of a column that is gone; those of a model that is not built are not run in any case."""
        for unique_id, node in self._manifest.nodes.items():
            if node["resource_type"] != "test" or not node.get("test_metadata"):
                continue
            for tested, column in _tested(node, self._manifest):
                if column is not None and self._is_lost(tested, column):
                    what = f"{tested['name']} no longer has the column {column}"
                    place = self._places.of(node)
                    yield Break(
                        kind="test",
                        node=unique_id,
                        name=str(node["name"]),
                        what=what,
                        columns=(column,),
                        file=place.file,
                        line=place.line,
                    )
                    break

    def _is_lost(self, node: Node, column: str) -> bool:
        return (*_key(node), fold(column)) in self._spread.lost

    # --- what stands behind ------------------------------------------------------------------------------------------

    def _not_built(self) -> dict[str, tuple[str, ...]]:
        """Unique ids of what dbt does not build, with the broken nodes that they stand behind."""
        found: dict[str, list[str]] = {}
        for broken in sorted(self._broken):
            for key in downstream(self._manifest, [broken]):
                if key not in self._broken:
                    found.setdefault(key, []).append(broken)
        return {key: tuple(causes) for key, causes in found.items()}

    def _stopped(self, unique_id: str, causes: tuple[str, ...]) -> Break:
        node = self._manifest.nodes[unique_id]
        lost = {key for key in self._spread.lost if key[:2] == query_key(node)}
        return Break(
            kind="snapshot" if node["resource_type"] == "snapshot" else "model",
            node=unique_id,
            name=node["name"],
            what=f"is not built, since {self._named(causes)} breaks",
            is_direct=False,
            columns=tuple(self._column_names(node, lost)),
            file=self._places.sql_file(node),
        )

    def _column_names(self, node: Node, lost: Iterable[ColumnKey]) -> Iterator[str]:
        """The lost columns as the model spells them, in its order."""
        names = {key[2] for key in lost}
        answer = self._spread.before_answer(query_key(node))
        columns = answer.columns if answer is not None and answer.columns is not None else ()
        return (column.name for column in columns if fold(column.name) in names)

    def _exposures(self, not_built: dict[str, tuple[str, ...]]) -> Iterator[Break]:
        for unique_id, node in self._manifest.exposures.items():
            parents = (node.get("depends_on") or {}).get("nodes", ())
            hit = [parent for parent in parents if parent in self._broken or parent in not_built]
            lost = [parent for parent in parents if parent not in hit and self._is_touched(parent)]
            if hit or lost:
                what = (
                    f"shows {self._named(hit)}, which is not built"
                    if hit
                    else f"shows {self._named(lost)}, which loses columns"
                )
                name = str(node.get("name", unique_id))
                yield Break(kind="exposure", node=unique_id, name=name, what=what, is_direct=False)

    def _is_touched(self, unique_id: str) -> bool:
        node = self._manifest.everything.get(unique_id)
        keys = {key[:2] for key in self._spread.lost}
        return node is not None and node.get("schema") is not None and _key(node) in keys

    def _named(self, ids: Iterable[str]) -> str:
        names = [str(self._manifest.everything.get(one, {}).get("name", one)) for one in ids]
        more = len(names) - _SHOWN
        return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _is_built(unique_id: str) -> bool:
    return unique_id.partition(".")[0] in ("model", "snapshot")


def _key(node: Node) -> Key:
    return query_key(node) if node["resource_type"] in ("model", "snapshot") else relation_key(node)


def _tested(test: Node, manifest: Manifest) -> Iterator[tuple[Node, str | None]]:
    """The nodes that a generic test looks at, each with the column of it that the test names."""
    given: dict[str, Any] = (test.get("test_metadata") or {}).get("kwargs") or {}
    parents = [one for one in (test.get("depends_on") or {}).get("nodes", ()) if one in manifest.everything]
    attached = test.get("attached_node")
    attached = attached if attached in parents else (parents[-1] if parents else None)
    if attached is None:
        return
    yield manifest.everything[attached], test.get("column_name") or given.get("column_name")
    others = [one for one in parents if one != attached]
    if isinstance(given.get("field"), str):
        yield manifest.everything[others[0] if others else attached], given["field"]


def _contract(node: Node, changes: list[Silent]) -> str | None:
    """Why an enforced contract refuses other columns than it declares."""
    if not (node["config"].get("contract") or {}).get("enforced"):
        return None
    names = [one.column for one in changes if one.what != "type"]
    return f"its contract no longer fits: {', '.join(names)}" if names else None


def _incremental(node: Node, changes: list[Silent]) -> str | None:
    """Why a table that is built on refuses other columns than it has (dbt's on_schema_change)."""
    mode = node["config"].get("on_schema_change") or "ignore"
    removed = [one.column for one in changes if one.what == "removed"]
    names = removed if mode == "ignore" else [one.column for one in changes if one.what != "type"]
    if node["config"].get("materialized") != "incremental" or mode not in ("ignore", "fail") or not names:
        return None
    return f"its table keeps other columns than it is given ({', '.join(names)}; on_schema_change: {mode})"
