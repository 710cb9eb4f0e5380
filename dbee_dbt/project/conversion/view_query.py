"""A view read far enough to become a model: where its query stands, and every table in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import Token, significant, tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.references import References, references
from dbee_dbt.ddl.references.found import joined_names
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.statements import CreateView
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.objects import View
from dbee_dbt.project.conversion.query_text import CannotConvertError, QueryText, tables_of
from dbee_dbt.project.conversion.template import with_line_feeds


class ViewQuery(Struct, frozen=True, kw_only=True):
    """The query of a view.

    Args:
        view: the view.
        query: its query; its columns are those of the view's list.
        locking: the LOCKING modifiers.
        comments: those in front of the query.
    """

    view: View
    query: QueryText
    locking: tuple[str, ...]
    comments: tuple[str, ...]


def read_view_query(view: View) -> ViewQuery:
    """The query of a view.

    Raises:
        CannotConvertError: it is no view that a model can be, or it is not read.
    """
    if view.text is None:
        raise CannotConvertError("its text is not known")
    text = with_line_feeds(view.text)
    ast = _statement(text, view.database)
    _check_kind(ast)
    statements = split_script(text)
    told = references(text, view.database)
    text = text[statements[0].start :]  # comments behind the statement included
    tokens = joined_names(significant(tokenize(text)))
    queried = _tokens_of(ast.query, tokens, ast)
    query = _parsed(text, queried)
    if told.unread:
        raise CannotConvertError(told.unread)
    return ViewQuery(
        view=view,
        query=QueryText(
            name=view.name,
            database=view.database,
            text=text,
            query=query,
            tokens=queried,
            columns=_column_list(tokens, told),
            told=told,
            tables=tables_of(query),
        ),
        locking=ast.locking,
        comments=tuple(_comments(view.text, queried[0].start + statements[0].start)),
    )


def _statement(text: str, database: str) -> CreateView:
    try:
        ast = read_statement(text, default_database=database)
    except DdlError as error:
        raise CannotConvertError(f"its text is not read: {error}") from error
    if not isinstance(ast, CreateView):
        raise CannotConvertError("its text is no CREATE VIEW")
    return ast


def _check_kind(ast: CreateView) -> None:
    if ast.recursive:
        raise CannotConvertError("it is recursive, and dbt writes no RECURSIVE VIEW")
    if ast.check_option:
        raise CannotConvertError("WITH CHECK OPTION: rows are changed through it, and through no model of dbt")


def _parsed(text: str, tokens: list[Token]) -> s.Query:
    try:
        return parse_query_text("", tokens)
    except (QueryError, NotKnownError) as error:
        what = f"error {error.code}" if isinstance(error, QueryError) else error.what
        line = text.count("\n", 0, error.at) + 1 if error.at is not None else 1
        raise CannotConvertError(f"its query is not read: {what}, line {line} of its text") from error


def _tokens_of(query: str, tokens: list[Token], ast: CreateView) -> list[Token]:
    """The tokens of the query: the last ones of the statement."""
    count = len(joined_names(significant(tokenize(query))))
    stop = len(tokens) - (tokens[-1].key == ";") - 3 * ast.check_option
    return tokens[stop - count : stop]


def _column_list(tokens: list[Token], told: References) -> tuple[str, ...]:
    """The names in the parenthesis behind the view's name, as written.

    Raises:
        CannotConvertError: it holds more than names.
    """
    if told.subject is None:  # a placeholder in the words of the header
        raise CannotConvertError("its header is not read")
    behind = told.subject.end
    at = next(index for index, token in enumerate(tokens) if token.start >= behind)
    if tokens[at].key != "(":
        return ()
    names = []
    while tokens[at].key != ")":
        if tokens[at + 2].key not in (",", ")"):
            raise CannotConvertError(f"its column list says more of {tokens[at + 1].text} than a name")
        names.append(tokens[at + 1].text)
        at += 2
    return tuple(names)


def _comments(text: str, stop: int) -> Iterator[str]:
    text = with_line_feeds(text)
    return (token.text for token in tokenize(text) if token.kind == "comment" and token.start < stop)
