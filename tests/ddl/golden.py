"""Cases in text files: "### title", then parts divided by lines that hold nothing but a known word."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One case of a golden file."""

    title: str
    parts: tuple[str, ...]


def cases(file: str, *dividers: str) -> list[Case]:
    """The cases of a file beside this one.

    Args:
        file: its name.
        dividers: the lines between the parts of a case, in order.
    """
    _, *blocks = Path(__file__).with_name(file).read_text(encoding="utf-8").split("\n### ")
    return [_case(block, dividers) for block in blocks]


def _case(block: str, dividers: tuple[str, ...]) -> Case:
    title, _, rest = block.partition("\n")
    parts = []
    for divider in dividers:
        part, _, rest = rest.partition(f"\n{divider}\n")
        parts.append(part.replace("·\n", " \n"))
    return Case(title, (*parts, rest.strip("\n")))
