"""Reading DDL, beside sqlglot in its two builds, each in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from estate import ddl
from measure import ROOT, Figure

TABLES, COLUMNS = 2000, 30
PEERS = {"sqlglot[c]": ("sqlglot", "sqlglotc"), "sqlglot": ("sqlglot",)}


def figures(times: int) -> list[Figure]:
    """The time to read 2,000 tables of 30 columns."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "estate.sql"
        file.write_text(ddl(TABLES, COLUMNS), encoding="utf-8")
        ours = _read(Path(sys.executable), "dbee", file, times)
        peers = {name: _read(environment(name), "sqlglot", file, times) for name in PEERS}
    what = f"read DDL: {TABLES:,} tables x {COLUMNS} columns"
    return [
        Figure(what=what, seconds=ours, items=TABLES, peer=name, peer_seconds=seconds)
        for name, seconds in peers.items()
    ]


def _read(python: Path, reader: str, file: Path, times: int) -> float:
    command = [python, ROOT / "benchmarks" / "read_ddl.py", reader, file, str(TABLES), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{reader}: {done.stderr.strip()}")
    return float(done.stdout)


def environment(peer: str) -> Path:
    """The Python of a peer's own environment, made from the local wheels on first use.

    Raises:
        SystemExit: the peer cannot be installed; a figure without its peer is none.
    """
    folder = ROOT / ".bench" / peer.replace("[", "-").replace("]", "")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / ".installed").exists():
        venv.create(folder, with_pip=False, clear=True)
        _install(python, PEERS[peer])
        (folder / ".installed").touch()
    return python


def _install(python: Path, packages: tuple[str, ...]) -> None:
    wheels, constraints = ROOT / ".wheels", ROOT / "constraints.txt"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index"]
    command = [*pip, "--find-links", str(wheels), "--constraint", str(constraints), *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(packages)} cannot be installed from {wheels.name}: {done.stderr.strip()}")
