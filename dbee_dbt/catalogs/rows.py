"""The rows that the dictionary macros return, and the same rows for a catalog from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.write import object_ddl
from dbee_dbt.ddl.write_definitions import definition_ddl
from dbee_dbt.model.catalog import UNKNOWN, Catalog, Defaults
from dbee_dbt.model.facet_meaning import Context
from dbee_dbt.model.facets import facets_of
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Column,
    Compression,
    Constraint,
    Database,
    Definition,
    HashIndex,
    JoinIndex,
    SecondaryIndex,
    Stamp,
    Table,
    View,
)
from dbee_dbt.model.types import DataType

Row = dict[str, Any]


class Rows(Struct, frozen=True, kw_only=True):
    """Dictionary rows by facet, each a list of dictionaries as the macro ``dbee_dictionary_FACET`` returns it.

    Keys of each row (None stands for unknown or absent):

    - databases: name, kind, owner, perm, spool, temporary, account, fallback, before_journal, after_journal, map,
      comment, creator, created, altered_by, altered
    - relations: database, name, kind, set_kind, temporal, queue, on_commit, fallback, before_journal, after_journal,
      map, comment, creator, created, altered_by, altered, version
    - columns: database, relation, name, position, type, nullable, default, format, title, uppercase, case_specific,
      compress, identity, checks, comment
    - indexes: database, relation, number, name, form, unique, columns, key, order_by
    - partitioning: database, relation, levels
    - references: database, relation, name, columns, parent_database, parent_relation, parent_columns
    - checks: database, relation, name, expression
    - texts: database, name, kind, text
    """

    databases: list[Row] = []
    relations: list[Row] = []
    columns: list[Row] = []
    indexes: list[Row] = []
    partitioning: list[Row] = []
    references: list[Row] = []
    checks: list[Row] = []
    texts: list[Row] = []


def rows(catalog: Catalog) -> Rows:
    """The dictionary rows of a catalog, as if its objects stood in a system.

    What a definition leaves out is filled in from the catalog's defaults, by the rules of the facet table; it is None
    where that is unknown. Index numbers are those that a new table would get: 1, then 4, 8 …
    """
    found = Rows(
        databases=[], relations=[], columns=[], indexes=[], partitioning=[], references=[], checks=[], texts=[]
    )
    columns = _Columns(catalog.defaults)
    for each in catalog:
        if isinstance(each, Database):
            found.databases.append(_database(each))
        else:
            _add(found, each, columns)
    return found


def _add(found: Rows, each: Table | View | JoinIndex | HashIndex | CodeObject | Definition, columns: _Columns) -> None:
    found.relations.append(_relation(each, columns.defaults))
    match each:
        case Table():
            found.columns.extend(columns.rows(each))
            _add_table(found, each, columns.defaults)
        case View():
            found.columns.extend(columns.rows(each))
            found.texts.append(_text(each))
        case JoinIndex() | HashIndex() | CodeObject() | Definition():
            found.texts.append(_text(each))


def _add_table(found: Rows, table: Table, defaults: Defaults) -> None:
    at = {"database": table.database, "relation": table.name}
    found.indexes.extend({**at, **index} for index in _indexes(table, defaults))
    if table.partitioning:
        found.partitioning.append({**at, "levels": list(table.partitioning)})
    found.references.extend({**at, **_reference(c)} for c in table.constraints if c.kind == "foreign key")
    found.checks.extend({**at, **check} for check in _checks(table))


class _Facets:
    """Values of the facet table, by ``group.name``; None where a value rests on an unknown default."""

    def __init__(self, group: str, *names: str) -> None:
        self._facets = [facet for facet in facets_of(group) if facet.name in names]

    def read(self, owner: CatalogObject, part: object, defaults: Defaults) -> Row:
        at = Context(owner, part, defaults)
        found = {facet.name: facet.read(at) for facet in self._facets}
        return {name: None if value is UNKNOWN else value for name, value in found.items()}


_TABLE = _Facets("table", "set_kind", "primary_index", "primary_index_name")
_PRIMARY = next(facet for facet in facets_of("table") if facet.name == "primary_index")
_OPTIONS = _Facets("option", "fallback", "before_journal", "after_journal", "map")
_COLUMN = _Facets("column", "charset", "nullable", "case_specific")


def _stamp(stamp: Stamp) -> Row:
    return {
        "creator": stamp.creator,
        "created": stamp.created,
        "altered_by": stamp.altered_by,
        "altered": stamp.altered,
    }


def _database(found: Database) -> Row:
    names = "name kind owner perm spool temporary account fallback before_journal after_journal map comment".split()
    return {**{name: getattr(found, name) for name in names}, **_stamp(found.stamp)}


_NO_TABLE: Row = {
    "set_kind": None,
    "temporal": None,
    "queue": False,
    "on_commit": None,
    "fallback": False,
    "before_journal": "NO",
    "after_journal": "NO",
    "map": None,
}


def _relation(found: Table | View | JoinIndex | HashIndex | CodeObject | Definition, defaults: Defaults) -> Row:
    head = {"database": found.database, "name": found.name, "kind": found.kind}
    tail = {"comment": found.comment, **_stamp(found.stamp), "version": found.stamp.version}
    if not isinstance(found, Table):
        return {**head, **_NO_TABLE, **tail}
    options = _OPTIONS.read(found, found.options, defaults)
    set_kind = _TABLE.read(found, found, defaults)["set_kind"]
    stated = [column.time for column in found.columns] + [period.time for period in found.periods]
    times = frozenset(time for time in stated if time)
    own = {"set_kind": set_kind, "temporal": _TEMPORAL[times], "queue": found.queue, "on_commit": _on_commit(found)}
    return {**head, **own, **options, **tail}


_TEMPORAL: dict[frozenset[str], str] = {
    frozenset(): "NONE",
    frozenset({"VALIDTIME"}): "VALID TIME",
    frozenset({"TRANSACTIONTIME"}): "TRANSACTION TIME",
    frozenset({"VALIDTIME", "TRANSACTIONTIME"}): "BITEMPORAL",
}


def _on_commit(table: Table) -> str | None:
    """DELETE is what a temporary table does on commit when it says nothing (docs/teradata/ddl.md §2.1)."""
    return table.on_commit or ("DELETE" if table.temporary == "GLOBAL TEMPORARY" else None)


class _Columns:
    """Column rows under the defaults of a catalog. What rests on type and defaults is worked out once for each sort."""

    def __init__(self, defaults: Defaults) -> None:
        self.defaults = defaults
        self._known: dict[tuple[DataType | None, bool | None, bool | None], Row] = {}

    def rows(self, owner: Table | View) -> Iterator[Row]:
        for position, column in enumerate(owner.columns, 1):
            sort = (column.type, column.nullable, column.case_specific)
            if sort not in self._known:
                self._known[sort] = _column_traits(owner, column, self.defaults)
            yield {
                "database": owner.database,
                "relation": owner.name,
                "name": column.name,
                "position": position,
                **self._known[sort],
                **_column(column),
            }


def _column_traits(owner: Table | View, column: Column, defaults: Defaults) -> Row:
    values = _COLUMN.read(owner, column, defaults)
    kind = column.type
    if kind is not None and values["charset"] is not None:
        kind = replace(kind, charset=values["charset"])
    return {
        "type": None if kind is None else kind.text,
        "nullable": values["nullable"],
        "case_specific": values["case_specific"],
    }


def _column(column: Column) -> Row:
    identity = column.identity
    return {
        "default": column.default,
        "format": column.format,
        "title": column.title,
        "uppercase": column.uppercase,
        "compress": _compress(column.compress),
        "identity": None if identity is None else ("ALWAYS" if identity.always else "BY DEFAULT"),
        "checks": list(column.checks),
        "comment": column.comment,
    }


def _compress(compress: Compression | None) -> str | None:
    """As :func:`dbee_dbt.catalogs.objects.read_compression` reads it."""
    if compress is None or compress.none:
        return None
    if compress.auto:
        return "AUTO"
    if compress.algorithm:
        reverse = f" DECOMPRESS USING {compress.reverse}" if compress.reverse else ""
        return f"USING {compress.algorithm}{reverse}"
    return f"({', '.join(compress.values)})" if compress.values else ""


def _indexes(table: Table, defaults: Defaults) -> Iterator[Row]:
    """The primary index, then the keys that are not it, then the secondary indexes."""
    keys = [constraint for constraint in table.constraints if constraint.kind in ("primary key", "unique")]
    primary = _primary(table, keys, defaults)
    if primary is not None:
        yield {"number": 1, **primary, "order_by": None}
    rest = [_key_index(key) for key in keys if primary is None or not _is(key, primary)]
    written = [_secondary(index) for index in table.indexes]
    for number, index in enumerate((*rest, *written), 1):
        yield {"number": 4 * number, **index}


def unknown_primary_indexes(catalog: Catalog) -> Iterator[Row]:
    """One row of ``indexes`` without a form for each table whose primary index nobody knows: none means it has none."""
    for found in catalog:
        if isinstance(found, Table) and _PRIMARY.read(Context(found, found, catalog.defaults)) is UNKNOWN:
            yield {
                "database": found.database,
                "relation": found.name,
                "number": 1,
                "name": None,
                "form": None,
                "unique": None,
                "columns": [],
                "key": None,
                "order_by": None,
            }


def _primary(table: Table, keys: list[Constraint], defaults: Defaults) -> Row | None:
    values = _TABLE.read(table, table, defaults)
    if values["primary_index"] is None or values["primary_index"][0] == "no primary index":
        return None
    form, unique, columns = values["primary_index"]
    key = _implemented(keys, columns) if unique and not values["primary_index_name"] else None
    return {
        "name": values["primary_index_name"] or (key.name if key else None),
        "form": form,
        "unique": unique,
        "columns": list(columns),
        "key": key.kind if key else None,
    }


def _implemented(keys: list[Constraint], columns: tuple[str, ...]) -> Constraint | None:
    """The key that an unnamed unique primary index on these columns implements."""
    return next((key for key in keys if tuple(map(fold, key.columns)) == tuple(map(fold, columns))), None)


def _is(key: Constraint, primary: Row) -> bool:
    return bool(primary["key"] == key.kind and tuple(primary["columns"]) == key.columns)


def _key_index(key: Constraint) -> Row:
    return {
        "name": key.name,
        "form": "secondary",
        "unique": True,
        "columns": list(key.columns),
        "key": key.kind,
        "order_by": None,
    }


def _secondary(index: SecondaryIndex) -> Row:
    return {
        "name": index.name,
        "form": "secondary",
        "unique": index.unique,
        "columns": list(index.columns),
        "key": None,
        "order_by": list(index.order_by) if index.order_by else None,
    }


def _reference(key: Constraint) -> Row:
    database, relation = key.parent or (None, None)
    return {
        "name": key.name,
        "columns": list(key.columns),
        "parent_database": database,
        "parent_relation": relation,
        "parent_columns": list(key.parent_columns),
    }


def _checks(table: Table) -> Iterator[Row]:
    for constraint in table.constraints:
        if constraint.kind == "check":
            yield {"name": constraint.name, "expression": constraint.expression}


def _text(found: View | JoinIndex | HashIndex | CodeObject | Definition) -> Row:
    return {"database": found.database, "name": found.name, "kind": found.kind, "text": _source(found)}


def _source(found: View | JoinIndex | HashIndex | CodeObject | Definition) -> str | None:
    match found:
        case View() | CodeObject():
            return found.text
        case Definition():
            return None if found.clauses is None else definition_ddl(found)
    statements = object_ddl(replace(found, comment=None))
    return statements[0] if statements else None
