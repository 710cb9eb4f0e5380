"""The impact of a change as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from dbee_dbt.model.impact import KINDS, Break, ChangedRelation, Impact, NotChecked, Silent
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import json_text, visible

_SHOWN = 12  # columns in one line of text; JSON has them all


def impact_json(impact: Impact) -> str:
    """The answer as one JSON document, indented, with a final line end; docs/impact.md describes it."""
    return json_text({**_fields(impact), "exit_code": impact.exit_code}, indent=2) + "\n"


def _fields(impact: Impact) -> dict[str, object]:
    return {name: getattr(impact, name) for name in impact.__struct_fields__}


def impact_text(impact: Impact) -> Iterator[Text]:
    """The report, line by line.

    Args:
        impact: what was found.

    Yields:
        lines without their ends; everything that was read is spelled out where a terminal would act on it.
    """
    for warning in impact.warnings:
        yield Text(visible(f"warning: {warning}"), style="yellow")
    yield Text(visible(f"{impact.against} → {impact.change}"))
    if impact.changed:
        yield Text()
    for relation in impact.changed:
        yield from _changed(relation)
    for title, lines in (
        ("breaks", [line for one in impact.breaks for line in _break(one)]),
        ("changes silently", [_silent(one) for one in impact.silent]),
        ("not checked", [_not_checked(one) for one in impact.not_checked]),
    ):
        if lines:
            yield Text()
            yield Text(title, style="bold")
            yield from lines
    yield Text()
    if impact.left_out:
        yield Text(visible(f"left out, since disabled: {_some(impact.left_out)}"), style="dim")
    yield _verdict(impact)


def _changed(relation: ChangedRelation) -> Iterator[Text]:
    if relation.what != "altered":
        yield Text.assemble((visible(relation.object), "bold"), f"  {relation.what}")
        return
    yield Text(visible(relation.object), style="bold")
    for clause in relation.columns or ("another definition, the same columns",):
        yield Text(visible(f"  {clause}"))


def _break(one: Break) -> Iterator[Text]:
    what = f"  {one.kind} {one.name}: {one.what}"
    yield Text.assemble((visible(what), "red" if one.is_direct else "yellow"), (_place(one), "dim"))
    if one.columns and one.kind != "test":
        yield Text(visible(f"    columns {_some(one.columns)}"))


def _silent(one: Silent) -> Text:
    source = f", from {one.source}" if one.source else ""
    types = f"  {one.before or '?'} → {one.after or '?'}" if one.what == "type" else f" {one.what} by SELECT *"
    return Text(visible(f"  {one.kind} {one.name}: {one.column}{types}{source}"))


def _not_checked(one: NotChecked) -> Text:
    return Text.assemble((visible(f"  {one.name}: {one.reason}"), "magenta"), (_place(one), "dim"))


def _place(one: Break | NotChecked) -> str:
    if not one.file:
        return ""
    parts = [one.file, *(str(part) for part in (one.line, one.character) if part is not None)]
    return visible(f"  {':'.join(parts)}")


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _verdict(impact: Impact) -> Text:
    kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for one in impact.breaks:
        kinds[one.kind].add(one.node or one.name)
    broken = [counted(len(names), kind) for kind, names in kinds.items() if names]
    parts = [
        *([f"{', '.join(broken)} broken"] if broken else []),
        *([f"{counted(len(impact.silent), 'column')} changed silently"] if impact.silent else []),
        *([f"{len(impact.not_checked)} not checked"] if impact.not_checked else []),
        *([f"the type of {counted(impact.not_told, 'column')} not told"] if impact.not_told else []),
    ]
    said = "; ".join(parts) or "nothing breaks"
    style = "bold red" if impact.exit_code else "bold green"
    changed = counted(len(impact.changed), "relation")
    return Text.assemble((said, style), f" ({changed} changed)")
