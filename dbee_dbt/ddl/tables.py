"""Reads CREATE TABLE, hand-written or as SHOW TABLE prints it (docs/teradata/ddl.md §2.1, §2.2)."""

from __future__ import annotations

from typing import Any, Literal

from msgspec.structs import replace

from dbee_dbt.ddl.columns import read_column, read_condition, read_qualifier, read_references, read_time
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.indexes import (
    key_columns,
    read_partitioning,
    read_primary_index,
    read_secondary_index,
    read_time_index,
)
from dbee_dbt.ddl.options import read_options
from dbee_dbt.ddl.statements import CreateTable, CreateTableAs
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DuplicateColumnError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Constraint, SecondaryIndex, Table, TableOptions
from dbee_dbt.model.table_parts import ColumnGroup, DerivedPeriod

_ENDS_USING = frozenset({")", ",", ""})
_BEGINS_CLAUSE = frozenset({"UNIQUE", "PRIMARY", "NO", "INDEX", "PARTITION", "ON", "USING"})
_BEGINS_ELEMENT = frozenset(
    """CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN PERIOD COLUMN ROW NORMALIZE
    SEQUENCED NONSEQUENCED CURRENT VALIDTIME TRANSACTIONTIME""".split()
)
_WORDS_OF_HEADER = {
    "SET": ("set_kind", "SET"),
    "MULTISET": ("set_kind", "MULTISET"),
    "VOLATILE": ("temporary", "VOLATILE"),
    "GLOBAL": ("temporary", "GLOBAL TEMPORARY"),
    "FOREIGN": ("foreign", True),
}


class TableDraft:
    """A table while it is read: what was written of it, by the names of the model's fields."""

    __slots__ = ("clauses", "columns", "constraints", "fields", "groups", "indexes", "options", "periods", "places")

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.options: dict[str, Any] = {}
        self.columns: list[Column] = []
        self.places: list[int] = []
        self.constraints: list[Constraint] = []
        self.groups: list[ColumnGroup] = []
        self.periods: list[DerivedPeriod] = []
        self.indexes: list[SecondaryIndex] = []
        self.clauses: list[str] = []

    def table(self, default_database: str) -> Table:
        """The table that was read; parents of references without a database lie in the default one."""
        if self.options.pop("queue", False):
            self.fields["queue"] = True
        self.options["other"] = tuple(self.options.get("other", ()))
        return Table(
            columns=tuple(self.columns),
            constraints=tuple(qualify(found, default_database) for found in self.constraints),
            column_groups=tuple(self.groups),
            periods=tuple(self.periods),
            indexes=tuple(self.indexes),
            clauses=tuple(self.clauses),
            options=TableOptions(**self.options),
            **self.fields,
        )


def qualify(constraint: Constraint, default_database: str) -> Constraint:
    """The constraint with its parent in the default database where none is written."""
    parent = constraint.parent
    if parent is None or parent[0] or not default_database:
        return constraint
    return replace(constraint, parent=(default_database, parent[1]))


def read_create_table(cursor: Cursor, default_database: str) -> CreateTable | CreateTableAs:
    """Takes a whole CREATE TABLE.

    Args:
        cursor: stands behind CREATE, or on CT.
        default_database: where an unqualified table lies.

    Raises:
        DdlError: the statement is broken: no name, no columns, a parenthesis that nothing closes …
    """
    draft = TableDraft()
    _read_header(cursor, draft)
    if cursor.accept("IF", "NOT", "EXISTS"):
        cursor.fail("IF NOT EXISTS is no clause of Teradata's CREATE TABLE")
    draft.fields["database"], draft.fields["name"] = cursor.defined(default_database)
    read_options(cursor, draft.options)
    if cursor.key == "(":
        _read_elements(cursor, draft)
    if cursor.accept("AS"):
        return _read_create_table_as(cursor, draft, default_database)
    if not (draft.columns or draft.fields.get("foreign")):
        cursor.fail(f"the columns of the table are expected, {cursor.shown} found")
    read_clauses(cursor, draft)
    return CreateTable(draft.table(default_database))


def _read_header(cursor: Cursor, draft: TableDraft) -> None:
    while cursor.key not in ("TABLE", "CT"):
        field, value = _WORDS_OF_HEADER[cursor.key]
        draft.fields[field] = value
        cursor.at += 1
        cursor.accept("TEMPORARY")
        if cursor.accept("TRACE"):
            draft.fields["trace"] = True
    cursor.at += 1


