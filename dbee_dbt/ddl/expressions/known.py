"""The types of a query's columns as far as they are known: what is not known of one keeps nothing from the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.expressions import bind_source
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_select import named, readers
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import From, FromJoin, FromTable, Known, Lookup, SessionFacts
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Scope
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType

_UNKNOWN = (NotKnownError, QueryError, RecursionError)


class KnownType(NamedTuple):
    """A column of a query: its name, or None where it has none; its type, or None where that is not known."""

    name: str | None
    type: DataType | None


class Described(Struct, frozen=True, kw_only=True):
    """A table, view or query as far as its columns are known (see ``bound.Known``).

    Args:
        columns: in order; the type of each may be None.
        unfilled: folded names of those of which it is, so that nothing is said of what is made of them.
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    unfilled: frozenset[str]
    query: str | None = None
    query_database: str = ""
    lookup: Lookup | None = None


def described(database: str, name: str, columns: tuple[Column, ...]) -> Described:
    """A relation by its columns, with their types as far as these are known."""
    unfilled = frozenset(fold(column.name) for column in columns if column.type is None)
    return Described(database=database, name=name, columns=columns, unfilled=unfilled)


def known_types(query: s.Query, session: SessionFacts, lookup: Lookup) -> tuple[KnownType, ...] | None:
    """The columns that a query gives.

    Args:
        query: what the parser read.
        session: the session's facts.
        lookup: the catalog; its relations are :class:`Described`, and NotKnownError is for one that is not known.

    Returns:
        the columns in order; None where ``*`` stands for some that are not known, or the query is none.
    """
    try:
        return _query(query, session, _Named(lookup, {}))
    except _UNKNOWN:
        return None


class _Named:
    """The catalog with queries that have names in front of it: those of WITH, and derived tables."""

    def __init__(self, lookup: Lookup, named: dict[str, Described | None]) -> None:
        self._lookup = lookup
        self._named = named

    def relation(self, database: str | None, name: str) -> Known:
        if database is not None or fold(name) not in self._named:
            return self._lookup.relation(database, name)
        found = self._named[fold(name)]
        if found is None:
            raise NotKnownError(f"the columns of {name}")
        return found

    def function(self, database: str | None, name: str) -> Any:
        return self._lookup.function(database, name)

    def with_query(self, name: str, columns: tuple[KnownType, ...] | None) -> _Named:
        """The same with one more query."""
        return _Named(self._lookup, {**self._named, fold(name): _described(name, columns)})


def _described(name: str, columns: tuple[KnownType, ...] | None) -> Described | None:
    if columns is None or any(column.name is None for column in columns):
        return None
    return described("", name, tuple(Column(name=column.name or "", type=column.type) for column in columns))


def _query(query: s.Query, session: SessionFacts, lookup: _Named) -> tuple[KnownType, ...] | None:
    for common in query.commons:
        lookup = lookup.with_query(common.name, _common(common, session, lookup))
    return _body(query.body, session, lookup)


def _common(common: s.Common, session: SessionFacts, lookup: _Named) -> tuple[KnownType, ...] | None:
    """The seed of a recursive query decides the types (docs/teradata/typing.md §5), and it stands first."""
    try:
        return _renamed(_query(common.query, session, lookup), common.columns)
    except _UNKNOWN:
        return None


def _renamed(columns: tuple[KnownType, ...] | None, names: tuple[str, ...]) -> tuple[KnownType, ...] | None:
    if columns is None or not names:
        return columns
    return (
        tuple(c._replace(name=n) for c, n in zip(columns, names, strict=True)) if len(names) == len(columns) else None
    )


def _body(body: s.Body, session: SessionFacts, lookup: _Named) -> tuple[KnownType, ...] | None:
    """Of a set operation, the first branch gives names and types (docs/teradata/typing.md §5)."""
    while isinstance(body, s.SetOperation):
        body = body.left
    if isinstance(body, s.Nested):
        return _query(body.query, session, lookup)
    return _Select(body, session, lookup).columns()


class _Select:
    """One SELECT with its sources; conditions play no part."""

    def __init__(self, node: s.Select, session: SessionFacts, lookup: _Named) -> None:
        self._node = node
        self._session = session
        self._lookup = lookup
        plain = [self._plain(source) for source in node.sources]
        self._binder = Binder(session, self._lookup)
        self._scope: Scope = self._binder.scope(None)
        self._has_unknown = False
        for source in plain:
            self._add(source)
        self._readers = readers(self._binder, node.items)
        if not self._has_unknown:  # else a name may be a column of it, and not what the select list calls so
            self._scope.aliases = named(node.items, self._readers)

    def _plain(self, source: s.Source) -> s.Source:
        """The source without conditions, each derived table as a name."""
        match source:
            case s.Join():
                left, right = self._plain(source.left), self._plain(source.right)
                return replace(source, left=left, right=right, condition=None)
            case s.Derived():
                name = f"({source.at}"  # no name that anybody can write
                found = _common(
                    s.Common(name=name, query=source.query, columns=source.columns), self._session, self._lookup
                )
                self._lookup = self._lookup.with_query(name, found)
                return s.TableName(at=source.at, parts=(name,), alias=source.alias)
        return source

    def _add(self, source: s.Source) -> None:
        if isinstance(source, s.Join):
            self._add(source.left)
            self._add(source.right)
            return
        try:
            self._scope.froms.append(bind_source.source(self._binder, self._scope, source))
        except _UNKNOWN:
            self._has_unknown = True

    def columns(self) -> tuple[KnownType, ...] | None:
        """The columns; None where ``*`` stands for some that are not known."""
        found: list[KnownType] = []
        for item, read in zip(self._node.items, self._readers, strict=True):
            if isinstance(item.expression, s.Star):
                starred = self._starred(item.expression)
                if starred is None:
                    return None
                found.extend(starred)
                continue
            try:
                typed = read(self._scope)
                found.append(KnownType(item.alias or typed.name, typed.type))
            except _UNKNOWN:
                found.append(KnownType(item.alias or _own_name(item.expression), _cast_to(item.expression)))
        return tuple(found)

    def _starred(self, star: s.Star) -> list[KnownType] | None:
        relations = {one.number: one.relation for one in _tables(self._scope.froms)}
        if not star.parts:
            if self._has_unknown:
                return None
            visible = [one.number for one in self._scope.sources]
        else:
            source = self._scope.source(star.parts[-2] if len(star.parts) > 1 else None, star.parts[-1])
            if source is None:
                return None
            visible = [source.number]
        return [KnownType(column.name, column.type) for number in visible for column in relations[number].columns]


def _cast_to(node: s.Expression) -> DataType | None:
    """The type that a cast gives to whatever it is of; its character set may rest on that, where none is written."""
    return node.type if isinstance(node, s.Cast) else None


def _own_name(node: s.Expression) -> str | None:
    match node:
        case s.Name():
            return node.parts[-1]
        case s.Cast():
            return node.attributes.named or (_own_name(node.operand) if node.type is None else None)
    return None


def _tables(sources: list[From]) -> Iterator[FromTable]:
    for source in sources:
        if isinstance(source, FromJoin):
            yield from _tables([source.left, source.right])
        elif isinstance(source, FromTable):
            yield source
