"""ALTER TABLE … MODIFY PRIMARY INDEX and partitioning."""

from __future__ import annotations

import msgspec

from dbee_dbt.ddl.statements import ModifyPrimary
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import label, primary_key_as_index
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.statements.alter_ranges import change_ranges
from dbee_dbt.emulator.statements.dependents import check_alter
from dbee_dbt.emulator.statements.tables import check_table
from dbee_dbt.model.names import fold_code
from dbee_dbt.model.objects import PrimaryIndex, Table


def modify_primary(draft: Draft, action: ModifyPrimary) -> None:
    """MODIFY PRIMARY: columns and partitioning only of an empty table, a name at any time.

    Raises:
        TeradataError: 5735 the table has rows; 3810, 3623.
        EmulatorRefusal: a temporary table, or a change that Teradata's number is not known of.
    """
    if draft.table.temporary:
        raise EmulatorRefusal("the error number of Teradata for MODIFY PRIMARY of a temporary table")
    before = draft.table
    if action.index is not None:
        check_alter(draft.session, draft.table)
        _modify_index(draft, action, action.index)
    if action.partitioning is not None and _levels(action.partitioning) != _levels(before.partitioning):
        if draft.rows():
            raise EmulatorRefusal("the error number of Teradata for new partitioning of a table with rows")
        draft.change(partitioning=action.partitioning)
    if action.changes:
        change_ranges(draft, action)
    if draft.table == before:
        raise EmulatorRefusal("the error number of Teradata for a MODIFY that changes nothing")
    check_table(draft.table)


def _levels(partitioning: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold_code, partitioning))


def _modify_index(draft: Draft, action: ModifyPrimary, new: PrimaryIndex) -> None:
    old = _current(draft.table)
    columns = new.columns or old.columns
    if new.form == "no primary index":
        columns = ()
    if (new.form != old.form or label(columns) != label(old.columns)) and draft.rows():
        raise failure(5735)
    unique = old.unique if action.unique is None else action.unique
    if unique and not old.unique and draft.rows() and not _implied_unique(draft.table, columns):
        raise EmulatorRefusal("the error number of Teradata for UNIQUE on the primary index of a table with rows")
    name = None if action.not_named else new.name or old.name
    index = PrimaryIndex(form=new.form, name=name, unique=unique and bool(columns), columns=columns)
    indexes = tuple(i for i in draft.table.indexes if not (unique and i.unique and label(i.columns) == label(columns)))
    changes = {"set_kind": "MULTISET"} if new.form != "primary index" else {}
    draft.table = msgspec.structs.replace(draft.table, primary_index=index, indexes=indexes, **changes)


def _current(table: Table) -> PrimaryIndex:
    if table.primary_index is not None:
        return table.primary_index
    key = primary_key_as_index(table)
    return PrimaryIndex(unique=True, columns=key.columns if key else ())


def _implied_unique(table: Table, columns: tuple[str, ...]) -> bool:
    """True if a key or a unique secondary index says that the columns are unique."""
    keys = [c.columns for c in table.constraints if c.kind in ("primary key", "unique")]
    keys += [index.columns for index in table.indexes if index.unique]
    return any(label(key) == label(columns) for key in keys)
