"""What facets are read as: what an absent clause means under a catalog's defaults, and when two values are equal."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from dbee_dbt.model.catalog import UNKNOWN, Defaults, Unknown
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.names import fold, fold_code
from dbee_dbt.model.objects import (
    CatalogObject,
    Column,
    Compression,
    Constraint,
    HashIndex,
    JoinIndex,
    Ordering,
    PrimaryIndex,
    Table,
    View,
)
from dbee_dbt.model.table_parts import TimeIndex, levels
from dbee_dbt.model.types import default_format

Value = Any
"""A facet's value: text, number, bool, tuple or None. UNKNOWN where it rests on an unknown default."""

_NUMBER = re.compile(r"([-+]?)([0-9]+)(?:\.([0-9]*))?\Z")


class Context(NamedTuple):
    """What a facet is read from: the object, the part of it (a column, an index …) and the catalog's defaults."""

    owner: CatalogObject
    part: Any
    defaults: Defaults


def folded(value: Value) -> Value:
    """Names as they compare: without case, also those in a tuple."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, tuple):
        return tuple(folded(item) for item in value)
    return value


def code(value: Value) -> Value:
    """Canonical SQL as it compares: the case of its literals alone counts."""
    if isinstance(value, tuple):
        return tuple(code(item) for item in value)
    return fold_code(value) if isinstance(value, str) else value


def code_in_any_order(value: Value) -> Value:
    """Canonical SQL texts whose order says nothing."""
    return tuple(sorted(code(value))) if isinstance(value, tuple) else value


def option(name: str, absent: Value | Callable[[Context], Value | Unknown]) -> Callable[[Context], Value | Unknown]:
    """A property of the part; where it is not written, ``absent``, or what that makes of the context."""

    def read(at: Context) -> Value | Unknown:
        value = getattr(at.part, name)
        if value is None:
            return absent(at) if callable(absent) else absent
        return value

    return read


def part(name: str) -> Callable[[Context], Value]:
    """A property of the part as it is; it rests on no default."""
    return attrgetter(f"part.{name}")


def set_kind(at: Context) -> Value | Unknown:
    """SET or MULTISET; absent, the session mode decides (docs/teradata/ddl.md §2.4)."""
    table: Table = at.part
    if table.set_kind:
        return table.set_kind
    if table.primary_index and table.primary_index.form != "primary index":
        return "MULTISET"  # a table without a primary index cannot be SET (docs/teradata/ddl.md §2.4)
    return {"TERA": "SET", "ANSI": "MULTISET"}.get(at.defaults.session_mode or "", UNKNOWN)


def fallback_of(at: Context) -> Value | Unknown:
    """FALLBACK; absent, the protection of the database decides."""
    value = at.part.fallback
    return at.defaults.fallback.get(fold(at.owner.database), UNKNOWN) if value is None else value


def journal_of(side: int) -> Callable[[Context], Value | Unknown]:
    """The before journal (0) or the after journal (1); absent, that of the database. What keeps none says NO."""
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


def map_of(at: Context) -> Value | Unknown:
    """The map; absent, the system's default map."""
    value = at.part.map
    return (at.defaults.map or UNKNOWN) if value is None else value


def distribution(at: Context) -> Value | Unknown:
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


def index_name(at: Context) -> Value:
    """The name of the primary index; None where it has none, or no index is written."""
    index: PrimaryIndex | None = at.part.primary_index
    return index.name if index else None


def type_of(at: Context) -> Value | Unknown:
    """The type without its character set."""
    column: Column | Parameter = at.part
    return UNKNOWN if column.type is None else column.type.base


def charset_of(at: Context) -> Value | Unknown:
    """The character set; of a character type without one, the user's default."""
    column: Column | Parameter = at.part
    if column.type is None:
        return UNKNOWN
    if not column.type.is_character:
        return column.type.charset
    return column.type.charset or at.defaults.charset or UNKNOWN


def nullable_of(at: Context) -> Value | Unknown:
    """Whether the column may be NULL."""
    column: Column = at.part
    if column.nullable is None:
        return UNKNOWN
    return column.nullable


def case_of(at: Context) -> Value | Unknown:
    """CASESPECIFIC of a character type; absent, the session mode decides (docs/teradata/ddl.md §2.4)."""
    column: Column = at.part
    if column.type is None:
        return UNKNOWN
    if column.type.name not in ("CHAR", "VARCHAR") or column.type.charset == "GRAPHIC":
        return None
    if column.case_specific is not None:
        return column.case_specific
    return {"TERA": False, "ANSI": True}.get(at.defaults.session_mode or "", UNKNOWN)


def format_of(at: Context) -> Value | Unknown:
    """The FORMAT; None where it is that of the type (docs/teradata/ddl.md §2.4)."""
    column: Column = at.part
    if column.type is None:
        return UNKNOWN
    usual = default_format(column.type, at.defaults.dateform)
    if column.format is None:
        return UNKNOWN if column.type.name == "DATE" and usual is None else None
    if usual is not None and column.format.upper() == usual.upper():
        return None
    return column.format


def type_part(name: str) -> Callable[[Context], Value | Unknown]:
    """A property of a column's type; None where the type is not known, which is a matter of column.type."""
    return lambda at: getattr(at.part.type, name, None)


def level_kinds(value: Value) -> Value:
    """How a table is partitioned on the whole: the kind of each level. What it says is a facet of the level."""
    return tuple(level.kind for level in levels(value)) if isinstance(value, tuple) else value


def using(at: Context) -> Value:
    """The clauses of USING of a foreign table, in order."""
    return tuple((clause.name, clause.value) for clause in at.part.using)


