"""What every model and legacy view returns, if the physical schema is a given one: names, types, and where from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bound import Lookup
from dbee_dbt.ddl.expressions.known import Described, described, known_types
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.ddl.types import read_type
from dbee_dbt.dependencies.lineage import ColumnLineage, Known, Problem, Resolution, resolve_query
from dbee_dbt.dependencies.scope import Source
from dbee_dbt.dependencies.views import ReadView, read_view
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, View
from dbee_dbt.model.types import DataType
from dbee_dbt.project.impact.held import Held, Key, Physical
from dbee_dbt.project.impact.queries import Queries, Unread, query_key
from dbee_dbt.project.impact.render import Rendered
from dbee_dbt.project.impact.seeds import seed_columns
from dbee_dbt.project.impact.snapshots import snapshot_columns
from dbee_dbt.project.manifest import Node

Types = dict[str, DataType | None]
"""The types of a relation's columns by folded name, in order; None for one that is not known."""


class Facts(Struct, frozen=True, kw_only=True):
    """What typing asks of a session; two that differ in all of it tell what rests on none of it."""

    mode: str
    charset: str
    dateform: str
    max_decimal: int
    user: str = ""
    database: str = ""


_SESSIONS = (
    Facts(mode="ANSI", charset="LATIN", dateform="ANSIDATE", max_decimal=15),
    Facts(mode="TERA", charset="UNICODE", dateform="INTEGERDATE", max_decimal=38),
)


class Noted(NamedTuple):
    """A problem in one form of a node's SQL; ``rendered`` is None for a legacy view."""

    problem: Problem
    rendered: Rendered | None


class Answer(Struct, frozen=True, kw_only=True):
    """What the SQL of a model, snapshot or legacy view says.

    Args:
        columns: what it returns; None where that is not known.
        filters: the columns that decide which rows there are.
        problems: names in it that are not resolved.
        reads: keys of what it reads itself.
        unread: why its SQL is not read at all, or None.
    """

    columns: tuple[ColumnLineage, ...] | None = None
    filters: tuple[Source, ...] = ()
    problems: tuple[Noted, ...] = ()
    reads: frozenset[Key] = frozenset()
    unread: Unread | None = None


class ViewNow(Struct, frozen=True, kw_only=True):
    """A view over what there is now.

    Args:
        held: the view; its columns are those that it had when it was made.
        read: its query, or why there is none.
        found: what the query says now, under its own names of columns; None where it is not read.
        reads: keys of what it reads itself.
    """

    held: Held
    read: ReadView | str
    found: Resolution | None = None
    reads: frozenset[Key] = frozenset()


class _ReadFirstError(Exception):
    def __init__(self, key: Key) -> None:
        super().__init__(key)
        self.key = key


