"""A whole statement: text -> syntax."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import parse_dml, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.ddl.lexer import Token

Found = TypeVar("Found")


def parse_statement(text: str, tokens: Sequence[Token] | None = None) -> d.Statement:
    """What a query or a DML statement says.

    Args:
        text: one statement; comments and a trailing semicolon may stand in it.
        tokens: its significant tokens where a caller has them; nodes then know the offsets of these.

    Raises:
        QueryError: where the text is not Teradata SQL (3706, 3707 and kin).
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    return _whole(Cursor(text, tokens), _statement)


def _statement(c: Cursor) -> d.Statement:
    locks_row = parse_query.skip_locking(c)
    return parse_dml.change(c, locks_row=locks_row) or parse_query.query(c)


def parse_query_text(text: str, tokens: Sequence[Token] | None = None) -> s.Query:
    """What a query says: of a view, a CREATE TABLE AS or a SELECT request.

    Args:
        text: the query.
        tokens: as for :func:`parse_statement`.

    Raises:
        QueryError: where the text is not a Teradata query.
        NotKnownError: for syntax that is not read here.
    """
    return _whole(Cursor(text, tokens), parse_query.query)


def parse_expression_text(text: str, tokens: Sequence[Token] | None = None) -> s.Expression:
    """What one expression or condition says: of a CHECK, a DEFAULT, a partitioning.

    Args:
        text: the expression.
        tokens: as for :func:`parse_statement`.

    Raises:
        QueryError: where the text is not a Teradata expression.
        NotKnownError: for syntax that is not read here.
    """
    return _whole(Cursor(text, tokens), parse_expression.expression)


def _whole(c: Cursor, reader: Callable[[Cursor], Found]) -> Found:
    """What a reader finds, which is all that the text holds."""
    try:
        found = reader(c)
    except RecursionError:
        raise NotKnownError("a statement nested this deeply") from None
    c.finish()
    return found
