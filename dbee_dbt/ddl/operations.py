"""Reads statements that run the system and define nothing: logging, query capture, isolated loading, checkpoints.

Sources of the forms: SQL Data Definition Language Syntax and Examples (B035-1144), "Database Query Logging" and others.
"""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.administration_statements import OperationKind
from dbee_dbt.ddl.clauses import OTHER, Form, form, literal, read_clauses, skip, to_end
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import Operation, StatementAst
from dbee_dbt.model.clauses import Clause


def _up_to(*words: str) -> Callable[[Cursor], str]:
    """Takes all up to one of these words outside parentheses."""

    def read(cursor: Cursor) -> str:
        start = cursor.at
        while not cursor.done and (cursor.at == start or cursor.key not in words):
            skip(cursor)
        return cursor.canonical(start, cursor.at)

    return read


_QUERY_LOGGING: tuple[Form, ...] = (
    form("WITH", _up_to("MODE", "LIMIT", "ON")),
    form("MODE =", _up_to("LIMIT", "ON"), "MODE"),
    form("LIMIT", _up_to("ON")),
    form("ON", _up_to("ACCOUNT", "APPLNAME")),
    form("ACCOUNT =", to_end, "ACCOUNT"),
    form("APPLNAME =", to_end, "APPLNAME"),
)
_ACCESS_LOGGING: tuple[Form, ...] = (
    form("DENIALS"),
    form("WITH TEXT"),
    form("ON", _up_to("FOR", "BY", "ON")),
    form("FOR CONSTRAINT", _up_to("BY", "ON")),
    form("BY", _up_to("ON")),
)
_CAPTURE: tuple[Form, ...] = (
    form("FOR INDEX ANALYSIS"),
    form("WITH", _up_to("INTO", "AS")),
    form("INTO", _up_to("AS")),
    form("AS WORKLOAD", to_end),
)
_ISOLATED: tuple[Form, ...] = (
    form("ON", _up_to("USING")),
    form("USING QUERY_BAND", literal, "QUERY_BAND"),
    form("FOR QUERY_BAND", literal, "QUERY_BAND"),
    form("IN SINGLE SESSION", "SINGLE", "SESSION"),
    form("IN MULTIPLE SESSION", "MULTIPLE", "SESSION"),
    form("OVERRIDE SESSION"),
)
_ARCHIVE: tuple[Form, ...] = (form("FOR", _up_to("DELETE")), form("DELETE LOG ROWS"))
_REST: tuple[Form, ...] = ()
# What reads and fills a query capture database.
_ANALYSES = (
    "COLLECT DEMOGRAPHICS",
    "DUMP EXPLAIN",
    "INSERT EXPLAIN",
    *(f"{verb} {kind} ANALYSIS" for verb in ("INITIATE", "RESTART") for kind in ("INDEX", "PARTITION")),
)

# Name, what it is about, and its clauses; the first whose words stand there is it.
_OPERATIONS: tuple[tuple[str, OperationKind, tuple[Form, ...]], ...] = (
    *(
        (f"{verb} QUERY LOGGING", "query logging", _QUERY_LOGGING)
        for verb in ("BEGIN", "REPLACE", "END", "FLUSH", "SHOW")
    ),
    *((f"{verb} LOGGING", "access logging", _ACCESS_LOGGING) for verb in ("BEGIN", "END")),
    *((f"{verb} QUERY CAPTURE", "query capture", _CAPTURE) for verb in ("BEGIN", "END")),
    *(
        (f"{verb} {concurrent}ISOLATED LOADING", "isolated loading", _ISOLATED)
        for verb in ("BEGIN", "CHECKPOINT", "END")
        for concurrent in ("CONCURRENT ", "")
    ),
    *((words, "query capture", _REST) for words in _ANALYSES),
    ("CHECKPOINT", "checkpoint", _REST),
    ("LOGGING INCREMENTAL ARCHIVE ON", "archive", _ARCHIVE),
    ("LOGGING INCREMENTAL ARCHIVE OFF", "archive", _ARCHIVE),
    ("INCREMENTAL RESTORE ALLOW WRITE", "archive", _ARCHIVE),
    ("DIAGNOSTIC", "diagnostic", _REST),
)


def locking(modifiers: tuple[str, ...]) -> Operation:
    """LOCKING modifiers with no request behind them."""
    return Operation(name="LOCKING", clauses=tuple(Clause(OTHER, text) for text in modifiers), kind="lock")


def read_operation(cursor: Cursor, default_database: str) -> StatementAst | None:
    """Takes a statement that runs the system; None for any other, of which nothing is taken."""
    for words, kind, forms in _OPERATIONS:
        if cursor.accept(*words.split()):
            clauses = read_clauses(cursor, forms)
            return Operation(name=words, clauses=clauses, kind=kind)
    return None
