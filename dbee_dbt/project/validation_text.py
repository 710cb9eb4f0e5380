"""Findings as text for people, grouped by the object they are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from dbee_dbt.model.plural import counted
from dbee_dbt.project.findings import Finding, Validation
from dbee_dbt.report.terminal import visible

_STYLE = {"error": "red", "warn": "yellow", "info": "cyan", "waived": "dim"}
_SHOWN_NODES = 12  # names in one line of text; JSON has them all
_SHOWN_NOT_READ = 20
_EXISTENCE = ("relation_missing", "source_missing")  # the rules that ask whether there is an object at all


def validation_text(validation: Validation) -> Iterator[Text]:
    """The report, line by line.

    Args:
        validation: what was found.

    Yields:
        lines without their ends; everything that was read is spelled out where a terminal would act on it.
    """
    for warning in validation.warnings:
        yield Text(visible(f"warning: {warning}"), style="yellow")
    unchecked: dict[tuple[str | None, str | None], list[Finding]] = {}
    for _, group in groupby(validation.findings, key=lambda finding: finding.object):
        findings = list(group)
        if _is_unseen(findings):
            unchecked.setdefault((findings[0].actual, findings[0].fix), []).append(findings[0])
        else:
            yield from _object(findings)
            yield Text()
    for same in unchecked.values():
        yield from _unseen_objects(same)
    yield from _unseen(validation)
    yield _verdict(validation)


def _is_unseen(findings: list[Finding]) -> bool:
    """True for an object of which nobody knows whether it exists."""
    first = findings[0]
    return len(findings) == 1 and first.status == "not checked" and first.rule in _EXISTENCE and not first.waived


def _unseen_objects(same: list[Finding]) -> Iterator[Text]:
    """Objects that could not be looked at for one reason, as one."""
    nodes = counted(len(same), "node")
    names = [visible(finding.object) for finding in same]
    said = f" {nodes}, {same[0].actual}: {_some(names)}"
    yield Text.assemble(("not checked", "magenta"), visible(said))
    yield from _fix(same[0])
    yield Text()


def _object(findings: list[Finding]) -> Iterator[Text]:
    first = findings[0]
    yield Text.assemble((visible(first.object), "bold"), f"  {visible(first.node or 'no node')}")
    unchecked: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in findings:
        if finding.status == "failed" or finding.waived:
            yield from _failed(finding)
        else:
            unchecked.setdefault((finding.actual, finding.fix), []).append(finding)
    for same in unchecked.values():
        yield from _not_checked(same)
    if first.downstream:
        yield Text(f"  read by {len(first.downstream)}: {_readers(first.downstream)}")


def _failed(finding: Finding) -> Iterator[Text]:
    column = f"{finding.column}: " if finding.column else ""
    expected = f"expected {finding.expected}, found " if finding.expected else ""
    said = f" {finding.rule:17} {column}{expected}{finding.actual or ''}"
    severity = "waived" if finding.waived else finding.severity
    yield Text.assemble("  ", (severity.ljust(11), _STYLE[severity]), visible(said), (_place(finding), "dim"))
    yield from _fix(finding)


def _not_checked(same: list[Finding]) -> Iterator[Text]:
    """Findings that were not checked for one reason, as one."""
    said = f" {', '.join(finding.rule for finding in same)}: {same[0].actual}"
    yield Text.assemble("  ", ("not checked", "magenta"), visible(said), (_place(same[0]), "dim"))
    yield from _fix(same[0])


def _place(finding: Finding) -> str:
    line = f":{finding.line}" if finding.line else ""
    return visible(f"  {finding.file}{line}") if finding.file else ""


def _fix(finding: Finding) -> Iterator[Text]:
    """What to do, or why nothing has to be done now."""
    said = finding.waived.text if finding.waived else finding.fix
    if said:
        yield Text(visible(f"    → {said}"))


def _readers(ids: tuple[str, ...]) -> str:
    """Unique ids by their names, models first, and how many more there are."""
    parts = [key.split(".", 2) for key in ids]
    models = [name for kind, _, name in parts if kind == "model"]
    others = [f"{kind} {name}" for kind, _, name in parts if kind != "model"]
    return _some([visible(name) for name in (*models, *others)])


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN_NODES
    return ", ".join(names[:_SHOWN_NODES]) + (f" and {more} more" if more > 0 else "")


def _unseen(validation: Validation) -> Iterator[Text]:
    """What nobody looked at, and what was not what it seems."""
    for facet, count in validation.not_compared.items():
        times = counted(count, "time")
        yield Text(f"not compared: {facet}, {times}, because nobody knows the actual value", style="dim")
    for unread in validation.not_read[:_SHOWN_NOT_READ]:
        place = f"{unread.file}:{unread.line}: " if unread.file else ""
        yield Text(visible(f"not read: {place}{unread.what}"), style="magenta")
    if len(validation.not_read) > _SHOWN_NOT_READ:
        yield Text(f"not read: {len(validation.not_read) - _SHOWN_NOT_READ} more", style="magenta")
    for rule in validation.overridden:
        yield Text(visible(f"rule {rule}: the project has its own, which is used"))


def _verdict(validation: Validation) -> Text:
    counts, unchecked = validation.counts, validation.counts["not checked"] + len(validation.not_read)
    parts = [
        *([counted(counts["error"], "error")] if counts["error"] else []),
        *([counted(counts["warn"], "warning")] if counts["warn"] else []),
        *([f"{unchecked} not checked"] if unchecked else []),
        *([f"{counts['info']} info"] if counts["info"] else []),
        *([f"{counts['waived']} waived"] if counts["waived"] else []),
    ]
    checked = validation.checked
    scope = [counted(checked.nodes, "node"), counted(checked.columns, "column"), counted(len(checked.rules), "rule")]
    style = "bold red" if validation.failed else "bold green"
    said = (", ".join(parts) or "no findings", style)
    return Text.assemble(said, f" ({', '.join(scope)}) against {visible(validation.against)}")
