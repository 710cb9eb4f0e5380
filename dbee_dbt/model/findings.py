"""What checking a project finds."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

SCHEMA_VERSION = 1

FailOn = Literal["error", "warn"]
Severity = Literal["error", "warn", "info"]
Kind = Literal["error", "not checked", "warn", "info", "waived", "accepted"]
KINDS: tuple[Kind, ...] = ("error", "not checked", "warn", "info", "waived", "accepted")
"""What a finding counts as, the worst first."""


class Waived(Struct, frozen=True):
    """Why a finding does not fail, who answers for it, and the day (YYYY-MM-DD) through which that holds."""

    reason: str
    owner: str
    expires: str

    @property
    def text(self) -> str:
        """The waiver in one sentence, as the macros say it."""
        return f"waived through {self.expires} by {self.owner}: {self.reason}"


class Finding(Struct, frozen=True, kw_only=True):
    """One result of a rule.

    Args:
        rule: the rule's name.
        severity: as configured for this node and column.
        status: ``failed``, or ``not checked`` where something kept the rule from being applied.
        node: unique id of the node; None for an object that no node stands for.
        object: the table or view, ``DATABASE.NAME``, quoted where needed; of a waiver of the project, where it stands.
        column: the column concerned, as the side that has it spells it, or None.
        expected: what the project declares.
        actual: what was found.
        fix: what to do, in one sentence.
        downstream: unique ids of the models, snapshots and exposures that depend on the node.
        waived: the waiver that names it; such a finding is shown and counted, and fails nothing.
        accepted: true where the file of accepted findings holds it; it fails nothing.
        fingerprint: the same as long as rule, node, column and what was found are; whatever moves in files.
        file: where the node, or its column, is described, from the project's folder.
        line: the line there.
        character: the character in that line, counted from 1, where the place is in SQL and is known.
    """

    rule: str
    severity: Severity
    status: Literal["failed", "not checked"]
    node: str | None
    object: str
    column: str | None
    expected: str | None
    actual: str | None
    fix: str | None
    downstream: tuple[str, ...]
    waived: Waived | None = None
    accepted: bool = False
    fingerprint: str = ""
    file: str | None = None
    line: int | None = None
    character: int | None = None

    @property
    def kind(self) -> Kind:
        """What it counts as; a waiver goes before all else."""
        if self.waived:
            return "waived"
        if self.accepted:
            return "accepted"
        return "not checked" if self.status == "not checked" else self.severity

    @property
    def sentence(self) -> str:
        """What was found, and of which column: ``amount: expected DECIMAL(18,2), found missing``."""
        column = f"{self.column}: " if self.column else ""
        expected = f"expected {self.expected}, found " if self.expected else ""
        return f"{column}{expected}{self.actual or ''}"


class Checked(Struct, frozen=True):
    """How much was looked at; ``rules`` names those that were not switched off."""

    nodes: int
    columns: int
    rules: tuple[str, ...]


class NotRead(Struct, frozen=True):
    """Something of a catalog that could not be read, and where it stands; never its text, which may hold a secret."""

    what: str
    file: str | None = None
    line: int | None = None


class Validation(Struct, frozen=True, kw_only=True):
    """The answer: findings in the order of objects, counted, with the verdict.

    Args:
        schema_version: of this document.
        against: the catalog that the project was checked against.
        checked: how much was looked at.
        findings: everything found.
        fail_on: the lowest severity that fails.
        counts: of findings by what they count as: error, warn, info, not checked, waived, accepted; each once.
        not_compared: by facet, how often it rested on something that nobody knows.
        overridden: rules of ours that the project replaces by its own.
        elsewhere: rules that were not applied because they need the command line.
        not_read: what of the catalog could not be read; counts as not checked.
        warnings: what a user should know of the manifest and the selection.
        no_longer_found: lines of the file of accepted findings that name none any more.
        failed: the verdict.
    """

    schema_version: int = SCHEMA_VERSION
    against: str = ""
    checked: Checked
    findings: tuple[Finding, ...]
    fail_on: FailOn = "error"
    counts: dict[str, int]
    not_compared: dict[str, int]
    overridden: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    warnings: tuple[str, ...] = ()
    no_longer_found: tuple[str, ...] = ()
    failed: bool

    def fails(self, kind: Kind) -> bool:
        """True where a finding that counts as this makes the verdict ``failed``."""
        return kind in ("error", "not checked") or (kind == "warn" and self.fail_on == "warn")

    @property
    def exit_code(self) -> int:
        """0 fine, 1 not."""
        return 1 if self.failed else 0


class RuleHelp(Struct, frozen=True):
    """What a rule says of itself: its name, its default severity, and the text of its page, Markdown."""

    name: str
    severity: str
    text: str

    @property
    def summary(self) -> str:
        """The text's first sentence, on one line; the name where there is no text."""
        paragraph = " ".join(self.text.split("\n\n")[0].split())
        return re.split(r"(?<=\.)\s|:\s", paragraph)[0].rstrip(".:") or self.name
