"""What a query says, as written: nothing resolved, nothing typed.

Every node knows the offset ``at`` of its first character, so that an error can show its place.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.types import DataType


class Node(Struct, frozen=True, kw_only=True):
    """A piece of a statement.

    Args:
        at: offset of its first character in the text.
    """

    at: int = 0


# --- expressions ---------------------------------------------------------------------------------------------------


class Number(Node, frozen=True):
    """A numeric literal, as written, sign excluded."""

    text: str


class Text(Node, frozen=True):
    """A character literal.

    Args:
        value: without quotes; adjacent literals joined.
        charset: of ``_Latin'…'``, or None.
    """

    value: str
    charset: str | None = None


class Hex(Node, frozen=True):
    """A hexadecimal literal: digits, its form, ``XB``, ``XC``, ``XI`` …, and the character set in front, or None."""

    digits: str
    form: str
    charset: str | None = None


class Moment(Node, frozen=True):
    """``DATE '…'``, ``TIME '…'``, ``TIMESTAMP '…'``."""

    kind: Literal["DATE", "TIME", "TIMESTAMP"]
    text: str


class Qualifier(Struct, frozen=True):
    """Fields of an interval: ``DAY(4) TO SECOND(6)``. Precisions are None where not written."""

    first: str
    last: str | None = None
    precision: int | None = None
    fraction: int | None = None


class Span(Node, frozen=True):
    """``INTERVAL '3' DAY``; ``negative`` for ``INTERVAL -'3' DAY``."""

    text: str
    qualifier: Qualifier
    negative: bool = False


class Null(Node, frozen=True):
    """``NULL``."""


class Parameter(Node, frozen=True):
    """A ``?``; the first is number 0."""

    number: int


class Name(Node, frozen=True):
    """A column, an alias, or a word that stands for a built-in value: one to three parts, unquoted.

    Args:
        parts: as written.
        quoted: whether the last part was in quotes.
    """

    parts: tuple[str, ...]
    quoted: bool = False


class Star(Node, frozen=True):
    """``*`` or ``t.*``."""

    parts: tuple[str, ...] = ()


class Word(Node, frozen=True):
    """A keyword as an argument: ``YEAR`` in ``EXTRACT(YEAR FROM x)``."""

    text: str


class Unary(Node, frozen=True):
    """``-x`` or ``+x``."""

    operator: str
    operand: Expression


class Binary(Node, frozen=True):
    """``+ - * / MOD ** ||`` between two values."""

    operator: str
    left: Expression
    right: Expression


class Comparison(Node, frozen=True):
    """``= <> < <= > >=``; also ``NOT <`` and its kin, and ``!=``, which are read only.

    Args:
        quantifier: ``ANY`` or ``ALL`` before a list or subquery on the right, or "".
    """

    operator: str
    left: Expression
    right: Expression
    quantifier: str = ""


class Logical(Node, frozen=True):
    """``AND`` or ``OR``."""

    operator: str
    left: Expression
    right: Expression


class Negation(Node, frozen=True):
    """``NOT x``."""

    operand: Expression


class Between(Node, frozen=True):
    """``x [NOT] BETWEEN low AND high``."""

    operand: Expression
    low: Expression
    high: Expression
    negated: bool = False


class Membership(Node, frozen=True):
    """``x [NOT] IN (…)``: of a list of values, or of a subquery."""

    operand: Expression
    items: tuple[Expression, ...] = ()
    query: Query | None = None
    negated: bool = False


class Match(Node, frozen=True):
    """``x [NOT] LIKE pattern [ESCAPE 'c']`` or ``LIKE ANY (…)``, ``LIKE ALL (…)``."""

    operand: Expression
    patterns: tuple[Expression, ...]
    quantifier: str = ""
    escape: Expression | None = None
    negated: bool = False


class NullTest(Node, frozen=True):
    """``x IS [NOT] NULL``."""

    operand: Expression
    negated: bool = False


class Exists(Node, frozen=True):
    """``EXISTS (query)``."""

    query: Query


class Overlap(Node, frozen=True):
    """``(a, b) OVERLAPS (c, d)`` or a predicate between two periods."""

    operator: str
    left: Expression
    right: Expression


class OrderItem(Node, frozen=True):
    """One key of an ORDER BY.

    Args:
        nulls: ``FIRST``, ``LAST``, or None for Teradata's rule (NULL is the lowest value).
    """

    expression: Expression
    descending: bool = False
    nulls: str | None = None


class Frame(Struct, frozen=True):
    """``ROWS BETWEEN start AND end``; a bound is ``UNBOUNDED PRECEDING``, ``2 PRECEDING``, ``CURRENT ROW`` …"""

    start: str
    end: str


class Over(Node, frozen=True):
    """What stands in ``OVER (…)``; ``reset`` is the condition of RESET WHEN."""

    partition: tuple[Expression, ...] = ()
    order: tuple[OrderItem, ...] = ()
    frame: Frame | None = None
    reset: Expression | None = None


class Call(Node, frozen=True):
    """A function call.

    Args:
        name: one or two parts, as written.
        args: arguments; keywords of a special form stand among them as Word.
        distinct: ``COUNT(DISTINCT x)``.
        nulls: ``IGNORE`` or ``RESPECT``, or "".
        within: keys of WITHIN GROUP.
        order: keys of ORDER BY among the arguments.
    """

    name: tuple[str, ...]
    args: tuple[Expression, ...] = ()
    distinct: bool = False
    over: Over | None = None
    nulls: str = ""
    within: tuple[OrderItem, ...] = ()
    order: tuple[OrderItem, ...] = ()


class Case(Node, frozen=True):
    """Both forms of CASE; ``operand`` is None in the searched one."""

    operand: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None = None


class Attributes(Struct, frozen=True):
    """What a phrase after an expression says besides a type; None where not written."""

    format: str | None = None
    title: str | None = None
    named: str | None = None
    case_specific: bool | None = None
    uppercase: bool = False


class Cast(Node, frozen=True):
    """``CAST(x AS t)``, ``TRYCAST(x AS t)`` or a phrase ``x (t, FORMAT 'f')``.

    Args:
        type: None where the phrase names no type.
        form: which of the three.
    """

    operand: Expression
    type: DataType | None
    attributes: Attributes = Attributes()
    form: Literal["cast", "trycast", "phrase"] = "cast"


class IntervalOf(Node, frozen=True):
    """``(a - b) DAY(4)``."""

    operand: Expression
    qualifier: Qualifier


class AtZone(Node, frozen=True):
    """``x AT LOCAL`` (zone None) or ``x AT TIME ZONE zone``."""

    operand: Expression
    zone: Expression | None


class Row(Node, frozen=True):
    """``(a, b)`` as one operand of a comparison or of IN."""

    items: tuple[Expression, ...]


class Subquery(Node, frozen=True):
    """``(SELECT …)`` as a value."""

    query: Query


class New(Node, frozen=True):
    """``NEW type(…)``: a constructor of a structured, array or document type."""

    type: tuple[str, ...]
    args: tuple[Expression, ...] = ()


class Unbound(Node, frozen=True):
    """What is read so that the names in it are known, and has no meaning here: the binder refuses it by name.

    Args:
        what: by name, as the refusal tells it.
        inner: the expressions, keys, queries and sources in it, in the order of the text.
        code: Teradata's error, for what it refuses itself; 0 for what is Teradata's and not known here.
    """

    what: str
    inner: tuple[Expression | Source | Query | OrderItem, ...] = ()
    code: int = 0


Expression = (
    Number
    | Text
    | Hex
    | Moment
    | Span
    | Null
    | Parameter
    | Name
    | Star
    | Word
    | Unary
    | Binary
    | Comparison
    | Logical
    | Negation
    | Between
    | Membership
    | Match
    | NullTest
    | Exists
    | Overlap
    | Call
    | Case
    | Cast
    | IntervalOf
    | AtZone
    | Row
    | Subquery
    | New
    | Unbound
)


# --- queries -------------------------------------------------------------------------------------------------------


class SelectItem(Node, frozen=True):
    """One expression of a select list, with its ``AS`` name."""

    expression: Expression
    alias: str | None = None


class TableName(Node, frozen=True):
    """A table or view in FROM.

    Args:
        parts: its name, one or two parts.
        alias: correlation name, or None.
    """

    parts: tuple[str, ...]
    alias: str | None = None


class Derived(Node, frozen=True):
    """A derived table ``(query) AS alias (columns)``."""

    query: Query
    alias: str
    columns: tuple[str, ...] = ()


class Join(Node, frozen=True):
    """``left JOIN right ON condition``; kind is INNER, LEFT, RIGHT, FULL or CROSS."""

    kind: str
    left: Source
    right: Source
    condition: Expression | None = None


class UnboundSource(Node, frozen=True):
    """Rows of a table function or operator, of PIVOT, of another server …: read, and refused by the binder.

    Args:
        what: by name, as the refusal tells it.
        inner: the sources, queries and expressions in it, in the order of the text.
        alias: correlation name, or None.
        columns: the names that it gives its columns, where it does.
    """

    what: str
    inner: tuple[Expression | Source | Query | OrderItem, ...] = ()
    alias: str | None = None
    columns: tuple[str, ...] = ()


Source = TableName | Derived | Join | UnboundSource


class Top(Struct, frozen=True):
    """``TOP n [PERCENT] [WITH TIES]``; the count is ``?`` or ``:name`` where it comes with the request."""

    count: str
    percent: bool = False
    ties: bool = False


class Sample(Struct, frozen=True):
    """``SAMPLE n``: a count of rows, or a fraction when it has a point."""

    size: str


class Grouping(Node, frozen=True):
    """GROUP BY.

    Args:
        form: "" for a plain list, else ``ROLLUP``, ``CUBE`` or ``GROUPING SETS``.
        keys: one tuple a grouping set; of a plain list, ROLLUP or CUBE one tuple.
    """

    form: str
    keys: tuple[tuple[Expression, ...], ...]


class Select(Node, frozen=True):
    """One SELECT without set operators and without ORDER BY; ``unbound`` holds the clauses that are read only."""

    items: tuple[SelectItem, ...]
    distinct: bool = False
    top: Top | None = None
    sources: tuple[Source, ...] = ()
    where: Expression | None = None
    grouping: Grouping | None = None
    having: Expression | None = None
    qualify: Expression | None = None
    unbound: tuple[Unbound, ...] = ()


class SetOperation(Node, frozen=True):
    """``left UNION|INTERSECT|EXCEPT [ALL] right``."""

    operator: Literal["UNION", "INTERSECT", "EXCEPT"]
    all: bool
    left: Body
    right: Body


class Nested(Node, frozen=True):
    """A query in parentheses as an operand of a set operator."""

    query: Query


Body = Select | SetOperation | Nested


class Common(Node, frozen=True):
    """``name (columns) AS (query)`` of a WITH."""

    name: str
    query: Query
    columns: tuple[str, ...] = ()
    recursive: bool = False


class Query(Node, frozen=True):
    """A whole query; ``unbound`` holds the clauses and qualifiers that are read only."""

    body: Body
    commons: tuple[Common, ...] = ()
    order: tuple[OrderItem, ...] = ()
    sample: Sample | None = None
    unbound: tuple[Unbound, ...] = ()
