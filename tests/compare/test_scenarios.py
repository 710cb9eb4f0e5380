"""Stories in SQL: a folder before, a folder after, and the changes a person reads. One file a story."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dbee_dbt.compare.changes import Drift
from dbee_dbt.compare.objects import compare
from dbee_dbt.configuration.defaults import read_defaults
from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.model.catalog import Catalog, Defaults, catalog_of
from dbee_dbt.report.text import drift_text

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.sql"))
USUAL = """
session_mode: ANSI
charset: LATIN
dateform: ANSIDATE
map: TD_MAP1
fallback: {SALES: false}
journal: {SALES: {before: NO, after: NO}}
"""


class Scenario(NamedTuple):
    before: str
    after: str
    changes: str
    defaults: Defaults


def scenario(file: Path) -> Scenario:
    """A story taken apart; ``-- defaults after: …`` says what differs from the usual on the other side."""
    head, before, after, changes = re.split(r"^-- (?:before|after|changes)\n", file.read_text("utf-8"), flags=re.M)
    said = re.findall(r"^-- defaults after: (\w+): (.+)$", head, re.MULTILINE)
    usual = USUAL
    for key, value in said:
        usual = re.sub(rf"^{key}: .*$", f"{key}: {value}", usual, flags=re.MULTILINE)
    return Scenario(before, after, changes, read_defaults(usual, file.name))


def folder(text: str, defaults: Defaults) -> Catalog:
    found = assemble([("story.sql", text)])
    assert found.refusals == []
    return catalog_of("dir:story", found.objects, defaults=defaults)


def told(before: Catalog, after: Catalog) -> str:
    """The changes as the text report tells them, without what stands around them."""
    lines = [line.plain for line in drift_text(Drift(changes=compare(before, after)))]
    end = max(number for number, line in enumerate(lines) if not line)
    return "\n".join(lines[2:end]) + "\n" if end > 1 else ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file: Path) -> None:
    story = scenario(file)
    usual = read_defaults(USUAL, "usual.yml")
    assert told(folder(story.before, usual), folder(story.after, story.defaults)) == story.changes


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_side_equals_itself(file: Path) -> None:
    story = scenario(file)
    for text in (story.before, story.after):
        side = folder(text, story.defaults)
        assert compare(side, side).changes == ()
