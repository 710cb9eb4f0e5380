"""Reads what CREATE says of objects that are their text, and of views."""

from __future__ import annotations

from typing import NamedTuple

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import CreateCode, CreateView
from dbee_dbt.model.objects import CodeObject, Column, View

# Where an unqualified name lies that does not lie in the session's database.
_HOME = {
    "role": "",
    "profile": "",
    "map": "",
    "zone": "",
    "constraint": "",
    "type": "SYSUDTLIB",
    "foreign server": "TD_SERVER_DB",
}
KINDS: tuple[tuple[str, ...], ...] = (
    ("MACRO",),
    ("PROCEDURE",),
    ("FUNCTION",),
    ("TRIGGER",),
    ("JOIN", "INDEX"),
    ("HASH", "INDEX"),
    ("FOREIGN", "TABLE"),
    ("FOREIGN", "SERVER"),
    ("ERROR", "TABLE"),
    ("TYPE",),
    ("AUTHORIZATION",),
    ("EXTERNAL", "ROLE"),
    ("ROLE",),
    ("PROFILE",),
    ("MAP",),
    ("ZONE",),
    ("CONSTRAINT",),
    ("GLOP", "SET"),
    ("SCHEMA",),
)
"""The words of every kind of object that is its text, as they stand behind CREATE and DROP."""


def read_kind(cursor: Cursor) -> str:
    """Takes the words of a kind (``JOIN INDEX``); returns them as the design writes them, ``""`` where none come."""
    for words in KINDS:
        if cursor.accept(*words):
            return "role" if words[-1] == "ROLE" else " ".join(words).lower()
    return ""


def home(kind: str, default_database: str) -> str:
    """The database in which an unqualified name of this kind lies."""
    return _HOME.get(kind, default_database)


def read_create_code(cursor: Cursor, replace: bool, default_database: str) -> CreateCode | None:
    """Takes CREATE or REPLACE of an object that is its text; None where its kind is not known.

    Args:
        cursor: stands behind CREATE or REPLACE, or on CM.
        replace: REPLACE is written.
        default_database: where an unqualified object lies.
    """
    if cursor.key in ("SET", "MULTISET") and cursor.keys[cursor.at + 1] == "FOREIGN":
        cursor.at += 1
    kind = "macro" if cursor.accept("CM") else read_kind(cursor)
    if not kind or not cursor.is_name():
        return None
    database, name = cursor.qualified(home(kind, default_database))
    if kind == "function":
        database, name = _specific(cursor) or (database, name)
    return CreateCode(CodeObject(kind=kind, database=database, name=name, text=cursor.source(0)), replace)


def _specific(cursor: Cursor) -> tuple[str, str] | None:
    """The SPECIFIC name of a function, under which the dictionary lists it; None where it has none."""
    start = cursor.at
    while not cursor.done and cursor.key not in ("SPECIFIC", "RETURN", "EXTERNAL"):
        cursor.at += 1
    found = cursor.qualified("") if cursor.accept("SPECIFIC") else None
    cursor.at = start
    return found if found and found[0] else None


def read_view(cursor: Cursor, replace: bool, default_database: str) -> CreateView:
    """Takes a whole CREATE VIEW.

    Args:
        cursor: stands behind CREATE or REPLACE, or on CV.
        replace: REPLACE is written.
        default_database: where an unqualified view lies.

    Raises:
        DdlError: there is no name or no query, or a parenthesis is never closed.
    """
    recursive = cursor.accept("RECURSIVE")
    cursor.at += 1
    database, name = cursor.qualified(default_database)
    columns = _view_columns(cursor)
    cursor.expect("AS")
    locking = read_locking(cursor)
    query = _query(cursor)
    return CreateView(
        view=View(database=database, name=name, text=cursor.source(0), columns=columns),
        replace=replace,
        recursive=recursive,
        query=query.text,
        locking=locking,
        check_option=query.check_option,
    )


def _view_columns(cursor: Cursor) -> tuple[Column, ...]:
    """Takes ``( name [attributes], … )``; attributes stay in the view's text."""
    if not cursor.accept("("):
        return ()
    columns = []
    while True:
        columns.append(Column(name=cursor.name(), nullable=None))
        while cursor.key not in (",", ")", ""):
            if cursor.key == "(":
                cursor.skip_group()
            else:
                cursor.at += 1
        if not cursor.accept(","):
            break
    cursor.expect(")")
    return tuple(columns)


class _QueryText(NamedTuple):
    text: str
    check_option: bool


def _query(cursor: Cursor) -> _QueryText:
    start, end = cursor.at, len(cursor.tokens)
    if cursor.done:
        cursor.fail("the query of the view is expected, the statement ends")
    check_option = cursor.keys[end - 3 : end] == ["WITH", "CHECK", "OPTION"] and end - 3 > start
    text = cursor.source(start, end - 3 if check_option else end)
    cursor.at = end
    return _QueryText(text, check_option)


_LOCKED = ("DATABASE", "TABLE", "VIEW", "ROW")
_LOCKS = frozenset(
    {"ACCESS", "READ", "SHARE", "WRITE", "EXCLUSIVE", "EXCL", "CHECKSUM", "LOAD", "OVERRIDE", "COMMITTED"}
)


def read_locking(cursor: Cursor) -> tuple[str, ...]:
    """Takes the LOCKING modifiers in front of a request, each as canonical text."""
    found = []
    while cursor.key in ("LOCKING", "LOCK"):
        start = cursor.at
        cursor.at += 1
        if cursor.accept_any(_LOCKED) != "ROW" and cursor.is_name() and cursor.key not in ("FOR", "IN"):
            cursor.qualified("")
        cursor.accept_any(("FOR", "IN"))
        while cursor.accept_any(_LOCKS):
            pass
        cursor.accept("MODE")
        cursor.accept("NOWAIT")
        found.append(cursor.canonical(start, cursor.at))
    return tuple(found)
