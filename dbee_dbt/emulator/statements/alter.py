"""ALTER TABLE: what can be changed in place, and Teradata's refusals (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import (
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
)
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.indexes import number_indexes
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.alter_columns import add_or_change_column, drop_column, rename_column
from dbee_dbt.emulator.statements.alter_constraints import add_constraint, drop_constraint
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.statements.alter_primary import modify_primary
from dbee_dbt.emulator.statements.names import altered, required_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table, TableOptions

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def alter_table(session: Session, meaning: AlterTable, at: Statement, rows: Sequence[Any]) -> Result:
    """ALTER TABLE: every action, or none."""
    if meaning.kind != "table":
        raise EmulatorRefusal(f"ALTER {meaning.kind.upper()}")
    entry, table = required_table(session, meaning.database, meaning.name)
    _check_together(meaning)
    draft = Draft(session, entry, table)
    for action in meaning.actions:
        _ACTIONS[type(action)](draft, action)
    for run in draft.row_changes:
        run()
    found = altered(session, draft.table)
    assert isinstance(found, Table)
    session.replace(
        msgspec.structs.replace(
            session.entry(table.database, table.name) or entry,
            found=found,
            column_ids=tuple(draft.column_ids),
            index_numbers=number_indexes(found, entry.index_numbers),
            statistics=draft.statistics,
            request=session.request_text,
        )
    )
    return Result(activity="Modify Table")


def _check_together(meaning: AlterTable) -> None:
    """MODIFY PRIMARY stands alone, and a column changes once."""
    actions = meaning.actions
    if len(actions) > 1 and any(isinstance(action, ModifyPrimary) for action in actions):
        raise TeradataError(3706, "Syntax error: MODIFY PRIMARY cannot be combined with other changes.")
    names = [_column_name(action) for action in actions]
    named = [fold(name) for name in names if name]
    if len(set(named)) < len(named):
        raise TeradataError(3706, "Syntax error: a column may be changed only once in an ALTER TABLE statement.")


def _column_name(action: object) -> str | None:
    if isinstance(action, AddColumn):
        return action.column.name
    if isinstance(action, DropColumn | DropIdentity):
        return action.name
    return action.old if isinstance(action, RenameColumn) else None


def _set_options(draft: Draft, action: SetOptions) -> None:
    given = {name: getattr(action.options, name) for name in TableOptions.__struct_fields__}
    written = {name: value for name, value in given.items() if value not in (None, ())}
    if written.get("log") is False and not draft.table.temporary:
        raise failure(5333)
    options = msgspec.structs.replace(draft.table.options, **written)
    draft.change(options=options)
    if action.on_commit:
        draft.change(on_commit=action.on_commit)


def _drop_identity(draft: Draft, action: DropIdentity) -> None:
    draft.change_column(action.name, identity=None)


def _other(draft: Draft, action: OtherAction) -> None:
    raise EmulatorRefusal(f"ALTER TABLE … {' '.join(action.text.split()[:3])}")


_ACTIONS: dict[type, Callable[[Draft, Any], None]] = {
    AddColumn: add_or_change_column,
    DropColumn: drop_column,
    RenameColumn: rename_column,
    DropIdentity: _drop_identity,
    AddConstraint: add_constraint,
    DropConstraint: drop_constraint,
    SetOptions: _set_options,
    ModifyPrimary: modify_primary,
    OtherAction: _other,
}
