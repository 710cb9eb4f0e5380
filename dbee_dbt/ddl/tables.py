"""Reads CREATE TABLE, hand-written or as SHOW TABLE prints it (docs/teradata/ddl.md §2.1, §2.2)."""

from __future__ import annotations

from typing import Any, Literal

from msgspec.structs import replace

from dbee_dbt.ddl.clauses import skip, unknown_text
from dbee_dbt.ddl.columns import begins_column, read_column, read_references, read_time
from dbee_dbt.ddl.constraints import read_condition, read_qualifier
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.indexes import (
    key_columns,
    read_partitioning,
    read_primary_index,
    read_secondary_index,
    read_time_index,
)
from dbee_dbt.ddl.options import read_options
from dbee_dbt.ddl.phrases import phrases, refuse_cut, refuse_none
from dbee_dbt.ddl.secrets import SECRET_WORDS
from dbee_dbt.ddl.statements import CreateTable, CreateTableAs
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DuplicateColumnError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Constraint, SecondaryIndex, Table, TableOptions
from dbee_dbt.model.table_parts import ColumnGroup, DerivedPeriod

_ENDS_USING = frozenset({")", ",", ""})
_BEGINS_CLAUSE = frozenset({"UNIQUE", "PRIMARY", "NO", "INDEX", "PARTITION", "ON", "USING"})
_CLAUSES = (
    *phrases("PRIMARY INDEX", "PRIMARY AMP", "PRIMARY TIME INDEX", "UNIQUE PRIMARY INDEX", "UNIQUE INDEX"),
    *phrases("NO PRIMARY INDEX", "PARTITION BY", "ON COMMIT DELETE ROWS", "ON COMMIT PRESERVE ROWS"),
    *phrases("USING", value="("),
)
_BEGINS_ELEMENT = frozenset(
    """CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN PERIOD COLUMN ROW NORMALIZE
    SEQUENCED NONSEQUENCED CURRENT VALIDTIME TRANSACTIONTIME""".split()
)
_ENDS_ELEMENT = frozenset({",", ")", ""})
_CONSTRAINTS = (*phrases("PRIMARY KEY", "FOREIGN KEY"), *phrases("UNIQUE", "CHECK", value="("))
_QUALIFIERS = phrases("CURRENT", "SEQUENCED", "NONSEQUENCED", value="VALIDTIME or TRANSACTIONTIME")
_GROUPS = phrases("COLUMN", "ROW", value="(")
_TIMES = phrases("AS VALIDTIME", "AS TRANSACTIONTIME")
_WORDS_OF_HEADER = {
    "SET": ("set_kind", "SET"),
    "MULTISET": ("set_kind", "MULTISET"),
    "VOLATILE": ("temporary", "VOLATILE"),
    "GLOBAL": ("temporary", "GLOBAL TEMPORARY"),
    "FOREIGN": ("foreign", True),
}


class TableDraft:
    """A table while it is read: what was written of it, by the names of the model's fields."""

    __slots__ = (
        *("clauses", "columns", "constraints", "elements", "fields"),
        *("groups", "indexes", "options", "periods", "places"),
    )

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.options: dict[str, Any] = {}
        self.columns: list[Column] = []
        self.places: list[int] = []
        self.constraints: list[Constraint] = []
        self.elements: list[str] = []
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
            elements=tuple(self.elements),
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
    if not (draft.columns or draft.elements or draft.fields.get("foreign")):
        cursor.fail(f"the columns of the table are expected, {cursor.shown} found")
    read_clauses(cursor, draft)
    return CreateTable(draft.table(default_database))


def _read_header(cursor: Cursor, draft: TableDraft) -> None:
    while cursor.key not in ("TABLE", "CT"):
        field, value = _WORDS_OF_HEADER[cursor.key]
        draft.fields[field] = value
        cursor.at += 1
        if value == "GLOBAL TEMPORARY":
            cursor.expect("TEMPORARY")
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
    """Takes a column, a constraint or what else stands there; what is none that is known is kept as text."""
    if cursor.key in _BEGINS_ELEMENT and _read_known_element(cursor, draft):
        return
    if begins_column(cursor):
        _read_column(cursor, draft)
    else:
        draft.elements.append(_other_element(cursor))


def _read_known_element(cursor: Cursor, draft: TableDraft) -> bool:
    constraint = read_constraint(cursor)
    if constraint is not None:
        draft.constraints.append(constraint)
    elif cursor.key in ("COLUMN", "ROW") and cursor.keys[cursor.at + 1] == "(":
        _read_group(cursor, draft)
    elif cursor.accept("PERIOD", "FOR"):
        draft.periods.append(read_period(cursor))
    elif cursor.key == "NORMALIZE" and not begins_column(cursor):
        draft.fields["normalize"] = read_normalize(cursor)
    else:
        _refuse_cut(cursor)
        return False
    return True


