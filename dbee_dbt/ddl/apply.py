"""What is left of a table after ALTER TABLE, CREATE INDEX or DROP INDEX, whether or not Teradata would allow it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict, replace

from dbee_dbt.ddl.statements import (
    Action,
    AddColumn,
    AddConstraint,
    AlterTable,
    DropColumn,
    DropConstraint,
    DropIdentity,
    DropIndex,
    ModifyPrimary,
    OtherAction,
    RenameColumn,
    SetOptions,
)
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold, fold_code, qualified
from dbee_dbt.model.objects import Column, Constraint, SecondaryIndex, Table


def altered(table: Table, alter: AlterTable) -> Table:
    """The table after the actions, in order.

    It applies what the actions say; whether Teradata would refuse them (docs/teradata/ddl.md §2.3) is not asked.

    Raises:
        DdlError: an action names what the table does not have, or is kept as text only.
    """
    for action in alter.actions:
        table = _applied(table, action)
    return table


def _applied(table: Table, action: Action) -> Table:
    match action:
        case AddColumn():
            return _with_column(table, action)
        case DropColumn():
            return replace(table, columns=tuple(_without(table, action.name)))
        case DropIdentity():
            return _with(table, replace(column_of(table, action.name), identity=None))
        case RenameColumn():
            return _renamed(table, action)
        case AddConstraint():
            return _with_constraint(table, action)
        case DropConstraint():
            return _without_constraint(table, action)
        case SetOptions():
            written = {name: value for name, value in asdict(action.options).items() if value not in (None, ())}
            on_commit = action.on_commit or table.on_commit
            return replace(table, options=replace(table.options, **written), on_commit=on_commit)
        case ModifyPrimary():
            return _with_primary(table, action)
        case OtherAction():
            raise _refused(table, f"{action.text} cannot be applied")


def _refused(table: Table, what: str) -> DdlError:
    return DdlError(what, subject=qualified(table.database, table.name))


def column_of(table: Table, name: str) -> Column:
    """The column of this name.

    Raises:
        DdlError: the table has none.
    """
    for column in table.columns:
        if fold(column.name) == fold(name):
            return column
    raise _refused(table, f"there is no column {name}")


def _with(table: Table, changed: Column) -> Table:
    """The table with this column in the place of the one of its name."""
    columns = (changed if fold(column.name) == fold(changed.name) else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def _without(table: Table, name: str) -> list[Column]:
    gone = column_of(table, name)
    return [column for column in table.columns if column is not gone]


def _with_column(table: Table, action: AddColumn) -> Table:
    added = action.column
    constraints = (*table.constraints, *action.constraints)
    if not any(fold(column.name) == fold(added.name) for column in table.columns):
        return replace(table, columns=(*table.columns, added), constraints=constraints)
    column = column_of(table, added.name)
    written: dict[str, Any] = {field: getattr(added, field) for field in action.written}
    if added.compress is not None and added.compress.none:
        written["compress"] = None
    if added.default is not None and added.default.upper() == "NULL":
        written["default"] = None
    return replace(_with(table, replace(column, **written)), constraints=constraints)


def _renamed(table: Table, action: RenameColumn) -> Table:
    old = column_of(table, action.old)
    columns = tuple(replace(column, name=action.new) if column is old else column for column in table.columns)
    return replace(table, columns=columns)


def _with_constraint(table: Table, action: AddConstraint) -> Table:
    added = action.constraint
    kept = [found for found in table.constraints if not (action.modify and _same_name(found, added))]
    return replace(table, constraints=(*kept, added))


def _same_name(left: Constraint, right: Constraint) -> bool:
    return left.name is not None and right.name is not None and fold(left.name) == fold(right.name)


def _without_constraint(table: Table, action: DropConstraint) -> Table:
    kept = tuple(found for found in table.constraints if not _is_meant(found, action))
    if len(kept) == len(table.constraints) and action.kind != "inconsistent references":
        raise _refused(table, f"there is no constraint {action.name or action.kind}")
    return replace(table, constraints=kept)


def _is_meant(found: Constraint, action: DropConstraint) -> bool:
    if action.name is not None:
        return found.name is not None and fold(found.name) == fold(action.name)
    if action.constraint is None:
        return found.kind == action.kind and found.name is None
    meant = action.constraint
    same_columns = [fold(column) for column in found.columns] == [fold(column) for column in meant.columns]
    same_condition = fold_code(found.expression or "") == fold_code(meant.expression or "")
    return found.kind == meant.kind and same_columns and same_condition


def _with_primary(table: Table, action: ModifyPrimary) -> Table:
    if action.changes:
        raise _refused(table, f"{action.changes[0]} cannot be applied")
    index = action.index
    before = table.primary_index
    if index is not None and before is not None and index.form == before.form:
        unique = before.unique if action.unique is None else action.unique
        name = None if action.not_named else index.name or before.name
        index = replace(index, columns=index.columns or before.columns, unique=unique, name=name)
    partitioning = table.partitioning if action.partitioning is None else action.partitioning
    return replace(table, primary_index=index or before, partitioning=partitioning)


def with_indexes(table: Table, indexes: tuple[SecondaryIndex, ...]) -> Table:
    """The table with further secondary indexes."""
    return replace(table, indexes=(*table.indexes, *indexes))


def without_index(table: Table, drop: DropIndex) -> Table:
    """The table without the index that is meant.

    Raises:
        DdlError: the table has no such index.
    """
    kept = tuple(index for index in table.indexes if not _index_is_meant(index, drop))
    if len(kept) == len(table.indexes):
        raise _refused(table, f"there is no index {drop.index or '(' + ','.join(drop.columns) + ')'}")
    return replace(table, indexes=kept)


def _index_is_meant(index: SecondaryIndex, drop: DropIndex) -> bool:
    if drop.index is not None:
        return index.name is not None and fold(index.name) == fold(drop.index)
    same_columns = [fold(column) for column in index.columns] == [fold(column) for column in drop.columns]
    return same_columns and (drop.order_by is None or index.order_by == drop.order_by)
