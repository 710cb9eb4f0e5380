"""ALTER TABLE … ADD and DROP PERIOD FOR: derived periods without a temporal dimension (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

from dbee_dbt.ddl.statements import AddPeriod, DropPeriod, SystemVersioning
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.surroundings import quoted, row_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.table_parts import DerivedPeriod

_SYSTEM_TIME = "SYSTEM_TIME"


def add_period(draft: Draft, action: AddPeriod) -> None:
    """ADD PERIOD FOR: two dates or timestamps of one type, each of no other period.

    Raises:
        TeradataError: 3810 a column that is not there.
        EmulatorRefusal: a temporal table, and what Teradata refuses with a number that is not known here.
    """
    period = action.period
    if period.time is not None or fold(period.name) == _SYSTEM_TIME:
        raise EmulatorRefusal("ALTER TABLE … ADD PERIOD FOR of a temporal table")
    _check_period(draft, period)
    if draft.session.surroundings.has_rows(draft.entry):
        _check_rows(draft, period)
    draft.change(periods=(*draft.table.periods, period))


def _check_period(draft: Draft, period: DerivedPeriod) -> None:
    start, end = (draft.table.columns[draft.required_place(name)] for name in (period.start, period.end))
    if draft.place(period.name) is not None or any(fold(one.name) == fold(period.name) for one in draft.table.periods):
        raise EmulatorRefusal(f"the error number of Teradata for a period of a name that is there: {period.name}")
    if start.type is None or start.type.name not in ("DATE", "TIMESTAMP"):
        raise EmulatorRefusal("the error number of Teradata for a period of columns that are no dates or timestamps")
    if start.type != end.type or start.format != end.format or start is end:
        raise EmulatorRefusal("the error number of Teradata for a period whose columns differ")
    taken = {fold(name) for one in draft.table.periods for name in (one.start, one.end)}
    if taken & {fold(start.name), fold(end.name)}:
        raise EmulatorRefusal("the error number of Teradata for a column of two periods")


def _check_rows(draft: Draft, period: DerivedPeriod) -> None:
    table, start, end = row_table(draft.entry, draft.table), quoted(period.start), quoted(period.end)
    sql = f"SELECT 1 FROM {table} WHERE {start} >= {end} LIMIT 1"
    if draft.session.surroundings.execute(sql).fetchone() is not None:
        raise EmulatorRefusal("the error number of Teradata for a new period that stored rows do not fit")


def drop_period(draft: Draft, action: DropPeriod) -> None:
    """DROP PERIOD FOR; the columns stay.

    Raises:
        EmulatorRefusal: a temporal table; a period that is not there, for which Teradata's number is not known here.
    """
    gone = next((one for one in draft.table.periods if fold(one.name) == fold(action.name)), None)
    if gone is None:
        raise EmulatorRefusal(f"the error number of Teradata for a period that is not there: {action.name}")
    if gone.time is not None or fold(gone.name) == _SYSTEM_TIME or action.without_delete:
        raise EmulatorRefusal("ALTER TABLE … DROP PERIOD FOR of a temporal table")
    draft.change(periods=tuple(one for one in draft.table.periods if one is not gone))


def change_versioning(draft: Draft, action: SystemVersioning) -> None:
    """ADD or DROP SYSTEM VERSIONING: no rows are kept for what they were."""
    raise EmulatorRefusal(f"ALTER TABLE … {action.verb} SYSTEM VERSIONING")
