"""Making tables on the emulator."""

from __future__ import annotations

import tempfile
from pathlib import Path

from estate import ddl
from measure import Figure, median_seconds

from dbee_dbt.emulator import connect

TABLES, COLUMNS = 1000, 30


def figures(times: int) -> list[Figure]:
    """1,000 CREATE TABLEs of 30 columns, in memory and into a file."""
    statements = [part for part in ddl(TABLES, COLUMNS).split(";\n\n") if part]
    what = f"emulator: {TABLES:,} CREATEs of {COLUMNS} columns"
    with tempfile.TemporaryDirectory() as folder:
        files = (str(Path(folder) / f"{number}.duckdb") for number in range(times))
        on_disk = median_seconds(lambda: _create(next(files), statements), times)
    in_memory = median_seconds(lambda: _create(":memory:", statements), times)
    return [
        Figure(what=f"{what}, in memory", seconds=in_memory, items=TABLES, reach=2),
        Figure(what=f"{what}, in a file", seconds=on_disk, items=TABLES, reach=2),
    ]


def _create(path: str, statements: list[str]) -> None:
    with connect(path) as connection, connection.cursor() as cursor:
        for number in range(20):
            cursor.execute(f"CREATE DATABASE DB_{number} AS PERM = 1e9")
        for statement in statements:
            cursor.execute(statement)
