"""The one facet table: every comparable property of an object, who knows it, and what its absence means.

Compare, reports, docs, mutation tests and filters all read this table. A facet's value is what the object says;
where it says nothing, the facet's default rule turns the catalog's defaults into a value, or into UNKNOWN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.model.catalog import UNKNOWN, Defaults, Unknown
from dbee_dbt.model.clauses import USER_OPTIONS, Parameter, labelled
from dbee_dbt.model.names import fold, fold_code, identifier
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
    Ordering,
    PrimaryIndex,
    SecondaryIndex,
    Source,
    Table,
    View,
)
from dbee_dbt.model.types import default_format

Value = Any
"""A facet's value: text, number, bool, tuple or None. UNKNOWN where it rests on an unknown default."""

_NUMBER = re.compile(r"([-+]?)([0-9]+)(?:\.([0-9]*))?\Z")

BOTH: frozenset[Source] = frozenset({"ddl", "dictionary"})
DDL: frozenset[Source] = frozenset({"ddl"})
DICTIONARY: frozenset[Source] = frozenset({"dictionary"})


class Context(NamedTuple):
    """What a facet is read from: the object, the part of it (a column, an index …) and the catalog's defaults."""

    owner: CatalogObject
    part: Any
    defaults: Defaults


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


def _folded(value: Value) -> Value:
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, tuple):
        return tuple(_folded(item) for item in value)
    return value


def _code(value: Value) -> Value:
    """Canonical SQL as it compares: the case of its literals alone counts."""
    if isinstance(value, tuple):
        return tuple(_code(item) for item in value)
    return fold_code(value) if isinstance(value, str) else value


def _code_in_any_order(value: Value) -> Value:
    return tuple(sorted(_code(value))) if isinstance(value, tuple) else value


def _option(name: str, absent: Value | Callable[[Context], Value | Unknown]) -> Callable[[Context], Value | Unknown]:
    def read(at: Context) -> Value | Unknown:
        value = getattr(at.part, name)
        if value is None:
            return absent(at) if callable(absent) else absent
        return value

    return read


def _part(name: str) -> Callable[[Context], Value]:
    return attrgetter(f"part.{name}")


def _set_kind(at: Context) -> Value | Unknown:
    table: Table = at.part
    if table.set_kind:
        return table.set_kind
    if table.primary_index and table.primary_index.form != "primary index":
        return "MULTISET"  # a table without a primary index cannot be SET (docs/teradata/ddl.md §2.4)
    return {"TERA": "SET", "ANSI": "MULTISET"}.get(at.defaults.session_mode or "", UNKNOWN)


def _fallback(at: Context) -> Value | Unknown:
    value = at.part.fallback
    return at.defaults.fallback.get(fold(at.owner.database), UNKNOWN) if value is None else value


def _journal(side: int) -> Callable[[Context], Value | Unknown]:
    name = ("before_journal", "after_journal")[side]

    def read(at: Context) -> Value | Unknown:
        value = getattr(at.part, name)
        if value is not None:
            return value
        if getattr(at.owner, "temporary", None) or isinstance(at.owner, JoinIndex | HashIndex):
            return "NO"
        known = at.defaults.journal.get(fold(at.owner.database))
        return known[side] if known else UNKNOWN

    return read


def _map(at: Context) -> Value | Unknown:
    value = at.part.map
    return (at.defaults.map or UNKNOWN) if value is None else value


def _distribution(at: Context) -> Value | Unknown:
    """The primary index as (form, unique, columns); absent, it follows from the keys (docs/teradata/ddl.md §2.4)."""
    table: Table = at.part
    index = table.primary_index
    if index is not None:
        return (index.form, index.unique, index.columns)
    keys = [c for c in table.constraints if c.kind in ("primary key", "unique")]
    for kind in ("primary key", "unique"):
        for key in keys:
            if key.kind == kind:
                return ("primary index", True, key.columns)
    if not table.columns:
        return UNKNOWN
    return UNKNOWN if table.partitioning else ("primary index", False, (table.columns[0].name,))


