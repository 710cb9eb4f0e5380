"""Commands of dbt and dbee-dbt without a process each: starting dbt costs more than most of what the scenarios do."""

from __future__ import annotations

import contextlib
import io
import shlex
from pathlib import Path
from typing import NamedTuple

from integration_tests.demo import execute, expanded


class Done(NamedTuple):
    """How a command ended: its exit code, and all that it printed."""

    code: int
    output: str


def run(command: str, folder: Path) -> Done:
    """Run a command line of dbt or dbee-dbt as if it had been typed.

    Args:
        command: ``dbt …`` or ``dbee-dbt …``, quoted as in a shell; another program gets its process.
        folder: the working directory.
    """
    program, *written = shlex.split(command)
    if program not in _PROGRAMS:
        done = execute(command, folder)
        return Done(done.returncode, done.stdout + done.stderr)
    arguments = [path for argument in written for path in expanded(argument, folder)]
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = _PROGRAMS[program](arguments)
    return Done(code, printed.getvalue())


def _dbee_dbt(arguments: list[str]) -> int:
    from dbee_dbt.cli.main import main

    try:
        main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _dbt(arguments: list[str]) -> int:
    """As dbt's own ``main`` ends: 0 success, 1 a handled failure, 2 an exception."""
    from dbt.cli.main import dbtRunner

    result = dbtRunner().invoke([*arguments, "--no-use-colors"])
    if result.success:
        return 0
    return 2 if result.exception else 1


_PROGRAMS = {"dbt": _dbt, "dbee-dbt": _dbee_dbt}
