"""Authorizations, foreign servers and function mappings: what leads out of the system (docs/teradata/ddl.md §2.1).

No secret is kept: its clause has the name and no value.
"""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.clauses import OTHER, Form, form, group, literal_or_path, path, read_clauses, skip, to_end
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.kinds import home
from dbee_dbt.ddl.secrets import SECRET_WORDS, mask
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import fold, identifier
from dbee_dbt.model.objects import Definition

USING = "USING "
IMPORT = "DO IMPORT WITH"
EXPORT = "DO EXPORT WITH"
_PAIRS = {"": USING, IMPORT: "DO IMPORT USING ", EXPORT: "DO EXPORT USING "}
PAIRS = tuple(_PAIRS.values())
"""What the names of clauses begin with that are pairs of a USING."""


def _trusted(cursor: Cursor) -> str:
    start = cursor.at
    cursor.accept_any(("DEFINER", "INVOKER"))
    cursor.accept_any(("TRUSTED", "DEFAULT"))
    return cursor.keywords(start, cursor.at)


def _secret(cursor: Cursor) -> str:
    """Takes a secret and returns nothing of it; one that is no literal goes as far as no blank interrupts it."""
    cursor.accept("=")
    cursor.at += 1
    while not cursor.done and cursor.tokens[cursor.at].start == cursor.tokens[cursor.at - 1].end:
        cursor.at += 1
    return ""


def _security(cursor: Cursor) -> str:
    words = _trusted(cursor)
    return f"{words} {path(cursor)}" if cursor.is_name() and cursor.key not in ("USING", "DO") else words


_WITH_LITERAL = ("AUTHSERVICETYPE", "ROLENAME", "EXTERNALID", "DURATIONSECONDS", "DOMAIN", "USER")
_AUTHORIZATION: tuple[Form, ...] = (
    form("AS", _trusted),
    *(form(word, literal_or_path) for word in _WITH_LITERAL),
    *(form(word, _secret) for word in sorted(SECRET_WORDS)),
    form("USING"),
)


def read_authorization(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``name [AS DEFINER|INVOKER TRUSTED] USER 'u' PASSWORD 'p'``."""
    database, name = cursor.qualified(default_database)
    clauses = tuple(map(_without_secret, read_clauses(cursor, _AUTHORIZATION)))
    return Definition(kind="authorization", database=database, name=name, clauses=clauses)


def _without_secret(clause: Clause) -> Clause:
    """The clause; where it holds a secret, only what stands in front of it."""
    return Clause(clause.name, mask(clause.value)) if clause.value else clause


def read_foreign_server(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``name [EXTERNAL SECURITY …] [USING name(value) …] [DO IMPORT WITH f …] [DO EXPORT WITH g …]``."""
    database, name = cursor.qualified(home("foreign server", default_database))
    return Definition(kind="foreign server", database=database, name=name, clauses=tuple(_server_clauses(cursor)))


def _server_clauses(cursor: Cursor) -> Iterator[Clause]:
    operator = ""
    while not cursor.done:
        if cursor.accept(","):
            continue
        if cursor.accept("EXTERNAL", "SECURITY"):
            yield Clause("EXTERNAL SECURITY", _security(cursor))
        elif cursor.accept("USING"):
            yield from read_pairs(cursor, _PAIRS[operator])
        elif (operator_found := _operator(cursor)) is not None:
            operator = operator_found.name
            yield operator_found
        else:
            yield _other(cursor)


def _operator(cursor: Cursor) -> Clause | None:
    for words in (IMPORT, EXPORT):
        if cursor.accept(*words.split()):
            return Clause(words, path(cursor))
    return None


def read_pairs(cursor: Cursor, prefix: str) -> Iterator[Clause]:
    """Takes ``name(value) …``; a value that is a secret is left out."""
    while cursor.is_name() and cursor.keys[cursor.at + 1] == "(":
        is_word = cursor.tokens[cursor.at].kind == "word"
        name = fold(cursor.name())
        value = cursor.group()
        text = f"{name}({value})"
        is_secret = mask(text) != text
        yield Clause(prefix + (name if is_word else identifier(name)), "" if is_secret else value)
        cursor.accept(",")


def _other(cursor: Cursor) -> Clause:
    start = cursor.at
    while cursor.at == start or cursor.key not in (",", "EXTERNAL", "USING", "DO", ""):
        skip(cursor)
    return Clause(OTHER, mask(cursor.source(start, cursor.at)))


_MAPPING: tuple[Form, ...] = (
    form("FOR", path),
    form("SERVER", path),
    form("EXTERNAL SECURITY", _security),
    form("MAP JSON", group),
    form("USING", to_end),
)


def read_function_mapping(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``name FOR function [SERVER s] [USING …]``; what is not known stays in one clause."""
    database, name = cursor.qualified(default_database)
    clauses = tuple(map(_without_secret, read_clauses(cursor, _MAPPING)))
    return Definition(kind="function mapping", database=database, name=name, clauses=clauses)
