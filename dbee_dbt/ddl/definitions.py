"""Reads what CREATE says of objects that are their clauses (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.kinds import home
from dbee_dbt.ddl.profiles import profile_clauses
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import Definition


def read_definition(kind: str, cursor: Cursor, start: int, default_database: str) -> Definition:
    """Takes the name and the clauses of an object that is its clauses.

    Args:
        kind: of the object.
        cursor: stands behind the words of the kind.
        start: index of the first of these words.
        default_database: where an unqualified object lies.

    Raises:
        DdlError: a known clause is broken.
    """
    database, name = cursor.qualified(home(kind, default_database))
    clauses = DEFINED[kind](cursor)
    if cursor.keys[start] == "EXTERNAL":
        clauses = (Clause("EXTERNAL"), *clauses)
    return Definition(kind=kind, database=database, name=name, clauses=clauses)


def _none(cursor: Cursor) -> tuple[Clause, ...]:
    """For what has no clauses behind its name."""
    if not cursor.done:
        cursor.fail(f"the end of the statement is expected, {cursor.shown} found")
    return ()


DEFINED: dict[str, Callable[[Cursor], tuple[Clause, ...]]] = {
    "role": _none,
    "profile": profile_clauses,
}
"""Readers of what stands behind the name, by kind."""
