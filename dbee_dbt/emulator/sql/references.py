"""Foreign keys: no row refers to a parent that is not there, once a statement is done.

A foreign key with a NULL in it refers to nothing (SQL Fundamentals, B035-1141, "Maintaining Foreign Keys").
"""

from __future__ import annotations

from collections.abc import Sequence

from dbee_dbt.ddl.expressions.families import is_char
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.emulator.environment import ForeignKey
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.sql import target as t
from dbee_dbt.emulator.sql.failures import teradata_error
from dbee_dbt.emulator.sql.literals import name_sql
from dbee_dbt.emulator.sql.render import key_sql
from dbee_dbt.model.names import fold


def check_as_child(target: t.Target, rows: str, changed: Sequence[str] | None = None) -> None:
    """Refuse rows that refer to a parent that is not there (2700).

    Args:
        target: the table, its rows as the statement leaves them.
        rows: a FROM item of those to look at.
        changed: names of the columns that were changed; None for all.
    """
    for key in target.relation.foreign_keys:
        if _touches(key.columns, changed) and _has_orphan(target, key, rows):
            raise teradata_error(2700)


def check_as_parent(target: t.Target, changed: Sequence[str] | None = None) -> None:
    """Refuse that rows are gone, or have other keys, that rows of other tables refer to.

    Args:
        target: the table, its rows as the statement leaves them.
        changed: names of the columns that were changed; None where rows were deleted.

    Raises:
        EmulatorRefusal: Teradata refuses too, with a number that is not known here.
    """
    for key in target.env.referencing(target.relation):
        child = t.Target(target.env, target.env.relation(*key.child))
        columns = key.parent_columns or target.relation.primary_key
        source = child.relation.source
        if source is not None and _touches(columns, changed) and _has_orphan(child, key, source):
            raise EmulatorRefusal(
                f"the error number of Teradata for a change of rows of {target.name} that {child.name} refers to"
            )


def _touches(columns: Sequence[str], changed: Sequence[str] | None) -> bool:
    return changed is None or not {fold(name) for name in columns}.isdisjoint(fold(name) for name in changed)


def _has_orphan(child: t.Target, key: ForeignKey, rows: str) -> bool:
    parent = _parent(child, key)
    columns = key.parent_columns or parent.relation.primary_key
    if len(columns) != len(key.columns):
        raise NotKnownError(f"rows of {child.name}, whose foreign key does not say which columns are meant")
    names = [name_sql(child.relation.columns[child.place(name)].name) for name in key.columns]
    present = " AND ".join(f"n.{name} IS NOT NULL" for name in names)
    pairs = zip(key.columns, columns, strict=True)
    same = " AND ".join(_equal(child, parent, one, other) for one, other in pairs)
    found = f"SELECT 1 FROM {parent.relation.source} AS o WHERE {same}"
    query = f"SELECT 1 FROM {rows} AS n WHERE {present} AND NOT EXISTS ({found})"
    return t.exists(child.env, query)


def _parent(child: t.Target, key: ForeignKey) -> t.Target:
    """The table that is referred to; while there is none, no row may be changed (the table is inconsistent)."""
    try:
        found = child.env.relation(*key.parent)
    except TeradataError as error:
        raise NotKnownError(
            f"rows of {child.name}, which references {'.'.join(key.parent)}: it is not there"
        ) from error
    return t.Target(child.env, found)


def _equal(child: t.Target, parent: t.Target, one: str, other: str) -> str:
    left, right = child.relation.columns[child.place(one)], parent.relation.columns[parent.place(other)]
    sides = f"n.{name_sql(left.name)}", f"o.{name_sql(right.name)}"
    if left.type is not None and right.type is not None and is_char(left.type) and is_char(right.type):
        case = child.case_specific(left) or parent.case_specific(right)
        sides = key_sql(sides[0], case), key_sql(sides[1], case)
    return f"{sides[0]} = {sides[1]}"
