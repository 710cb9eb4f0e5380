"""ALTER TABLE on columns: add, change, drop, rename."""

from __future__ import annotations

from typing import Any

import msgspec

from dbee_dbt.ddl.statements import AddColumn, AddColumns, DropColumn, RenameColumn
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import names_column
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.emulator.statements.alter_constraints import add_checked, check_rows
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.statements.alter_types import check_type_change
from dbee_dbt.emulator.statements.column_types import check_type, check_type_exists
from dbee_dbt.emulator.statements.dependents import check_alter, check_column
from dbee_dbt.emulator.statements.table_defaults import column_with_defaults
from dbee_dbt.emulator.surroundings import quoted, row_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType

_LOB_CHANGES = frozenset({"nullable", "title", "format", "type"})
# What WITH DEFAULT stands for, by type (SQL Data Types and Literals, B035-1143).
_TYPE_DEFAULTS = {"DATE": "CURRENT_DATE", "TIME": "CURRENT_TIME", "TIMESTAMP": "CURRENT_TIMESTAMP"}


def add_columns(draft: Draft, action: AddColumns) -> None:
    """ADD of columns in parentheses, of a table that is not partitioned by columns."""
    if action.form or action.into or action.auto_compress is not None or draft.is_by_columns():
        raise EmulatorRefusal("ALTER TABLE … ADD of columns that are stored together")
    for added in action.columns:
        add_or_change_column(draft, added)


def add_or_change_column(draft: Draft, action: AddColumn) -> None:
    """ADD: a column that is there is changed."""
    if action.into is not None:
        raise EmulatorRefusal("ALTER TABLE … ADD INTO a column partition")
    if action.column.row_security:
        raise EmulatorRefusal("ALTER TABLE … ADD of a column of row-level security")
    for text in action.column.attributes:
        raise EmulatorRefusal(f"ALTER TABLE … ADD … {text}")
    place = draft.place(action.column.name)
    if place is None:
        _add(draft, action)
    else:
        _change(draft, draft.table.columns[place], action)
    for constraint in action.constraints:
        add_checked(draft, constraint)


def _add(draft: Draft, action: AddColumn) -> None:
    check_alter(draft.session, draft.table)
    column = column_with_defaults(draft.session, action.column)
    if column.type is None:
        raise failure(3739, column.name)
    check_type(column.type)
    check_type_exists(draft.session.system, column.type)
    if column.identity is not None:
        raise EmulatorRefusal("the error number of Teradata for adding an identity column")
    empty = (column.default or "NULL").upper() == "NULL" and not column.with_default
    if column.nullable is False and empty and draft.rows():
        raise failure(3559, column.name)
    if column.checks and not empty and draft.rows():
        raise EmulatorRefusal("a new column with a default and a CHECK on a table with rows")
    draft.set_columns([*draft.table.columns, column])
    draft.column_ids.append(max(draft.column_ids, default=1024) + 1)
    draft.row_changes.append(lambda: _add_to_rows(draft, column))


def _add_to_rows(draft: Draft, column: Column) -> None:
    surroundings = draft.session.surroundings
    if not surroundings.has_rows(draft.entry) or column.type is None:
        return
    table, name = row_table(draft.entry, draft.table), quoted(column.name)
    surroundings.execute(f"ALTER TABLE {table} ADD COLUMN {name} {storage_type(column.type)}")
    default = _default_text(column, column.type)
    if default is not None:
        surroundings.execute(f"UPDATE {table} SET {name} = ({_compiled(draft, default, column.type)})")


def _default_text(column: Column, kind: DataType) -> str | None:
    if (column.default or "NULL").upper() != "NULL":
        return column.default
    if not column.with_default:
        return None
    if kind.name in ("CHAR", "VARCHAR"):
        return "''"
    return _TYPE_DEFAULTS.get(kind.name, "0")


def _compiled(draft: Draft, default: str, kind: DataType) -> str:
    return draft.session.surroundings.compile(f"SELECT CAST({default} AS {kind.text}) AS x").sql


def _change(draft: Draft, old: Column, action: AddColumn) -> None:
    new, written = action.column, action.written
    if old.type is not None and old.type.name in ("CLOB", "BLOB") and written - _LOB_CHANGES:
        raise failure(3558, old.name)
    changes: dict[str, Any] = {name: getattr(new, name) for name in written if name in Column.__struct_fields__}
    if "type" in written and new.type is not None:
        changes |= _change_type(draft, old, new.type, written)
    if "nullable" in written and new.nullable != old.nullable:
        _check_nullable(draft, old, action)
    if new.uppercase and not old.uppercase and old.case_specific:
        raise failure(3558, old.name)
    if "identity" in written and old.identity is None:
        raise EmulatorRefusal("the error number of Teradata for making a column an identity column")
    compress = changes.get("compress")
    if compress is not None and not compress.none and (draft.in_index(old.name) or draft.in_partitioning(old.name)):
        raise failure(3623)
    if compress is not None and compress.none:
        changes["compress"] = None
    if "checks" in written:
        if old.checks:
            raise EmulatorRefusal("the error number of Teradata for a second CHECK of a column")
        for check in new.checks:
            check_rows(draft, check)
    changes.pop("name", None)
    draft.change_column(old.name, **changes)


