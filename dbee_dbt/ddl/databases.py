"""Reads what CREATE and MODIFY say of databases and users (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any, Literal

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.options import Fields, read_option
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Database

_SPACES = {"PERM": "perm", "PERMANENT": "perm", "SPOOL": "spool", "TEMPORARY": "temporary"}
_PROTECTION = frozenset({"NO", "NOT", "SINGLE", "DUAL", "LOCAL", "BEFORE", "AFTER", "JOURNAL", "FALLBACK"})
_BEGINS_CLAUSE = frozenset(_SPACES) | {
    *("ACCOUNT", "PASSWORD", "STARTUP", "DEFAULT", "COLLATION", "DATEFORM", "TIME", "PROFILE", "FALLBACK"),
    *("NO", "DUAL", "BEFORE", "AFTER"),
}
_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right if right else float("nan"),
}


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
    while not cursor.done:
        if cursor.accept(","):
            continue
        start = cursor.at
        if not _read_clause(cursor, fields):
            cursor.at = start
            _skip_clause(cursor)
            clauses.append(cursor.canonical(start, cursor.at))
    return Database(clauses=tuple(clauses), **fields)


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
    if size is None or not (cursor.key in (",", "") or cursor.tokens[cursor.at].kind == "word"):
        return False
    fields[field] = size
    return True


def read_size(cursor: Cursor) -> float | None:
    """Takes a product of numbers: ``60e6``, ``10*1024*1024``."""
    found = _factor(cursor)
    while found is not None and cursor.key in _OPERATORS:
        operate = _OPERATORS[cursor.key]
        cursor.at += 1
        factor = _factor(cursor)
        found = None if factor is None else operate(found, factor)
        found = found if found is not None and isfinite(found) else None
    return found


def _factor(cursor: Cursor) -> float | None:
    if cursor.done or cursor.tokens[cursor.at].kind != "number":
        return None
    cursor.at += 1
    number = float(cursor.keys[cursor.at - 1])
    return number if isfinite(number) else None


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
        fields["map"] = cursor.name()
    return cursor.key in (",", "")
