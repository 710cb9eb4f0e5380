"""Literals, quoted names and comments that are never closed."""

from __future__ import annotations

from dbee_dbt.ddl.lexer import Lines, Token, is_unclosed
from dbee_dbt.ddl.script import Statement
from dbee_dbt.model.errors import DdlError


def expect_closed(statement: Statement) -> None:
    """Refuses a statement whose last literal, quoted name or comment is never closed.

    Raises:
        DdlError: it is not.
    """
    last = statement.tokens[-1]
    if is_unclosed(last):
        raise DdlError(f"{place_of(statement, last)}: this {quoted_kind(last)} is never closed")


def quoted_kind(token: Token) -> str:
    """What a token is that has a beginning and an end: a comment, a literal or a name."""
    return "comment" if token.text.startswith("/*") else "literal" if "'" in token.text[:20] else "name"


def place_of(statement: Statement, token: Token) -> str:
    """Where a token of a statement stands in the script: ``line 3, column 7``."""
    line, column = Lines(statement.text).position(token.start - statement.start)
    column += statement.column - 1 if line == 1 else 0
    return f"line {line + statement.line - 1}, column {column}"
