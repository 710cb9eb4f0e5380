"""Reads ALTER TABLE into its actions (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from typing import Any

from dbee_dbt.ddl.alterations import read_alter_object
from dbee_dbt.ddl.columns import read_column
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.indexes import read_partitioning
from dbee_dbt.ddl.options import read_option
from dbee_dbt.ddl.statements import (
    Action,
    AddColumn,
    AddConstraint,
    AlterTable,
    DropColumn,
    DropConstraint,
    DropIdentity,
    ModifyPrimary,
    OtherAction,
    RenameColumn,
    SetOptions,
    StatementAst,
)
from dbee_dbt.ddl.tables import qualify, read_constraint, read_on_commit
from dbee_dbt.model.objects import PrimaryIndex, TableOptions

_BEGINS_ACTION = frozenset({"ADD", "DROP", "RENAME", "MODIFY", ",", ""})


def read_alter(cursor: Cursor, default_database: str) -> StatementAst | None:
    """Takes ALTER of a table or foreign table with its actions, or of any other object; None where its kind has none.

    Raises:
        DdlError: an action is broken.
    """
    cursor.at += 1
    kind = "foreign table" if cursor.accept("FOREIGN", "TABLE") else "table" if cursor.accept("TABLE") else ""
    if not kind:
        return read_alter_object(cursor, default_database)
    database, name = cursor.defined(default_database)
    actions: list[Action] = []
    while not cursor.done:
        if not cursor.accept(","):
            actions.append(_action(cursor, default_database))
    return AlterTable(database=database, name=name, actions=tuple(actions), kind=kind)


def _action(cursor: Cursor, default_database: str) -> Action:
    match cursor.key:
        case "ADD":
            return _add(cursor, default_database)
        case "DROP":
            return _drop(cursor, default_database)
        case "RENAME":
            return _rename(cursor)
        case "MODIFY":
            return _modify(cursor, default_database)
    return _options(cursor) or _other(cursor, cursor.at)


def _other(cursor: Cursor, start: int) -> OtherAction:
    """Takes an action that is not understood: up to the next one."""
    cursor.at = start
    while cursor.at == start or cursor.key not in _BEGINS_ACTION:
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    return OtherAction(cursor.canonical(start, cursor.at))


def _add(cursor: Cursor, default_database: str) -> Action:
    start = cursor.at
    cursor.at += 1
    if cursor.key in ("RANGE", "PERIOD", "PARTITION"):
        return _other(cursor, start)
    constraint = read_constraint(cursor)
    if constraint is not None:
        return AddConstraint(qualify(constraint, default_database))
    draft = read_column(cursor)
    constraints = tuple(qualify(found, default_database) for found in draft.constraints)
    return AddColumn(draft.column(), frozenset(draft.fields) - {"name"}, constraints)


def _drop(cursor: Cursor, default_database: str) -> Action:
    start = cursor.at
    cursor.at += 1
    if cursor.accept("INCONSISTENT", "REFERENCES"):
        return DropConstraint(kind="inconsistent references")
    if cursor.key in ("RANGE", "PERIOD", "PARTITION"):
        return _other(cursor, start)
    if cursor.accept("CONSTRAINT"):
        return _drop_named(cursor)
    if cursor.accept("CHECK"):
        return DropConstraint(kind="check")
    constraint = read_constraint(cursor)
    if constraint is not None:
        return DropConstraint(kind=constraint.kind, constraint=qualify(constraint, default_database))
    name = cursor.name()
    return DropIdentity(name) if cursor.accept("IDENTITY") else DropColumn(name)


def _drop_named(cursor: Cursor) -> DropConstraint:
    """``DROP CONSTRAINT n [CHECK | FOREIGN KEY (c) REFERENCES p (c)]``; the name alone decides."""
    name = cursor.name()
    kind = "check" if cursor.accept("CHECK") else None
    constraint = None if kind else read_constraint(cursor)
    return DropConstraint(name=name, kind=constraint.kind if constraint else kind, constraint=constraint)


def _rename(cursor: Cursor) -> RenameColumn:
    cursor.at += 1
    old = cursor.name()
    if not (cursor.accept("TO") or cursor.accept("AS")):
        cursor.expect("TO")
    return RenameColumn(old, cursor.name())


def _modify(cursor: Cursor, default_database: str) -> Action:
    start = cursor.at
    cursor.at += 1
    constraint = read_constraint(cursor)
    if constraint is not None:
        return AddConstraint(qualify(constraint, default_database), modify=True)
    return _modify_primary(cursor) or _other(cursor, start)


def _modify_primary(cursor: Cursor) -> ModifyPrimary | None:
    fields: dict[str, Any] = {}
    if cursor.accept("NO", "PRIMARY"):
        cursor.accept("INDEX")
        fields["index"] = PrimaryIndex(form="no primary index")
    else:
        _read_primary(cursor, fields)
    if cursor.accept("NOT", "PARTITIONED"):
        fields["partitioning"] = ()
    else:
        levels = read_partitioning(cursor)
        if levels is not None:
            fields["partitioning"] = levels
    changes = _changes(cursor)
    return ModifyPrimary(changes=changes, **fields) if fields or changes else None


def _read_primary(cursor: Cursor, fields: dict[str, Any]) -> None:
    """Takes ``[[NOT] UNIQUE] PRIMARY [AMP] [INDEX] [name|NOT NAMED] [(columns)]``."""
    unique = False if cursor.accept("NOT", "UNIQUE") else True if cursor.accept("UNIQUE") else None
    if not cursor.accept("PRIMARY"):
        return
    form = "primary amp" if cursor.accept("AMP") else "primary index"
    cursor.accept("INDEX")
    fields["unique"] = unique
    fields["not_named"] = cursor.accept("NOT", "NAMED")
    named = not fields["not_named"] and cursor.is_name() and cursor.key not in ("PARTITION", "NOT", "DROP", "ADD")
    name = cursor.name() if named else None
    columns = cursor.names() if cursor.key == "(" else ()
    fields["index"] = PrimaryIndex(form=form, name=name, unique=bool(unique), columns=columns)  # type: ignore[arg-type]


def _changes(cursor: Cursor) -> tuple[str, ...]:
    """Takes DROP RANGE, ADD RANGE and WITH clauses to the end, each as canonical text."""
    found = []
    while cursor.key in ("DROP", "ADD", "WITH"):
        start = cursor.at
        cursor.at += 1
        while cursor.key not in ("DROP", "ADD", "WITH", ""):
            if cursor.key == "(":
                cursor.skip_group()
            else:
                cursor.at += 1
        found.append(cursor.canonical(start, cursor.at))
    return tuple(found)


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
    return SetOptions(TableOptions(**fields))
