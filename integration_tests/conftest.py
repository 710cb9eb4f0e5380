"""The demo is run once; its transcript and the folder before the drift serve several tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from integration_tests import demo


class DemoRun(NamedTuple):
    """What a run of the demo printed, what went wrong, and a copy of its folder from before the drift."""

    transcript: list[str]
    problems: list[str]
    before_the_drift: Path


@pytest.fixture(scope="session")
def demo_run() -> DemoRun:
    """Run the demo in a folder of this process, beside its own: the paths it prints go up two folders."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "one")
    work = demo.WORK.parent / f"test-demo-{process}"
    before = work.with_name(f"{work.name}-before")
    transcript: list[str] = []

    def say(line: str) -> None:
        if line == f"# {demo.DRIFT.title}":
            shutil.rmtree(before, ignore_errors=True)
            shutil.copytree(work, before, symlinks=True)
        transcript.append(line)

    return DemoRun(transcript, list(demo.run(work, say)), before)
