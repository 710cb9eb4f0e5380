"""Findings as text for people, grouped by the object they are about; those that are accepted are counted alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from dbee_dbt.model.findings import Finding, Validation
from dbee_dbt.model.plural import counted
from dbee_dbt.report.findings.presented import Presented, notes, scope, verdict
from dbee_dbt.report.terminal import visible

_STYLE: dict[str, str] = {"error": "red", "warn": "yellow", "info": "cyan", "waived": "dim"}
_SHOWN_NODES = 12  # names in one line of text; JSON has them all
_SHOWN_NOT_READ = 20
_EXISTENCE = ("relation_missing", "source_missing")  # the rules that ask whether there is an object at all


def findings_text(report: Presented) -> str:
    """The report as plain text; arguments as for every format."""
    return "".join(f"{line.plain}\n" for line in validation_text(report.validation))


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
    shown = [finding for finding in validation.findings if finding.kind != "accepted"]
    for _, group in groupby(shown, key=lambda finding: finding.object):
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
    said = f" {finding.rule:17} {finding.sentence}"
    yield Text.assemble("  ", (finding.kind.ljust(11), _STYLE[finding.kind]), visible(said), (_place(finding), "dim"))
    yield from _fix(finding)


def _not_checked(same: list[Finding]) -> Iterator[Text]:
    """Findings that were not checked for one reason, as one."""
    said = f" {', '.join(finding.rule for finding in same)}: {same[0].actual}"
    yield Text.assemble("  ", ("not checked", "magenta"), visible(said), (_place(same[0]), "dim"))
    yield from _fix(same[0])


def _place(finding: Finding) -> str:
    line = f":{finding.line}" if finding.line else ""
    line += f":{finding.character}" if finding.character else ""
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
    for unread in validation.not_read[:_SHOWN_NOT_READ]:
        place = f"{unread.file}:{unread.line}: " if unread.file else ""
        yield Text(visible(f"not read: {place}{unread.what}"), style="magenta")
    if len(validation.not_read) > _SHOWN_NOT_READ:
        yield Text(f"not read: {len(validation.not_read) - _SHOWN_NOT_READ} more", style="magenta")
    for note in notes(validation):
        if not note.startswith("warning: "):
            yield Text(visible(note), style="dim")


def _verdict(validation: Validation) -> Text:
    style = "bold red" if validation.failed else "bold green"
    said = (verdict(validation), style)
    return Text.assemble(said, f" ({scope(validation)}) against {visible(validation.against)}")
