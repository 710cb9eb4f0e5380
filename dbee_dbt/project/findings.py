"""What checking a project finds."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.report.terminal import json_text

SCHEMA_VERSION = 1

FailOn = Literal["error", "warn"]
Severity = Literal["error", "warn", "info"]


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
    file: str | None = None
    line: int | None = None
    character: int | None = None


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
        counts: of findings by severity, of those not checked, and of those waived, each counted once.
        not_compared: by facet, how often it rested on something that nobody knows.
        overridden: rules of ours that the project replaces by its own.
        elsewhere: rules that were not applied because they need the command line.
        not_read: what of the catalog could not be read; counts as not checked.
        warnings: what a user should know of the manifest and the selection.
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
    failed: bool

    @property
    def exit_code(self) -> int:
        """0 fine, 1 not."""
        return 1 if self.failed else 0


def validation_json(validation: Validation) -> str:
    """The answer as one JSON document, indented, with a final line end; docs/validate.md describes it."""
    return json_text(validation, indent=2) + "\n"
