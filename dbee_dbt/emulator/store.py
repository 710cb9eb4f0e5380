"""The file: records as an append-only journal, and one DuckDB table of rows for each table that ever had a row.

Records that were committed without rows lie in the file beside it (``journal.py``) until the system is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from dbee_dbt.emulator.errors import EngineError
from dbee_dbt.emulator.journal import Journal, Line
from dbee_dbt.emulator.records import Key, Record, decode, encode

STORE = "store"
"""Alias under which the file is attached, so that no name of a file can be mistaken for a schema."""

FORMAT = 1


class Store:
    """The file's tables, through DuckDB, and the file beside it; a system in memory has none.

    Each record is one row of ``dbee_journal(seq, key, data)``; the last row of a key counts, and one without data
    says that the record is gone.
    """

    def __init__(self, root: Any, path: str | None) -> None:
        self._root = root
        self._beside = Journal(Path(path + ".journal")) if path is not None else None
        self._sequence = 0
        self._rows = 0
        self._prepare()

    def _prepare(self) -> None:
        names = {name for (name,) in self._tables()}
        if not names:
            if self._beside is not None:
                self._beside.remove()
            self._root.execute(f"CREATE TABLE {STORE}.main.dbee_format AS SELECT {FORMAT} AS format")
            self._root.execute(f"CREATE TABLE {STORE}.main.dbee_journal (seq BIGINT, key VARCHAR, data BLOB)")
        elif "dbee_format" not in names:
            raise EngineError("it is a DuckDB file that the emulator did not make")
        (found,) = self._root.execute(f"SELECT format FROM {STORE}.main.dbee_format").fetchone()
        if found != FORMAT:
            raise EngineError(f"it has format {found}, and this emulator reads format {FORMAT}")

    def _tables(self) -> list[tuple[str]]:
        found: list[tuple[str]] = self._root.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [STORE]
        ).fetchall()
        return found

    def read(self) -> dict[Key, Record]:
        """Every record that is there, also of a process that was killed.

        Raises:
            EngineError: they cannot be read.
        """
        self.fold()
        rows = self._root.execute(f"SELECT seq, key, data FROM {STORE}.main.dbee_journal ORDER BY seq").fetchall()
        latest: dict[str, bytes | None] = {}
        for sequence, key, data in rows:
            latest[key] = data
            self._sequence = sequence
        self._rows = len(rows)
        try:
            return {tuple(msgspec.json.decode(key)): decode(data) for key, data in latest.items() if data is not None}
        except msgspec.MsgspecError as error:
            raise EngineError(f"its records are damaged: {error}") from error

    def stored_tables(self) -> set[int]:
        """Ids of the objects whose rows have a table."""
        return {int(name[1:]) for (name,) in self._tables() if name[0] == "t" and name[1:].isdigit()}

    def write(self, changes: dict[Key, Record | None], cursor: Any = None) -> None:
        """Append these records; None says that one is gone.

        Args:
            changes: the records by their keys.
            cursor: in whose transaction they are written, with rows; None where there are none.

        Raises:
            OSError: the file beside it cannot be written.
        """
        lines = []
        for key, record in changes.items():
            self._sequence += 1
            data = None if record is None else encode(record)
            lines.append(Line(self._sequence, msgspec.json.encode(key).decode(), data))
        if self._beside is None or not lines:
            return
        if cursor is None:
            self._beside.append(lines)
        else:
            self._beside.flush()
            self._insert(cursor, lines)

    def _insert(self, cursor: Any, lines: Sequence[Line]) -> None:
        self._rows += len(lines)
        insert = f"INSERT INTO {STORE}.main.dbee_journal "
        if len(lines) == 1:
            cursor.execute(insert + "VALUES (?, ?, ?)", list(lines[0]))
        else:
            unnested = "SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[]), unnest(?::BLOB[])"
            cursor.execute(insert + unnested, [list(part) for part in zip(*lines, strict=True)])

    def fold(self) -> None:
        """Bring what lies beside the file into it: the last record of each key.

        Raises:
            EngineError: what lies beside it cannot be read.
        """
        if self._beside is None:
            return
        try:
            lines = {line.key: line for line in self._beside.read()}
        except msgspec.MsgspecError as error:
            raise EngineError(f"the records beside it are damaged: {error}") from error
        if lines:
            self._insert(self._root, list(lines.values()))
        self._beside.remove()

    def compact(self, live: int) -> None:
        """Keep only the last row of each key, if more than half of the journal is older ones."""
        if self._rows <= 2 * live + 100:
            return
        table = f"{STORE}.main.dbee_journal"
        self._root.execute("BEGIN")
        self._root.execute(
            f"CREATE TEMP TABLE kept AS SELECT max(seq) AS seq, key, arg_max_null(data, seq) AS data "
            f"FROM {table} GROUP BY key"
        )
        self._root.execute(f"DELETE FROM {table}")
        self._root.execute(f"INSERT INTO {table} SELECT * FROM kept WHERE data IS NOT NULL")
        self._root.execute("COMMIT")
