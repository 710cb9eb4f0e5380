"""What is left of a partitioning after DROP RANGE and ADD RANGE (docs/teradata/ddl.md §2.3); pure.

Ranges between whole numbers and between DATE literals can be reckoned with. Where a range begins or ends by the day
or by another expression, and which partitions a condition means, only the database knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, NoReturn

from msgspec.structs import replace

from dbee_dbt.ddl.alter_actions import Range, RangeChange
from dbee_dbt.ddl.ranges import RangeLevel, change_text, range_text, read_range_level
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold_code

_NUMBER = re.compile(r"[-+]?[0-9]{1,19}\Z")
_DATE = re.compile(r"DATE '([0-9]{4}-[0-9]{2}-[0-9]{2})'\Z", re.IGNORECASE)
_SIZE = re.compile(r"[0-9]{1,19}\Z")
_EACH = re.compile(r"INTERVAL '([0-9]{1,4})' (DAY|MONTH|YEAR)(?:\([0-9]\))?\Z", re.IGNORECASE)
_LAST_DAY_OF_ALL_MONTHS = 28


class Partitioned(NamedTuple):
    """A partitioning after its ranges changed.

    Args:
        levels: one canonical text a level, outermost first.
        at_ends: True if ranges were dropped and added at the ends only, as Teradata asks of a table with rows.
    """

    levels: tuple[str, ...]
    at_ends: bool


class _Span(NamedTuple):
    """A range by the places of its first and last value: of a number the number, of a date its day."""

    first: int
    last: int
    kind: Literal["number", "date"]
    written: Range


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
    spans, at_ends = _spans(ranges, change), True
    for span in _spans(change.ranges, change):
        if span.kind != spans[0].kind:
            _refuse(change, "dates and numbers do not go together")
        at_ends = at_ends and _is_at_end(spans, span, change.verb)
        spans = _without(spans, span, change) if change.verb == "DROP" else _with(spans, span, change)
    return tuple(_written(spans)), at_ends


def _is_at_end(spans: list[_Span], span: _Span, verb: str) -> bool:
    first, last = spans[0].first, spans[-1].last
    if verb == "ADD":
        return span.last < first or span.first > last
    return span.first <= first or span.last >= last


def _spans(ranges: tuple[Range, ...], change: RangeChange) -> list[_Span]:
    """The ranges by their places; one without an end goes up to the next one."""
    starts = [_placed(found.start, change) for found in ranges]
    spans = []
    for number, found in enumerate(ranges):
        first, kind = starts[number]
        if found.end is not None:
            last, kind_of_last = _placed(found.end, change)
        elif number + 1 < len(ranges):
            last, kind_of_last = starts[number + 1][0] - 1, starts[number + 1][1]
        else:
            _refuse(change, f"range {range_text(found)} has no end")
        if kind != kind_of_last or last < first:
            _refuse(change, f"range {range_text(found)} is none")
        spans.append(_Span(first, last, kind, found))
    return spans


def _placed(text: str, change: RangeChange) -> tuple[int, Literal["number", "date"]]:
    if _NUMBER.match(text):
        return int(text), "number"
    found = _DATE.match(text)
    try:
        if found:
            return date.fromisoformat(found[1]).toordinal(), "date"
    except ValueError:
        pass
    _refuse(change, f"{text} is neither a whole number nor a DATE literal")


def _without(spans: list[_Span], dropped: _Span, change: RangeChange) -> list[_Span]:
    """The spans without what is dropped, which begins and ends where partitions do."""
    touched = [span for span in spans if span.first <= dropped.last and dropped.first <= span.last]
    each = dropped.written.each
    fits = bool(touched) and _begins(touched[0], dropped.first) and _begins_behind(touched[-1], dropped.last)
    if not fits or (each is not None and any(not _same_each(span.written.each, each) for span in touched)):
        _refuse(change, "there are no such ranges")
    left = [part for span in spans for part in (_cut(span, dropped) if span in touched else (span,))]
    if not left:
        _refuse(change, "one range has to stay")
    return left


def _cut(span: _Span, dropped: _Span) -> Iterator[_Span]:
    """What is left of a span in front of and behind what is dropped."""
    if span.first < dropped.first:
        yield _bounded(span._replace(last=dropped.first - 1))
    if dropped.last < span.last:
        yield _bounded(span._replace(first=dropped.last + 1))


def _bounded(span: _Span) -> _Span:
    written = Range(_text(span.first, span.kind), _text(span.last, span.kind), span.written.each)
    return span._replace(written=written)


def _text(place: int, kind: str) -> str:
    return f"DATE '{date.fromordinal(place).isoformat()}'" if kind == "date" else str(place)


def _same_each(left: str | None, right: str) -> bool:
    return left is not None and fold_code(left) == fold_code(right)


def _begins(span: _Span, place: int) -> bool:
    """True if a partition of the span begins at the place."""
    if place == span.first:
        return True
    each = span.written.each
    if each is None or not span.first < place <= span.last:
        return False
    if span.kind == "number":
        return bool(_SIZE.match(each)) and int(each) > 0 and (place - span.first) % int(each) == 0
    size = _EACH.match(each)
    return size is not None and int(size[1]) > 0 and _begins_date(span.first, place, int(size[1]), size[2].upper())


def _begins_date(first: int, place: int, size: int, unit: str) -> bool:
    if unit == "DAY":
        return (place - first) % size == 0
    start, found = date.fromordinal(first), date.fromordinal(place)
    months = (found.year - start.year) * 12 + found.month - start.month
    same_day = found.day == start.day <= _LAST_DAY_OF_ALL_MONTHS
    return same_day and months % (size * (12 if unit == "YEAR" else 1)) == 0


def _begins_behind(span: _Span, place: int) -> bool:
    """True if a partition of the span ends at the place."""
    return place == span.last or _begins(span, place + 1)


def _with(spans: list[_Span], added: _Span, change: RangeChange) -> list[_Span]:
    if any(span.first <= added.last and added.first <= span.last for span in spans):
        _refuse(change, "a range is there already")
    return sorted((*spans, added), key=lambda span: span.first)


def _written(spans: list[_Span]) -> Iterator[Range]:
    """The ranges as text; one without an end keeps to be so as long as the next one begins behind it."""
    for number, span in enumerate(spans):
        follows = number + 1 < len(spans) and spans[number + 1].first == span.last + 1
        yield span.written if span.written.end is not None or follows else _bounded(span).written


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
