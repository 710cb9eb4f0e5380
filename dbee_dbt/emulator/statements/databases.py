"""CREATE, MODIFY, DELETE and DROP of databases and users."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.apply_clauses import with_options
from dbee_dbt.ddl.statements import CreateDatabase, DeleteDatabase, DropObject, Give, ModifyDatabase
from dbee_dbt.emulator.dictionary.definition_rows import user_clauses
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry, Membership, Right
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.connect_rules import forget_user
from dbee_dbt.emulator.statements.definitions import error_table_of
from dbee_dbt.emulator.statements.dependents import check_delete
from dbee_dbt.emulator.statements.names import altered, check_length, created
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Database, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_KEPT = ("name", "kind", "owner", "origin", "stamp")


def create_database(session: Session, meaning: CreateDatabase, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE DATABASE, CREATE USER; the owner is the one written, else the session's user."""
    written = meaning.database
    check_length(written.name)
    if session.system.database(written.name) or session.system.get(("role", fold(written.name))):
        raise failure(5612)
    _check_profile(session, written)
    owner = session.system.required_database(written.owner or session.user)
    found = created(session, msgspec.structs.replace(_with_defaults(written), owner=owner.found.name))
    session.replace(Entry(id=session.system.new_id(), found=found, request=""))
    return Result(activity="Create User" if found.kind == "user" else "Create Database")


def _check_profile(session: Session, written: Database) -> None:
    """Refuse a profile that is not there.

    Raises:
        TeradataError: 5653.
    """
    profile = user_clauses(written).get("PROFILE")
    if profile and fold(profile) != "NULL" and session.system.get(("profile", fold(profile))) is None:
        raise failure(5653, profile)


def _with_defaults(written: Database) -> Database:
    """Defaults of a database: no space, no protection, no journal; spool and account are the owner's."""
    return msgspec.structs.replace(
        written,
        perm=written.perm or 0.0,
        fallback=bool(written.fallback),
        before_journal=written.before_journal or "NO",
        after_journal=written.after_journal or "NO",
    )


def modify_database(session: Session, meaning: ModifyDatabase, at: Statement, rows: Sequence[Any]) -> Result:
    """MODIFY DATABASE, MODIFY USER: what is written changes."""
    entry = session.system.required_database(meaning.database.name)
    _check_profile(session, meaning.database)
    fields = {name: getattr(meaning.database, name) for name in Database.__struct_fields__ if name not in _KEPT}
    written = {name: value for name, value in fields.items() if value not in (None, ())}
    if isinstance(entry.found, Database):
        written["options"] = with_options(entry.found.options, meaning.database.options)
    found = altered(session, msgspec.structs.replace(entry.found, **written))
    session.replace(msgspec.structs.replace(entry, found=found))
    return Result(activity="Modify Database")


def delete_database(session: Session, meaning: DeleteDatabase, at: Statement, rows: Sequence[Any]) -> Result:
    """DELETE DATABASE: everything in it goes, the database stays."""
    entry = session.system.required_database(meaning.name)
    check_delete(session, entry.found.name)
    for inside in session.system.entries(entry.found.name):
        remove_object(session, inside)
    return Result(activity="Delete Database")


def drop_database(session: Session, meaning: DropObject) -> Result:
    """DROP DATABASE, DROP USER: only when it is empty and owns nothing.

    Raises:
        TeradataError: 3802, 3552.
    """
    entry = session.system.required_database(meaning.name)
    name = entry.found.name
    owned = any(fold(found.owner or "") == fold(name) for _, found in session.system.databases())
    if owned or session.system.entries(name):
        raise failure(3552)
    session.system.remove(entry.key)
    for right in list(session.system.of(Right)):
        if fold(name) in (fold(right.grantee), fold(right.database)):
            session.system.remove(right.key)
    for member in list(session.system.of(Membership)):
        if fold(member.grantee) == fold(name):
            session.system.remove(member.key)
    forget_user(session, name)
    return Result(activity="Drop Database")


def give(session: Session, meaning: Give, at: Statement, rows: Sequence[Any]) -> Result:
    """GIVE: the database or user gets another immediate owner; what it owns goes with it, rights stay as they are.

    Source: "GIVE" of SQL Data Control Language (B035-1149).

    Raises:
        TeradataError: 3802, one of the two does not exist.
        EmulatorRefusal: it is given to itself or to what it owns.
    """
    entry = session.system.required_database(meaning.name)
    to = session.system.required_database(meaning.to).found
    assert isinstance(entry.found, Database)
    if fold(entry.found.name) in (fold(above) for above in _line_of(session, to.name)):
        raise EmulatorRefusal(f"the error number of Teradata for GIVE of {entry.found.name} to what it owns")
    session.replace(msgspec.structs.replace(entry, found=msgspec.structs.replace(entry.found, owner=to.name)))
    return Result(activity="Give")


def _line_of(session: Session, name: str) -> Iterator[str]:
    """A database and its owners, up to DBC, which owns itself."""
    owners = {fold(found.name): found.owner or found.name for _, found in session.system.databases()}
    while True:
        yield name
        if fold(owners[fold(name)]) == fold(name):
            return
        name = owners[fold(name)]


def remove_object(session: Session, entry: Entry) -> None:
    """An object goes, with its rows and the rights on it."""
    found = entry.found
    session.surroundings.drop_rows(entry)
    if isinstance(found, Table) and found.temporary == "VOLATILE":
        session.forget_volatile(found.name)
        return
    session.system.remove(entry.key)
    if isinstance(found, Table) and (error_table := error_table_of(session, found)):
        session.system.remove(error_table.key)
    where, name = fold(found.database), fold(found.name)
    for right in session.system.rights_on(where, name):
        session.system.remove(right.key)
