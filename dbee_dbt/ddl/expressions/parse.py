"""A whole statement: text -> syntax."""

from __future__ import annotations

from collections.abc import Sequence

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import parse_dml, parse_expression, parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.problems import QueryError
from dbee_dbt.ddl.lexer import Token


def parse_statement(text: str, tokens: Sequence[Token] | None = None) -> d.Statement:
    """What a query or a DML statement says.

    Args:
        text: one statement; comments and a trailing semicolon may stand in it.
        tokens: its significant tokens where a caller has them; nodes then know the offsets of these.

    Raises:
        QueryError: where the text is not Teradata SQL (3706, 3707 and kin).
        NotKnownError: for syntax that is Teradata's and is not read here.
    """
    c = Cursor(text, tokens)
    row_lock = parse_query.skip_locking(c)
    reader = parse_dml.READERS.get(c.word())
    if reader and row_lock:
        raise QueryError(3778, at=c.at)
    found = reader(c) if reader else parse_query.query(c)
    c.finish()
    return found


def parse_query_text(text: str) -> s.Query:
    """What a query says: of a view, a CREATE TABLE AS or a SELECT request.

    Raises:
        QueryError: where the text is not a Teradata query.
        NotKnownError: for syntax that is not read here.
    """
    c = Cursor(text)
    found = parse_query.query(c)
    c.finish()
    return found


def parse_expression_text(text: str, tokens: Sequence[Token] | None = None) -> s.Expression:
    """What one expression or condition says: of a CHECK, a DEFAULT, a partitioning.

    Args:
        text: the expression.
        tokens: as for :func:`parse_statement`.

    Raises:
        QueryError: where the text is not a Teradata expression.
        NotKnownError: for syntax that is not read here.
    """
    c = Cursor(text, tokens)
    found = parse_expression.expression(c)
    c.finish()
    return found
