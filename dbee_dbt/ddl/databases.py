"""Reads what CREATE and MODIFY say of databases and users (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from typing import Any, Literal

from dbee_dbt.ddl.clauses import Form, form, group, literal, name_or_word, path, read_clause, skip, unknown_text, word
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.options import PROTECTION, Fields, read_option
from dbee_dbt.ddl.phrases import phrases, refuse_cut
from dbee_dbt.ddl.profiles import accounts, row_level_constraints
from dbee_dbt.ddl.sizes import read_size
from dbee_dbt.ddl.types import read_interval
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
        read_interval(cursor)
    else:
        _literal_or_word(cursor)
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
_PHRASES = (
    *phrases("PERM =", "PERMANENT =", "SPOOL =", "TEMPORARY =", value="a size"),
    *phrases("ACCOUNT =", "PASSWORD =", "DEFAULT MAP =", "DEFAULT JOURNAL TABLE =", value="a value"),
    *phrases("DROP DEFAULT JOURNAL TABLE", "RELEASE PASSWORD LOCK"),
    *(option.words for option in _OPTIONS),
    *PROTECTION,
)
_SKEW = phrases("SKEW =", value="a number")
_OVERRIDES = phrases("OVERRIDE ON ERROR", "OVERRIDE NOT ON ERROR")


def read_database(cursor: Cursor, kind: Literal["database", "user"]) -> Database:
    """Takes ``name [FROM owner] [AS clauses]`` of CREATE; a password is taken and not kept.

    Args:
        cursor: stands behind DATABASE or USER.
        kind: which of the two.

    Raises:
        DdlError: AS is missing, or a clause breaks off.
    """
    fields: dict[str, Any] = {"name": cursor.name(), "kind": kind}
    if cursor.accept("FROM"):
        if cursor.key == "AS":
            cursor.fail("a name is expected, AS found")
        fields["owner"] = cursor.name()
    return Database(**fields) if cursor.done else _with_clauses(cursor, fields)


def read_modified_database(cursor: Cursor, kind: Literal["database", "user"]) -> Database:
    """Takes ``name AS clauses`` of MODIFY; see :func:`read_database`."""
    return _with_clauses(cursor, {"name": cursor.name(), "kind": kind})


def _with_clauses(cursor: Cursor, fields: dict[str, Any]) -> Database:
    cursor.expect("AS")
    clauses: list[str] = []
    options: list[Clause] = []
    while True:
        if cursor.key in (",", ""):
            cursor.fail(f"a clause of the {fields['kind']} is expected, {cursor.shown} found")
        _take_clause(cursor, fields, options, clauses)
        if cursor.done:
            return Database(options=tuple(options), clauses=tuple(clauses), **fields)
        cursor.accept(",")


def _take_clause(cursor: Cursor, fields: Fields, options: list[Clause], clauses: list[str]) -> None:
    """Takes one clause into the place where it belongs; among ``clauses`` stand those that are kept as text."""
    several = _several_accounts(cursor)
    if several:
        clauses.append(several)
        return
    start = cursor.at
    option = read_clause(cursor, _OPTIONS)
    if option is not None and cursor.key in _BEHIND_OPTION:
        options.append(option)
        return
    cursor.at = start
    refuse_cut(cursor, _PHRASES, _BEGINS_CLAUSE | {",", ""})
    if not _read_clause(cursor, fields):
        cursor.at = start
        _skip_clause(cursor)
        clauses.append(unknown_text(cursor, start))


def _skip_clause(cursor: Cursor) -> None:
    """Takes a clause that is not understood: up to a comma, or to the next clause where none separates them."""
    start = cursor.at
    while cursor.at == start or cursor.key not in (",", ""):
        if cursor.at > start + 2 and cursor.keys[cursor.at - 1] != "=" and cursor.key in _BEGINS_CLAUSE:
            return
        skip(cursor)


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
    refuse_cut(cursor, _SKEW, (",", ""))
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
    if cursor.key in (",", ""):
        cursor.fail(f"a password is expected, {cursor.shown} found")
    skip(cursor)
    if cursor.accept("FOR"):
        cursor.expect("USER")
    return True


def _default(cursor: Cursor, fields: Fields) -> bool:
    if cursor.accept("DEFAULT", "JOURNAL", "TABLE"):
        cursor.accept("=")
        fields["journal_table"] = qualified(*cursor.qualified(""))
    elif cursor.accept("DEFAULT", "MAP"):
        cursor.accept("=")
        name = cursor.name()
        refuse_cut(cursor, _OVERRIDES, (",", ""))
        if cursor.key not in (",", ""):
            return False
        fields["map"] = name
    return cursor.key in (",", "")
