"""Ranges of RANGE_N by the places of their values, so that they can be reckoned with; pure.

Ranges between whole numbers and between DATE literals can. Where a range begins or ends by the day or by another
expression, only the database knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dbee_dbt.ddl.alter_table.actions import Range
from dbee_dbt.ddl.alter_table.ranges import range_text, read_range_level
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold_code

_NUMBER = re.compile(r"[-+]?[0-9]{1,19}\Z")
_DATE = re.compile(r"DATE '([0-9]{4}-[0-9]{2}-[0-9]{2})'\Z", re.IGNORECASE)
_SIZE = re.compile(r"[0-9]{1,19}\Z")
_EACH = re.compile(r"INTERVAL '([0-9]{1,4})' (DAY|MONTH|YEAR)(?:\([0-9]\))?\Z", re.IGNORECASE)
_LAST_DAY_OF_ALL_MONTHS = 28


class Span(NamedTuple):
    """A range by the places of its first and last value: of a number the number, of a date its day.

    Args:
        first: its first value.
        last: its last one.
        kind: of the values.
        written: the range as text.
    """

    first: int
    last: int
    kind: Literal["number", "date"]
    written: Range

    def bounded(self) -> Span:
        """The span with its text made anew: its values, and the size that is written."""
        written = Range(_text(self.first, self.kind), _text(self.last, self.kind), self.written.each)
        return self._replace(written=written)

    def begins(self, place: int) -> bool:
        """True if a partition of the span begins at the place."""
        if place == self.first:
            return True
        return self.first < place <= self.last and self.is_boundary(place)

    def ends(self, place: int) -> bool:
        """True if a partition of the span ends at the place."""
        return place == self.last or self.begins(place + 1)

    def is_boundary(self, place: int) -> bool:
        """True if whole partitions of the size that is written lie between the first value and the place."""
        each = self.written.each
        if each is None:
            return False
        if self.kind == "number":
            return bool(_SIZE.match(each)) and int(each) > 0 and (place - self.first) % int(each) == 0
        size = _EACH.match(each)
        return size is not None and int(size[1]) > 0 and _is_date_boundary(self.first, place, int(size[1]), size[2])


def spans_of(ranges: Sequence[Range]) -> list[Span]:
    """The ranges by their places; one without an end goes up to the next one.

    Raises:
        DdlError: a bound is neither a whole number nor a DATE literal, or a range is none.
    """
    starts = [_placed(found.start) for found in ranges]
    spans = []
    for number, found in enumerate(ranges):
        first, kind = starts[number]
        if found.end is not None:
            last, kind_of_last = _placed(found.end)
        elif number + 1 < len(ranges):
            last, kind_of_last = starts[number + 1][0] - 1, starts[number + 1][1]
        else:
            raise DdlError(f"range {range_text(found)} has no end")
        if kind != kind_of_last or last < first:
            raise DdlError(f"range {range_text(found)} is none")
        spans.append(Span(first, last, kind, found))
    return spans


def _placed(text: str) -> tuple[int, Literal["number", "date"]]:
    if _NUMBER.match(text):
        return int(text), "number"
    found = _DATE.match(text)
    try:
        if found:
            return date.fromisoformat(found[1]).toordinal(), "date"
    except ValueError:
        pass
    raise DdlError(f"{text} is neither a whole number nor a DATE literal")


def _text(place: int, kind: str) -> str:
    return f"DATE '{date.fromordinal(place).isoformat()}'" if kind == "date" else str(place)


def _is_date_boundary(first: int, place: int, size: int, unit: str) -> bool:
    if unit.upper() == "DAY":
        return (place - first) % size == 0
    start, found = date.fromordinal(first), date.fromordinal(place)
    months = (found.year - start.year) * 12 + found.month - start.month
    same_day = found.day == start.day <= _LAST_DAY_OF_ALL_MONTHS
    return same_day and months % (size * (12 if unit.upper() == "YEAR" else 1)) == 0


def same_each(left: str | None, right: str | None) -> bool:
    """True if two sizes are written, and alike."""
    return left is not None and right is not None and fold_code(left) == fold_code(right)


def written(spans: Sequence[Span]) -> Iterator[Range]:
    """The spans as text; one without an end keeps to be so as long as the next one begins behind it."""
    for number, span in enumerate(spans):
        follows = number + 1 < len(spans) and spans[number + 1].first == span.last + 1
        yield span.written if span.written.end is not None or follows else span.bounded().written


def joined_level(level: str) -> str:
    """A level of partitioning, with ranges of one size that follow each other as one: the partitions are the same.

    Args:
        level: canonical text.

    Returns:
        canonical text; the same one where it is no RANGE_N, or cannot be reckoned with.
    """
    found = read_range_level(level)
    if found is None or len(found.ranges) == 1:
        return level
    try:
        spans = spans_of(found.ranges)
    except DdlError:
        return level
    return replace(found, ranges=tuple(written(_joined(spans)))).text


def _joined(spans: Sequence[Span]) -> list[Span]:
    found = [spans[0]]
    for span in spans[1:]:
        last = found[-1]
        follows = span.first == last.last + 1 and span.kind == last.kind
        if follows and same_each(last.written.each, span.written.each) and last.is_boundary(span.first):
            found[-1] = last._replace(last=span.last).bounded()
        else:
            found.append(span)
    return found
