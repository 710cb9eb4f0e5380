"""What CREATE TABLE fills in: everything that is not written, as the system does when the table is made.

Source: docs/teradata/ddl.md §2.2, §2.4; docs/teradata/typing.md §6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dbee_dbt.ddl.types import with_charset
from dbee_dbt.emulator.indexes import keys
from dbee_dbt.emulator.statements.column_types import WITH_CASE
from dbee_dbt.model.objects import Column, Constraint, Database, Identity, PrimaryIndex, Table, TableOptions
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session

DEFAULT_MAP = "TD_MAP1"
_WITH_CHARSET = ("CHAR", "VARCHAR", "LONG VARCHAR", "CLOB", "JSON")
_IDENTITY_DIGITS = 18  # more digits are not given to an identity column
_LARGEST = {"BYTEINT": 127, "SMALLINT": 32767, "INTEGER": 2**31 - 1, "BIGINT": 2**63 - 1}


def with_defaults(session: Session, table: Table, home: Database) -> Table:
    """The table with everything written that was left out.

    Args:
        session: mode, character set and DATEFORM are its.
        table: with its columns and their types.
        home: the database it is made in; fallback, journals and map are its defaults.
    """
    return msgspec.structs.replace(
        table,
        set_kind=table.set_kind or _set_kind(session, table),
        columns=tuple(column_with_defaults(session, column) for column in table.columns),
        options=_options(table, home),
        constraints=tuple(_reference(session, constraint) for constraint in table.constraints),
        primary_index=table.primary_index or (None if table.time_index else _primary_index(table)),
        on_commit=table.on_commit or ("DELETE" if table.temporary else None),
    )


def _set_kind(session: Session, table: Table) -> str:
    index = table.primary_index
    if index is not None and index.form != "primary index":
        return "MULTISET"
    return "SET" if session.mode == "TERA" else "MULTISET"


def column_with_defaults(session: Session, column: Column) -> Column:
    """The column with character set, case, DATE format and identity bounds written."""
    kind = column.type
    if kind is None:
        return column
    changes: dict[str, object] = {}
    if kind.name in _WITH_CHARSET and kind.charset is None:
        kind = changes["type"] = with_charset(kind, session.options.charset)
    if kind.name in WITH_CASE and kind.charset != "GRAPHIC" and column.case_specific is None:
        changes["case_specific"] = session.mode == "ANSI"
    if kind.name == "DATE" and column.format is None:
        changes["format"] = "YY/MM/DD" if session.dateform == "INTEGERDATE" else "YYYY-MM-DD"
    if column.identity is not None:
        changes["identity"] = _bounded(column.identity, kind)
    return msgspec.structs.replace(column, **changes) if changes else column


def _bounded(identity: Identity, kind: DataType) -> Identity:
    largest = _LARGEST.get(kind.name) or 10 ** min(kind.precision or 5, _IDENTITY_DIGITS) - 1
    return Identity(
        always=identity.always,
        start=1 if identity.start is None else identity.start,
        increment=1 if identity.increment is None else identity.increment,
        minimum=-largest if identity.minimum is None else identity.minimum,
        maximum=largest if identity.maximum is None else identity.maximum,
        cycle=bool(identity.cycle),
    )


def _options(table: Table, home: Database) -> TableOptions:
    given = table.options
    filled = msgspec.structs.replace(
        given,
        fallback=bool(home.fallback) if given.fallback is None else given.fallback,
        checksum=given.checksum or "DEFAULT",
        merge_block_ratio=given.merge_block_ratio or "DEFAULT",
    )
    if table.temporary != "GLOBAL TEMPORARY":
        filled = msgspec.structs.replace(filled, map=given.map or home.map or DEFAULT_MAP)
    if table.temporary:
        return msgspec.structs.replace(filled, log=given.log is not False)
    return msgspec.structs.replace(
        filled,
        before_journal=given.before_journal or home.before_journal or "NO",
        after_journal=given.after_journal or home.after_journal or "NO",
    )


def _reference(session: Session, constraint: Constraint) -> Constraint:
    """A foreign key with the database of its parent written."""
    if constraint.parent is None or constraint.parent[0]:
        return constraint
    return msgspec.structs.replace(constraint, parent=(session.database, constraint.parent[1]))


def _primary_index(table: Table) -> PrimaryIndex | None:
    """None where a key is the primary index; no index for column partitioning; else the first column."""
    if keys(table) or not table.columns:
        return None
    if table.partitioning:
        return PrimaryIndex(form="no primary index")
    return PrimaryIndex(columns=(table.columns[0].name,))
