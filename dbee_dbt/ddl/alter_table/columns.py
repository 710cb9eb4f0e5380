"""Reads ADD of columns and constraints in ALTER TABLE (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dbee_dbt.ddl.alter_table.actions import Action, AddColumn, AddColumns, AddConstraint
from dbee_dbt.ddl.columns import begins_column, read_column
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.tables import qualify, read_auto_compress, read_constraint
from dbee_dbt.model.objects import Column

_BEGINS_NEXT = frozenset({"ADD", "DROP", "RENAME", "MODIFY", "UPDATE", "REFRESH", "INTO"})
# What has to follow the word that a constraint begins with; none of them is a name.
_IN_CONSTRAINT = {"CHECK": "(", "UNIQUE": "(", "PRIMARY": "KEY", "FOREIGN": "KEY"}
# What ends a column: clauses of ADD may follow each other without a comma (ANSI Temporal Table Support, B035-1186).
_ENDS = _BEGINS_NEXT | {",", ")", ""}


def read_add_columns(cursor: Cursor, default_database: str) -> Iterator[Action]:
    """Takes what stands behind ADD: a constraint, a column, columns in parentheses, or a list of security columns.

    Raises:
        DdlError: it is none of these, or a column has neither type nor attribute.
    """
    constraint = read_constraint(cursor)
    if constraint is not None:
        yield AddConstraint(qualify(constraint, default_database))
        return
    expect_constraint(cursor)
    form = _form(cursor)
    if form is not None:
        yield _group(cursor, form, default_database)
        return
    secured = security_columns(cursor)
    if secured:
        yield from (_secured(name) for name in secured)
        return
    yield _column(cursor, default_database)


def expect_constraint(cursor: Cursor) -> None:
    """Refuse a constraint that breaks off, where none could be read.

    Raises:
        DdlError: one begins here.
    """
    if cursor.accept("CONSTRAINT"):
        name = cursor.name()
        if cursor.key not in _IN_CONSTRAINT:
            cursor.fail(f"PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY of {name} is expected, {cursor.shown} found")
    follows = _IN_CONSTRAINT.get(cursor.key)
    if follows is not None:
        cursor.at += 1
        cursor.expect(follows)


def security_columns(cursor: Cursor) -> tuple[str, ...]:
    """Takes ``name, … CONSTRAINT``: columns of row-level security; nothing where the list is not one of these."""
    start, names = cursor.at, []
    while cursor.is_name() and cursor.key not in _BEGINS_NEXT:
        names.append(cursor.name())
        if cursor.key == "CONSTRAINT" and cursor.keys[cursor.at + 1] in _ENDS:
            cursor.at += 1
            return tuple(names)
        if not cursor.accept(","):
            break
    cursor.at = start
    return ()


def _secured(name: str) -> AddColumn:
    return AddColumn(Column(name=name, row_security=True), frozenset({"row_security"}))


def _form(cursor: Cursor) -> Literal["COLUMN", "ROW", "SYSTEM", ""] | None:
    """Takes the word in front of columns in parentheses, if those come."""
    if cursor.key == "(":
        return ""
    forms: tuple[Literal["COLUMN", "ROW", "SYSTEM"], ...] = ("COLUMN", "ROW", "SYSTEM")
    return next((form for form in forms if cursor.keys[cursor.at + 1] == "(" and cursor.accept(form)), None)


def _group(cursor: Cursor, form: Literal["COLUMN", "ROW", "SYSTEM", ""], default_database: str) -> AddColumns:
    cursor.expect("(")
    columns = [_definition(cursor, default_database)]
    while cursor.accept(","):
        columns.append(_definition(cursor, default_database))
    cursor.expect(")")
    auto_compress = read_auto_compress(cursor)
    return AddColumns(form=form, columns=tuple(columns), auto_compress=auto_compress, into=_into(cursor))


def _column(cursor: Cursor, default_database: str) -> AddColumn:
    found = _definition(cursor, default_database)
    if not (found.written or found.constraints):
        cursor.fail(f"the type or an attribute of column {found.column.name} is expected, {cursor.shown} found")
    into = _into(cursor)
    return found if into is None else AddColumn(found.column, found.written, found.constraints, into)


def _definition(cursor: Cursor, default_database: str) -> AddColumn:
    if not begins_column(cursor, _ENDS):
        cursor.fail(f"a column or a constraint is expected, {cursor.shown} found")
    draft = read_column(cursor, _ENDS)
    constraints = tuple(qualify(found, default_database) for found in draft.constraints)
    return AddColumn(draft.column(), frozenset(draft.fields) - {"name"}, constraints)


def _into(cursor: Cursor) -> str | None:
    return cursor.name() if cursor.accept("INTO") else None
