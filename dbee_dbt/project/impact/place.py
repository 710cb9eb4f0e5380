"""Where something of a model's SQL stands in the model's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbee_dbt.project.impact.render import Rendered
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places


def sql_place(node: Node, rendered: Rendered | None, at: int | None, places: Places) -> dict[str, Any]:
    """The place of a character of a node's SQL.

    Args:
        node: the node.
        rendered: the form of its SQL that is meant, or None.
        at: offset in that, or None.
        places: of the project.

    Returns:
        ``file``, from the project's folder; and where it can be told, ``line`` and ``character``, counted from 1.
    """
    file = places.sql_file(node)
    raw = None if rendered is None or at is None else rendered.raw_offset(at)
    if raw is None or rendered is None:
        return {"file": file}
    before = _before(places.root / file, rendered.raw)
    if before is None:
        return {"file": file}
    text = before + rendered.raw[:raw]
    return {"file": file, "line": text.count("\n") + 1, "character": len(text) - (text.rfind("\n") + 1) + 1}


def _before(path: Path, raw: str) -> str | None:
    """What stands in the file before the SQL that dbt took from it; None where the file has changed since."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = text.find(raw)
    return None if found < 0 else text[:found]
