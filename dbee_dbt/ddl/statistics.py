"""Reads COLLECT STATISTICS and DROP STATISTICS (docs/teradata/ddl.md §2.7)."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.clauses import skip
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.operations import read_operation
from dbee_dbt.ddl.statements import CollectStatistics, StatementAst, StatisticsItem

STATISTICS = ("STATISTICS", "STATS", "STAT")
"""The spellings of STATISTICS."""
_BEGINS_ITEM = frozenset({"COLUMN", "INDEX", "UNIQUE", "PRIMARY", "USING"})
_QCD = frozenset({"FOR", "INTO", "SET", "UPDATE"})  # begin the clauses of the form for a query capture database
_ENDS_ITEM = frozenset({",", "ON", "FROM", ""})


class _Parts:
    """What is read of a statement, as it comes."""

    def __init__(self) -> None:
        self.items: list[StatisticsItem] = []
        self.using: tuple[str, ...] = ()
        self.temporary = False
        self.table: tuple[str, str] | None = None
        self.source: tuple[str, str] | None = None
        self.source_columns: tuple[str, ...] = ()
        self.unread = ""


def read_collect(cursor: Cursor, default_database: str) -> StatementAst | None:
    """COLLECT [SUMMARY] STATISTICS in both orders of its parts."""
    if cursor.keys[cursor.at + 1] == "DEMOGRAPHICS":
        return read_operation(cursor, default_database)
    cursor.at += 1
    summary = cursor.accept("SUMMARY")
    if not cursor.accept_any(STATISTICS):
        return None
    return read_statistics(cursor, default_database, drop=False, summary=summary)


def read_statistics(
    cursor: Cursor, default_database: str, *, drop: bool, summary: bool = False
) -> CollectStatistics | None:
    """Takes what stands behind STATISTICS; None where no table is named.

    Args:
        cursor: stands behind STATISTICS.
        default_database: where an unqualified table lies.
        drop: DROP STATISTICS.
        summary: COLLECT SUMMARY STATISTICS.
    """
    parts = _Parts()
    while not cursor.done:
        if cursor.accept(","):
            continue
        if not _read_part(cursor, parts, default_database):
            parts.unread = cursor.canonical(cursor.at, len(cursor.tokens))
            break
    if parts.table is None:
        return None
    database, name = parts.table
    return CollectStatistics(
        database=database,
        name=name,
        text=cursor.source(0),
        drop=drop,
        items=tuple(parts.items),
        using=() if parts.items else parts.using,
        summary=summary,
        temporary=parts.temporary,
        source=parts.source,
        source_columns=parts.source_columns,
        unread=parts.unread,
    )


def _read_part(cursor: Cursor, parts: _Parts, default_database: str) -> bool:
    if cursor.accept("USING") or cursor.key in _QCD:
        parts.using = tuple(_options(cursor))
        return True
    if cursor.accept("FROM"):
        cursor.accept("TEMPORARY")
        parts.source = cursor.qualified(default_database)
        if cursor.accept("COLUMN"):
            parts.source_columns = tuple(_expressions(cursor))
        return True
    if cursor.key in _BEGINS_ITEM:
        parts.items.append(_item(cursor, parts.using))
        return True
    return _table(cursor, parts, default_database)


def _table(cursor: Cursor, parts: _Parts, default_database: str) -> bool:
    """Takes ``[ON] [TEMPORARY] table``; the old form writes no ON."""
    cursor.accept("ON")
    parts.temporary |= cursor.accept("TEMPORARY")
    if parts.table is not None or not cursor.is_name():
        return False
    parts.table = cursor.qualified(default_database)
    return True


def _options(cursor: Cursor) -> Iterator[str]:
    """The options of USING, which AND joins."""
    start = cursor.at
    while cursor.key not in ("COLUMN", "INDEX", "UNIQUE", "PRIMARY", "ON", ""):
        if cursor.key == "AND":
            yield cursor.keywords(start, cursor.at)
            start = cursor.at + 1
        cursor.at += 1
    yield cursor.keywords(start, cursor.at)


def _item(cursor: Cursor, using: tuple[str, ...]) -> StatisticsItem:
    start = cursor.at
    while cursor.accept_any(("UNIQUE", "PRIMARY")):
        pass
    if cursor.accept("COLUMN"):
        return _column(cursor, using)
    cursor.expect("INDEX")
    on = cursor.keywords(start, cursor.at)
    name = cursor.name() if cursor.is_name() and cursor.key not in ("ALL", "ON") else None
    cursor.accept("ALL")
    expressions = cursor.names() if cursor.key == "(" else ()
    order = cursor.at
    if cursor.accept("ORDER", "BY"):
        cursor.accept_any(("VALUES", "HASH"))
        if cursor.key == "(":
            cursor.skip_group()
    order_by = cursor.canonical(order, cursor.at) or None
    return StatisticsItem(
        on=on, expressions=expressions, name=name, order_by=order_by, using=using, values=_values(cursor)
    )


def _column(cursor: Cursor, using: tuple[str, ...]) -> StatisticsItem:
    """``COLUMN a``, ``COLUMN (a, b) [AS] name``, ``COLUMN expression AS name``."""
    expressions = tuple(_expressions(cursor))
    named = cursor.accept("AS") or (cursor.is_name() and cursor.key not in ("ON", "FROM", "VALUES"))
    name = cursor.name() if named else None
    return StatisticsItem(on="COLUMN", expressions=expressions, name=name, using=using, values=_values(cursor))


def _expressions(cursor: Cursor) -> Iterator[str]:
    if cursor.key == "(" and _closes_item(cursor):
        inner = Cursor.of(cursor.group())
        while not inner.done:
            yield _up_to(inner, frozenset({",", ""}))
            inner.accept(",")
    else:
        yield _up_to(cursor, _ENDS_ITEM | {"AS", "VALUES"})


def _closes_item(cursor: Cursor) -> bool:
    """True if nothing of an expression follows the parenthesis: it holds the list of columns."""
    start = cursor.at
    cursor.skip_group()
    behind, cursor.at = cursor.key, start
    return behind in _ENDS_ITEM or behind.isidentifier()


def _up_to(cursor: Cursor, ends: frozenset[str]) -> str:
    start = cursor.at
    while cursor.at == start or cursor.key not in ends:
        skip(cursor)
    return cursor.canonical(start, cursor.at)


def _values(cursor: Cursor) -> bool:
    """Takes ``VALUES ( … )``, which SHOW STATISTICS VALUES prints behind an item."""
    if not cursor.accept("VALUES"):
        return False
    if cursor.key == "(":
        cursor.skip_group()
    return True
