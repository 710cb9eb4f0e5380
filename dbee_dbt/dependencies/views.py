"""The lineage of the views of a catalog, view by view or down to tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.references.found import joined_names
from dbee_dbt.ddl.statements import CreateView
from dbee_dbt.dependencies.lineage import ColumnLineage, Kind, Known, Lineage, query_lineage
from dbee_dbt.dependencies.scope import Source
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey, Table, View


class ReadView(NamedTuple):
    """The query of a view, and the names of its columns where a list of them is written."""

    query: s.Query
    names: tuple[str, ...]


class _ReadFirstError(Exception):
    """The columns of a view are asked for that was not read yet."""

    def __init__(self, key: ObjectKey) -> None:
        super().__init__(key)
        self.key = key


class Lineages:
    """The lineage of the views of a catalog; each view is read once, when it is first asked for.

    Args:
        catalog: the catalog; it also tells what ``*`` stands for.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._queries: dict[ObjectKey, ReadView | str] = {}
        self._known: dict[ObjectKey, Lineage] = {}
        self._open: list[ObjectKey] = []
        self._bases: dict[Source, ColumnLineage] = {}
        self._by_name: dict[ObjectKey, dict[str, ColumnLineage]] = {}

    def of(self, key: ObjectKey) -> Lineage:
        """The lineage of a view: the columns of the tables and views that it reads itself."""
        if not isinstance(self._catalog.objects.get(key), View):
            return Lineage(not_bound="it is no view")
        self._open = [key]
        while self._open:  # no recursion: views may stand upon views in any number
            view = self._open[-1]
            try:
                self._known[view] = self._known.get(view) or self._bound(view)
            except _ReadFirstError as first:
                self._open.append(first.key)
            else:
                self._open.pop()
        return self._known[key]

    def _bound(self, key: ObjectKey) -> Lineage:
        """The lineage of a view.

        Raises:
            _ReadFirstError: it rests on the columns of a view that was not read yet.
        """
        view = self._catalog.objects[key]
        assert isinstance(view, View), "asked by the callers"
        if key not in self._queries:
            self._queries[key] = read_view(view)
        read = self._queries[key]
        if isinstance(read, str):
            return Lineage(not_bound=read)
        return query_lineage(read.query, self._find, view.database, read.names)

    def _find(self, database: str, name: str) -> Known | None:
        for kind in ("table", "foreign table"):
            table = self._catalog.objects.get(ObjectKey(kind, fold(database), fold(name)))
            if isinstance(table, Table):
                hidden = tuple(period.name for period in table.periods)
                return Known(table.database, table.name, tuple(one.name for one in table.columns) or None, hidden)
        key = ObjectKey("view", fold(database), fold(name))
        view = self._catalog.objects.get(key)
        return Known(view.database, view.name, self._columns(key, view)) if isinstance(view, View) else None

    def _columns(self, key: ObjectKey, view: View) -> tuple[str, ...] | None:
        """The names of a view's columns: those that the catalog has, else those of its query."""
        if view.columns:
            return tuple(column.name for column in view.columns)
        if key in self._open:
            return None  # it reads itself
        if key not in self._known:
            raise _ReadFirstError(key)
        found = self._known[key]
        return None if found.not_bound else tuple(column.name for column in found.columns)

    # --- down to tables --------------------------------------------------------------------------------------------

    def down_to_tables(self, key: ObjectKey) -> Lineage:
        """The lineage of a view through the views below it; one that is not bound stays as the source it is.

        The filters of the views below are among the filters.
        """
        found = self.of(key)
        filters = {one for source in found.filters for one in self._base(source).sources}
        for below in self._views_below(key):
            filters |= {one for source in below.filters for one in self._base(source).sources}
        return Lineage(
            columns=tuple(self._through(column) for column in found.columns),
            filters=tuple(sorted(filters)),
            not_bound=found.not_bound,
        )

    def _through(self, column: ColumnLineage) -> ColumnLineage:
        return _made_of(column, [self._base(source) for source in column.sources])

    def _base(self, source: Source) -> ColumnLineage:
        """The columns of tables behind a column; without recursion, as :meth:`of`."""
        waiting = {source: None}
        while waiting:
            top = next(reversed(waiting))
            below = None if top in self._bases else self._column(top)
            before = [one for one in below.sources if one not in self._bases] if below else []
            if any(one not in waiting for one in before):
                waiting.update((one, None) for one in before if one not in waiting)
                continue
            del waiting[top]
            if below is not None:  # what reads itself ends at itself
                self._bases[top] = _made_of(below, [self._bases.get(one) or _itself(one) for one in below.sources])
            self._bases.setdefault(top, _itself(top))
        return self._bases[source]

    def _column(self, source: Source) -> ColumnLineage | None:
        key = ObjectKey("view", fold(source.database), fold(source.name))
        if key not in self._catalog.objects:
            return None
        if key not in self._by_name:
            columns = reversed(self.of(key).columns)  # of two of one name, the first
            self._by_name[key] = {fold(column.name): column for column in columns}
        return self._by_name[key].get(fold(source.column))

    def _views_below(self, key: ObjectKey) -> Iterator[Lineage]:
        seen = {key}
        rest = [self.of(key)]
        while rest:
            for below in _views_of(rest.pop()):
                if below in self._catalog.objects and below not in seen:
                    seen.add(below)
                    rest.append(self.of(below))
                    yield rest[-1]


def read_view(view: View) -> ReadView | str:
    """The query of a view, or why there is none."""
    if view.text is None:
        return "its text is not known"
    try:
        ast = read_statement(view.text, default_database=view.database)
        if not isinstance(ast, CreateView):
            return "its text is no CREATE VIEW"
        query = parse_query_text(ast.query, joined_names(significant(tokenize(ast.query))))
    except QueryError as error:
        return f"its query is not read: error {error.code}"
    except NotKnownError as error:
        return f"its query is not read: {error.what}"
    except (DdlError, RecursionError) as error:
        return f"its text is not read: {error}"
    names = tuple(column.name for column in ast.view.columns)
    return ReadView(_closed(query, ast, names), names)


def _itself(source: Source) -> ColumnLineage:
    return ColumnLineage(name=source.column, kind="direct", sources=(source,))


def _made_of(column: ColumnLineage, bases: list[ColumnLineage]) -> ColumnLineage:
    """A column with what its sources are made of in their place."""
    sources = {source for base in bases for source in base.sources}
    is_direct = column.kind == "direct" and all(base.kind == "direct" for base in bases)
    kind: Kind = "no column" if not sources else "direct" if is_direct else "derived"
    return ColumnLineage(name=column.name, kind=kind, sources=tuple(sorted(sources)))


def _views_of(found: Lineage) -> Iterable[ObjectKey]:
    sources = {source for column in found.columns for source in column.sources} | set(found.filters)
    return sorted({ObjectKey("view", fold(one.database), fold(one.name)) for one in sources})


def _closed(query: s.Query, ast: CreateView, names: tuple[str, ...]) -> s.Query:
    """The query of a recursive view as one of WITH RECURSIVE."""
    if not ast.recursive:
        return query
    while isinstance(query.body, s.Nested):
        query = query.body.query
    name = ast.view.name
    common = s.Common(name=name, query=query, columns=names, recursive=True)
    body = s.Select(items=(s.SelectItem(expression=s.Star()),), sources=(s.TableName(parts=(name,)),))
    return s.Query(body=body, commons=(common,))
