"""Reading DDL, beside sqlglot in its two builds and sqlfluff, each in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from estate import ddl
from measure import ROOT, Figure
from peers import environment

COLUMNS = 30
TABLES, FEW = 2000, 20
PEERS = ("sqlglot[c]", "sqlglot", "sqlfluff")


def figures(times: int) -> list[Figure]:
    """The time to read 2,000 tables of 30 columns; beside sqlfluff, which takes long, 20."""
    with tempfile.TemporaryDirectory() as folder:
        return [_figure(name, Path(folder), FEW if name == "sqlfluff" else TABLES, times) for name in PEERS]


def _figure(peer: str, folder: Path, tables: int, times: int) -> Figure:
    file = folder / f"estate_{tables}.sql"
    file.write_text(ddl(tables, COLUMNS), encoding="utf-8")
    reader = peer.removesuffix("[c]")
    return Figure(
        what=f"read DDL: {tables:,} tables x {COLUMNS} columns",
        seconds=_read(Path(sys.executable), "dbee", file, tables, times),
        items=tables,
        peer=peer,
        peer_seconds=_read(environment(peer), reader, file, tables, times),
    )


def _read(python: Path, reader: str, file: Path, tables: int, times: int) -> float:
    command = [python, ROOT / "benchmarks" / "read_ddl.py", reader, file, str(tables), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{reader}: {done.stderr.strip()}")
    return float(done.stdout)
