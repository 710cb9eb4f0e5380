"""From a catalog to the graph of its dependencies; each text is read once."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.naming import written_path
from dbee_dbt.ddl.references import Reference, References, expression_references, references
from dbee_dbt.ddl.write import object_ddl
from dbee_dbt.dependencies.graph import Edge, Graph, graph_of
from dbee_dbt.dependencies.names import Names
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.objects import CatalogObject, Column, ObjectKey, Table


class Read(NamedTuple):
    """An object with what its text, or its facets, refer to."""

    found: CatalogObject
    references: References
    has_text: bool


def dependency_graph(catalog: Catalog) -> Graph:
    """What the objects of a catalog depend on.

    A name without a database lies in the default database of the session that made the object. A catalog does not
    keep it: it is the object's own database for certain where the object's own name is not qualified either, and else
    taken to be so.
    """
    read = {key: read_object(found) for key, found in catalog.objects.items()}
    names = Names(catalog, {key: path for key, one in read.items() if (path := _called(one)) is not None})
    edges = (edge for key, one in read.items() for edge in _edges(key, one, names))
    unread = {key: one.references.unread for key, one in read.items() if one.references.unread}
    dynamic = {key: one.references.dynamic for key, one in read.items() if one.references.dynamic}
    return graph_of(catalog.objects, edges, unread, dynamic)


def read_object(found: CatalogObject) -> Read:
    """What one object refers to."""
    if isinstance(found, Table):
        return Read(found, References(found=tuple(_of_table(found))), False)
    text = getattr(found, "text", None)
    if text is None and hasattr(found, "text"):
        return Read(found, References(unread="its text is not known"), False)
    place = (1, 1) if found.origin.line is None else (found.origin.line, 0)
    told = references(text if text is not None else "\n".join(object_ddl(found)[:1]), found.database, place)
    return Read(found, told, text is not None)


def _called(one: Read) -> tuple[str, str] | None:
    """The name by which a function is called, where it is listed by its SPECIFIC name."""
    subject = one.references.subject
    return subject.path if one.found.kind == "function" and subject is not None else None


# --- tables ----------------------------------------------------------------------------------------------------------


def _of_table(table: Table) -> Iterator[Reference]:
    """Parents, compression functions, types, and functions of checks: of a table only the facets are known."""
    for constraint in table.constraints:
        if constraint.parent is not None:
            yield _facet("foreign key", *constraint.parent)
        if constraint.expression is not None:
            yield from _of_check(constraint.expression, table.database)
    for column in table.columns:
        yield from _of_column(column, table.database)


def _of_column(column: Column, database: str) -> Iterator[Reference]:
    if column.type is not None and column.type.udt is not None:
        yield _facet("uses type", *Cursor.of(column.type.udt).qualified(""), "type")
    if column.compress is not None:
        for function in (column.compress.algorithm, column.compress.reverse):
            if function is not None:
                yield _facet("calls", *Cursor.of(function).qualified(""), "function")
    for check in column.checks:
        yield from _of_check(check, database)


def _of_check(condition: str, database: str) -> Iterator[Reference]:
    if "(" in condition:
        yield from (one for one in expression_references(condition, database).found if one.how == "calls")


def _facet(how: str, database: str, name: str, kind: str = "") -> Reference:
    """A reference that no text gives a place."""
    return Reference(
        how=how,
        name=written_path(database, name),
        path=(database, name),
        kind=kind,
        written=name,
        start=0,
        line=0,
        column=0,
        is_qualified=bool(database),
    )


# --- edges -----------------------------------------------------------------------------------------------------------


def _edges(key: ObjectKey, one: Read, names: Names) -> Iterator[Edge]:
    own = one.found.database
    subject = one.references.subject
    is_default = subject is not None and not subject.is_qualified
    overridden = (call for call in one.references.built_in if names.is_function(call.path[1], own))
    for found in sorted((*one.references.found, *overridden), key=attrgetter("start")):
        resolved = names.resolve(found, own, is_default=is_default)
        yield Edge(
            source=key,
            how=found.how,
            name=found.name,
            target=resolved.target,
            state=resolved.state,
            file=one.found.origin.file,
            line=found.line if one.has_text else 0,
            column=found.column if one.has_text else 0,
            is_certain=_is_certain(found, resolved.target),
            note=resolved.note,
        )


def _is_certain(found: Reference, target: ObjectKey | None) -> bool:
    """A call without a database is certain when the function is there."""
    is_call = found.how == "calls" and not found.is_qualified
    return found.is_certain or (is_call and target is not None)
