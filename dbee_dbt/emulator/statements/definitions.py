"""Objects that are their clauses: CREATE, DROP and what they rest on.

Types, authorizations, foreign servers, GLOP sets and schemas lie in a database, in the name space of its objects;
casts, orderings and transforms belong to a type, maps, zones and row-level security constraints to the system, and an
error table to its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.apply_clauses import with_options
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.statements import CreateDefinition, DropObject, ModifyProfile
from dbee_dbt.emulator.dictionary.definition_rows import by_name
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Defined, Membership, Profile, Right, Role
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.code import keep, restamped
from dbee_dbt.emulator.statements.connect_rules import forget_role
from dbee_dbt.emulator.statements.names import check_free, check_length, created, required_table
from dbee_dbt.emulator.statements.user_types import check_type_of, drop_transforms
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import Definition, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_PRINCIPALS = ("role", "profile")
# Outside of the name space of a database's objects; "Teradata Database Messages" (B035-1096) for casts.
_APART = ("cast", "ordering", "transform", "map", "zone", "constraint", "error table", "function mapping")
_ALREADY = {"cast": 6862}
_MISSING = {"cast": 6863, "profile": 5653, "role": 5623}


def create_definition(session: Session, meaning: CreateDefinition, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE or REPLACE of an object that is its clauses."""
    written = meaning.definition
    check_length(written.name)
    if written.kind in _PRINCIPALS:
        return _create_principal(session, written)
    if written.kind not in _APART:
        return keep(session, written, at, replace=meaning.replace)
    check_type_of(session, written)
    if written.kind == "error table":
        written = _placed_error_table(session, written)
    existing = session.system.get(_key(written))
    if existing is not None and not meaning.replace:
        raise _already(written)
    if written.kind == "transform" and meaning.replace:
        drop_transforms(session, written)
    found = created(session, written)
    if isinstance(existing, Defined):
        found = restamped(found, existing.found)
    text = mask(session.source_text(at))
    session.system.put(Defined(found=found, request=mask(session.request_text), text=text))
    return Result(activity=f"{'Replace' if meaning.replace else 'Create'} {written.kind.title()}")


def _key(written: Definition) -> tuple[str, ...]:
    return ("definition", written.kind, fold(written.database), fold(written.name))


def _already(written: Definition) -> Exception:
    if written.kind in _ALREADY:
        return failure(_ALREADY[written.kind])
    return EmulatorRefusal(f"the error number of Teradata for a {written.kind} that exists: {written.name}")


def _create_principal(session: Session, written: Definition) -> Result:
    """CREATE ROLE, CREATE PROFILE; the options of a profile have no effect.

    Raises:
        TeradataError: 5612, a role, user or database has the name.
    """
    taken = session.system.get((written.kind, fold(written.name)))
    if taken or (written.kind == "role" and session.system.database(written.name)):
        raise failure(5612)
    made = Role if written.kind == "role" else Profile
    session.system.put(
        made(name=written.name, creator=session.user, created=session.stamp_time, options=written.clauses or ())
    )
    return Result(activity=f"Create {written.kind.title()}")


def _placed_error_table(session: Session, written: Definition) -> Definition:
    """The error table with its database and its table's written; not of a temporary table, nor a second one.

    Raises:
        TeradataError: 3807, 5979; 3803 and others for a name that is taken.
    """
    _, table = required_table(session, *table_of(written, ""))
    if table.temporary:
        raise failure(5979)
    if error_table_of(session, table) is not None:
        raise EmulatorRefusal(f"the error number of Teradata for a second error table of {table.name}")
    database = session.system.required_database(written.database or table.database).found.name
    check_free(session, database, written.name)
    of_table = Clause("FOR", qualified(table.database, table.name))
    others = tuple(clause for clause in written.clauses or () if clause.name != "FOR")
    return msgspec.structs.replace(written, database=database, clauses=(of_table, *others))


def required_definition(session: Session, kind: str, database: str, name: str) -> Defined:
    """The cast, map, constraint … of this name.

    Raises:
        EmulatorRefusal: there is none; the number of Teradata's error is not known.
    """
    found = session.system.get(("definition", kind, fold(database), fold(name)))
    if not isinstance(found, Defined):
        raise EmulatorRefusal(f"the error number of Teradata for {name}, a {kind} that does not exist")
    return found


def table_of(error_table: Definition, database: str) -> tuple[str, str]:
    """Database and name of the table that an error table is for."""
    return Cursor.of(by_name(error_table.clauses or ())["FOR"]).qualified(database)


def error_table_of(session: Session, table: Table) -> Defined | None:
    """The error table of a table, or None."""
    wanted = (fold(table.database), fold(table.name))
    for record in session.system.of(Defined):
        if record.found.kind == "error table":
            database, name = table_of(record.found, record.found.database)
            if (fold(database), fold(name)) == wanted:
                return record
    return None


def drop_definition(session: Session, meaning: DropObject) -> Result | None:
    """DROP of what lies in no database; None where the kind lies in one."""
    if meaning.kind in _PRINCIPALS:
        return _drop_principal(session, meaning)
    if meaning.kind == "error table":
        key = _dropped_error_table(session, meaning)
    elif meaning.kind in _APART:
        key = ("definition", meaning.kind, fold(meaning.database), fold(meaning.name))
    else:
        return None
    if key is None or session.system.get(key) is None:
        if meaning.kind in _MISSING:
            raise failure(_MISSING[meaning.kind])
        raise EmulatorRefusal(f"the error number of Teradata for no such {meaning.kind}")
    session.system.remove(key)
    return Result(activity=f"Drop {meaning.kind.title()}")


def _dropped_error_table(session: Session, meaning: DropObject) -> tuple[str, ...] | None:
    """The key of the error table that is meant, by its name or its table's."""
    if meaning.on is None:
        return ("definition", meaning.kind, fold(meaning.database), fold(meaning.name))
    _, table = required_table(session, *meaning.on)
    found = error_table_of(session, table)
    return found.key if found is not None else None


def modify_profile(session: Session, meaning: ModifyProfile, at: Statement, rows: Sequence[Any]) -> Result:
    """MODIFY PROFILE; the options have no effect.

    Raises:
        TeradataError: 5653, there is no such profile.
    """
    record = session.system.get(("profile", fold(meaning.profile.name)))
    if not isinstance(record, Profile):
        raise failure(5653, meaning.profile.name)
    options = with_options(record.options, meaning.profile.clauses or ())
    session.system.put(msgspec.structs.replace(record, options=options))
    return Result(activity="Modify Profile")


def _drop_principal(session: Session, meaning: DropObject) -> Result:
    """A role goes with its rights and members; a profile that a user has stays with the user's name for it."""
    key = (meaning.kind, fold(meaning.name))
    if session.system.get(key) is None:
        raise failure(_MISSING[meaning.kind], meaning.name)
    session.system.remove(key)
    if meaning.kind == "role":
        gone = fold(meaning.name)
        for right in [right for right in session.system.of(Right) if fold(right.grantee) == gone]:
            session.system.remove(right.key)
        for member in [m for m in session.system.of(Membership) if gone in (fold(m.role), fold(m.grantee))]:
            session.system.remove(member.key)
        forget_role(session, meaning.name)
    return Result(activity=f"Drop {meaning.kind.title()}")
