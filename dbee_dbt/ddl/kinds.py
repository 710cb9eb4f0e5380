"""Kinds of objects by their words, and the database in which an object of a kind lies."""

from __future__ import annotations

from dbee_dbt.ddl.cursor import Cursor

# Where an unqualified name lies that does not lie in the session's database.
_HOME = {
    "role": "",
    "profile": "",
    "map": "",
    "zone": "",
    "constraint": "",
    "type": "SYSUDTLIB",
    "method": "SYSUDTLIB",
    "foreign server": "TD_SERVER_DB",
}
KINDS: tuple[tuple[str, ...], ...] = (
    ("MACRO",),
    ("PROCEDURE",),
    ("FUNCTION",),
    ("METHOD",),
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
"""The words of every kind of object that is its text or its clauses, as they stand behind CREATE and DROP."""


def read_kind(cursor: Cursor) -> str:
    """Takes the words of a kind (``JOIN INDEX``); returns them as the design writes them, ``""`` where none come."""
    for words in KINDS:
        if cursor.accept(*words):
            return "role" if words[-1] == "ROLE" else " ".join(words).lower()
    return ""


def home(kind: str, default_database: str) -> str:
    """The database in which an unqualified name of this kind lies."""
    return _HOME.get(kind, default_database)
