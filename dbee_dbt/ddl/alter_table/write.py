"""ALTER TABLE as text: reading it again gives the same actions (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterator

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
    FromTimeZone,
    ModifyPrimary,
    Normalize,
    NullPartitionHandler,
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
    Upkeep,
)
from dbee_dbt.ddl.alter_table.ranges import change_text
from dbee_dbt.ddl.layout import shown
from dbee_dbt.ddl.write import (
    auto_compress_text,
    constraint_text,
    name_list,
    option_texts,
    partitioning_text,
    period_text,
    references_text,
)
from dbee_dbt.ddl.write_columns import attribute_texts
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import identifier, qualified
from dbee_dbt.model.objects import Constraint, PrimaryIndex


def alter_ddl(alter: AlterTable) -> str:
    """ALTER TABLE, an action a line where there are several, with its ``;``.

    Args:
        alter: what it says.
    """
    head = f"{'NONTEMPORAL ' if alter.nontemporal else ''}ALTER {alter.kind.upper()} "
    name = qualified(alter.database, alter.name)
    separator = "\n     " if len(alter.actions) > 1 else " "
    text = f"{head}{name}"
    before: Action | None = None
    for action in alter.actions:
        text += f"{_comma(before, action)}{separator}{action_text(action)}"
        before = action
    return f"{text};"


def _comma(before: Action | None, action: Action) -> str:
    """The comma in front of an action; bounds of SYSTEM_TIME and clauses of foreign tables stand without one."""
    match action:
        case SetOptions():
            return ","
        case UpdateForeign() | RefreshSnapshot():
            return ""
        case AddColumn() if action.column.row_time is not None and isinstance(before, AddPeriod | AddColumn):
            return ""
        case ModifyPrimary() if not isinstance(before, ModifyPrimary):
            return ""
    return "" if before is None else ","


def action_text(action: Action) -> str:
    """One action of ALTER TABLE, without the comma in front.

    Args:
        action: what it says.
    """
    match action:
        case AddColumn():
            return f"ADD {_column(action)}"
        case AddColumns():
            return _columns(action)
        case AddConstraint():
            return _constraint(action)
        case DropConstraint():
            return f"DROP {_dropped(action)}"
        case DropColumn():
            return f"DROP {identifier(action.name)}{_without_delete(action)}"
        case DropIdentity():
            return f"DROP {identifier(action.name)} IDENTITY"
        case RenameColumn():
            return f"RENAME {identifier(action.old)} TO {identifier(action.new)}"
        case AddPeriod():
            return f"ADD {period_text(action.period)}"
        case DropPeriod():
            return f"DROP PERIOD FOR {identifier(action.name)}{_without_delete(action)}"
        case SystemVersioning():
            return f"{action.verb} SYSTEM VERSIONING"
        case Normalize():
            return "DROP NORMALIZE" if action.text is None else f"ADD {action.text}"
        case SetOptions():
            return ", ".join(_options(action))
        case ModifyPrimary():
            return " ".join(filter(None, _primary(action)))
        case UpdateForeign():
            return " ".join(
                ["UPDATE", *(f"{one.name} ({one.value})" if one.value else one.name for one in action.clauses)]
            )
        case OtherAction():
            return action.text
    return _upkeep(action)


def _clause(clause: Clause) -> str:
    return f"{clause.name} ({clause.value})" if clause.value else clause.name


def _upkeep(action: Upkeep) -> str:
    match action:
        case ToCurrent():
            return f"TO CURRENT{_handler(action.handler)}"
        case Revalidate():
            return f"REVALIDATE{' PRIMARY INDEX' if action.primary_index else ''}{_handler(action.handler)}"
        case ReleaseRows():
            tail = " AND RESET LOAD IDENTITY" if action.reset_load_identity else ""
            return f"RELEASE {'DELETED ' if action.deleted else ''}ROWS{tail}"
        case SetDown():
            return f"{action.verb} DOWN"
        case FromTimeZone():
            control = "" if action.control is None else f", TIMEDATEWZCONTROL = {action.control}"
            return f"FROM TIME ZONE = {action.zone}{control}{', WITH TIME ZONE' if action.with_time_zone else ''}"
        case RefreshSnapshot():
            return "REFRESH SNAPSHOT_LOCATION"


def _handler(handler: NullPartitionHandler | None) -> str:
    if handler is None:
        return ""
    return " WITH DELETE" if handler.save_table is None else f" WITH INSERT INTO {qualified(*handler.save_table)}"


def _without_delete(action: DropColumn | DropPeriod) -> str:
    return " WITHOUT DELETE" if action.without_delete else ""


def _column(action: AddColumn) -> str:
    into = "" if action.into is None else f" INTO {identifier(action.into)}"
    return " ".join(_definition(action)) + into


def _definition(action: AddColumn) -> Iterator[str]:
    """The column, its attributes and what is written with it; a NULL that is written is a change, so it is kept."""
    texts = [text.strip() for text in attribute_texts(action.column)]
    if "nullable" in action.written and action.column.nullable is not False:
        texts.insert(0 if action.column.type is None else 1, "NULL")  # behind COMPRESS it would be a value
    yield identifier(action.column.name)
    yield from texts
    yield from map(_of_column, action.constraints)


def _of_column(constraint: Constraint) -> str:
    """A constraint that is written with its column, which it does not name."""
    name = f"CONSTRAINT {identifier(constraint.name)} " if constraint.name is not None else ""
    match constraint.kind:
        case "check":
            return f"{name}CHECK ( {shown(constraint.expression or '')} )"
        case "foreign key":
            return references_text(name.strip(), constraint).strip()
    return f"{name}{constraint.kind.upper()}"


def _columns(action: AddColumns) -> str:
    inside = ", ".join(" ".join(_definition(column)) for column in action.columns)
    into = "" if action.into is None else f" INTO {identifier(action.into)}"
    form = f"{action.form} " if action.form else ""
    return f"ADD {form}( {inside} ){auto_compress_text(action.auto_compress)}{into}"


def _constraint(action: AddConstraint) -> str:
    if action.column is not None:
        return f"MODIFY {identifier(action.column)} {constraint_text(action.constraint)}"
    return f"{'MODIFY' if action.modify else 'ADD'} {constraint_text(action.constraint)}"


def _dropped(action: DropConstraint) -> str:
    if action.kind == "inconsistent references":
        return "INCONSISTENT REFERENCES"
    if action.column is not None:
        return f"{identifier(action.column)} CHECK"
    name = f"CONSTRAINT {identifier(action.name)}" if action.name is not None else ""
    if action.constraint is not None:
        return f"{name} {constraint_text(action.constraint)}".strip()
    return f"{name} {'CHECK' if action.kind == 'check' else ''}".strip()


def _options(action: SetOptions) -> Iterator[str]:
    if action.on_commit is not None:
        yield f"ON COMMIT {action.on_commit} ROWS"
    words = list(option_texts(action.options))
    if action.options.fallback is not None:
        words.insert(0, "FALLBACK" if action.options.fallback else "NO FALLBACK")
    if words and action.immediate:
        words[-1] += " IMMEDIATE"
    if words and action.fast_mode is not None:
        words[-1] += f" USING FAST MODE {'ON' if action.fast_mode else 'OFF'}"
    yield from (word.strip() for word in words)


def _primary(action: ModifyPrimary) -> Iterator[str]:
    yield "MODIFY"
    if action.index is not None:
        yield from _index(action, action.index)
    if action.partitioning is not None:
        yield partitioning_text(action.partitioning).rstrip() if action.partitioning else "NOT PARTITIONED"
    for number, change in enumerate(action.changes):
        last = number + 1 == len(action.changes)
        pair = change.verb == "DROP" and not last and action.changes[number + 1].verb == "ADD"
        yield change_text(change) + ("" if last or pair else ",")
    yield _handler(action.handler).strip()


def _index(action: ModifyPrimary, index: PrimaryIndex) -> Iterator[str]:
    if index.form == "no primary index":
        yield "NO PRIMARY INDEX"
        return
    if action.unique is not None:
        yield "UNIQUE" if action.unique else "NOT UNIQUE"
    yield "PRIMARY AMP INDEX" if index.form == "primary amp" else "PRIMARY INDEX"
    if action.not_named:
        yield "NOT NAMED"
    elif index.name is not None:
        yield identifier(index.name)
    if index.columns:
        yield name_list(index.columns)
