"""COLLECT STATISTICS and DROP STATISTICS: what was collected is recorded as a definition, nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import CollectStatistics
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.indexes import as_table
from dbee_dbt.emulator.records import Entry, Statistic
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.index_columns import one_list
from dbee_dbt.emulator.statements.names import required_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import JoinIndex, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

PARTITION = "PARTITION"
_FOR_CURRENT = " FOR CURRENT"


class Item(NamedTuple):
    """One item of COLLECT or DROP STATISTICS.

    Attributes:
        columns: its columns; those of the index that it names.
        name: behind AS, or the name under which it is dropped; None where there is none.
        using: options of the USING in front; None where none is written.
    """

    columns: tuple[str, ...]
    name: str | None = None
    using: tuple[str, ...] | None = None


def collect_statistics(session: Session, meaning: CollectStatistics, at: Statement, rows: Sequence[Any]) -> Result:
    """COLLECT STATISTICS on columns, or again on all that were; DROP STATISTICS of some or all.

    Raises:
        TeradataError: 3810 no such column, 3526 no such index, 3706 the columns of a statistic in another order.
    """
    entry, table = required_counted(session, meaning.database, meaning.name)
    items = [_known(table, entry, item) for item in _items(table, meaning)]
    if meaning.drop:
        kept = [one for one in entry.statistics if items and not any(_means(item, one) for item in items)]
    else:
        kept = _collected(session, entry, items)
    session.replace(msgspec.structs.replace(entry, statistics=tuple(kept)))
    return Result(activity="Drop Statistics" if meaning.drop else "Collect Statistics")


def required_counted(session: Session, database: str, name: str) -> tuple[Entry, Table]:
    """The table, or the join index as a table, whose statistics are meant; errors as of ``required``."""
    entry = session.entry(database or None, name)
    if entry is None or entry.found.kind != "join index":
        return required_table(session, database, name)
    table = as_table(entry)
    if table is None:
        raise EmulatorRefusal(f"statistics of {entry.found.name}, a join index whose columns are not known")
    return entry, table


def rows_of(session: Session, entry: Entry) -> int:
    """How many rows there are; those of a join index are what its query returns."""
    if not isinstance(entry.found, JoinIndex):
        return session.surroundings.count_rows(entry)
    compiled = session.surroundings.compile(one_list(entry.found.query or ""))
    found = session.surroundings.execute(f"SELECT count(*) FROM ({compiled.sql})", list(compiled.parameters)).fetchone()
    return int(found[0])


def _means(item: Item, statistic: Statistic) -> bool:
    return tuple(map(fold, item.columns)) == tuple(map(fold, statistic.columns))


def _known(table: Table, entry: Entry, item: Item) -> Item:
    """The item with its columns as the table names them; a single name may be a statistic's."""
    columns = {fold(column.name): column.name for column in table.columns} | {PARTITION: PARTITION}
    if len(item.columns) == 1 and fold(item.columns[0]) not in columns:
        named = next((one for one in entry.statistics if one.name and fold(one.name) == fold(item.columns[0])), None)
        if named is not None:
            return item._replace(columns=named.columns, name=named.name)
    for name in item.columns:
        if fold(name) not in columns:
            raise failure(3810, name)
    return item._replace(columns=tuple(columns[fold(name)] for name in item.columns))


def _collected(session: Session, entry: Entry, items: Sequence[Item]) -> list[Statistic]:
    rows, now = rows_of(session, entry), session.stamp_time
    found = {one.columns: one for one in entry.statistics}
    for item in items or [Item(one.columns) for one in entry.statistics]:
        _check_order(item, found)
        old = found.get(item.columns, Statistic(item.columns, now, created=now))
        using = old.using if item.using is None else item.using
        found[item.columns] = msgspec.structs.replace(
            old, collected=now, rows=rows, name=item.name or old.name, using=using, source="S"
        )
    summary = found.pop((), Statistic((), now, created=now))
    found[()] = msgspec.structs.replace(summary, collected=now, rows=rows)
    return list(found.values())


def _check_order(item: Item, found: dict[tuple[str, ...], Statistic]) -> None:
    """Two statistics on the same columns in different order are refused (docs/teradata/ddl.md §2.7)."""
    if any(sorted(columns) == sorted(item.columns) and columns != item.columns for columns in found):
        raise TeradataError(3706, "Syntax error: Multicolumn statistics with the same columns in another order exist.")


def _items(table: Table, meaning: CollectStatistics) -> Iterator[Item]:
    """The items with their columns.

    Raises:
        TeradataError: 3526 no such index.
        EmulatorRefusal: a form that is not emulated.
    """
    if meaning.source is not None or meaning.unread:
        raise EmulatorRefusal(f"COLLECT STATISTICS with {meaning.unread or 'FROM'}")
    for item in meaning.items:
        if item.values:
            raise EmulatorRefusal("COLLECT STATISTICS with VALUES")
        using = tuple(option for option in item.using if not option.endswith(_FOR_CURRENT)) if item.using else None
        if item.on == "COLUMN":
            yield Item(tuple(map(_column, item.expressions)), item.name, using)
        else:
            yield Item(item.expressions or _of_index(table, item.name or ""), None, using)


def _column(expression: str) -> str:
    cursor = Cursor.of(expression)
    if len(cursor.tokens) != 1 or not cursor.is_name():
        raise EmulatorRefusal("statistics on an expression")
    return cursor.name()


def _of_index(table: Table, wanted: str) -> tuple[str, ...]:
    """The columns of the index of this name.

    Raises:
        TeradataError: 3526.
    """
    named = [(index.name, index.columns) for index in table.indexes]
    if table.primary_index:
        named.append((table.primary_index.name, table.primary_index.columns))
    for name, columns in named:
        if name and fold(name) == fold(wanted):
            return columns
    raise failure(3526)


def statistics_text(entry: Entry, table: Table, name: str) -> str:
    """What SHOW STATISTICS prints, its lines ended by ``\\n`` (docs/teradata/ddl.md §2.7).

    Args:
        entry: with the statistics.
        table: that they are on.
        name: the table's qualified name.

    Raises:
        EmulatorRefusal: statistics with a name or with USING, whose layout is not known.
    """
    shown = [one for one in entry.statistics if one.columns]
    if not shown:
        raise EmulatorRefusal(f"the answer of Teradata to SHOW STATISTICS of {table.name}, which has none")
    if any(one.name or one.using for one in shown):
        raise EmulatorRefusal("SHOW STATISTICS of statistics with a name or with USING")
    items = [f"            COLUMN ( {','.join(one.columns)} ) " for one in shown]
    head = ["COLLECT STATISTICS ", "                   -- default SYSTEM SAMPLE PERCENT "]
    return "\n".join([*head, ", \n".join(items), f"                ON {name} ;"])
