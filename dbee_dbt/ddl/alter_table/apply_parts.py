"""What is left of the parts that few tables have after ALTER TABLE: time, groups of columns, foreign rows."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold, fold_code, qualified
from dbee_dbt.model.objects import Table
from dbee_dbt.model.table_parts import DerivedPeriod

_VERSIONING = "WITH SYSTEM VERSIONING"
_SYSTEM_TIME = "SYSTEM_TIME"


def refused(table: Table, what: str) -> DdlError:
    """The error of an action that the table cannot take.

    Args:
        table: that is altered.
        what: happened.
    """
    return DdlError(what, subject=qualified(table.database, table.name))


def with_period(table: Table, period: DerivedPeriod) -> Table:
    """The table with a further derived period.

    Raises:
        DdlError: it has one of this name.
    """
    if any(fold(found.name) == fold(period.name) for found in table.periods):
        raise refused(table, f"there is a period {period.name} already")
    return replace(table, periods=(*table.periods, period))


def without_period(table: Table, name: str) -> Table:
    """The table without a derived period; SYSTEM_TIME takes its two columns along (B035-1186).

    Raises:
        DdlError: it has none of this name.
    """
    gone = next((found for found in table.periods if fold(found.name) == fold(name)), None)
    if gone is None:
        raise refused(table, f"there is no period {name}")
    bounds = {fold(gone.start), fold(gone.end)} if fold(gone.name) == _SYSTEM_TIME else set()
    columns = tuple(column for column in table.columns if fold(column.name) not in bounds)
    return replace(table, columns=columns, periods=tuple(found for found in table.periods if found is not gone))


def with_versioning(table: Table, verb: Literal["ADD", "DROP"]) -> Table:
    """The table with system versioning, or without it.

    Raises:
        DdlError: it is so already.
    """
    kept = tuple(clause for clause in table.clauses if fold_code(clause) != _VERSIONING)
    has = len(kept) < len(table.clauses)
    if has == (verb == "ADD"):
        raise refused(table, "there is system versioning already" if has else "there is no system versioning")
    return replace(table, clauses=kept if has else (*kept, _VERSIONING))


def without_from_groups(table: Table, name: str) -> Table:
    """The table without a column in its groups; a group of no columns goes with its last one."""
    groups = tuple(
        replace(group, columns=tuple(one for one in group.columns if fold(one) != fold(name)))
        for group in table.column_groups
    )
    return replace(table, column_groups=tuple(group for group in groups if group.columns))


def updated_foreign(table: Table, clauses: tuple[Clause, ...]) -> Table:
    """The foreign table with clauses of USING in the place of those of their names, new ones behind.

    Raises:
        DdlError: its rows lie in the database.
    """
    if not table.foreign:
        raise refused(table, "UPDATE cannot be applied: the table is not foreign")
    written = {fold(clause.name): clause for clause in clauses}
    kept = [written.pop(fold(clause.name), clause) for clause in table.using]
    return replace(table, using=(*kept, *written.values()))
