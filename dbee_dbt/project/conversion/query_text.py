"""A query in the text of a statement, and every table in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.lexer import Token
from dbee_dbt.ddl.references import References


class CannotConvertError(Exception):
    """A view or a statement cannot become a model; the text says why."""


class FromTable(Struct, frozen=True):
    """A table of a FROM.

    Args:
        table: as the parser read it.
        is_plain: False under PIVOT, a temporal qualifier or a table operator, where no correlation name can be added.
    """

    table: s.TableName
    is_plain: bool


class SqlText(Struct, frozen=True, kw_only=True):
    """A part of a statement that reads tables.

    Args:
        database: where names without a database lie.
        text: the statement, with line feeds; every offset is one in it.
        tokens: the significant ones of the part, names joined with their placeholders.
        told: what the part refers to.
        tables: those of its FROMs by the offset of their names.
    """

    database: str
    text: str
    tokens: Sequence[Token]
    told: References
    tables: dict[int, FromTable]


class QueryText(SqlText, frozen=True, kw_only=True):
    """A query in the text of a statement.

    Args:
        name: by which a derived table around it goes.
        query: as the parser read it.
        columns: the names that its columns get, as they stand in SQL; empty where they keep their own.
    """

    name: str
    query: s.Query
    columns: tuple[str, ...]

    @property
    def start(self) -> int:
        """Offset of the query."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the query."""
        return self.tokens[-1].end


def tables_of(node: Any) -> dict[int, FromTable]:
    """Every table name of a query or a source, wherever its FROM stands, by its offset."""
    return {found.table.at: found for found in _tables(node)}


def _tables(root: Any) -> Iterator[FromTable]:
    rest: list[tuple[Any, bool]] = [(root, True)]
    while rest:
        node, is_plain = rest.pop()
        if isinstance(node, tuple):
            rest += [(inner, is_plain) for inner in node]
        elif isinstance(node, s.TableName):
            yield FromTable(node, is_plain)
        elif isinstance(node, Struct):
            is_plain = isinstance(node, s.Query) or (is_plain and not isinstance(node, s.UnboundSource))
            rest += [(getattr(node, field), is_plain) for field in node.__struct_fields__]
