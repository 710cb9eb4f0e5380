"""From which columns each column of a view comes, and which columns only decide its rows.

Names are resolved by Teradata's rules (docs/teradata/typing.md §8) on what our own parser reads. Types play no part, so
that a function or a type that is not known hinders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.aliases import Aliases
from dbee_dbt.ddl.naming import written_name, written_path
from dbee_dbt.dependencies.scope import NOTHING, NotBoundError, Relation, Scope, Source, Value
from dbee_dbt.model.names import fold

Kind = Literal["direct", "derived", "no column"]


class Known(NamedTuple):
    """A table or view as it stands in the catalog.

    Args:
        database: its database.
        name: its name.
        columns: None where they are not known.
        hidden: what can be named and is not in ``*``: derived periods.
        is_missing: True for what the catalog is certain not to have.
    """

    database: str
    name: str
    columns: tuple[str, ...] | None
    hidden: tuple[str, ...] = ()
    is_missing: bool = False


Find = Callable[[str, str], Known | None]
"""The table or view of a database and a name; None where the catalog has none."""


class ColumnLineage(Struct, frozen=True, kw_only=True):
    """From where one column of a view comes.

    Args:
        name: the column's name.
        kind: ``direct`` where it is one column unchanged (of each branch of a UNION), ``derived`` where it is computed
            from columns, ``no column`` where none is in it (a literal, ``COUNT(*)``).
        sources: the columns, sorted.
    """

    name: str
    kind: Kind
    sources: tuple[Source, ...]


class Lineage(Struct, frozen=True, kw_only=True):
    """From where the columns of a query come.

    Args:
        columns: in their order; empty where the query is not bound.
        filters: columns that decide which rows there are (WHERE, ON, GROUP BY, HAVING, QUALIFY, MINUS …), sorted.
        not_bound: why nothing is known; ``""`` where all is.
    """

    columns: tuple[ColumnLineage, ...] = ()
    filters: tuple[Source, ...] = ()
    not_bound: str = ""


class Problem(Struct, frozen=True, kw_only=True):
    """A name in a query that is not resolved.

    Args:
        what: why, in one clause.
        name: the column or table concerned, as written, or ``""``.
        at: offset in the text, or None.
        is_wrong: True where the query is wrong, as far as the catalog is right; False where something is not known.
        is_ambiguous: True where the name means more than one thing.
    """

    what: str
    name: str
    at: int | None
    is_wrong: bool
    is_ambiguous: bool = False


class Resolution(Struct, frozen=True, kw_only=True):
    """A query of which all is resolved that can be.

    Args:
        columns: in their order; None where they are not known.
        filters: as in :class:`Lineage`.
        problems: what is not resolved, each once, in the order of the text.
    """

    columns: tuple[ColumnLineage, ...] | None
    filters: tuple[Source, ...]
    problems: tuple[Problem, ...]


class Column(NamedTuple):
    """A column of a query while it is bound; the name is None where it has none."""

    name: str | None
    value: Value


def query_lineage(query: s.Query, find: Find, database: str, names: tuple[str, ...] = ()) -> Lineage:
    """From where the columns of a query come.

    Args:
        query: what the parser read.
        find: the catalog.
        database: the default database.
        names: of the columns, where a list of them overrides their own.
    """
    binder = _Binder(find, database)
    try:
        columns = _renamed(binder.query(query, None, {}), names)
    except NotBoundError as error:
        error.with_traceback(None)  # as in note()
        return Lineage(not_bound=str(error))
    except RecursionError:
        return Lineage(not_bound="the query is nested too deeply")
    return Lineage(
        columns=tuple(_told(index, column) for index, column in enumerate(columns, 1)),
        filters=tuple(sorted(binder.filters)),
    )


def resolve_query(query: s.Query, find: Find, database: str, names: tuple[str, ...] = ()) -> Resolution:
    """Resolve all names of a query, however many of them mean nothing; arguments as :func:`query_lineage`."""
    binder = _Binder(find, database, [])
    columns: list[Column] | None = None
    try:
        columns = _renamed(binder.query(query, None, {}), names)
    except NotBoundError as error:
        binder.note(error, query)
    except RecursionError:
        binder.note(NotBoundError("the query is nested too deeply"), query)
    found = {(one.at, one.what): one for one in reversed(binder.problems or ())}
    return Resolution(
        columns=None if columns is None else tuple(_told(index, column) for index, column in enumerate(columns, 1)),
        filters=tuple(sorted(binder.filters)),
        problems=tuple(sorted(found.values(), key=lambda one: (-1 if one.at is None else one.at, one.what))),
    )


def _told(index: int, column: Column) -> ColumnLineage:
    value = column.value
    kind: Kind = "no column" if not value.sources else "direct" if value.is_direct else "derived"
    sources = tuple(sorted(value.sources)) if len(value.sources) > 1 else tuple(value.sources)
    return ColumnLineage(name=column.name or f"column {index}", kind=kind, sources=sources)


def _renamed(columns: list[Column], names: tuple[str, ...]) -> list[Column]:
    if names and len(names) != len(columns):
        raise NotBoundError(f"{len(names)} column names stand for {len(columns)} columns", is_wrong=True)
    return [Column(name, column.value) for name, column in zip(names, columns, strict=True)] if names else columns


_Commons = dict[str, list[Column] | None]


class _Binder:
    """Binds the names of one query.

    Args:
        problems: takes what is not resolved, so that the rest is; None: the first such name ends it.
    """

    def __init__(self, find: Find, database: str, problems: list[Problem] | None = None) -> None:
        self._find = find
        self._database = database
        self.filters: set[Source] = set()
        self.problems = problems

    def note(self, error: NotBoundError, node: s.Node) -> None:
        """Keep a problem.

        Raises:
            NotBoundError: the error, where the first one ends it all.
        """
        error.with_traceback(None)  # it holds the frames it passed through, of which some hold it
        if self.problems is None:
            raise error
        self.problems.append(
            Problem(
                what=error.what,
                name=error.name,
                at=node.at,
                is_wrong=error.is_wrong,
                is_ambiguous=error.is_ambiguous,
            )
        )

    def _or_unknown(self, node: s.Node, read: Callable[[], list[Column]]) -> list[Column] | None:
        """Columns of a part of the query; None where they are not known and that is no reason to end."""
        try:
            return read()
        except NotBoundError as error:
            self.note(error, node)
            return None

    # --- queries ---------------------------------------------------------------------------------------------------

    def query(self, node: s.Query, parent: Scope | None, commons: _Commons) -> list[Column]:
        """The columns of a query; what decides its rows goes to the filters."""
        commons = dict(commons)
        for common in node.commons:
            commons[fold(common.name)] = self._common(common, parent, commons)
        if isinstance(node.body, s.Select):
            scope, columns = self._select(node.body, parent, commons)
            if node.body.top is not None:
                self._filter(node.order, scope, commons)
            elif self.problems is not None:
                named = {fold(column.name) for column in columns if column.name is not None}
                for key in node.order:
                    if not (isinstance(key.expression, s.Name) and fold(key.expression.parts[-1]) in named):
                        self._value(key, scope, commons)
            return columns
        return self._body(node.body, parent, commons)

    def _common(self, node: s.Common, parent: Scope | None, commons: _Commons) -> list[Column] | None:
        return self._or_unknown(node, lambda: self._common_columns(node, parent, commons))

    def _common_columns(self, node: s.Common, parent: Scope | None, commons: _Commons) -> list[Column]:
        body = node.query.body
        if not (node.recursive and isinstance(body, s.SetOperation)):
            return _renamed(self.query(node.query, parent, commons), node.columns)
        found = _renamed(self._body(body.left, parent, commons), node.columns)
        while True:  # sources only grow, and there are not many
            step = self._body(body.right, parent, {**commons, fold(node.name): found})
            united = _united(found, step)
            if united == found:
                return found
            found = united

    def _body(self, node: s.Body, parent: Scope | None, commons: _Commons) -> list[Column]:
        match node:
            case s.Select():
                return self._select(node, parent, commons)[1]
            case s.Nested():
                return self.query(node.query, parent, commons)
            case s.SetOperation():
                return self._chain(node, parent, commons)

    def _chain(self, node: s.SetOperation, parent: Scope | None, commons: _Commons) -> list[Column]:
        """Set operations from left to right; of MINUS and INTERSECT, the right side only decides the rows."""
        steps: list[s.SetOperation] = []
        left: s.Body = node
        while isinstance(left, s.SetOperation):
            steps.append(left)
            left = left.left
        found = self._body(left, parent, commons)
        for step in reversed(steps):
            right = self._body(step.right, parent, commons)
            if step.operator == "UNION":
                found = _united(found, right)
            else:
                self.filters.update(source for column in (*found, *right) for source in column.value.sources)
        return found

    # --- SELECT ----------------------------------------------------------------------------------------------------

    def _select(self, node: s.Select, parent: Scope | None, commons: _Commons) -> tuple[Scope, list[Column]]:
        for unbound in node.unbound:
            if unbound.what == "EXPAND ON":
                raise NotBoundError("EXPAND ON adds a column")
        scope = Scope(parent, self._joined, partial(self._value, commons=commons))
        for source in node.sources:
            self._source(source, scope, commons)
        scope.aliases = Aliases(_aliased(node.items))
        columns, unknown = self._items(node.items, scope, commons)
        keys = node.grouping.keys if node.grouping else ()
        positions, rest = _positions([key for keys_ in keys for key in keys_], columns)
        self.filters.update(source for column in positions for source in column.value.sources)
        self._filter((node.where, *rest, node.having, node.qualify), scope, commons)
        if unknown is not None:
            raise unknown
        return scope, columns

    def _items(
        self, items: tuple[s.SelectItem, ...], scope: Scope, commons: _Commons
    ) -> tuple[list[Column], NotBoundError | None]:
        """The columns of a select list, and why there are more that are not known."""
        found: list[Column] = []
        unknown = None
        for item in items:
            try:
                found.extend(self._item(item, scope, commons))
            except NotBoundError as error:
                if self.problems is None:
                    raise
                unknown = error
        return found, unknown

    def _item(self, item: s.SelectItem, scope: Scope, commons: _Commons) -> list[Column]:
        if isinstance(item.expression, s.Star):
            relations = scope.starred(item.expression.parts)
            return [Column(name, value) for relation in relations for name, value in relation.every()]
        value = self._value(item.expression, scope, commons)
        return [Column(item.alias or _named(item.expression), value)]

    def _filter(self, nodes: Iterable[Any], scope: Scope, commons: _Commons) -> None:
        for node in nodes:
            if node is not None:
                self.filters.update(self._value(node, scope, commons).sources)

    # --- FROM ------------------------------------------------------------------------------------------------------

    def _source(self, node: s.Source, scope: Scope, commons: _Commons) -> None:
        match node:
            case s.TableName():
                scope.relations.append(self._table(node, commons))
            case s.Derived():
                query, names = node.query, node.columns
                columns = self._or_unknown(node, lambda: _renamed(self.query(query, scope.parent, commons), names))
                scope.relations.append(self._relation(node, node.alias, columns))
            case s.UnboundSource():
                self.note(NotBoundError(f"the columns of {node.what} are not known"), node)
                scope.relations.append(_unknown_relation(node.alias or ""))
            case s.Join():
                self._source(node.left, scope, commons)
                self._source(node.right, scope, commons)
                self._filter((node.condition,), scope, commons)

    def _table(self, node: s.TableName, commons: _Commons) -> Relation:
        if len(node.parts) == 1 and fold(node.parts[0]) in commons:
            return self._relation(node, node.alias or node.parts[0], commons[fold(node.parts[0])])
        database = node.parts[-2] if len(node.parts) > 1 else self._database
        found = self._object(database, node.parts[-1], node)
        return found._replace(alias=fold(node.alias) if node.alias else None)

    def _relation(self, node: s.Node, alias: str, columns: list[Column] | None) -> Relation:
        """The source that a part of the query is."""
        if columns is None:
            return _unknown_relation(alias)
        try:
            return _relation(alias, columns)
        except NotBoundError as error:
            self.note(error, node)
            return _unknown_relation(alias)

    def _object(self, database: str | None, name: str, node: s.Node | None = None) -> Relation:
        """A table or view of FROM; one that the catalog does not have may still be there."""
        place = self._database if database is None else database
        known = self._find(place, name) or Known(place, name, None)
        if known.is_missing and node is not None and self.problems is not None:
            shown = written_path(known.database, known.name)
            self.note(NotBoundError(f"there is no table or view {shown}", name=known.name, is_wrong=True), node)
        columns = None if known.columns is None else _by_name(known.database, known.name, known.columns)
        hidden = _by_folded(known.hidden)
        return Relation(None, fold(place), fold(name), columns, (known.database, known.name), hidden)

    def _joined(self, database: str | None, name: str) -> Relation:
        """A table or view that only a qualifier names."""
        if database is None and self._find(self._database, name) is None:
            raise NotBoundError(f"{written_name(name)} is no source of the query", name=name, is_wrong=True)
        return self._object(database, name)

    # --- expressions -----------------------------------------------------------------------------------------------

    def _value(self, node: Any, scope: Scope, commons: _Commons) -> Value:
        """What an expression is made of: every column in it; subqueries give their columns and add to the filters."""
        if isinstance(node, s.Name):
            return self._named(node, scope)
        if isinstance(node, s.Cast) and node.type is None:
            return self._value(node.operand, scope, commons)
        sources: set[Source] = set()
        rest = [node]
        while rest:
            inner = rest.pop()
            if isinstance(inner, s.Name):
                sources |= self._named(inner, scope).sources
            elif isinstance(inner, s.Query):
                columns = self._or_unknown(inner, partial(self.query, inner, scope, commons)) or ()
                sources |= {one for column in columns for one in column.value.sources}
            elif isinstance(inner, tuple):
                rest += inner
            elif isinstance(inner, Struct) and not isinstance(inner, s.Star):
                rest += (getattr(inner, field) for field in inner.__struct_fields__)
        return Value(frozenset(sources), False)

    def _named(self, node: s.Name, scope: Scope) -> Value:
        try:
            return scope.named(node)
        except NotBoundError as error:
            self.note(error, node)
            return NOTHING


def _named(node: s.Expression) -> str | None:
    """The name that an expression has by itself."""
    match node:
        case s.Name():
            return node.parts[-1]
        case s.Cast():
            return node.attributes.named or (_named(node.operand) if node.type is None else None)
    return None


def _aliased(items: tuple[s.SelectItem, ...]) -> Iterator[tuple[str, s.Expression]]:
    """The names that a select list gives, but for a column its own: to name that again is to name the column."""
    for item in items:
        name = item.alias or _named(item.expression)
        if name is not None and not (
            isinstance(item.expression, s.Name) and fold(item.expression.parts[-1]) == fold(name)
        ):
            yield name, item.expression


@lru_cache(maxsize=64)
def _by_folded(names: tuple[str, ...]) -> dict[str, str]:
    """Names by their folded forms; most tables hide the same."""
    return {fold(name): name for name in names}


@lru_cache(maxsize=256)
def _by_name(database: str, name: str, columns: tuple[str, ...]) -> dict[str, tuple[str, Value]]:
    """The columns of a table or view by folded name; many queries read the same few."""
    return {fold(column): (column, Value(frozenset({Source(database, name, column)}), True)) for column in columns}


def _relation(alias: str, columns: list[Column]) -> Relation:
    known: dict[str, tuple[str, Value]] = {}
    for column in columns:
        if column.name is None:
            raise NotBoundError(f"an expression of {written_name(alias)} has no name")
        known.setdefault(fold(column.name), (column.name, column.value))
    return Relation(fold(alias), None, fold(alias), known, ("", alias))


def _unknown_relation(alias: str) -> Relation:
    return Relation(fold(alias), None, fold(alias), None, ("", alias))


def _united(left: list[Column], right: list[Column]) -> list[Column]:
    if len(left) != len(right):
        raise NotBoundError("the branches of a set operation have different numbers of columns", is_wrong=True)
    return [
        Column(
            one.name,
            Value(one.value.sources | other.value.sources, one.value.is_direct and other.value.is_direct),
        )
        for one, other in zip(left, right, strict=True)
    ]


def _positions(keys: list[s.Expression], columns: list[Column]) -> tuple[list[Column], list[s.Expression]]:
    """GROUP BY 1, 2 names columns of the select list; the rest are expressions."""
    numbers = [key for key in keys if isinstance(key, s.Number) and key.text.isdigit()]
    found = [columns[int(key.text) - 1] for key in numbers if 1 <= int(key.text) <= len(columns)]
    return found, [key for key in keys if key not in numbers]


def shown_source(source: Source) -> str:
    """``database.name.column`` as it stands in SQL."""
    return f"{written_path(source.database, source.name)}.{written_name(source.column)}"
