"""Objects that were renamed: one that went and one that came and that are alike but for the name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from dbee_dbt.compare.texts import body
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, Database, Definition, HashIndex, JoinIndex, Table

_RENAMED = frozenset({"table", "view", "macro", "procedure", "trigger"})  # docs/teradata/ddl.md §2.1
_MOST_PAIRS = 100  # where more of one shape came and went, nobody can tell which is which

Rename = tuple[CatalogObject, CatalogObject]
"""An object before and after it was renamed."""


def renamed_pairs(
    gone: Iterable[CatalogObject],
    new: Iterable[CatalogObject],
    alike: Callable[[CatalogObject, CatalogObject], bool],
) -> list[Rename]:
    """The objects that went and those that came, as far as they are the same ones under another name.

    Args:
        gone: objects that are not there any more.
        new: objects that were not there before.
        alike: True if nothing but the name of two objects differs.

    Returns:
        pairs of one kind in one database that are alike; neither of the two is like any other one.
    """
    left, right = _by_shape(gone), _by_shape(new)
    return [pair for shape in left.keys() & right.keys() for pair in _matched(left[shape], right[shape], alike)]


def _by_shape(objects: Iterable[CatalogObject]) -> dict[Hashable, list[CatalogObject]]:
    """Objects by what two that are alike have in common."""
    found: dict[Hashable, list[CatalogObject]] = {}
    for each in objects:
        shape = _shape(each)
        if shape is not None:
            found.setdefault((each.kind, fold(each.database), shape), []).append(each)
    return found


def _shape(found: CatalogObject) -> Hashable | None:
    """None for what no statement renames, and for source text that is not known."""
    if found.kind not in _RENAMED or isinstance(found, Database | Definition):
        return None
    if isinstance(found, Table):
        return tuple((fold(column.name), column.type and column.type.base) for column in found.columns)
    if isinstance(found, JoinIndex | HashIndex):
        return None
    return None if found.text is None else body(found, found.text)


def _matched(
    gone: Sequence[CatalogObject], new: Sequence[CatalogObject], alike: Callable[[CatalogObject, CatalogObject], bool]
) -> list[Rename]:
    if len(gone) * len(new) > _MOST_PAIRS:
        return []
    pairs = [(old, other) for old in gone for other in new if alike(old, other)]
    return [
        (old, other)
        for old, other in pairs
        if sum(old is left for left, _ in pairs) == 1 and sum(other is right for _, right in pairs) == 1
    ]
