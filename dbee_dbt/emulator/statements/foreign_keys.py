"""What a foreign key asks of the columns it refers to.

A standard or batch reference (with or without WITH CHECK OPTION) refers to a primary key, or to a unique index whose
columns are NOT NULL, on exactly these columns, of the same types and case, none of them compressed. A soft reference
(WITH NO CHECK OPTION) need not (SQL Fundamentals, B035-1141, "Referential Integrity"; error 3977 of Messages,
B035-1096; docs/teradata/ddl.md §2.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import keys, number_indexes, table_indexes
from dbee_dbt.emulator.records import Entry
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import Column, Constraint, Table

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session


def check_parents(session: Session, table: Table, references: Sequence[Constraint]) -> None:
    """Refuse references that the tables they refer to do not allow; a table that is not there yet allows all.

    Args:
        session: that makes or alters the table.
        table: with the references; it may refer to itself.
        references: the constraints of the table that are looked at.

    Raises:
        TeradataError: 3810 a column that the parent does not have; 3977 columns that are not unique.
        EmulatorRefusal: columns that may be null, are compressed or of other types: Teradata's numbers are not known.
    """
    for key in _enforced(references):
        parent = _parent(session, table, key)
        if parent is not None:
            _check_parent(table, parent, key)


def _enforced(constraints: Sequence[Constraint]) -> Iterator[Constraint]:
    return (one for one in constraints if one.kind == "foreign key" and one.check_option is not False)


def _parent(session: Session, table: Table, key: Constraint) -> Table | None:
    database, name = key.parent or ("", "")
    if (fold(database or session.database), fold(name)) == (fold(table.database), fold(table.name)):
        return table
    entry = session.entry(database or None, name)
    return entry.found if entry is not None and isinstance(entry.found, Table) else None


def _same(key: Constraint, database: str, name: str) -> bool:
    return key.parent is not None and tuple(map(fold, key.parent)) == (fold(database), fold(name))


def _check_parent(table: Table, parent: Table, key: Constraint) -> None:
    columns = key.parent_columns or _primary_key(parent)
    if not columns:
        if not any(len(unique) == len(key.columns) for unique in _uniques(parent)):
            raise failure(3977)
        return
    theirs = [_column(parent, name) for name in columns]
    if frozenset(map(fold, columns)) not in _uniques(parent):
        raise failure(3977)
    if any(column.nullable is not False for column in theirs):
        raise EmulatorRefusal("the error number of Teradata for a foreign key to columns that may be null")
    ours = [_column(table, name) for name in key.columns]
    if len(ours) != len(theirs) or any(_differ(one, other) for one, other in zip(ours, theirs, strict=True)):
        raise EmulatorRefusal("the error number of Teradata for a foreign key of other columns than the parent's")
    if any(column.compress is not None and not column.compress.none for column in (*ours, *theirs)):
        raise EmulatorRefusal("the error number of Teradata for a foreign key with compressed columns")


def _differ(one: Column, other: Column) -> bool:
    return one.type != other.type or bool(one.case_specific) != bool(other.case_specific)


def _column(table: Table, name: str) -> Column:
    for column in table.columns:
        if fold(column.name) == fold(name):
            return column
    raise failure(3810, name)


def _primary_key(table: Table) -> tuple[str, ...]:
    return next((key.columns for key in keys(table) if key.kind == "primary key"), ())


def _uniques(table: Table) -> set[frozenset[str]]:
    """The columns of each unique index, those that implement keys included."""
    indexes = table_indexes(table, number_indexes(table, {}))
    return {frozenset(map(fold, index.columns)) for index in indexes if index.unique}


def check_children(session: Session, before: Entry, after: Table) -> None:
    """Refuse to take away a key that a foreign key rests on.

    Args:
        session: that alters the table.
        before: the table as it was.
        after: the table as it shall be.

    Raises:
        EmulatorRefusal: Teradata refuses too, with a number that is not known here.
    """
    assert isinstance(before.found, Table)
    lost = _uniques(before.found) - _uniques(after)
    if not lost:
        return
    for child in session.system.referencing(fold(after.database), fold(after.name)):
        found = after if child.id == before.id else child.found
        for key in _enforced(found.constraints if isinstance(found, Table) else ()):
            columns = key.parent_columns or _primary_key(before.found)
            if _same(key, after.database, after.name) and frozenset(map(fold, columns)) in lost:
                name = qualified(found.database, found.name)
                raise EmulatorRefusal(f"the error number of Teradata for taking away the key that {name} refers to")
