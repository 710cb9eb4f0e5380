"""CREATE JOIN INDEX and CREATE HASH INDEX: kept with their options; no query reads from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dbee_dbt.ddl.statements import CreateHashIndex, CreateJoinIndex
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import Entry
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.index_columns import hash_index_columns, join_index_columns, one_list
from dbee_dbt.emulator.statements.named_relations import named_relations
from dbee_dbt.emulator.statements.names import check_free, check_length, created, required_table
from dbee_dbt.emulator.statements.table_defaults import DEFAULT_MAP
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Database, HashIndex, JoinIndex

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_I = TypeVar("_I", JoinIndex, HashIndex)


def create_join_index(session: Session, meaning: CreateJoinIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE JOIN INDEX: the tables of its query have to be there.

    Raises:
        TeradataError: 3807, 3810 and others, 3803 and others the name is taken.
    """
    query = one_list(meaning.index.query or "")
    try:
        named = list(named_relations(query))
    except EmulatorRefusal:
        named = []
    for database, name in named:
        required_table(session, database or "", name)
    try:
        columns = join_index_columns(session, query)
    except EmulatorRefusal:
        columns = ()  # the index is kept, its columns are told nowhere
    return _keep(session, meaning.index, columns)


def create_hash_index(session: Session, meaning: CreateHashIndex, at: Statement, rows: Sequence[Any]) -> Result:
    """CREATE HASH INDEX: its table and columns have to be there.

    Raises:
        TeradataError: 3807 and others, 3810 a column, 3803 and others the name is taken.
    """
    index = meaning.index
    assert index.table is not None, "the reader fails without a table"
    _, table = required_table(session, *index.table)
    known = {fold(column.name) for column in table.columns}
    for name in (*index.columns, *index.by):
        if fold(name) not in known:
            raise failure(3810, name)
    placed = msgspec.structs.replace(index, table=(table.database, table.name))
    return _keep(session, placed, hash_index_columns(table, index.columns))


def _keep(session: Session, index: _I, columns: tuple[Column, ...]) -> Result:
    for text in index.clauses:
        raise EmulatorRefusal(f"CREATE {index.kind.upper()} … {text}")
    home = session.system.required_database(index.database or session.database).found
    assert isinstance(home, Database)
    check_length(index.name)
    check_free(session, home.name, index.name)
    options = msgspec.structs.replace(
        index.options,
        fallback=bool(home.fallback) if index.options.fallback is None else index.options.fallback,
        checksum=index.options.checksum or "DEFAULT",
        map=index.options.map or home.map or DEFAULT_MAP,
    )
    found = created(session, msgspec.structs.replace(index, database=home.name, options=options))
    entry = Entry(
        id=session.system.new_id(),
        found=found,
        request=session.request_text,
        default_database=session.database,
        columns=columns,
    )
    session.replace(entry)
    return Result(activity=f"Create {index.kind.title()}")
