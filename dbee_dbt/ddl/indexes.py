"""Reads indexes and partitioning: the clauses behind a table's columns (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from typing import Any, Literal

from dbee_dbt.ddl.clauses import skip
from dbee_dbt.ddl.constraints import enclosing
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.phrases import phrases, refuse_cut
from dbee_dbt.ddl.types import read_type_at
from dbee_dbt.model.names import fold_code
from dbee_dbt.model.objects import PrimaryIndex, SecondaryIndex
from dbee_dbt.model.table_parts import TimeIndex

# What ends a partitioning expression that stands without parentheses.
_AFTER_LEVEL = frozenset({",", "", ")", "INDEX", "UNIQUE", "PRIMARY", "ON", "NO", "WITH", "UPDATE", "USING", "REFRESH"})


_ENDS_PART = frozenset({",", ")", ""})
_ZEROS = ("DATE", "TIMESTAMP")
_UNITS = (
    *("CAL_YEARS", "CAL_MONTHS", "CAL_DAYS", "WEEKS", "DAYS", "HOURS", "MINUTES", "SECONDS"),
    *("MILLISECONDS", "MICROSECONDS"),
)
_PARTS = (*phrases(*_ZEROS, value="a character literal"), *phrases(*_UNITS, "COLUMNS", value="("))


def read_primary_index(cursor: Cursor) -> PrimaryIndex | None:
    """Takes ``[UNIQUE] PRIMARY INDEX``, ``PRIMARY AMP [INDEX]`` or ``NO PRIMARY INDEX``; None where none comes."""
    if cursor.accept("NO", "PRIMARY", "INDEX"):
        return PrimaryIndex(form="no primary index")
    unique = cursor.accept("UNIQUE", "PRIMARY", "INDEX")
    if unique or cursor.accept("PRIMARY", "INDEX"):
        name = _index_name(cursor)
        columns, without_overlaps = key_columns(cursor)
        return PrimaryIndex(name=name, unique=unique, columns=columns, without_overlaps=without_overlaps)
    if cursor.accept("PRIMARY", "AMP"):
        cursor.accept("INDEX")
        return PrimaryIndex(form="primary amp", name=_index_name(cursor), columns=cursor.names())
    return None


def key_columns(cursor: Cursor) -> tuple[tuple[str, ...], bool]:
    """Takes ``( name, … )``; returns the names, and whether WITHOUT OVERLAPS follows the last one."""
    cursor.expect("(")
    found = [cursor.name()]
    while cursor.accept(","):
        found.append(cursor.name())
    without_overlaps = cursor.accept("WITHOUT", "OVERLAPS")
    cursor.expect(")")
    return tuple(found), without_overlaps


def read_time_index(cursor: Cursor) -> TimeIndex | None:
    """Takes ``PRIMARY TIME INDEX [name] (…)``; None where it does not come."""
    if not cursor.accept("PRIMARY", "TIME", "INDEX"):
        return None
    fields: dict[str, Any] = {"name": _index_name(cursor)}
    cursor.expect("(")
    fields["time_code"] = read_type_at(cursor).text
    other = []
    while cursor.accept(","):
        if not _time_index_part(cursor, fields):
            other.append(_part(cursor))
    cursor.expect(")")
    return TimeIndex(**fields, other=tuple(other))


def _time_index_part(cursor: Cursor, fields: dict[str, Any]) -> bool:
    key = cursor.key
    if key == "COLUMNS" and cursor.keys[cursor.at + 1] == "(":
        cursor.at += 1
        fields["columns"] = cursor.names()
    elif key in ("SEQUENCED", "NONSEQUENCED"):
        fields["sequence"] = fold_code(_part(cursor))
    elif key in _ZEROS or cursor.is_string():
        fields["time_zero"] = _part(cursor)
    elif "bucket" not in fields and cursor.keys[cursor.at + 1] == "(":
        fields["bucket"] = fold_code(_part(cursor))
    else:
        return False
    return True


def _part(cursor: Cursor) -> str:
    refuse_cut(cursor, _PARTS, _ENDS_PART)
    start = cursor.at
    while cursor.key not in _ENDS_PART:
        skip(cursor)
    if cursor.at == start:
        cursor.fail(f"a part of the index is expected, {cursor.shown} found")
    return cursor.canonical(start, cursor.at)


def _index_name(cursor: Cursor) -> str | None:
    return None if cursor.key == "(" or cursor.accept("NOT", "NAMED") else cursor.name()


def read_secondary_index(cursor: Cursor) -> SecondaryIndex | None:
    """Takes ``[UNIQUE] INDEX [name] [ALL] (columns) [ORDER BY …] [WITH [NO] LOAD IDENTITY]``; None where none comes."""
    unique = cursor.accept("UNIQUE", "INDEX")
    if not unique and not cursor.accept("INDEX"):
        return None
    name = None if cursor.key in ("(", "ALL") else cursor.name()
    all_rows = cursor.accept("ALL")
    columns = cursor.names()
    order_by = read_order(cursor, columns)
    load_identity = _load_identity(cursor)
    return SecondaryIndex(
        name=name, unique=unique, columns=columns, all_rows=all_rows, order_by=order_by, load_identity=load_identity
    )


def read_order(cursor: Cursor, columns: tuple[str, ...]) -> tuple[Literal["VALUES", "HASH"], str] | None:
    """Takes ``ORDER BY [VALUES|HASH] [(column)]``; None where it does not come.

    Args:
        cursor: stands behind the index's columns.
        columns: of the index; the first is meant where no column is written.
    """
    if not cursor.accept("ORDER"):
        return None
    cursor.expect("BY")
    kind: Literal["VALUES", "HASH"] = "HASH" if cursor.accept("HASH") else "VALUES"
    if not (cursor.accept("VALUES") or kind == "HASH" or cursor.key == "("):
        cursor.fail(f"VALUES, HASH or ( is expected, {cursor.shown} found")
    return kind, cursor.names()[0] if cursor.key == "(" else columns[0]


def _load_identity(cursor: Cursor) -> bool | None:
    """Takes ``WITH [NO] LOAD IDENTITY``; None where it does not come."""
    if not cursor.accept("WITH"):
        return None
    loaded = not cursor.accept("NO")
    cursor.expect("LOAD")
    cursor.expect("IDENTITY")
    return loaded


def read_partitioning(cursor: Cursor) -> tuple[str, ...] | None:
    """Takes ``PARTITION BY`` and its levels as canonical text, outermost first; None where it does not come."""
    if not cursor.accept("PARTITION", "BY"):
        return None
    if cursor.key == "(" and _is_level_list(cursor):
        return _level_list(cursor)
    start = cursor.at
    _skip_level(cursor, _AFTER_LEVEL)
    return (cursor.canonical(start, cursor.at),)


def _is_level_list(cursor: Cursor) -> bool:
    """True unless the parenthesis only begins an expression: ``(A + B) MOD 10 + 1``."""
    start = cursor.at
    cursor.skip_group()
    is_list = cursor.key in _AFTER_LEVEL
    cursor.at = start
    return is_list


def _level_list(cursor: Cursor) -> tuple[str, ...]:
    """Takes ``( level, … )``; parentheses around all of that add nothing."""
    start = cursor.at
    cursor.skip_group()
    end = cursor.at
    around = enclosing(cursor.keys[start:end])
    cursor.at = start + around
    levels = [_level(cursor)]
    while cursor.accept(","):
        levels.append(_level(cursor))
    cursor.at = end
    return tuple(levels)


def _level(cursor: Cursor) -> str:
    start = cursor.at
    _skip_level(cursor, frozenset({",", ")", ""}))
    return cursor.canonical(start, cursor.at)


def _skip_level(cursor: Cursor, ends: frozenset[str]) -> None:
    start = cursor.at
    while cursor.key not in ends:
        skip(cursor)
    if cursor.at == start:
        cursor.fail(f"a partitioning expression is expected, {cursor.shown} found")