def _index_name(at: Context) -> Value:
    index: PrimaryIndex | None = at.part.primary_index
    return index.name if index else None


def _type(at: Context) -> Value | Unknown:
    column: Column | Parameter = at.part
    return UNKNOWN if column.type is None else column.type.base


def _charset(at: Context) -> Value | Unknown:
    column: Column | Parameter = at.part
    if column.type is None:
        return UNKNOWN
    if not column.type.is_character:
        return column.type.charset
    return column.type.charset or at.defaults.charset or UNKNOWN


def _nullable(at: Context) -> Value | Unknown:
    column: Column = at.part
    if column.nullable is None:
        return UNKNOWN
    return column.nullable


def _case(at: Context) -> Value | Unknown:
    column: Column = at.part
    if column.type is None:
        return UNKNOWN
    if column.type.name not in ("CHAR", "VARCHAR") or column.type.charset == "GRAPHIC":
        return None
    if column.case_specific is not None:
        return column.case_specific
    return {"TERA": False, "ANSI": True}.get(at.defaults.session_mode or "", UNKNOWN)


def _format(at: Context) -> Value | Unknown:
    column: Column = at.part
    if column.type is None:
        return UNKNOWN
    usual = default_format(column.type, at.defaults.dateform)
    if column.format is None:
        return UNKNOWN if column.type.name == "DATE" and usual is None else None
    if usual is not None and column.format.upper() == usual.upper():
        return None
    return column.format


def _default_meaning(value: Value) -> Value:
    """DEFAULT NULL is no default, a number is its value, and CURRENT_TIMESTAMP has six digits of seconds."""
    code = _code(value)
    if code is None or code == "NULL":
        return None
    if code == "CURRENT_TIMESTAMP":
        return "CURRENT_TIMESTAMP(6)"
    return _number(code) or code


def _number(text: str) -> str | None:
    """A decimal number without zeros and signs that add nothing; None for any other text."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    digits = f"{whole.lstrip('0') or '0'}.{(fraction or '').rstrip('0')}"
    return digits if sign != "-" or digits == "0." else f"-{digits}"


def _title(at: Context) -> Value:
    column: Column = at.part
    return None if column.title is not None and column.title == column.name else column.title


def _compress(at: Context) -> Value:
    compress: Compression | None = at.part.compress
    if compress is None or compress.none:
        return None
    if compress.auto:
        return ("AUTO",)
    if compress.algorithm:
        reverse = f" DECOMPRESS USING {compress.reverse}" if compress.reverse else ""
        return (f"USING {compress.algorithm}{reverse}",)
    return compress.values


def _identity(at: Context) -> Value:
    identity = at.part.identity
    return None if identity is None else ("ALWAYS" if identity.always else "BY DEFAULT")


def _identity_numbers(at: Context) -> Value:
    identity = at.part.identity
    if identity is None:
        return None
    start = 1 if identity.start is None else identity.start
    step = 1 if identity.increment is None else identity.increment
    return (start, step, identity.minimum, identity.maximum, bool(identity.cycle))


def _pairs(columns: tuple[str, ...], parents: tuple[str, ...]) -> tuple[Value, Value]:
    """Columns of a key and those they refer to, by name: the dictionary does not tell how they were ordered."""
    if len(columns) != len(parents):
        return columns, parents
    pairs = sorted(zip(columns, parents, strict=True), key=_folded)
    return tuple(column for column, _ in pairs), tuple(parent for _, parent in pairs)


def _constraint(at: Context) -> Value:
    constraint: Constraint = at.part
    if constraint.kind == "check":
        return constraint.expression
    if constraint.kind == "foreign key":
        columns, parents = _pairs(constraint.columns, constraint.parent_columns)
        return (columns, constraint.parent, parents)
    return constraint.columns


def _constraint_meaning(value: Value) -> Value:
    """Names and words without case; the literals in a check have one."""
    return _code(value) if isinstance(value, str) else _folded(value)


def _query_of(at: Context) -> Value | Unknown:
    return UNKNOWN if at.part.query is None else at.part.query


def _stated(name: str) -> Callable[[Context], Value | Unknown]:
    """A property of an index; UNKNOWN where nobody could read its definition."""

    def read(at: Context) -> Value | Unknown:
        index: JoinIndex | HashIndex = at.part
        unread = index.query is None if isinstance(index, JoinIndex) else index.table is None
        return UNKNOWN if unread else getattr(index, name)

    return read


def _ordering(at: Context) -> Value | Unknown:
    order = _stated("order_by")(at)
    return (order.kind, order.columns) if isinstance(order, Ordering) else order


def _join_index_distribution(at: Context) -> Value | Unknown:
    """The primary index; absent, the first column of the query is one, and only the system tells its name."""
    index: PrimaryIndex | None = at.part.primary_index
    return UNKNOWN if index is None else (index.form, index.unique, index.columns)


def _text_of(at: Context) -> Value | Unknown:
    return UNKNOWN if at.part.text is None else at.part.text


def _view_names(at: Context) -> Value | Unknown:
    view: View = at.part
    return tuple(column.name for column in view.columns) if view.columns else UNKNOWN


def _parameter_names(at: Context) -> Value | Unknown:
    parameters: tuple[Parameter, ...] | None = at.part.parameters
    return UNKNOWN if parameters is None else tuple(parameter.name for parameter in parameters)


def _user_option(name: str) -> Callable[[Context], Value | Unknown]:
    """What a user's option says; of one that is not written, nobody knows."""
    return lambda at: next((option.value for option in at.part.options if option.name == name), UNKNOWN)


