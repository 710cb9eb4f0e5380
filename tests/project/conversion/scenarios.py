"""Scenarios of conversion in text files: DDL, and what is made of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Scenario(NamedTuple):
    """One case: its title, its DDL, and by heading what is expected."""

    title: str
    ddl: str
    expected: dict[str, str]


def scenarios(file: str) -> tuple[Scenario, ...]:
    """The cases of a file; the first one is what all others stand on."""
    _, *cases = (FOLDER / file).read_text(encoding="utf-8").split("\n==== ")
    return tuple(map(_scenario, cases))


def _scenario(text: str) -> Scenario:
    ddl, *expected = text.split("\n---- ")
    title, _, ddl = ddl.partition("\n")
    headed = (part.partition("\n") for part in expected)
    return Scenario(title, ddl, {heading: body.removesuffix("\n") for heading, _, body in headed})


def check(file: str, made: Callable[[Scenario, Scenario], dict[str, str]], scenario: Scenario) -> None:
    """Compare one case with what is made of it, heading by heading; or write the file anew."""
    found = {heading: body.removesuffix("\n") for heading, body in made(scenarios(file)[0], scenario).items()}
    if os.environ.get("DBEE_GOLDENS") == "write":
        path = FOLDER / file
        head, *cases = path.read_text(encoding="utf-8").split("\n==== ")
        cases = ["\n".join(_lines(scenario, found)) if _scenario(one).title == scenario.title else one for one in cases]
        path.write_text("\n==== ".join([head, *cases]), encoding="utf-8", newline="\n")
        return
    assert found == scenario.expected


def _lines(scenario: Scenario, found: dict[str, str]) -> Iterator[str]:
    yield scenario.title
    yield scenario.ddl
    for heading, body in found.items():
        yield f"---- {heading}"
        yield body
