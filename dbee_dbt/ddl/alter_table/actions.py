"""What ALTER TABLE says, action by action, as frozen values.

Sources of the forms: ALTER TABLE and ALTER FOREIGN TABLE in SQL Data Definition Language Syntax and Examples
(B035-1144), Temporal Table Support (B035-1182) and ANSI Temporal Table Support (B035-1186); docs/teradata/ddl.md §2.3.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import Column, Constraint, PrimaryIndex, TableOptions
from dbee_dbt.model.table_parts import DerivedPeriod


class AddColumn(Struct, frozen=True):
    """ADD of a column that is not there, or a change of one that is: only the table's columns tell.

    Args:
        column: name, type (None where none is written) and attributes.
        written: names of the fields of :class:`Column` that the action says something about.
        constraints: keys, references and named checks written with the column.
        into: ADD … INTO: a column of the column partition that takes this one; None where it is not written.
    """

    column: Column
    written: frozenset[str]
    constraints: tuple[Constraint, ...] = ()
    into: str | None = None


class AddColumns(Struct, frozen=True, kw_only=True):
    """ADD of columns in parentheses, which a column-partitioned table stores together.

    Args:
        form: the word in front of them; ``""`` where none is written.
        columns: one of which only the name is written is there already.
        auto_compress: AUTO COMPRESS True, NO AUTO COMPRESS False, neither None.
        into: a column of the column partition that takes them; None where it is not written.
    """

    form: Literal["COLUMN", "ROW", "SYSTEM", ""] = ""
    columns: tuple[AddColumn, ...]
    auto_compress: bool | None = None
    into: str | None = None


class DropColumn(Struct, frozen=True):
    """DROP of a column; WITHOUT DELETE keeps the rows that a temporal column closed."""

    name: str
    without_delete: bool = False


class DropIdentity(Struct, frozen=True):
    """DROP column IDENTITY: the attribute goes, the column stays."""

    name: str


class RenameColumn(Struct, frozen=True):
    """RENAME of a column, or of a constraint: only the table tells which it has."""

    old: str
    new: str


class AddConstraint(Struct, frozen=True):
    """ADD or MODIFY of a constraint.

    Args:
        constraint: what is written of it.
        modify: MODIFY.
        column: MODIFY column CHECK: the column whose own check is changed; else None.
    """

    constraint: Constraint
    modify: bool = False
    column: str | None = None


class DropConstraint(Struct, frozen=True, kw_only=True):
    """DROP of a constraint: by name, or by what it says.

    Args:
        name: its name, or None.
        kind: ``check``, ``foreign key``, ``unique``, ``primary key``, ``inconsistent references``, or None where
            only a name is written.
        constraint: what is written of it; None where only a name or a kind is.
        column: DROP column CHECK: the column whose own checks go; else None.
    """

    name: str | None = None
    kind: str | None = None
    constraint: Constraint | None = None
    column: str | None = None


class AddPeriod(Struct, frozen=True):
    """ADD PERIOD FOR name (begin, end)."""

    period: DerivedPeriod


class DropPeriod(Struct, frozen=True):
    """DROP PERIOD FOR name."""

    name: str
    without_delete: bool = False


class SystemVersioning(Struct, frozen=True):
    """ADD or DROP SYSTEM VERSIONING; dropping it deletes the closed rows."""

    verb: Literal["ADD", "DROP"]


class Normalize(Struct, frozen=True):
    """ADD NORMALIZE, as canonical text; None for DROP NORMALIZE."""

    text: str | None


class SetOptions(Struct, frozen=True):
    """Table options to set; those that are None stay.

    Args:
        options: the options.
        on_commit: of a temporary table.
        immediate: IMMEDIATE: a size of blocks or a checksum holds for the blocks that are there, too.
        fast_mode: USING FAST MODE ON True, OFF False: how isolated loading is put onto the rows; else None.
    """

    options: TableOptions
    on_commit: Literal["DELETE", "PRESERVE"] | None = None
    immediate: bool = False
    fast_mode: bool | None = None


class Range(Struct, frozen=True):
    """One range of RANGE_N, each part as canonical text.

    Args:
        start: its first value; ``*`` where it is open.
        end: its last value, or ``*``; None where it goes up to the next range.
        each: of EACH; None where it is one partition.
    """

    start: str
    end: str | None = None
    each: str | None = None


class RangeChange(Struct, frozen=True, kw_only=True):
    """DROP RANGE or ADD RANGE.

    Args:
        verb: which of them.
        level: the n of ``RANGE#Ln``; None where it is not written.
        ranges: of BETWEEN, in order.
        special: of ``NO RANGE``, ``UNKNOWN`` and ``NO RANGE OR UNKNOWN`` those that are written, in order.
        condition: of WHERE, as canonical text; None where ranges are written.
    """

    verb: Literal["ADD", "DROP"]
    level: int | None = None
    ranges: tuple[Range, ...] = ()
    special: tuple[str, ...] = ()
    condition: str | None = None


class NullPartitionHandler(Struct, frozen=True):
    """What becomes of rows that have no partition any more.

    Args:
        save_table: WITH INSERT INTO ``(database, name)``; None for WITH DELETE.
    """

    save_table: tuple[str, str] | None = None


class ModifyPrimary(Struct, frozen=True, kw_only=True):
    """MODIFY PRIMARY INDEX and partitioning.

    Args:
        index: the new primary index; its columns are empty where they stay; None where only partitioning changes.
        unique: UNIQUE True, NOT UNIQUE False, neither None.
        not_named: NOT NAMED is written.
        partitioning: new levels; empty for NOT PARTITIONED; None where it stays, or its ranges change.
        changes: DROP RANGE and ADD RANGE in order.
        handler: WITH DELETE, WITH INSERT; None where neither is written.
    """

    index: PrimaryIndex | None = None
    unique: bool | None = None
    not_named: bool = False
    partitioning: tuple[str, ...] | None = None
    changes: tuple[RangeChange, ...] = ()
    handler: NullPartitionHandler | None = None


class ToCurrent(Struct, frozen=True):
    """TO CURRENT: CURRENT_DATE and CURRENT_TIMESTAMP of the partitioning are resolved anew."""

    handler: NullPartitionHandler | None = None


class Revalidate(Struct, frozen=True):
    """REVALIDATE [PRIMARY INDEX]: the table's header is made anew, its rows are put where they belong."""

    primary_index: bool = False
    handler: NullPartitionHandler | None = None


