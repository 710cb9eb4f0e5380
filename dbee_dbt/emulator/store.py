"""The file: records as an append-only journal, and one DuckDB table of rows for each table that ever had a row."""

from __future__ import annotations

from typing import Any

import msgspec

from dbee_dbt.emulator.errors import EngineError
from dbee_dbt.emulator.records import Key, Record, decode, encode

STORE = "store"
"""Alias under which the file is attached, so that no name of a file can be mistaken for a schema."""

FORMAT = 1


class Store:
    """The file's tables, through DuckDB.

    Each record is one row of ``dbee_journal(seq, key, data)``; the last row of a key counts, and one without data
    says that the record is gone.
    """

    def __init__(self, root: Any) -> None:
        self._root = root
        self._sequence = 0
        self._rows = 0
        self._prepare()

    def _prepare(self) -> None:
        names = {name for (name,) in self._tables()}
        if not names:
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
        """Every record that is there.

        Raises:
            EngineError: they cannot be read.
        """
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

    def write(self, cursor: Any, changes: dict[Key, Record | None]) -> None:
        """Append these records; None says that one is gone."""
        numbers, keys, data = [], [], []
        for key, record in changes.items():
            self._sequence += 1
            numbers.append(self._sequence)
            keys.append(msgspec.json.encode(key).decode())
            data.append(None if record is None else encode(record))
        self._rows += len(numbers)
        insert = f"INSERT INTO {STORE}.main.dbee_journal "
        if len(numbers) == 1:
            cursor.execute(insert + "VALUES (?, ?, ?)", [numbers[0], keys[0], data[0]])
        else:
            unnested = "SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[]), unnest(?::BLOB[])"
            cursor.execute(insert + unnested, [numbers, keys, data])

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
