"""`make demo` behaves, and README.md shows what it prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from integration_tests.demo import masked, readme_transcript

if TYPE_CHECKING:
    from integration_tests.conftest import DemoRun

pytestmark = pytest.mark.dbt


def test_every_command_of_the_demo_behaves_as_it_should(demo_run: DemoRun) -> None:
    assert demo_run.problems == []


def test_the_readme_shows_what_the_demo_prints(demo_run: DemoRun) -> None:
    printed = masked("\n".join(demo_run.transcript).rstrip().splitlines())
    assert printed == masked(readme_transcript()), "run `make docs`"


def test_the_demo_shows_the_whole_story(demo_run: DemoRun) -> None:
    commands = [line for line in demo_run.transcript if line.startswith("$ ")]
    assert len(commands) == 9, sys.executable
    assert sum(line == "(exit code 1)" for line in demo_run.transcript) == 2