class ReleaseRows(Struct, frozen=True):
    """RELEASE [DELETED] ROWS of an isolated load."""

    deleted: bool = False
    reset_load_identity: bool = False


class SetDown(Struct, frozen=True):
    """SET DOWN, RESET DOWN: whether the table can be reached."""

    verb: Literal["SET", "RESET"]


class FromTimeZone(Struct, frozen=True):
    """FROM TIME ZONE: the times that are stored are moved.

    Args:
        zone: with its sign, as canonical text.
        control: TIMEDATEWZCONTROL, or None.
        with_time_zone: WITH TIME ZONE.
    """

    zone: str
    control: int | None = None
    with_time_zone: bool = False


class UpdateForeign(Struct, frozen=True):
    """UPDATE of a foreign table: the clauses of USING that are set."""

    clauses: tuple[Clause, ...]


class RefreshSnapshot(Struct, frozen=True):
    """REFRESH SNAPSHOT_LOCATION of a foreign table."""


class OtherAction(Struct, frozen=True):
    """An action of ALTER TABLE that is kept as canonical text."""

    text: str


Upkeep = ToCurrent | Revalidate | ReleaseRows | SetDown | FromTimeZone | RefreshSnapshot
"""Actions that concern rows, or how they lie, and nothing that defines the table."""

Action = (
    AddColumn
    | AddColumns
    | DropColumn
    | DropIdentity
    | RenameColumn
    | AddConstraint
    | DropConstraint
    | AddPeriod
    | DropPeriod
    | SystemVersioning
    | Normalize
    | SetOptions
    | ModifyPrimary
    | ToCurrent
    | Revalidate
    | ReleaseRows
    | SetDown
    | FromTimeZone
    | UpdateForeign
    | RefreshSnapshot
    | OtherAction
)


class AlterTable(Struct, frozen=True, kw_only=True):
    """ALTER TABLE with its actions in order.

    Args:
        kind: ``table`` or ``foreign table``.
        nontemporal: NONTEMPORAL stands in front.
    """

    database: str
    name: str
    actions: tuple[Action, ...]
    kind: str = "table"
    nontemporal: bool = False
