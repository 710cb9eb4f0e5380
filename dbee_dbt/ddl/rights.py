"""Reads GRANT, REVOKE and GIVE (docs/teradata/ddl.md §2.1; SQL Data Control Language, B035-1149)."""

from __future__ import annotations

from msgspec.structs import replace

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.kinds import read_object_kind
from dbee_dbt.ddl.statements import (
    ConnectThrough,
    Give,
    Grant,
    Granted,
    Logon,
    Privileges,
    Revoke,
    RoleMembership,
    StatementAst,
    SystemPrivileges,
)

_ENDS_RIGHTS = frozenset({"ON", "TO", "FROM", ""})
_ON_NO_OBJECT = frozenset(
    {"MONITOR", "MONRESOURCE", "MONSESSION", "ABORTSESSION", "SETRESRATE", "SETSESSRATE", "ZONE OVERRIDE"}
    | {"CONSTRAINT ASSIGNMENT", "CONSTRAINT DEFINITION", "CTCONTROL"}
    | {f"{verb}{kind}" for verb in ("CREATE ", "DROP ", "") for kind in ("ROLE", "PROFILE", "ZONE", "MAP")}
)


def read_grant(cursor: Cursor, default_database: str) -> StatementAst | None:
    """GRANT of rights, roles, CONNECT THROUGH or LOGON.

    Raises:
        DdlError: it says FROM, as only REVOKE does.
    """
    cursor.at += 1
    if "FROM" in cursor.keys:
        cursor.at = cursor.keys.index("FROM")
        cursor.fail(f"TO is expected, {cursor.shown} found")
    return Grant(_granted(cursor, False))


def read_revoke(cursor: Cursor, default_database: str) -> StatementAst | None:
    """REVOKE of rights, roles, CONNECT THROUGH or LOGON."""
    cursor.at += 1
    option = cursor.accept("GRANT", "OPTION", "FOR") or cursor.accept("ADMIN", "OPTION", "FOR")
    return Revoke(_granted(cursor, option))


def read_give(cursor: Cursor, default_database: str) -> StatementAst | None:
    """GIVE database TO owner."""
    cursor.at += 1
    name = cursor.name()
    cursor.expect("TO")
    to = cursor.name()
    return Give(name, to) if cursor.done else None


def _granted(cursor: Cursor, option: bool) -> Granted:
    start = cursor.at
    for read in (_connect_through, _logon, _privileges, _of_map_or_zone, _system_privileges, _roles):
        found = read(cursor, option)
        if found is not None and cursor.done:
            return found
        cursor.at = start
    return cursor.canonical(start, len(cursor.tokens))


def _towards(cursor: Cursor) -> bool:
    return cursor.accept("TO") or cursor.accept("FROM")


def _privileges(cursor: Cursor, option: bool) -> Privileges | None:
    all_but = cursor.accept("ALL", "BUT")
    rights = _rights(cursor)
    if not rights or not cursor.accept("ON"):
        return None
    kind = _object_kind(cursor)
    if not cursor.is_name():
        return None
    target = cursor.qualified("")
    parameters = cursor.group() if cursor.key == "(" else None
    if not _towards(cursor):
        return None
    all_users = cursor.key == "ALL"
    grantees = _grantees(cursor, all_users)
    option = cursor.accept("WITH", "GRANT", "OPTION") or option
    if not grantees:
        return None
    return Privileges(
        rights=rights,
        all_but=all_but,
        kind=kind,
        object=target,
        parameters=parameters,
        grantees=grantees,
        all_users=all_users,
        grant_option=option,
    )


def _object_kind(cursor: Cursor) -> str:
    start = cursor.at
    kind = read_object_kind(cursor)
    if kind and cursor.is_name():
        return kind
    cursor.at = start
    return ""


def _grantees(cursor: Cursor, all_users: bool) -> tuple[str, ...]:
    """Takes names, each with ALL in front of it or none; nothing where some have it and others have not."""
    found: list[str] = []
    while True:
        if cursor.accept("ALL") != all_users or not cursor.is_name():
            return ()
        found.append(_grantee(cursor))
        if not cursor.accept(","):
            return tuple(found)


def _rights(cursor: Cursor) -> tuple[str, ...]:
    """Takes rights: words, with columns in parentheses."""
    found: list[str] = []
    start = cursor.at
    while cursor.key not in _ENDS_RIGHTS:
        if cursor.key == ",":
            found.append(cursor.keywords(start, cursor.at))
            start = cursor.at + 1
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if cursor.at > start:
        found.append(cursor.keywords(start, cursor.at))
    return tuple("ALL" if right == "ALL PRIVILEGES" else right for right in found)


