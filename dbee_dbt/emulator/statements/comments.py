"""COMMENT ON: sets a comment, or returns it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import CommentOn
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry, Profile, Role
from dbee_dbt.emulator.results import Result, ResultColumn, table_result
from dbee_dbt.emulator.statements.names import required
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table, View
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_LONGEST = 255  # characters of a comment (docs/teradata/ddl.md §2.1)
_ANSWER = (ResultColumn("Comment String", DataType("VARCHAR", length=_LONGEST, charset="UNICODE")),)


def comment_on(session: Session, meaning: CommentOn, at: Statement, rows: Sequence[Any]) -> Result:
    """COMMENT ON an object, a column or a database.

    Raises:
        TeradataError: 3807 and others no such object, 3810 no such column, 3738 the text is too long.
    """
    if meaning.text is not None and len(meaning.text) > _LONGEST:
        raise failure(3738)
    if meaning.kind in ("role", "profile"):
        return _comment_on_principal(session, meaning)
    entry = _entry(session, meaning)
    if meaning.kind == "column":
        return _comment_on_column(session, meaning, entry)
    found = entry.found
    if meaning.text is None:
        return _answer(found.comment)
    session.replace(msgspec.structs.replace(entry, found=msgspec.structs.replace(found, comment=meaning.text or None)))
    return Result(activity="Comment Set")


def _comment_on_principal(session: Session, meaning: CommentOn) -> Result:
    record = session.system.get((meaning.kind, fold(meaning.name)))
    if not isinstance(record, Role | Profile):
        raise failure(5623 if meaning.kind == "role" else 5653, meaning.name)
    if meaning.text is None:
        return _answer(record.comment)
    session.system.put(msgspec.structs.replace(record, comment=meaning.text or None))
    return Result(activity="Comment Set")


def _entry(session: Session, meaning: CommentOn) -> Entry:
    if meaning.kind in ("database", "user"):
        return session.system.required_database(meaning.name)
    if meaning.kind in ("column", ""):
        entry = session.entry(meaning.database or None, meaning.name)
        if entry is None and not meaning.kind and not meaning.database:
            return session.system.required_database(meaning.name)
        if entry is None:
            raise failure(3807, f"{meaning.database}.{meaning.name}" if meaning.database else meaning.name)
        return entry
    return required(session, meaning.kind, meaning.database, meaning.name)


def _comment_on_column(session: Session, meaning: CommentOn, entry: Entry) -> Result:
    found = entry.found
    if not isinstance(found, Table | View):
        raise EmulatorRefusal(f"COMMENT ON a parameter of a {found.kind}")
    wanted = fold(meaning.column or "")
    place = next((i for i, column in enumerate(found.columns) if fold(column.name) == wanted), None)
    if place is None:
        raise failure(3810, meaning.column or "")
    if meaning.text is None:
        return _answer(found.columns[place].comment)
    columns = list(found.columns)
    columns[place] = msgspec.structs.replace(columns[place], comment=meaning.text or None)
    session.replace(msgspec.structs.replace(entry, found=msgspec.structs.replace(found, columns=tuple(columns))))
    return Result(activity="Comment Set")


def _answer(comment: str | None) -> Result:
    return table_result("Comment Returning", _ANSWER, [[comment]])
