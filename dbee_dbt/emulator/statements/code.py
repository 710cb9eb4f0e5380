"""CREATE and REPLACE of objects that are their text: they are kept and listed, and not run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dbee_dbt.ddl.apply_clauses import altered_object
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.statements import AlterObject, Call, CreateCode
from dbee_dbt.ddl.user_types import TYPES
from dbee_dbt.emulator.dictionary.codes import KIND_CODES
from dbee_dbt.emulator.dictionary.definition_rows import by_name
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.column_types import check_type_exists
from dbee_dbt.emulator.statements.macros import check_macro
from dbee_dbt.emulator.statements.names import already_there, altered, check_length, created, required
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import CatalogObject, CodeObject, Definition, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_WITH_SECRETS = ("authorization", "foreign server")
_VERB = {True: "Replace", False: "Create"}

_F = TypeVar("_F", bound=CatalogObject)


def create_code(session: Session, meaning: CreateCode, at: Statement, rows: Sequence[Any]) -> Result:
    """A macro, procedure, function, method, trigger …; what it says in front of its body is checked.

    Raises:
        TeradataError: 3706 a type that nobody has made, 3807 and others what it needs is not there, 3803 and others
            the name is taken.
    """
    written = meaning.object
    for parameter in written.parameters or ():
        if parameter.type is not None:
            check_type_exists(session.system, parameter.type)
    if written.kind == "macro":
        check_macro(session, msgspec.structs.replace(written, text=at.text))
    if written.kind == "trigger":
        _check_trigger(session, written)
    if written.kind == "method" and (of := by_name(written.clauses).get("FOR")) is not None:
        required(session, "type", TYPES, Cursor.of(of).qualified(TYPES)[1])
    text = session.source_text(at)
    kept = msgspec.structs.replace(written, text=mask(text) if written.kind in _WITH_SECRETS else text)
    return keep(session, kept, at, replace=meaning.replace)


def _check_trigger(session: Session, trigger: CodeObject) -> None:
    """Refuse a trigger on what is no permanent table."""
    on = by_name(trigger.clauses).get("ON")
    if on is None:
        return
    database, name = Cursor.of(on).qualified("")
    entry = session.entry(database or None, name)
    if entry is None:
        raise failure(3807, f"{database}.{name}" if database else name)
    if not isinstance(entry.found, Table) or entry.found.temporary:
        raise EmulatorRefusal(f"the error number of Teradata for a trigger on {name}, which is no permanent table")


def keep(session: Session, written: CodeObject | Definition, at: Statement, *, replace: bool) -> Result:
    """Put an object that is its text or its clauses in its database; one that is replaced keeps its rights."""
    if written.kind not in KIND_CODES:
        raise EmulatorRefusal(f"CREATE {written.kind.upper()}")
    database = session.system.required_database(written.database or session.database).found.name
    check_length(written.name)
    existing = session.system.entry(database, written.name)
    if existing is not None and not (replace and existing.found.kind == written.kind):
        raise already_there(existing)
    request = mask(session.request_text) if written.kind in _WITH_SECRETS else session.request_text
    found = created(session, msgspec.structs.replace(written, database=database))
    session.replace(
        Entry(
            id=existing.id if existing else session.system.new_id(),
            found=restamped(found, existing.found) if existing else found,
            request=request,
            default_database=session.database,
            text=mask(session.source_text(at)) if isinstance(written, Definition) else "",
        )
    )
    return Result(activity=f"{_VERB[replace]} {written.kind.title()}")


def restamped(found: _F, before: CatalogObject) -> _F:
    """What replaces another object: who made that and when stays, its version counts on."""
    old = before.stamp
    stamp = msgspec.structs.replace(
        found.stamp, creator=old.creator, created=old.created, version=(old.version or 0) + 1
    )
    return msgspec.structs.replace(found, stamp=stamp)


def alter_object(session: Session, meaning: AlterObject, at: Statement, rows: Sequence[Any]) -> Result:
    """ALTER TRIGGER … ENABLED or DISABLED; ALTER PROCEDURE, FUNCTION, METHOD … COMPILE, EXECUTE [NOT] PROTECTED.

    Nothing is compiled: only the time of the last alteration changes; NO SPL deletes the source text ("ALTER PROCEDURE
    (SQL Form) Rules", B035-1184).

    Raises:
        TeradataError: the object is not there.
        EmulatorRefusal: any other ALTER, or an option that the object does not take.
    """
    if meaning.kind not in ("trigger", *_COMPILED):
        raise EmulatorRefusal(f"ALTER {meaning.kind.upper()}")
    entry = _to_alter(session, meaning)
    changed = _compiled(entry.found, meaning) if meaning.kind in _COMPILED else _with_state(entry.found, meaning)
    session.replace(msgspec.structs.replace(entry, found=altered(session, changed), request=session.request_text))
    return Result(activity=f"Alter {meaning.kind.title()}")


_COMPILED = ("procedure", "function", "method")
_OF_SQL = ("SPL", "WARNING", "AT TIME ZONE", "LANGUAGE")


def _to_alter(session: Session, meaning: AlterObject) -> Entry:
    """The object; ALTER PROCEDURE is of external procedures too."""
    entry = session.entry(meaning.database or None, meaning.name)
    external = meaning.kind == "procedure" and entry is not None and entry.found.kind == "external procedure"
    return required(session, "external procedure" if external else meaning.kind, meaning.database, meaning.name)


def _compiled(found: CatalogObject, meaning: AlterObject) -> CatalogObject:
    """What a compilation, or a change of the protection mode, leaves of a routine.

    Raises:
        EmulatorRefusal: an option that routines of its language do not take, or there is no text to compile.
    """
    assert isinstance(found, CodeObject)
    language = by_name(found.clauses).get("LANGUAGE", "SQL" if found.kind == "procedure" else "C").upper()
    names = [clause.name.upper() for clause in meaning.clauses]
    options = by_name(meaning.clauses)
    unprotected = options.get("EXECUTE") == "NOT PROTECTED"
    wrong = "EXECUTE" in names if language == "SQL" else any(name in _OF_SQL for name in names)
    if wrong or (unprotected and language == "JAVA") or (language == "SQL" and found.kind == "function"):
        raise EmulatorRefusal(
            f"the error number of Teradata for ALTER {meaning.kind.upper()} {' '.join(names)} of {language}"
        )
    if found.text is None:
        raise EmulatorRefusal(f"the error number of Teradata for ALTER of {found.name}, whose text is not stored")
    return msgspec.structs.replace(found, text=None) if options.get("SPL") == "NO SPL" else found


def _with_state(found: CatalogObject, meaning: AlterObject) -> CatalogObject:
    try:
        return altered_object(found, meaning)
    except DdlError as problem:
        raise EmulatorRefusal("ALTER TRIGGER of anything but its state") from problem


def call(session: Session, meaning: Call, at: Statement, rows: Sequence[Any]) -> Result:
    """CALL: refused, whatever is called."""
    raise EmulatorRefusal(f"CALL {qualified(meaning.database, meaning.name)}: procedures are kept and not run")