def _read_elements(cursor: Cursor, draft: TableDraft) -> None:
    cursor.expect("(")
    while True:
        _read_element(cursor, draft)
        if cursor.accept(","):
            continue
        if cursor.accept(")"):
            _check_columns(cursor, draft)
            return
        cursor.fail(f"a comma or a closing parenthesis is expected, {cursor.shown} found")


def _check_columns(cursor: Cursor, draft: TableDraft) -> None:
    """Refuse a table that has a column twice.

    Raises:
        DuplicateColumnError: at the place of the second one.
    """
    if len({fold(column.name) for column in draft.columns}) == len(draft.columns):
        return
    seen: set[str] = set()
    for column, place in zip(draft.columns, draft.places, strict=True):
        if fold(column.name) in seen:
            cursor.at = place
            line, at = cursor.place()
            what = f"Duplication of column {column.name} in creating a Table, View, Macro or Trigger"
            what = f"line {line}, column {at}: {what}"
            raise DuplicateColumnError(what, column=column.name, line=line)
        seen.add(fold(column.name))


def _read_element(cursor: Cursor, draft: TableDraft) -> None:
    key = cursor.key
    if key in _BEGINS_ELEMENT:
        constraint = read_constraint(cursor)
        if constraint is not None:
            draft.constraints.append(constraint)
            return
        if key in ("COLUMN", "ROW") and cursor.keys[cursor.at + 1] == "(":
            _read_group(cursor, draft)
            return
        if cursor.accept("PERIOD", "FOR"):
            draft.periods.append(read_period(cursor))
            return
        if key == "NORMALIZE" and cursor.keys[cursor.at + 1] in ("ALL", "ON"):
            draft.fields["normalize"] = _other_element(cursor)
            return
    _read_column(cursor, draft)


def _read_column(cursor: Cursor, draft: TableDraft) -> None:
    draft.places.append(cursor.at)
    column = read_column(cursor)
    draft.columns.append(column.column())
    draft.constraints += column.constraints


def _read_group(cursor: Cursor, draft: TableDraft) -> None:
    """Takes ``COLUMN (…)`` or ``ROW (…)``: its columns are the table's, the group names them."""
    word = cursor.key
    cursor.at += 1
    first = len(draft.columns)
    cursor.expect("(")
    _read_column(cursor, draft)
    while cursor.accept(","):
        _read_column(cursor, draft)
    cursor.expect(")")
    names = tuple(column.name for column in draft.columns[first:])
    draft.groups.append(ColumnGroup("ROW" if word == "ROW" else "COLUMN", names, read_auto_compress(cursor)))


def read_auto_compress(cursor: Cursor) -> bool | None:
    """Takes ``AUTO COMPRESS`` or ``NO AUTO COMPRESS``; None where neither comes."""
    if cursor.accept("NO", "AUTO", "COMPRESS"):
        return False
    return True if cursor.accept("AUTO", "COMPRESS") else None


def read_period(cursor: Cursor) -> DerivedPeriod:
    """Takes a derived period: ``name (begin, end) [AS VALIDTIME|TRANSACTIONTIME]``.

    Args:
        cursor: stands behind PERIOD FOR.
    """
    name = cursor.name()
    cursor.expect("(")
    start = cursor.name()
    cursor.expect(",")
    end = cursor.name()
    cursor.expect(")")
    return DerivedPeriod(name, start, end, read_time(cursor))


def _other_element(cursor: Cursor) -> str:
    start = cursor.at
    while cursor.key not in (",", ")", ""):
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    return cursor.canonical(start, cursor.at)


def read_constraint(cursor: Cursor) -> Constraint | None:
    """Takes a table constraint, its CONSTRAINT name included; None where none comes."""
    start = cursor.at
    name = cursor.name() if cursor.accept("CONSTRAINT") else None
    time = read_qualifier(cursor)
    found = _constraint(cursor, name)
    if found is None:
        cursor.at = start
        return None
    return found if time is None else replace(found, time=time)


def _constraint(cursor: Cursor, name: str | None) -> Constraint | None:
    kind: Literal["primary key", "unique"] = "primary key" if cursor.accept("PRIMARY", "KEY") else "unique"
    if kind == "primary key" or (cursor.keys[cursor.at + 1] == "(" and cursor.accept("UNIQUE")):
        columns, without_overlaps = key_columns(cursor)
        return Constraint(kind=kind, name=name, columns=columns, without_overlaps=without_overlaps)
    if cursor.keys[cursor.at + 1] == "(" and cursor.accept("CHECK"):
        return Constraint(kind="check", name=name, expression=read_condition(cursor))
    if cursor.accept("FOREIGN", "KEY"):
        return read_references(cursor, name, cursor.names())
    return None


