"""The tables and views that a query or a change of rows names, and those that the views are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.references import references
from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.sql.failures import explained

if TYPE_CHECKING:
    from dbee_dbt.emulator.records import Entry
    from dbee_dbt.emulator.session import Session


def named_relations(text: str) -> Iterator[tuple[str | None, str]]:
    """Database (None where none is written) and name of each table or view; not those that the text itself makes.

    Raises:
        TeradataError: the text is no SQL.
        EmulatorRefusal: it is SQL that is not read here.
    """
    try:
        parse_statement(text)
    except (QueryError, NotKnownError) as problem:
        raise explained(problem) from problem
    for found in references(text).found:
        if found.how in ("reads", "writes") and found.is_certain:
            yield found.path[0] or None, found.path[1]


def behind(session: Session, text: str, database: str) -> list[Entry]:
    """The objects that a query or a change of rows reads or writes, each once, what a view is made of before the view.

    Args:
        session: that sees them.
        text: the statement.
        database: in which unqualified names are looked up.

    Raises:
        TeradataError: 3802, 3807 …
    """
    found: dict[int, Entry] = {}
    _add_behind(session, text, database, found)
    return list(found.values())


def _add_behind(session: Session, text: str, database: str, found: dict[int, Entry]) -> None:
    """Add what a text names to what was found; a view that was is not looked into again."""
    for where, name in named_relations(text):
        entry = session.entry(where, name) if where else session.entry(None, name) or session.entry(database, name)
        if entry is None:
            raise failure(3807, f"{where}.{name}" if where else name)
        if entry.query and entry.id not in found:
            _add_behind(session, entry.query, entry.default_database, found)
        found.setdefault(entry.id, entry)


def nodes(node: Any) -> Iterator[Any]:
    """A piece of syntax and every piece in it."""
    if isinstance(node, tuple):
        for part in node:
            yield from nodes(part)
    elif isinstance(node, Struct):
        yield node
        for field in node.__struct_fields__:
            yield from nodes(getattr(node, field))
