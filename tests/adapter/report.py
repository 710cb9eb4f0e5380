"""What became of dbt's public adapter suite: the section of docs/emulator.md that a test run makes.

A complete run of tests/adapter compares the section with what happened and fails when they differ;
``--write-adapter-report`` writes it.
"""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "emulator.md"
BEGIN, END = "<!-- adapter suite: begin -->\n", "<!-- adapter suite: end -->"
SUITE = "dbt.tests.adapter."


class Outcome(NamedTuple):
    """One test function of the suite: which class of dbt's it comes from, our class, and what became of it."""

    base: str
    ours: str
    test: str
    result: str
    reason: str

    @property
    def group(self) -> str:
        """The suite's folder: basic, constraints …"""
        return self.base.removeprefix(SUITE).partition(".")[0]


def base_of(test_class: type) -> str | None:
    """The qualified name of the class of dbt's suite that this one is built on, or None."""
    bases = (base for base in test_class.__mro__ if base.__module__.startswith(SUITE))
    return next((f"{base.__module__}.{base.__name__}" for base in bases), None)


@functools.cache
def left_out() -> dict[str, str]:
    """Why a test cannot pass, by ``Class.test_function``."""
    from ruamel.yaml import YAML

    return dict(YAML(typ="safe").load(HERE / "left_out.yml") or {})


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-adapter-report", action="store_true", help="write the section of docs/emulator.md")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(AdapterReport(config), "adapter-report")


class AdapterReport:
    """Collects what became of each test, in the process that sees them all."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.outcomes: dict[str, Outcome] = {}
        self.files: set[str] = set()
        self.message = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        path, _, rest = report.nodeid.partition("::")
        if Path(path).parent != HERE.relative_to(HERE.parents[1]):
            return
        self.files.add(Path(path).name)
        base = dict(report.user_properties).get("dbt class")
        if base is not None and (report.when == "call" or report.outcome != "passed"):
            ours, _, test = rest.partition("::")
            self.outcomes[report.nodeid] = Outcome(str(base), ours, test, *_result(report))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self._complete():
            return
        section = page_section(sorted(self.outcomes.values()))
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        written, _, after = rest.partition(END)
        if self.config.option.write_adapter_report:
            PAGE.write_text(f"{before}{BEGIN}{section}{END}{after}", encoding="utf-8", newline="\n")
        elif written != section:
            self.message = f"{PAGE.name} does not say what this run of dbt's adapter suite found: make docs"
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.message:
            terminalreporter.section("dbt's adapter suite")
            terminalreporter.line(self.message, red=True)

    def _complete(self) -> bool:
        """Whether the whole suite was run; a part says nothing about the page."""
        option = self.config.option
        narrowed = option.keyword or option.markexpr or option.maxfail or getattr(option, "lf", False)
        return not narrowed and not any("::" in part for part in self.config.args) and self.files >= _test_files()


def _test_files() -> set[str]:
    return {path.name for path in HERE.glob("test_*.py")}


def _result(report: pytest.TestReport) -> tuple[str, str]:
    if hasattr(report, "wasxfail") and report.outcome == "skipped":
        return "left out", report.wasxfail
    return ("passed", "") if report.outcome == "passed" else (report.outcome, "")


def page_section(outcomes: list[Outcome]) -> str:
    """The section's Markdown: a sentence, a table with one row a class, and what was left out with the reason."""
    results = Counter(outcome.result for outcome in outcomes)
    classes = len({outcome.base for outcome in outcomes})
    head = (
        f"{len(outcomes)} test functions of {classes} classes ran: {results['passed']} passed, "
        f"{len(outcomes) - results['passed']} left out.\n\n"
        "| group | class of dbt's suite | run as | tests | passed |\n|---|---|---|---|---|\n"
    )
    return head + "".join(_rows(outcomes)) + _reasons(outcomes)


def _rows(outcomes: list[Outcome]) -> list[str]:
    run = Counter((outcome.group, outcome.base, outcome.ours) for outcome in outcomes)
    passed = Counter((o.group, o.base, o.ours) for o in outcomes if o.result == "passed")
    return [
        f"| {group} | {base.rpartition('.')[2]} | {ours} | {run[key]} | {passed[key]} |\n"
        for key in sorted(run)
        for group, base, ours in (key,)
    ]


def _reasons(outcomes: list[Outcome]) -> str:
    lines = [f"- `{o.ours}.{o.test}`: {o.reason or o.result}\n" for o in outcomes if o.result != "passed"]
    return "\nLeft out, and why:\n\n" + "".join(lines) if lines else "\nNone is left out.\n"
