"""The body of a macro: its statements, and their parameters as bound values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.ddl.statements import Dml, ExecuteMacro, Query
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.statements.named_relations import nodes
from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType


class Argument(NamedTuple):
    """The value of one parameter, and the parameter's type."""

    type: DataType
    value: Any


class BodyStatement(NamedTuple):
    """One statement of a body, its parameters replaced.

    Attributes:
        statement: with ``?`` in the place of each parameter.
        values: that are bound to them, in order.
        resolved: True where its names were resolved when the macro was made: of queries and changes of rows.
    """

    statement: Statement
    values: tuple[Any, ...]
    resolved: bool


def body_of(text: str) -> str:
    """What stands between the parentheses behind AS.

    Args:
        text: ``CREATE|REPLACE MACRO name [(parameters)] AS (body)``.
    """
    cursor = Cursor.of(text)
    while cursor.key not in ("MACRO", "CM", ""):
        cursor.at += 1
    cursor.at += 1
    cursor.qualified("")
    if cursor.key == "(":
        cursor.skip_group()
    cursor.expect("AS")
    opening = cursor.at
    cursor.expect("(")
    cursor.at = opening
    cursor.skip_group()
    inside = cursor.at - 1
    return cursor.source(opening + 1, inside) if inside > opening + 1 else ""


def statements_of(text: str, arguments: Mapping[str, Argument]) -> Iterator[BodyStatement]:
    """The statements of a macro's body with these values for its parameters.

    Args:
        text: the macro's source text.
        arguments: by the folded name of the parameter.

    Raises:
        TeradataError: 3810, a parameter that the macro has not.
        EmulatorRefusal: a parameter where the emulator cannot bind a value.
    """
    for statement in split_script(body_of(text)):
        found, values = _replaced(statement.text, arguments)
        meaning = read_statement(statement)
        if found != statement.text and not isinstance(meaning, Query | Dml | ExecuteMacro):
            raise EmulatorRefusal("a macro's parameter outside of a query, a change of rows or EXEC")
        resolved = isinstance(meaning, Query | Dml)
        if resolved and found != statement.text:
            _check_places(_replaced(statement.text, {name: _marked(one) for name, one in arguments.items()})[0])
        (bound,) = split_script(found)
        yield BodyStatement(bound, values, resolved)


def _marked(argument: Argument) -> Argument:
    """The argument with any value: nulls have no marker, by which a parameter's place is told."""
    return argument._replace(value=0)


def _replaced(text: str, arguments: Mapping[str, Argument]) -> tuple[str, tuple[Any, ...]]:
    """The text with a typed marker for each ``:name``, and the values in order; a null needs no marker."""
    pieces: list[str] = []
    values: list[Any] = []
    tokens = tokenize(text)
    at = 0
    while at < len(tokens):
        if tokens[at].text == ":" and at + 1 < len(tokens) and tokens[at + 1].kind in ("word", "quoted name"):
            name = name_of(tokens[at + 1].text)
            argument = arguments.get(fold(name))
            if argument is None:
                raise failure(3810, name)
            if argument.value is not None:
                values.append(argument.value)
            marker = "NULL" if argument.value is None else "?"
            pieces.append(f"CAST({marker} AS {argument.type.text})")
            at += 2
        else:
            pieces.append(tokens[at].text)
            at += 1
    return "".join(pieces), tuple(values)


def _check_places(text: str) -> None:
    """Refuse a parameter that stands where no expression can, or whose column has no name.

    What Teradata calls such a column is not known here.
    """
    try:
        parsed = parse_statement(text)
    except (QueryError, NotKnownError) as problem:
        raise EmulatorRefusal("a statement of a macro with a parameter in this place") from problem
    query = parsed if isinstance(parsed, s.Query) else None
    for item in _items(query.body) if query else ():
        named = isinstance(item.expression, s.Cast) and item.expression.attributes.named
        if item.alias is None and not named and _has_parameter(item.expression):
            raise EmulatorRefusal("the title of a column that a macro's parameter gives; name it with AS")


def _items(body: s.Body) -> tuple[s.SelectItem, ...]:
    match body:
        case s.Select():
            return body.items
        case s.SetOperation():
            return _items(body.left)
        case s.Nested():
            return _items(body.query.body)


def _has_parameter(node: Any) -> bool:
    """True if an expression holds a marker, subqueries included."""
    return any(isinstance(found, s.Parameter) for found in nodes(node))
