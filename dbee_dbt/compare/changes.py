"""What a comparison finds: changes, and everything it could not or did not compare."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.catalog import Refusal
from dbee_dbt.model.facet_meaning import Value
from dbee_dbt.model.objects import ObjectKey

ChangeKind = Literal["added", "removed", "altered", "renamed"]


class FacetChange(Struct, frozen=True):
    """One facet that differs, or one part of an object (a column, an index …) that came, went or has another name.

    Args:
        facet: ``group.name`` of the facet table; the bare group where it is about a whole part.
        part: the part as written (a column's name, its new one where it was renamed …), or "" for the object itself.
        kind: ``altered`` for a facet; ``added`` or ``removed`` for a part; ``renamed`` for a column.
        before: the value before; None for an added part; the old name of a renamed one.
        after: the value after; None for a removed part; the new name of a renamed one.
    """

    facet: str
    part: str
    kind: ChangeKind
    before: Value = None
    after: Value = None


class Change(Struct, frozen=True):
    """One object that differs between two catalogs.

    Args:
        key: which object; its new name where it was renamed.
        name: its qualified name as written, quoted where needed.
        kind: added, removed, altered, or renamed: all but the name is the same.
        facets: what differs in an altered object, in the order of the facet table; empty otherwise.
        old_key: what a renamed object was called; None otherwise.
        old_name: the same as written.
    """

    key: ObjectKey
    name: str
    kind: ChangeKind
    facets: tuple[FacetChange, ...] = ()
    old_key: ObjectKey | None = None
    old_name: str = ""

    @property
    def known_key(self) -> ObjectKey:
        """The name by which those know the object who know it from before."""
        return self.old_key or self.key


class NotCompared(Struct, frozen=True):
    """How often one facet could not be compared; neither equal nor different.

    Args:
        facet: ``group.name`` of the facet table.
        count: parts of objects for which it was not compared.
        said: those of them of which the DDL of one side says something, so that something is lost; else 0.
        reason: ``unknown`` where it rests on a default that is not known, ``source`` where what one side was read
            from (DDL text, dictionary rows) does not tell it.
    """

    facet: str
    count: int
    reason: Literal["unknown", "source"]
    said: int = 0


class NotChecked(Struct, frozen=True):
    """An object of which nobody can say whether it changed, or whether it is there.

    Args:
        key: which object.
        name: its qualified name as written.
        reason: why, in one sentence.
    """

    key: ObjectKey
    name: str
    reason: str


class Outside(Struct, frozen=True):
    """Objects of one catalog that the other says nothing of; no difference, and nobody knows that they are equal.

    Args:
        address: of the catalog that says nothing of them.
        kind: of the objects.
        count: how many.
        reason: ``kind`` where its source does not tell all objects of this kind (a folder need not define the databases
            that its objects lie in), ``scope`` where it did not look there.
        scope: where it looked, in words.
    """

    address: str
    kind: str
    count: int
    reason: Literal["kind", "scope"]
    scope: str


class CatalogRefusal(Struct, frozen=True):
    """Something that one side's source holds and that could not be placed as an object."""

    address: str
    refusal: Refusal


class Changes(Struct, frozen=True, kw_only=True):
    """The differences between two catalogs.

    Args:
        before: address of the catalog compared from.
        after: address of the catalog compared to.
        compared: objects that exist on both sides.
        changes: by database, name and kind.
        not_compared: counted by facet and reason, in the order of the facet table.
        outside: objects of one side that the other says nothing of.
        not_checked: objects nobody could check.
        counted: statements of either side's folder that define nothing a catalog holds, by kind.
        refusals: what either source holds and could not be placed.
        skipped: files of either folder that were not opened, because their names do not say that they hold DDL.
    """

    before: str
    after: str
    compared: int = 0
    changes: tuple[Change, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    outside: tuple[Outside, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    counted: dict[str, int] = {}
    refusals: tuple[CatalogRefusal, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where everything was checked and nothing differs, else 1; *not compared* leaves it alone."""
        return 1 if self.changes or self.not_checked or self.refusals else 0


class Hit(Struct, frozen=True):
    """A node of the dbt project that a change reaches: the changed relation itself, or something downstream of it.

    Args:
        unique_id: as in manifest.json (``model.shop.stg_orders``).
        name: the node's name.
        resource_type: ``model``, ``snapshot``, ``seed``, ``exposure`` …
    """

    unique_id: str
    name: str
    resource_type: str


class Drift(Struct, frozen=True, kw_only=True):
    """Changes, and what they mean for a dbt project.

    Args:
        changes: what changed.
        project: the dbt project's name; None where there is none, so that nothing is known of its models.
        hits: by changed object, the nodes it reaches; an object that the project does not know is absent.
        warnings: what a reader should know of the project's manifest, one sentence each.
    """

    changes: Changes
    project: str | None = None
    hits: dict[ObjectKey, tuple[Hit, ...]] = {}
    warnings: tuple[str, ...] = ()
