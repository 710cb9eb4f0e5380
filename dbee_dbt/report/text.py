"""Drift as text for people: what changed, which models it reaches, and what nobody looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from dbee_dbt.compare.changes import Change, Changes, Drift, FacetChange, Hit, NotChecked
from dbee_dbt.ddl.counted import NOT_COMPARED
from dbee_dbt.model.facets import FACETS
from dbee_dbt.model.names import identifier
from dbee_dbt.model.objects import Source
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import visible
from dbee_dbt.report.values import before_and_after

_STYLE = {"added": "green", "removed": "red", "altered": "yellow", "renamed": "yellow"}
_SHOWN = 8  # names in one line of text; JSON has them all
_SOURCES: dict[Source, str] = {"dictionary": "a dictionary", "ddl": "DDL text"}


def drift_text(drift: Drift) -> Iterator[Text]:
    """The report, line by line.

    Args:
        drift: changes and the nodes they reach.

    Yields:
        lines without their ends; everything that was read is spelled out where a terminal would act on it.
    """
    changes = drift.changes
    yield _line(f"{changes.before} → {changes.after}", "bold")
    for change in changes.changes:
        yield Text()
        yield from _change(change)
        yield from _hits(drift, change)
    yield Text()
    yield from _unseen(changes)
    for warning in drift.warnings:
        yield _line(f"warning: {warning}", "yellow")
    yield _verdict(changes)
    yield from _reached(drift)


def _line(text: str, style: str = "") -> Text:
    return Text(visible(text), style=style)


def _change(change: Change) -> Iterator[Text]:
    what = f"renamed from {visible(change.old_name)}" if change.kind == "renamed" else change.kind
    yield Text.assemble((visible(change.name), "bold"), f"  {change.key.kind} ", (what, _STYLE[change.kind]))
    rows = [_row(facet, change.key.kind) for facet in change.facets]
    widths = [max((len(row[at]) for row in rows), default=0) for at in (0, 1)]
    for facet, row in zip(change.facets, rows, strict=True):
        part, what, value = (visible(cell) for cell in row)
        yield Text.assemble("  ", part.ljust(widths[0]), "  ", (what.ljust(widths[1]), _STYLE[facet.kind]), "  ", value)


def _row(change: FacetChange, kind: str) -> tuple[str, str, str]:
    """What, which facet, and the values."""
    group, _, name = change.facet.partition(".")
    subject = f"{group} {change.part}" if change.part else kind
    if change.kind == "altered":
        before, after = before_and_after(change.facet, change.before, change.after)
        return subject, name.replace("_", " "), f"{before} → {after}"
    if change.kind == "renamed":
        return subject, "renamed", f"from {identifier(change.before)}"
    return subject, change.kind, str(change.before if change.kind == "removed" else change.after)


def _hits(drift: Drift, change: Change) -> Iterator[Text]:
    if drift.project is None:
        return
    nodes = drift.hits.get(change.key)
    if nodes is None and change.key.kind in ("database", "user"):
        return
    if nodes is None:
        yield _line(f"  not in the dbt project {drift.project}", "dim")
    else:
        yield _line(f"  reaches {_names(nodes)}" if nodes else "  reaches no model", "cyan" if nodes else "dim")


def _names(nodes: Iterable[Hit]) -> str:
    return _some(
        [node.name if node.resource_type == "model" else f"{node.resource_type} {node.name}" for node in nodes]
    )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _unseen(changes: Changes) -> Iterator[Text]:
    yield from _not_checked(changes)
    for refused in changes.refusals:
        place = f"{refused.refusal.file}:{refused.refusal.line}" if refused.refusal.file else refused.address
        yield _line(f"not read: {place}: {refused.refusal.what}", "red")
    if changes.skipped:
        yield _line(f"not opened, their names do not say DDL: {_some(changes.skipped)}", "dim")
    for line in (*_outside(changes), *_statements(changes), *_facets(changes)):
        yield _line(line, "dim")


def _not_checked(changes: Changes) -> Iterator[Text]:
    """Objects that nobody could check, one line a reason."""
    reasons: dict[str, list[NotChecked]] = {}
    for unchecked in changes.not_checked:
        reasons.setdefault(unchecked.reason, []).append(unchecked)
    for reason, objects in reasons.items():
        names = [f"{found.name} ({found.key.kind})" for found in objects]
        number = f"{counted(len(names), 'object')}: " if len(names) > 1 else ""
        yield _line(f"not checked: {number}{_some(names)}: {reason}", "red")


def _outside(changes: Changes) -> Iterator[str]:
    """Objects that one side says nothing of, one line a reason."""
    reasons: dict[str, list[str]] = {}
    for found in changes.outside:
        why = f"outside the scope of {found.address} ({found.scope})"
        reason = why if found.reason == "scope" else f"of which {found.address} says nothing"
        reasons.setdefault(reason, []).append(counted(found.count, found.kind))
    for reason, kinds in reasons.items():
        yield f"not compared: {', '.join(kinds)}, {reason}"


def _statements(changes: Changes) -> Iterator[str]:
    """Statements of a folder that define nothing a catalog holds."""
    for head, held in (("not compared", True), ("not part of a catalog", False)):
        kinds = [counted(count, kind) for kind, count in changes.counted.items() if (kind in NOT_COMPARED) == held]
        if kinds:
            yield f"{head}: {', '.join(kinds)}"


def _facets(changes: Changes) -> Iterator[str]:
    """Facets that were not compared; those that no dictionary tells stand in one line, whatever the catalogs are."""
    unknown = [f"{entry.facet} {entry.count}" for entry in changes.not_compared if entry.reason == "unknown"]
    if unknown:
        yield f"not compared (not known, or rests on a default that is not: --defaults FILE): {_some(unknown)}"
    untold = {entry.facet: entry.said for entry in changes.not_compared if entry.reason == "source"}
    for source, name in _SOURCES.items():
        facets = [facet.path for facet in FACETS if source not in facet.sources]
        said = [f"{path} {untold[path]}" for path in facets if untold.get(path)]
        if said:
            yield f"not compared (set on one side, and {name} does not tell): {', '.join(said)}"
        if untold.keys() & set(facets):
            yield f"{name} does not tell {counted(len(facets), 'facet')} (docs/drift.md lists them)"


def _verdict(changes: Changes) -> Text:
    kinds = Counter(change.kind for change in changes.changes)
    told = [f"{kinds[kind]} {kind}" for kind in ("added", "removed", "altered", "renamed") if kinds[kind]]
    if changes.not_checked:
        told.append(f"{len(changes.not_checked)} not checked")
    if changes.refusals:
        told.append(f"{len(changes.refusals)} not read")
    objects = counted(changes.compared, "object")
    return _line(f"{objects} compared: {', '.join(told) or 'no difference'}", "bold red" if told else "bold green")


def _reached(drift: Drift) -> Iterator[Text]:
    if drift.project is None:
        yield _line("no dbt project here: the models that a change reaches are not known", "dim")
        return
    nodes = {hit.unique_id: hit for found in drift.hits.values() for hit in found}
    if drift.changes.changes:
        reached = counted(len(nodes), "node") if nodes else "no nodes"
        yield _line(f"dbt project {drift.project}: {reached} reached")
