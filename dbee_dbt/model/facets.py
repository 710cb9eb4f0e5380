"""The one facet table: every comparable property of an object, who knows it, and what its absence means.

Compare, reports, docs, mutation tests and filters all read this table. A facet's value is what the object says;
where it says nothing, the facet's default rule turns the catalog's defaults into a value, or into UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.model import facet_meaning as meaning
from dbee_dbt.model.catalog import UNKNOWN, Defaults, Unknown
from dbee_dbt.model.clauses import USER_OPTIONS, labelled
from dbee_dbt.model.facet_meaning import Context, Value
from dbee_dbt.model.names import fold, identifier
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Constraint,
    Database,
    Definition,
    HashIndex,
    JoinIndex,
    SecondaryIndex,
    Source,
    Table,
    View,
)
from dbee_dbt.model.table_parts import levels

BOTH: frozenset[Source] = frozenset({"ddl", "dictionary"})
DDL: frozenset[Source] = frozenset({"ddl"})
DICTIONARY: frozenset[Source] = frozenset({"dictionary"})


class Facet(Struct, frozen=True):
    """One comparable property.

    Args:
        group: the part it belongs to: ``table``, ``column``, ``index``, ``constraint``, ``view``, ``code`` …
        name: unique in its group.
        read: the value with defaults applied, or UNKNOWN.
        sources: which ways into the model know this facet.
        same: normal form in which two values compare; the value itself where None.
    """

    group: str
    name: str
    read: Callable[[Context], Value | Unknown]
    sources: frozenset[Source] = BOTH
    same: Callable[[Value], Value] | None = None

    @property
    def path(self) -> str:
        """``group.name``, the facet's public name."""
        return f"{self.group}.{self.name}"

    def equal(self, left: Value, right: Value) -> bool:
        """True if two known values mean the same."""
        return bool(left == right) if self.same is None else bool(self.same(left) == self.same(right))


class FacetValue(NamedTuple):
    """A facet of one object: which, of which part (``""`` for the object itself), and its value."""

    facet: Facet
    part: str
    value: Value | Unknown