def read_clauses(cursor: Cursor, draft: TableDraft) -> None:
    """Takes what stands behind columns or a query: indexes, partitioning, ON COMMIT; the rest is kept as text.

    Raises:
        DdlError: a parenthesis closes nothing, or is never closed.
    """
    while True:
        while cursor.accept(","):
            pass
        if cursor.done:
            return
        if cursor.key == ")":
            cursor.fail("this parenthesis closes nothing")
        if not _read_clause(cursor, draft):
            draft.clauses.append(_other_clause(cursor))


def _read_clause(cursor: Cursor, draft: TableDraft) -> bool:
    primary = read_primary_index(cursor)
    if primary is not None:
        draft.fields["primary_index"] = primary
        return True
    time_index = read_time_index(cursor)
    if time_index is not None:
        draft.fields["time_index"] = time_index
        return True
    if cursor.key == "USING" and cursor.keys[cursor.at + 1] == "(":
        draft.fields["using"] = _read_using(cursor)
        return True
    secondary = read_secondary_index(cursor)
    if secondary is not None:
        draft.indexes.append(secondary)
        return True
    levels = read_partitioning(cursor)
    if levels is not None:
        draft.fields["partitioning"] = levels
        return True
    on_commit = read_on_commit(cursor)
    if on_commit is not None:
        draft.fields["on_commit"] = on_commit
    return on_commit is not None


def _read_using(cursor: Cursor) -> tuple[Clause, ...]:
    """Takes ``USING ( LOCATION ('…') PATHPATTERN ('…') … )`` of a foreign table."""
    cursor.at += 1
    cursor.expect("(")
    found = []
    while not cursor.accept(")"):
        found.append(read_using_clause(cursor, "USING", _ENDS_USING))
        cursor.accept(",")
    return tuple(found)


def read_using_clause(cursor: Cursor, word: str, ends: frozenset[str]) -> Clause:
    """Takes one clause of a foreign table's USING or UPDATE: ``LOCATION ('…')``.

    Args:
        cursor: stands on its name.
        word: that begins the clauses, for the message.
        ends: what stands behind a clause that has no value.

    Raises:
        DdlError: no clause comes.
    """
    start = cursor.at
    while cursor.key != "(" and cursor.key not in ends:
        cursor.at += 1
    if cursor.at == start:
        cursor.fail(f"a clause of {word} is expected, {cursor.shown} found")
    name = cursor.keywords(start, cursor.at)
    return Clause(name, cursor.group() if cursor.key == "(" else "")


def read_on_commit(cursor: Cursor) -> Literal["DELETE", "PRESERVE"] | None:
    """Takes ``ON COMMIT DELETE|PRESERVE ROWS``; None where it does not come."""
    if cursor.accept("ON", "COMMIT", "DELETE", "ROWS"):
        return "DELETE"
    return "PRESERVE" if cursor.accept("ON", "COMMIT", "PRESERVE", "ROWS") else None


def _other_clause(cursor: Cursor) -> str:
    start = cursor.at
    while cursor.at == start or not (cursor.done or cursor.key in _BEGINS_CLAUSE):
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    return cursor.canonical(start, cursor.at)


def _read_create_table_as(cursor: Cursor, draft: TableDraft, default_database: str) -> CreateTableAs:
    query, source = None, None
    if cursor.key == "(":
        start = cursor.at + 1
        cursor.skip_group()
        query = cursor.source(start, cursor.at - 1)
    else:
        source = cursor.defined(default_database)
    with_data = not cursor.accept("WITH", "NO", "DATA")
    if with_data and not cursor.accept("WITH", "DATA"):
        cursor.fail(f"WITH DATA or WITH NO DATA is expected, {cursor.shown} found")
    statistics = _with_statistics(cursor)
    read_clauses(cursor, draft)
    table = draft.table(default_database)
    return CreateTableAs(table=table, query=query, source=source, with_data=with_data, with_statistics=statistics)


def _with_statistics(cursor: Cursor) -> bool | None:
    words = ("STATISTICS", "STATS", "STAT")
    start = cursor.at
    if cursor.accept("AND", "NO") and cursor.accept_any(words):
        return False
    cursor.at = start
    if cursor.accept("AND") and cursor.accept_any(words):
        return True
    cursor.at = start
    return None