def _change_type(draft: Draft, old: Column, new: DataType, written: frozenset[str]) -> dict[str, Any]:
    """The fields that a change of type changes; a widened VARCHAR keeps its old FORMAT."""
    assert old.type is not None
    if new.charset is None and new.name == old.type.name:
        new = msgspec.structs.replace(new, charset=old.type.charset)
    if new.is_same(old.type):
        return {"type": new}
    if draft.in_index(old.name) or draft.in_partitioning(old.name) or draft.in_reference(old.name):
        raise failure(3558, old.name)
    check_type(new)
    check_type_exists(draft.session.system, new)
    check_type_change(old.name, old.type, new, draft.rows)
    check_column(draft.session, draft.table, old.name)
    changes: dict[str, Any] = {"type": new}
    if new.name == "VARCHAR" and "format" not in written and old.format is None:
        changes["format"] = f"X({old.type.length})"
    draft.row_changes.append(lambda: _retype_rows(draft, old.name, new))
    return changes


def _retype_rows(draft: Draft, name: str, kind: DataType) -> None:
    if draft.session.surroundings.has_rows(draft.entry):
        table = row_table(draft.entry, draft.table)
        draft.session.surroundings.execute(
            f"ALTER TABLE {table} ALTER COLUMN {quoted(name)} SET DATA TYPE {storage_type(kind)}"
        )


def _check_nullable(draft: Draft, old: Column, action: AddColumn) -> None:
    """NOT NULL to NULL stands alone; NULL to NOT NULL needs a column without nulls; neither in an index."""
    if draft.in_index(old.name) or draft.in_partitioning(old.name):
        raise failure(3558, old.name)
    if action.column.nullable is not False:
        if action.written - {"nullable"}:
            raise failure(3558, old.name)
        return
    if draft.session.surroundings.has_rows(draft.entry):
        table = row_table(draft.entry, draft.table)
        sql = f"SELECT count(*) FROM {table} WHERE {quoted(old.name)} IS NULL"
        (nulls,) = draft.session.surroundings.execute(sql).fetchone()
        if nulls:
            raise EmulatorRefusal(f"the error number of Teradata for NOT NULL on column {old.name}, which holds nulls")


def drop_column(draft: Draft, action: DropColumn) -> None:
    """DROP: not of an index, partitioning, or key column, nor of one with statistics.

    Raises:
        TeradataError: 3810, 3557, 6956.
    """
    place = draft.required_place(action.name)
    name = draft.table.columns[place].name
    if draft.in_index(name):
        raise failure(3557, name)
    if any(fold(name) in map(fold, one.columns) for one in draft.entry.statistics):
        raise failure(6956, name)
    checks = [constraint.expression or "" for constraint in draft.table.constraints]
    rests = draft.in_partitioning(name) or draft.in_reference(name) or draft.in_period(name)
    if rests or any(names_column(text, name) for text in checks):
        raise EmulatorRefusal(f"the error number of Teradata for dropping column {name}, which something rests on")
    check_column(draft.session, draft.table, name)
    check_alter(draft.session, draft.table)
    if len(draft.table.columns) == 1:
        raise EmulatorRefusal("the error number of Teradata for dropping the last column")
    columns = list(draft.table.columns)
    del columns[place], draft.column_ids[place]
    draft.set_columns(columns)
    draft.row_changes.append(lambda: _on_rows(draft, f"DROP COLUMN {quoted(name)}"))


def rename_column(draft: Draft, action: RenameColumn) -> None:
    """RENAME of a column: not of an index, partitioning or key, and not to a name that is there; or of a constraint.

    Raises:
        TeradataError: 3810, 5381, 3558.
    """
    if draft.place(action.old) is None and draft.constraint(action.old) is not None:
        _rename_constraint(draft, action)
        return
    place = draft.required_place(action.old)
    old = draft.table.columns[place].name
    if fold(old) != fold(action.new) and draft.place(action.new) is not None:
        raise failure(5381)
    if draft.in_index(old) or draft.in_partitioning(old) or draft.in_reference(old):
        raise failure(3558, old)
    if draft.in_period(old):
        raise EmulatorRefusal(f"the error number of Teradata for renaming column {old}, which a period rests on")
    check_column(draft.session, draft.table, old)
    draft.change_column(old, name=action.new)
    draft.rename_in_statistics(old, action.new)
    draft.row_changes.append(lambda: _on_rows(draft, f"RENAME COLUMN {quoted(old)} TO {quoted(action.new)}"))


def _rename_constraint(draft: Draft, action: RenameColumn) -> None:
    if draft.constraint(action.new) is not None:
        raise EmulatorRefusal("the error number of Teradata for a constraint of a name that is there")
    draft.change(
        constraints=tuple(
            msgspec.structs.replace(one, name=action.new) if one is draft.constraint(action.old) else one
            for one in draft.table.constraints
        )
    )


def _on_rows(draft: Draft, change: str) -> None:
    if draft.session.surroundings.has_rows(draft.entry):
        draft.session.surroundings.execute(f"ALTER TABLE {row_table(draft.entry, draft.table)} {change}")