FACETS: tuple[Facet, ...] = (
    Facet("table", "set_kind", meaning.set_kind),
    Facet("table", "temporary", meaning.part("temporary"), DDL),
    Facet("table", "queue", meaning.part("queue")),
    Facet("table", "column_order", meaning.columns_of, same=meaning.folded),
    Facet("table", "primary_index", meaning.distribution, same=meaning.folded),
    Facet("table", "primary_index_name", meaning.index_name, same=meaning.folded),
    Facet("table", "partitioning", meaning.part("partitioning"), same=meaning.level_kinds),
    Facet("table", "on_commit", meaning.part("on_commit")),
    Facet("table", "trace", meaning.part("trace"), DDL),
    Facet("table", "using", meaning.using, DDL, meaning.code),
    Facet("table", "periods", meaning.periods, DDL, meaning.folded),
    Facet("table", "column_groups", meaning.column_groups, DDL, meaning.folded),
    Facet("table", "time_index", meaning.time_index, DDL, meaning.code),
    Facet("table", "normalize", meaning.part("normalize"), DDL, meaning.code),
    Facet("table", "without_overlaps", meaning.without_overlaps, DDL),
    Facet("table", "elements", meaning.part("elements"), DDL, meaning.code),
    Facet("table", "clauses", meaning.part("clauses"), DDL, meaning.code),
    Facet("table", "comment", meaning.part("comment")),
    Facet("option", "fallback", meaning.fallback_of),
    Facet("option", "before_journal", meaning.journal_of(0)),
    Facet("option", "after_journal", meaning.journal_of(1)),
    Facet("option", "journal_table", meaning.part("journal_table"), DDL, meaning.folded),
    Facet("option", "checksum", meaning.option("checksum", "DEFAULT"), DDL),
    Facet("option", "data_block_size", meaning.part("data_block_size"), DDL),
    Facet("option", "merge_block_ratio", meaning.option("merge_block_ratio", "DEFAULT"), DDL),
    Facet("option", "free_space", meaning.part("free_space"), DDL),
    Facet("option", "block_compression", meaning.option("block_compression", "DEFAULT"), DDL),
    Facet("option", "block_compression_algorithm", meaning.option("block_compression_algorithm", "DEFAULT"), DDL),
    Facet("option", "block_compression_level", meaning.option("block_compression_level", "DEFAULT"), DDL),
    Facet("option", "map", meaning.map_of, same=meaning.folded),
    Facet("option", "colocate", meaning.part("colocate"), DDL, meaning.folded),
    Facet("option", "isolated_loading", meaning.part("isolated_loading"), DDL),
    Facet("option", "log", meaning.part("log"), DDL),
    Facet("option", "external_security", meaning.part("external_security"), DDL, meaning.code),
    Facet("option", "other", meaning.part("other"), DDL, meaning.code),
    Facet("column", "type", meaning.type_of, same=meaning.code),
    Facet("column", "charset", meaning.charset_of),
    Facet("column", "nullable", meaning.nullable_of),
    Facet("column", "default", meaning.part("default"), same=meaning.default_meaning),
    Facet("column", "with_default", meaning.part("with_default"), DDL),
    Facet("column", "format", meaning.format_of, same=meaning.folded),
    Facet("column", "title", meaning.title_of),
    Facet("column", "uppercase", meaning.part("uppercase")),
    Facet("column", "case_specific", meaning.case_of),
    Facet("column", "compress", meaning.compress_of, same=meaning.code_in_any_order),
    Facet("column", "identity", meaning.identity_of),
    Facet("column", "identity_numbers", meaning.identity_numbers, DDL),
    Facet("column", "checks", meaning.part("checks"), same=meaning.code_in_any_order),
    Facet("column", "comment", meaning.part("comment")),
    Facet("column", "inline_length", meaning.type_part("inline_length"), DDL),
    Facet("column", "storage_format", meaning.type_part("storage_format"), DDL, meaning.code),
    Facet("column", "time", meaning.part("time"), DDL),
    Facet("column", "row_time", meaning.part("row_time"), DDL),
    Facet("column", "time_column", meaning.part("time_column"), DDL),
    Facet("column", "row_security", meaning.part("row_security"), DDL),
    Facet("column", "attributes", meaning.part("attributes"), DDL, meaning.code),
    Facet("level", "definition", meaning.part("definition"), same=meaning.code),
    Facet("level", "added", meaning.part("added")),
    Facet("index", "unique", meaning.part("unique")),
    Facet("index", "name", meaning.part("name"), same=meaning.folded),
    Facet("index", "all_rows", meaning.part("all_rows"), DDL),
    Facet("index", "order_by", meaning.part("order_by"), same=meaning.folded),
    Facet("index", "load_identity", meaning.part("load_identity"), DDL),
    Facet("constraint", "definition", meaning.constraint_of, same=meaning.constraint_meaning),
    Facet("constraint", "name", meaning.part("name"), same=meaning.folded),
    Facet("constraint", "check_option", meaning.part("check_option"), DDL),
    Facet("constraint", "time", meaning.part("time"), DDL),
    Facet("constraint", "without_overlaps", meaning.part("without_overlaps"), DDL),
    Facet("view", "text", meaning.text_of),
    Facet("view", "column_order", meaning.view_names, same=meaning.folded),
    Facet("view", "comment", meaning.part("comment")),
    Facet("join index", "query", meaning.query_of),
    Facet("join index", "order_by", meaning.ordering, same=meaning.folded),
    Facet("join index", "primary_index", meaning.join_index_distribution, same=meaning.folded),
    Facet("join index", "primary_index_name", meaning.index_name, same=meaning.folded),
    Facet("join index", "partitioning", meaning.stated("partitioning"), same=meaning.level_kinds),
    Facet("join index", "clauses", meaning.part("clauses"), DDL, meaning.code),
    Facet("join index", "comment", meaning.part("comment")),
    Facet("hash index", "table", meaning.stated("table"), same=meaning.folded),
    Facet("hash index", "columns", meaning.stated("columns"), same=meaning.folded),
    Facet("hash index", "by", meaning.stated("by"), same=meaning.folded),
    Facet("hash index", "order_by", meaning.ordering, same=meaning.folded),
    Facet("hash index", "clauses", meaning.part("clauses"), DDL, meaning.code),
    Facet("hash index", "comment", meaning.part("comment")),
    Facet("code", "text", meaning.text_of),
    Facet("code", "parameter_order", meaning.parameter_names, same=meaning.folded),
    Facet("code", "comment", meaning.part("comment")),
    Facet("definition", "comment", meaning.part("comment")),
    Facet("parameter", "type", meaning.type_of, same=meaning.code),
    Facet("parameter", "charset", meaning.charset_of),
    Facet("parameter", "mode", meaning.mode_of),
    Facet("parameter", "default", meaning.part("default"), same=meaning.default_meaning),
    Facet("parameter", "attributes", meaning.part("attributes"), same=meaning.code_in_any_order),
    Facet("clause", "value", meaning.part("value"), same=meaning.code),
    Facet("database", "owner", meaning.option("owner", UNKNOWN), same=meaning.folded),
    Facet("database", "perm", meaning.option("perm", UNKNOWN)),
    Facet("database", "spool", meaning.option("spool", UNKNOWN)),
    Facet("database", "temporary", meaning.option("temporary", UNKNOWN)),
    Facet("database", "account", meaning.option("account", UNKNOWN), same=meaning.folded),
    Facet("database", "fallback", meaning.option("fallback", UNKNOWN)),
    Facet("database", "before_journal", meaning.option("before_journal", UNKNOWN)),
    Facet("database", "after_journal", meaning.option("after_journal", UNKNOWN)),
    Facet("database", "journal_table", meaning.option("journal_table", UNKNOWN), DDL, meaning.folded),
    Facet("database", "map", meaning.option("map", UNKNOWN), same=meaning.folded),
    *(
        Facet("database", name.lower().replace(" ", "_"), meaning.user_option(name), DDL, meaning.code)
        for name in USER_OPTIONS
    ),
    Facet("database", "clauses", meaning.part("clauses"), DDL, meaning.code),
    Facet("database", "comment", meaning.part("comment")),
)

