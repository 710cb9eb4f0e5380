"""Parts of tables that few tables have: time, groups of columns, levels of partitioning."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Time = Literal["VALIDTIME", "TRANSACTIONTIME"]
"""The dimensions of a temporal table (Temporal Table Support, B035-1182)."""


class DerivedPeriod(Struct, frozen=True, omit_defaults=True):
    """``PERIOD FOR name (begin, end) [AS VALIDTIME|TRANSACTIONTIME]``; the name may be SYSTEM_TIME."""

    name: str
    start: str
    end: str
    time: Time | None = None


class ColumnGroup(Struct, frozen=True, omit_defaults=True):
    """Columns that a column-partitioned table stores together.

    Args:
        form: COLUMN, ROW, or ``""`` where neither word is written.
        columns: in order.
        auto_compress: AUTO COMPRESS True, NO AUTO COMPRESS False, neither None.
    """

    form: Literal["COLUMN", "ROW", ""]
    columns: tuple[str, ...]
    auto_compress: bool | None = None


class TimeIndex(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """PRIMARY TIME INDEX of a time series table (Time Series Tables and Operations, B035-1208).

    Args:
        name: the index's name, or None.
        time_code: type of the column TD_TIMECODE as text.
        time_zero: canonical text of the date from which buckets count, or None.
        bucket: canonical text of the buckets' duration (``MINUTES(15)``), or None.
        columns: of COLUMNS; empty where it is not written.
        sequence: ``SEQUENCED``, ``SEQUENCED(n)`` or ``NONSEQUENCED``; None where none is written.
        other: what else is written in it, as canonical text.
    """

    name: str | None = None
    time_code: str
    time_zero: str | None = None
    bucket: str | None = None
    columns: tuple[str, ...] = ()
    sequence: str | None = None
    other: tuple[str, ...] = ()


class Level(Struct, frozen=True):
    """One level of partitioning.

    Args:
        number: from 1, outermost first.
        kind: ``RANGE_N``, ``CASE_N``, ``COLUMN``, or ``expression``.
        definition: canonical text without what stands in ``added``.
        added: the n of ``ADD n``: how many partitions may be added; None where it is not written.
    """

    number: int
    kind: str
    definition: str
    added: int | None = None


def levels(partitioning: tuple[str, ...]) -> tuple[Level, ...]:
    """The levels of a partitioning.

    Args:
        partitioning: one canonical text a level, outermost first.
    """
    return tuple(_level(number, text) for number, text in enumerate(partitioning, 1))


def _level(number: int, text: str) -> Level:
    head, _, tail = text.rpartition(" ")
    added = int(tail) if head.upper().endswith(" ADD") and tail.isascii() and tail.isdigit() else None
    definition = text if added is None else head[: -len(" ADD")]
    word = definition.partition("(")[0].partition(" ")[0].upper()
    return Level(number, word if word in ("RANGE_N", "CASE_N", "COLUMN") else "expression", definition, added)
