"""DROP and RENAME of objects, and what stands in their way (docs/teradata/ddl.md §2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.statements import DropObject, RenameObject
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry, Membership, Right
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.databases import drop_database, remove_object
from dbee_dbt.emulator.statements.names import altered, check_free, check_length, required
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import CatalogObject, CodeObject, HashIndex, JoinIndex, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_RENAMED = ("table", "view", "macro", "procedure", "trigger", "function")


def drop_object(session: Session, meaning: DropObject, at: Statement, rows: Sequence[Any]) -> Result:
    """DROP of anything but an index."""
    if meaning.kind in ("database", "user"):
        return drop_database(session, meaning)
    if meaning.kind in ("role", "profile"):
        return _drop_principal(session, meaning)
    entry = required(session, meaning.kind, meaning.database, meaning.name)
    found = entry.found
    if isinstance(found, Table):
        _check_table(session, entry, found, meaning)
        if meaning.temporary:
            session.surroundings.drop_rows(entry)
            return Result(activity="Drop Table")
    remove_object(session, entry)
    return Result(activity=f"Drop {meaning.kind.title()}")


def _check_table(session: Session, entry: Entry, table: Table, meaning: DropObject) -> None:
    """Refuse to drop a table that something rests on.

    Raises:
        TeradataError: 5467 a join or hash index, 5337 rows of a global temporary table.
        EmulatorRefusal: a trigger or a foreign key; Teradata refuses too, with a number that is not known here.
    """
    if table.temporary == "VOLATILE":
        return
    for other in list(session.system.of(Entry)):
        if _rests_on_tables(other):
            if names_table(other, table):
                if other.found.kind == "trigger":
                    raise EmulatorRefusal(f"the error number of Teradata for a table with trigger {other.found.name}")
                raise failure(5467)
        elif isinstance(other.found, Table) and other.id != entry.id and _references(other.found, table):
            raise EmulatorRefusal(f"the error number of Teradata for a table that {other.found.name} references")
    if table.temporary and not (meaning.all or meaning.temporary) and entry.id in session.surroundings.temporary:
        raise failure(5337)


def _rests_on_tables(entry: Entry) -> bool:
    return entry.found.kind in ("join index", "hash index", "trigger")


def names_table(entry: Entry, table: Table) -> bool:
    """True if the text of a join index, hash index or trigger names the table."""
    found = entry.found
    tokens = significant(tokenize(_text_on_table(found) or ""))
    for place, token in enumerate(tokens):
        if token.kind not in ("word", "quoted name") or fold(name_of(token.text)) != fold(table.name):
            continue
        in_database = place >= 2 and tokens[place - 1].text == "."
        where = name_of(tokens[place - 2].text) if in_database else entry.default_database or found.database
        if fold(where) == fold(table.database):
            return True
    return False


def _text_on_table(found: CatalogObject) -> str | None:
    """What names the table that a join index, hash index or trigger is on."""
    match found:
        case JoinIndex():
            return found.query
        case HashIndex():
            return None if found.table is None else qualified(*found.table)
    return found.text if isinstance(found, CodeObject) else None


def _references(child: Table, table: Table) -> bool:
    wanted = (fold(table.database), fold(table.name))
    parents = (constraint.parent for constraint in child.constraints if constraint.parent)
    return any((fold(database), fold(name)) == wanted for database, name in parents)


def _drop_principal(session: Session, meaning: DropObject) -> Result:
    key = (meaning.kind, fold(meaning.name))
    if session.system.get(key) is None:
        raise failure(5623 if meaning.kind == "role" else 5653, meaning.name)
    session.system.remove(key)
    gone = fold(meaning.name)
    for right in [right for right in session.system.of(Right) if fold(right.grantee) == gone]:
        session.system.remove(right.key)
    for member in [m for m in session.system.of(Membership) if gone in (fold(m.role), fold(m.grantee))]:
        session.system.remove(member.key)
    return Result(activity=f"Drop {meaning.kind.title()}")


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
        _check_rename(session, entry.found)
    found = altered(session, msgspec.structs.replace(entry.found, name=meaning.new[1]))
    rights = session.system.rights_on(fold(database), fold(entry.found.name))
    session.system.remove(entry.key)
    session.replace(msgspec.structs.replace(entry, found=found, request=session.request_text))
    for right in rights:
        session.system.remove(right.key)
        session.system.put(msgspec.structs.replace(right, name=meaning.new[1]))
    return Result(activity=f"Rename {meaning.kind.title()}")


def _check_rename(session: Session, table: Table) -> None:
    """A join index, hash index or trigger on the table blocks a rename; the number is not known here."""
    for other in list(session.system.of(Entry)):
        if _rests_on_tables(other) and names_table(other, table):
            raise EmulatorRefusal(f"RENAME of a table with {other.found.kind} {other.found.name}")
