"""Reads statements about objects that exist: COMMENT, DROP, RENAME, GRANT, REVOKE, COLLECT STATISTICS."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.indexes import read_order
from dbee_dbt.ddl.kinds import home, read_kind
from dbee_dbt.ddl.statements import (
    CollectStatistics,
    CommentOn,
    DropIndex,
    DropObject,
    Grant,
    Privileges,
    RenameObject,
    Revoke,
    RoleMembership,
    StatementAst,
)

_WITHOUT_DATABASE = frozenset({"database", "user"})
_STATISTICS = ("STATISTICS", "STATS", "STAT")


def _kind(cursor: Cursor) -> str:
    """Takes the words of any kind of object; ``""`` where none come."""
    for word in ("TABLE", "VIEW", "DATABASE", "USER", "COLUMN"):
        if cursor.accept(word):
            return word.lower()
    if cursor.accept("SPECIFIC", "FUNCTION"):
        return "function"
    return read_kind(cursor)


def read_comment(cursor: Cursor, default_database: str) -> StatementAst | None:
    """COMMENT [ON] [kind] object [AS|IS] ['text']."""
    cursor.at += 1
    cursor.accept("ON")
    start = cursor.at
    kind = _kind(cursor)
    if kind and not cursor.is_name():
        cursor.at, kind = start, ""
    if not cursor.is_name():
        return None
    path = [cursor.name()]
    while cursor.accept("."):
        path.append(cursor.name())
    if not (cursor.accept("AS") or cursor.accept("IS")) and not (cursor.done or cursor.is_string()):
        return None
    text = None if cursor.done else cursor.string()
    if not cursor.done:
        cursor.fail(f"the end of the comment is expected, {cursor.shown} found")
    return _comment(kind, path, default_database, text)


def _comment(kind: str, path: list[str], default_database: str, text: str | None) -> CommentOn | None:
    column = path.pop() if (kind == "column" and len(path) > 1) or len(path) == 3 else None
    if kind == "column" and column is None:
        return None
    if kind in _WITHOUT_DATABASE:
        return CommentOn(kind=kind, database="", name=path[0], text=text)
    database, name = path if len(path) == 2 else (home(kind, default_database), path[0])
    return CommentOn(kind=kind or ("column" if column else ""), database=database, name=name, column=column, text=text)


def read_drop(cursor: Cursor, default_database: str) -> StatementAst | None:
    """DROP of any kind of object, of an index, of statistics."""
    cursor.at += 1
    if cursor.accept_any(_STATISTICS):
        return _statistics(cursor, default_database, drop=True)
    if cursor.key in ("INDEX", "UNIQUE"):
        return _drop_index(cursor, default_database)
    temporary = cursor.accept("TEMPORARY")
    kind = _kind(cursor)
    if not kind or kind == "column":
        return None
    if kind == "error table":
        cursor.accept("FOR")
    if not cursor.is_name():
        return None
    database, name = cursor.qualified("" if kind in _WITHOUT_DATABASE else home(kind, default_database))
    parameters = cursor.group() if cursor.key == "(" else None
    all_ = cursor.accept("ALL")
    if not cursor.done:
        return None
    return DropObject(kind=kind, database=database, name=name, all=all_, temporary=temporary, parameters=parameters)


def _drop_index(cursor: Cursor, default_database: str) -> DropIndex:
    cursor.accept("UNIQUE")
    cursor.expect("INDEX")
    index = None if cursor.key in ("(", "ALL") else cursor.name()
    cursor.accept("ALL")
    columns = cursor.names() if cursor.key == "(" else ()
    order_by = read_order(cursor, columns) if columns else None
    cursor.expect("ON")
    cursor.accept("TEMPORARY")
    database, name = cursor.qualified(default_database)
    return DropIndex(database=database, name=name, index=index, columns=columns, order_by=order_by)


def read_rename(cursor: Cursor, default_database: str) -> StatementAst | None:
    """RENAME kind old TO|AS new."""
    cursor.at += 1
    kind = _kind(cursor)
    if not kind or not cursor.is_name():
        return None
    old = cursor.qualified(default_database)
    if cursor.key == "(":
        cursor.skip_group()
    if not (cursor.accept("TO") or cursor.accept("AS")):
        cursor.expect("TO")
    return RenameObject(kind, old, cursor.qualified(old[0]))


def read_grant(cursor: Cursor, default_database: str) -> StatementAst | None:
    """GRANT of rights or roles."""
    cursor.at += 1
    return Grant(_granted(cursor, "TO", False))


def read_revoke(cursor: Cursor, default_database: str) -> StatementAst | None:
    """REVOKE of rights or roles."""
    cursor.at += 1
    option = cursor.accept("GRANT", "OPTION", "FOR") or cursor.accept("ADMIN", "OPTION", "FOR")
    return Revoke(_granted(cursor, "FROM", option))


def _granted(cursor: Cursor, towards: str, option: bool) -> Privileges | RoleMembership | str:
    start = cursor.at
    privileges = _privileges(cursor, towards, option)
    if privileges is not None:
        return privileges
    cursor.at = start
    return _roles(cursor, towards, option) or cursor.canonical(start, len(cursor.tokens))


def _privileges(cursor: Cursor, towards: str, option: bool) -> Privileges | None:
    all_but = cursor.accept("ALL", "BUT")
    rights = _rights(cursor)
    if not rights or not cursor.accept("ON"):
        return None
    kind = _object_kind(cursor)
    if not cursor.is_name():
        return None
    target = cursor.qualified("")
    if cursor.key == "(":
        cursor.skip_group()
    if not (cursor.accept(towards) or cursor.accept("TO")):
        return None
    all_users = cursor.accept("ALL")
    grantees = _name_list(cursor)
    option = cursor.accept("WITH", "GRANT", "OPTION") or option
    if not grantees or not cursor.done:
        return None
    return Privileges(
        rights=rights,
        all_but=all_but,
        kind=kind,
        object=target,
        grantees=grantees,
        all_users=all_users,
        grant_option=option,
    )


def _object_kind(cursor: Cursor) -> str:
    start = cursor.at
    kind = _kind(cursor)
    if kind and cursor.is_name():
        return kind
    cursor.at = start
    return ""


def _rights(cursor: Cursor) -> tuple[str, ...]:
    """Takes rights up to ON: words, with columns in parentheses."""
    found: list[str] = []
    start = cursor.at
    while cursor.key not in ("ON", "TO", "FROM", ""):
        if cursor.key == ",":
            found.append(cursor.keywords(start, cursor.at))
            start = cursor.at + 1
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if cursor.at > start:
        found.append(cursor.keywords(start, cursor.at))
    return tuple("ALL" if right == "ALL PRIVILEGES" else right for right in found)


def _roles(cursor: Cursor, towards: str, option: bool) -> RoleMembership | None:
    roles = _name_list(cursor)
    if not roles or not (cursor.accept(towards) or cursor.accept("TO")):
        return None
    grantees = _name_list(cursor)
    option = cursor.accept("WITH", "ADMIN", "OPTION") or option
    if not grantees or not cursor.done:
        return None
    return RoleMembership(roles=roles, grantees=grantees, admin_option=option)


def _name_list(cursor: Cursor) -> tuple[str, ...]:
    """Takes names; each may have ROLE in front (REVOKE … FROM ROLE r)."""
    found = []
    while cursor.is_name():
        if cursor.key == "ROLE" and cursor.keys[cursor.at + 1] not in (",", ""):
            cursor.at += 1
        found.append(cursor.name())
        if not cursor.accept(","):
            break
    return tuple(found)


def read_collect(cursor: Cursor, default_database: str) -> StatementAst | None:
    """COLLECT STATISTICS in both orders of its parts."""
    cursor.at += 1
    cursor.accept("SUMMARY")
    if not cursor.accept_any(_STATISTICS):
        return None
    return _statistics(cursor, default_database, drop=False)


def _statistics(cursor: Cursor, default_database: str, *, drop: bool) -> CollectStatistics | None:
    """The table stands behind the first ON outside parentheses; the old form writes it first, without ON."""
    start = cursor.at
    while cursor.key not in ("ON", ""):
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    if not cursor.accept("ON"):
        cursor.at = start
    cursor.accept("TEMPORARY")
    if not cursor.is_name() or cursor.key in ("COLUMN", "INDEX", "USING"):
        return None
    database, name = cursor.qualified(default_database)
    return CollectStatistics(database=database, name=name, text=cursor.source(0), drop=drop)


READERS: dict[str, Callable[[Cursor, str], StatementAst | None]] = {
    "COMMENT": read_comment,
    "DROP": read_drop,
    "RENAME": read_rename,
    "GRANT": read_grant,
    "REVOKE": read_revoke,
    "COLLECT": read_collect,
}
"""Readers by the first word of a statement."""
