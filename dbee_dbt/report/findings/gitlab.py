"""Findings as GitLab's code quality report: a list of issues as Code Climate has them.

Waived and accepted findings are there with the severity ``info``, and say so.
"""

from __future__ import annotations

from typing import Any

from dbee_dbt.report.findings.presented import PROJECT_FILE, Entry, Presented, entries, notes
from dbee_dbt.report.terminal import json_text, visible

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def findings_gitlab(report: Presented) -> str:
    """The report as one JSON list. What is no finding is an issue too, since the list has no other place."""
    issues = [_issue(entry) for entry in entries(report)]
    issues += [_note(note, report) for note in notes(report.validation)]
    return json_text(issues, indent=2) + "\n"


def _issue(entry: Entry) -> dict[str, Any]:
    severity = "info" if entry.kind in ("waived", "accepted") else _SEVERITIES[entry.level]
    return {
        "description": visible(entry.text),
        "check_name": entry.rule,
        "fingerprint": entry.fingerprint,
        "severity": severity,
        "location": {"path": entry.file, "lines": {"begin": entry.line or 1}},
    }


def _note(note: str, report: Presented) -> dict[str, Any]:
    return {
        "description": visible(note),
        "check_name": "note",
        "fingerprint": f"note: {note}",
        "severity": "info",
        "location": {"path": report.folder + PROJECT_FILE, "lines": {"begin": 1}},
    }
