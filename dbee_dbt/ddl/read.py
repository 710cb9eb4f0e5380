"""Statement text to what it says; whatever is not understood stays as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dbee_dbt.ddl import administration, session
from dbee_dbt.ddl.alter_table.read import read_alter
from dbee_dbt.ddl.alterations import read_modify_profile
from dbee_dbt.ddl.code import read_create_code, read_locking, read_view
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.databases import read_database, read_modified_database
from dbee_dbt.ddl.indexes import read_secondary_index
from dbee_dbt.ddl.join_indexes import read_hash_index, read_join_index
from dbee_dbt.ddl.operations import locking as locking_alone
from dbee_dbt.ddl.operations import read_operation
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.ddl.statements import (
    CreateDatabase,
    CreateIndex,
    DeleteDatabase,
    Dml,
    Explain,
    ModifyDatabase,
    OpaqueStatement,
    Query,
    StatementAst,
)
from dbee_dbt.ddl.tables import read_create_table

Reader = Callable[[Cursor, str], StatementAst | None]

_HEADER_OF_TABLE = frozenset({"SET", "MULTISET", "VOLATILE", "GLOBAL", "FOREIGN"})


def read_statement(statement: Statement | str, *, default_database: str = "") -> StatementAst:
    """What one statement says.

    Args:
        statement: a statement of a script, or the text of exactly one.
        default_database: the database of names that are not qualified.

    Returns:
        an OpaqueStatement for what no reader understands, and for a text that is not exactly one statement.

    Raises:
        DdlError: it is DDL that can be told and is broken; the message names line and column.
    """
    if isinstance(statement, str):
        found = split_script(statement)
        if len(found) != 1:
            return OpaqueStatement(found[0].tokens[0].key if found else "", statement)
        statement = found[0]
    cursor = Cursor(statement.text, statement.tokens, statement.start, statement.line, statement.column)
    read = _READERS.get(cursor.key) if statement.form == "sql" else None
    ast = read(cursor, default_database) if read else None
    if ast is not None:
        return ast
    return OpaqueStatement(_keyword(statement), statement.text)


def _keyword(statement: Statement) -> str:
    first = statement.tokens[0]
    if first.kind == "command":
        return first.text.split(maxsplit=1)[0].upper()
    return first.key if first.kind == "word" else ""


def _create(cursor: Cursor, default_database: str) -> StatementAst | None:
    if cursor.keys[cursor.at + 1] == "QUERY":
        return read_operation(cursor, default_database)
    replace = cursor.accept("REPLACE")
    if not replace:
        cursor.expect("CREATE")
        replace = cursor.accept("OR", "REPLACE")
    match cursor.key:
        case "VIEW":
            return read_view(cursor, replace, default_database)
        case "RECURSIVE":
            return read_view(cursor, replace, default_database)
        case "DATABASE" | "USER":
            return _database(cursor)
        case "UNIQUE" | "INDEX":
            return _index(cursor, default_database)
    if cursor.keys[cursor.at + 1] == "INDEX" and cursor.key in _INDEX_READERS:
        return _INDEX_READERS[cursor.key](cursor, default_database)
    if _is_table(cursor):
        return read_create_table(cursor, default_database)
    return read_create_code(cursor, replace, default_database)


def _is_table(cursor: Cursor) -> bool:
    at = cursor.at
    while (key := cursor.keys[at]) in _HEADER_OF_TABLE:
        at += 1
        while key == "GLOBAL" and cursor.keys[at] in ("TEMPORARY", "TRACE"):
            at += 1
    return cursor.keys[at] == "TABLE"


def _create_view(cursor: Cursor, default_database: str) -> StatementAst:
    return read_view(cursor, False, default_database)


def _create_macro(cursor: Cursor, default_database: str) -> StatementAst | None:
    return read_create_code(cursor, False, default_database)


def _database(cursor: Cursor) -> CreateDatabase:
    kind = cursor.accept_any(("DATABASE", "USER"))
    return CreateDatabase(read_database(cursor, "user" if kind == "USER" else "database"))


def _modify(cursor: Cursor, default_database: str) -> StatementAst | None:
    cursor.at += 1
    if cursor.accept("PROFILE"):
        return read_modify_profile(cursor, default_database)
    kind = cursor.accept_any(("DATABASE", "USER"))
    return ModifyDatabase(read_modified_database(cursor, "user" if kind == "USER" else "database")) if kind else None


def _index(cursor: Cursor, default_database: str) -> CreateIndex:
    indexes = []
    while (index := read_secondary_index(cursor)) is not None:
        indexes.append(index)
        cursor.accept(",")
    cursor.expect("ON")
    cursor.accept("TEMPORARY")
    database, name = cursor.defined(default_database)
    _expect_end(cursor)
    return CreateIndex(database, name, tuple(indexes))


def _expect_end(cursor: Cursor) -> None:
    if not cursor.done:
        cursor.fail(f"the end of the statement is expected, {cursor.shown} found")


def _request(cursor: Cursor, default_database: str) -> StatementAst | None:
    """A query or DML, with LOCKING modifiers in front; or DDL behind them."""
    if cursor.keys[cursor.at : cursor.at + 2] == ["INSERT", "EXPLAIN"]:
        return read_operation(cursor, default_database)
    locking = read_locking(cursor)
    if cursor.done:
        return locking_alone(locking) if locking else None
    text = cursor.source(cursor.at)
    key = cursor.key
    if key in _QUERIES:
        return Query(text=text, locking=locking)
    if key == "USING":
        key = _behind_using(cursor)
        if key in _QUERIES:
            return Query(text=text, locking=locking)
    verb = _VERBS.get(key)
    if verb is not None:
        return Dml(verb=verb, text=text, locking=locking)
    read = _READERS.get(key) if locking else None
    return read(cursor, default_database) if read else None


def _temporal(cursor: Cursor, default_database: str) -> StatementAst | None:
    """A query or DML behind ``CURRENT VALIDTIME``, ``NONTEMPORAL``, ``VALIDTIME AS OF …`` and the like."""
    if cursor.keys[cursor.at : cursor.at + 2] == ["NONTEMPORAL", "ALTER"]:
        return read_alter(cursor, default_database)
    start = cursor.at
    while not cursor.done and (cursor.key not in _QUERIES or cursor.key == "(") and cursor.key not in _VERBS:
        cursor.at += 1
    key, text = cursor.key, cursor.source(start)
    if not key or not any(word in _DIMENSIONS for word in cursor.keys[start : cursor.at]):
        return None
    return Query(text=text) if key in _QUERIES else Dml(verb=_VERBS[key], text=text)


_DIMENSIONS = frozenset({"VALIDTIME", "TRANSACTIONTIME", "NONTEMPORAL"})


def _begin_or_end(cursor: Cursor, default_database: str) -> StatementAst | None:
    if cursor.keys[cursor.at + 1] in ("TRANSACTION", ""):
        return session.read_transaction(cursor, default_database)
    return read_operation(cursor, default_database)


def _show(cursor: Cursor, default_database: str) -> StatementAst | None:
    return read_operation(cursor, default_database) or session.read_show(cursor, default_database)


def _create_database(cursor: Cursor, default_database: str) -> CreateDatabase:
    cursor.at += 1
    return CreateDatabase(read_database(cursor, "database"))


def _explain(cursor: Cursor, default_database: str) -> Explain | None:
    cursor.at += 1
    return None if cursor.done else Explain(cursor.source(cursor.at))


def _behind_using(cursor: Cursor) -> str:
    """The verb behind ``USING [ROW] ( … )``."""
    at = cursor.at
    cursor.at += 1
    cursor.accept("ROW")
    if cursor.key == "(":
        cursor.skip_group()
    read_locking(cursor)
    key, cursor.at = cursor.key, at
    return key


def _delete(cursor: Cursor, default_database: str) -> StatementAst | None:
    kind = cursor.keys[cursor.at + 1]
    if kind not in ("DATABASE", "USER") or cursor.keys[cursor.at + 3] not in ("ALL", ""):
        return _request(cursor, default_database)
    cursor.at += 2
    name = cursor.name()
    return DeleteDatabase(name, "user" if kind == "USER" else "database", cursor.accept("ALL"))


_INDEX_READERS: dict[str, Reader] = {"JOIN": read_join_index, "HASH": read_hash_index}
_QUERIES = frozenset({"SELECT", "SEL", "WITH", "("})
_VERBS: dict[str, Literal["INSERT", "UPDATE", "DELETE", "MERGE"]] = {
    "INSERT": "INSERT",
    "INS": "INSERT",
    "UPDATE": "UPDATE",
    "UPD": "UPDATE",
    "DELETE": "DELETE",
    "DEL": "DELETE",
    "MERGE": "MERGE",
}
_READERS: dict[str, Reader] = {
    "CREATE": _create,
    "REPLACE": _create,
    "CT": read_create_table,
    "CV": _create_view,
    "CM": _create_macro,
    "MODIFY": _modify,
    "DELETE": _delete,
    "DEL": _delete,
    **dict.fromkeys(("SELECT", "SEL", "WITH", "(", "INSERT", "INS", "UPDATE", "UPD", "MERGE"), _request),
    **dict.fromkeys(("LOCKING", "LOCK", "USING"), _request),
    "ALTER": read_alter,
    "EXPLAIN": _explain,
    **administration.READERS,
    **session.READERS,
    **dict.fromkeys(("BEGIN", "END"), _begin_or_end),
    **dict.fromkeys(
        ("CHECKPOINT", "DIAGNOSTIC", "FLUSH", "LOGGING", "INCREMENTAL", "DUMP", "INITIATE", "RESTART"), read_operation
    ),
    **dict.fromkeys(("CURRENT", "SEQUENCED", "NONSEQUENCED", *_DIMENSIONS), _temporal),
    "SHOW": _show,
    "CD": _create_database,
}
