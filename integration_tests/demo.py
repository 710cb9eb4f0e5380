"""The product in three minutes: real dbt, real dbt-teradata, and an emulated Teradata.

usage: python integration_tests/demo.py [--write-readme]

Works in build/demo, which it makes anew; look around there afterwards. Exit code 0: everything behaved as it should.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "demo"
BEGIN, END = "<!-- demo: begin -->", "<!-- demo: end -->"


class Step(NamedTuple):
    """One command of the demo.

    Args:
        title: why, in one sentence.
        command: as one could type it in the project's folder.
        code: the exit code it has to have.
        says: what its output has to hold.
    """

    title: str
    command: str
    code: int = 0
    says: tuple[str, ...] = ()


DRIFT = Step(
    "Then somebody alters a table and drops a column of another behind dbt's back.",
    'dbee-dbt emulator run warehouse.duckdb -c "ALTER TABLE RETAIL_SALES.STORE ADD floor_area DECIMAL(9,1)"'
    ' -c "ALTER TABLE RETAIL_SALES.SALES_ORDER DROP coupon_code"',
)
STEPS = (
    Step(
        "A warehouse: four databases, loaded into an emulated Teradata.",
        "dbee-dbt emulator run warehouse.duckdb ../../examples/retail/ddl/*.sql ../../examples/retail/rows/*.sql"
        " --var PREFIX=",
    ),
    Step(
        "Keep a picture of it, for later.",
        "dbee-dbt save td:prod -o prod.json --objects 'RETAIL_*'",
    ),
    Step(
        "Nobody has modelled two of its databases yet: write their sources, staging models and YAML.",
        "dbee-dbt generate-models --from td:prod --objects RETAIL_PRODUCT --objects RETAIL_SALES --case lower",
        says=("models/staging/retail_sales",),
    ),
    Step("Build them with dbt, and the two models of our own that read them.", "dbt deps --quiet"),
    Step("", "dbt build --quiet"),
    Step("The project and the warehouse agree.", "dbt run-operation dbee_validate --quiet"),
    DRIFT,
    Step(
        "dbt finds out without running a model.",
        "dbt run-operation dbee_validate --quiet",
        code=1,
        says=(
            "floor_area: expected DECIMAL(7,1), found DECIMAL(9,1)",
            "coupon_code: expected VARCHAR(20) CHARACTER SET LATIN, found missing",
            "stg_retail_sales__sales_order",
        ),
    ),
    Step(
        "So does the gate, which knows what was there before.",
        "dbee-dbt drift --baseline file:prod.json --against td:prod",
        code=1,
        says=(
            *("RETAIL_SALES.STORE  table altered", "column floor_area  type DECIMAL(7,1) → DECIMAL(9,1)"),
            *("RETAIL_SALES.SALES_ORDER  table altered", "column coupon_code  removed", "coupon_use", "weekly_report"),
        ),
    ),
)


def main() -> None:
    """Run the demo; exit 1 where a command did not behave as it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write-readme", action="store_true", help="put what was printed into README.md")
    options = parser.parse_args()
    began = time.monotonic()
    lines: list[str] = []
    problems = list(run(WORK, lambda line: _say(lines, line)))
    for problem in problems:
        print(f"demo: {problem}", file=sys.stderr)
    if options.write_readme and not problems:
        write_readme(lines)
    verdict = "something went wrong" if problems else "all as it should be"
    print(
        f"\nThe demo took {time.monotonic() - began:.0f} seconds: {verdict}. Look around in {WORK.relative_to(ROOT)}."
    )
    sys.exit(bool(problems))


def _say(lines: list[str], line: str) -> None:
    lines.append(line)
    print(line, flush=True)


def run(work: Path, say: Callable[[str], None]) -> Iterator[str]:
    """Run every step in a fresh copy of the project.

    Args:
        work: the folder to work in; emptied first.
        say: takes each line of the transcript.

    Yields:
        what did not behave as it should; nothing after the first such step.
    """
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ROOT / "integration_tests" / "project", work)
    for step in STEPS:
        if step.title:
            say(f"# {step.title}")
        say(f"$ {step.command}")
        done = execute(step.command, work)
        output = done.stdout.rstrip("\n")
        for line in output.splitlines():
            say(_shown(line))
        if step.code:
            say(f"(exit code {done.returncode})")
        say("")
        problems = list(_problems(step, done))
        yield from problems
        if problems:
            return


def _shown(line: str) -> str:
    """A line of output; the document for programs is cut, all else stays as it is."""
    return 'DBEE {"schema_version": 1, …}' if line.startswith("DBEE {") else line.rstrip()


def _problems(step: Step, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    if done.returncode != step.code:
        yield f"`{step.command}` ended with {done.returncode} and not {step.code}\n{done.stderr}"
    flat = " ".join(done.stdout.split())
    for text in step.says:
        if " ".join(text.split()) not in flat:
            yield f"`{step.command}` does not say {text!r}"


def execute(command: str, work: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line as a shell would: quotes and file globs mean what they mean there.

    Args:
        command: ``dbee-dbt …`` or ``dbt …``.
        work: the working directory.
    """
    program, *arguments = shlex.split(command)
    words = [path for argument in arguments for path in expanded(argument, work)]
    scripts = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", "")]),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_USE_COLORS": "false",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    found = shutil.which(program, path=environment["PATH"]) or program
    return subprocess.run(
        [found, *words], cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def expanded(argument: str, work: Path) -> Iterable[str]:
    """The files that a word of a command line stands for in a shell; itself where it is no pattern."""
    if "/" not in argument or "*" not in argument:
        return [argument]
    return sorted(path.relative_to(work).as_posix() for path in work.glob(argument)) or [argument]


def masked(lines: Iterable[str]) -> list[str]:
    """Lines of a transcript without what differs from run to run: times and durations."""
    return [
        re.sub(r"\d+(\.\d+)? ?(s|ms|seconds?)\b", "N s", re.sub(r"\d\d:\d\d:\d\d", "HH:MM:SS", line)) for line in lines
    ]


def readme_transcript() -> list[str]:
    """The transcript as it stands in README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.partition(BEGIN)[2].partition(END)[0].strip()
    return block.removeprefix("```console\n").removesuffix("\n```").splitlines()


def write_readme(lines: Iterable[str]) -> None:
    """Put a transcript into README.md, between its two marks."""
    file = ROOT / "README.md"
    head, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    text = "\n".join(lines).rstrip()
    file.write_text(f"{head}{begin}\n```console\n{text}\n```\n{end}{tail}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
