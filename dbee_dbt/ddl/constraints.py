"""What constraints of tables and of columns have in common: conditions, and temporal qualifiers."""

from __future__ import annotations

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.model.table_parts import Time

DIMENSIONS: tuple[Time, ...] = ("VALIDTIME", "TRANSACTIONTIME")
"""The dimensions of time."""


def read_qualifier(cursor: Cursor) -> str | None:
    """Takes the temporal qualifier of a constraint: ``SEQUENCED VALIDTIME AND CURRENT TRANSACTIONTIME``.

    Returns:
        its words, or None where none comes (Temporal Table Support, B035-1182).

    Raises:
        DdlError: it breaks off behind AND.
    """
    start = cursor.at
    if not _accept_dimension(cursor):
        cursor.at = start
        return None
    while cursor.accept("AND"):
        if not _accept_dimension(cursor):
            cursor.fail(f"VALIDTIME or TRANSACTIONTIME is expected, {cursor.shown} found")
    return cursor.keywords(start, cursor.at)


def _accept_dimension(cursor: Cursor) -> bool:
    cursor.accept_any(("CURRENT", "SEQUENCED", "NONSEQUENCED"))
    return bool(cursor.accept_any(DIMENSIONS))


def read_condition(cursor: Cursor) -> str:
    """Takes ``( condition )``; returns its canonical text without parentheses around all of it.

    Raises:
        DdlError: nothing stands in them.
    """
    start = cursor.at
    cursor.skip_group()
    around = enclosing(cursor.keys[start : cursor.at])
    if cursor.at - start == 2 * around:
        cursor.at -= around
        cursor.fail(f"a condition is expected, {cursor.shown} found")
    return cursor.canonical(start + around, cursor.at - around)


def enclosing(keys: list[str]) -> int:
    """How many parentheses stand around all of these tokens."""
    opened = 0
    while keys[opened] == "(":
        opened += 1
    closed = next(place for place, key in enumerate(reversed(keys)) if key != ")") if opened < len(keys) - 1 else opened
    depth = around = min(opened, closed)
    for key in keys[around : len(keys) - around]:
        depth += (key == "(") - (key == ")")
        around = min(around, depth)
    return around
