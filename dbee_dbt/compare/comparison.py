"""One object before and after, facet by facet, over the one facet table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from dbee_dbt.compare.changes import Change, FacetChange, NotChecked, NotCompared
from dbee_dbt.compare.parts import (
    Pair,
    clause_pairs,
    column_pairs,
    constraint_pairs,
    index_pairs,
    level_pairs,
    parameter_pairs,
    part_name,
    part_text,
    same_name,
)
from dbee_dbt.compare.references import spelled_out
from dbee_dbt.compare.sameness import Sameness, sameness
from dbee_dbt.compare.texts import told_texts
from dbee_dbt.model.catalog import UNKNOWN, Catalog, Defaults
from dbee_dbt.model.clauses import Clause, Parameter
from dbee_dbt.model.facet_meaning import Context, Value
from dbee_dbt.model.facets import FACETS, facets_of
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Column,
    Constraint,
    Database,
    Definition,
    HashIndex,
    Identity,
    JoinIndex,
    ObjectKey,
    SecondaryIndex,
    Source,
    Table,
    TableOptions,
    View,
    shown_name,
)
from dbee_dbt.model.table_parts import Level


class _Reader(NamedTuple):
    """One facet as the inner loop needs it."""

    path: str
    read: Callable[[Context], Value]
    same: Sameness


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
    """The facets of a group: those that both sides' sources tell, the paths of the others, and who tells these.

    ``doubtful`` are those of the told ones whose value may be unknown: a property as it is never is.
    """

    told: tuple[_Reader, ...]
    doubtful: tuple[tuple[str, Callable[[Context], Value]], ...]
    untold: tuple[str, ...]
    one_sided: tuple[_OneSided, ...]


@cache
def _readers(group: str, before: Source, after: Source) -> _Readers:
    facets = facets_of(group)
    told = [facet for facet in facets if facet.sources >= {before, after}]
    untold = [facet for facet in facets if facet not in told]
    return _Readers(
        tuple(_Reader(facet.path, facet.read, sameness(facet)) for facet in told),
        tuple((facet.path, facet.read) for facet in told if not isinstance(facet.read, attrgetter)),
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
    "level": _silent(Level(0, "", "")),
    "index": _silent(SecondaryIndex(columns=())),
    "constraint": _silent(Constraint(kind="check")),
    "view": _silent(View(database="", name="")),
    "join index": _silent(JoinIndex(database="", name="", query="")),
    "hash index": _silent(HashIndex(database="", name="", table=("", ""))),
    "code": _silent(CodeObject(kind="", database="", name="")),
    "definition": _silent(Definition(kind="", database="", name="")),
    "parameter": _silent(Parameter(name="", type=None)),
    "clause": _silent(Clause("")),
    "database": _silent(Database(name="")),
}
"""By facet group."""


class Comparison:
    """Two catalogs while they are compared: counts what was not compared as it goes.

    Args:
        before: the picture compared from.
        after: the picture compared to.
    """

    def __init__(self, before: Catalog, after: Catalog) -> None:
        self._catalogs = (before, after)
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
        found = self._object(before, after)
        return Change(ObjectKey.of(before), shown_name(before), "altered", tuple(found)) if found else None

    def renamed(self, before: CatalogObject, after: CatalogObject) -> Change:
        """The change of one object that has another name and is otherwise the same."""
        self._object(before, after)
        old, new = ObjectKey.of(before), ObjectKey.of(after)
        return Change(new, shown_name(after), "renamed", old_key=old, old_name=shown_name(before))

    def alike(self, before: CatalogObject, after: CatalogObject) -> bool:
        """True if two objects could be one that was renamed: nothing but the name differs. Counts nothing."""
        trial = Comparison(*self._catalogs)
        return trial.object(before, after) is None and not trial.not_checked

    def _object(self, before: CatalogObject, after: CatalogObject) -> list[FacetChange]:
        found: list[FacetChange] = []
        for group, pairs in _groups(before, after):
            readers = _readers(group, before.origin.source, after.origin.source)
            for pair in pairs:
                found += self._part(group, readers, pair, before, after)
        return found

    def _part(
        self, group: str, readers: _Readers, pair: Pair, before: CatalogObject, after: CatalogObject
    ) -> Iterable[FacetChange]:
        left, right = pair
        if left is None or right is None:
            return [_whole_part(group, left, right)]
        if group == "constraint":
            left, right = spelled_out(Pair(left, right), *self._catalogs)
        here, there = Context(before, left, self._before), Context(after, right, self._after)
        if group == "column" and not same_name(left, right):
            return self._replaced(readers, here, there)
        return self._compared(readers, here, there)

    def _replaced(self, readers: _Readers, here: Context, there: Context) -> list[FacetChange]:
        """A column that stands where another one stood: renamed, if its type is known and nothing else differs."""
        before, after = here.part, there.part
        trial = Comparison(*self._catalogs)
        if before.type is None or after.type is None or trial._compared(readers, here, there):
            return [_whole_part("column", before, None), _whole_part("column", None, after)]
        self._compared(readers, here, there)
        return [FacetChange("column", after.name, "renamed", before.name, after.name)]

    def _compared(self, readers: _Readers, here: Context, there: Context) -> Iterable[FacetChange]:
        if readers.untold:
            self._untold[readers.untold] += 1
            self._count_said(readers, (here, there))
        if self._same_defaults and here.part == there.part:
            return self._equal_parts(readers, here)
        return self._facets(readers, here, there)

    def _count_said(self, readers: _Readers, sides: tuple[Context, Context]) -> None:
        """Counts what one side says and the other side's source does not tell."""
        for path, read, silent, side in readers.one_sided:
            value = read(sides[side])
            if value is not UNKNOWN and value not in silent:
                self._said[path] += 1

    def _equal_parts(self, readers: _Readers, at: Context) -> tuple[()]:
        for path, read in readers.doubtful:
            if read(at) is UNKNOWN:
                self._unknown[path] += 1
        return ()

    def _facets(self, readers: _Readers, before: Context, after: Context) -> list[FacetChange]:
        found = []
        for path, read, same in readers.told:
            left, right = read(before), read(after)
            if left is UNKNOWN or right is UNKNOWN:
                self._unknown[path] += 1
            elif left != right:
                verdict = same(before, after, left, right)
                if verdict is UNKNOWN:
                    self._unknown[path] += 1
                elif not verdict:
                    if path == "code.text":
                        left, right = told_texts(before.owner, after.owner, left, right)
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
    what = "definition" if isinstance(before, Definition) else "source text"
    missing = [side for side, found in (("before", before), ("after", after)) if _is_unread(found)]
    return f"its {what} cannot be read ({' and '.join(missing)})" if missing else None


