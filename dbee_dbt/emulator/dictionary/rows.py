"""Rows of the DBC views, made from the system's records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from dbee_dbt.emulator.dictionary import definition_rows as definitions
from dbee_dbt.emulator.dictionary.codes import database_code, kind_code
from dbee_dbt.emulator.dictionary.columns import COLUMNS, column_rows
from dbee_dbt.emulator.dictionary.definition_rows import journal_flag
from dbee_dbt.emulator.indexes import TableIndex, join_index_indexes, stands_on, table_indexes
from dbee_dbt.emulator.records import Entry, Membership, Profile, Record, Right, Role
from dbee_dbt.emulator.system import System
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, Constraint, Database, HashIndex, JoinIndex, Table

Row = tuple[Any, ...]
REQUEST_LIMIT = 12_500  # characters of TablesV.RequestText (docs/teradata/dictionary.md §1.3)
TEXT_PIECE = 32_000  # characters of one row of TableTextV


class Source(NamedTuple):
    """How the rows of one DuckDB table are made.

    Attributes:
        columns: the names of its columns, DBC's own.
        rows: the rows that one record stands for.
    """

    columns: tuple[str, ...]
    rows: Callable[[System, Record], Iterator[Row]]


def _databases(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry) or not isinstance(record.found, Database):
        return
    found, stamp = record.found, record.found.stamp
    yield (
        found.name,
        stamp.creator,
        found.owner,
        found.account,
        "F" if found.fallback else "N",
        journal_flag(found.before_journal) + journal_flag(found.after_journal),
        found.perm or 0.0,
        found.spool or 0.0,
        found.temporary or 0.0,
        found.comment,
        stamp.created,
        stamp.altered_by,
        stamp.altered,
        database_code(found),
        found.map,
    )


def _tables(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry) or isinstance(record.found, Database):
        return
    found, stamp = record.found, record.found.stamp
    text = record.request
    yield (
        found.database,
        found.name,
        stamp.version,
        kind_code(found),
        stamp.creator,
        text[:REQUEST_LIMIT],
        "R" if len(text) > REQUEST_LIMIT else None,
        found.comment,
        stamp.created,
        stamp.altered_by,
        stamp.altered,
        *_kind_part(record, found),
    )


_NO_TABLE = ("N", "NN", 0, 0, "N", None, "N", "N", "N", "N", None, 0, None, None)


def _kind_part(entry: Entry, found: CatalogObject) -> Row:
    """What only tables have, and of it what join and hash indexes have too."""
    match found:
        case Table():
            return _table_part(entry, found)
        case JoinIndex() | HashIndex():
            options, levels = found.options, len(found.partitioning) if isinstance(found, JoinIndex) else 0
            return ("F" if options.fallback else "N", *_NO_TABLE[1:-3], levels, options.map, options.colocate)
    return _NO_TABLE


def _table_part(entry: Entry, table: Table) -> Row:
    options, constraints = table.options, table.constraints
    checks = [constraint for constraint in constraints if constraint.kind == "check"]
    named = [check for check in checks if check.name]
    unnamed = len(named) < len(checks) or any(column.checks for column in table.columns)
    return (
        "F" if options.fallback else "N",
        journal_flag(options.before_journal) + journal_flag(options.after_journal),
        sum(constraint.kind == "foreign key" for constraint in constraints),
        len(named),
        "Y" if unnamed else "N",
        _primary_key_number(entry, table),
        "Y" if table.queue else "N",
        _commit_option(table),
        "N" if options.log is False else "Y",
        "N" if table.set_kind == "SET" else "Y",
        "R",  # no temporal table is made here
        len(table.partitioning),
        options.map,
        options.colocate,
    )


def _primary_key_number(entry: Entry, table: Table) -> int | None:
    if not any(constraint.kind == "primary key" for constraint in table.constraints):
        return None
    return next(i.number for i in table_indexes(table, entry.index_numbers) if i.key == "primary key")


def _commit_option(table: Table) -> str:
    if table.temporary is None:
        return "N"
    return "P" if table.on_commit == "PRESERVE" else "D"


def _texts(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry) or isinstance(record.found, Database) or len(record.request) <= REQUEST_LIMIT:
        return
    found, text = record.found, record.request
    for line, start in enumerate(range(0, len(text), TEXT_PIECE), 1):
        yield (found.database, found.name, kind_code(found), text[start : start + TEXT_PIECE], line)


def _columns(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Entry):
        yield from column_rows(record)


def _indices(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry):
        return
    found = record.found
    if isinstance(found, Table) and found.columns:
        yield from _index_rows(table_indexes(found, record.index_numbers), bool(found.partitioning))
    elif isinstance(found, JoinIndex):
        yield from _index_rows(join_index_indexes(record, found), bool(found.partitioning))


def _index_rows(indexes: list[TableIndex], partitioned: bool) -> Iterator[Row]:
    for index in indexes:
        unique, mode = "Y" if index.unique else "N", None if index.number == 1 else "H"
        kind = _index_type(index, partitioned)
        for position, column in enumerate(index.columns, 1):
            yield (index.number, kind, unique, index.name, column, position, mode)
        if index.written and index.written.order_by and len(index.columns) > 1:
            yield (index.number, "I", unique, index.name, index.written.order_by[1], len(index.columns) + 1, mode)


def _index_type(index: TableIndex, partitioned: bool) -> str:
    """IndexType; a key's letter overrides the others (docs/teradata/dictionary.md §1.5)."""
    if index.key:
        return "K" if index.key == "primary key" else "U"
    if index.form == "primary amp":
        return "A"
    if index.form == "primary index":
        return "Q" if partitioned else "P"
    written = index.written
    if written is None or written.order_by is None:
        return "S"
    if written.order_by[0] == "HASH":
        return "H"
    return "O" if written.all_rows else "V"