def _mode(at: Context) -> Value:
    return at.part.mode or "IN"


def _columns(at: Context) -> Value:
    return tuple(column.name for column in at.part.columns)


FACETS: tuple[Facet, ...] = (
    Facet("table", "set_kind", _set_kind),
    Facet("table", "temporary", _part("temporary"), DDL),
    Facet("table", "queue", _part("queue")),
    Facet("table", "column_order", _columns, same=_folded),
    Facet("table", "primary_index", _distribution, same=_folded),
    Facet("table", "primary_index_name", _index_name, same=_folded),
    Facet("table", "partitioning", _part("partitioning"), same=_code),
    Facet("table", "on_commit", _part("on_commit")),
    Facet("table", "elements", _part("elements"), DDL, _code),
    Facet("table", "clauses", _part("clauses"), DDL, _code),
    Facet("table", "comment", _part("comment")),
    Facet("option", "fallback", _fallback),
    Facet("option", "before_journal", _journal(0)),
    Facet("option", "after_journal", _journal(1)),
    Facet("option", "journal_table", _part("journal_table"), DDL, _folded),
    Facet("option", "checksum", _option("checksum", "DEFAULT"), DDL),
    Facet("option", "data_block_size", _part("data_block_size"), DDL),
    Facet("option", "merge_block_ratio", _option("merge_block_ratio", "DEFAULT"), DDL),
    Facet("option", "free_space", _part("free_space"), DDL),
    Facet("option", "block_compression", _option("block_compression", "DEFAULT"), DDL),
    Facet("option", "block_compression_algorithm", _option("block_compression_algorithm", "DEFAULT"), DDL),
    Facet("option", "block_compression_level", _option("block_compression_level", "DEFAULT"), DDL),
    Facet("option", "map", _map, same=_folded),
    Facet("option", "colocate", _part("colocate"), DDL, _folded),
    Facet("option", "isolated_loading", _part("isolated_loading"), DDL),
    Facet("option", "log", _part("log"), DDL),
    Facet("option", "other", _part("other"), DDL, _code),
    Facet("column", "type", _type),
    Facet("column", "charset", _charset),
    Facet("column", "nullable", _nullable),
    Facet("column", "default", _part("default"), same=_default_meaning),
    Facet("column", "with_default", _part("with_default"), DDL),
    Facet("column", "format", _format, same=_folded),
    Facet("column", "title", _title),
    Facet("column", "uppercase", _part("uppercase")),
    Facet("column", "case_specific", _case),
    Facet("column", "compress", _compress, same=_code_in_any_order),
    Facet("column", "identity", _identity),
    Facet("column", "identity_numbers", _identity_numbers, DDL),
    Facet("column", "checks", _part("checks"), same=_code_in_any_order),
    Facet("column", "comment", _part("comment")),
    Facet("column", "attributes", _part("attributes"), DDL, _code),
    Facet("index", "unique", _part("unique")),
    Facet("index", "name", _part("name"), same=_folded),
    Facet("index", "all_rows", _part("all_rows"), DDL),
    Facet("index", "order_by", _part("order_by"), same=_folded),
    Facet("index", "load_identity", _part("load_identity"), DDL),
    Facet("constraint", "definition", _constraint, same=_constraint_meaning),
    Facet("constraint", "name", _part("name"), same=_folded),
    Facet("constraint", "check_option", _part("check_option"), DDL),
    Facet("view", "text", _text_of),
    Facet("view", "column_order", _view_names, same=_folded),
    Facet("view", "comment", _part("comment")),
    Facet("join index", "query", _query_of),
    Facet("join index", "order_by", _ordering, same=_folded),
    Facet("join index", "primary_index", _join_index_distribution, same=_folded),
    Facet("join index", "primary_index_name", _index_name, same=_folded),
    Facet("join index", "partitioning", _stated("partitioning"), same=_code),
    Facet("join index", "clauses", _part("clauses"), DDL, _code),
    Facet("join index", "comment", _part("comment")),
    Facet("hash index", "table", _stated("table"), same=_folded),
    Facet("hash index", "columns", _stated("columns"), same=_folded),
    Facet("hash index", "by", _stated("by"), same=_folded),
    Facet("hash index", "order_by", _ordering, same=_folded),
    Facet("hash index", "clauses", _part("clauses"), DDL, _code),
    Facet("hash index", "comment", _part("comment")),
    Facet("code", "text", _text_of),
    Facet("code", "parameter_order", _parameter_names, same=_folded),
    Facet("code", "comment", _part("comment")),
    Facet("definition", "comment", _part("comment")),
    Facet("parameter", "type", _type),
    Facet("parameter", "charset", _charset),
    Facet("parameter", "mode", _mode),
    Facet("parameter", "default", _part("default"), same=_default_meaning),
    Facet("parameter", "attributes", _part("attributes"), same=_code_in_any_order),
    Facet("clause", "value", _part("value"), same=_code),
    Facet("database", "owner", _option("owner", UNKNOWN), same=_folded),
    Facet("database", "perm", _option("perm", UNKNOWN)),
    Facet("database", "spool", _option("spool", UNKNOWN)),
    Facet("database", "temporary", _option("temporary", UNKNOWN)),
    Facet("database", "account", _option("account", UNKNOWN), same=_folded),
    Facet("database", "fallback", _option("fallback", UNKNOWN)),
    Facet("database", "before_journal", _option("before_journal", UNKNOWN)),
    Facet("database", "after_journal", _option("after_journal", UNKNOWN)),
    Facet("database", "journal_table", _option("journal_table", UNKNOWN), DDL, _folded),
    Facet("database", "map", _option("map", UNKNOWN), same=_folded),
    *(Facet("database", name.lower().replace(" ", "_"), _user_option(name), DDL, _code) for name in USER_OPTIONS),
    Facet("database", "clauses", _part("clauses"), DDL, _code),
    Facet("database", "comment", _part("comment")),
)

MEETINGS: dict[str, str] = {
    "object.exists": "the object that a node of a dbt project stands for is there",
    "object.kind": "it is of the kind that the node makes",
    "object.owned": "a node stands for the object",
    "column.exists": "a column that the node declares is there",
    "column.declared": "the node declares a column that is there",
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
            yield from _named("index", ((index_label(index), index) for index in found.indexes))
            yield from _named("constraint", ((constraint_label(c), c) for c in found.constraints))
        case View():
            yield "view", "", found
            yield from _named("column", ((column.name, column) for column in found.columns))
        case JoinIndex():
            yield "join index", "", found
            yield "option", "", found.options
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
