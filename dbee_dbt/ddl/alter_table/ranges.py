"""Reads and writes the ranges of RANGE_N, in a partitioning and in ALTER TABLE (docs/teradata/ddl.md §2.1, §2.3)."""

from __future__ import annotations

from msgspec import Struct

from dbee_dbt.ddl.alter_table.actions import Range, RangeChange
from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.model.errors import DdlError

_ENDS_BOUND = frozenset({"AND", "EACH", ",", "ADD", "DROP", "WITH", ")", ""})
_NUMBERED = "RANGE#L"


class RangeLevel(Struct, frozen=True):
    """A level of partitioning that is RANGE_N.

    Args:
        operand: what its ranges are of, as canonical text.
        ranges: in order.
        special: of ``NO RANGE``, ``UNKNOWN`` and ``NO RANGE OR UNKNOWN`` those that it has.
        added: the ``ADD n`` behind it; ``""`` where it is not written.
    """

    operand: str
    ranges: tuple[Range, ...]
    special: tuple[str, ...] = ()
    added: str = ""

    @property
    def text(self) -> str:
        """The level as canonical text."""
        parts = ", ".join((*map(range_text, self.ranges), *self.special))
        return canonical(f"RANGE_N({self.operand} BETWEEN {parts}) {self.added}")


def read_range_level(text: str) -> RangeLevel | None:
    """A level of partitioning as its ranges; None for one that is not RANGE_N alone.

    Args:
        text: the level, canonical.
    """
    cursor = Cursor.of(text)
    if not cursor.accept("RANGE_N", "("):
        return None
    try:
        operand = text_to(cursor, frozenset({"BETWEEN", ""}), "an expression")
        cursor.expect("BETWEEN")
        ranges, special = read_ranges(cursor)
        cursor.expect(")")
    except DdlError:
        return None
    if not cursor.done and cursor.key != "ADD":
        return None
    return RangeLevel(operand, ranges, special, cursor.canonical(cursor.at, len(cursor.tokens)))


def read_ranges(cursor: Cursor) -> tuple[tuple[Range, ...], tuple[str, ...]]:
    """Takes the ranges behind BETWEEN, and ``NO RANGE`` and ``UNKNOWN`` behind them.

    Raises:
        DdlError: a bound is missing.
    """
    ranges = [_range(cursor)]
    while cursor.key == "," and not _ends_ranges(cursor):
        cursor.at += 1
        ranges.append(_range(cursor))
    if cursor.key == "," and cursor.keys[cursor.at + 1] in ("NO", "UNKNOWN"):
        cursor.at += 1
        return tuple(ranges), read_special(cursor)
    return tuple(ranges), ()


def _ends_ranges(cursor: Cursor) -> bool:
    """True if no further range stands behind the comma."""
    return cursor.keys[cursor.at + 1] in ("NO", "UNKNOWN", "ADD", "DROP", "RENAME", "MODIFY")


def _range(cursor: Cursor) -> Range:
    """Takes ``start [AND end] [EACH size]``."""
    start = text_to(cursor, _ENDS_BOUND, "the start of a range")
    end = text_to(cursor, _ENDS_BOUND, "the end of the range") if cursor.accept("AND") else None
    each = text_to(cursor, _ENDS_BOUND, "the size of the ranges") if cursor.accept("EACH") else None
    return Range(start, end, each)


def read_special(cursor: Cursor) -> tuple[str, ...]:
    """Takes ``NO RANGE [OR UNKNOWN]``, ``NO RANGE, UNKNOWN`` or ``UNKNOWN``; nothing where none comes.

    Raises:
        DdlError: NO or OR comes, and something else behind it.
    """
    if cursor.accept("UNKNOWN"):
        return ("UNKNOWN",)
    if not cursor.accept("NO"):
        return ()
    cursor.expect("RANGE")
    if cursor.accept("OR"):
        cursor.expect("UNKNOWN")
        return ("NO RANGE OR UNKNOWN",)
    return ("NO RANGE", "UNKNOWN") if cursor.accept(",", "UNKNOWN") else ("NO RANGE",)


def text_to(cursor: Cursor, ends: frozenset[str], what: str) -> str:
    """Takes an expression as canonical text, up to a word that ends it outside parentheses.

    Args:
        cursor: stands on the expression.
        ends: the words that end it.
        what: is expected, for the message.

    Raises:
        DdlError: nothing stands in front of the end.
    """
    start = cursor.at
    while cursor.key not in ends:
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if cursor.at == start:
        cursor.fail(f"{what} is expected, {cursor.shown} found")
    return cursor.canonical(start, cursor.at)


def is_range(key: str) -> bool:
    """True for ``RANGE`` and for ``RANGE#Ln``, which names a level."""
    return key == "RANGE" or level_of(key) is not None


def level_of(key: str) -> int | None:
    """The n of ``RANGE#Ln``; None for any other word."""
    number = key[len(_NUMBERED) :]
    is_numbered = key.startswith(_NUMBERED) and number.isascii() and number.isdigit() and len(number) <= 2
    return int(number) if is_numbered else None


def range_text(found: Range) -> str:
    """``1 AND 9 EACH 2``."""
    end = "" if found.end is None else f" AND {found.end}"
    return f"{found.start}{end}" + ("" if found.each is None else f" EACH {found.each}")


def change_text(change: RangeChange) -> str:
    """``DROP RANGE BETWEEN 1 AND 9``, as ALTER TABLE says it."""
    word = "RANGE" if change.level is None else f"{_NUMBERED}{change.level}"
    head = f"{change.verb} {word}"
    if change.condition is not None:
        return f"{head} WHERE {change.condition}"
    parts = ", ".join((*map(range_text, change.ranges), *change.special))
    return f"{head} BETWEEN {parts}" if change.ranges else f"{head} {parts}"