def _join_indices(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Entry) and isinstance(record.found, JoinIndex | HashIndex):
        index = record.found
        for database, name in dict.fromkeys(stands_on(record)):
            table = system.entry(database, name)
            on = (table.found.database, table.found.name) if table is not None else (database, name)
            yield (*on, index.database, index.name, "J" if isinstance(index, JoinIndex) else "N")


def _partitioning(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry) or not isinstance(record.found, Table) or not record.found.partitioning:
        return
    levels, index = record.found.partitioning, record.found.primary_index
    if len(levels) == 1:
        text = f"CHECK (({levels[0]}) BETWEEN 1 AND 65535)"
    else:
        conditions = " AND ".join(f"{level} IS NOT NULL" for level in levels)
        text = f"CHECK (/*{len(levels):02d}*/ {conditions})"
    yield (index.name if index else None, 1, "Q", text, len(levels))


def _references(system: System, record: Record) -> Iterator[Row]:
    if not isinstance(record, Entry) or not isinstance(record.found, Table):
        return
    table = record.found
    foreign = [constraint for constraint in table.constraints if constraint.kind == "foreign key"]
    for number, key in enumerate(foreign):
        database, name = key.parent or ("", "")
        for child, parent in zip(key.columns, _parent_columns(system, key), strict=False):
            yield (number, key.name, table.database, table.name, child, database, name, parent, "N")


def _parent_columns(system: System, key: Constraint) -> tuple[str, ...]:
    """The columns that a foreign key refers to: those written, else the parent's primary key."""
    entry = None if key.parent is None else system.entry(*key.parent)
    constraints = entry.found.constraints if entry is not None and isinstance(entry.found, Table) else ()
    primary = next((found.columns for found in constraints if found.kind == "primary key"), ())
    return key.parent_columns or primary or key.columns


def _table_checks(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Entry) and isinstance(record.found, Table):
        for check in record.found.constraints:
            if check.kind == "check":
                yield (check.name, f"CHECK ( {check.expression} )")


def _column_checks(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Entry) and isinstance(record.found, Table):
        for column in record.found.columns:
            for check in column.checks:
                yield (column.name, f"CHECK ( {check} )")