def periods(at: Context) -> Value:
    """The derived periods of a table."""
    return tuple((period.name, period.start, period.end, period.time) for period in at.part.periods)


def column_groups(at: Context) -> Value:
    """Groups of columns; compressed automatically unless they say otherwise."""
    return tuple((group.form, group.columns, group.auto_compress is not False) for group in at.part.column_groups)


def time_index(at: Context) -> Value:
    """What PRIMARY TIME INDEX says; NONSEQUENCED where it says nothing of sequence."""
    index: TimeIndex | None = at.part.time_index
    if index is None:
        return None
    sequence = index.sequence or "NONSEQUENCED"
    return (index.name, index.time_code, index.time_zero, index.bucket, index.columns, sequence, *index.other)


def without_overlaps(at: Context) -> Value:
    """Whether the primary index is WITHOUT OVERLAPS."""
    index: PrimaryIndex | None = at.part.primary_index
    return index is not None and index.without_overlaps


def default_meaning(value: Value) -> Value:
    """DEFAULT NULL is no default, a number is its value, and CURRENT_TIMESTAMP has six digits of seconds."""
    text = code(value)
    if text is None or text == "NULL":
        return None
    if text == "CURRENT_TIMESTAMP":
        return "CURRENT_TIMESTAMP(6)"
    return _number(text) or text


def _number(text: str) -> str | None:
    """A decimal number without zeros and signs that add nothing; None for any other text."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    digits = f"{whole.lstrip('0') or '0'}.{(fraction or '').rstrip('0')}"
    return digits if sign != "-" or digits == "0." else f"-{digits}"


def title_of(at: Context) -> Value:
    """The TITLE; one that is the column's name is none (docs/teradata/ddl.md §2.4)."""
    column: Column = at.part
    return None if column.title is not None and column.title == column.name else column.title


def compress_of(at: Context) -> Value:
    """The compressed values, the algorithm, or AUTO; NO COMPRESS is none."""
    compress: Compression | None = at.part.compress
    if compress is None or compress.none:
        return None
    if compress.auto:
        return ("AUTO",)
    if compress.algorithm:
        reverse = f" DECOMPRESS USING {compress.reverse}" if compress.reverse else ""
        return (f"USING {compress.algorithm}{reverse}",)
    return compress.values


def identity_of(at: Context) -> Value:
    """ALWAYS or BY DEFAULT; None without an identity."""
    identity = at.part.identity
    return None if identity is None else ("ALWAYS" if identity.always else "BY DEFAULT")


def identity_numbers(at: Context) -> Value:
    """Start and increment, 1 where not written, bounds and CYCLE of an identity."""
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
    pairs = sorted(zip(columns, parents, strict=True), key=folded)
    return tuple(column for column, _ in pairs), tuple(parent for _, parent in pairs)


def constraint_of(at: Context) -> Value:
    """What a constraint says: the condition of a check, columns and parent of a reference, columns of a key."""
    constraint: Constraint = at.part
    if constraint.kind == "check":
        return constraint.expression
    if constraint.kind == "foreign key":
        columns, parents = _pairs(constraint.columns, constraint.parent_columns)
        return (columns, constraint.parent, parents)
    return constraint.columns


def constraint_meaning(value: Value) -> Value:
    """Names and words without case; the literals in a check have one."""
    return code(value) if isinstance(value, str) else folded(value)


def query_of(at: Context) -> Value | Unknown:
    """The query of a join index; UNKNOWN where it could not be read."""
    return UNKNOWN if at.part.query is None else at.part.query


def stated(name: str) -> Callable[[Context], Value | Unknown]:
    """A property of an index; UNKNOWN where nobody could read its definition."""

    def read(at: Context) -> Value | Unknown:
        index: JoinIndex | HashIndex = at.part
        unread = index.query is None if isinstance(index, JoinIndex) else index.table is None
        return UNKNOWN if unread else getattr(index, name)

    return read


def ordering(at: Context) -> Value | Unknown:
    """ORDER BY of a join or hash index: its kind and its columns."""
    order = stated("order_by")(at)
    return (order.kind, order.columns) if isinstance(order, Ordering) else order


def join_index_distribution(at: Context) -> Value | Unknown:
    """The primary index; absent, the first column of the query is one, and only the system tells its name."""
    index: PrimaryIndex | None = at.part.primary_index
    return UNKNOWN if index is None else (index.form, index.unique, index.columns)


def text_of(at: Context) -> Value | Unknown:
    """The source text; UNKNOWN where it could not be read."""
    return UNKNOWN if at.part.text is None else at.part.text


def view_names(at: Context) -> Value | Unknown:
    """The names of a view's columns in order; UNKNOWN where nobody has resolved them."""
    view: View = at.part
    return tuple(column.name for column in view.columns) if view.columns else UNKNOWN


def parameter_names(at: Context) -> Value | Unknown:
    """The names of the parameters in order; a kind that has none, as a trigger, has a header without them."""
    parameters: tuple[Parameter, ...] | None = at.part.parameters
    if parameters is None:
        return () if at.part.has_header else UNKNOWN
    return tuple(parameter.name for parameter in parameters)


def user_option(name: str) -> Callable[[Context], Value | Unknown]:
    """What a user's option says; of one that is not written, nobody knows."""
    return lambda at: next((option.value for option in at.part.options if option.name == name), UNKNOWN)


def mode_of(at: Context) -> Value:
    """The mode of a parameter; IN where none is written."""
    return at.part.mode or "IN"


def columns_of(at: Context) -> Value:
    """The names of a table's columns in order."""
    return tuple(column.name for column in at.part.columns)
