"""ALTER TABLE: what can be changed in place, and Teradata's refusals (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.alter_table.write import action_text
from dbee_dbt.ddl.statements import (
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
    RenameColumn,
    SetOptions,
    SystemVersioning,
)
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.indexes import number_indexes
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.alter_columns import (
    add_columns,
    add_or_change_column,
    drop_column,
    rename_column,
)
from dbee_dbt.emulator.statements.alter_constraints import add_constraint, drop_constraint
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.statements.alter_periods import add_period, change_versioning, drop_period
from dbee_dbt.emulator.statements.alter_primary import modify_primary
from dbee_dbt.emulator.statements.dependents import check_alter
from dbee_dbt.emulator.statements.foreign_keys import check_children
from dbee_dbt.emulator.statements.names import altered, required_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Constraint, Table, TableOptions

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def alter_table(session: Session, meaning: AlterTable, at: Statement, rows: Sequence[Any]) -> Result:
    """ALTER TABLE: every action, or none."""
    if meaning.kind != "table" or meaning.nontemporal:
        raise EmulatorRefusal(f"{'NONTEMPORAL ' if meaning.nontemporal else ''}ALTER {meaning.kind.upper()}")
    entry, table = required_table(session, meaning.database, meaning.name)
    _check_together(meaning)
    draft = Draft(session, entry, table)
    for action in meaning.actions:
        _ACTIONS.get(type(action), _refuse)(draft, action)
    check_children(session, entry, draft.table)
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
    """MODIFY PRIMARY, a check and a reference stand alone, and a column changes once."""
    actions = meaning.actions
    if len(actions) > 1 and any(isinstance(action, ModifyPrimary) for action in actions):
        raise TeradataError(3706, "Syntax error: MODIFY PRIMARY cannot be combined with other changes.")
    alone = next((kind for action in actions if (kind := _stands_alone(action))), None)
    if len(actions) > 1 and alone:
        raise EmulatorRefusal(f"the error number of Teradata for a {alone} together with other changes")
    named = [fold(name) for action in actions for name in _column_names(action)]
    if len(set(named)) < len(named):
        raise TeradataError(3706, "Syntax error: a column may be changed only once in an ALTER TABLE statement.")


def _stands_alone(action: object) -> str | None:
    """Which constraint it changes that stands alone in a statement."""
    match action:
        case AddConstraint(constraint=Constraint(kind="check" | "foreign key" as kind)):
            return kind
        case DropConstraint(kind="check" | "foreign key" as kind):
            return kind
    return None


def _column_names(action: object) -> list[str]:
    match action:
        case AddColumn():
            return [action.column.name]
        case AddColumns():
            return [added.column.name for added in action.columns]
        case DropColumn() | DropIdentity():
            return [action.name]
        case RenameColumn():
            return [action.old]
    return []


def _set_options(draft: Draft, action: SetOptions) -> None:
    given = {name: getattr(action.options, name) for name in TableOptions.__struct_fields__}
    written = {name: value for name, value in given.items() if value not in (None, ())}
    if written.get("log") is False and not draft.table.temporary:
        raise failure(5333)
    if written.get("fallback", draft.table.options.fallback) != draft.table.options.fallback:
        check_alter(draft.session, draft.table)
    index = draft.table.primary_index
    if index is not None and index.form == "no primary index" and _keeps_journal(action.options):
        raise EmulatorRefusal("the error number of Teradata for a journal of a table without a primary index")
    options = msgspec.structs.replace(draft.table.options, **written)
    draft.change(options=options)
    if action.on_commit:
        draft.change(on_commit=action.on_commit)


def _keeps_journal(options: TableOptions) -> bool:
    images = (options.before_journal, options.after_journal)
    return options.journal_table is not None or any(image not in (None, "NO") for image in images)


def _drop_identity(draft: Draft, action: DropIdentity) -> None:
    draft.change_column(action.name, identity=None)


def _refuse(draft: Draft, action: Any) -> None:
    raise EmulatorRefusal(f"ALTER TABLE … {' '.join(action_text(action).split()[:3])}")


# What is not here is refused by name.
_ACTIONS: dict[type, Callable[[Draft, Any], None]] = {
    AddColumn: add_or_change_column,
    AddColumns: add_columns,
    DropColumn: drop_column,
    RenameColumn: rename_column,
    DropIdentity: _drop_identity,
    AddConstraint: add_constraint,
    DropConstraint: drop_constraint,
    SetOptions: _set_options,
    AddPeriod: add_period,
    DropPeriod: drop_period,
    SystemVersioning: change_versioning,
    ModifyPrimary: modify_primary,
}
