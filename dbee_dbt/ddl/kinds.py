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
    "cast": "SYSUDTLIB",
    "ordering": "SYSUDTLIB",
    "transform": "SYSUDTLIB",
    "schema": "SYSUDTLIB",
    "foreign server": "TD_SERVER_DB",
}
_STORAGE_FORMATS = frozenset({"AVRO", "CSV"})  # in front of SCHEMA
_SPELLED = {"external role": "role", "transforms": "transform"}
KINDS: tuple[tuple[str, ...], ...] = (
    ("MACRO",),
    ("PROCEDURE",),
    ("FUNCTION", "MAPPING"),
    ("FUNCTION",),
    ("METHOD",),
    ("TRIGGER",),
    ("JOIN", "INDEX"),
    ("HASH", "INDEX"),
    ("FOREIGN", "TABLE"),
    ("FOREIGN", "SERVER"),
    ("ERROR", "TABLE"),
    ("TYPE",),
    ("CAST",),
    ("ORDERING",),
    ("TRANSFORMS",),
    ("TRANSFORM",),
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
    if cursor.key in _STORAGE_FORMATS and cursor.keys[cursor.at + 1] == "SCHEMA":
        cursor.at += 1
    for words in KINDS:
        if cursor.accept(*words):
            kind = " ".join(words).lower()
            return _SPELLED.get(kind, kind)
    return ""


def read_object_kind(cursor: Cursor) -> str:
    """Takes the words of any kind of object, tables, views and columns included; ``""`` where none come."""
    for word in ("TABLE", "VIEW", "DATABASE", "USER", "COLUMN"):
        if cursor.accept(word):
            return word.lower()
    for word in ("FUNCTION", "METHOD"):
        if cursor.accept("SPECIFIC", word):
            return word.lower()
    return read_kind(cursor)


def home(kind: str, default_database: str) -> str:
    """The database in which an unqualified name of this kind lies."""
    return _HOME.get(kind, default_database)
