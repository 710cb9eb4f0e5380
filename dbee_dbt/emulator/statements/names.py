"""Names of objects that a statement makes or meets: resolved, checked, and stamped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, Stamp, Table

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session

_LONGEST = 128  # characters of a name (docs/teradata/ddl.md §2.5)
_ALREADY = {"table": 3803, "view": 3804, "macro": 3805}
# By kind; of the other kinds the number is not known (docs/teradata/errors.md).
_MISSING = {
    **dict.fromkeys(("table", "view", "join index", "hash index"), 3807),
    "macro": 3824,
    "procedure": 5495,
    "external procedure": 5495,
    "function": 5589,
    "authorization": 6938,
}
_OTHER = {"table": 3853, "view": 3854, "macro": 3855, "procedure": 5494}

_F = TypeVar("_F", bound=CatalogObject)


def check_length(*names: str) -> None:
    """Refuse a name that is too long.

    Raises:
        TeradataError: 3737.
    """
    if any(len(name) > _LONGEST for name in names):
        raise failure(3737)


def check_free(session: Session, database: str, name: str) -> None:
    """Refuse a name that an object of the database has already, whatever its kind.

    Raises:
        TeradataError: 3802 no such database; 3803 and others by the kind of the object that is there.
    """
    session.system.required_database(database)
    existing = session.system.entry(database, name)
    if existing is not None:
        raise already_there(existing)
    if session.system.get(("definition", "error table", fold(database), fold(name))) is not None:
        raise failure(3803, name)


def already_there(existing: Entry) -> Exception:
    """The error for a name that this object has already."""
    kind = existing.found.kind
    if kind not in _ALREADY:
        return EmulatorRefusal(f"the error number of Teradata for a name that a {kind} has: {existing.found.name}")
    return failure(_ALREADY[kind], existing.found.name)


def required(session: Session, kind: str, database: str, name: str) -> Entry:
    """The object of this kind and name.

    Args:
        session: whose default database and volatile tables are meant.
        kind: what it has to be.
        database: as written, or "".
        name: as written.

    Raises:
        TeradataError: 3802 no such database; 3807 and others no such object; 3853 and others another kind.
    """
    entry = session.entry(database or None, name)
    where = f"{database}.{name}" if database else name
    if entry is None:
        if kind not in _MISSING:
            raise EmulatorRefusal(f"the error number of Teradata for {where}, a {kind} that does not exist")
        raise failure(_MISSING[kind], where)
    if entry.found.kind != kind:
        if kind not in _OTHER:
            raise EmulatorRefusal(f"the error number of Teradata for {where}, which is not a {kind}")
        raise failure(_OTHER[kind], where)
    return entry


def required_table(session: Session, database: str, name: str) -> tuple[Entry, Table]:
    """The table of this name with its entry; errors as of ``required``."""
    entry = required(session, "table", database, name)
    assert isinstance(entry.found, Table)
    return entry, entry.found


def created(session: Session, found: _F) -> _F:
    """The object, stamped as made by the session's user now."""
    stamp = Stamp(
        creator=session.user,
        created=session.stamp_time,
        altered_by=session.user,
        altered=session.stamp_time,
        version=1,
    )
    return msgspec.structs.replace(found, stamp=stamp)


def altered(session: Session, found: CatalogObject) -> CatalogObject:
    """The object, stamped as altered by the session's user now."""
    version = (found.stamp.version or 0) + 1
    stamp = msgspec.structs.replace(found.stamp, altered_by=session.user, altered=session.stamp_time, version=version)
    return msgspec.structs.replace(found, stamp=stamp)


def same_name(left: str, right: str) -> bool:
    """True if two names mean the same."""
    return fold(left) == fold(right)
