"""What a query means: names resolved, every value with its type. Titles and formats stand beside it, in ``Typed``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.objects import Column
from dbee_dbt.model.types import DataType

CONDITION = DataType("CONDITION")
"""The type of a condition. Teradata has no such type: a condition is no value."""

UNTYPED = DataType("NULL")
"""The type of a NULL that takes its type from where it stands."""


class SessionFacts(Protocol):
    """What typing must know of the session (docs/teradata/typing.md §1-§4)."""

    @property
    def mode(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def database(self) -> str: ...
    @property
    def charset(self) -> str: ...
    @property
    def dateform(self) -> str: ...
    @property
    def max_decimal(self) -> int: ...


class Known(Protocol):
    """A table, or a view, as the catalog knows it."""

    @property
    def database(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def query(self) -> str | None: ...
    @property
    def query_database(self) -> str: ...
    @property
    def unfilled(self) -> frozenset[str]: ...
    @property
    def lookup(self) -> Lookup | None: ...


class SqlDefined(Protocol):
    """A function in SQL: parameters, and the texts of its result type and its expression."""

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...
    @property
    def returns(self) -> str: ...
    @property
    def expression(self) -> str: ...


class Lookup(Protocol):
    """The catalog behind a query."""

    def function(self, database: str | None, name: str) -> Any:
        """The function in SQL of this name (``SqlDefined``), or None."""

    def relation(self, database: str | None, name: str) -> Known:
        """The table or view of this name; raises what the caller raises for one that does not exist."""


# --- values ----------------------------------------------------------------------------------------------------------


class Value(Struct, frozen=True):
    """A typed value.

    Args:
        type: its type; CONDITION for a condition, UNTYPED for a bare NULL.
    """

    type: DataType

    def parts(self) -> Iterator[Value]:
        """The values that this one is made of, those of its own subqueries left out."""
        return iter(())


class Constant(Value, frozen=True):
    """A literal, as a Python value; intervals as a count of months or of microseconds."""

    value: Any


class Bound(Value, frozen=True):
    """The value bound to the parameter marker of this number."""

    number: int


class Field(Value, frozen=True):
    """A column of a source.

    Args:
        source: number of the source, unique in the whole statement.
        name: the column's name in that source.
    """

    source: int
    name: str


class Operation(Value, frozen=True):
    """An operator, function, conversion or predicate.

    Args:
        name: which; the keys of the table of functions, or an operator.
        args: operands.
        options: constants that are no operands: a field of EXTRACT, a FORMAT …
    """

    name: str
    args: tuple[Value, ...] = ()
    options: tuple[Any, ...] = ()

    def parts(self) -> Iterator[Value]:
        return iter(self.args)


class Choice(Value, frozen=True):
    """CASE, searched: conditions with their values."""

    branches: tuple[tuple[Value, Value], ...]
    otherwise: Value | None

    def parts(self) -> Iterator[Value]:
        for condition, value in self.branches:
            yield condition
            yield value
        if self.otherwise is not None:
            yield self.otherwise


class SortKey(Struct, frozen=True):
    """A value to order by. ``nulls_first`` is decided already (NULL is the lowest value)."""

    value: Value
    descending: bool
    nulls_first: bool


class Aggregate(Value, frozen=True):
    """An aggregate over the rows of a group."""

    name: str
    args: tuple[Value, ...]
    distinct: bool = False

    def parts(self) -> Iterator[Value]:
        return iter(self.args)


class Window(Value, frozen=True):
    """An aggregate or ranking function over a window; ``frame`` as (start, end), None where it takes none."""

    name: str
    args: tuple[Value, ...]
    partition: tuple[Value, ...]
    order: tuple[SortKey, ...]
    frame: tuple[str, str] | None = None
    ignore_nulls: bool = False
    distinct: bool = False

    def parts(self) -> Iterator[Value]:
        yield from self.args
        yield from self.partition
        for key in self.order:
            yield key.value


class QueryValue(Value, frozen=True):
    """A subquery as a value (``scalar``) or in a condition (``exists``, ``in``, ``any``, ``all``).

    Args:
        form: which.
        query: the subquery.
        operands: what is compared with its columns, already converted.
        operator: of ``any`` and ``all``.
    """

    form: str
    query: BoundQuery
    operands: tuple[Value, ...] = ()
    operator: str = "="

    def parts(self) -> Iterator[Value]:
        return iter(self.operands)


class Typed(Struct, frozen=True):
    """A value with what is known of it besides its type.

    Args:
        value: the value.
        nullable: whether it can be NULL.
        case_specific: of a character value: whether it compares case-sensitively.
        title: default title, or what TITLE says (docs/teradata/typing.md §6).
        format: FORMAT where one was written or comes from the column; None for the type's own.
        name: name that the value has by itself: of a column, or by NAMED; None for an unnamed expression.
        literal: whether it is a literal, whose character set follows its neighbours.
        column: the column it is, unmodified.
    """

    value: Value
    nullable: bool = True
    case_specific: bool = False
    title: str = ""
    format: str | None = None
    name: str | None = None
    literal: bool = False
    column: Column | None = None

    @property
    def type(self) -> DataType:
        """The value's type."""
        return self.value.type

    def derived(self, value: Value, title: str, *, nullable: bool | None = None, case: bool | None = None) -> Typed:
        """A new unnamed value made of this one, with its nullability and case attribute unless given."""
        return Typed(
            value,
            nullable=self.nullable if nullable is None else nullable,
            case_specific=self.case_specific if case is None else case,
            title=title,
        )

    def with_value(self, value: Value) -> Typed:
        """The same, with another value in place."""
        return replace(self, value=value)


