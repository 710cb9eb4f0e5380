"""The transaction of one session: what ends it, and what it takes back.

Rules: docs/teradata/errors.md §3.4. In TERA mode a failed request takes the whole transaction back, in ANSI mode
only itself; after a DDL statement nothing but the end of the transaction is legal.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from dbee_dbt.emulator.engine import Engine
from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.system import Undo

_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "MERGE")


class Mark(NamedTuple):
    """How far a transaction had come when a request began."""

    undo: int
    stored: frozenset[int]
    dropped: frozenset[int]


class Transaction:
    """Of one session.

    Attributes:
        explicit: True while requests belong to a transaction that only its end closes.
        after_ddl: True once a DDL statement has run in it.
        undo: changes of the records, to take back.
        stored: ids of tables that got their DuckDB table in it.
        dropped: ids of tables whose DuckDB table was dropped in it.
    """

    def __init__(self, engine: Engine, mode: Literal["ANSI", "TERA"]) -> None:
        self.engine = engine
        self.mode = mode
        self.cursor = engine.cursor()
        self.explicit = False
        self.after_ddl = False
        self.undo: Undo = []
        self.stored: set[int] = set()
        self.dropped: set[int] = set()
        self._active = False
        self._written: list[tuple[str, Sequence[Any]]] = []

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Run a DuckDB statement in this transaction; the DuckDB result."""
        if not self._active:
            self.cursor.execute("BEGIN")
            self._active = True
        result = self.cursor.execute(sql, list(parameters)) if parameters else self.cursor.execute(sql)
        if self.explicit and sql.lstrip()[:6].rstrip().upper() in _WRITES:
            self._written.append((sql, parameters))
        return result

    def is_stored(self, object_id: int) -> bool:
        """True if the table of this id has a DuckDB table, as this transaction sees it."""
        return object_id in self.stored or (object_id in self.engine.stored and object_id not in self.dropped)

    def check_legal(self) -> None:
        """Refuse anything but the end of the transaction after a DDL statement.

        Raises:
            TeradataError: 3722 in ANSI mode, 3932 in TERA mode.
        """
        if self.after_ddl:
            raise failure(3722 if self.mode == "ANSI" else 3932)

    def commit(self) -> None:
        """Make everything last."""
        if self._active or self.undo:
            self.engine.save(self.undo, self.cursor if self._active else None)
        if self._active:
            self.cursor.execute("COMMIT")
        self.engine.stored = (self.engine.stored | self.stored) - self.dropped
        self._clear()

    def rollback(self) -> None:
        """Take everything back."""
        self._abandon()
        self.engine.system.revert(self.undo)
        self._clear()

    def mark(self) -> Mark:
        """Where a request begins, for ``rollback_request``."""
        return Mark(len(self.undo), frozenset(self.stored), frozenset(self.dropped))

    def rollback_request(self, mark: Mark) -> None:
        """Take one request back and keep the transaction's earlier ones.

        DuckDB gives up a whole transaction on an error, so what was written before is written again.

        Args:
            mark: where the request began.
        """
        self._abandon()
        self.engine.system.revert(self.undo, mark.undo)
        self.stored, self.dropped = set(mark.stored), set(mark.dropped)
        written, self._written = self._written, []
        for sql, parameters in written:
            self.execute(sql, parameters)

    def _abandon(self) -> None:
        import duckdb

        if self._active:
            self._active = False
            # After a failed write DuckDB may refuse even this; the transaction is gone all the same.
            with suppress(duckdb.Error):
                self.cursor.execute("ROLLBACK")

    def _clear(self) -> None:
        self.explicit = self.after_ddl = self._active = False
        self.undo.clear()
        self.stored.clear()
        self.dropped.clear()
        self._written.clear()
