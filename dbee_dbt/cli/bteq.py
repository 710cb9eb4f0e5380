"""``dbee-dbt bteq``: BTEQ scripts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dbee_dbt.cli.options import echo_error, format_option
from dbee_dbt.model.errors import EncodingError

if TYPE_CHECKING:
    from dbee_dbt.bteq.check import Report


@click.group()
def bteq() -> None:
    """Check BTEQ scripts (docs/bteq.md)."""


@bteq.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warn"]),
    default="error",
    show_default=True,
    help="Lowest severity that fails.",
)
@format_option("text", "json")
def check(paths: tuple[Path, ...], fail_on: str, output: str) -> None:
    """Report what scripts do that their authors do not mean.

    PATH is a BTEQ script, a shell script with BTEQ in here-documents, or a folder of such files. Each rule is explained
    in docs/bteq-rules.md. Exit code 0: nothing as severe as --fail-on; 1: something is; 2: a file cannot be read, or
    there is none.
    """
    from dbee_dbt.bteq.check import check_files
    from dbee_dbt.catalogs.inspected import BTEQ_EXTENSIONS, files_of

    files = _Files()
    report = check_files(list(files.texts_of(files_of(paths, BTEQ_EXTENSIONS, with_shell=True))), files)
    if report.totals.files:  # else nothing could be read, and "no findings" would be a verdict
        for line in _json(report) if output == "json" else _lines(report):
            click.echo(line)
    failing = ("error",) if fail_on == "error" else ("error", "warn")
    found = 1 if any(finding.severity in failing for finding in report.findings) else 0
    sys.exit(2 if files.unreadable else found)


class _Files:
    """The scripts that are checked, and the files that these name: beside the script, else in the working folder."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.unreadable = 0

    def texts_of(self, paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
        """The texts of scripts; one that cannot be read is told and counted, and hides no other one."""
        from dbee_dbt.catalogs.encodings import read_text

        for path in paths:
            try:
                yield str(path), read_text(path)
            except EncodingError as error:
                echo_error(str(error))
                self.unreadable += 1

    def find(self, name: str, named_in: str) -> str | None:
        for path in (os.path.join(os.path.dirname(named_in), name), name):  # noqa: PTH118, PTH120 - any text may be a name
            if "\0" not in path and os.path.isfile(path):  # noqa: PTH113 - answers for a name that is too long
                return os.path.realpath(path)
        return None

    def text(self, path: str) -> str:
        from dbee_dbt.catalogs.encodings import read_text

        if path not in self.texts:
            self.texts[path] = read_text(Path(path))
        return self.texts[path]


def _lines(report: Report) -> Iterator[str]:
    from dbee_dbt.report.terminal import visible, with_caret

    for found in report.findings:
        yield visible(f"{found.file}:{found.line}:{found.column}: {found.severity} {found.rule}: {found.what}")
        yield from with_caret(found.text, found.caret)
        yield visible(f"  -> {found.fix}")
    yield _summary(report)


def _summary(report: Report) -> str:
    from dbee_dbt.model.plural import counted

    severities = [finding.severity for finding in report.findings]
    words = {"error": "error", "warn": "warning", "info": "info"}
    found = [counted(severities.count(name), word) for name, word in words.items() if name in severities]
    totals = report.totals
    read = [counted(totals.files, "file"), counted(totals.commands, "command"), counted(totals.requests, "request")]
    unknown = [f"{counted(totals.unknown, 'command')} not understood"] if totals.unknown else []
    return f"{', '.join(found) or 'no findings'} ({', '.join(read + unknown)})"


def _json(report: Report) -> Iterator[str]:
    from dbee_dbt.report.terminal import json_text

    document = {"schema_version": 1, "findings": report.findings, "totals": report.totals}
    yield json_text(document, indent=2)
