"""CREATE INDEX and DROP INDEX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import CreateIndex, DropIndex
from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.indexes import label, number_indexes, written_label
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.foreign_keys import check_children
from dbee_dbt.emulator.statements.names import altered, required_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import SecondaryIndex, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_MOST_COLUMNS = 64  # of an index (docs/teradata/ddl.md §2.5)


def create_index(session: Session, meaning: CreateIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE INDEX: one or more secondary indexes."""
    entry, table = required_table(session, meaning.database, meaning.name)
    known = {fold(column.name) for column in table.columns}
    indexes = table.indexes
    for index in meaning.indexes:
        _check(index, known, indexes)
        indexes = (*indexes, index)
    _store(session, entry, table, indexes)
    return Result(activity="Create Index")


def _check(index: SecondaryIndex, known: set[str], indexes: Sequence[SecondaryIndex]) -> None:
    if len(index.columns) > _MOST_COLUMNS:
        raise failure(3518)
    for name in index.columns:
        if fold(name) not in known:
            raise failure(3810, name)
    if any(written_label(other) == written_label(index) for other in indexes):
        raise failure(3534)


def drop_index(session: Session, meaning: DropIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """DROP INDEX by its name or by its columns.

    Raises:
        TeradataError: 3526, there is none.
    """
    entry, table = required_table(session, meaning.database, meaning.name)
    kept = tuple(index for index in table.indexes if not _meant(meaning, index))
    if len(kept) == len(table.indexes):
        raise failure(3526)
    check_children(session, entry, msgspec.structs.replace(table, indexes=kept))
    _store(session, entry, table, kept)
    return Result(activity="Drop Index")


def _meant(meaning: DropIndex, index: SecondaryIndex) -> bool:
    if meaning.index is not None:
        return index.name is not None and fold(index.name) == fold(meaning.index)
    ordered = meaning.order_by is None or meaning.order_by == index.order_by
    return ordered and label(index.columns) == label(meaning.columns)


def _store(session: Session, entry: Entry, table: Table, indexes: tuple[SecondaryIndex, ...]) -> None:
    found = altered(session, msgspec.structs.replace(table, indexes=indexes))
    assert isinstance(found, Table)
    numbers = number_indexes(found, entry.index_numbers)
    session.replace(msgspec.structs.replace(entry, found=found, index_numbers=numbers, request=session.request_text))
