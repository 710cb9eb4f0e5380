"""Reads statements about objects that exist: COMMENT, DROP and RENAME; the other readers are in files of their own."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.definitions import error_table_name
from dbee_dbt.ddl.indexes import read_order
from dbee_dbt.ddl.kinds import home, read_object_kind
from dbee_dbt.ddl.rights import read_give, read_grant, read_revoke
from dbee_dbt.ddl.statements import CommentOn, DropIndex, DropObject, RenameObject, StatementAst
from dbee_dbt.ddl.statistics import STATISTICS, read_collect, read_statistics
from dbee_dbt.ddl.user_types import METHOD_WORDS, TYPES, cast_name

_WITHOUT_DATABASE = frozenset({"database", "user"})


def read_comment(cursor: Cursor, default_database: str) -> StatementAst | None:
    """COMMENT [ON] [kind] object [AS|IS] ['text']."""
    cursor.at += 1
    cursor.accept("ON")
    start = cursor.at
    kind = read_object_kind(cursor)
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
    if cursor.accept_any(STATISTICS):
        return read_statistics(cursor, default_database, drop=True)
    if cursor.key in ("INDEX", "UNIQUE"):
        return _drop_index(cursor, default_database)
    temporary = cursor.accept("TEMPORARY")
    if cursor.keys[cursor.at + 1] == "METHOD":
        cursor.accept_any(METHOD_WORDS)
    kind = read_object_kind(cursor)
    if kind in _DROPPED:
        found = _DROPPED[kind](cursor, default_database)
        return found if cursor.done else None
    if not kind or kind == "column" or not cursor.is_name():
        return None
    database, name = cursor.qualified("" if kind in _WITHOUT_DATABASE else home(kind, default_database))
    parameters = cursor.group() if cursor.key == "(" else None
    all_ = cursor.accept("ALL")
    if kind == "method" and cursor.accept("FOR"):
        cursor.qualified("")
    if not cursor.done:
        return None
    return DropObject(kind=kind, database=database, name=name, all=all_, temporary=temporary, parameters=parameters)


def _drop_cast(cursor: Cursor, default_database: str) -> DropObject:
    return DropObject(kind="cast", database=TYPES, name=cast_name(cursor))


def _drop_ordering(cursor: Cursor, default_database: str) -> DropObject:
    cursor.expect("FOR")
    database, name = cursor.qualified(TYPES)
    return DropObject(kind="ordering", database=database, name=name)


def _drop_transform(cursor: Cursor, default_database: str) -> DropObject:
    """``DROP TRANSFORM group|ALL FOR type``."""
    all_ = cursor.accept("ALL")
    group = "" if all_ else f" {cursor.qualified('')[1]}"
    cursor.expect("FOR")
    database, name = cursor.qualified(TYPES)
    return DropObject(kind="transform", database=database, name=f"{name}{group}", all=all_)


def _drop_error_table(cursor: Cursor, default_database: str) -> DropObject:
    if not cursor.accept("FOR"):
        database, name = cursor.qualified(default_database)
        return DropObject(kind="error table", database=database, name=name)
    database, table = cursor.qualified(default_database)
    return DropObject(kind="error table", database=database, name=error_table_name(table), on=(database, table))


_DROPPED: dict[str, Callable[[Cursor, str], DropObject]] = {
    "cast": _drop_cast,
    "ordering": _drop_ordering,
    "transform": _drop_transform,
    "error table": _drop_error_table,
}


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
    kind = read_object_kind(cursor)
    if not kind or not cursor.is_name():
        return None
    old = cursor.qualified(default_database)
    if cursor.key == "(":
        cursor.skip_group()
    if not (cursor.accept("TO") or cursor.accept("AS")):
        cursor.expect("TO")
    return RenameObject(kind, old, cursor.qualified(old[0]))


READERS: dict[str, Callable[[Cursor, str], StatementAst | None]] = {
    "COMMENT": read_comment,
    "DROP": read_drop,
    "RENAME": read_rename,
    "GRANT": read_grant,
    "REVOKE": read_revoke,
    "GIVE": read_give,
    "COLLECT": read_collect,
}
"""Readers by the first word of a statement."""
