"""A table on its way through the actions of one ALTER TABLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.indexes import names_column, number_indexes, table_indexes
from dbee_dbt.emulator.records import Entry
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Constraint, Table
from dbee_dbt.model.table_parts import levels

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session


class Draft:
    """What the table will be.

    Attributes:
        session: that alters it.
        entry: the table as it was.
        table: the table as it is now.
        column_ids: of its columns.
        statistics: of the table, with its columns' names of now.
        row_changes: what has to be done to the rows, in order, once every action is legal.
    """

    def __init__(self, session: Session, entry: Entry, table: Table) -> None:
        self.session = session
        self.entry = entry
        self.table = table
        self.column_ids = list(entry.column_ids)
        self.statistics = entry.statistics
        self.row_changes: list[Callable[[], None]] = []

    @property
    def name(self) -> str:
        """The table's qualified name for messages."""
        return f"{self.table.database}.{self.table.name}"

    def change(self, **fields: Any) -> None:
        """Change fields of the table."""
        self.table = msgspec.structs.replace(self.table, **fields)

    def place(self, name: str) -> int | None:
        """Where a column stands, or None."""
        wanted = fold(name)
        return next((place for place, column in enumerate(self.table.columns) if fold(column.name) == wanted), None)

    def required_place(self, name: str) -> int:
        """Where a column stands.

        Raises:
            TeradataError: 3810.
        """
        place = self.place(name)
        if place is None:
            raise failure(3810, name)
        return place

    def set_columns(self, columns: list[Column]) -> None:
        """Give the table these columns."""
        self.change(columns=tuple(columns))

    def change_column(self, changed: str, /, **fields: Any) -> None:
        """Change fields of one column."""
        place = self.required_place(changed)
        columns = list(self.table.columns)
        columns[place] = msgspec.structs.replace(columns[place], **fields)
        self.set_columns(columns)

    def rename_in_statistics(self, old: str, new: str) -> None:
        """Statistics belong to columns, whatever those are called."""
        self.statistics = tuple(
            msgspec.structs.replace(
                one, columns=tuple(new if fold(name) == fold(old) else name for name in one.columns)
            )
            for one in self.statistics
        )

    def rows(self) -> int:
        """How many rows the table has."""
        return self.session.surroundings.count_rows(self.entry)

    def in_index(self, name: str) -> bool:
        """True if the column belongs to any index or key."""
        indexes = table_indexes(self.table, _all_numbers(self))
        return any(fold(name) in map(fold, index.columns) for index in indexes)

    def in_partitioning(self, name: str) -> bool:
        """True if a partitioning expression names the column."""
        return names_column(" ".join(self.table.partitioning), name)

    def in_reference(self, name: str) -> bool:
        """True if a foreign key of the table, or one on it, uses the column."""
        own = (c for c in self.table.constraints if c.kind == "foreign key")
        if any(fold(name) in map(fold, key.columns) for key in own):
            return True
        here = (fold(self.table.database), fold(self.table.name))
        for other in self.session.system.referencing(*here):
            for key in other.found.constraints if isinstance(other.found, Table) else ():
                parent = key.parent and (fold(key.parent[0]), fold(key.parent[1]))
                if parent == here and fold(name) in map(fold, key.parent_columns):
                    return True
        return False

    def in_period(self, name: str) -> bool:
        """True if a derived period begins or ends with the column."""
        return any(fold(name) in (fold(period.start), fold(period.end)) for period in self.table.periods)

    def is_by_columns(self) -> bool:
        """True if the table is partitioned by columns."""
        return any(level.kind == "COLUMN" for level in levels(self.table.partitioning))

    def constraint(self, name: str) -> Constraint | None:
        """The constraint of this name, or None."""
        named = (one for one in self.table.constraints if one.name is not None and fold(one.name) == fold(name))
        return next(named, None)


def _all_numbers(draft: Draft) -> dict[str, int]:
    return number_indexes(draft.table, draft.entry.index_numbers)
