"""CREATE VIEW and REPLACE VIEW."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import CreateView
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.names import already_there, check_length, created
from dbee_dbt.model.objects import Column, View

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session
    from dbee_dbt.emulator.sql.select import OutputColumn


def create_view(session: Session, meaning: CreateView, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE or REPLACE VIEW: the query is checked, and the names of its columns are fixed."""
    written = meaning.view
    database = session.system.required_database(written.database or session.database).found.name
    check_length(written.name)
    existing = session.system.entry(database, written.name)
    if existing is not None and not (meaning.replace and existing.found.kind == "view"):
        raise already_there(existing)
    if meaning.recursive:
        raise EmulatorRefusal("CREATE RECURSIVE VIEW")
    compiled, seen = session.surroundings.compile_view(meaning.query)
    columns = _columns(meaning, compiled.columns)
    text = session.source_text(at)
    view = created(session, msgspec.structs.replace(written, database=database, text=text, columns=columns))
    if existing is not None:
        view = _replaced(view, existing)
    entry = Entry(
        id=existing.id if existing else session.system.new_id(),
        found=view,
        request=session.request_text,
        query=meaning.query,
        seen=seen,
        default_database=session.database,
    )
    session.replace(entry)
    return Result(activity="Replace View" if meaning.replace else "Create View")


def _columns(meaning: CreateView, outputs: Sequence[OutputColumn]) -> tuple[Column, ...]:
    """The view's columns with their names and no types, as the dictionary keeps them."""
    written = meaning.view.columns
    if written:
        if len(written) != len(outputs):
            raise failure(3813) if len(written) < len(outputs) else failure(3812)
        return tuple(Column(name=column.name, title=column.title, nullable=None) for column in written)
    if any(not output.name for output in outputs):
        raise failure(5506)
    return tuple(Column(name=output.name, nullable=None) for output in outputs)


def _replaced(view: View, existing: Entry) -> View:
    """Rights stay with the object's name; who made it and when stay too; comments go."""
    before = existing.found.stamp
    stamp = msgspec.structs.replace(
        view.stamp, creator=before.creator, created=before.created, version=(before.version or 0) + 1
    )
    return msgspec.structs.replace(view, stamp=stamp)
