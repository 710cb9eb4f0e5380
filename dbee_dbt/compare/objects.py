"""Compare two catalogs, object by object and facet by facet, over the one facet table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any, Literal, NamedTuple

from dbee_dbt.compare.changes import CatalogRefusal, Change, Changes, FacetChange, NotChecked, NotCompared, Outside
from dbee_dbt.compare.parts import Pair, column_pairs, constraint_pairs, index_pairs, part_name, part_text
from dbee_dbt.compare.texts import same_text
from dbee_dbt.model.catalog import UNKNOWN, Catalog, Defaults
from dbee_dbt.model.facets import FACETS, Context, Facet, Value, facets_of
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Column,
    Constraint,
    Database,
    Identity,
    ObjectKey,
    SecondaryIndex,
    Source,
    Table,
    TableOptions,
    View,
    shown_name,
)


def compare(before: Catalog, after: Catalog) -> Changes:
    """What changed between two catalogs.

    Args:
        before: the picture compared from (the baseline).
        after: the picture compared to.

    Returns:
        the changes; a facet that rests on an unknown default, or that the source of one side does not tell, is
        counted as not compared: never equal, never different.
    """
    comparison = _Comparison(before, after)
    common = [(found, after.objects[key]) for key, found in before.objects.items() if key in after.objects]
    altered = [change for left, right in common if (change := comparison.object(left, right))]
    gone = [found for key, found in before.objects.items() if key not in after.objects]
    new = [found for key, found in after.objects.items() if key not in before.objects]
    removed, added = _absent(gone, after, "removed"), _absent(new, before, "added")
    return Changes(
        before=before.address,
        after=after.address,
        compared=len(common),
        changes=tuple(sorted([*altered, *removed.changes, *added.changes], key=_place)),
        not_compared=tuple(comparison.not_compared()),
        outside=(*removed.outside, *added.outside),
        not_checked=(
            *comparison.not_checked,
            *sorted([*removed.not_checked, *added.not_checked], key=_place),
        ),
        counted=dict(sorted((Counter(before.counted) + Counter(after.counted)).items())),
        refusals=tuple(CatalogRefusal(side.address, refusal) for side in (before, after) for refusal in side.refusals),
        skipped=(*before.skipped, *after.skipped),
    )


class _Absent(NamedTuple):
    """Objects that a catalog does not hold: changes, as far as it would hold them."""

    changes: list[Change]
    outside: list[Outside]
    not_checked: list[NotChecked]


def _absent(objects: Iterable[CatalogObject], where: Catalog, kind: Literal["added", "removed"]) -> _Absent:
    """What it means that ``where`` lacks these objects.

    What the baseline says nothing of is no matter of the comparison. What it holds and the other side did not look at
    has to be checked, and cannot be.
    """
    changes, not_checked = [], []
    outside: Counter[tuple[str, Literal["kind", "scope"]]] = Counter()
    not_seen = _why_not_seen(where)
    for found in objects:
        key, name = ObjectKey.of(found), shown_name(found)
        if found.kind in where.untold:
            outside[found.kind, "kind"] += 1
        elif not where.scope.keeps(found):
            if kind == "added":
                outside[found.kind, "scope"] += 1
            else:
                not_checked.append(NotChecked(key, name, f"outside the scope of {where.address} ({where.scope.text})"))
        elif not_seen:
            not_checked.append(NotChecked(key, name, not_seen))
        else:
            changes.append(Change(key, name, kind))
    told = [
        Outside(where.address, what, count, why, where.scope.text) for (what, why), count in sorted(outside.items())
    ]
    return _Absent(changes, told, not_checked)


def _why_not_seen(where: Catalog) -> str:
    """Why something may exist that a catalog looked for and does not hold, or ``""``."""
    if not where.partial:
        return ""
    return f"not visible in {where.address}, which shows only what its user may access"


def _place(found: Change | NotChecked) -> tuple[str, bool, str, str]:
    """By database, the database itself first, then by name."""
    key = found.key
    return (key.database, key.kind not in ("database", "user"), key.name, key.kind)


class _Reader(NamedTuple):
    """One facet as the inner loop needs it."""

    path: str
    read: Callable[[Context], Value]
    same: Callable[[CatalogObject, Value, Value], bool]


class _OneSided(NamedTuple):
    """A facet that the source of one side only tells.

    Args:
        path: ``group.name``.
        read: its value.
        silent: the values that it reads of parts that say nothing.
        side: 0 where the side before tells it, 1 where the side after does.
    """

    path: str
    read: Callable[[Context], Value]
    silent: tuple[Value, ...]
    side: int


class _Readers(NamedTuple):
    """The facets of a group: those that both sides' sources tell, the paths of the others, and who tells these."""

    told: tuple[_Reader, ...]
    untold: tuple[str, ...]
    one_sided: tuple[_OneSided, ...]


@cache
def _readers(group: str, before: Source, after: Source) -> _Readers:
    facets = facets_of(group)
    told = [facet for facet in facets if facet.sources >= {before, after}]
    untold = [facet for facet in facets if facet not in told]
    return _Readers(
        tuple(_Reader(facet.path, facet.read, _sameness(facet)) for facet in told),
        tuple(facet.path for facet in untold),
        tuple(
            _OneSided(facet.path, facet.read, tuple(map(facet.read, _SILENT[group])), side)
            for facet in untold
            for side, source in enumerate((before, after))
            if source in facet.sources
        ),
    )


def _silent(*parts: Any) -> tuple[Context, ...]:
    """Parts of tables of which nothing is said."""
    return tuple(Context(Table(database="", name=""), part, Defaults()) for part in parts)


