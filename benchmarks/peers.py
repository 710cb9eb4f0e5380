"""Peers, each in an environment of its own, made from the local wheels on first use."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from measure import ROOT

PACKAGES = {
    "sqlglot[c]": ("sqlglot", "sqlglotc"),
    "sqlglot": ("sqlglot",),
    "sqlfluff": ("sqlfluff>=4,<5",),
    # It reads the emulator through our adapter, and so needs what that needs.
    "dbt-osmosis": ("dbt-osmosis>=1.5,<2", f"{ROOT}[emulator]"),
}


def environment(peer: str) -> Path:
    """The Python of a peer's own environment.

    Raises:
        SystemExit: the peer cannot be installed; a figure without its peer is none.
    """
    folder = ROOT / ".bench" / peer.replace("[", "-").replace("]", "")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / ".installed").exists():
        venv.create(folder, with_pip=False, clear=True)
        _install(python, PACKAGES[peer])
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
