"""DROP and RENAME of objects, and what stands in their way (docs/teradata/ddl.md §2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import DropObject, RenameObject
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.databases import drop_database, remove_object
from dbee_dbt.emulator.statements.definitions import drop_definition
from dbee_dbt.emulator.statements.dependents import check_drop, check_rename, stands_on_type
from dbee_dbt.emulator.statements.names import altered, check_free, check_length, required
from dbee_dbt.emulator.statements.user_types import belongs_to_type
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_RENAMED = ("table", "view", "macro", "procedure", "trigger", "function")


def drop_object(session: Session, meaning: DropObject, at: Statement, rows: Sequence[Any]) -> Result:
    """DROP of anything but an index."""
    if meaning.kind in ("database", "user"):
        return drop_database(session, meaning)
    dropped = drop_definition(session, meaning)
    if dropped is not None:
        return dropped
    entry = required(session, meaning.kind, meaning.database, meaning.name)
    found = entry.found
    if isinstance(found, Table):
        _check_table(session, entry, found, meaning)
        if meaning.temporary:
            session.surroundings.drop_rows(entry)
            return Result(activity="Drop Table")
    if found.kind == "type" and (column := stands_on_type(session, found.name)):
        raise EmulatorRefusal(f"the error number of Teradata for a type that column {column} has")
    if found.kind == "type" and (other := belongs_to_type(session, found.name)):
        raise EmulatorRefusal(f"the error number of Teradata for a type with {other}")
    remove_object(session, entry)
    return Result(activity=f"Drop {meaning.kind.title()}")


def _check_table(session: Session, entry: Entry, table: Table, meaning: DropObject) -> None:
    """Refuse to drop a table that something rests on, or of which a session has rows (5337)."""
    if table.temporary == "VOLATILE":
        return
    check_drop(session, table)
    if table.temporary and not (meaning.all or meaning.temporary) and entry.id in session.surroundings.temporary:
        raise failure(5337)


def rename_object(session: Session, meaning: RenameObject, at: Statement, rows: Sequence[Any]) -> Result:
    """RENAME: the object keeps its id, and with it rows, rights, comments and indexes."""
    if meaning.kind not in _RENAMED:
        raise EmulatorRefusal(f"RENAME {meaning.kind.upper()}")
    entry = required(session, meaning.kind, *meaning.old)
    database = session.system.required_database(meaning.new[0] or session.database).found.name
    if fold(database) != fold(entry.found.database):
        raise EmulatorRefusal("RENAME into another database")
    check_length(meaning.new[1])
    check_free(session, database, meaning.new[1])
    if isinstance(entry.found, Table):
        check_rename(session, entry.found)
    found = altered(session, msgspec.structs.replace(entry.found, name=meaning.new[1]))
    rights = session.system.rights_on(fold(database), fold(entry.found.name))
    session.system.remove(entry.key)
    session.replace(msgspec.structs.replace(entry, found=found, request=session.request_text))
    for right in rights:
        session.system.remove(right.key)
        session.system.put(msgspec.structs.replace(right, name=meaning.new[1]))
    return Result(activity=f"Rename {meaning.kind.title()}")
