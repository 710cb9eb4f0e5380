"""GRANT and REVOKE of rights and roles. Rights are recorded and listed; none is ever asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import ConnectThrough, Grant, Logon, Privileges, Revoke, RoleMembership, SystemPrivileges
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Membership, Right
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.connect_rules import grant_connect, revoke_connect, set_logon
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table, View

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

WHOLE = "All"  # TableName of a right on a whole database

# AccessRight of each privilege (docs/teradata/dictionary.md §1.9).
CODES: dict[str, tuple[str, ...]] = {
    "SELECT": ("R",),
    "RETRIEVE": ("R",),
    "INSERT": ("I",),
    "UPDATE": ("U",),
    "DELETE": ("D",),
    "EXECUTE": ("E",),
    "EXEC": ("E",),
    "EXECUTE FUNCTION": ("EF",),
    "EXECUTE PROCEDURE": ("PE",),
    "CREATE TABLE": ("CT",),
    "DROP TABLE": ("DT",),
    "TABLE": ("CT", "DT"),
    "CREATE VIEW": ("CV",),
    "DROP VIEW": ("DV",),
    "VIEW": ("CV", "DV"),
    "CREATE MACRO": ("CM",),
    "DROP MACRO": ("DM",),
    "MACRO": ("CM", "DM"),
    "CREATE PROCEDURE": ("PC",),
    "DROP PROCEDURE": ("PD",),
    "PROCEDURE": ("PC", "PD"),
    "CREATE FUNCTION": ("CF",),
    "DROP FUNCTION": ("DF",),
    "FUNCTION": ("CF", "DF"),
    "CREATE TRIGGER": ("CG",),
    "DROP TRIGGER": ("DG",),
    "TRIGGER": ("CG", "DG"),
    "CREATE EXTERNAL PROCEDURE": ("CE",),
    "CREATE DATABASE": ("CD",),
    "DROP DATABASE": ("DD",),
    "DATABASE": ("CD", "DD"),
    "CREATE USER": ("CU",),
    "DROP USER": ("DU",),
    "USER": ("CU", "DU"),
    "CREATE AUTHORIZATION": ("CA",),
    "DROP AUTHORIZATION": ("DA",),
    "INDEX": ("IX",),
    "STATISTICS": ("ST",),
    "REFERENCES": ("RF",),
    "SHOW": ("SH",),
    "CHECKPOINT": ("CP",),
    "DUMP": ("DP",),
    "RESTORE": ("RS",),
    "NONTEMPORAL": ("NT",),
    "ALTER FUNCTION": ("AF",),
    "ALTER PROCEDURE": ("AP",),
    "ALTER EXTERNAL PROCEDURE": ("AE",),
    "CREATE OWNER PROCEDURE": ("OP",),
}

# Codes of rights that ALL does not stand for (the same, and "AccessRight Column" of public lists of them).
_NOT_IN_ALL: dict[str, tuple[str, ...]] = {
    "UDTTYPE": ("UT",),
    "UDTMETHOD": ("UM",),
    "UDTUSAGE": ("UU",),
    "CREATE GLOP": ("GC",),
    "DROP GLOP": ("GD",),
    "GLOP": ("GC", "GD"),
    "GLOP MEMBER": ("GM",),
    "CTCONTROL": ("TH",),
}

_MONITOR = {"MONRESOURCE": "MR", "MONSESSION": "MS", "ABORTSESSION": "AS", "SETRESRATE": "SR", "SETSESSRATE": "SS"}
_ON_NO_OBJECT: dict[str, tuple[str, ...]] = {
    **{right: (code,) for right, code in _MONITOR.items()},
    "MONITOR": tuple(_MONITOR.values()),
    "CREATE ROLE": ("CR",),
    "DROP ROLE": ("DR",),
    "ROLE": ("CR", "DR"),
    "CREATE PROFILE": ("CO",),
    "DROP PROFILE": ("DO",),
    "PROFILE": ("CO", "DO"),
    "CONSTRAINT ASSIGNMENT": ("SA",),
    "CONSTRAINT DEFINITION": ("SD",),
}
_OF_NO_OBJECT = "PUBLIC"  # DatabaseName of such a right (docs/teradata/dictionary.md §1.9)
_ON_COLUMNS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")

# First words of the privileges that Teradata knows besides; any other word in their place is no SQL.
_OTHER_RIGHTS = frozenset(
    "ABORT ALTER CONSTRAINT CREATE CTCONTROL DROP GLOP MONITOR MONRESOURCE MONSESSION OVERRIDE SETRESRATE"
    " SETSESSRATE UDTMETHOD UDTTYPE UDTUSAGE".split()
)

# What ALL means on one object of a kind; of a database it is everything above.
_ALL: dict[str, tuple[str, ...]] = {
    "table": ("R", "I", "U", "D", "IX", "ST", "RF", "DT", "CG", "DG", "DP", "RS"),
    "view": ("R", "I", "U", "D", "DV"),
    "macro": ("E", "DM"),
    "procedure": ("PE", "PD", "AP"),
    "function": ("EF", "DF", "AF"),
}


_NO_DATABASES = ("map", "zone")  # rights on these are not recorded


def _refused(at: Statement) -> EmulatorRefusal:
    return EmulatorRefusal(" ".join(at.text.split("(")[0].split())[:60].upper())


def grant(session: Session, meaning: Grant, at: Statement, rows: Sequence[Any]) -> Result:
    """GRANT of rights, roles, CONNECT THROUGH or LOGON; a GRANT OPTION stays until it is revoked."""
    what = meaning.what
    if isinstance(what, RoleMembership):
        return _grant_roles(session, what)
    if isinstance(what, ConnectThrough):
        return grant_connect(session, what)
    if isinstance(what, Logon):
        return set_logon(session, what, granted=True)
    for right in _meant(session, what, at):
        before = session.system.get(right.key)
        grantable = right.grantable or (isinstance(before, Right) and before.grantable)
        session.system.put(msgspec.structs.replace(right, grantable=grantable))
    return Result(activity="Grant")


def revoke(session: Session, meaning: Revoke, at: Statement, rows: Sequence[Any]) -> Result:
    """REVOKE of rights, roles, CONNECT THROUGH or LOGON."""
    what = meaning.what
    if isinstance(what, RoleMembership):
        for role in what.roles:
            for grantee in what.grantees:
                session.system.remove(("member", fold(role), fold(grantee)))
        return Result(activity="Revoke Role")
    if isinstance(what, ConnectThrough):
        return revoke_connect(session, what)
    if isinstance(what, Logon):
        return set_logon(session, what, granted=False)
    for right in _meant(session, what, at):
        before = session.system.get(right.key)
        if not right.grantable:
            session.system.remove(right.key)
        elif isinstance(before, Right):
            session.system.put(msgspec.structs.replace(before, grantable=False))
    return Result(activity="Revoke")


class _On(NamedTuple):
    """What a right is on, and its code."""

    database: str
    name: str
    column: str
    code: str


def _meant(session: Session, what: Privileges | SystemPrivileges | str, at: Statement) -> Iterator[Right]:
    """The rights that are given or taken, each of each grantee.

    Raises:
        EmulatorRefusal: how a right is recorded is not known.
    """
    if isinstance(what, str) or (isinstance(what, Privileges) and what.kind in _NO_DATABASES):
        raise _refused(at)
    found = list(_of_no_object(what, at) if isinstance(what, SystemPrivileges) else _on_object(session, what))
    for grantee in what.grantees:
        _check_grantee(session, grantee, missing=3802)
        for on in found:
            yield Right(
                grantee=grantee,
                database=on.database,
                name=on.name,
                column=on.column,
                code=on.code,
                grantor=session.user,
                grantable=what.grant_option,
                all_users=isinstance(what, Privileges) and what.all_users,
                created=session.stamp_time,
            )


def _of_no_object(what: SystemPrivileges, at: Statement) -> Iterator[_On]:
    """MONITOR and its parts, roles, profiles, constraints; of maps, zones and CTCONTROL the codes are not known."""
    if not set(what.rights) <= set(_ON_NO_OBJECT):
        raise _refused(at)
    codes = [code for right in what.rights for code in _ON_NO_OBJECT[right]]
    if what.but_not:
        codes = [code for code in _MONITOR.values() if code not in codes]
    for code in codes:
        yield _On(_OF_NO_OBJECT, WHOLE, WHOLE, code)


def _on_object(session: Session, what: Privileges) -> Iterator[_On]:
    database, name, kind = _object(session, what)
    whole = tuple(right for right in what.rights if "(" not in right)
    codes = _codes(whole, kind)
    if what.all_but:
        if len(whole) < len(what.rights):
            raise EmulatorRefusal("ALL BUT with columns")
        codes = tuple(code for code in _codes(("ALL",), kind) if code not in codes)
    for code in codes:
        yield _On(database, name, WHOLE, code)
    for right in what.rights:
        if right not in whole:
            yield from _on_columns(session, (database, name), right)


def _on_columns(session: Session, place: tuple[str, str], right: str) -> Iterator[_On]:
    """A right on columns: one row a column.

    Raises:
        TeradataError: 3810, there is no such column.
    """
    cursor = Cursor.of(right)
    start = cursor.at
    while cursor.key not in ("(", ""):
        cursor.at += 1
    verb = cursor.keywords(start, cursor.at)
    entry = None if place[1] == WHOLE else session.system.entry(*place)
    if verb not in _ON_COLUMNS or entry is None or not isinstance(entry.found, Table | View):
        raise EmulatorRefusal(f"the right {right}")
    known = {fold(column.name): column.name for column in entry.found.columns}
    for name in cursor.names():
        if fold(name) not in known:
            raise failure(3810, name)
        yield _On(*place, known[fold(name)], CODES[verb][0])


def _object(session: Session, what: Privileges) -> tuple[str, str, str]:
    """Database, name and kind of what the right is on; one name alone is an object before it is a database."""
    database, name = what.object
    if not database and name and (found := session.entry(None, name)):
        return found.found.database, found.found.name, found.found.kind
    if not name or not database:
        home = session.system.required_database(database or name).found
        return home.name, WHOLE, "database"
    entry = session.entry(database, name)
    if entry is None:
        raise failure(3807, f"{database}.{name}")
    return entry.found.database, entry.found.name, entry.found.kind


def _codes(rights: tuple[str, ...], kind: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for right in rights:
        name = right.removesuffix(" PRIVILEGES")
        if name == "ALL":
            found |= dict.fromkeys(_ALL.get(kind) or sorted({code for codes in CODES.values() for code in codes}))
        elif name == "EXECUTE" and kind in ("procedure", "function"):
            found["PE" if kind == "procedure" else "EF"] = None
        elif name in CODES or name in _NOT_IN_ALL:
            found |= dict.fromkeys(CODES.get(name) or _NOT_IN_ALL[name])
        elif name.split()[0] in _OTHER_RIGHTS:
            raise EmulatorRefusal(f"the right {right}")
        else:
            raise failure(3706, f"expected something between the word 'GRANT' and the word '{right}'.")
    return tuple(found)


def _check_grantee(session: Session, grantee: str, missing: int) -> None:
    """A right asks for a database of this name (3802, as dbt-teradata's tests expect), a role for a user or role."""
    known = session.system.database(grantee) or session.system.get(("role", fold(grantee)))
    if known is None and fold(grantee) != "PUBLIC":
        raise failure(missing, grantee)


def _grant_roles(session: Session, what: RoleMembership) -> Result:
    for role in what.roles:
        if session.system.get(("role", fold(role))) is None:
            raise failure(5623, role)
        for grantee in what.grantees:
            _check_grantee(session, grantee, missing=5623)
            session.system.put(
                Membership(
                    role=role,
                    grantee=grantee,
                    grantor=session.user,
                    granted=session.stamp_time,
                    admin=what.admin_option,
                )
            )
    return Result(activity="Grant Role")
