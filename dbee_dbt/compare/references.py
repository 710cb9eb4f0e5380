"""``REFERENCES parent`` without columns means the parent's primary key; the dictionary spells its columns out."""

from __future__ import annotations

from msgspec.structs import replace

from dbee_dbt.compare.parts import Pair
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Constraint, ObjectKey, Table


def spelled_out(pair: Pair, before: Catalog, after: Catalog) -> Pair:
    """A constraint before and after; where only one of them names its parent's columns, the other one names them too.

    Args:
        pair: of constraints.
        before: the catalog of the first one.
        after: the catalog of the second one. A parent that a catalog does not hold leaves its side as it is.
    """
    left, right = pair
    if left.kind != "foreign key" or bool(left.parent_columns) == bool(right.parent_columns):
        return pair
    return Pair(_spelled(left, before), _spelled(right, after))


def _spelled(reference: Constraint, catalog: Catalog) -> Constraint:
    if reference.parent_columns or reference.parent is None:
        return reference
    database, name = map(fold, reference.parent)
    parent = catalog.objects.get(ObjectKey("table", database, name))
    keys = parent.constraints if isinstance(parent, Table) else ()
    columns = next((key.columns for key in keys if key.kind == "primary key"), ())
    return replace(reference, parent_columns=columns) if len(columns) == len(reference.columns) else reference
