"""Rows of the DBC views on users, statistics, triggers and functions, made from what their definitions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.literals import name_of, string_value
from dbee_dbt.emulator.dictionary.columns import FIRST_COLUMN
from dbee_dbt.emulator.indexes import as_table
from dbee_dbt.emulator.records import ConnectRule, Defined, Entry, LogonRule, Record
from dbee_dbt.emulator.system import System
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CodeObject, Database

if TYPE_CHECKING:
    from dbee_dbt.model.clauses import Clause

Row = tuple[Any, ...]

USERS = tuple(
    """UserName CreatorName OwnerName PermSpace SpoolSpace TempSpace ProtectionType JournalFlag DefaultAccount
    DefaultDatabase CommentString CreateTimeStamp LastAlterName LastAlterTimeStamp RoleName ProfileName""".split()
)
STATISTICS = tuple(
    """ColumnName FieldIdList StatsName StatsId StatsType StatsSource RowCount CreateTimeStamp LastCollectTimeStamp
    LastAlterTimeStamp""".split()
)
TRIGGERS = tuple(
    """SubjectTableDatabaseName TableName TriggerName EnabledFlag ActionTime Event Kind OrderNumber
    TriggerComment""".split()
)
PROFILES = tuple(
    "ProfileName DefaultAccount DefaultDB SpoolSpace TempSpace CommentString CreatorName CreateTimeStamp".split()
)
ERROR_TABLES = ("BaseTblDbName", "BaseTblName", "ErrTblDbName", "ErrTblName")
FUNCTIONS = ("FunctionName", "SpecificName", "NumParameters", "DeterministicOpt")

_PROXY_ROLES = 15
CONNECT_RULES = tuple("TrustUser ProxyUser ProxyUserType TrustOnly ProfileName WithoutRole".split()) + tuple(
    f"ProxyRole{number}" for number in range(1, _PROXY_ROLES + 1)
)
LOGON_RULES = ("UserName", "LogicalHostID", "LogonStatus", "NullPassword", "CreatorName", "CreateTimeStamp")

USUAL_ORDER = 32_767  # of a trigger without ORDER ("Trigger Attributes", B035-1184)


def users(system: System, record: Record) -> Iterator[Row]:
    """One row a user."""
    if not isinstance(record, Entry) or not isinstance(record.found, Database) or record.found.kind != "user":
        return
    found, stamp = record.found, record.found.stamp
    clauses = user_clauses(found)
    yield (
        found.name,
        stamp.creator,
        found.owner,
        found.perm or 0.0,
        found.spool or 0.0,
        found.temporary or 0.0,
        "F" if found.fallback else "N",
        journal_flag(found.before_journal) + journal_flag(found.after_journal),
        found.account,
        clauses.get("DEFAULT DATABASE"),
        found.comment,
        stamp.created,
        stamp.altered_by,
        stamp.altered,
        clauses.get("DEFAULT ROLE"),
        clauses.get("PROFILE"),
    )


def profile_options(options: tuple[Clause, ...]) -> Row:
    """DefaultAccount, DefaultDB, SpoolSpace and TempSpace of a profile; None for what it says nothing of."""
    said = by_name(options)
    account = said.get("ACCOUNT")
    return (
        string_value(account) if account else None,
        _name(said.get("DEFAULT DATABASE")),
        _space(said.get("SPOOL")),
        _space(said.get("TEMPORARY")),
    )


def _name(text: str | None) -> str | None:
    return name_of(text) if text and text.upper() != "NULL" else None


def _space(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def user_clauses(user: Database) -> dict[str, str]:
    """The names in a user's options, by the words in front: ``DEFAULT ROLE``, ``PROFILE``."""
    return {option.name: name_of(option.value) for option in user.options}


def journal_flag(text: str | None) -> str:
    """A journal option as one letter of JournalFlag."""
    return {"DUAL": "D", "SINGLE": "S", "LOCAL": "L", "NOT LOCAL": "S"}.get(text or "NO", "N")


