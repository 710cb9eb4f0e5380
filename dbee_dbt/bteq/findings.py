"""What the checker reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, Protocol

from msgspec import Struct

from dbee_dbt.bteq.flow import Flow
from dbee_dbt.bteq.script import Instruction, Program

Severity = Literal["error", "warn", "info"]


class Finding(Struct, frozen=True):
    """One result of a rule.

    Args:
        rule: its name.
        severity: ``error``, ``warn`` or ``info``.
        file: as the user named it.
        line: line in it, counted from 1.
        column: column in it, counted from 1.
        what: what is wrong, in one sentence, with no secret in it.
        fix: what to do.
        text: the line, as far as it belongs to the instruction, secrets masked.
        caret: how many characters of it stand before the place.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    column: int
    what: str
    fix: str
    text: str
    caret: int


class Files(Protocol):
    """The files that a script names."""

    def find(self, name: str, named_in: str) -> str | None:
        """The path of a file that a script in ``named_in`` calls ``name``; None if there is none."""

    def text(self, path: str) -> str:
        """The text of a file that was found."""


class Checked(Struct, frozen=True):
    """What a rule looks at.

    Args:
        file: as the user named it.
        text: the whole file.
        program: one program of it.
        flow: its control flow.
        files: the files that it may name.
    """

    file: str
    text: str
    program: Program
    flow: Flow
    files: Files


class Hit(Struct, frozen=True):
    """A place that a rule found, what is wrong there and what to do.

    Args:
        instruction: the one concerned.
        what: what is wrong.
        fix: what to do.
        offset: of the place in the file, where it is not the beginning of the instruction.
        severity: where it is not that of the rule.
    """

    instruction: Instruction
    what: str
    fix: str
    offset: int | None = None
    severity: Severity | None = None


class Rule(Struct, frozen=True):
    """A rule; the docstring of its function is its documentation."""

    name: str
    severity: Severity
    check: Callable[[Checked], Iterator[Hit]]