# --- queries ---------------------------------------------------------------------------------------------------------


class Output(Struct, frozen=True, kw_only=True):
    """One column of a query's result.

    Args:
        name: its name, or None for an unnamed expression.
        title: what a client shows.
        type: its type.
        nullable: whether it can be NULL.
        case_specific: of a character column.
        format: FORMAT other than the type's own, or None.
        column: the table column that it is, unmodified, or None.
    """

    name: str | None
    title: str
    type: DataType
    nullable: bool = True
    case_specific: bool = False
    format: str | None = None
    column: Column | None = None


class FromTable(Struct, frozen=True):
    """A table as a source."""

    number: int
    relation: Known


class FromQuery(Struct, frozen=True):
    """A derived table, or a view, as a source; its columns are called ``c1`` … ``cn``."""

    number: int
    query: BoundQuery


class FromCommon(Struct, frozen=True):
    """A query of WITH as a source; its columns are called ``c1`` … ``cn``."""

    number: int
    common: int


class FromJoin(Struct, frozen=True):
    """A join of two sources; kind is INNER, LEFT, RIGHT, FULL or CROSS."""

    kind: str
    left: From
    right: From
    condition: Value | None


From = FromTable | FromQuery | FromCommon | FromJoin


class BoundSelect(Struct, frozen=True, kw_only=True):
    """One SELECT.

    Args:
        values: the select list.
        distinct: whether equal rows are one.
        sources: of FROM, implicit joins included.
        group: grouping values; None where it is no aggregate query.
        keys: the grouping values in the form in which they are compared.
        grouping: "" or ROLLUP or CUBE.
    """

    values: tuple[Value, ...]
    distinct: bool = False
    sources: tuple[From, ...] = ()
    where: Value | None = None
    group: tuple[Value, ...] | None = None
    keys: tuple[Value, ...] = ()
    grouping: str = ""
    having: Value | None = None
    qualify: Value | None = None


class BoundSet(Struct, frozen=True):
    """A set operation; the right side's columns are already converted to the left side's types."""

    operator: str
    all: bool
    left: BoundQuery
    right: BoundQuery


class BoundCommon(Struct, frozen=True):
    """A query of WITH, by number."""

    number: int
    query: BoundQuery


class Limit(Struct, frozen=True):
    """How many rows: a count, or a percentage; with ties of the last one."""

    count: float
    percent: bool = False
    ties: bool = False


class BoundQuery(Struct, frozen=True, kw_only=True):
    """A whole query.

    Args:
        body: what gives the rows.
        outputs: its columns.
        order: sort keys; fields of source 0 named ``c1`` … ``cn`` are the query's own columns.
        commons: queries of WITH.
        top: TOP, after the order.
        sample: SAMPLE, before the order.
    """

    body: BoundSelect | BoundSet
    outputs: tuple[Output, ...]
    order: tuple[SortKey, ...] = ()
    commons: tuple[BoundCommon, ...] = ()
    recursive: bool = False
    top: Limit | None = None
    sample: Limit | None = None

    @property
    def is_plain(self) -> bool:
        """True where the body alone says all."""
        return not (self.order or self.commons or self.top or self.sample)


def walk(value: Value) -> Iterator[Value]:
    """The value and all it is made of, subqueries left out."""
    yield value
    for part in value.parts():
        yield from walk(part)


def output_field(index: int, kind: DataType, source: int = 0) -> Field:
    """The field of a query's column, counted from 1."""
    return Field(kind, source, f"c{index}")
