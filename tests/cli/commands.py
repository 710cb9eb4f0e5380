"""Running a command of ours in process."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from dbee_dbt.cli.main import main


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Run ``dbee-dbt`` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return Ran(int(ended.value.code or 0), printed.out, printed.err)