def statistics(system: System, record: Record) -> Iterator[Row]:
    """One row a statistic of a table or join index; the summary has number 0 and no columns."""
    table = as_table(record) if isinstance(record, Entry) and record.statistics else None
    if not isinstance(record, Entry) or table is None:
        return
    numbers = record.column_ids or range(FIRST_COLUMN, FIRST_COLUMN + len(table.columns))
    ids = dict(zip((fold(column.name) for column in table.columns), numbers, strict=True))
    number = 0
    for one in record.statistics:
        number += bool(one.columns)
        yield (
            ",".join(one.columns) or None,
            ",".join(str(ids.get(fold(name), 0)) for name in one.columns) or None,
            one.name,
            number if one.columns else 0,
            "B" if table.temporary else "T",
            one.source,
            one.rows,
            one.created or one.collected,
            one.collected,
            one.collected,
        )


def error_tables(system: System, record: Record) -> Iterator[Row]:
    """One row an error table."""
    if isinstance(record, Defined) and record.found.kind == "error table":
        base = Cursor.of(by_name(record.found.clauses or ())["FOR"]).qualified("")
        yield (*base, record.found.database, record.found.name)


def triggers(system: System, record: Record) -> Iterator[Row]:
    """One row a trigger whose header was understood."""
    found = record.found if isinstance(record, Entry) else None
    if not isinstance(record, Entry) or not isinstance(found, CodeObject) or found.kind != "trigger":
        return
    clauses = by_name(found.clauses)
    if "ON" not in clauses:
        return
    database, table = Cursor.of(clauses["ON"]).qualified(record.default_database or found.database)
    yield (database, table, found.name, *trigger_letters(clauses), found.comment)


def by_name(clauses: tuple[Clause, ...]) -> dict[str, str]:
    """Values of clauses by their names in upper case."""
    return {clause.name.upper(): clause.value for clause in clauses}


def trigger_letters(clauses: dict[str, str]) -> tuple[str, str, str, str, int]:
    """EnabledFlag, ActionTime, Event, Kind and OrderNumber ("Trigger Attributes", B035-1184)."""
    return (
        "N" if clauses.get("STATE") == "DISABLED" else "Y",
        clauses.get("TIMING", " ")[:1],
        clauses.get("EVENT", " ")[:1],
        clauses.get("FOR EACH", "STATEMENT")[:1],
        int(clauses.get("ORDER") or USUAL_ORDER),
    )


def functions(system: System, record: Record) -> Iterator[Row]:
    """One row a function whose header was understood."""
    found = record.found if isinstance(record, Entry) else None
    if not isinstance(found, CodeObject) or found.kind != "function" or found.parameters is None:
        return
    deterministic = by_name(found.clauses).get("DETERMINISM") == "DETERMINISTIC"
    yield (_called(found), found.name, len(found.parameters), "Y" if deterministic else "N")


def _called(found: CodeObject) -> str:
    """The name that a function is called by; its own may be the one behind SPECIFIC."""
    cursor = Cursor.of(found.text or "")
    while cursor.key not in ("FUNCTION", ""):
        cursor.at += 1
    return cursor.qualified("")[1] if cursor.accept("FUNCTION") and cursor.is_name() else found.name


def connect_rules(system: System, record: Record) -> Iterator[Row]:
    """One row a trusted and a proxy user; the latter is blank in the row that stands for TRUST_ONLY."""
    if isinstance(record, ConnectRule):
        kind = ("P" if record.permanent else "A") if record.user else None
        roles = (*record.roles, *[None] * _PROXY_ROLES)[:_PROXY_ROLES]
        flags = ("Y" if record.trust_only else "N", record.profile, "Y" if record.without_role else "N")
        yield (record.trusted, record.user or " ", kind, *flags, *roles)


def logon_rules(system: System, record: Record) -> Iterator[Row]:
    """One row a user and host."""
    if isinstance(record, LogonRule):
        status, null = "G" if record.granted else "R", "T" if record.null_password else "F"
        yield (record.user, record.host, status, null, record.creator, record.created)
