"""The tables, views and functions that a query or a DML statement names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.naming import names_with_placeholders
from dbee_dbt.model.names import fold

Parts = tuple[str, ...]


class QueryTables(NamedTuple):
    """What a statement names; each list in the order of the text, each name once, as written.

    Args:
        reads: tables and views in FROM, USING and subqueries.
        writes: the table whose rows it changes.
        calls: functions with a database in front; of others only a catalog tells whether they are the user's.
        unread: why nothing is known; ``""`` where the statement was read.
    """

    reads: tuple[Parts, ...] = ()
    writes: tuple[Parts, ...] = ()
    calls: tuple[Parts, ...] = ()
    unread: str = ""


def query_tables(text: str) -> QueryTables:
    """The tables that a statement names; names of WITH and correlation names are none.

    Args:
        text: one query or DML statement.
    """
    try:
        found = parse_statement(_parsable(text))
    except QueryError as error:
        return QueryTables(unread=f"the query is not read, error {error.code}")
    except NotKnownError as error:
        return QueryTables(unread=f"the query is not read: {error.what}")
    except RecursionError:
        return QueryTables(unread="the query is not read: it is nested too deeply")
    nodes = sorted(_named(found), key=lambda node: node.at)
    targets = () if isinstance(found, s.Query) else (found.table, _target(found))
    tables = (node for node in nodes if isinstance(node, s.TableName))
    return QueryTables(
        reads=_once(node.parts for node in tables if not any(node is target for target in targets)),
        writes=tuple(target.parts for target in targets[1:]),
        calls=_once(node.name for node in nodes if isinstance(node, s.Call)),
    )


def _parsable(text: str) -> str:
    """The text with every name of which a placeholder is a part in quotes."""
    if "{" not in text:
        return text
    tokens = tokenize(text)
    pieces = [token.text for token in tokens]
    for start, end, name in names_with_placeholders(tokens):
        pieces[start:end] = [f'"{name}"', *[""] * (end - start - 1)]
    return "".join(pieces)


def _once(found: Iterator[Parts]) -> tuple[Parts, ...]:
    """Each name once, as it stands first; names compare without case."""
    once: dict[Parts, Parts] = {}
    for parts in found:
        once.setdefault(tuple(map(fold, parts)), parts)
    return tuple(once.values())


def _target(found: d.Insert | d.Update | d.Delete | d.Merge) -> s.TableName:
    """The table whose rows change; ``UPDATE a FROM t a`` names it by its correlation name."""
    sources = found.sources if isinstance(found, (d.Update, d.Delete)) else ()
    if len(found.table.parts) == 1:
        name = fold(found.table.parts[0])
        for table in _tables(sources):
            if fold(table.alias or table.parts[-1]) == name:
                return table
    return found.table


def _tables(sources: tuple[s.Source, ...]) -> Iterator[s.TableName]:
    for source in sources:
        if isinstance(source, s.TableName):
            yield source
        elif isinstance(source, s.Join):
            yield from _tables((source.left, source.right))


def _named(root: d.Statement) -> Iterator[s.TableName | s.Call]:
    """Every table and every qualified call in a statement, in no order."""
    rest: list[tuple[Any, frozenset[str]]] = [(root, frozenset())]
    while rest:
        node, hidden = rest.pop()
        if isinstance(node, s.TableName):
            if len(node.parts) > 1 or fold(node.parts[0]) not in hidden:
                yield node
            continue
        if isinstance(node, s.Call) and len(node.name) == 2:
            yield node
        rest += _children(node, hidden)


def _children(node: Any, hidden: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """What a node holds, each with the names that are no tables in it."""
    if isinstance(node, tuple):
        yield from ((inner, hidden) for inner in node)
    elif isinstance(node, Struct):
        names = frozenset(fold(common.name) for common in node.commons) if isinstance(node, s.Query) else frozenset()
        own = frozenset({fold(node.name)}) if isinstance(node, s.Common) and not node.recursive else frozenset()
        scope = (hidden | names) - own
        yield from ((getattr(node, field), scope) for field in node.__struct_fields__)
