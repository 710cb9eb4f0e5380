"""What rests on a table: join and hash indexes, triggers, foreign keys, its error table (docs/teradata/ddl.md §2.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.indexes import index_text, names_column, stands_on
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.statements.definitions import error_table_of
from dbee_dbt.emulator.statements.names import same_name
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session


def defined_on(session: Session, table: Table) -> Iterator[Entry]:
    """The join indexes, hash indexes and triggers that are defined on a table."""
    return (entry for entry in _resting(session) if _is_on(entry, table))


def _resting(session: Session) -> list[Entry]:
    return [one for one in session.system.of(Entry) if one.found.kind in ("join index", "hash index", "trigger")]


def _is_on(entry: Entry, table: Table) -> bool:
    """True if the query of a join index, or the table of a hash index or trigger, is this table."""
    return any(
        same_name(database, table.database) and same_name(name, table.name) for database, name in stands_on(entry)
    )


def check_column(session: Session, table: Table, column: str) -> None:
    """Refuse to drop, rename or retype a column that a join or hash index, or a trigger on its table, may name.

    Raises:
        EmulatorRefusal: Teradata refuses too (docs/teradata/ddl.md §2.3), with a number that is not known here.
    """
    for other in defined_on(session, table):
        if names_column(index_text(other.found), column):
            raise EmulatorRefusal(
                f"the error number of Teradata for column {column}, which {other.found.kind} {other.found.name} names"
            )


def check_alter(session: Session, table: Table) -> None:
    """Refuse to add or drop columns, or to change index or protection, of a table with an error table (B035-1184).

    Raises:
        EmulatorRefusal: Teradata refuses too, with a number that is not known here.
    """
    if error_table_of(session, table) is not None:
        raise EmulatorRefusal("the error number of Teradata for this change of a table with an error table")


def check_drop(session: Session, table: Table) -> None:
    """Refuse to drop a table that something rests on.

    Raises:
        TeradataError: 5467 a join or hash index, 5967 an error table.
        EmulatorRefusal: a trigger or a foreign key; Teradata refuses too, with a number that is not known here.
    """
    for other in defined_on(session, table):
        if other.found.kind != "trigger":
            raise failure(5467)
        raise EmulatorRefusal(f"the error number of Teradata for a table with trigger {other.found.name}")
    for child in session.system.referencing(fold(table.database), fold(table.name)):
        if isinstance(child.found, Table) and refers_to(child.found, table):
            raise EmulatorRefusal(f"the error number of Teradata for a table that {child.found.name} references")
    if error_table_of(session, table) is not None:
        raise failure(5967)


def refers_to(child: Table, table: Table) -> bool:
    """True if another table has a foreign key to this one."""
    wanted = (fold(table.database), fold(table.name))
    if (fold(child.database), fold(child.name)) == wanted:
        return False
    parents = (constraint.parent for constraint in child.constraints if constraint.parent)
    return any((fold(database), fold(name)) == wanted for database, name in parents)


def check_rename(session: Session, table: Table) -> None:
    """Refuse to rename a table with a join or hash index, trigger or error table: what follows is not known."""
    for other in defined_on(session, table):
        raise EmulatorRefusal(f"RENAME of a table with {other.found.kind} {other.found.name}")
    if error_table_of(session, table) is not None:
        raise EmulatorRefusal("RENAME of a table with an error table")


def check_delete(session: Session, database: str) -> None:
    """Refuse to empty a database with a table that a trigger of another database is on, or an error table lies there.

    Source: "Dropping or Deleting Database Objects That Contain Triggers" (B035-1184); the numbers are not known here.
    """
    elsewhere = [one for one in _resting(session) if fold(one.found.database) != fold(database)]
    for entry in session.system.entries(database):
        if not isinstance(entry.found, Table):
            continue
        for other in elsewhere:
            if _is_on(other, entry.found):
                raise EmulatorRefusal(f"DELETE of a database whose table has {other.found.kind} {other.found.name}")
        error_table = error_table_of(session, entry.found)
        if error_table is not None and fold(error_table.found.database) != fold(database):
            raise EmulatorRefusal("DELETE of a database whose table has an error table in another one")


def stands_on_type(session: Session, type_name: str) -> str | None:
    """A column, as ``table.column``, of a user-defined type; None if there is none."""
    for entry in list(session.system.of(Entry)):
        for column in entry.found.columns if isinstance(entry.found, Table) else ():
            udt = column.type.udt if column.type is not None else None
            if udt is not None and fold(Cursor.of(udt).qualified("")[1]) == fold(type_name):
                return f"{entry.found.name}.{column.name}"
    return None