_SILENT = {
    "table": _silent(Table(database="", name="")),
    "option": _silent(TableOptions()),
    "column": _silent(Column(name=""), Column(name="", identity=Identity(always=True))),
    "index": _silent(SecondaryIndex(columns=())),
    "constraint": _silent(Constraint(kind="check")),
    "view": _silent(View(database="", name="")),
    "code": _silent(CodeObject(kind="", database="", name="")),
    "database": _silent(Database(name="")),
}
"""By facet group."""


def _sameness(facet: Facet) -> Callable[[CatalogObject, Value, Value], bool]:
    if facet.name == "text":
        return same_text
    return partial(_equal, _common_order if facet.name == "column_order" else facet.equal)


def _equal(equal: Callable[[Value, Value], bool], _: CatalogObject, before: Value, after: Value) -> bool:
    return equal(before, after)


def _common_order(before: Value, after: Value) -> bool:
    """True if the columns that both sides have stand in the same order; one that came or went is its own change."""
    left, right = [fold(name) for name in before], [fold(name) for name in after]
    common = set(left) & set(right)
    return [name for name in left if name in common] == [name for name in right if name in common]


class _Comparison:
    """Two catalogs while they are compared: counts what was not compared as it goes."""

    def __init__(self, before: Catalog, after: Catalog) -> None:
        self._before = before.defaults
        self._after = after.defaults
        self._same_defaults = before.defaults == after.defaults
        self._unknown: Counter[str] = Counter()
        self._untold: Counter[tuple[str, ...]] = Counter()
        self._said: Counter[str] = Counter()
        self.not_checked: list[NotChecked] = []

    def object(self, before: CatalogObject, after: CatalogObject) -> Change | None:
        """The change of one object that both sides have, or None."""
        reason = _unreadable(before, after)
        if reason:
            self.not_checked.append(NotChecked(ObjectKey.of(before), shown_name(before), reason))
        if type(before) is not type(after):
            return None
        found: list[FacetChange] = []
        for group, pairs in _groups(before, after):
            readers = _readers(group, before.origin.source, after.origin.source)
            for pair in pairs:
                found += self._part(group, readers, pair, before, after)
        return Change(ObjectKey.of(before), shown_name(before), "altered", tuple(found)) if found else None

    def _part(
        self, group: str, readers: _Readers, pair: Pair, before: CatalogObject, after: CatalogObject
    ) -> Iterable[FacetChange]:
        left, right = pair
        if left is None or right is None:
            return [_whole_part(group, left, right)]
        here, there = Context(before, left, self._before), Context(after, right, self._after)
        if readers.untold:
            self._untold[readers.untold] += 1
            self._count_said(readers, (here, there))
        if self._same_defaults and left == right:
            return self._equal_parts(readers, here)
        return self._facets(readers, here, there)

    def _count_said(self, readers: _Readers, sides: tuple[Context, Context]) -> None:
        """Counts what one side says and the other side's source does not tell."""
        for path, read, silent, side in readers.one_sided:
            value = read(sides[side])
            if value is not UNKNOWN and value not in silent:
                self._said[path] += 1

    def _equal_parts(self, readers: _Readers, at: Context) -> tuple[()]:
        for reader in readers.told:
            if reader.read(at) is UNKNOWN:
                self._unknown[reader.path] += 1
        return ()

    def _facets(self, readers: _Readers, before: Context, after: Context) -> list[FacetChange]:
        found = []
        for path, read, same in readers.told:
            left, right = read(before), read(after)
            if left is UNKNOWN or right is UNKNOWN:
                self._unknown[path] += 1
            elif left != right and not same(before.owner, left, right):
                found.append(FacetChange(path, part_name(before.part), "altered", left, right))
        return found

    def not_compared(self) -> Iterator[NotCompared]:
        """The counts, in the order of the facet table."""
        untold: Counter[str] = Counter()
        for paths, count in self._untold.items():
            untold.update(dict.fromkeys(paths, count))
        for facet in FACETS:
            if count := self._unknown[facet.path]:
                yield NotCompared(facet.path, count, "unknown")
            if count := untold[facet.path]:
                yield NotCompared(facet.path, count, "source", self._said[facet.path])


def _whole_part(group: str, before: Any, after: Any) -> FacetChange:
    if before is None:
        return FacetChange(group, part_name(after), "added", None, part_text(after))
    return FacetChange(group, part_name(before), "removed", part_text(before), None)


def _unreadable(before: CatalogObject, after: CatalogObject) -> str | None:
    """Why an object cannot be checked, or None."""
    if type(before) is not type(after):
        opaque = "before" if isinstance(before, CodeObject) else "after"
        return f"its definition {opaque} could not be read as a {before.kind}"
    missing = [side for side, found in (("before", before), ("after", after)) if getattr(found, "text", "") is None]
    return f"its source text cannot be read ({' and '.join(missing)})" if missing else None


def _groups(before: CatalogObject, after: CatalogObject) -> Iterator[tuple[str, list[Pair]]]:
    """The facet groups of an object with the pairs of its parts."""
    whole = [Pair(before, after)]
    match before, after:
        case Table(), Table():
            yield "table", whole
            yield "option", [Pair(before.options, after.options)]
            yield "column", column_pairs(before.columns, after.columns)
            yield "index", index_pairs(before.indexes, after.indexes)
            yield "constraint", constraint_pairs(before.constraints, after.constraints)
        case View(), View():
            yield "view", whole
            # Names that nobody has resolved are counted once, as view.column_order; no column came or went.
            yield "column", column_pairs(before.columns, after.columns) if before.columns and after.columns else []
        case CodeObject(), CodeObject():
            yield "code", whole
        case _:
            yield "database", whole
