"""CREATE TABLE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.as_text import table_parts_as_text
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.emulator.dictionary.columns import FIRST_COLUMN
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.indexes import number_indexes
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.column_types import check_type, check_type_exists
from dbee_dbt.emulator.statements.foreign_keys import check_parents
from dbee_dbt.emulator.statements.names import already_there, check_free, check_length, created
from dbee_dbt.emulator.statements.table_defaults import with_defaults
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Database, Identity, Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def create_table(session: Session, meaning: CreateTable, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE TABLE with columns."""
    add_table(session, meaning.table)
    return Result(activity="Create Table")


def add_table(session: Session, written: Table) -> Entry:
    """Make a table of what is written, with every default.

    Raises:
        TeradataError: 3802, 3803 and others, 3737, 3515, 5340, 3810, 5323, 3623, 3977 …
        EmulatorRefusal: a foreign table, whose rows lie elsewhere; a table with what no reader knows.
    """
    if written.foreign:
        raise EmulatorRefusal("CREATE FOREIGN TABLE")
    for text in table_parts_as_text(written):
        if text not in written.options.other:  # an option is recorded and shown, as those are that are known
            raise EmulatorRefusal(f"CREATE TABLE … {text}")
    table = _placed(session, written)
    check_length(table.name, *(column.name for column in table.columns))
    home = session.system.required_database(table.database).found
    assert isinstance(home, Database)
    table = created(session, with_defaults(session, table, home))
    check_table(table)
    check_parents(session, table, table.constraints)
    for column in table.columns:
        if column.type is not None:
            check_type_exists(session.system, column.type)
    entry = Entry(
        id=session.system.new_id(),
        found=table,
        request=session.request_text,
        column_ids=tuple(range(FIRST_COLUMN, FIRST_COLUMN + len(table.columns))),
        index_numbers=number_indexes(table, {}),
    )
    session.replace(entry)
    return entry


def _placed(session: Session, table: Table) -> Table:
    """The table in its database, after the checks of its name."""
    if table.temporary == "VOLATILE":
        if table.database and fold(table.database) != fold(session.user):
            raise failure(5340)
        existing = session.volatile.get(fold(table.name))
        if existing is not None:
            raise already_there(existing)
        return msgspec.structs.replace(table, database=session.user)
    database = session.system.required_database(table.database or session.database).found.name
    check_free(session, database, table.name)
    return msgspec.structs.replace(table, database=database)


def check_table(table: Table) -> None:
    """Refuse a table that cannot be.

    Raises:
        TeradataError: 3515 a column twice, 3810 an index or key on a column that is not there, 5323 a nullable
            primary key, 3706 a nullable UNIQUE column, 3623 compression of an index column, 3739 no type,
            5333 NO LOG on a permanent table; what ``check_type`` raises.
    """
    columns = {fold(column.name): column for column in table.columns}
    if len(columns) < len(table.columns):
        raise failure(3515, _twice([column.name for column in table.columns]))
    for column in table.columns:
        if column.type is None:
            raise failure(3739, column.name)
        check_type(column.type)
        if column.identity is not None:
            _check_identity(column.identity)
    if table.options.log is False and not table.temporary:
        raise failure(5333)
    _check_columns_exist(table, columns)
    _check_keys(table, columns)
    index = table.primary_index
    for name in index.columns if index else ():
        compress = columns[fold(name)].compress
        if compress is not None and not compress.none:
            raise failure(3623)


def _check_identity(identity: Identity) -> None:
    numbers = (identity.start, identity.increment, identity.minimum, identity.maximum)
    if any(number is not None and abs(number) >= 2**63 for number in numbers):
        raise EmulatorRefusal("an identity column with numbers of more than 64 bits")


def _check_columns_exist(table: Table, columns: dict[str, Any]) -> None:
    index = table.primary_index
    used = list(index.columns if index else ())
    used += [name for secondary in table.indexes for name in secondary.columns]
    used += [name for constraint in table.constraints for name in constraint.columns]
    periods = {fold(period.name) for period in table.periods}
    for name in used:
        if fold(name) not in columns and fold(name) not in periods:
            raise failure(3810, name)


def _check_keys(table: Table, columns: dict[str, Any]) -> None:
    for constraint in table.constraints:
        for name in constraint.columns:
            if fold(name) not in columns or columns[fold(name)].nullable is False:
                continue
            if constraint.kind == "primary key":
                raise failure(5323, name)
            if constraint.kind == "unique":
                raise TeradataError(3706, f"Syntax error: The UNIQUE column '{name}' must be NOT NULL.")


def _twice(names: Sequence[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if fold(name) in seen:
            return name
        seen.add(fold(name))
    return ""