def _rights(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Right) and system.get(("role", fold(record.grantee))) is None:
        authority, allness = "Y" if record.grantable else "N", "Y" if record.all_users else "N"
        at = (record.grantee, record.database, record.name, record.column, record.code)
        yield (*at, authority, record.grantor, allness, record.created)


def _role_rights(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Right) and system.get(("role", fold(record.grantee))) is not None:
        at = (record.grantee, record.database, record.name, record.column, record.code)
        yield (*at, record.grantor, record.created)


def _members(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Membership):
        yield (record.role, record.grantor, record.grantee, record.granted, "Y" if record.admin else "N")


def _roles(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Role):
        yield (record.name, record.creator, record.comment, record.created)


def _profiles(system: System, record: Record) -> Iterator[Row]:
    if isinstance(record, Profile):
        yield (
            record.name,
            *definitions.profile_options(record.options),
            record.comment,
            record.creator,
            record.created,
        )


SOURCES: dict[str, Source] = {
    "databases": Source(
        tuple(
            """DatabaseName CreatorName OwnerName AccountName ProtectionType JournalFlag PermSpace SpoolSpace TempSpace
            CommentString CreateTimeStamp LastAlterName LastAlterTimeStamp DBKind DefaultMapName""".split()
        ),
        _databases,
    ),
    "tables": Source(
        tuple(
            """DataBaseName TableName Version TableKind CreatorName RequestText RequestTxtOverflow CommentString
            CreateTimeStamp LastAlterName LastAlterTimeStamp ProtectionType JournalFlag ParentCount
            NamedTblCheckCount UnnamedTblCheckExist PrimaryKeyIndexId QueueFlag CommitOpt TransLog CheckOpt
            TemporalProperty PartitioningLevels MapName ColocationName""".split()
        ),
        _tables,
    ),
    "texts": Source(("DataBaseName", "TableName", "TableKind", "RequestText", "LineNo"), _texts),
    "columns": Source(COLUMNS, _columns),
    "indices": Source(
        ("IndexNumber", "IndexType", "UniqueFlag", "IndexName", "ColumnName", "ColumnPosition", "IndexMode"), _indices
    ),
    "join_indices": Source(
        ("DatabaseName", "TableName", "JoinIdxDatabaseName", "JoinIdxName", "IndexType"), _join_indices
    ),
    "partitioning": Source(
        ("IndexName", "IndexNumber", "ConstraintType", "ConstraintText", "PartitioningLevels"), _partitioning
    ),
    "references": Source(
        tuple(
            """IndexID IndexName ChildDB ChildTable ChildKeyColumn ParentDB ParentTable ParentKeyColumn
            InconsistencyFlag""".split()
        ),
        _references,
    ),
    "table_checks": Source(("CheckName", "TblCheck"), _table_checks),
    "column_checks": Source(("ColumnName", "ColCheck"), _column_checks),
    "rights": Source(
        tuple(
            """UserName DatabaseName TableName ColumnName AccessRight GrantAuthority GrantorName
            AllnessFlag CreateTimeStamp""".split()
        ),
        _rights,
    ),
    "role_rights": Source(
        ("RoleName", "DatabaseName", "TableName", "ColumnName", "AccessRight", "GrantorName", "CreateTimeStamp"),
        _role_rights,
    ),
    "members": Source(("RoleName", "Grantor", "Grantee", "WhenGranted", "WithAdmin"), _members),
    "roles": Source(("RoleName", "CreatorName", "CommentString", "CreateTimeStamp"), _roles),
    "profiles": Source(definitions.PROFILES, _profiles),
    "connect_rules": Source(definitions.CONNECT_RULES, definitions.connect_rules),
    "logon_rules": Source(definitions.LOGON_RULES, definitions.logon_rules),
    "users": Source(definitions.USERS, definitions.users),
    "statistics": Source(definitions.STATISTICS, definitions.statistics),
    "error_tables": Source(definitions.ERROR_TABLES, definitions.error_tables),
    "triggers": Source(definitions.TRIGGERS, definitions.triggers),
    "functions": Source(definitions.FUNCTIONS, definitions.functions),
}
"""By DuckDB table: what is in it."""
