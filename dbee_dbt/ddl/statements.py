"""What a statement says, as frozen values. Which of them query or change rows is told by their class."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.ddl.administration_statements import (
    AlterObject,
    CollectStatistics,
    ConnectThrough,
    Give,
    Grant,
    Granted,
    Logon,
    ModifyProfile,
    Operation,
    Privileges,
    Revoke,
    RoleMembership,
    StatisticsItem,
    SystemPrivileges,
)
from dbee_dbt.ddl.alter_table.actions import (
    Action,
    AddColumn,
    AddColumns,
    AddConstraint,
    AddPeriod,
    AlterTable,
    DropColumn,
    DropConstraint,
    DropIdentity,
    DropPeriod,
    FromTimeZone,
    ModifyPrimary,
    Normalize,
    NullPartitionHandler,
    OtherAction,
    Range,
    RangeChange,
    RefreshSnapshot,
    ReleaseRows,
    RenameColumn,
    Revalidate,
    SetDown,
    SetOptions,
    SystemVersioning,
    ToCurrent,
    UpdateForeign,
    Upkeep,
)
from dbee_dbt.ddl.session_statements import (
    Help,
    HelpColumn,
    SetDatabase,
    SetQueryBand,
    SetSession,
    Show,
    Transaction,
)
from dbee_dbt.model.objects import (
    CodeObject,
    Database,
    Definition,
    HashIndex,
    JoinIndex,
    SecondaryIndex,
    Table,
    View,
)


class CreateTable(Struct, frozen=True):
    """CREATE TABLE with its columns."""

    table: Table


class CreateTableAs(Struct, frozen=True, kw_only=True):
    """CREATE TABLE … AS.

    Args:
        table: all that is written of the table; columns have names and attributes and no types.
        query: exact text of the query without the parentheses around it; None where a table is copied.
        source: ``(database, name)`` of the table that is copied; None where a query is.
        with_data: WITH DATA.
        with_statistics: AND STATISTICS; None where neither it nor AND NO STATISTICS is written.
    """

    table: Table
    query: str | None = None
    source: tuple[str, str] | None = None
    with_data: bool
    with_statistics: bool | None = None


class CreateView(Struct, frozen=True, kw_only=True):
    """CREATE VIEW, REPLACE VIEW.

    Args:
        view: its ``text`` is the exact text of the statement; its columns are those of the written list.
        query: exact text of the query, without the LOCKING modifiers in front and WITH CHECK OPTION behind.
        locking: each LOCKING modifier as canonical text.
        check_option: WITH CHECK OPTION.
    """

    view: View
    replace: bool
    recursive: bool = False
    query: str
    locking: tuple[str, ...] = ()
    check_option: bool = False


class CreateCode(Struct, frozen=True):
    """CREATE or REPLACE of an object that is its text: macro, procedure, function, method, trigger …"""

    object: CodeObject
    replace: bool


class CreateDefinition(Struct, frozen=True):
    """CREATE or REPLACE of an object that is its clauses: role, profile, type, authorization, foreign server …"""

    definition: Definition
    replace: bool


class CreateJoinIndex(Struct, frozen=True):
    """CREATE JOIN INDEX."""

    index: JoinIndex


class CreateHashIndex(Struct, frozen=True):
    """CREATE HASH INDEX."""

    index: HashIndex


class CreateDatabase(Struct, frozen=True):
    """CREATE DATABASE, CREATE USER."""

    database: Database


class ModifyDatabase(Struct, frozen=True):
    """MODIFY DATABASE, MODIFY USER; what is not written is None in the database."""

    database: Database


class DeleteDatabase(Struct, frozen=True):
    """DELETE DATABASE, DELETE USER: drops all that lies in it."""

    name: str
    kind: Literal["database", "user"] = "database"
    all: bool = False


class CreateIndex(Struct, frozen=True):
    """CREATE INDEX: one or more secondary indexes on a table."""

    database: str
    name: str
    indexes: tuple[SecondaryIndex, ...]


class DropIndex(Struct, frozen=True, kw_only=True):
    """DROP INDEX by its name or by its columns.

    Args:
        database: of the table.
        name: of the table.
        index: the index's name, or None.
        columns: the index's columns; empty where it is named.
        order_by: the ordering that tells it from others on the same columns, or None.
    """

    database: str
    name: str
    index: str | None = None
    columns: tuple[str, ...] = ()
    order_by: tuple[Literal["VALUES", "HASH"], str] | None = None


class CommentOn(Struct, frozen=True, kw_only=True):
    """COMMENT ON.

    Args:
        kind: ``table``, ``view``, ``column``, ``database`` …; ``""`` where none is written.
        database: the database that the object lies in; of a database itself, ``""``.
        name: of the object, or of the table or view of a column.
        column: of a column or parameter; else None.
        text: the comment; None where the statement asks for it.
    """

    kind: str
    database: str
    name: str
    column: str | None = None
    text: str | None


class DropObject(Struct, frozen=True, kw_only=True):
    """DROP of anything but an index.

    Args:
        kind: ``table``, ``view``, ``macro``, ``database``, ``join index`` …
        database: of the object; ``""`` for what lies in none.
        all: DROP TABLE … ALL.
        temporary: DROP TEMPORARY TABLE.
        parameters: parameter types of a function or method, canonical; None where none are written.
        on: ``(database, name)`` of the table whose error table is dropped; None for any other object.
    """

    kind: str
    database: str
    name: str
    all: bool = False
    temporary: bool = False
    parameters: str | None = None
    on: tuple[str, str] | None = None


class RenameObject(Struct, frozen=True):
    """RENAME; names are ``(database, name)``."""

    kind: str
    old: tuple[str, str]
    new: tuple[str, str]


class Call(Struct, frozen=True):
    """CALL; arguments are exact texts."""

    database: str
    name: str
    arguments: tuple[str, ...]


class ExecuteMacro(Struct, frozen=True):
    """EXEC; arguments are exact texts, ``name = value`` as written."""

    database: str
    name: str
    arguments: tuple[str, ...]


class Query(Struct, frozen=True, kw_only=True):
    """A query.

    Args:
        text: its exact text without the LOCKING modifiers in front.
        locking: each LOCKING modifier as canonical text.
    """

    text: str
    locking: tuple[str, ...] = ()


class Dml(Struct, frozen=True, kw_only=True):
    """A statement that changes rows.

    Args:
        verb: ``INSERT``, ``UPDATE``, ``DELETE`` or ``MERGE``.
        text: its exact text without the LOCKING modifiers in front.
        locking: each LOCKING modifier as canonical text.
    """

    verb: Literal["INSERT", "UPDATE", "DELETE", "MERGE"]
    text: str
    locking: tuple[str, ...] = ()


class Explain(Struct, frozen=True):
    """EXPLAIN.

    Args:
        text: exact text of the statement that is explained.
    """

    text: str


class OpaqueStatement(Struct, frozen=True):
    """A statement that no reader understands.

    Args:
        keyword: its first word in upper case; ``""`` where it begins with none.
        text: the exact statement, secrets included.
    """

    keyword: str
    text: str


StatementAst = (
    CreateTable
    | CreateTableAs
    | CreateView
    | CreateCode
    | CreateDefinition
    | CreateJoinIndex
    | CreateHashIndex
    | CreateDatabase
    | ModifyDatabase
    | DeleteDatabase
    | CreateIndex
    | DropIndex
    | CommentOn
    | AlterTable
    | DropObject
    | RenameObject
    | SetDatabase
    | SetQueryBand
    | SetSession
    | Transaction
    | Grant
    | Revoke
    | Give
    | CollectStatistics
    | AlterObject
    | ModifyProfile
    | Operation
    | Show
    | HelpColumn
    | Help
    | Call
    | ExecuteMacro
    | Query
    | Dml
    | Explain
    | OpaqueStatement
)

__all__ = [
    "Action",
    "AddColumn",
    "AddColumns",
    "AddConstraint",
    "AddPeriod",
    "AlterObject",
    "AlterTable",
    "Call",
    "CollectStatistics",
    "CommentOn",
    "ConnectThrough",
    "CreateCode",
    "CreateDatabase",
    "CreateDefinition",
    "CreateHashIndex",
    "CreateIndex",
    "CreateJoinIndex",
    "CreateTable",
    "CreateTableAs",
    "CreateView",
    "DeleteDatabase",
    "Dml",
    "DropColumn",
    "DropConstraint",
    "DropIdentity",
    "DropIndex",
    "DropObject",
    "DropPeriod",
    "ExecuteMacro",
    "Explain",
    "FromTimeZone",
    "Give",
    "Grant",
    "Granted",
    "Help",
    "HelpColumn",
    "Logon",
    "ModifyDatabase",
    "ModifyPrimary",
    "ModifyProfile",
    "Normalize",
    "NullPartitionHandler",
    "OpaqueStatement",
    "Operation",
    "OtherAction",
    "Privileges",
    "Query",
    "Range",
    "RangeChange",
    "RefreshSnapshot",
    "ReleaseRows",
    "RenameColumn",
    "RenameObject",
    "Revalidate",
    "Revoke",
    "RoleMembership",
    "SetDatabase",
    "SetDown",
    "SetOptions",
    "SetQueryBand",
    "SetSession",
    "Show",
    "StatementAst",
    "StatisticsItem",
    "SystemPrivileges",
    "SystemVersioning",
    "ToCurrent",
    "Transaction",
    "UpdateForeign",
    "Upkeep",
]
