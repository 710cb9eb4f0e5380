"""Findings as annotations of GitHub Actions: workflow commands, one a line.

GitHub shows ten of a kind in a step and drops the others without a word; so the worst ten are written, and the others
counted here and listed in the job's summary, which is the Markdown report.
"""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.report.findings.presented import Entry, Presented, entries, notes, scope, verdict
from dbee_dbt.report.terminal import visible

SHOWN = 10
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_IN_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_DATA, ":": "%3A", ",": "%2C"}


def findings_github(report: Presented) -> str:
    """At most ten workflow commands, and lines of text for the log."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Presented) -> Iterator[str]:
    failing = [entry for entry in entries(report) if entry.kind not in ("waived", "accepted")]
    yield from map(_command, failing[:SHOWN])
    if len(failing) > SHOWN:
        yield f"dbee-dbt: {len(failing) - SHOWN} more; the summary of the job lists them"
    for note in notes(report.validation):
        yield _plain(note)
    validation = report.validation
    yield _plain(f"{verdict(validation)} ({scope(validation)}) against {validation.against}")


def _command(entry: Entry) -> str:
    properties = {"file": entry.file, "line": entry.line, "col": entry.character, "title": entry.rule}
    told_properties = (
        f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items() if value is not None
    )
    return f"::{_COMMANDS[entry.level]} {','.join(told_properties)}::{_escaped(entry.text, _IN_DATA)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in visible(text))


def _plain(text: str) -> str:
    """A line for the log that the runner takes for no command, in the old form (``##[``) or the new."""
    return f"dbee-dbt: {visible(text).replace('##[', '## [')}"
