"""CREATE and REPLACE of objects that are their text: they are kept and listed, and not run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import Call, CreateCode, ExecuteMacro
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.names import already_there, check_length, created
from dbee_dbt.emulator.statements.sql_functions import read_function
from dbee_dbt.model.names import qualified

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_VERB = {True: "Replace", False: "Create"}


def create_code(session: Session, meaning: CreateCode, at: Statement, rows: Sequence[Any]) -> Result:
    """A macro, procedure, function, trigger, join index …"""
    written = meaning.object
    database = session.system.required_database(written.database or session.database).found.name
    check_length(written.name)
    existing = session.system.entry(database, written.name)
    if existing is not None and not (meaning.replace and existing.found.kind == written.kind):
        raise already_there(existing)
    text = session.source_text(at)
    found = created(session, msgspec.structs.replace(written, database=database, text=text))
    if existing is not None:
        before = existing.found.stamp
        stamp = msgspec.structs.replace(
            found.stamp, creator=before.creator, created=before.created, version=(before.version or 0) + 1
        )
        found = msgspec.structs.replace(found, stamp=stamp)
    session.replace(
        Entry(
            id=existing.id if existing else session.system.new_id(),
            found=found,
            request=session.request_text,
            default_database=session.database,
            function=read_function(at.text) if written.kind == "function" else None,
        )
    )
    return Result(activity=f"{_VERB[meaning.replace]} {written.kind.title()}")


def call(session: Session, meaning: Call, at: Statement, rows: Sequence[Any]) -> Result:
    """CALL: refused, whatever is called."""
    raise EmulatorRefusal(f"CALL {qualified(meaning.database, meaning.name)}: procedures are kept and not run")


def execute_macro(session: Session, meaning: ExecuteMacro, at: Statement, rows: Sequence[Any]) -> Result:
    """EXEC: refused, whatever macro is meant."""
    raise EmulatorRefusal(f"EXEC {qualified(meaning.database, meaning.name)}: macros are kept and not run")
