"""Inspecting folders of DDL: everything anew, nothing changed, and the memory that ten times as many files take."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from estate import ddl
from measure import ROOT, Figure

FILES, MANY, COLUMNS = 10_000, 100_000, 20


def figures(times: int) -> list[Figure]:
    """10,000 files cold and unchanged, and 100,000 small ones."""
    with tempfile.TemporaryDirectory() as folder:
        estate = _write(Path(folder) / "estate", FILES, COLUMNS)
        caches = [Path(folder) / f"cache-{number}" for number in range(times)]
        cold = [_inspect(estate, cache) for cache in caches]
        again = [_inspect(estate, caches[0]) for _ in range(times)]
        few = _inspect(_write(Path(folder) / "few", FILES, 1), None)
        many = _inspect(_write(Path(folder) / "many", MANY, 1), None)
    what = f"inspect {FILES:,} files, tables of {COLUMNS} columns and views"
    return [
        _figure(f"{what}, cold", cold, FILES, 8),
        _figure(f"{what}, unchanged", again, FILES, 2),
        _figure(f"inspect {FILES:,} small files, cold", [few], FILES, None),
        _figure(f"inspect {MANY:,} small files, cold", [many], MANY, None),
    ]


def _figure(what: str, runs: list[tuple[float, float]], items: int, reach: float | None) -> Figure:
    seconds = statistics.median(run[0] for run in runs)
    return Figure(what=what, seconds=seconds, items=items, reach=reach, megabytes=max(run[1] for run in runs))


def _write(folder: Path, files: int, columns: int) -> Path:
    """A folder in which every second file holds a table, the others a view of it."""
    tables = ddl(files // 2, columns).split(";\n\n")
    for number in range(files // 2):
        place = folder / f"db_{number % 20}" / f"{number // 1000}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"table_{number}.sql").write_text(f"{tables[number]};\n", encoding="utf-8")
        view = (
            f"REPLACE VIEW DB_{number % 20}.V_{number} AS LOCKING ROW FOR ACCESS\nSELECT T.* FROM DB_1.TABLE_{number} T"
        )
        (place / f"view_{number}.sql").write_text(f"{view} WHERE T.COL_0 > {number};\n", encoding="utf-8")
    return folder


def _inspect(folder: Path, cache: Path | None) -> tuple[float, float]:
    """Seconds, and megabytes at most in memory at once, of all processes together."""
    command = [sys.executable, ROOT / "benchmarks" / "inspect_folder.py", folder, *([cache] if cache else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)