class Estate:
    """A project over a physical schema; everything is worked out when it is first asked for.

    Args:
        queries: the SQL of the project.
        physical: the schema.
    """

    def __init__(self, queries: Queries, physical: Physical) -> None:
        self.queries = queries
        self.physical = physical
        self._answers: dict[Key, Answer | None] = {}
        self._open: list[Key] = []
        self._reads: set[Key] = set()
        self._built: dict[Key, tuple[str, ...]] = {}
        self._types: dict[Key, Types | None] = {}
        self._described: dict[Key, Described] = {}
        self._seeds = queries.seeds
        self._views: dict[Key, ViewNow] = {}

    @cached_property
    def as_built(self) -> Estate:
        """The physical schema without the project: nothing is what a model would make of it."""
        return Estate(self.queries.of_none(), self.physical)

    # --- names -----------------------------------------------------------------------------------------------------

    def answer(self, key: Key) -> Answer | None:
        """What the SQL behind a table, view or ephemeral model says; None where no SQL is known."""
        waiting = [key]
        while waiting:  # no recursion: models may stand upon models in any number
            top = waiting[-1]
            if top in self._answers:
                waiting.pop()
                continue
            self._open = waiting
            try:
                self._answers[top] = self._answered(top)
            except _ReadFirstError as first:
                waiting.append(first.key)
        return self._answers[key]

    def _answered(self, key: Key) -> Answer | None:
        node = self.queries.nodes.get(key)
        if node is not None:
            return self._of_node(node)
        held = self.physical.find(key)
        return self._of_view(held) if held is not None and held.text is not None else None

    def _of_node(self, node: Node) -> Answer:
        forms = self.queries.of(node)
        if isinstance(forms, Unread):
            return Answer(unread=forms)
        self._reads = set()
        found: list[Resolution] = []
        problems: dict[tuple[str, int | None], Noted] = {}
        for form in forms:
            found.append(resolve_query(form.query, self._find, ""))
            if found[-1].columns is not None:  # the form that builds on the table finds what the first one made
                self._built[query_key(node)] = tuple(column.name for column in found[0].columns or ())
            for problem in found[-1].problems:
                raw = form.rendered.raw_offset(problem.at) if problem.at is not None and problem.is_wrong else None
                problems.setdefault((problem.what, raw), Noted(problem, form.rendered))
        return Answer(
            columns=snapshot_columns(node, found[0].columns),
            filters=tuple(sorted({source for one in found for source in one.filters})),
            problems=tuple(problems.values()),
            reads=frozenset(self._reads),
        )

    def view(self, key: Key) -> ViewNow | None:
        """A view of the physical schema over what there is now; None where no view is of this key."""
        held = self.physical.find(key)
        if held is None or held.kind != "view":
            return None
        if key not in self._views:
            self._views[key] = self._view(held)
        return self._views[key]

    def _view(self, held: Held) -> ViewNow:
        read = read_view(View(database=held.database, name=held.name, text=held.text))
        if isinstance(read, str):
            return ViewNow(held=held, read=read)
        while True:
            self._open, self._reads = [], set()
            try:
                found = resolve_query(read.query, self._find, held.database)
            except _ReadFirstError as first:
                self.answer(first.key)
            else:
                return ViewNow(held=held, read=read, found=found, reads=frozenset(self._reads))

    def _of_view(self, held: Held) -> Answer:
        read = read_view(View(database=held.database, name=held.name, text=held.text))
        if isinstance(read, str):
            return Answer(unread=Unread(read))
        self._reads = set()
        found = resolve_query(read.query, self._find, held.database, read.names)
        return Answer(
            columns=found.columns,
            filters=found.filters,
            problems=tuple(Noted(problem, None) for problem in found.problems),
            reads=frozenset(self._reads),
        )

    def _find(self, database: str, name: str) -> Known | None:
        """What the binder asks: a table, view, model or query of an ephemeral model."""
        key = fold(database), fold(name)
        held = self.physical.find(key)
        if key in self.queries.nodes or key in self._seeds or held is not None:
            self._reads.add(key)
            shown = (database, name) if held is None else (held.database, held.name)
            return Known(*shown, self._columns(key, held), held.hidden if held else ())
        if not key[0]:
            return Known("", name, None) if key[1] in self._bare_names else None
        self._reads.add(key)
        return Known(database, name, None, (), self.physical.is_missing(key))

    def _columns(self, key: Key, held: Held | None) -> tuple[str, ...] | None:
        is_query = key in self.queries.nodes
        if is_query or (held is not None and held.columns is None and held.text is not None):
            if key not in self._answers and key not in self._open:
                raise _ReadFirstError(key)
            answer = self._answers.get(key)
            if answer is not None and answer.columns is not None:
                return tuple(column.name for column in answer.columns)
            if key in self._built:
                return self._built[key]
        if held is not None:
            return None if held.columns is None else tuple(column.name for column in held.columns)
        return seed_columns(self._seeds[key]) if key in self._seeds else None

    @cached_property
    def _bare_names(self) -> frozenset[str]:
        """Names of everything, folded: an unqualified one may be any of them."""
        return frozenset(name for _, name in (*self.physical.names(), *self.queries.nodes, *self._seeds))

    # --- types -----------------------------------------------------------------------------------------------------

    def types(self, key: Key) -> Types | None:
        """The types of what a relation returns; None where not even the names are known."""
        waiting = {key: None}
        while waiting:
            top = next(reversed(waiting))
            answer = self.answer(top) if top not in self._types else None
            before = [one for one in answer.reads if one not in self._types and one not in waiting] if answer else []
            if before:
                waiting.update(dict.fromkeys(before))
                continue
            del waiting[top]
            if top not in self._types:
                self._types[top] = self._typed(top, answer)
        return self._types[key]

    def _typed(self, key: Key, answer: Answer | None) -> Types | None:
        node, held = self.queries.nodes.get(key), self.physical.find(key)
        if node is not None:
            found = self._types_of_node(node, answer)
            return {**found, **_contract(node)} if found is not None else _held_types(held)
        told = _held_types(held)
        if held is not None and held.text is not None and (told is None or None in told.values()):
            found = self._types_of_view(held, answer)
            return (
                found
                if told is None or found is None
                else {name: kind or found.get(name) for name, kind in told.items()}
            )
        if told is None and key in self._seeds:
            return _seed_types(self._seeds[key])
        return told

    def yielded(self, key: Key) -> Types | None:
        """The types of what the SQL of a model returns, whatever its contract says; None where it is not read."""
        node = self.queries.nodes.get(key)
        answer = self.answer(key)
        if node is None or answer is None:
            return None
        for one in answer.reads:
            self.types(one)
        return self._types_of_node(node, answer)

    def _types_of_node(self, node: Node, answer: Answer | None) -> Types | None:
        forms = self.queries.of(node)
        if isinstance(forms, Unread) or answer is None or answer.columns is None:
            return None
        return self._agreed(forms[0].query, answer.columns, "")

    def _types_of_view(self, held: Held, answer: Answer | None) -> Types | None:
        read = read_view(View(database=held.database, name=held.name, text=held.text))
        if isinstance(read, str) or answer is None or answer.columns is None:
            return None
        return self._agreed(read.query, answer.columns, held.database)

    def _agreed(self, query: s.Query, columns: tuple[ColumnLineage, ...], database: str) -> Types:
        """The types on which sessions of any settings agree."""
        if all(column.kind == "direct" and len(column.sources) == 1 for column in columns):
            return dict(self._passed_on(columns))
        found = agreed_types(query, _Lookup(self, database))
        kinds = found if found is not None and len(found) == len(columns) else [None] * len(columns)
        return {fold(column.name): kind for column, kind in zip(columns, kinds, strict=False)}

    def relation(self, key: Key, name: str) -> Described:
        """A relation with its types, for an expression in which it is named.

        Raises:
            NotKnownError: not even the names of its columns are known.
        """
        types = self._types.get(key)
        if types is None:
            raise NotKnownError(f"the columns of {name}")
        if key not in self._described:
            columns = tuple(Column(name=column, type=kind) for column, kind in types.items())
            self._described[key] = described(key[0], name, columns)
        return self._described[key]

    def _passed_on(self, columns: tuple[ColumnLineage, ...]) -> Iterator[tuple[str, DataType | None]]:
        """The types of columns that are others unchanged; of most queries, of one table."""
        known: dict[tuple[str, str], Types] = {}
        for column in columns:
            (source,) = column.sources
            place = source.database, source.name
            if place not in known:
                known[place] = self._types_of(source)
            yield fold(column.name), known[place].get(fold(source.column))

    def _types_of(self, source: Source) -> Types:
        return self._types.get((fold(source.database), fold(source.name))) or {}


