"""Reads the case files: ``## section``, settings as ``@ key value``, one case a line, ``#`` for remarks."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One line of a case file.

    Args:
        place: file and line, for the test's name.
        settings: settings in force there.
        parts: the line's parts, split at `` | ``.
    """

    place: str
    settings: dict[str, str]
    parts: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file."""
    settings: dict[str, str] = {}
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@"):
            key, _, value = line[1:].strip().partition(" ")
            settings = {**settings, key: value}
        elif line.strip() and not line.startswith("#"):
            parts = tuple(part.strip() for part in line.split(" | "))
            cases.append(Case(f"{path.stem}:{number}", settings, parts))
    return cases
