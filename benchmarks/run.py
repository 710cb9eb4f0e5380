"""Measure the figures that the project holds itself to, each beside its peer in the same run.

usage: python benchmarks/run.py [--only NAME …] [--times N] [--json]
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence

from measure import HEADINGS, Figure, machine
from rich.console import Console
from rich.table import Table

BENCHMARKS = (
    "splitting",
    "reading",
    "inspecting",
    "comparing",
    "models",
    "generating",
    "syncing",
    "impact",
    "starting",
    "emulating",
)


def main() -> None:
    """Run the benchmarks that were asked for and print what they measured."""
    parser = argparse.ArgumentParser(description="Measure, each figure beside its peer in the same run.")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, default=BENCHMARKS, help="which (default: all)")
    parser.add_argument("--times", type=int, default=5, help="runs of each; the median counts (default: 5)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    options = parser.parse_args()
    found: list[Figure] = []
    for name in options.only:
        print(f"measuring: {name}", file=sys.stderr)
        found += importlib.import_module(name).figures(options.times)
    if options.json:
        print(json.dumps({"machine": machine(), "figures": [figure.document for figure in found]}, indent=2))
    else:
        _print(found)


def _print(found: Sequence[Figure]) -> None:
    table = Table(box=None, pad_edge=False)
    for number, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if number in (1, 2, 3, 5, 6, 7) else "left", no_wrap=True)
    for figure in found:
        table.add_row(*figure.row)
    console = Console(width=180, highlight=False, markup=False)
    console.print(table)
    console.print(f"\nmedians; {machine()}")


if __name__ == "__main__":
    main()
