"""Reads what CREATE and MODIFY say of databases and users (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from typing import Any, Literal

from dbee_dbt.ddl.clauses import Form, form, group, literal, name_or_word, path, read_clause, word
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.options import Fields, read_option
from dbee_dbt.ddl.profiles import accounts, row_level_constraints
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.sizes import read_size
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Database

_SPACES = {"PERM": "perm", "PERMANENT": "perm", "SPOOL": "spool", "TEMPORARY": "temporary"}
_PROTECTION = frozenset({"NO", "NOT", "SINGLE", "DUAL", "LOCAL", "BEFORE", "AFTER", "JOURNAL", "FALLBACK"})
_BEGINS_CLAUSE = frozenset(_SPACES) | {
    *("ACCOUNT", "PASSWORD", "STARTUP", "DEFAULT", "COLLATION", "DATEFORM", "TIME", "PROFILE", "FALLBACK"),
    *("NO", "DUAL", "BEFORE", "AFTER", "EXPORTWIDTH", "TRANSFORM", "DBA", "CONSTRAINT", "RELEASE", "DROP"),
}


def _time_zone(cursor: Cursor) -> str:
    """Takes ``LOCAL``, ``NULL``, ``'-05:00'`` with or without a sign, or an interval."""
    start = cursor.at
    cursor.accept_any(("+", "-"))
    if cursor.accept("INTERVAL"):
        cursor.string()
        while cursor.accept_any(("HOUR", "TO", "MINUTE")):
            pass
    else:
        cursor.at += 1
    return cursor.canonical(start, cursor.at)


def _literal_or_word(cursor: Cursor) -> str:
    return literal(cursor) if cursor.is_string() else word(cursor)


_OPTIONS: tuple[Form, ...] = (
    form("STARTUP =", _literal_or_word, "STARTUP"),
    form("DEFAULT DATABASE =", path, "DEFAULT DATABASE"),
    form("DEFAULT ROLE =", name_or_word, "DEFAULT ROLE"),
    form("PROFILE =", name_or_word, "PROFILE"),
    form("COLLATION =", word, "COLLATION"),
    form("TIME ZONE =", _time_zone, "TIME ZONE"),
    form("DATEFORM =", word, "DATEFORM"),
    form("DEFAULT CHARACTER SET =", word, "DEFAULT CHARACTER SET"),
    form("DEFAULT CHARACTER SET", word),
    form("EXPORTWIDTH =", _literal_or_word, "EXPORTWIDTH"),
    form("TRANSFORM", group),
    form("NOT DBA", "NOT DBA", "DBA"),
    form("DBA", "DBA"),
    form("CONSTRAINT =", row_level_constraints, "CONSTRAINT"),
)
_BEHIND_OPTION = _BEGINS_CLAUSE | {",", "", "NOT"}


def read_database(cursor: Cursor, kind: Literal["database", "user"]) -> Database:
    """Takes ``name [FROM owner] AS clauses``; a password is taken and not kept.

    Args:
        cursor: stands behind DATABASE or USER.
        kind: which of the two.
    """
    fields: dict[str, Any] = {"name": cursor.name(), "kind": kind}
    if cursor.accept("FROM"):
        fields["owner"] = cursor.name()
    cursor.accept("AS")
    clauses: list[str] = []
    options: list[Clause] = []
    while not cursor.done:
        if cursor.accept(","):
            continue
        several = _several_accounts(cursor)
        if several:
            clauses.append(several)
            continue
        start = cursor.at
        option = read_clause(cursor, _OPTIONS)
        if option is not None and cursor.key in _BEHIND_OPTION:
            options.append(option)
            continue
        cursor.at = start
        if not _read_clause(cursor, fields):
            cursor.at = start
            _skip_clause(cursor)
            clauses.append(mask(cursor.canonical(start, cursor.at)))
    return Database(options=tuple(options), clauses=tuple(clauses), **fields)


def _skip_clause(cursor: Cursor) -> None:
    """Takes a clause that is not understood: up to a comma, or to the next clause where none separates them."""
    start = cursor.at
    while cursor.at == start or cursor.key not in (",", ""):
        if cursor.at > start + 2 and cursor.keys[cursor.at - 1] != "=" and cursor.key in _BEGINS_CLAUSE:
            return
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1


def _read_clause(cursor: Cursor, fields: Fields) -> bool:
    key = cursor.key
    if key in _SPACES:
        return _space(cursor, fields)
    if key in _PROTECTION:
        read_option(cursor, fields)
        return fields.pop("other", None) is None
    match key:
        case "ACCOUNT":
            return _account(cursor, fields)
        case "PASSWORD":
            return _password(cursor)
        case "DEFAULT":
            return _default(cursor, fields)
    return False


def _space(cursor: Cursor, fields: Fields) -> bool:
    field = _SPACES[cursor.key]
    cursor.at += 1
    cursor.accept("=")
    size = read_size(cursor)
    cursor.accept("BYTES")
    if size is None or not (cursor.key in (",", "") or cursor.tokens[cursor.at].kind == "word") or cursor.key == "SKEW":
        return False
    fields[field] = size
    return True


def _several_accounts(cursor: Cursor) -> str:
    """Takes ``ACCOUNT =`` with more than one account as text; ``""`` and nothing where there is one, or none."""
    start = cursor.at
    if cursor.accept("ACCOUNT", "=") and (cursor.is_string() or cursor.key == "("):
        found = accounts(cursor)
        if found.startswith("("):
            return f"ACCOUNT = {found}"
    cursor.at = start
    return ""


def _account(cursor: Cursor, fields: Fields) -> bool:
    cursor.at += 1
    cursor.accept("=")
    if not cursor.is_string():
        return False
    fields["account"] = cursor.string()
    return True


def _password(cursor: Cursor) -> bool:
    cursor.at += 1
    cursor.accept("=")
    if cursor.key == "(":
        cursor.skip_group()
    elif not cursor.done:
        cursor.at += 1
    cursor.accept("FOR", "USER")
    return True


def _default(cursor: Cursor, fields: Fields) -> bool:
    if cursor.accept("DEFAULT", "JOURNAL", "TABLE"):
        cursor.accept("=")
        fields["journal_table"] = qualified(*cursor.qualified(""))
    elif cursor.accept("DEFAULT", "MAP"):
        cursor.accept("=")
        name = cursor.name()
        if cursor.key not in (",", ""):
            return False
        fields["map"] = name
    return cursor.key in (",", "")