MEETINGS: dict[str, str] = {
    "object.exists": "the object that a node of a dbt project stands for is there",
    "object.kind": "it is of the kind that the node makes",
    "object.owned": "a node stands for the object",
    "column.exists": "a column that the node declares is there",
    "column.declared": "the node declares a column that is there",
    "object.grants": "whom the node names may use the object, and nobody else",
    "view.rights": "the database of a view may pass on what the view reads",
    "table.statistics": "statistics that the node declares were collected",
    "table.temporal": "the table keeps time as the node declares",
    "object.shared": "no other node makes the object",
    "object.shadows": "dbt made the object",
    "object.left": "an object that no node stands for was made by dbt",
    "name.length": "names are as long as Teradata takes",
    "name.reserved": "names are no reserved words, or quoted",
    "source.loaded_at": "the column in loaded_at_field is a TIMESTAMP",
    "seed.column_types": "the table of a seed follows column_types",
    "snapshot.columns": "a snapshot has the columns that dbt keeps in it",
    "constraint.exists": "a constraint that the node declares is there",
    "table.indexes": "the secondary indexes that the node declares are there",
    "facet.unknown": "what the node declares under meta: dbee: facets: is a facet",
}
"""What validation rules name beside the facets: how a node and its object meet; a property of neither alone."""

_BY_GROUP: dict[str, tuple[Facet, ...]] = {
    group: tuple(facet for facet in FACETS if facet.group == group) for group in dict.fromkeys(f.group for f in FACETS)
}


def facets_of(group: str) -> tuple[Facet, ...]:
    """The facets of one group, in table order."""
    return _BY_GROUP[group]


def index_label(index: SecondaryIndex) -> str:
    """How an index is told from the others of its table: by its columns and its ordering (names may be absent)."""
    label = _listed(index.columns)
    return f"{label} ORDER BY {index.order_by[0]} {_listed(index.order_by[1:])}" if index.order_by else label


def constraint_label(constraint: Constraint) -> str:
    """How a constraint is told from the others of its table: by its name, else by its kind and what it constrains."""
    if constraint.kind == "primary key":
        return "primary key"
    if constraint.name:
        return f"{constraint.kind} {identifier(constraint.name)}"
    if constraint.kind == "check":
        return f"check ({constraint.expression})"
    columns = sorted(constraint.columns, key=fold) if constraint.kind == "foreign key" else constraint.columns
    return f"{constraint.kind} {_listed(columns)}"


def _listed(columns: Iterable[str]) -> str:
    return "(" + ", ".join(map(identifier, columns)) + ")"


def _groups(found: CatalogObject) -> Iterator[tuple[str, str, Any]]:
    match found:
        case Table():
            yield "table", "", found
            yield "option", "", found.options
            yield from _named("column", ((column.name, column) for column in found.columns))
            yield from _named("level", ((str(level.number), level) for level in levels(found.partitioning)))
            yield from _named("index", ((index_label(index), index) for index in found.indexes))
            yield from _named("constraint", ((constraint_label(c), c) for c in found.constraints))
        case View():
            yield "view", "", found
            yield from _named("column", ((column.name, column) for column in found.columns))
        case JoinIndex():
            yield "join index", "", found
            yield "option", "", found.options
            yield from _named("level", ((str(level.number), level) for level in levels(found.partitioning)))
            yield from _named("index", ((index_label(index), index) for index in found.indexes))
        case HashIndex():
            yield "hash index", "", found
            yield "option", "", found.options
        case CodeObject():
            yield "code", "", found
            yield from _named("parameter", labelled(found.parameters or ()))
            yield from _named("clause", ((clause.name, clause) for clause in found.meant_clauses))
        case Definition():
            yield "definition", "", found
            yield from _named("clause", ((clause.name, clause) for clause in found.meant_clauses))
        case Database():
            yield "database", "", found


def _named(group: str, parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    for label, part in parts:
        yield group, label, part


def facet_values(found: CatalogObject, defaults: Defaults) -> Iterator[FacetValue]:
    """Every facet of an object that its origin knows, with the catalog's defaults applied.

    Args:
        found: the object.
        defaults: of the catalog it stands in.

    Yields:
        one value a facet and part, in table order; UNKNOWN where it rests on an unknown default.
    """
    source = found.origin.source
    for group, label, part in _groups(found):
        context = Context(found, part, defaults)
        for facet in _BY_GROUP[group]:
            if source in facet.sources:
                yield FacetValue(facet, label, facet.read(context))
