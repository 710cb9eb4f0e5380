"""Queries: syntax -> what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dbee_dbt.ddl.expressions import bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.bind_select import bind_select, order_of_select
from dbee_dbt.ddl.expressions.binder import Binder, CommonTable
from dbee_dbt.ddl.expressions.bound import (
    BoundCommon,
    BoundQuery,
    BoundSelect,
    BoundSet,
    Field,
    FromQuery,
    Limit,
    Operation,
    Output,
    SortKey,
    Typed,
    Value,
    output_field,
)
from dbee_dbt.ddl.expressions.compare import sort_key
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import family, is_interval, is_numeric
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Scope
from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType


def bind_query(b: Binder, parent: Scope | None, node: s.Query, *, nested: bool = True) -> BoundQuery:
    """What a query means.

    Args:
        b: the binder of the statement.
        parent: names around a subquery, or None.
        node: the query.
        nested: whether it stands inside another one: ORDER BY needs TOP there (3706).

    Raises:
        QueryError: what Teradata says of it.
        NotKnownError: where a type or a meaning is not known.
    """
    bind_value.refuse(node.unbound)
    top = node.body.top if isinstance(node.body, s.Select) else None
    if nested and node.order and top is None:
        raise QueryError(3706, "ORDER BY is not allowed in subqueries.", at=node.at)
    hidden = dict(b.commons)
    commons = tuple(_common(b, parent, common) for common in node.commons)
    try:
        found = _body(b, parent, node)
    finally:
        b.commons = hidden
    sample = _sample(node.sample) if node.sample else None
    recursive = any(common.recursive for common in node.commons)
    return replace(found, commons=commons, sample=sample, recursive=recursive)


def _body(b: Binder, parent: Scope | None, node: s.Query) -> BoundQuery:
    if isinstance(node.body, s.Select):
        select, outputs, scope = bind_select(b, parent, node.body)
        order = order_of_select(b, scope, node, select, outputs)
        return BoundQuery(body=select, outputs=outputs, order=order, top=_top(node.body))
    found = _operand(b, parent, node.body)
    return replace(found, order=_order_of_set(found, node.order))


def _top(node: s.Select) -> Limit | None:
    if node.top is None:
        return None
    if not node.top.count[0].isdecimal() and node.top.count[0] != ".":
        raise NotKnownError("TOP with a parameter", node.at)
    if node.distinct or node.qualify is not None:
        raise QueryError(6916, at=node.at)
    return Limit(float(node.top.count), node.top.percent, node.top.ties)


def _sample(sample: s.Sample) -> Limit:
    if "." in sample.size:
        return Limit(float(sample.size) * 100, percent=True)
    return Limit(float(sample.size))


def _common(b: Binder, parent: Scope | None, node: s.Common) -> BoundCommon:
    if node.query.commons:
        raise QueryError(6926, at=node.query.at)
    if node.recursive and isinstance(node.query.body, s.SetOperation):
        return _recursive(b, parent, node, node.query.body)
    query = bind_query(b, parent, node.query)
    number = b.number()
    b.with_common(CommonTable(number, node.name, named_outputs(query.outputs, node.columns)))
    return BoundCommon(number, query)


def _recursive(b: Binder, parent: Scope | None, node: s.Common, body: s.SetOperation) -> BoundCommon:
    """WITH RECURSIVE: the seed decides the types (typing.md §5)."""
    if body.operator != "UNION" or not body.all:
        raise QueryError(6926, at=node.at)
    seed = _operand(b, parent, body.left)
    number = b.number()
    outputs = named_outputs(seed.outputs, node.columns)
    b.with_common(CommonTable(number, node.name, outputs))
    step = _operand(b, parent, body.right)
    return BoundCommon(number, _united(b, seed, step, body))


def named_outputs(outputs: tuple[Output, ...], names: tuple[str, ...]) -> tuple[Output, ...]:
    """Columns under the names of a column list, if there is one.

    Raises:
        QueryError: 3706 where a column has no name.
    """
    if names and len(names) != len(outputs):
        raise QueryError(3706, "the column list and the select list have different numbers of columns.")
    if names:
        return tuple(replace(o, name=name, title=name) for o, name in zip(outputs, names, strict=True))
    if any(output.name is None for output in outputs):
        raise QueryError(3706, "all expressions in a derived table must have an explicit name.")
    return outputs


# --- set operations --------------------------------------------------------------------------------------------------


def _operand(b: Binder, parent: Scope | None, node: s.Body) -> BoundQuery:
    match node:
        case s.Nested():
            return bind_query(b, parent, node.query)
        case s.SetOperation():
            return _chain(b, parent, node)
        case s.Select():
            select, outputs, _ = bind_select(b, parent, node)
            return BoundQuery(body=select, outputs=outputs, top=_top(node))


def _chain(b: Binder, parent: Scope | None, node: s.SetOperation) -> BoundQuery:
    """Set operations from left to right, however many there are."""
    steps: list[s.SetOperation] = []
    left: s.Body = node
    while isinstance(left, s.SetOperation):
        steps.append(left)
        left = left.left
    for side in (left, *(step.right for step in steps)):
        _require_table(side)
    found = _operand(b, parent, left)
    for step in reversed(steps):
        found = _united(b, found, _operand(b, parent, step.right), step)
    return found


def _require_table(side: s.Body) -> None:
    """3888: each SELECT of a set operation must reference a table."""
    if isinstance(side, s.Select) and not side.sources and not _names_a_table(side):
        raise QueryError(3888, at=side.at)
    if isinstance(side, s.Nested):
        _require_table(side.query.body)
        if side.query.sample is not None:
            raise QueryError(5475, at=side.at)


def _names_a_table(select: s.Select) -> bool:
    return any(isinstance(item.expression, s.Name) and len(item.expression.parts) > 1 for item in select.items)


def _united(b: Binder, left: BoundQuery, right: BoundQuery, node: s.SetOperation) -> BoundQuery:
    """Types, names and titles of the first branch; the second is converted to them (typing.md §5)."""
    if len(left.outputs) != len(right.outputs):
        raise QueryError(3653, at=node.at)
    values = tuple(
        _converted(index, first, second)
        for index, (first, second) in enumerate(zip(left.outputs, right.outputs, strict=True), 1)
    )
    outputs = tuple(
        replace(first, nullable=first.nullable or second.nullable, column=None)
        for first, second in zip(left.outputs, right.outputs, strict=True)
    )
    body = BoundSet(node.operator, node.all, left, over(b, right, values))
    return BoundQuery(body=body, outputs=outputs)


def _converted(index: int, first: Output, second: Output) -> Value:
    value = Typed(output_field(index, second.type), format=second.format)
    if not _compatible(first.type, second.type):
        raise QueryError(3654)
    try:
        return convert(value, first.type, "union")
    except QueryError:
        raise QueryError(3654) from None


def _compatible(first: DataType, second: DataType) -> bool:
    if is_numeric(first) and is_numeric(second):
        return True
    if is_interval(first) and is_interval(second):
        return family(first) == family(second)
    pair = {family(first), family(second)}
    if pair == {"date", "timestamp"}:  # a snapshot of dbt-teradata unites a DATE with CURRENT_TIMESTAMP
        return True
    if pair in ({"char", "integer"}, {"char", "decimal"}, {"char", "float"}):
        raise NotKnownError("a set operation of characters and numbers")
    return len(pair) == 1


def over(b: Binder, query: BoundQuery, values: Sequence[Value]) -> BoundQuery:
    """A query whose columns are values over the columns of another; fields of source 0 stand for these.

    Args:
        b: the binder, for the number of the source.
        query: the query underneath.
        values: the new columns.
    """
    if tuple(values) == tuple(output_field(i, output.type) for i, output in enumerate(query.outputs, 1)):
        return query
    number = b.number()
    moved = tuple(_moved(value, number) for value in values)
    outputs = tuple(replace(output, type=value.type) for output, value in zip(query.outputs, moved, strict=False))
    return BoundQuery(body=BoundSelect(values=moved, sources=(FromQuery(number, query),)), outputs=outputs)


def _moved(value: Value, number: int) -> Value:
    """The value with fields of source 0 taken from this source."""
    match value:
        case Field(source=0):
            return replace(value, source=number)
        case Operation():
            return replace(value, args=tuple(_moved(arg, number) for arg in value.args))
    return value


def _order_of_set(found: BoundQuery, items: tuple[s.OrderItem, ...]) -> tuple[SortKey, ...]:
    """ORDER BY of a set operation: positions, or names of the first branch's columns."""
    keys = []
    for item in items:
        index = _position(found.outputs, item)
        output = found.outputs[index]
        typed = Typed(output_field(index + 1, output.type), case_specific=output.case_specific)
        keys.append(sort_key(typed, item.descending, item.nulls))
    return tuple(keys)


def _position(outputs: tuple[Output, ...], item: s.OrderItem) -> int:
    node = item.expression
    if isinstance(node, s.Number) and node.text.isdigit():
        place = int(node.text)
        if not 1 <= place <= len(outputs):
            raise QueryError(3637, at=item.at)
        return place - 1
    if isinstance(node, s.Name):
        for index, output in enumerate(outputs):
            if output.name is not None and fold(output.name) == fold(node.parts[-1]):
                return index
    raise QueryError(3848, at=item.at)
