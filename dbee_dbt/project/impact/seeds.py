"""The columns of a seed, as its file names them."""

from __future__ import annotations

import csv
from pathlib import Path

from dbee_dbt.project.manifest import Node


def seed_columns(node: Node) -> tuple[str, ...] | None:
    """The names in the first line of a seed's file; None where it cannot be read."""
    path = Path(str(node.get("root_path") or "")) / str(node.get("original_file_path"))
    delimiter = str(node["config"].get("delimiter") or ",")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = next(csv.reader(file, delimiter=delimiter), None)
    except (OSError, UnicodeDecodeError, csv.Error, TypeError):
        return None
    return tuple(name.strip() for name in first) if first else None
