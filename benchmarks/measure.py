"""Figures: how they are measured, compared with what they should reach, and printed."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]


class Figure(Struct, frozen=True, kw_only=True):
    """One measured figure.

    Args:
        what: what was measured.
        seconds: the median.
        items: how many things were done in that time; 0 where only the time counts.
        reach: the time to stay under, in seconds; None where a peer is the measure.
        peer: what it stands against, measured in the same run; None where there is nothing to compare with.
        peer_seconds: the peer's median.
        megabytes: what it took of memory at most; None where that was not measured.
    """

    what: str
    seconds: float
    items: int = 0
    reach: float | None = None
    peer: str | None = None
    peer_seconds: float | None = None
    megabytes: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times faster than the peer."""
        return self.peer_seconds / self.seconds if self.peer_seconds is not None else None

    @property
    def row(self) -> tuple[str, ...]:
        """Cells of the table: what, time, rate, reach, peer, peer's time, ratio, memory."""
        return (
            self.what,
            _time(self.seconds),
            f"{self.items / self.seconds:,.0f}/s" if self.items else "",
            f"< {self.reach:g} s" if self.reach is not None else "",
            self.peer or "",
            _time(self.peer_seconds) if self.peer_seconds is not None else "",
            f"{self.ratio:.1f} x" if self.ratio is not None else "",
            f"{self.megabytes:.0f} MB" if self.megabytes is not None else "",
        )

    @property
    def document(self) -> dict[str, Any]:
        """The figure for a program."""
        return {field: getattr(self, field) for field in self.__struct_fields__} | {"ratio": self.ratio}


HEADINGS = ("what", "time", "rate", "reach", "peer", "peer's time", "times faster", "memory")


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def median_seconds(function: Callable[[], object], times: int = 5) -> float:
    """The median time of a call, garbage collected before each; the collector stays on, as in real use."""
    return statistics.median(_seconds(function) for _ in range(times))


def _seconds(function: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def median_run(command: Sequence[str | Path], times: int = 5) -> float:
    """The median time of a whole process.

    Raises:
        subprocess.CalledProcessError: it failed, so there is no figure.
    """
    return median_seconds(lambda: subprocess.run(command, check=True, capture_output=True), times)


def machine() -> str:
    """On what the figures were measured, in one line."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()} on {system}, {os.cpu_count()} cores{load}"


def script(name: str) -> Path:
    """A console script of the environment that runs this."""
    folder = Path(sys.executable).parent
    return next(path for path in (folder / name, folder / f"{name}.exe") if path.exists())
