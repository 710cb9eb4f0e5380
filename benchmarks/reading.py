"""Reading DDL, beside sqlglot in its two builds and sqlfluff, each in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from estate import ddl
from measure import ROOT, Figure

COLUMNS = 30
TABLES, FEW = 2000, 20
PEERS = {"sqlglot[c]": ("sqlglot", "sqlglotc"), "sqlglot": ("sqlglot",), "sqlfluff": ("sqlfluff>=4,<5",)}


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
    """Install from the local wheels; what they do not hold yet is brought there first."""
    wheels = str(ROOT / ".wheels")
    pip = [sys.executable, "-m", "pip"]
    options = ["--quiet", "--find-links", wheels, "--constraint", str(ROOT / "constraints.txt"), *packages]
    offline = [*pip, "--python", str(python), "install", "--no-index", *options]
    if _run(offline).returncode:
        _run([*pip, "download", "--dest", wheels, "--only-binary", ":all:", *options])
        done = _run(offline)
        if done.returncode:
            sys.exit(f"{' '.join(packages)} cannot be installed: {done.stderr.strip()}")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)
