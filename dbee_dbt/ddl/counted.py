"""Statements that define nothing a catalog holds: recognised, and counted by kind."""

from __future__ import annotations

import re

from dbee_dbt.ddl.alterations import RUNS_AS_BEFORE
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.statements import (
    AlterObject,
    AlterTable,
    Call,
    CollectStatistics,
    CommentOn,
    Dml,
    ExecuteMacro,
    Explain,
    FromTimeZone,
    Grant,
    Help,
    HelpColumn,
    OpaqueStatement,
    Operation,
    Query,
    RefreshSnapshot,
    ReleaseRows,
    Revalidate,
    Revoke,
    SetDatabase,
    SetDown,
    SetQueryBand,
    SetSession,
    Show,
    StatementAst,
    ToCurrent,
    Transaction,
    Upkeep,
)

NOT_COMPARED = frozenset({"statistics", "grant", "revoke"})
"""Kinds of what a database holds and a catalog does not; the other kinds are no part of it by their nature."""

BTEQ = "BTEQ command"
SHELL = "part of a shell script"
RUN = ".RUN"

_LOCKED = r"(?:DATABASE |TABLE |VIEW |ROW )?(?:\S+ (?:\. \S+ )?)?"
_LOCK = rf"LOCK(?:ING)? {_LOCKED}(?:FOR|IN) [A-Z]+(?: OVERRIDE)?(?: MODE)?(?: NOWAIT)?\Z"
# By their first words; each changes rows, what is logged or what is measured, and no definition.
_OPAQUE = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"(?:COLLECT|DROP) (?:SUMMARY )?STAT(?:S|ISTICS)?\b|COLLECT DEMOGRAPHICS\b", "statistics"),
        (r"(?:BEGIN|END|REPLACE|FLUSH|SHOW) QUERY LOGGING\b", "query logging"),
        (r"(?:BEGIN|END) LOGGING\b", "access logging"),
        (r"(?:STATIC|DYNAMIC) EXPLAIN\b", "EXPLAIN"),
        (r"DIAGNOSTIC\b", "DIAGNOSTIC"),
        (r"CHECKPOINT\b", "CHECKPOINT"),
        (r"(?:SET|SS) ", "session setting"),
        (_LOCK, "LOCKING"),
    )
)


def counted_kind(ast: StatementAst) -> str:
    """Of which kind a statement is that defines nothing a catalog holds.

    Args:
        ast: what the statement says.

    Returns:
        a noun (``grant``) or a keyword (``INSERT``); ``""`` for what defines or changes an object, and for what is not
        understood: it might.
    """
    match ast:
        case Dml():
            return ast.verb
        case CommentOn() if ast.text is None:
            return "COMMENT"
        case Operation():
            return _OPERATIONS[ast.kind]
        case AlterTable() if all(isinstance(action, Upkeep) for action in ast.actions):
            return _UPKEEP[type(ast.actions[0])]
        case AlterObject() if ast.clauses and all(clause.name in RUNS_AS_BEFORE for clause in ast.clauses):
            return "compilation"
        case OpaqueStatement():
            return _opaque(ast)
    return _KINDS.get(type(ast), "")


def _opaque(ast: OpaqueStatement) -> str:
    if ast.keyword not in _KEYWORDS:
        return ""
    text = " ".join(token.key for token in significant(tokenize(ast.text)))
    return next((kind for pattern, kind in _OPAQUE if pattern.match(text)), "")


_KEYWORDS = frozenset(
    "COLLECT DROP BEGIN END REPLACE FLUSH SHOW STATIC DYNAMIC DIAGNOSTIC CHECKPOINT SET SS LOCK LOCKING".split()
)
_OPERATIONS: dict[str, str] = {
    "query logging": "query logging",
    "access logging": "access logging",
    "query capture": "query capture",
    "isolated loading": "isolated loading",
    "checkpoint": "CHECKPOINT",
    "archive": "archive logging",
    "diagnostic": "DIAGNOSTIC",
    "lock": "LOCKING",
}
_UPKEEP: dict[type, str] = {
    ToCurrent: "ALTER TABLE TO CURRENT",
    Revalidate: "ALTER TABLE REVALIDATE",
    ReleaseRows: "ALTER TABLE RELEASE ROWS",
    SetDown: "ALTER TABLE SET DOWN",
    FromTimeZone: "ALTER TABLE FROM TIME ZONE",
    RefreshSnapshot: "ALTER FOREIGN TABLE REFRESH",
}
_KINDS: dict[type, str] = {
    Grant: "grant",
    Revoke: "revoke",
    CollectStatistics: "statistics",
    Query: "SELECT",
    Call: "CALL",
    ExecuteMacro: "EXEC",
    Explain: "EXPLAIN",
    Show: "SHOW",
    Help: "HELP",
    HelpColumn: "HELP",
    Transaction: "transaction statement",
    SetDatabase: "session setting",
    SetQueryBand: "session setting",
    SetSession: "session setting",
}
