"""What every format of findings says, in words that none of them has to find again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dbee_dbt.model.findings import KINDS, Finding, Kind, RuleHelp, Validation
from dbee_dbt.model.plural import counted, plural

PROJECT_FILE = "dbt_project.yml"
NOT_READ = "not_read"
"""The rule under which formats show what of a catalog could not be read."""

LEVELS: dict[str, str] = {"error": "error", "warn": "warning", "info": "note"}
_SHOWN_GONE = 20
_WORDS: dict[Kind, str] = {"error": "error", "warn": "warning"}


class Presented(Struct, frozen=True):
    """A validation on its way into a format.

    Args:
        validation: what was found.
        folder: of the dbt project from the root of its repository, with ``/`` at the end; empty where it is the root.
        rules: what the rules say of themselves.
    """

    validation: Validation
    folder: str = ""
    rules: tuple[RuleHelp, ...] = ()


class Entry(Struct, frozen=True, kw_only=True):
    """One finding, or something that was not read, as a format shows it.

    Args:
        kind: what it counts as.
        level: how severe it is: ``error``, ``warning`` or ``note``; ``error`` where it was not checked.
        rule: the rule's name.
        where: the object, or empty for what was not read.
        node, column: as of the finding.
        message: what was found.
        fix: what to do, or empty.
        excuse: why it fails nothing: its waiver, or that it was accepted; else empty.
        fails: true where it makes the verdict ``failed``.
        file: from the root of the repository; the project's file where no other is known.
        line, character: counted from 1, or None.
        fingerprint: that of the finding.
    """

    kind: Kind
    level: str
    rule: str
    where: str
    node: str | None = None
    column: str | None = None
    message: str
    fix: str = ""
    excuse: str = ""
    fails: bool
    file: str
    line: int | None = None
    character: int | None = None
    fingerprint: str

    @property
    def text(self) -> str:
        """Where, what, and what to do, as one line."""
        head = " ".join(part for part in (self.where, self.message) if part)
        return f"{self._prefix}{head}" + (f" -> {self.excuse or self.fix}" if self.excuse or self.fix else "")

    @property
    def _prefix(self) -> str:
        return f"{self.kind}: " if self.kind in ("not checked", "waived", "accepted") else ""


def entries(report: Presented) -> list[Entry]:
    """Everything that was found or not read, the worst first; among equals in the order of the findings."""
    found = [_entry(finding, report) for finding in report.validation.findings]
    found += _not_read(report)
    return sorted(found, key=lambda entry: KINDS.index(entry.kind))


def _entry(finding: Finding, report: Presented) -> Entry:
    return Entry(
        kind=finding.kind,
        level="error" if finding.status == "not checked" else LEVELS[finding.severity],
        rule=finding.rule,
        where=finding.object,
        node=finding.node,
        column=finding.column,
        message=finding.sentence,
        fix=finding.fix or "",
        excuse=finding.waived.text if finding.waived else "",
        fails=report.validation.fails(finding.kind),
        file=report.folder + (finding.file or PROJECT_FILE),
        line=finding.line,
        character=finding.character,
        fingerprint=finding.fingerprint,
    )


def _not_read(report: Presented) -> Iterator[Entry]:
    """What of the catalog was not read; its file stands as the catalog names it, since it may lie elsewhere."""
    for number, unread in enumerate(report.validation.not_read):
        place = (f"{unread.file}:{unread.line}" if unread.line else unread.file) if unread.file else ""
        yield Entry(
            kind="not checked",
            level="error",
            rule=NOT_READ,
            where=place,
            message=unread.what,
            fix="Mend the text, or leave it out of the catalog.",
            fails=True,
            file=report.folder + PROJECT_FILE,
            fingerprint=f"{NOT_READ}-{number}",
        )


def notes(validation: Validation) -> Iterator[str]:
    """What a reader has to know beside the findings, one sentence each."""
    yield from (f"warning: {warning}" for warning in validation.warnings)
    for facet, count in validation.not_compared.items():
        times = counted(count, "time")
        yield f"not compared: {facet}, {times}, because nobody knows the actual value"
    yield from (f"rule {rule}: the project has its own, which is used" for rule in validation.overridden)
    if validation.elsewhere:
        yield f"not applied here: {', '.join(validation.elsewhere)}"
    gone = validation.no_longer_found
    yield from (f"accepted, and no longer found: {line}" for line in gone[:_SHOWN_GONE])
    if len(gone) > _SHOWN_GONE:
        yield f"accepted, and no longer found: {len(gone) - _SHOWN_GONE} more"
    if gone:
        yield "--accept takes what is no longer found out of the file"


def verdict(validation: Validation) -> str:
    """What came of it: ``2 errors, 1 not checked``."""
    numbers = dict(validation.counts)
    numbers["not checked"] = numbers.get("not checked", 0) + len(validation.not_read)
    return ", ".join(told(kind, numbers[kind]) for kind in _TOLD if numbers.get(kind)) or "no findings"


_TOLD: tuple[Kind, ...] = ("error", "warn", "not checked", "info", "waived", "accepted")


def told(kind: Kind, count: int) -> str:
    """``2 errors``, ``1 warning``, ``3 not checked``."""
    word = _WORDS.get(kind)
    return f"{count} {kind}" if word is None else f"{count} {word if count == 1 else plural(word)}"


def scope(validation: Validation) -> str:
    """How much was looked at: ``1 node, 2 columns, 12 rules``."""
    checked = validation.checked
    return ", ".join(
        (counted(checked.nodes, "node"), counted(checked.columns, "column"), counted(len(checked.rules), "rule"))
    )
