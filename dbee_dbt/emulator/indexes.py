"""The indexes that a table has: those written, those that implement its keys, and join and hash indexes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from dbee_dbt.ddl.expressions.aggregates import AGGREGATES
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.references import references
from dbee_dbt.ddl.write import hash_index_ddl, join_index_ddl
from dbee_dbt.emulator.records import Entry
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, Constraint, HashIndex, JoinIndex, SecondaryIndex, Table

KeyKind = Literal["primary key", "unique"]
STEP = 4  # numbers of secondary indexes are multiples of four (docs/teradata/dictionary.md §1.5)


class TableIndex(NamedTuple):
    """One index of a table.

    Attributes:
        number: 1 for the primary index, else a multiple of 4.
        form: how rows are found by it.
        unique: whether values may not repeat.
        columns: in order.
        name: its name, or None.
        key: the constraint that it implements, or None.
        written: the secondary index as written, or None.
    """

    number: int
    form: Literal["primary index", "primary amp", "secondary"]
    unique: bool
    columns: tuple[str, ...]
    name: str | None = None
    key: KeyKind | None = None
    written: SecondaryIndex | None = None


def label(columns: tuple[str, ...]) -> str:
    """What tells one key from another: its columns, folded."""
    return "(" + ",".join(map(fold, columns)) + ")"


def written_label(index: SecondaryIndex) -> str:
    """What tells one secondary index from another, and what it is numbered by: its columns and its ordering, folded."""
    return " ".join([label(index.columns), *map(fold, index.order_by or ())])


def order_of(table: Table, index: TableIndex) -> str:
    """How the rows of an index are ordered: ``P`` by partitions, ``V`` by values, ``H`` by hash."""
    if index.number == 1:
        return "P" if table.partitioning else "H"
    by_values = index.written is not None and (index.written.order_by or ("", ""))[0] == "VALUES"
    return "V" if by_values else "H"


def keys(table: Table) -> list[Constraint]:
    """PRIMARY KEY and UNIQUE constraints, the primary key first."""
    found = [constraint for constraint in table.constraints if constraint.kind in ("primary key", "unique")]
    return sorted(found, key=lambda constraint: constraint.kind != "primary key")


def primary_key_as_index(table: Table) -> Constraint | None:
    """The constraint that is the primary index, where no primary index is written."""
    found = keys(table)
    if table.primary_index is None:
        return found[0] if found else None
    wanted = tuple(map(fold, table.primary_index.columns))
    unique = table.primary_index.unique
    return next((key for key in found if unique and tuple(map(fold, key.columns)) == wanted), None)


def table_indexes(table: Table, numbers: dict[str, int]) -> list[TableIndex]:
    """Every index of a table, the primary one first.

    Args:
        table: with a primary index, a key, or NO PRIMARY INDEX.
        numbers: of secondary indexes, by ``label`` of a key's columns and ``written_label``.
    """
    primary = primary_key_as_index(table)
    found = list(_primary(table, primary))
    found += [
        TableIndex(numbers[label(key.columns)], "secondary", True, key.columns, key.name, key.kind)  # type: ignore[arg-type]
        for key in keys(table)
        if key is not primary
    ]
    found += [
        TableIndex(numbers[written_label(i)], "secondary", i.unique, i.columns, i.name, None, i) for i in table.indexes
    ]
    return found


def _primary(table: Table, key: Constraint | None) -> Iterator[TableIndex]:
    index = table.primary_index
    kind: KeyKind | None = key.kind if key else None  # type: ignore[assignment]
    if index is None:
        columns = key.columns if key else (table.columns[0].name,)
        yield TableIndex(1, "primary index", key is not None, columns, key.name if key else None, kind)
    elif index.form != "no primary index":
        yield TableIndex(1, index.form, index.unique, index.columns, index.name, kind)


def number_indexes(table: Table, numbers: dict[str, int]) -> dict[str, int]:
    """Numbers of a table's secondary indexes: those given stay, new ones take the lowest free multiples of 4."""
    primary = primary_key_as_index(table)
    wanted = [label(key.columns) for key in keys(table) if key is not primary]
    wanted += [written_label(index) for index in table.indexes]
    kept = {name: numbers[name] for name in wanted if name in numbers}
    free = (number for number in range(STEP, 1000, STEP) if number not in kept.values())
    return {name: kept[name] if name in kept else next(free) for name in wanted}


def stands_on(entry: Entry) -> Iterator[tuple[str, str]]:
    """Database and name of each table that a join index, hash index or trigger is defined on."""
    for one in references(index_text(entry.found), entry.default_database or entry.found.database).found:
        if one.how == "on":
            yield one.path[0], one.path[1]


def index_text(found: CatalogObject) -> str:
    """The text of a join index, hash index or trigger."""
    match found:
        case JoinIndex():
            return join_index_ddl(found) or ""
        case HashIndex():
            return hash_index_ddl(found) or ""
    return getattr(found, "text", None) or ""


def is_aggregate(index: JoinIndex) -> bool:
    """True if the query of a join index sums up rows."""
    return any(token.key in AGGREGATES or token.key == "GROUP" for token in tokenize(index.query or ""))


def as_table(entry: Entry) -> Table | None:
    """A table, or a join index as the table that it is; None for anything else and where its columns are not known."""
    found = entry.found
    if isinstance(found, JoinIndex) and entry.columns:
        return Table(
            database=found.database,
            name=found.name,
            columns=entry.columns,
            primary_index=found.primary_index,
            partitioning=found.partitioning,
            indexes=found.indexes,
        )
    return found if isinstance(found, Table) else None


def join_index_indexes(entry: Entry, index: JoinIndex) -> list[TableIndex]:
    """The indexes of a join index itself; none where they are not known.

    Which column is the primary index of an aggregate join index that says none is not known.
    """
    table = as_table(entry)
    if table is None or (index.primary_index is None and is_aggregate(index)):
        return []
    return table_indexes(table, number_indexes(table, {}))


def names_column(text: str, name: str) -> bool:
    """True if an expression's text, or a statement's, names a column."""
    wanted = fold(name)
    words = (token for token in tokenize(text) if token.kind in ("word", "quoted name"))
    return any(fold(name_of(token.text)) == wanted for token in words)
