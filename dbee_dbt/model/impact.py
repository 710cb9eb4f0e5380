"""What a change of the physical schema breaks in a dbt project, and what it changes without breaking anything."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SCHEMA_VERSION = 1

Kind = Literal["model", "snapshot", "view", "test", "exposure"]
KINDS: tuple[Kind, ...] = ("model", "snapshot", "view", "test", "exposure")
"""In the order in which they are told."""


class ChangedRelation(Struct, frozen=True, kw_only=True):
    """A table or view that the change touches.

    Args:
        object: ``DATABASE.NAME``, quoted where needed.
        what: ``removed``, ``added`` or ``altered``.
        columns: what happens to its columns, one clause each: ``coupon_code removed``.
    """

    object: str
    what: Literal["removed", "added", "altered"]
    columns: tuple[str, ...] = ()


class Break(Struct, frozen=True, kw_only=True):
    """Something that no longer works.

    Args:
        kind: what it is; ``view`` for a legacy view, which no node stands for.
        node: unique id; None for a legacy view.
        name: of the node, or ``DATABASE.NAME``.
        what: why, in one clause.
        is_direct: False where it stands behind something that breaks and is not built, or not fed.
        columns: its columns that come from what is gone.
        file: of the node's SQL, from the project's folder, or None.
        line, character: the place there, counted from 1, where it can be told.
    """

    kind: Kind
    node: str | None
    name: str
    what: str
    is_direct: bool = True
    columns: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None
    character: int | None = None


class Silent(Struct, frozen=True, kw_only=True):
    """A column that changes though nothing breaks.

    Args:
        kind, node, name: as of a :class:`Break`.
        column: its name.
        what: ``added`` and ``removed`` by ``SELECT *``; ``type``.
        before: the type it has, where that is known.
        after: the type it gets, where that is known.
        source: ``database.name.column`` that it comes from directly, or None.
    """

    kind: Kind
    node: str | None
    name: str
    column: str
    what: Literal["added", "removed", "type"]
    before: str | None = None
    after: str | None = None
    source: str | None = None


class NotChecked(Struct, frozen=True, kw_only=True):
    """Something that the change reaches and that could not be read, and why; its place where that is known."""

    name: str
    reason: str
    node: str | None = None
    file: str | None = None
    line: int | None = None
    character: int | None = None


class Impact(Struct, frozen=True, kw_only=True):
    """The answer.

    Args:
        schema_version: of this document.
        against: the catalog as it is.
        change: the catalog as it would be.
        changed: tables and views that differ.
        breaks: what no longer works: directly first, by kind and name.
        silent: columns that change without a word.
        not_checked: what could not be read.
        not_told: columns that may change and of which nobody can tell the type.
        left_out: disabled models, which nobody builds.
        warnings: what a user should know of the manifest and the selection.
    """

    schema_version: int = SCHEMA_VERSION
    against: str
    change: str
    changed: tuple[ChangedRelation, ...] = ()
    breaks: tuple[Break, ...] = ()
    silent: tuple[Silent, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    not_told: int = 0
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 where something breaks or could not be checked, else 0."""
        return 1 if self.breaks or self.not_checked else 0
