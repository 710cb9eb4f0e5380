"""CREATE and REPLACE of objects that are their text: they are kept and listed, and not run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.statements import Call, CreateCode, CreateDefinition, CreateHashIndex, CreateJoinIndex
from dbee_dbt.emulator.dictionary.codes import KIND_CODES
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry, Profile, Role
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.macros import check_macro
from dbee_dbt.emulator.statements.names import already_there, check_length, created
from dbee_dbt.emulator.statements.sql_functions import read_function
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import CodeObject, Definition, HashIndex, JoinIndex

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_WITH_SECRETS = ("authorization", "foreign server")
_VERB = {True: "Replace", False: "Create"}


def create_code(session: Session, meaning: CreateCode, at: Statement, rows: Sequence[Any]) -> Result:
    """A macro, procedure, function, trigger …; a role or profile."""
    written = meaning.object
    if written.kind in ("role", "profile"):
        return _create_principal(session, written)
    if written.kind == "macro":
        check_macro(session, msgspec.structs.replace(written, text=at.text))
    text = session.source_text(at)
    kept = msgspec.structs.replace(written, text=mask(text) if written.kind in _WITH_SECRETS else text)
    return _keep(session, kept, at, replace=meaning.replace)


def create_definition(session: Session, meaning: CreateDefinition, at: Statement, rows: Sequence[Any]) -> Result:
    """A type, authorization, foreign server …; a role or profile."""
    written = meaning.definition
    if written.kind in ("role", "profile"):
        return _create_principal(session, written)
    return _keep(session, written, at, replace=meaning.replace)


def _keep(session: Session, written: CodeObject | Definition, at: Statement, *, replace: bool) -> Result:
    if written.kind not in KIND_CODES:
        raise EmulatorRefusal(f"CREATE {written.kind.upper()}")
    database = session.system.required_database(written.database or session.database).found.name
    check_length(written.name)
    existing = session.system.entry(database, written.name)
    if existing is not None and not (replace and existing.found.kind == written.kind):
        raise already_there(existing)
    request = mask(session.request_text) if written.kind in _WITH_SECRETS else session.request_text
    found = created(session, msgspec.structs.replace(written, database=database))
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
            request=request,
            default_database=session.database,
            function=read_function(at.text) if written.kind == "function" else None,
        )
    )
    return Result(activity=f"{_VERB[replace]} {written.kind.title()}")


def create_join_index(session: Session, meaning: CreateJoinIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE JOIN INDEX: kept with its query."""
    return _create_index(session, meaning.index)


def create_hash_index(session: Session, meaning: CreateHashIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE HASH INDEX: kept with the table that it is on, which lies in the session's database if none is named."""
    index = meaning.index
    assert index.table is not None, "the reader fails without a table"
    table = (index.table[0] or session.database, index.table[1])
    return _create_index(session, msgspec.structs.replace(index, table=table))


def _create_index(session: Session, index: JoinIndex | HashIndex) -> Result:
    database = session.system.required_database(index.database or session.database).found.name
    check_length(index.name)
    existing = session.system.entry(database, index.name)
    if existing is not None:
        raise already_there(existing)
    found = created(session, msgspec.structs.replace(index, database=database))
    session.replace(
        Entry(
            id=session.system.new_id(),
            found=found,
            request=session.request_text,
            default_database=session.database,
        )
    )
    return Result(activity=f"Create {index.kind.title()}")


def _create_principal(session: Session, written: CodeObject | Definition) -> Result:
    """CREATE ROLE, CREATE PROFILE; the clauses of a profile have no effect.

    Raises:
        TeradataError: 5612, a role, user or database has the name.
    """
    check_length(written.name)
    taken = session.system.get((written.kind, fold(written.name)))
    if taken or (written.kind == "role" and session.system.database(written.name)):
        raise failure(5612)
    made = Role if written.kind == "role" else Profile
    session.system.put(made(name=written.name, creator=session.user, created=session.stamp_time))
    return Result(activity=f"Create {written.kind.title()}")


def call(session: Session, meaning: Call, at: Statement, rows: Sequence[Any]) -> Result:
    """CALL: refused, whatever is called."""
    raise EmulatorRefusal(f"CALL {qualified(meaning.database, meaning.name)}: procedures are kept and not run")
