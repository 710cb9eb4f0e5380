"""What a statement does, to which kind of object, and to which one."""

from __future__ import annotations

import re
from typing import NamedTuple

from dbee_dbt.ddl.naming import written_name, written_path
from dbee_dbt.ddl.statements import (
    AlterObject,
    AlterTable,
    Call,
    CollectStatistics,
    CommentOn,
    ConnectThrough,
    CreateCode,
    CreateDatabase,
    CreateDefinition,
    CreateHashIndex,
    CreateIndex,
    CreateJoinIndex,
    CreateTable,
    CreateTableAs,
    CreateView,
    DeleteDatabase,
    Dml,
    DropIndex,
    DropObject,
    ExecuteMacro,
    Explain,
    Give,
    Grant,
    Help,
    HelpColumn,
    Logon,
    ModifyDatabase,
    ModifyProfile,
    OpaqueStatement,
    Operation,
    Privileges,
    Query,
    RenameObject,
    Revoke,
    RoleMembership,
    SetDatabase,
    SetQueryBand,
    SetSession,
    Show,
    StatementAst,
    SystemPrivileges,
    Transaction,
)


class Subject(NamedTuple):
    """What a statement is about.

    Args:
        action: in lower case: ``create``, ``replace``, ``comment``, ``insert`` …
        kind: of the object: ``table``, ``join index``, ``column`` …; ``""`` where the statement does not tell.
        key: ``database.name`` as it stands in SQL; an index and statistics are told by their table; ``""`` for none.
    """

    action: str
    kind: str = ""
    key: str = ""


def subject(ast: StatementAst) -> Subject:
    """What a statement is about; of one that is not understood, nothing is told."""
    match ast:
        case OpaqueStatement():
            return Subject("")
        case CreateTable() | CreateTableAs():
            return Subject("create", ast.table.kind, written_path(ast.table.database, ast.table.name))
        case CreateView():
            return Subject(_verb(ast.replace), "view", written_path(ast.view.database, ast.view.name))
        case CreateCode():
            found = ast.object
            return Subject(_verb(ast.replace), found.kind, written_path(found.database, found.name))
        case CreateDefinition():
            definition = ast.definition
            return Subject(_verb(ast.replace), definition.kind, written_path(definition.database, definition.name))
        case CreateJoinIndex() | CreateHashIndex():
            return Subject("create", ast.index.kind, written_path(ast.index.database, ast.index.name))
        case CreateDatabase():
            return Subject("create", ast.database.kind, written_name(ast.database.name))
        case ModifyDatabase():
            return Subject("modify", ast.database.kind, written_name(ast.database.name))
        case ModifyProfile():
            return Subject("modify", "profile", written_name(ast.profile.name))
        case Grant() | Revoke():
            return _of_right(ast)
        case Give():
            return Subject("give", "database", written_name(ast.name))
        case Operation():
            return Subject(ast.name.lower(), ast.kind)
        case Query():
            return Subject("select", "query")
        case Explain():
            return Subject("explain", "query")
        case Dml():
            return Subject(ast.verb.lower(), "rows")
    return _of_session(ast) or _of_object(ast)


def _verb(replace: bool) -> str:
    return "replace" if replace else "create"


def _of_object(ast: StatementAst) -> Subject:
    """Of what names an object that exists."""
    match ast:
        case DeleteDatabase():
            return Subject("delete", ast.kind, written_name(ast.name))
        case CommentOn():
            column = f".{written_name(ast.column)}" if ast.column is not None else ""
            return Subject("comment", ast.kind, written_path(ast.database, ast.name) + column)
        case RenameObject():
            return Subject("rename", ast.kind, written_path(*ast.old))
        case DropObject():
            return Subject("drop", ast.kind, written_path(ast.database, ast.name))
        case AlterTable() | AlterObject():
            return Subject("alter", ast.kind, written_path(ast.database, ast.name))
        case CreateIndex():
            return Subject("create", "index", written_path(ast.database, ast.name))
        case DropIndex():
            return Subject("drop", "index", written_path(ast.database, ast.name))
        case CollectStatistics():
            return Subject("drop" if ast.drop else "collect", "statistics", written_path(ast.database, ast.name))
        case Show() | Help():
            return Subject(type(ast).__name__.lower(), ast.kind, _named(ast.database, ast.name))
        case HelpColumn():
            return Subject("help", "column", _named(ast.database, ast.name))
        case Call():
            return Subject("call", "procedure", written_path(ast.database, ast.name))
        case ExecuteMacro():
            return Subject("execute", "macro", written_path(ast.database, ast.name))
    return Subject(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(ast).__name__).lower())


def _named(database: str, name: str) -> str:
    return written_path(database, name) if name else written_name(database) if database else ""


def _of_right(ast: Grant | Revoke) -> Subject:
    action, what = type(ast).__name__.lower(), ast.what
    match what:
        case Privileges():
            return Subject(action, what.kind or "right", written_path(*what.object))
        case RoleMembership():
            return Subject(action, "role", ", ".join(map(written_name, what.roles)))
        case SystemPrivileges():
            return Subject(action, "right")
        case ConnectThrough():
            return Subject(action, "connect through", written_name(what.trusted))
        case Logon():
            return Subject(action, "logon")
    return Subject(action)


def _of_session(ast: StatementAst) -> Subject | None:
    match ast:
        case SetDatabase():
            return Subject("set", "database", written_name(ast.name))
        case SetQueryBand():
            return Subject("set", "query band")
        case SetSession():
            return Subject("set", ast.setting.lower())
        case Transaction():
            return Subject(ast.action, "transaction")
    return None
