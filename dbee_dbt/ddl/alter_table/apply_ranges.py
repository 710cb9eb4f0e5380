"""What is left of a partitioning after DROP RANGE and ADD RANGE (docs/teradata/ddl.md §2.3); pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn

from msgspec.structs import replace

from dbee_dbt.ddl.alter_table.actions import Range, RangeChange
from dbee_dbt.ddl.alter_table.range_spans import Span, same_each, spans_of, written
from dbee_dbt.ddl.alter_table.ranges import RangeLevel, change_text, read_range_level
from dbee_dbt.model.errors import DdlError


class Partitioned(NamedTuple):
    """A partitioning after its ranges changed.

    Args:
        levels: one canonical text a level, outermost first.
        at_ends: True if ranges were dropped and added at the ends only, as Teradata asks of a table with rows.
    """

    levels: tuple[str, ...]
    at_ends: bool


def with_ranges(partitioning: tuple[str, ...], changes: Sequence[RangeChange]) -> Partitioned:
    """The partitioning after the changes, in order.

    Args:
        partitioning: one canonical text a level, outermost first.
        changes: DROP RANGE and ADD RANGE.

    Raises:
        DdlError: a change does not fit the ranges that are there, or cannot be reckoned with.
    """
    levels, at_ends = list(partitioning), True
    for change in changes:
        place = _place(partitioning, change)
        level = read_range_level(levels[place])
        if level is None:
            _refuse(change, f"level {place + 1} of the partitioning is not RANGE_N")
        if level.added:
            _refuse(change, f"what is left of {level.added} is not known")
        spans, kept_ends = _changed(level.ranges, change)
        at_ends = at_ends and kept_ends
        levels[place] = replace(level, ranges=spans, special=_special(level, change)).text
    return Partitioned(tuple(levels), at_ends)


def _refuse(change: RangeChange, why: str) -> NoReturn:
    raise DdlError(f"{change_text(change)} cannot be applied: {why}")


def _place(partitioning: tuple[str, ...], change: RangeChange) -> int:
    """Which level is meant."""
    if change.level is not None and 1 <= change.level <= len(partitioning):
        return change.level - 1
    if change.level is None and len(partitioning) == 1:
        return 0
    _refuse(change, "it does not say which level is meant" if change.level is None else "there is no such level")


def _changed(ranges: tuple[Range, ...], change: RangeChange) -> tuple[tuple[Range, ...], bool]:
    """The ranges after the change, and whether it concerned the ends only."""
    if change.condition is not None:
        _refuse(change, "only the database knows the numbers of its partitions")
    if not change.ranges:
        return ranges, True
    try:
        spans, changed = spans_of(ranges), spans_of(change.ranges)
    except DdlError as error:
        _refuse(change, error.what)
    at_ends = True
    for span in changed:
        if span.kind != spans[0].kind:
            _refuse(change, "dates and numbers do not go together")
        at_ends = at_ends and _is_at_end(spans, span, change.verb)
        spans = _without(spans, span, change) if change.verb == "DROP" else _with(spans, span, change)
    return tuple(written(spans)), at_ends


def _is_at_end(spans: list[Span], span: Span, verb: str) -> bool:
    first, last = spans[0].first, spans[-1].last
    if verb == "ADD":
        return span.last < first or span.first > last
    return span.first <= first or span.last >= last


def _without(spans: list[Span], dropped: Span, change: RangeChange) -> list[Span]:
    """The spans without what is dropped, which begins and ends where partitions do."""
    touched = [span for span in spans if span.first <= dropped.last and dropped.first <= span.last]
    each = dropped.written.each
    fits = bool(touched) and touched[0].begins(dropped.first) and touched[-1].ends(dropped.last)
    if not fits or (each is not None and any(not same_each(span.written.each, each) for span in touched)):
        _refuse(change, "there are no such ranges")
    left = [part for span in spans for part in (_cut(span, dropped) if span in touched else (span,))]
    if not left:
        _refuse(change, "one range has to stay")
    return left


def _cut(span: Span, dropped: Span) -> Iterator[Span]:
    """What is left of a span in front of and behind what is dropped."""
    if span.first < dropped.first:
        yield span._replace(last=dropped.first - 1).bounded()
    if dropped.last < span.last:
        yield span._replace(first=dropped.last + 1).bounded()


def _with(spans: list[Span], added: Span, change: RangeChange) -> list[Span]:
    if any(span.first <= added.last and added.first <= span.last for span in spans):
        _refuse(change, "a range is there already")
    return sorted((*spans, added), key=lambda span: span.first)


def _special(level: RangeLevel, change: RangeChange) -> tuple[str, ...]:
    """NO RANGE and UNKNOWN after the change."""
    has = set(level.special)
    if change.verb == "DROP":
        if not has.issuperset(change.special):
            _refuse(change, "there is no such partition")
        return tuple(word for word in level.special if word not in change.special)
    both = (*level.special, *change.special)
    if len(set(both)) < len(both) or (len(both) > 1 and "NO RANGE OR UNKNOWN" in both):
        _refuse(change, "such a partition is there already")
    return tuple(sorted(both))
