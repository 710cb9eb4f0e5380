"""Findings as text for people, grouped by the object they are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from dbee_dbt.project.findings import Finding, Validation
from dbee_dbt.report.terminal import visible

_STYLE = {"error": "red", "warn": "yellow", "info": "cyan", "not checked": "magenta"}
_SHOWN_NODES = 12  # names in one line of text; JSON has them all
_SHOWN_REFUSALS = 20


def validation_text(validation: Validation) -> Iterator[Text]:
    """The report, line by line.

    Args:
        validation: what was found.

    Yields:
        lines without their ends; everything that was read is spelled out where a terminal would act on it.
    """
    for warning in validation.warnings:
        yield Text(visible(f"warning: {warning}"), style="yellow")
    for _, group in groupby(validation.findings, key=lambda finding: finding.object):
        yield from _object(list(group))
        yield Text()
    yield from _unseen(validation)
    yield _verdict(validation)


def _object(findings: list[Finding]) -> Iterator[Text]:
    first = findings[0]
    yield Text.assemble((visible(first.object), "bold"), f"  {visible(first.node or 'no node')}")
    for finding in findings:
        yield from _finding(finding)
    if first.downstream:
        names = [visible(key.split(".", 2)[-1]) for key in first.downstream[:_SHOWN_NODES]]
        more = len(first.downstream) - len(names)
        yield Text(f"  read by {len(first.downstream)}: {', '.join(names)}{f' and {more} more' if more else ''}")


def _finding(finding: Finding) -> Iterator[Text]:
    label = finding.severity if finding.status == "failed" else finding.status
    place = f"  {finding.file}:{finding.line}" if finding.line else f"  {finding.file}" if finding.file else ""
    yield Text.assemble(
        "  ", (label.ljust(11), _STYLE[label]), f" {visible(finding.rule).ljust(17)} ", visible(_said(finding)),
        (visible(place), "dim"),
    )  # fmt: skip
    if finding.fix:
        yield Text(visible(f"    → {finding.fix}"))


def _said(finding: Finding) -> str:
    column = f"{finding.column}: " if finding.column else ""
    expected = f"expected {finding.expected}, found " if finding.expected else ""
    return f"{column}{expected}{finding.actual or ''}"


def _unseen(validation: Validation) -> Iterator[Text]:
    """What nobody looked at, and what was not what it seems."""
    for facet, count in validation.not_compared.items():
        yield Text(f"not compared: {facet}, {count} times, because nobody knows the actual value", style="dim")
    for refusal in validation.refusals[:_SHOWN_REFUSALS]:
        place = f"{refusal.file}:{refusal.line}: " if refusal.file else ""
        yield Text(visible(f"not read: {place}{refusal.what}"), style="magenta")
    if len(validation.refusals) > _SHOWN_REFUSALS:
        yield Text(f"not read: {len(validation.refusals) - _SHOWN_REFUSALS} more", style="magenta")
    for rule in validation.overridden:
        yield Text(visible(f"rule {rule}: the project has its own, which is used"))


def _verdict(validation: Validation) -> Text:
    counts, unchecked = validation.counts, validation.counts["not checked"] + len(validation.refusals)
    parts = [
        *([_counted(counts["error"], "error")] if counts["error"] else []),
        *([_counted(counts["warn"], "warning")] if counts["warn"] else []),
        *([f"{unchecked} not checked"] if unchecked else []),
        *([f"{counts['info']} info"] if counts["info"] else []),
    ]
    checked = validation.checked
    scope = [_counted(checked.nodes, "node"), _counted(checked.columns, "column"), _counted(len(checked.rules), "rule")]
    style = "bold red" if validation.failed else "bold green"
    said = (", ".join(parts) or "no findings", style)
    return Text.assemble(said, f" ({', '.join(scope)}) against {visible(validation.against)}")


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
