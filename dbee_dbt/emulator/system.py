"""The emulated system's records, with look-up, undo, and what has changed since somebody last asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.records import Entry, Key, Record, Right
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Database, Table

Undo = list[tuple[Key, Record | None]]
"""Keys with the record that was there before, oldest first."""

_R = TypeVar("_R")


class System:
    """Every record of one emulated system. All changes go through ``put`` and ``remove``."""

    def __init__(self) -> None:
        self.records: dict[Key, Record] = {}
        self.contents: dict[str, dict[str, Entry]] = {}
        self._rights: dict[tuple[str, str], dict[Key, Right]] = {}
        self._children: dict[tuple[str, str], set[Key]] = {}
        self.changed: dict[Key, int] = {}
        self.version = 0
        self._next_id = 1
        self._undo: Undo | None = None

    def load(self, records: dict[Key, Record]) -> None:
        """Take these records as what is stored already."""
        for key, record in records.items():
            self._place(key, record)

    def new_id(self) -> int:
        """An object id that was never given before."""
        self._next_id += 1
        return self._next_id - 1

    def put(self, record: Record) -> None:
        """Add the record, or replace the one with its key."""
        self._set(record.key, record)

    def remove(self, key: Key) -> None:
        """Forget the record of this key, if there is one."""
        if key in self.records:
            self._set(key, None)

    def get(self, key: Key) -> Record | None:
        """The record of this key, or None."""
        return self.records.get(key)

    def of(self, sort: type[_R]) -> Iterator[_R]:
        """Every record of one class."""
        return (cast(_R, record) for record in self.records.values() if isinstance(record, sort))

    @contextmanager
    def recording(self, undo: Undo) -> Iterator[None]:
        """Note every change made inside at the end of ``undo``."""
        previous, self._undo = self._undo, undo
        try:
            yield
        finally:
            self._undo = previous

    def revert(self, undo: Undo, length: int = 0) -> None:
        """Take back the noted changes after the first ``length``, and cut the list there."""
        while len(undo) > length:
            self._place(*undo.pop())

    def changes(self, undo: Undo) -> dict[Key, Record | None]:
        """The records that the noted changes left; None for one that is gone."""
        return {key: self.records.get(key) for key, _ in undo}

    def database(self, name: str) -> Entry | None:
        """The entry of a database or user, or None."""
        return cast("Entry | None", self.records.get(("database", fold(name))))

    def required_database(self, name: str) -> Entry:
        """The entry of a database or user.

        Raises:
            TeradataError: 3802.
        """
        entry = self.database(name)
        if entry is None:
            raise failure(3802, name)
        return entry

    def entry(self, database: str, name: str) -> Entry | None:
        """The object of this name in this database, or None."""
        return self.contents.get(fold(database), {}).get(fold(name))

    def entries(self, database: str) -> list[Entry]:
        """The objects in a database, in the order they were made."""
        return list(self.contents.get(fold(database), {}).values())

    def rights_on(self, database: str, name: str) -> list[Right]:
        """Rights granted on an object; both names folded."""
        return list(self._rights.get((database, name), {}).values())

    def referencing(self, database: str, name: str) -> list[Entry]:
        """The tables with a foreign key to a table; both names folded."""
        found = (self.records.get(key) for key in sorted(self._children.get((database, name), ())))
        return [entry for entry in found if isinstance(entry, Entry)]

    def databases(self) -> Iterator[tuple[Entry, Database]]:
        """Every database and user with its entry."""
        for entry in self.of(Entry):
            if isinstance(entry.found, Database):
                yield entry, entry.found

    def _set(self, key: Key, record: Record | None) -> None:
        if self._undo is not None:
            self._undo.append((key, self.records.get(key)))
        self._place(key, record)

    def _place(self, key: Key, record: Record | None) -> None:
        self.version += 1
        self.changed[key] = self.version
        if record is None:
            self.records.pop(key, None)
        else:
            self.records[key] = record
        if key[0] == "object":
            self._place_in(self.contents.setdefault(key[1], {}), key[2], record)
        elif key[0] == "right":
            self._place_in(self._rights.setdefault((key[2], key[3]), {}), key, record)
        if isinstance(record, Entry):
            self._next_id = max(self._next_id, record.id + 1)
            if isinstance(record.found, Table):
                self._note_parents(key, record.found)

    def _note_parents(self, key: Key, table: Table) -> None:
        """Note whom a table refers to; who does so no more stays noted, and is looked at in vain."""
        for constraint in table.constraints:
            if constraint.parent is not None:
                database, name = constraint.parent
                self._children.setdefault((fold(database), fold(name)), set()).add(key)

    @staticmethod
    def _place_in(index: dict[Any, Any], key: Key | str, record: Record | None) -> None:
        if record is None:
            index.pop(key, None)
        else:
            index[key] = record
