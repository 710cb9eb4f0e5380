"""Reads CREATE JOIN INDEX and CREATE HASH INDEX (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.options import read_options
from dbee_dbt.ddl.statements import CreateHashIndex, CreateJoinIndex
from dbee_dbt.ddl.tables import TableDraft, read_clauses
from dbee_dbt.model.objects import HashIndex, JoinIndex, Ordering, TableOptions

# What ends the query of a join index where it stands outside of parentheses.
_BEGINS_CLAUSE = (
    ("ORDER", "BY"),
    ("PRIMARY", "INDEX"),
    ("PRIMARY", "AMP"),
    ("UNIQUE", "PRIMARY"),
    ("NO", "PRIMARY"),
    ("UNIQUE", "INDEX"),
    ("PARTITION", "BY"),
)


def read_join_index(cursor: Cursor, default_database: str) -> CreateJoinIndex:
    """Takes a whole CREATE JOIN INDEX.

    Args:
        cursor: stands on JOIN.
        default_database: where an unqualified index lies.

    Raises:
        DdlError: there is no name or no query, or a parenthesis is never closed.
    """
    cursor.at += 2
    database, name = cursor.defined(default_database)
    draft = TableDraft()
    read_options(cursor, draft.options)
    cursor.expect("AS")
    query = _query(cursor)
    order_by = _ordering(cursor)
    read_clauses(cursor, draft)
    return CreateJoinIndex(
        JoinIndex(
            database=database,
            name=name,
            options=_options(draft),
            query=query,
            order_by=order_by,
            primary_index=draft.fields.get("primary_index"),
            partitioning=draft.fields.get("partitioning", ()),
            indexes=tuple(draft.indexes),
            clauses=tuple(draft.clauses),
        )
    )


def _options(draft: TableDraft) -> TableOptions:
    """The options; QUEUE, which no index has, is kept as text."""
    other = [*draft.options.pop("other", ()), *(["QUEUE"] if draft.options.pop("queue", False) else [])]
    return TableOptions(**draft.options, other=tuple(other))


def _query(cursor: Cursor) -> str:
    """Takes the query up to the ordering or the index clauses of the join index; returns its exact text."""
    start = cursor.at
    while not (cursor.done or _begins_clause(cursor)):
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if cursor.at == start:
        cursor.fail(f"the query of the join index is expected, {cursor.shown} found")
    return cursor.source(start, cursor.at)


def _begins_clause(cursor: Cursor) -> bool:
    pair = (cursor.key, cursor.keys[cursor.at + 1])
    if pair in _BEGINS_CLAUSE:
        return True
    # INDEX may be a correlation name, and never stands before a parenthesis then.
    return cursor.key == "INDEX" and (pair[1] in ("(", "ALL") or cursor.keys[cursor.at + 2] in ("(", "ALL"))


def _ordering(cursor: Cursor) -> Ordering | None:
    """Takes ``ORDER BY [VALUES|HASH] [(]columns[)] [ASC]``; None where it does not come."""
    if not cursor.accept("ORDER", "BY"):
        return None
    if cursor.accept("HASH"):
        return Ordering("HASH", _ordered_columns(cursor))
    cursor.accept("VALUES")
    return Ordering("VALUES", _ordered_columns(cursor))


def _ordered_columns(cursor: Cursor) -> tuple[str, ...]:
    """Takes columns with or without qualifiers and parentheses; SHOW prints ``ORDER BY DB.T.C ASC``."""
    opened = cursor.accept("(")
    columns = []
    while cursor.is_name() and not _begins_clause(cursor):
        columns.append(_column(cursor))
        cursor.accept_any(("ASC", "DESC"))
        if not cursor.accept(","):
            break
    if opened:
        cursor.expect(")")
    return tuple(columns)


def _column(cursor: Cursor) -> str:
    name = cursor.name()
    while cursor.accept("."):
        name = cursor.name()
    return name


def read_hash_index(cursor: Cursor, default_database: str) -> CreateHashIndex:
    """Takes a whole CREATE HASH INDEX.

    Args:
        cursor: stands on HASH.
        default_database: where an unqualified index or table lies.

    Raises:
        DdlError: the name, the columns or the table is missing.
    """
    cursor.at += 2
    database, name = cursor.defined(default_database)
    draft = TableDraft()
    read_options(cursor, draft.options)
    columns = cursor.names()
    cursor.expect("ON")
    table = cursor.defined(default_database)
    by = cursor.names() if cursor.accept("BY") else ()
    order_by = _ordering(cursor)
    read_clauses(cursor, draft)
    return CreateHashIndex(
        HashIndex(
            database=database,
            name=name,
            options=_options(draft),
            columns=columns,
            table=table,
            by=by,
            order_by=order_by,
            clauses=tuple(draft.clauses),
        )
    )
