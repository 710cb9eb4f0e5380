"""Findings as Markdown: a comment on a pull request, or the summary of a job.

Everything that was read stands in code spans: there no mention, link, reference, tag or emphasis comes to life. There
are no tables, since a ``|`` behind a backslash ends a cell even in a code span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from dbee_dbt.report.findings.presented import Entry, Presented, entries, notes, scope, told, verdict
from dbee_dbt.report.terminal import visible

_LONGEST = 60_000  # GitHub takes 65,536 characters of a comment, and more of a summary


def findings_markdown(report: Presented) -> str:
    """The report; findings that would make it longer than a comment may be are counted."""
    validation = report.validation
    sign = "❌" if validation.failed else "✅"
    head = f"### {sign} dbee-dbt: {verdict(validation)}\n\n{scope(validation)}, against {_code(validation.against)}\n"
    tail = "".join(f"- {_code(note)}\n" for note in notes(validation))
    tail = f"\n#### Beside these\n\n{tail}" if tail else ""
    room = _LONGEST - len(head) - min(len(tail), _LONGEST // 4)
    return head + _fitting(report, room) + tail[: _LONGEST // 4]


def _fitting(report: Presented, room: int) -> str:
    """The sections of the findings, as far as there is room."""
    text, left = "", 0
    for kind, group in groupby(entries(report), key=lambda entry: entry.kind):
        same = list(group)
        items = [_item(entry) for entry in same]
        text += f"\n#### {told(kind, len(same))}\n\n"
        for item in items:
            if len(text) + len(item) < room:
                text += item
            else:
                left += 1
    return text + (f"\n… and {left} more, in `target/dbee/validate.json`\n" if left else "")


def _item(entry: Entry) -> str:
    parts = [_code(entry.rule), *([_code(entry.where)] if entry.where else []), _code(entry.message)]
    line = f":{entry.line}" if entry.line else ""
    return f"- {' '.join(parts)} in {_code(entry.file + line)}\n" + "".join(_below(entry))


def _below(entry: Entry) -> Iterator[str]:
    if entry.excuse or entry.fix:
        yield f"  - {_code(entry.excuse or entry.fix)}\n"


def _code(text: str) -> str:
    """A code span with this text, on one line: fenced by one backtick more than it holds in a row."""
    shown = visible(text) or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    ends = {shown[0], shown[-1]}
    padded = "`" in ends or (ends == {" "} and shown.strip() != "")  # CommonMark takes one blank off both ends
    return f"{fence} {shown} {fence}" if padded else f"{fence}{shown}{fence}"
