"""``dbee-dbt bteq``: BTEQ scripts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dbee_dbt.cli.options import format_option
from dbee_dbt.model.errors import EncodingError

if TYPE_CHECKING:
    from dbee_dbt.bteq.check import Report


@click.group()
def bteq() -> None:
    """Check BTEQ scripts (docs/bteq.md)."""


@bteq.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warn"]),
    default="error",
    show_default=True,
    help="Lowest severity that fails.",
)
@format_option("text", "json")
def check(files: tuple[Path, ...], fail_on: str, output: str) -> None:
    """Report what scripts do that their authors do not mean.

    FILE is a BTEQ script, or a shell script with BTEQ in here-documents. Each rule is explained in docs/bteq-rules.md.
    Exit code 0: nothing as severe as --fail-on; 1: something is; 2: a file cannot be read.
    """
    from dbee_dbt.bteq.check import check_files

    report = check_files([(str(file), _text(file)) for file in files], _Files())
    for line in _json(report) if output == "json" else _lines(report):
        click.echo(line)
    failing = ("error",) if fail_on == "error" else ("error", "warn")
    sys.exit(1 if any(finding.severity in failing for finding in report.findings) else 0)


def _text(file: Path) -> str:
    from dbee_dbt.catalogs.encodings import decode

    try:
        return decode(file.read_bytes(), str(file)).text
    except OSError as error:
        raise EncodingError(f"the script cannot be read: {error.strerror}", file=str(file)) from error


class _Files:
    """The files that scripts name: beside the script, else in the working folder."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def find(self, name: str, named_in: str) -> str | None:
        for path in (os.path.join(os.path.dirname(named_in), name), name):  # noqa: PTH118, PTH120 - any text may be a name
            if "\0" not in path and os.path.isfile(path):  # noqa: PTH113 - answers for a name that is too long
                return os.path.realpath(path)
        return None

    def text(self, path: str) -> str:
        if path not in self.texts:
            self.texts[path] = _text(Path(path))
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
    import msgspec

    from dbee_dbt.report.terminal import visible_json

    document = {"schema_version": 1, "findings": report.findings, "totals": report.totals}
    yield visible_json(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
