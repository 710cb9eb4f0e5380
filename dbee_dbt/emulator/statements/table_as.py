"""CREATE TABLE … AS: what is copied of a table, and what a query gives (docs/teradata/typing.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.statements import CreateTableAs
from dbee_dbt.emulator.errors import TeradataError, failure
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.sql.select import compile_inner_query
from dbee_dbt.emulator.statements.column_types import case_of
from dbee_dbt.emulator.statements.names import required_table
from dbee_dbt.emulator.statements.tables import add_table
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import Column, Constraint, PrimaryIndex, Table, TableOptions

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.records import Entry
    from dbee_dbt.emulator.session import Session


def create_table_as(session: Session, meaning: CreateTableAs, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE TABLE … AS a table or a query."""
    make = _as_table if meaning.source is not None else _as_query
    return make(session, meaning)


def _as_query(session: Session, meaning: CreateTableAs) -> Result:
    """The columns are those of the query: types and case, nothing else; nullable."""
    query = meaning.query or ""
    outputs = compile_inner_query(query, session.surroundings).columns
    written = meaning.table.columns
    if any(not output.name for output in outputs) and not written:
        raise failure(5506)
    found = [
        Column(name=one.name, type=one.type, case_specific=case_of(one.type, one.case_specific)) for one in outputs
    ]
    entry = add_table(session, msgspec.structs.replace(meaning.table, columns=_named(found, written)))
    count = _fill(session, entry, query) if meaning.with_data else 0
    return Result(activity="Create Table", count=count)


def _as_table(session: Session, meaning: CreateTableAs) -> Result:
    """Columns with their attributes, options and, unless new ones are written, indexes are copied."""
    database, name = meaning.source or ("", "")
    source, table = required_table(session, database, name)
    entry = add_table(session, _copy(meaning.table, table))
    count = 0
    if meaning.with_data:
        names = ", ".join(qualified("", column.name) for column in table.columns)
        count = _fill(session, entry, f"SELECT {names} FROM {qualified(table.database, table.name)}")
    if meaning.with_statistics:
        _copy_statistics(session, entry, source, meaning.with_data)
    return Result(activity="Create Table", count=count)


def _named(found: list[Column], written: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns under the names and attributes of the list that was written, if one was."""
    if not written:
        return tuple(found)
    if len(written) != len(found):
        raise failure(3812) if len(found) < len(written) else failure(3813)
    return tuple(_attributed(column, attributes) for column, attributes in zip(found, written, strict=True))


def _attributed(column: Column, attributes: Column) -> Column:
    if attributes.type is not None:
        raise TeradataError(3706, "Syntax error: Data types are not allowed in the column list of CREATE TABLE AS.")
    case = column.case_specific if attributes.case_specific is None else attributes.case_specific
    return msgspec.structs.replace(attributes, type=column.type, case_specific=case)


def _copy(new: Table, source: Table) -> Table:
    written = new.primary_index or new.partitioning or new.indexes or new.constraints
    columns = _named(list(source.columns), new.columns) if new.columns else source.columns
    return msgspec.structs.replace(
        new,
        columns=columns,
        set_kind=new.set_kind or source.set_kind,
        options=_copied_options(new.options, source),
        primary_index=new.primary_index if written else _renamed_index(source, columns),
        partitioning=new.partitioning if written else source.partitioning,
        indexes=new.indexes if written else source.indexes,
        constraints=new.constraints if written else _copied_constraints(source),
    )


def _copied_options(new: TableOptions, source: Table) -> TableOptions:
    given = {name: getattr(new, name) for name in TableOptions.__struct_fields__}
    kept = {name: value for name, value in given.items() if value not in (None, ())}
    return msgspec.structs.replace(source.options, **kept)


def _renamed_index(source: Table, columns: tuple[Column, ...]) -> PrimaryIndex | None:
    index = source.primary_index
    if index is None:
        return None
    names = {fold(old.name): new.name for old, new in zip(source.columns, columns, strict=True)}
    return msgspec.structs.replace(index, columns=tuple(names[fold(name)] for name in index.columns))


def _copied_constraints(source: Table) -> tuple[Constraint, ...]:
    return tuple(constraint for constraint in source.constraints if constraint.kind != "foreign key")


def _fill(session: Session, entry: Entry, query: str) -> int:
    """Insert the query's rows; how many there were."""
    found = entry.found
    return session.surroundings.change_rows(f"INSERT INTO {qualified(found.database, found.name)} {query}")


def _copy_statistics(session: Session, entry: Entry, source: Entry, with_data: bool) -> None:
    """WITH NO DATA AND STATISTICS copies them zeroed."""
    copied = tuple(
        msgspec.structs.replace(
            one, collected=session.stamp_time, created=session.stamp_time, rows=one.rows if with_data else 0, source="T"
        )
        for one in source.statistics
    )
    session.replace(msgspec.structs.replace(entry, statistics=copied))
