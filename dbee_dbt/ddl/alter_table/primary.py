"""Reads MODIFY of ALTER TABLE: primary index, partitioning, ranges, checks (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from typing import Any, Literal

from dbee_dbt.ddl.alter_table.actions import Action, AddConstraint, ModifyPrimary, NullPartitionHandler, RangeChange
from dbee_dbt.ddl.alter_table.columns import expect_constraint
from dbee_dbt.ddl.alter_table.ranges import is_range, level_of, read_ranges, read_special, text_to
from dbee_dbt.ddl.constraints import read_condition
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.indexes import read_partitioning
from dbee_dbt.ddl.tables import qualify, read_constraint
from dbee_dbt.model.objects import Constraint, PrimaryIndex

_NO_INDEX_NAMES = frozenset({"PARTITION", "NOT", "DROP", "ADD", "WITH"})
_BEGINS_MODIFY = frozenset({"UNIQUE", "PRIMARY", "NO", "NOT", "PARTITION", "ADD", "DROP"})
_EXPECTED = "PRIMARY INDEX, NO PRIMARY INDEX, PARTITION BY, NOT PARTITIONED, DROP RANGE, ADD RANGE or CHECK"
_ENDS_CONDITION = frozenset({",", "ADD", "DROP", "WITH", ""})


def read_modify(cursor: Cursor, default_database: str) -> Action | None:
    """Takes MODIFY with what it changes; None where that is none of Teradata's forms.

    Args:
        cursor: stands on MODIFY.
        default_database: where an unqualified save table lies.

    Raises:
        DdlError: the statement ends, or breaks off inside a form.
    """
    cursor.at += 1
    if cursor.done:
        cursor.fail(f"{_EXPECTED} is expected, {cursor.shown} found")
    constraint = read_constraint(cursor)
    if constraint is not None:
        return AddConstraint(qualify(constraint, default_database), modify=True)
    if cursor.key in ("CONSTRAINT", "CHECK"):
        expect_constraint(cursor)
    if cursor.key in _BEGINS_MODIFY:
        return _modify_primary(cursor, default_database)
    return _check_of_column(cursor)


def _check_of_column(cursor: Cursor) -> AddConstraint | None:
    """Takes ``column CHECK (condition)``."""
    if not cursor.is_name():
        return None
    name = cursor.name()
    if not cursor.accept("CHECK"):
        return None
    if cursor.key != "(":
        cursor.fail(f"( is expected, {cursor.shown} found")
    return AddConstraint(Constraint(kind="check", expression=read_condition(cursor)), modify=True, column=name)


def _modify_primary(cursor: Cursor, default_database: str) -> ModifyPrimary:
    fields: dict[str, Any] = {}
    if cursor.accept("NO"):
        cursor.expect("PRIMARY")
        cursor.accept("INDEX")
        fields["index"] = PrimaryIndex(form="no primary index")
    elif cursor.key in ("UNIQUE", "PRIMARY") or cursor.keys[cursor.at + 1] == "UNIQUE":
        _read_primary(cursor, fields)
    _read_partitioning(cursor, fields)
    if not fields:
        cursor.fail(f"{_EXPECTED} is expected, {cursor.shown} found")
    handler = read_handler(cursor, default_database)
    return ModifyPrimary(handler=handler, **fields)


def _read_primary(cursor: Cursor, fields: dict[str, Any]) -> None:
    """Takes ``[[NOT] UNIQUE] PRIMARY [AMP] [INDEX] [name|NOT NAMED] [(columns)]``."""
    unique = False if cursor.accept("NOT", "UNIQUE") else True if cursor.accept("UNIQUE") else None
    cursor.expect("PRIMARY")
    form: Literal["primary amp", "primary index"] = "primary amp" if cursor.accept("AMP") else "primary index"
    cursor.accept("INDEX")
    fields["unique"] = unique
    fields["not_named"] = cursor.accept("NOT", "NAMED")
    named = not fields["not_named"] and cursor.is_name() and cursor.key not in _NO_INDEX_NAMES
    name = cursor.name() if named else None
    columns = cursor.names() if cursor.key == "(" else ()
    fields["index"] = PrimaryIndex(form=form, name=name, unique=bool(unique), columns=columns)


def _read_partitioning(cursor: Cursor, fields: dict[str, Any]) -> None:
    if cursor.accept("NOT"):
        cursor.expect("PARTITIONED")
        fields["partitioning"] = ()
        return
    levels = read_partitioning(cursor)
    if levels is not None:
        fields["partitioning"] = levels
        return
    changes = _changes(cursor)
    if changes:
        fields["changes"] = changes


def begins_range(cursor: Cursor) -> bool:
    """True if ranges come, and no column that is called RANGE."""
    following = cursor.keys[cursor.at + 1]
    return is_range(cursor.key) and following in ("BETWEEN", "WHERE", "NO", "UNKNOWN", "")


def _changes(cursor: Cursor) -> tuple[RangeChange, ...]:
    """Takes ``DROP RANGE …`` and ``ADD RANGE …``, commas between them or not."""
    found: list[RangeChange] = []
    while True:
        at = cursor.at + (cursor.key == ",")
        if cursor.keys[at] not in ("ADD", "DROP") or not is_range(cursor.keys[at + 1]):
            return tuple(found)
        cursor.at = at
        found.append(_change(cursor))


def _change(cursor: Cursor) -> RangeChange:
    verb: Literal["ADD", "DROP"] = "ADD" if cursor.key == "ADD" else "DROP"
    level = level_of(cursor.keys[cursor.at + 1])
    cursor.at += 2
    if verb == "DROP" and cursor.accept("WHERE"):
        return RangeChange(verb=verb, level=level, condition=text_to(cursor, _ENDS_CONDITION, "a condition"))
    ranges, special = read_ranges(cursor) if cursor.accept("BETWEEN") else ((), read_special(cursor))
    if not (ranges or special):
        expected = "BETWEEN, WHERE, NO RANGE or UNKNOWN" if verb == "DROP" else "BETWEEN, NO RANGE or UNKNOWN"
        cursor.fail(f"{expected} is expected, {cursor.shown} found")
    return RangeChange(verb=verb, level=level, ranges=ranges, special=special)


def read_handler(cursor: Cursor, default_database: str) -> NullPartitionHandler | None:
    """Takes ``WITH DELETE`` or ``WITH INSERT [INTO] table``; None where neither comes.

    Raises:
        DdlError: WITH comes, and something else behind it.
    """
    if not cursor.accept("WITH"):
        return None
    if cursor.accept("DELETE"):
        return NullPartitionHandler()
    if not cursor.accept("INSERT"):
        cursor.fail(f"DELETE or INSERT is expected, {cursor.shown} found")
    cursor.accept("INTO")
    return NullPartitionHandler(cursor.defined(default_database))
