"""Scenarios of merging, in text files: what the project has, what the database says, and what becomes of it.

A line ``== before PATH`` begins a file of the project, ``== wanted PATH`` what generation would write, ``== after PATH``
what the file is then; a file without ``after`` stays. ``== notes`` and ``== refused`` list what is said, a line each.
``== own`` lists models whose own table is known: ``NAME.VERSION: COLUMN TYPE, …``, the version may be missing.
``== with prune`` takes away what the database no longer has; ``== lacks DATABASE.TABLE`` says what it does not have.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml.merge import Policy
from dbee_dbt.project.yaml.merge_files import Existing, Merged, merge_files
from dbee_dbt.project.yaml.wanted import Wanted, WantedFile

SCENARIOS = sorted(Path(__file__).parent.glob("scenarios/*.txt"))


class Scenario(NamedTuple):
    before: dict[str, str]
    wanted: dict[str, str]
    after: dict[str, str]
    notes: list[str]
    refused: list[str]
    lacks: set[str]
    own: list[WantedFile]
    prune: bool


def read(path: Path) -> Scenario:
    found = Scenario({}, {}, {}, [], [], set(), [], "\n== with prune\n" in path.read_text(encoding="utf-8"))
    pieces = re.split(r"^== (\w+) ?(.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for word, name, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        body = text.removesuffix("\n") if text.endswith("\n\n") else text
        match word:
            case "before" | "wanted" | "after":
                getattr(found, word)[name] = body
            case "notes" | "refused":
                getattr(found, word).extend(text.split("\n") if text.strip() else [])
            case "own":
                found.own.append(own_file(text))
            case "lacks":
                found.lacks.add(fold(name))
            case _:
                assert word == "with", word
    return found


def own_file(text: str) -> WantedFile:
    entries = []
    for line in text.splitlines():
        model, _, columns = line.partition(": ")
        name, _, version = model.partition(".")
        lines = [f"  - name: {name}", "    columns:"]
        for column in columns.split(", "):
            lines += [f"      - name: {column.split(' ')[0]}", f"        data_type: {column.split(' ', 1)[1]}"]
        entries.append(Wanted("\n".join(lines) + "\n", name, name, version, is_own=True))
    return WantedFile("models/_models__models.yml", "version: 2\n\nmodels:\n", tuple(entries), ())


def merged(scenario: Scenario, files: dict[str, str]) -> tuple[Merged, ...]:
    existing = Existing(
        files=files,
        has_model=lambda name: True,
        has_table=lambda database, name: f"{fold(database)}.{name}" not in scenario.lacks,
    )
    agrees = lambda declared, actual: fold(declared).replace(" ", "") == fold(actual).replace(" ", "")  # noqa: E731
    return merge_files(scenario.wanted, existing, Policy(agrees, prune=scenario.prune), scenario.own)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario(path: Path) -> None:
    scenario = read(path)
    results = merged(scenario, scenario.before)
    texts = scenario.before | {each.path: each.after for each in results}
    assert texts == scenario.before | scenario.after
    notes = [f"{note.what} {note.subject}" + (f": {note.why}" if note.why else "") for r in results for note in r.notes]
    assert notes == [line for line in scenario.notes if line]
    refused = [f"{error.place}: {error.what}" for each in results for error in each.refusals]
    assert refused == [line for line in scenario.refused if line]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_second_run_changes_nothing(path: Path) -> None:
    scenario = read(path)
    again = merged(scenario, scenario.before | {each.path: each.after for each in merged(scenario, scenario.before)})
    assert [each.path for each in again if each.changes] == []
