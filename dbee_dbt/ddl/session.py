"""Reads the statements of a session: its settings and transactions, SHOW, HELP, CALL and EXEC."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.kinds import home, read_kind
from dbee_dbt.ddl.statements import (
    Call,
    ExecuteMacro,
    Help,
    HelpColumn,
    SetDatabase,
    SetQueryBand,
    SetSession,
    Show,
    StatementAst,
    Transaction,
)

_QUERIES = frozenset("SELECT SEL INSERT INS UPDATE UPD DELETE DEL MERGE WITH LOCKING LOCK EXEC EXECUTE CALL".split())
_TRANSACTION_WORDS: dict[str, Literal["begin", "end", "commit", "rollback", "abort"]] = {
    "BT": "begin",
    "BEGIN": "begin",
    "ET": "end",
    "END": "end",
    "COMMIT": "commit",
    "ROLLBACK": "rollback",
    "ABORT": "abort",
}
_SETTINGS = (
    ("TIME", "ZONE"),
    ("CHARACTER", "SET", "UNICODE", "PASS", "THROUGH"),
    ("CALENDAR",),
    ("DEBUG",),
    ("DOT", "NOTATION"),
    ("FUNCTION", "TRACE"),
    ("JSON", "IGNORE", "ERRORS"),
    ("COLLATION",),
    ("ACCOUNT",),
    ("DATEFORM",),
    ("ROLE",),
)


def read_database_statement(cursor: Cursor, default_database: str) -> StatementAst | None:
    """DATABASE x."""
    cursor.at += 1
    if not cursor.is_name():
        return None
    name = cursor.name()
    return SetDatabase(name) if cursor.done else None


def read_transaction(cursor: Cursor, default_database: str) -> StatementAst | None:
    """BT, BEGIN TRANSACTION, ET, END TRANSACTION, COMMIT, ROLLBACK, ABORT."""
    word = cursor.key
    cursor.at += 1
    if word in ("BEGIN", "END") and not cursor.accept("TRANSACTION"):
        return None
    if word in ("BT", "BEGIN", "ET", "END") and not cursor.done:
        return None
    return Transaction(_TRANSACTION_WORDS[word], cursor.source(0))


def read_set(cursor: Cursor, default_database: str) -> StatementAst | None:
    """SET SESSION …, SET QUERY_BAND, SET TIME ZONE, SET ROLE; SS is SET SESSION."""
    in_session = cursor.accept("SS") or cursor.accept("SET", "SESSION")
    if in_session:
        if cursor.accept("DATABASE"):
            name = cursor.name()
            return SetDatabase(name) if cursor.done else None
    else:
        cursor.expect("SET")
    if cursor.accept("QUERY_BAND"):
        return _query_band(cursor)
    return _setting(cursor, in_session)


def _query_band(cursor: Cursor) -> SetQueryBand | None:
    cursor.accept("=")
    if cursor.is_string():
        band: str | None = cursor.string()
    elif cursor.accept("NONE"):
        band = None
    else:
        return None
    update = cursor.accept("UPDATE")
    cursor.accept("FOR")
    scope: Literal["SESSION", "TRANSACTION"] = "TRANSACTION"
    if not cursor.accept("TRANSACTION"):
        scope = "SESSION"
        cursor.accept("SESSION")
    volatile = cursor.accept("VOLATILE")
    return SetQueryBand(band, scope, update, volatile) if cursor.done else None


def _setting(cursor: Cursor, in_session: bool) -> SetSession | None:
    """The words up to ``=`` name the setting; without one, its known name or its first word does."""
    start = cursor.at
    for words in _SETTINGS:
        if cursor.accept(*words):
            break
    else:
        if not in_session or cursor.done:
            return None
        while cursor.key not in ("=", "") and not (cursor.at > start and not cursor.is_name()):
            cursor.at += 1
        if cursor.done:
            cursor.at = start + 1
    setting = cursor.keywords(start, cursor.at)
    cursor.accept("=")
    return SetSession(setting, cursor.canonical(cursor.at, len(cursor.tokens)))


def read_show(cursor: Cursor, default_database: str) -> StatementAst | None:
    """SHOW of an object, a query or statistics (docs/teradata/ddl.md §2.2)."""
    cursor.at += 1
    text = cursor.source(cursor.at)
    in_xml = cursor.accept("IN", "XML")
    qualified = cursor.accept("QUALIFIED")
    if cursor.key in _QUERIES:
        return Show(kind="query", database="", name="", text=text, qualified=qualified, in_xml=in_xml)
    kind = _shown_kind(cursor)
    if not kind or not cursor.is_name():
        return None
    database, name = cursor.qualified(home(kind.removeprefix("specific "), default_database))
    return Show(kind=kind, database=database, name=name, text=text, qualified=qualified, in_xml=in_xml)


def _shown_kind(cursor: Cursor) -> str:
    start = cursor.at
    while cursor.accept_any(("SUMMARY", "CURRENT")):
        pass
    if cursor.accept_any(("STATISTICS", "STATS", "STAT")):
        while cursor.key not in ("ON", ""):
            cursor.at += 1
        cursor.accept("ON")
        cursor.accept("TEMPORARY")
        return "statistics"
    cursor.at = start
    if cursor.accept("ERROR", "TABLE"):
        cursor.accept("FOR")
        return "error table"
    cursor.accept("TEMPORARY")
    return _relation_kind(cursor)


def _relation_kind(cursor: Cursor) -> str:
    for words in (("TABLE",), ("VIEW",), ("FILE",), ("SPECIFIC", "FUNCTION"), ("SPECIFIC", "METHOD")):
        if cursor.accept(*words):
            return " ".join(words).lower()
    return read_kind(cursor)


def read_help(cursor: Cursor, default_database: str) -> StatementAst | None:
    """HELP COLUMN and every other HELP (docs/teradata/dictionary.md §1.4)."""
    cursor.at += 1
    text = cursor.source(cursor.at)
    if cursor.accept("COLUMN"):
        return _help_column(cursor, default_database)
    if cursor.is_string():
        return Help("online", "", "", text)
    kind = _helped_kind(cursor)
    if not kind:
        return None
    if kind == "error table":
        cursor.accept("FOR")
    if kind == "session" or not cursor.is_name():
        return Help(kind, "", "", text)
    alone = kind in ("database", "user")
    database, name = cursor.qualified("" if alone else home(kind.removeprefix("specific "), default_database))
    return Help(kind, database, name, text)


_FOREIGN = (("FOREIGN", "DATABASE"), ("FOREIGN", "FUNCTION"))


def _helped_kind(cursor: Cursor) -> str:
    cursor.accept("CURRENT")
    if cursor.accept_any(("STATISTICS", "STATS", "STAT")):
        cursor.accept("ON")
        return "statistics"
    for words in (("SESSION",), ("DATABASE",), ("USER",), ("VOLATILE", "TABLE"), ("INDEX",), *_FOREIGN):
        if cursor.accept(*words):
            cursor.accept("TEMPORARY")
            return " ".join(words).lower()
    return _relation_kind(cursor)


def _help_column(cursor: Cursor, default_database: str) -> HelpColumn:
    """``t.c, …``, ``c, … FROM t``, ``t.*``, ``* FROM t``, or an expression."""
    text = cursor.source(cursor.at)
    paths: list[list[str]] = []
    while (path := _path(cursor)) is not None:
        paths.append(path)
        if not cursor.accept(","):
            break
    if cursor.accept("FROM") and paths:
        database, name = cursor.qualified(default_database)
        return HelpColumn(database, name, tuple(path[-1] for path in paths if path[-1] != "*"), text)
    owners = {tuple(path[:-1]) for path in paths}
    if not cursor.done or len(owners) != 1 or () in owners:
        return HelpColumn("", "", (), text)
    *database_part, name = owners.pop()
    columns = tuple(path[-1] for path in paths if path[-1] != "*")
    return HelpColumn(database_part[0] if database_part else default_database, name, columns, text)


def _path(cursor: Cursor) -> list[str] | None:
    """Takes ``a.b.c`` or ``a.*``; None where neither comes."""
    path: list[str] = []
    while True:
        if cursor.accept("*"):
            path.append("*")
            return path
        if not cursor.is_name():
            return None
        path.append(cursor.name())
        if not cursor.accept("."):
            return path


def _arguments(cursor: Cursor) -> tuple[str, ...]:
    """Takes ``( argument, … )``; returns the exact texts, ``""`` for what is left out between commas."""
    if not cursor.accept("("):
        return ()
    found: list[str] = []
    start = cursor.at
    while cursor.key not in (")", ""):
        if cursor.key == ",":
            found.append(cursor.source(start, cursor.at))
            start = cursor.at + 1
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if cursor.at > start or found:
        found.append(cursor.source(start, cursor.at))
    cursor.expect(")")
    return tuple(found)


def read_call(cursor: Cursor, default_database: str) -> StatementAst | None:
    """CALL."""
    cursor.at += 1
    if not cursor.is_name():
        return None
    database, name = cursor.qualified(default_database)
    arguments = _arguments(cursor)
    return Call(database, name, arguments) if cursor.done else None


def read_execute(cursor: Cursor, default_database: str) -> StatementAst | None:
    """EXEC of a macro; its arguments stand in parentheses."""
    cursor.at += 1
    if not cursor.is_name() or cursor.key == "IMMEDIATE":
        return None
    database, name = cursor.qualified(default_database)
    arguments = _arguments(cursor)
    return ExecuteMacro(database, name, arguments) if cursor.done else None


READERS: dict[str, Callable[[Cursor, str], StatementAst | None]] = {
    "DATABASE": read_database_statement,
    **dict.fromkeys(_TRANSACTION_WORDS, read_transaction),
    "SET": read_set,
    "SS": read_set,
    "SHOW": read_show,
    "HELP": read_help,
    "CALL": read_call,
    "EXEC": read_execute,
    "EXECUTE": read_execute,
}
"""Readers by the first word of a statement."""