def _refuse_cut(cursor: Cursor) -> None:
    """Refuse a constraint or a group of columns that breaks off; the cursor stays where it is."""
    start = cursor.at
    if cursor.accept("CONSTRAINT"):
        cursor.name()
    read_qualifier(cursor)
    if cursor.at > start:
        refuse_none(cursor, _CONSTRAINTS, _ENDS_ELEMENT)
        refuse_cut(cursor, _QUALIFIERS, _ENDS_ELEMENT)
    refuse_cut(cursor, (*_CONSTRAINTS, *_GROUPS), _ENDS_ELEMENT)
    cursor.at = start


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
    _read_column_of_group(cursor, draft)
    while cursor.accept(","):
        _read_column_of_group(cursor, draft)
    cursor.expect(")")
    names = tuple(column.name for column in draft.columns[first:])
    draft.groups.append(ColumnGroup("ROW" if word == "ROW" else "COLUMN", names, read_auto_compress(cursor)))


def _read_column_of_group(cursor: Cursor, draft: TableDraft) -> None:
    if not begins_column(cursor):
        cursor.fail(f"a column is expected, {cursor.shown} found")
    _read_column(cursor, draft)


def read_auto_compress(cursor: Cursor) -> bool | None:
    """Takes ``[NO] AUTO COMPRESS``; None where it does not come."""
    wanted = not cursor.accept("NO")
    if wanted and cursor.key != "AUTO":
        return None
    cursor.expect("AUTO")
    cursor.expect("COMPRESS")
    return wanted


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
    refuse_cut(cursor, _TIMES, _ENDS_ELEMENT)
    return DerivedPeriod(name, start, end, read_time(cursor))


def read_normalize(cursor: Cursor) -> str:
    """Takes ``NORMALIZE [ALL BUT (name, …)] ON name [ON MEETS OR OVERLAPS | ON OVERLAPS [OR MEETS]]``.

    Returns:
        its canonical text.

    Raises:
        DdlError: it breaks off.
    """
    start = cursor.at
    cursor.at += 1
    if cursor.accept("ALL"):
        cursor.expect("BUT")
        cursor.names()
    cursor.expect("ON")
    cursor.name()
    if cursor.accept("ON"):
        word = cursor.accept_any(_MEETING) or cursor.fail(f"MEETS or OVERLAPS is expected, {cursor.shown} found")
        if word == "MEETS" or cursor.key == "OR":
            cursor.expect("OR")
            cursor.expect("OVERLAPS" if word == "MEETS" else "MEETS")
    return cursor.canonical(start, cursor.at)


_MEETING = ("MEETS", "OVERLAPS")


def _other_element(cursor: Cursor) -> str:
    """Takes a definition that is none of a column and not known, as canonical text."""
    start = cursor.at
    while cursor.key not in _ENDS_ELEMENT:
        skip(cursor)
    return unknown_text(cursor, start)


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
        DdlError: a clause breaks off, a parenthesis closes nothing, or is never closed.
    """
    while not cursor.done:
        if cursor.accept(",") and cursor.key in _ENDS_ELEMENT:
            cursor.fail(f"a clause is expected, {cursor.shown} found")
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
    """Takes one clause of a foreign table's USING or UPDATE: ``LOCATION ('…')``; of a secret, only its name.

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
    value = cursor.group() if cursor.key == "(" else ""
    return Clause(name, "" if name in SECRET_WORDS else value)


def read_on_commit(cursor: Cursor) -> Literal["DELETE", "PRESERVE"] | None:
    """Takes ``ON COMMIT DELETE|PRESERVE ROWS``; None where it does not come."""
    if cursor.accept("ON", "COMMIT", "DELETE", "ROWS"):
        return "DELETE"
    return "PRESERVE" if cursor.accept("ON", "COMMIT", "PRESERVE", "ROWS") else None


def _other_clause(cursor: Cursor) -> str:
    start = cursor.at
    cursor.at += refuse_cut(cursor, _CLAUSES, _BEGINS_CLAUSE | _ENDS_ELEMENT)
    while cursor.at == start or not (cursor.done or cursor.key in _BEGINS_CLAUSE):
        skip(cursor)
    return unknown_text(cursor, start)


def _read_create_table_as(cursor: Cursor, draft: TableDraft, default_database: str) -> CreateTableAs:
    query, source = None, None
    if cursor.key == "(":
        start = cursor.at + 1
        cursor.skip_group()
        query = cursor.source(start, cursor.at - 1)
    else:
        source = cursor.defined(default_database)
    if not cursor.accept("WITH"):
        cursor.fail(f"WITH DATA or WITH NO DATA is expected, {cursor.shown} found")
    with_data = not cursor.accept("NO")
    cursor.expect("DATA")
    statistics = _with_statistics(cursor)
    read_clauses(cursor, draft)
    table = draft.table(default_database)
    return CreateTableAs(table=table, query=query, source=source, with_data=with_data, with_statistics=statistics)


def _with_statistics(cursor: Cursor) -> bool | None:
    """Takes ``AND [NO] STATISTICS``; None where it does not come."""
    if not cursor.accept("AND"):
        return None
    wanted = not cursor.accept("NO")
    if not cursor.accept_any(("STATISTICS", "STATS", "STAT")):
        cursor.fail(f"STATISTICS is expected, {cursor.shown} found")
    return wanted
