"""What statements say about rights, statistics, objects that exist, and the running of the system."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import Definition


class Privileges(Struct, frozen=True, kw_only=True):
    """GRANT or REVOKE of rights on an object.

    Args:
        rights: in upper case (``SELECT``, ``CREATE TABLE``, ``ALL``); columns in parentheses stay with them.
        all_but: the rights are those that ALL BUT leaves out.
        kind: ``procedure``, ``function``, ``type``, ``map``, ``zone`` …, or ``""`` where none is written.
        object: ``(database, name)``; the database is ``""`` where only one name is written: whether that names a
            database or an object of the default one, only the catalog tells.
        parameters: parameter types of a function, canonical; None where none are written.
        grantees: names as written; ``PUBLIC`` too.
        all_users: TO ALL name: the databases below it too.
        grant_option: WITH GRANT OPTION, or GRANT OPTION FOR of a REVOKE.
    """

    rights: tuple[str, ...]
    all_but: bool = False
    kind: str = ""
    object: tuple[str, str]
    parameters: str | None = None
    grantees: tuple[str, ...]
    all_users: bool = False
    grant_option: bool = False


class SystemPrivileges(Struct, frozen=True, kw_only=True):
    """GRANT or REVOKE of rights that are on no object.

    Args:
        rights: in upper case (``MONITOR``, ``CREATE ROLE``, ``CONSTRAINT ASSIGNMENT``, ``ZONE OVERRIDE``).
        but_not: MONITOR BUT NOT: the rights are those that are left out.
        grantees: names as written; ``PUBLIC`` too.
        grant_option: WITH GRANT OPTION, or GRANT OPTION FOR of a REVOKE.
    """

    rights: tuple[str, ...]
    but_not: bool = False
    grantees: tuple[str, ...]
    grant_option: bool = False


class RoleMembership(Struct, frozen=True, kw_only=True):
    """GRANT or REVOKE of roles."""

    roles: tuple[str, ...]
    grantees: tuple[str, ...]
    admin_option: bool = False


class ConnectThrough(Struct, frozen=True, kw_only=True):
    """GRANT or REVOKE of CONNECT THROUGH.

    Args:
        trusted: the trusted user.
        trust_only: WITH TRUST_ONLY.
        permanent: the users are users of the database; else application users.
        users: who connects through it.
        roles: WITH ROLE.
        without_role: WITHOUT ROLE.
        profile: WITH PROFILE, or None.
    """

    trusted: str
    trust_only: bool = False
    permanent: bool = False
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    without_role: bool = False
    profile: str | None = None


class Logon(Struct, frozen=True, kw_only=True):
    """GRANT or REVOKE of LOGON.

    Args:
        hosts: host numbers; empty for ALL.
        as_default: AS DEFAULT: for all users that are not named.
        users: the users that are named.
        null_password: WITH NULL PASSWORD.
    """

    hosts: tuple[int, ...] = ()
    as_default: bool = False
    users: tuple[str, ...] = ()
    null_password: bool = False


Granted = Privileges | SystemPrivileges | RoleMembership | ConnectThrough | Logon | str


class Grant(Struct, frozen=True):
    """GRANT; ``what`` is canonical text where it is not understood."""

    what: Granted


class Revoke(Struct, frozen=True):
    """REVOKE; ``what`` is canonical text where it is not understood."""

    what: Granted


class Give(Struct, frozen=True):
    """GIVE: a database or user gets another owner."""

    name: str
    to: str


class StatisticsItem(Struct, frozen=True, kw_only=True):
    """One set of columns, or an index, of COLLECT or DROP STATISTICS.

    Args:
        on: ``COLUMN``, ``INDEX``, ``UNIQUE PRIMARY INDEX`` …
        expressions: canonical text of each column or expression; ``PARTITION`` too. Empty where a name says all.
        name: AS name, or the name of an index.
        order_by: how an index is ordered, canonical; None where nothing is written.
        using: the options of USING that hold for it, each as canonical text.
        values: VALUES: the statistics themselves follow in the text.
    """

    on: str
    expressions: tuple[str, ...] = ()
    name: str | None = None
    order_by: str | None = None
    using: tuple[str, ...] = ()
    values: bool = False


class CollectStatistics(Struct, frozen=True, kw_only=True):
    """COLLECT STATISTICS, DROP STATISTICS.

    Args:
        database: of the table.
        name: of the table.
        text: the exact statement.
        drop: DROP STATISTICS.
        items: what it is on; empty for SUMMARY, and for all that was collected before.
        using: the options of USING, each as canonical text, where they stand in front of no item.
        summary: COLLECT SUMMARY STATISTICS.
        temporary: ON TEMPORARY.
        source: FROM: ``(database, name)`` of the table whose statistics are taken.
        source_columns: the columns behind FROM.
        unread: canonical text of what is not understood.
    """

    database: str
    name: str
    text: str
    drop: bool = False
    items: tuple[StatisticsItem, ...] = ()
    using: tuple[str, ...] = ()
    summary: bool = False
    temporary: bool = False
    source: tuple[str, str] | None = None
    source_columns: tuple[str, ...] = ()
    unread: str = ""


class AlterObject(Struct, frozen=True, kw_only=True):
    """ALTER of anything but a table.

    Args:
        kind: ``procedure``, ``function``, ``trigger``, ``foreign server`` …
        parameters: parameter types of a function or method, canonical; None where none are written.
        clauses: what is to change, without secrets.
    """

    kind: str
    database: str
    name: str
    parameters: str | None = None
    clauses: tuple[Clause, ...] = ()


class ModifyProfile(Struct, frozen=True):
    """MODIFY PROFILE; the options that it does not name stay."""

    profile: Definition


OperationKind = Literal[
    "query logging",
    "access logging",
    "query capture",
    "isolated loading",
    "checkpoint",
    "archive",
    "diagnostic",
    "lock",
]


class Operation(Struct, frozen=True, kw_only=True):
    """A statement that runs the system and defines nothing: logging, query capture, isolated loading, checkpoints …

    Args:
        name: its words: ``BEGIN QUERY LOGGING``.
        clauses: what it says, in order.
        kind: ``query logging``, ``access logging`` …: a noun for what it is about.
    """

    name: str
    clauses: tuple[Clause, ...] = ()
    kind: OperationKind
