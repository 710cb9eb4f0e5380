"""ALTER TABLE … MODIFY DROP RANGE and ADD RANGE (docs/teradata/ddl.md §2.3)."""

from __future__ import annotations

import msgspec

from dbee_dbt.ddl.alter_table.apply_ranges import with_ranges
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.statements import ModifyPrimary, NullPartitionHandler
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.sql.failures import explained
from dbee_dbt.emulator.sql.partitions import check_partitions, without_partition
from dbee_dbt.emulator.sql.references import check_as_parent
from dbee_dbt.emulator.sql.target import Target, exists
from dbee_dbt.emulator.statements.alter_draft import Draft
from dbee_dbt.emulator.surroundings import row_table
from dbee_dbt.model.errors import DdlError


def change_ranges(draft: Draft, action: ModifyPrimary) -> None:
    """Drop and add ranges: of a table with rows at the ends only.

    Raises:
        EmulatorRefusal: ranges that cannot be reckoned with, or that Teradata refuses with a number not known here.
    """
    try:
        changed = with_ranges(draft.table.partitioning, action.changes)
    except DdlError as problem:
        raise EmulatorRefusal(problem.what) from problem
    if not changed.at_ends and draft.rows():
        raise EmulatorRefusal("the error number of Teradata for ranges in the middle of a table with rows")
    draft.change(partitioning=changed.levels)
    draft.row_changes.append(lambda: _place_rows(draft, action.handler))


def _place_rows(draft: Draft, handler: NullPartitionHandler | None) -> None:
    """Refuse or take away the rows that have no partition any more (5728)."""
    surroundings = draft.session.surroundings
    if not surroundings.has_rows(draft.entry):
        return
    relation = msgspec.structs.replace(surroundings.relation_of(draft.entry), partitioning=draft.table.partitioning)
    target, rows = Target(surroundings, relation), row_table(draft.entry, draft.table)
    try:
        if handler is None:
            check_partitions(target, rows)
        elif handler.save_table is None:
            _delete(target, rows)
        elif any(exists(target.env, query) for query in without_partition(target, rows)):
            raise EmulatorRefusal("ALTER TABLE … WITH INSERT of rows that have no partition")
    except (QueryError, NotKnownError) as problem:
        raise explained(problem) from problem


def _delete(target: Target, rows: str) -> None:
    for query in without_partition(target, rows, "rowid"):
        target.env.execute(f"DELETE FROM {rows} WHERE rowid IN ({query})")
    try:
        check_as_parent(target)
    except TeradataError as problem:
        raise EmulatorRefusal("ALTER TABLE … WITH DELETE of rows that other tables refer to") from problem