def _is_unread(found: CatalogObject) -> bool:
    match found:
        case JoinIndex():
            return found.query is None
        case HashIndex():
            return found.table is None
        case Definition():
            return found.clauses is None
    return getattr(found, "text", "") is None


def _groups(before: CatalogObject, after: CatalogObject) -> Iterator[tuple[str, list[Pair]]]:
    """The facet groups of an object with the pairs of its parts."""
    whole = [Pair(before, after)]
    match before, after:
        case Table(), Table():
            yield "table", whole
            yield "option", [Pair(before.options, after.options)]
            yield "column", column_pairs(before.columns, after.columns)
            yield "level", level_pairs(before.partitioning, after.partitioning)
            yield "index", index_pairs(before.indexes, after.indexes)
            yield "constraint", constraint_pairs(before.constraints, after.constraints)
        case View(), View():
            yield "view", whole
            # Names that nobody has resolved are counted once, as view.column_order; no column came or went.
            yield "column", column_pairs(before.columns, after.columns) if before.columns and after.columns else []
        case JoinIndex(), JoinIndex():
            yield "join index", whole
            yield "option", [Pair(before.options, after.options)]
            yield "level", level_pairs(before.partitioning, after.partitioning)
            yield "index", index_pairs(before.indexes, after.indexes)
        case HashIndex(), HashIndex():
            yield "hash index", whole
            yield "option", [Pair(before.options, after.options)]
        case CodeObject(), CodeObject():
            yield "code", whole
            if before.has_header and after.has_header:
                yield "parameter", parameter_pairs(before.parameters or (), after.parameters or ())
                yield "clause", clause_pairs(before.meant_clauses, after.meant_clauses)
        case Definition(), Definition():
            yield "definition", whole
            if before.clauses is not None and after.clauses is not None:
                yield "clause", clause_pairs(before.meant_clauses, after.meant_clauses)
        case _:
            yield "database", whole
