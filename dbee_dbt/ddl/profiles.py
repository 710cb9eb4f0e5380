"""The options of profiles (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.clauses import Form, form, group, literal, name, name_or_word, path, read_clauses, to_comma, word
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.sizes import size
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import Definition

PASSWORD = "PASSWORD"


def read_profile(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``name [AS option, …]``; each attribute of PASSWORD is an option of its own."""
    own = cursor.name()
    return Definition(kind="profile", database="", name=own, clauses=() if cursor.done else _clauses(cursor))


def read_modified_profile(cursor: Cursor) -> Definition:
    """Takes ``name AS option, …`` of MODIFY PROFILE."""
    return Definition(kind="profile", database="", name=cursor.name(), clauses=_clauses(cursor))


def _clauses(cursor: Cursor) -> tuple[Clause, ...]:
    cursor.expect("AS")
    if cursor.done:
        cursor.fail("an option of the profile is expected, the statement ends")
    return tuple(each for clause in read_clauses(cursor, OPTIONS) for each in _apart(clause))


def _apart(clause: Clause) -> Iterator[Clause]:
    if clause.name != PASSWORD or not clause.value.startswith("("):
        yield clause
        return
    attributes = Cursor.of(clause.value[1:-1])
    while not attributes.done:
        attribute = word(attributes)
        attributes.accept("=")
        yield Clause(f"{PASSWORD} {attribute}", to_comma(attributes))
        attributes.accept(",")


def _password_attributes(cursor: Cursor) -> str:
    """Takes ``(EXPIRE = 90, …)``, or NULL."""
    if cursor.key != "(":
        return to_comma(cursor)
    start = cursor.at
    cursor.at += 1
    _skip_attribute(cursor)
    while cursor.accept(","):
        _skip_attribute(cursor)
    cursor.expect(")")
    return cursor.canonical(start, cursor.at)


def _skip_attribute(cursor: Cursor) -> None:
    word(cursor)
    cursor.expect("=")
    to_comma(cursor)


def accounts(cursor: Cursor) -> str:
    """Takes one account string, or several with or without parentheses around them."""
    if cursor.key == "(":
        cursor.at += 1
        found = _literals(cursor)
        cursor.expect(")")
    else:
        found = _literals(cursor)
    return found[0] if len(found) == 1 else f"({', '.join(found)})"


def _literals(cursor: Cursor) -> list[str]:
    found = [literal(cursor)] if cursor.is_string() else [to_comma(cursor)]
    while cursor.key == "," and cursor.at + 1 < len(cursor.tokens) and cursor.tokens[cursor.at + 1].kind == "string":
        cursor.at += 1
        found.append(literal(cursor))
    return found


def row_level_constraints(cursor: Cursor) -> str:
    """Takes ``name (value, …), …`` of CONSTRAINT =."""
    found = [f"{name(cursor)} {group(cursor)}"]
    while cursor.key == "," and cursor.keys[cursor.at + 1] != "TRANSFORM" and cursor.keys[cursor.at + 2] == "(":
        cursor.at += 1
        found.append(f"{name(cursor)} {group(cursor)}")
    return ", ".join(found)


OPTIONS: tuple[Form, ...] = (
    form("ACCOUNT =", accounts, "ACCOUNT"),
    form("DEFAULT DATABASE =", path, "DEFAULT DATABASE"),
    form("DEFAULT MAP =", to_comma, "DEFAULT MAP"),
    form("SPOOL =", size, "SPOOL"),
    form("TEMPORARY =", size, "TEMPORARY"),
    form("PASSWORD ATTRIBUTES =", _password_attributes, PASSWORD),
    form("PASSWORD =", _password_attributes, PASSWORD),
    form("QUERY_BAND =", to_comma, "QUERY_BAND"),
    form("IGNORE QUERY_BAND VALUES =", to_comma, "IGNORE QUERY_BAND VALUES"),
    form("TRANSFORM", group),
    form("COST PROFILE =", name_or_word, "COST PROFILE"),
    form("CONSTRAINT =", row_level_constraints, "CONSTRAINT"),
)
"""The options of CREATE PROFILE and MODIFY PROFILE."""
