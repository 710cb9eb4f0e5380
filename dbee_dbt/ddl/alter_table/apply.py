"""What is left of a table after ALTER TABLE, CREATE INDEX or DROP INDEX, whether or not Teradata would allow it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict, replace

from dbee_dbt.ddl.alter_table.actions import (
    Action,
    AddColumn,
    AddColumns,
    AddConstraint,
    AddPeriod,
    AlterTable,
    DropColumn,
    DropConstraint,
    DropIdentity,
    DropPeriod,
    ModifyPrimary,
    Normalize,
    OtherAction,
    RenameColumn,
    SetOptions,
    SystemVersioning,
    UpdateForeign,
    Upkeep,
)
from dbee_dbt.ddl.alter_table.apply_parts import (
    refused,
    updated_foreign,
    with_period,
    with_versioning,
    without_from_groups,
    without_period,
)
from dbee_dbt.ddl.alter_table.apply_ranges import with_ranges
from dbee_dbt.ddl.alter_table.write import action_text
from dbee_dbt.ddl.statements import DropIndex
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold, fold_code
from dbee_dbt.model.objects import Column, Constraint, PrimaryIndex, SecondaryIndex, Table
from dbee_dbt.model.table_parts import ColumnGroup, levels


def altered(table: Table, alter: AlterTable) -> Table:
    """The table after the actions, in order.

    It applies what the actions say; whether Teradata would refuse them (docs/teradata/ddl.md §2.3) is not asked.

    Raises:
        DdlError: an action names what the table does not have, changes nothing that defines a table, rests on what
            only the database knows, or is kept as text only.
    """
    for action in alter.actions:
        table = _applied(table, action)
    return table


def _applied(table: Table, action: Action) -> Table:
    match action:
        case AddColumn() | AddColumns() | DropColumn() | DropIdentity() | RenameColumn():
            return _with_columns(table, action)
        case AddConstraint():
            return _with_check(table, action) if action.column is not None else _with_constraint(table, action)
        case DropConstraint():
            return _without_check(table, action) if action.column is not None else _without_constraint(table, action)
        case AddPeriod():
            return with_period(table, action.period)
        case DropPeriod():
            return without_period(table, action.name)
        case SystemVersioning():
            return with_versioning(table, action.verb)
        case Normalize():
            return replace(table, normalize=action.text)
        case SetOptions():
            written = {name: value for name, value in asdict(action.options).items() if value not in (None, ())}
            on_commit = action.on_commit or table.on_commit
            return replace(table, options=replace(table.options, **written), on_commit=on_commit)
        case ModifyPrimary():
            return _with_primary(table, action)
        case UpdateForeign():
            return updated_foreign(table, action.clauses)
        case OtherAction():
            raise refused(table, f"{action.text} cannot be applied: it is not understood")
    assert isinstance(action, Upkeep)
    raise refused(table, f"{action_text(action)} cannot be applied: it changes no definition")


def _with_columns(table: Table, action: AddColumn | AddColumns | DropColumn | DropIdentity | RenameColumn) -> Table:
    match action:
        case AddColumn():
            return _with_column(table, action)
        case AddColumns():
            return _with_group(table, action)
        case DropColumn():
            return without_from_groups(replace(table, columns=tuple(_without(table, action.name))), action.name)
        case DropIdentity():
            return _with(table, replace(column_of(table, action.name), identity=None))
        case RenameColumn():
            return _renamed(table, action)


def column_of(table: Table, name: str) -> Column:
    """The column of this name.

    Raises:
        DdlError: the table has none.
    """
    for column in table.columns:
        if fold(column.name) == fold(name):
            return column
    raise refused(table, f"there is no column {name}")


def _with(table: Table, changed: Column) -> Table:
    """The table with this column in the place of the one of its name."""
    columns = (changed if fold(column.name) == fold(changed.name) else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def _without(table: Table, name: str) -> list[Column]:
    gone = column_of(table, name)
    return [column for column in table.columns if column is not gone]


def _with_column(table: Table, action: AddColumn) -> Table:
    added = action.column
    if action.into is not None:
        raise refused(table, f"{action_text(action)} cannot be applied: which columns lie together is not known")
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


def _with_group(table: Table, action: AddColumns) -> Table:
    """The table with further columns; COLUMN and ROW store them together."""
    for added in action.columns:
        if not added.written or action.into is not None or action.form == "SYSTEM":
            raise refused(table, f"{action_text(action)} cannot be applied: which columns lie together is not known")
        table = _with_column(table, added)
    if action.form == "" and action.auto_compress is None and not _is_by_columns(table):
        return table
    if action.form == "":
        raise refused(table, f"{action_text(action)} cannot be applied: the database chooses the form of the partition")
    names = tuple(added.column.name for added in action.columns)
    group = ColumnGroup("ROW" if action.form == "ROW" else "COLUMN", names, action.auto_compress)
    return replace(table, column_groups=(*table.column_groups, group))


def _is_by_columns(table: Table) -> bool:
    return any(level.kind == "COLUMN" for level in levels(table.partitioning))


def _renamed(table: Table, action: RenameColumn) -> Table:
    """The table with a column, or else a constraint, of another name."""
    old, new = fold(action.old), action.new
    if not any(fold(column.name) == old for column in table.columns):
        if not any(found.name is not None and fold(found.name) == old for found in table.constraints):
            raise refused(table, f"there is no column or constraint {action.old}")
        constraints = (
            replace(found, name=new) if found.name is not None and fold(found.name) == old else found
            for found in table.constraints
        )
        return replace(table, constraints=tuple(constraints))
    columns = (replace(column, name=new) if fold(column.name) == old else column for column in table.columns)
    groups = (
        replace(group, columns=tuple(new if fold(name) == old else name for name in group.columns))
        for group in table.column_groups
    )
    return replace(table, columns=tuple(columns), column_groups=tuple(groups))


def _with_constraint(table: Table, action: AddConstraint) -> Table:
    added = action.constraint
    if not action.modify:
        return replace(table, constraints=(*table.constraints, added))
    meant = [found for found in table.constraints if found.kind == added.kind and _same_name(found, added)]
    if len(meant) != 1:
        called = f"called {added.name}" if added.name is not None else "without a name"
        raise refused(table, f"MODIFY means one check, and there are {len(meant)} {called}")
    return replace(table, constraints=tuple(added if found is meant[0] else found for found in table.constraints))


def _with_check(table: Table, action: AddConstraint) -> Table:
    """The table with another check of a column in the place of its own ones."""
    column = column_of(table, action.column or "")
    if not column.checks:
        raise refused(table, f"column {column.name} has no check")
    return _with(table, replace(column, checks=(action.constraint.expression or "",)))


def _without_check(table: Table, action: DropConstraint) -> Table:
    column = column_of(table, action.column or "")
    if not column.checks:
        raise refused(table, f"column {column.name} has no check")
    return _with(table, replace(column, checks=()))


def _same_name(left: Constraint, right: Constraint) -> bool:
    if left.name is None or right.name is None:
        return left.name is right.name
    return fold(left.name) == fold(right.name)


def _without_constraint(table: Table, action: DropConstraint) -> Table:
    if action.kind == "inconsistent references":
        raise refused(table, f"{action_text(action)} cannot be applied: only the database knows which those are")
    kept = tuple(found for found in table.constraints if not _is_meant(found, action))
    if len(kept) == len(table.constraints):
        raise refused(table, f"there is no constraint {action.name or action.kind}")
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
    index = _primary_index(table, action)
    unique = index is not None and index.unique
    indexes = tuple(found for found in table.indexes if not (unique and index and _is_same_unique(found, index)))
    set_kind = table.set_kind
    if set_kind == "SET" and index is not None and index.form == "no primary index":
        set_kind = "MULTISET"  # a table without a primary index cannot be SET
    partitioning = table.partitioning if action.partitioning is None else action.partitioning
    try:
        partitioning = with_ranges(partitioning, action.changes).levels
    except DdlError as error:
        raise refused(table, error.what) from error
    return replace(table, primary_index=index, indexes=indexes, set_kind=set_kind, partitioning=partitioning)


def _primary_index(table: Table, action: ModifyPrimary) -> PrimaryIndex | None:
    index, before = action.index, table.primary_index
    if index is None or before is None or index.form != before.form:
        return index or before
    unique = before.unique if action.unique is None else action.unique
    name = None if action.not_named else index.name or before.name
    return replace(index, columns=index.columns or before.columns, unique=unique, name=name)


def _is_same_unique(found: SecondaryIndex, index: PrimaryIndex) -> bool:
    """True for a unique index that a unique primary index on the same columns makes needless: Teradata drops it."""
    return found.unique and {fold(name) for name in found.columns} == {fold(name) for name in index.columns}


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
        raise refused(table, f"there is no index {drop.index or '(' + ','.join(drop.columns) + ')'}")
    return replace(table, indexes=kept)


def _index_is_meant(index: SecondaryIndex, drop: DropIndex) -> bool:
    if drop.index is not None:
        return index.name is not None and fold(index.name) == fold(drop.index)
    same_columns = [fold(column) for column in index.columns] == [fold(column) for column in drop.columns]
    return same_columns and (drop.order_by is None or index.order_by == drop.order_by)