def agreed_types(query: s.Query, lookup: Lookup) -> list[DataType | None] | None:
    """The types of a query's columns on which sessions of any settings agree; None where their number is not known.

    Args:
        query: what the parser read.
        lookup: see :func:`dbee_dbt.ddl.expressions.known.known_types`.
    """
    found: list[DataType | None] | None = None
    for session in _SESSIONS:
        told = known_types(query, session, lookup)
        if told is None:
            return None
        kinds = [one.type for one in told]
        found = kinds if found is None else [_same(a, b) for a, b in zip(found, kinds, strict=True)]
    return found


class _Lookup:
    """The relations of an estate as the typing of expressions asks for them."""

    def __init__(self, estate: Estate, database: str) -> None:
        self._estate = estate
        self._database = database

    def relation(self, database: str | None, name: str) -> Described:
        return self._estate.relation((fold(self._database if database is None else database), fold(name)), name)

    def function(self, database: str | None, name: str) -> Any:
        return None


def _same(one: DataType | None, other: DataType | None) -> DataType | None:
    """What two readings of a type have in common: all of it, all but the character set, or nothing."""
    if one is None or other is None or one == other:
        return one if other is not None else None
    bare = [DataType(**{**_facets(each), "charset": None}) for each in (one, other)]
    return bare[0] if bare[0] == bare[1] else None


def _facets(kind: DataType) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in kind.__struct_fields__}


def _held_types(held: Held | None) -> Types | None:
    if held is None or held.columns is None:
        return None
    return {fold(column.name): column.type for column in held.columns}


def _contract(node: Node) -> Types:
    """What dbt makes of a table with a contract: the declared types, whatever the SQL returns."""
    config = node["config"]
    if not (config.get("contract") or {}).get("enforced") or config.get("materialized") not in ("table", "incremental"):
        return {}
    return _declared((name, column.get("data_type")) for name, column in (node.get("columns") or {}).items())


def _seed_types(node: Node) -> Types | None:
    names = seed_columns(node)
    if names is None:
        return None
    declared = _declared((node["config"].get("column_types") or {}).items())
    return {fold(name): declared.get(fold(name)) for name in names}


def _declared(written: Iterable[tuple[str, str | None]]) -> Types:
    found: Types = {}
    for name, text in written:
        try:
            found[fold(name)] = read_type(str(text)) if text else None
        except DdlError:
            found[fold(name)] = None
    return found
