"""Views of a catalog as dbt models: their own text, with ``source()`` and ``ref()`` in the place of what they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.references import Reference
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey, shown_name
from dbee_dbt.project.conversion.column_list import column_edits
from dbee_dbt.project.conversion.query_text import CannotConvertError, QueryText, SqlText
from dbee_dbt.project.conversion.relations import InProject, Relations, Sink
from dbee_dbt.project.conversion.template import Edit, Escape, jinja_comment, rendered
from dbee_dbt.project.conversion.view_query import ViewQuery
from dbee_dbt.report.terminal import visible


class NameInView(Struct, frozen=True, order=True):
    """A name in a converted view of which something is to be said.

    Args:
        view: the view, as it is shown.
        database: of what it names.
        name: what it names, as it stands in SQL.
        line: of the name, in the view's file, or in its text where there is none.
        file: of the view, or None.
        is_function: True for a function, which is no source anywhere; its name matters only where environments call
            its database differently.
    """

    view: str
    database: str
    name: str
    line: int
    file: str | None = None
    is_function: bool = False


class Converted(Struct, frozen=True):
    """A view as a model.

    Args:
        text: of the model.
        left: names that stand in it as they are written: neither sources nor models of what was generated.
        assumed: names without a database, taken to lie in that of the view, though the session that made the view may
            have had another default database.
    """

    text: str
    left: tuple[NameInView, ...] = ()
    assumed: tuple[NameInView, ...] = ()


class _Read(NamedTuple):
    """A reference to a table with what it is in the project, None where it is nothing in it."""

    found: Reference
    key: ObjectKey | None
    meant: InProject | None


class QueryEdits(NamedTuple):
    """What is put into a query, and the references that stay as they are written."""

    edits: tuple[Edit, ...]
    left: tuple[Reference, ...]


def convert_view(read: ViewQuery, sink: Sink) -> Converted:
    """The text of the model that a view becomes.

    Args:
        read: the view.
        sink: how it is written.

    Raises:
        CannotConvertError: a name in it cannot be replaced so that it certainly means the same.
    """
    query, escape = read.query, sink.escape
    edits, left = query_edits(query, sink)
    edits = (*edits, *column_edits(query, escape), *_ends(query))
    body = rendered(query.text, query.start, len(query.text), edits, escape)
    head = ['{{ config(materialized="view") }}', *_note(read)]
    comments = [escape(comment) for comment in read.comments]
    return Converted(
        "\n".join([*head, "", *comments, body.rstrip()]) + "\n",
        tuple(_name(read, found) for found in left),
        tuple(_name(read, found) for found in _assumed(query)),
    )


def query_edits(read: SqlText, sink: Sink) -> QueryEdits:
    """``source()`` and ``ref()`` in the place of what a query reads.

    Raises:
        CannotConvertError: a name in it cannot be replaced so that it certainly means the same.
    """
    reads = list(_reads(read, sink.relations))
    edits = (*_reference_edits(read, reads, sink.escape), *_qualifier_edits(read, reads, sink))
    functions = (found for found in read.told.found if found.how == "calls" and found.is_qualified)
    return QueryEdits(edits, (*(one.found for one in reads if one.meant is None), *functions))


def _note(read: ViewQuery) -> Iterator[str]:
    if read.locking:
        left_out = visible(", ".join(read.locking))
        yield jinja_comment(f"{left_out} stood in front of the query; dbt has no place for it, so it is left out")


def _ends(query: QueryText) -> Iterator[Edit]:
    """Without the ``;`` behind the query."""
    for token in tokenize(query.text[query.end :]):
        if token.key == ";":
            yield Edit(query.end + token.start, query.end + token.end, "")


def _assumed(query: QueryText) -> Iterator[Reference]:
    """A view whose own name has no database was made in its own."""
    if query.told.subject is not None and query.told.subject.is_qualified:
        yield from (found for found in query.told.found if found.how == "reads" and not found.is_qualified)


def _name(read: ViewQuery, found: Reference) -> NameInView:
    origin = read.view.origin
    line = found.line + origin.line - 1 if origin.line else found.line
    return NameInView(
        shown_name(read.view), found.path[0], found.name, line, origin.file, is_function=found.how == "calls"
    )


def _reads(read: SqlText, relations: Relations) -> Iterator[_Read]:
    for found in read.told.found:
        if found.how != "reads":
            continue
        if found.start not in read.tables:
            raise CannotConvertError(f"{found.written} stands in front of a column, and no FROM names it")
        key = relations.target(found, read.database)
        yield _Read(found, key, relations.in_project(key))


def _reference_edits(read: SqlText, reads: list[_Read], escape: Escape) -> Iterator[Edit]:
    for one in reads:
        if one.meant is not None:
            alias = _added_alias(read, one, reads)
            template = one.meant.template + (f" AS {escape(alias)}" if alias else "")
            yield Edit(one.found.start, one.found.end, template)


def _added_alias(read: SqlText, one: _Read, reads: list[_Read]) -> str:
    """The correlation name by which a model goes on being called as the view was; ``""`` where none is needed."""
    own = one.found.path[1]
    table = read.tables[one.found.start]
    model = one.meant.model if one.meant is not None else None
    if model is None or table.table.alias is not None or fold(model) == fold(own):
        return ""
    if not table.is_plain:
        raise CannotConvertError(f"{one.found.written} would need a correlation name where none can be added")
    for other in reads:
        is_bare = read.tables[other.found.start].table.alias is None
        if is_bare and fold(other.found.path[1]) == fold(own) and other.key != one.key:
            raise CannotConvertError(f"it reads two tables that are called {own}")
    return _last_name(read, one.found)


def _last_name(read: SqlText, found: Reference) -> str:
    """The name behind the database, as written."""
    return next(token.text for token in read.tokens if token.end == found.end)


def _qualifier_edits(read: SqlText, reads: list[_Read], sink: Sink) -> Iterator[Edit]:
    """``db.t`` in front of a column: as the same name in FROM is written now."""
    called: Mapping[ObjectKey | None, str] = {
        one.key: sink.escape(alias) if (alias := _added_alias(read, one, reads)) else one.meant.template
        for one in reads
        if one.meant is not None and read.tables[one.found.start].table.alias is None
    }
    for found in read.told.qualifiers:
        name = called.get(sink.relations.target(found, read.database))
        if name is not None:
            yield Edit(found.start, found.end, name)
