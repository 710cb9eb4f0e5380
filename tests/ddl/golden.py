"""Cases in text files: "### title", then parts divided by lines that hold nothing but a known word."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One case of a golden file."""

    title: str
    parts: tuple[str, ...]


def cases(file: str | Path, *dividers: str) -> list[Case]:
    """The cases of a file.

    Args:
        file: the name of one beside this one, or a path.
        dividers: the lines between the parts of a case, in order.
    """
    path = file if isinstance(file, Path) else Path(__file__).with_name(file)
    _, *blocks = path.read_text(encoding="utf-8").split("\n### ")
    return [_case(block, dividers) for block in blocks]


def _case(block: str, dividers: tuple[str, ...]) -> Case:
    title, _, rest = block.partition("\n")
    parts = []
    for divider in dividers:
        part, _, rest = rest.partition(f"\n{divider}\n")
        parts.append(part.replace("·\n", " \n"))
    return Case(title, (*parts, rest.strip("\n")))