def _of_map_or_zone(cursor: Cursor, option: bool) -> Privileges | None:
    """``MAP m TO …``, ``ZONE z TO …``."""
    kind = cursor.accept_any(("MAP", "ZONE"))
    if not kind or not cursor.is_name() or cursor.key in ("TO", "FROM", "OVERRIDE"):
        return None
    name = cursor.name()
    grantees = _name_list(cursor) if _towards(cursor) else ()
    option = cursor.accept("WITH", "GRANT", "OPTION") or option
    if not grantees:
        return None
    return Privileges(rights=(kind,), kind=kind.lower(), object=("", name), grantees=grantees, grant_option=option)


def _system_privileges(cursor: Cursor, option: bool) -> SystemPrivileges | None:
    but_not = cursor.accept("MONITOR", "BUT", "NOT")
    rights = tuple(right.removesuffix(" PRIVILEGES") for right in _rights(cursor))
    if not rights or not set(rights) <= _ON_NO_OBJECT or not _towards(cursor):
        return None
    grantees = _name_list(cursor)
    option = cursor.accept("WITH", "GRANT", "OPTION") or option
    if not grantees:
        return None
    return SystemPrivileges(rights=rights, but_not=but_not, grantees=grantees, grant_option=option)


def _roles(cursor: Cursor, option: bool) -> RoleMembership | None:
    roles = _name_list(cursor)
    if not roles or not _towards(cursor):
        return None
    grantees = _name_list(cursor)
    option = cursor.accept("WITH", "ADMIN", "OPTION") or option
    return RoleMembership(roles=roles, grantees=grantees, admin_option=option) if grantees else None


def _name_list(cursor: Cursor) -> tuple[str, ...]:
    """Takes names; a comma that none follows stays where it is."""
    found = list[str]()
    while True:
        start = cursor.at
        if (found and not cursor.accept(",")) or not cursor.is_name():
            cursor.at = start
            return tuple(found)
        found.append(_grantee(cursor))


def _grantee(cursor: Cursor) -> str:
    """Takes a name; ROLE may stand in front of it (REVOKE … FROM ROLE r)."""
    if cursor.key == "ROLE" and cursor.keys[cursor.at + 1] not in (",", "", "WITH"):
        cursor.at += 1
    return cursor.name()


def _connect_through(cursor: Cursor, option: bool) -> ConnectThrough | None:
    if not cursor.accept("CONNECT", "THROUGH") or not cursor.is_name():
        return None
    trusted = cursor.name()
    trust_only = cursor.accept("WITH", "TRUST_ONLY") or cursor.accept("WITH", "TRUST", "ONLY")
    if not _towards(cursor):
        return ConnectThrough(trusted=trusted, trust_only=trust_only)
    found = _proxy_users(cursor, ConnectThrough(trusted=trusted, trust_only=trust_only))
    if not found.users:
        return None
    while cursor.accept(","):
        other = _proxy_users(cursor, replace(found, users=()))
        if replace(other, users=()) != replace(found, users=()):
            return None  # users with other roles: kept as text
        found = replace(found, users=(*found.users, *other.users))
    return found


def _proxy_users(cursor: Cursor, of: ConnectThrough) -> ConnectThrough:
    """Takes ``[PERMANENT] user, … [WITH ROLE r, …] [WITHOUT ROLE] [WITH PROFILE p]``, in this order."""
    return replace(
        of,
        permanent=cursor.accept("PERMANENT"),
        users=_name_list(cursor),
        roles=_name_list(cursor) if cursor.accept("WITH", "ROLE") else (),
        without_role=cursor.accept("WITHOUT", "ROLE"),
        profile=cursor.name() if cursor.accept("WITH", "PROFILE") else None,
    )


def _logon(cursor: Cursor, option: bool) -> Logon | None:
    if not cursor.accept("LOGON", "ON"):
        return None
    of_all = cursor.accept("ALL")
    hosts = () if of_all else _hosts(cursor)
    as_default = cursor.accept("AS", "DEFAULT")
    of_some = _towards(cursor)
    users = _name_list(cursor) if of_some else ()
    if not (of_all or hosts) or (of_some and not users):
        return None
    null_password = cursor.accept("WITH", "NULL", "PASSWORD")
    return Logon(hosts=hosts, as_default=as_default, users=users, null_password=null_password)


def _hosts(cursor: Cursor) -> tuple[int, ...]:
    found = []
    while (host := cursor.integer()) is not None:
        found.append(host)
        if not cursor.accept(","):
            return tuple(found)
    return ()
