"""When two different values of a facet still mean the same: by the facet table, or by the places they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable

from dbee_dbt.compare.join_indexes import same_query
from dbee_dbt.compare.texts import same_text
from dbee_dbt.model.catalog import UNKNOWN, Unknown
from dbee_dbt.model.facet_meaning import Context, Value
from dbee_dbt.model.facets import Facet
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column

Sameness = Callable[[Context, Context, Value, Value], bool | Unknown]
"""Whether two known values that differ mean the same; UNKNOWN where nobody can tell."""

_PLAIN_FORMAT = re.compile(r"X\(([0-9]{1,9})\)\Z", re.IGNORECASE)


def sameness(facet: Facet) -> Sameness:
    """How the values of a facet compare."""
    if facet.name == "text":
        return _same_text
    if facet.path == "constraint.definition":
        return _same_definition(facet)
    return _SPECIAL.get(facet.path) or _same_value(facet)


def _same_value(facet: Facet) -> Sameness:
    return lambda before, after, left, right: facet.equal(left, right)


def _same_text(before: Context, after: Context, left: Value, right: Value) -> bool:
    return same_text(before.owner, left, right, after.owner)


def _same_query(before: Context, after: Context, left: Value, right: Value) -> bool:
    return same_query(left, right)


def _common_order(before: Context, after: Context, left: Value, right: Value) -> bool:
    """True if the columns that both sides have stand in the same order; one that came or went is its own change."""
    names, others = [fold(name) for name in left], [fold(name) for name in right]
    common = set(names) & set(others)
    return [name for name in names if name in common] == [name for name in others if name in common]


def _same_format(before: Context, after: Context, left: Value, right: Value) -> bool:
    """None and a FORMAT that was left behind are the same; two that are written have to be alike."""
    if left is None or right is None:
        return _left_behind((before if right is None else after).part)
    return fold(left) == fold(right)


def _left_behind(column: Column) -> bool:
    """True for the FORMAT that stays when a VARCHAR is widened: X(n) of its old length (docs/teradata/ddl.md §2.3)."""
    found = _PLAIN_FORMAT.match(column.format or "")
    kind = column.type
    if found is None or kind is None or kind.name != "VARCHAR":
        return False
    return int(found[1]) <= (kind.length or 0)


def _same_definition(facet: Facet) -> Sameness:
    """As the facet table says; of a reference that does not name its parent's columns, nobody can tell."""

    def same(before: Context, after: Context, left: Value, right: Value) -> bool | Unknown:
        if facet.equal(left, right):
            return True
        if before.part.kind != "foreign key" or bool(before.part.parent_columns) == bool(after.part.parent_columns):
            return False
        return UNKNOWN if _refers(before) == _refers(after) else False

    return same


def _refers(at: Context) -> tuple[list[str], list[str]]:
    return sorted(map(fold, at.part.columns)), list(map(fold, at.part.parent or ()))


_SPECIAL: dict[str, Sameness] = {
    "table.column_order": _common_order,
    "view.column_order": _common_order,
    "code.parameter_order": _common_order,
    "column.format": _same_format,
    "join index.query": _same_query,
}
