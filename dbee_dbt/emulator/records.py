"""What the emulated system remembers: immutable records, each under a key."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, Column, Database, Definition

Key = tuple[str, ...]
"""What a record is found by: its sort, then folded names."""


class Statistic(Struct, frozen=True):
    """One COLLECT STATISTICS on a table.

    Args:
        columns: what it is on; empty for SUMMARY.
        collected: when, as ``YYYY-MM-DD HH:MM:SS``.
        rows: rows of the table then.
        name: behind AS, or None.
        using: options of its USING as canonical text.
        created: when it was first collected; "" of one that an older file holds.
        source: StatsSource: ``S`` collected, ``T`` copied with a table.
    """

    columns: tuple[str, ...]
    collected: str
    rows: int = 0
    name: str | None = None
    using: tuple[str, ...] = ()
    created: str = ""
    source: str = "S"


class Entry(Struct, frozen=True, kw_only=True, tag="object"):
    """One object of the system.

    Args:
        id: never used twice; a table's rows are found by it.
        found: the object, with every default applied that the system applies when it is created.
        request: text of the last DDL request that touched it (RequestText).
        query: of a view, the text of its query.
        seen: of a view, the columns that its tables and views had when it was made, by folded database and name.
        default_database: in which unqualified names of its text are looked up.
        column_ids: ColumnId of each column, in the order of ``found.columns``.
        index_numbers: IndexNumber of each secondary index, by its folded columns.
        statistics: what was collected on it.
        identity_next: the next number of its identity column, or None.
        text: of an object that is its clauses, the source text as submitted, secrets masked.
        columns: of a join or hash index, the columns that it stores; empty where they are not known.
    """

    id: int
    found: CatalogObject
    request: str = ""
    query: str = ""
    seen: dict[str, dict[str, tuple[str, ...]]] = {}
    default_database: str = ""
    column_ids: tuple[int, ...] = ()
    index_numbers: dict[str, int] = {}
    statistics: tuple[Statistic, ...] = ()
    identity_next: int | None = None
    text: str = ""
    columns: tuple[Column, ...] = ()

    @property
    def key(self) -> Key:
        """``("database", name)`` or ``("object", database, name)``: one name space for every kind."""
        return object_key(self.found)


class Right(Struct, frozen=True, kw_only=True, tag="right"):
    """A privilege that was granted.

    Args:
        grantee: user, database or role.
        database: on which it is.
        name: the object, or ``All`` for the whole database.
        column: the column, or ``All``.
        all_users: TO ALL: of the databases below the grantee too.
        code: two letters at most, as AllRightsV shows them (docs/teradata/dictionary.md §1.9).
        grantor: who gave it.
        grantable: WITH GRANT OPTION.
        created: when, as ``YYYY-MM-DD HH:MM:SS``.
    """

    grantee: str
    database: str
    name: str
    code: str
    grantor: str
    grantable: bool
    created: str
    column: str = "All"
    all_users: bool = False

    @property
    def key(self) -> Key:
        on_column = () if self.column == "All" else (fold(self.column),)
        return ("right", fold(self.grantee), fold(self.database), fold(self.name), self.code, *on_column)


class Role(Struct, frozen=True, kw_only=True, tag="role"):
    """A role; EXTERNAL is among its options."""

    name: str
    creator: str
    created: str
    comment: str | None = None
    options: tuple[Clause, ...] = ()

    @property
    def key(self) -> Key:
        return ("role", fold(self.name))


class Membership(Struct, frozen=True, kw_only=True, tag="member"):
    """A role granted to a user or role."""

    role: str
    grantee: str
    grantor: str
    granted: str
    admin: bool = False

    @property
    def key(self) -> Key:
        return ("member", fold(self.role), fold(self.grantee))


class Profile(Struct, frozen=True, kw_only=True, tag="profile"):
    """A profile; its options are kept and have no effect."""

    name: str
    creator: str
    created: str
    comment: str | None = None
    options: tuple[Clause, ...] = ()

    @property
    def key(self) -> Key:
        return ("profile", fold(self.name))


class Defined(Struct, frozen=True, kw_only=True, tag="definition"):
    """An object that is its clauses and lies outside of the name space of a database: cast, map, error table …

    Args:
        found: the object.
        request: text of the last DDL request that touched it.
        text: source text as submitted.
    """

    found: Definition
    request: str = ""
    text: str = ""

    @property
    def key(self) -> Key:
        return ("definition", self.found.kind, fold(self.found.database), fold(self.found.name))


ALL_HOSTS = 1024  # LogicalHostID of a logon rule for ALL (docs/teradata/dictionary.md §1.9)


class ConnectRule(Struct, frozen=True, kw_only=True, tag="connect"):
    """GRANT CONNECT THROUGH.

    Args:
        trusted: the user through whose sessions others connect.
        user: who connects; "" of the rule that stands for TRUST_ONLY.
        permanent: whether that is a user of the system; else an application's.
        trust_only: WITH TRUST_ONLY holds for the trusted user.
        roles: WITH ROLE.
        without_role: WITHOUT ROLE.
        profile: WITH PROFILE, or None.
    """

    trusted: str
    user: str
    permanent: bool = False
    trust_only: bool = False
    roles: tuple[str, ...] = ()
    without_role: bool = False
    profile: str | None = None

    @staticmethod
    def key_of(trusted: str, user: str) -> Key:
        """The key of the rule of these two."""
        return ("connect", fold(trusted), fold(user))

    @property
    def key(self) -> Key:
        return self.key_of(self.trusted, self.user)


class LogonRule(Struct, frozen=True, kw_only=True, tag="logon"):
    """GRANT or REVOKE LOGON of a user, or of ``Default``, from a host."""

    user: str
    host: int
    granted: bool
    null_password: bool
    creator: str
    created: str

    @property
    def key(self) -> Key:
        return ("logon", fold(self.user), str(self.host))


Record = ConnectRule | LogonRule | Entry | Right | Role | Membership | Profile | Defined

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(Record)


def encode(record: Record) -> bytes:
    """The record as bytes for the file."""
    return _ENCODER.encode(record)


def decode(data: bytes) -> Record:
    """The record that ``encode`` wrote.

    Raises:
        msgspec.MsgspecError: the bytes are something else.
    """
    record: Record = _DECODER.decode(data)
    return record


def object_key(found: CatalogObject) -> Key:
    """The key of an object's entry."""
    if isinstance(found, Database):
        return ("database", fold(found.name))
    return ("object", fold(found.database), fold(found.name))
