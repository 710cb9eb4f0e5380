"""Headers of triggers (docs/teradata/ddl.md §2.1); the actions are the body and stay text."""

from __future__ import annotations

from dbee_dbt.ddl.clauses import Form, form, group, number, path, read_clause
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.routines import Header
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import identifier


def _update(cursor: Cursor) -> str:
    """The columns of UPDATE [OF], with or without parentheses."""
    of = cursor.accept("OF")
    if cursor.key == "(":
        columns: tuple[str, ...] = cursor.names()
    elif of:
        listed = [cursor.name()]
        while cursor.accept(","):
            listed.append(cursor.name())
        columns = tuple(listed)
    else:
        return "UPDATE"
    return f"UPDATE OF {', '.join(map(identifier, columns))}"


_BEFORE_ACTION: tuple[Form, ...] = (
    form("ENABLED", "ENABLED", "state"),
    form("DISABLED", "DISABLED", "state"),
    form("BEFORE", "BEFORE", "timing"),
    form("AFTER", "AFTER", "timing"),
    form("INSERT", "INSERT", "event"),
    form("DELETE", "DELETE", "event"),
    form("UPDATE", _update, "event"),
    form("ON", path),
)
_BEHIND_TABLE: tuple[Form, ...] = (
    form("ORDER", number),
    form("FOR EACH", lambda cursor: cursor.accept_any(("ROW", "STATEMENT"))),
    form("WHEN", lambda cursor: f"({cursor.group()})"),
)
_CORRELATED: dict[str, str] = {
    "OLD_TABLE": "OLD TABLE",
    "NEW_TABLE": "NEW TABLE",
    "OLD_NEW_TABLE": "OLD NEW TABLE",
    "OLD": "OLD ROW",
    "NEW": "NEW ROW",
}


def trigger_header(cursor: Cursor) -> Header:
    """Takes all clauses up to the action; an action that begins with a verb follows the table, or the last clause."""
    clauses: list[Clause] = []
    while (clause := read_clause(cursor, _BEFORE_ACTION)) is not None:
        clauses.append(clause)
        if clause.name == "ON":
            break
    else:
        cursor.fail(f"the event of the trigger and ON are expected, {cursor.shown} found")
    while found := _referencing(cursor) or _behind_table(cursor):
        clauses += found
    return Header(None, tuple(clauses))


def _behind_table(cursor: Cursor) -> tuple[Clause, ...]:
    clause = read_clause(cursor, _BEHIND_TABLE)
    return (clause,) if clause else ()


def _referencing(cursor: Cursor) -> tuple[Clause, ...]:
    """Takes REFERENCING with its names, each a clause."""
    found: list[Clause] = []
    if cursor.accept("REFERENCING"):
        while clause := _correlation(cursor):
            found.append(clause)
            cursor.accept(",")
    return tuple(found)


def _correlation(cursor: Cursor) -> Clause | None:
    key = cursor.key
    if key not in _CORRELATED:
        return None
    cursor.at += 1
    what = _CORRELATED[key]
    if key in ("OLD", "NEW"):
        what = f"{key} TABLE" if cursor.accept("TABLE") else what
        cursor.accept("ROW")
    cursor.accept("AS")
    name = identifier(cursor.name())
    return Clause(f"REFERENCING {what}", f"{name} {group(cursor)}" if cursor.key == "(" else name)
