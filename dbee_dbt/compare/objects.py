"""Compare two catalogs, object by object and facet by facet, over the one facet table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import starmap
from typing import Literal, NamedTuple

from dbee_dbt.compare.changes import CatalogRefusal, Change, Changes, NotChecked, Outside
from dbee_dbt.compare.comparison import Comparison
from dbee_dbt.compare.renames import renamed_pairs
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.objects import CatalogObject, ObjectKey, shown_name


def compare(before: Catalog, after: Catalog) -> Changes:
    """What changed between two catalogs.

    Args:
        before: the picture compared from (the baseline).
        after: the picture compared to.

    Returns:
        the changes; a facet that rests on an unknown default, or that the source of one side does not tell, is
        counted as not compared: never equal, never different.
    """
    comparison = Comparison(before, after)
    common = [(found, after.objects[key]) for key, found in before.objects.items() if key in after.objects]
    altered = [change for left, right in common if (change := comparison.object(left, right))]
    gone = [found for key, found in before.objects.items() if key not in after.objects]
    new = [found for key, found in after.objects.items() if key not in before.objects]
    removed, added = _absent(gone, after, "removed"), _absent(new, before, "added")
    renames = renamed_pairs(
        [before.objects[change.key] for change in removed.changes],
        [after.objects[change.key] for change in added.changes],
        comparison.alike,
    )
    one_sided = _not_renamed([*removed.changes, *added.changes], renames)
    return Changes(
        before=before.address,
        after=after.address,
        compared=len(common) + len(renames),
        changes=tuple(sorted([*altered, *one_sided, *starmap(comparison.renamed, renames)], key=_place)),
        not_compared=tuple(comparison.not_compared()),
        outside=(*removed.outside, *added.outside),
        not_checked=(
            *comparison.not_checked,
            *sorted([*removed.not_checked, *added.not_checked], key=_place),
        ),
        counted=dict(sorted((Counter(before.counted) + Counter(after.counted)).items())),
        refusals=tuple(CatalogRefusal(side.address, refusal) for side in (before, after) for refusal in side.refusals),
        skipped=(*before.skipped, *after.skipped),
    )


def _not_renamed(changes: Iterable[Change], renames: Iterable[tuple[CatalogObject, CatalogObject]]) -> list[Change]:
    told = {ObjectKey.of(found) for pair in renames for found in pair}
    return [change for change in changes if change.key not in told]


class _Absent(NamedTuple):
    """Objects that a catalog does not hold: changes, as far as it would hold them."""

    changes: list[Change]
    outside: list[Outside]
    not_checked: list[NotChecked]


def _absent(objects: Iterable[CatalogObject], where: Catalog, kind: Literal["added", "removed"]) -> _Absent:
    """What it means that ``where`` lacks these objects.

    What the baseline says nothing of is no matter of the comparison. What it holds and the other side did not look at
    has to be checked, and cannot be.
    """
    changes, not_checked = [], []
    outside: Counter[tuple[str, Literal["kind", "scope"]]] = Counter()
    not_seen = _why_not_seen(where)
    for found in objects:
        key, name = ObjectKey.of(found), shown_name(found)
        if found.kind in where.untold:
            outside[found.kind, "kind"] += 1
        elif not where.scope.keeps(found):
            if kind == "added":
                outside[found.kind, "scope"] += 1
            else:
                not_checked.append(NotChecked(key, name, f"outside the scope of {where.address} ({where.scope.text})"))
        elif not_seen:
            not_checked.append(NotChecked(key, name, not_seen))
        else:
            changes.append(Change(key, name, kind))
    told = [
        Outside(where.address, what, count, why, where.scope.text) for (what, why), count in sorted(outside.items())
    ]
    return _Absent(changes, told, not_checked)


def _why_not_seen(where: Catalog) -> str:
    """Why something may exist that a catalog looked for and does not hold, or ``""``."""
    if not where.partial:
        return ""
    return f"not visible in {where.address}, which shows only what its user may access"


def _place(found: Change | NotChecked) -> tuple[str, bool, str, str]:
    """By database, the database itself first, then by name."""
    key = found.key
    return (key.database, key.kind not in ("database", "user"), key.name, key.kind)
