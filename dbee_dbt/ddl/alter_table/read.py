"""Reads ALTER TABLE into its actions (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbee_dbt.ddl.alter_table.actions import (
    Action,
    AddPeriod,
    AlterTable,
    DropColumn,
    DropConstraint,
    DropIdentity,
    DropPeriod,
    FromTimeZone,
    Normalize,
    OtherAction,
    RefreshSnapshot,
    ReleaseRows,
    RenameColumn,
    Revalidate,
    SetDown,
    SetOptions,
    SystemVersioning,
    ToCurrent,
    UpdateForeign,
)
from dbee_dbt.ddl.alter_table.columns import expect_constraint, read_add_columns, security_columns
from dbee_dbt.ddl.alter_table.primary import begins_range, read_handler, read_modify
from dbee_dbt.ddl.alterations import read_alter_object
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.options import read_option
from dbee_dbt.ddl.statements import StatementAst
from dbee_dbt.ddl.tables import (
    qualify,
    read_constraint,
    read_normalize,
    read_on_commit,
    read_period,
    read_using_clause,
)
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import TableOptions

_BEGINS_ACTION = frozenset({"ADD", "DROP", "RENAME", "MODIFY", "UPDATE", "REFRESH", ",", ""})
_ACTIONS = "ADD, DROP, RENAME, MODIFY, another action or an option"


def read_alter(cursor: Cursor, default_database: str) -> StatementAst | None:
    """Takes ALTER of a table or foreign table with its actions, or of any other object; None where its kind has none.

    Args:
        cursor: stands on ALTER, or on NONTEMPORAL in front of it.
        default_database: where an unqualified table lies.

    Raises:
        DdlError: an action is broken, or none is written.
    """
    nontemporal = cursor.accept("NONTEMPORAL")
    cursor.at += 1
    kind = "foreign table" if cursor.accept("FOREIGN", "TABLE") else "table" if cursor.accept("TABLE") else ""
    if not kind:
        return None if nontemporal else read_alter_object(cursor, default_database)
    database, name = cursor.defined(default_database)
    actions = tuple(_actions(cursor, default_database))
    return AlterTable(database=database, name=name, actions=actions, kind=kind, nontemporal=nontemporal)


def _actions(cursor: Cursor, default_database: str) -> Iterator[Action]:
    """The actions, with commas between them or not; behind a comma, and behind the name, one has to come."""
    while True:
        while cursor.accept(","):
            pass
        if cursor.done:
            cursor.fail(f"{_ACTIONS} is expected, {cursor.shown} found")
        yield from _action(cursor, default_database)
        if cursor.done:
            return


def _action(cursor: Cursor, default_database: str) -> Iterator[Action]:
    match cursor.key:
        case "ADD":
            yield from _add(cursor, default_database)
        case "DROP":
            yield from _drop(cursor, default_database)
        case "RENAME":
            yield _rename(cursor)
        case "MODIFY":
            start = cursor.at
            yield read_modify(cursor, default_database) or _other(cursor, start)
        case _:
            yield _whole(cursor, default_database) or _options(cursor) or _other(cursor, cursor.at)


def _other(cursor: Cursor, start: int) -> OtherAction:
    """Takes an action that is not understood: up to the next one."""
    cursor.at = start
    while cursor.at == start or cursor.key not in _BEGINS_ACTION:
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    return OtherAction(cursor.canonical(start, cursor.at))


def _whole(cursor: Cursor, default_database: str) -> Action | None:
    """Takes an action that concerns the table as a whole; None where none comes."""
    match cursor.accept_any(("TO", "REVALIDATE", "RELEASE", "SET", "RESET", "FROM", "UPDATE", "REFRESH")):
        case "TO":
            cursor.expect("CURRENT")
            return ToCurrent(read_handler(cursor, default_database))
        case "REVALIDATE":
            return Revalidate(cursor.accept("PRIMARY", "INDEX"), read_handler(cursor, default_database))
        case "RELEASE":
            return _release(cursor)
        case "SET":
            cursor.expect("DOWN")
            return SetDown("SET")
        case "RESET":
            cursor.expect("DOWN")
            return SetDown("RESET")
        case "FROM":
            return _from_time_zone(cursor)
        case "UPDATE":
            return UpdateForeign(_foreign_clauses(cursor))
        case "REFRESH":
            cursor.expect("SNAPSHOT_LOCATION")
            return RefreshSnapshot()
    return None


def _release(cursor: Cursor) -> ReleaseRows:
    deleted = cursor.accept("DELETED")
    cursor.expect("ROWS")
    return ReleaseRows(deleted, cursor.accept("AND") and _expected(cursor, "RESET", "LOAD", "IDENTITY"))


def _expected(cursor: Cursor, *keys: str) -> bool:
    for key in keys:
        cursor.expect(key)
    return True


def _from_time_zone(cursor: Cursor) -> FromTimeZone:
    _expected(cursor, "TIME", "ZONE", "=")
    start = cursor.at
    cursor.accept_any(("+", "-"))
    cursor.string()
    zone, control = cursor.canonical(start, cursor.at), None
    if cursor.accept(",", "TIMEDATEWZCONTROL"):
        cursor.expect("=")
        control = cursor.integer()
        if control is None:
            cursor.fail(f"a whole number is expected, {cursor.shown} found")
    return FromTimeZone(zone, control, cursor.accept(",", "WITH", "TIME") and _expected(cursor, "ZONE"))


def _foreign_clauses(cursor: Cursor) -> tuple[Clause, ...]:
    """Takes ``LOCATION ('…') PATHPATTERN ('…') …`` up to the next action."""
    found = [read_using_clause(cursor, "UPDATE", _BEGINS_ACTION)]
    while cursor.key not in _BEGINS_ACTION:
        found.append(read_using_clause(cursor, "UPDATE", _BEGINS_ACTION))
    return tuple(found)


def _add(cursor: Cursor, default_database: str) -> Iterator[Action]:
    start = cursor.at
    cursor.at += 1
    if cursor.accept("PERIOD", "FOR"):
        yield AddPeriod(read_period(cursor))
    elif cursor.accept("SYSTEM", "VERSIONING"):
        yield SystemVersioning("ADD")
    elif cursor.key == "NORMALIZE" and cursor.keys[cursor.at + 1] in ("ALL", "ON"):
        yield Normalize(read_normalize(cursor))
    elif begins_range(cursor):
        yield _other(cursor, start)
    else:
        yield from read_add_columns(cursor, default_database)


def _drop(cursor: Cursor, default_database: str) -> Iterator[Action]:
    start = cursor.at
    cursor.at += 1
    if cursor.accept("INCONSISTENT", "REFERENCES"):
        yield DropConstraint(kind="inconsistent references")
    elif cursor.accept("PERIOD", "FOR"):
        yield DropPeriod(cursor.name(), cursor.accept("WITHOUT", "DELETE"))
    elif cursor.accept("SYSTEM", "VERSIONING"):
        yield SystemVersioning("DROP")
    elif cursor.key == "NORMALIZE" and cursor.keys[cursor.at + 1] in _BEGINS_ACTION:
        cursor.at += 1
        yield Normalize(None)
    elif begins_range(cursor):
        yield _other(cursor, start)
    elif cursor.accept("CONSTRAINT"):
        yield _drop_named(cursor, default_database)
    elif cursor.accept("CHECK"):
        yield DropConstraint(kind="check")
    else:
        yield from _drop_other(cursor, default_database)


def _drop_named(cursor: Cursor, default_database: str) -> DropConstraint:
    """``DROP CONSTRAINT n [CHECK | FOREIGN KEY (c) REFERENCES p (c)]``; the name alone decides."""
    name = cursor.name()
    kind = "check" if cursor.accept("CHECK") else None
    constraint = None if kind else read_constraint(cursor)
    if constraint is None:
        return DropConstraint(name=name, kind=kind)
    return DropConstraint(name=name, kind=constraint.kind, constraint=qualify(constraint, default_database))


def _drop_other(cursor: Cursor, default_database: str) -> Iterator[Action]:
    """A constraint by what it says, or columns: their checks, their identity or themselves."""
    constraint = read_constraint(cursor)
    if constraint is not None:
        yield DropConstraint(kind=constraint.kind, constraint=qualify(constraint, default_database))
        return
    expect_constraint(cursor)
    secured = security_columns(cursor)
    if secured:
        yield from map(DropColumn, secured)
        return
    name = cursor.name()
    if cursor.accept("CHECK"):
        yield DropConstraint(kind="check", column=name)
    elif cursor.accept("IDENTITY"):
        yield DropIdentity(name)
    else:
        yield DropColumn(name, cursor.accept("WITHOUT", "DELETE"))


def _rename(cursor: Cursor) -> RenameColumn:
    cursor.at += 1
    old = cursor.name()
    if not (cursor.accept("TO") or cursor.accept("AS", "TO") or cursor.accept("AS")):
        cursor.expect("TO")
    return RenameColumn(old, cursor.name())


def _options(cursor: Cursor) -> Action | None:
    """A table option or ON COMMIT; None where it is neither."""
    on_commit = read_on_commit(cursor)
    if on_commit is not None:
        return SetOptions(TableOptions(), on_commit)
    fields: dict[str, Any] = {}
    start = cursor.at
    read_option(cursor, fields)
    if "other" in fields or "queue" in fields:
        cursor.at = start
        return None
    return SetOptions(TableOptions(**fields), immediate=cursor.accept("IMMEDIATE"), fast_mode=_fast_mode(cursor))


def _fast_mode(cursor: Cursor) -> bool | None:
    if not cursor.accept("USING", "FAST", "MODE"):
        return None
    word = cursor.accept_any(("ON", "OFF")) or cursor.fail(f"ON or OFF is expected, {cursor.shown} found")
    return word == "ON"
