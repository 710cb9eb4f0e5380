"""One SELECT: its list, grouping and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dbee_dbt.ddl.expressions import bind_condition, bind_source, bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.aliases import Aliases
from dbee_dbt.ddl.expressions.bind_literal import settled
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import (
    Aggregate,
    BoundSelect,
    Field,
    Operation,
    Output,
    QueryValue,
    SortKey,
    Typed,
    Value,
    Window,
    output_field,
    walk,
)
from dbee_dbt.ddl.expressions.compare import key, sort_key
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Reader, Scope


def bind_select(b: Binder, parent: Scope | None, node: s.Select) -> tuple[BoundSelect, tuple[Output, ...], Scope]:
    """What one SELECT means, its columns, and its names for an ORDER BY behind it.

    Raises:
        QueryError: what Teradata says of it.
        NotKnownError: where a type or a meaning is not known.
    """
    bind_value.refuse(node.unbound)
    scope = b.scope(parent)
    for source in node.sources:
        scope.froms.append(bind_source.source(b, scope, source))
    reading = readers(b, node.items)
    scope.aliases = named(node.items, reading)
    where = _condition(b, scope, node.where)
    if where is not None:
        _forbid(where, Aggregate, 3569)
        _forbid(where, Window, 5479)
    items = _select_list(scope, node.items, reading)
    group, keys = _grouping(b, scope, node, items)
    having = _condition(b, scope, node.having)
    qualify = _condition(b, scope, node.qualify)
    values = tuple(item.value for item in items)
    all_values = [v for v in (*values, having, qualify) if v is not None]
    is_aggregate = group is not None or having is not None or any(_aggregates(v) for v in all_values)
    if is_aggregate:
        _check_grouped(scope, all_values, group or ())
    if not scope.froms and (where is not None or is_aggregate):
        raise QueryError(3574, at=node.at)
    select = BoundSelect(
        values=values,
        distinct=node.distinct,
        sources=tuple(scope.froms),
        where=where,
        group=group if group is not None else () if is_aggregate else None,
        keys=keys,
        grouping=node.grouping.form if node.grouping else "",
        having=having,
        qualify=qualify,
    )
    return select, tuple(output(item) for item in items), scope


def output(item: Typed) -> Output:
    """The column of a result that a value makes."""
    return Output(
        name=item.name,
        title=item.title,
        type=item.type,
        nullable=item.nullable,
        case_specific=item.case_specific,
        format=item.format,
        column=item.column,
    )


def _condition(b: Binder, scope: Scope, node: s.Expression | None) -> Value | None:
    return None if node is None else bind_condition.condition(b, scope, node)


def readers(b: Binder, items: tuple[s.SelectItem, ...]) -> list[Reader]:
    """Each item of a select list, bound when it is first used."""
    return [_reader(b, item) for item in items]


def named(items: tuple[s.SelectItem, ...], reading: list[Reader]) -> Aliases[Reader, Typed]:
    """The readers of a select list by the names that it gives."""
    return Aliases(_named(items, reading))


def _named(items: tuple[s.SelectItem, ...], reading: list[Reader]) -> Iterator[tuple[str, Reader]]:
    for item, read in zip(items, reading, strict=True):
        name = item.alias or (item.expression.attributes.named if isinstance(item.expression, s.Cast) else None)
        if name is not None:
            yield name, read


def _reader(b: Binder, item: s.SelectItem) -> Reader:
    kept: list[Typed] = []

    def read(scope: Scope) -> Typed:
        if not kept:
            kept.append(settled(bind_value.value(b, scope, item.expression)))
        return kept[0]

    return read


def _select_list(scope: Scope, items: tuple[s.SelectItem, ...], reading: list[Reader]) -> list[Typed]:
    found: list[Typed] = []
    for item, read in zip(items, reading, strict=True):
        if isinstance(item.expression, s.Star):
            found.extend(_star(scope, item.expression))
        else:
            found.append(_under_alias(item, read(scope)))
    return found


def _under_alias(item: s.SelectItem, typed: Typed) -> Typed:
    if item.alias is None:
        return typed
    title = item.alias if typed.column is None or not typed.column.title else typed.title
    if isinstance(item.expression, s.Cast) and item.expression.attributes.title is not None:
        title = item.expression.attributes.title
    return Typed(
        typed.value,
        nullable=typed.nullable,
        case_specific=typed.case_specific,
        title=title,
        format=typed.format,
        name=item.alias,
        literal=typed.literal,
        column=typed.column,
    )


def _star(scope: Scope, node: s.Star) -> Iterable[Typed]:
    sources = scope.sources
    if node.parts:
        database = node.parts[-2] if len(node.parts) > 1 else None
        found = scope.source(database, node.parts[-1])
        sources = [found or scope.implied(database, node.parts[-1])]
    elif not sources:
        raise QueryError(3706, "'*' needs a FROM clause.", at=node.at)
    for visible in list(sources):
        if visible.unfilled:
            raise NotKnownError(f"all columns of {visible.name}: the emulator does not fill each of them", node.at)
        yield from visible.columns.values()


def _forbid(value: Value, kind: type[Value], code: int) -> None:
    if any(isinstance(part, kind) for part in walk(value)):
        raise QueryError(code)


def _aggregates(value: Value) -> bool:
    return any(isinstance(part, Aggregate) for part in walk(value))


# --- grouping --------------------------------------------------------------------------------------------------------


def _grouping(
    b: Binder, scope: Scope, node: s.Select, items: list[Typed]
) -> tuple[tuple[Value, ...] | None, tuple[Value, ...]]:
    """The grouping values and the forms in which they are compared."""
    if node.grouping is None:
        return None, ()
    typed = [_group_key(b, scope, item, items) for item in node.grouping.keys[0]]
    for item in typed:
        if _aggregates(item.value):
            raise NotKnownError("an aggregate in GROUP BY")
        _forbid(item.value, Window, 5481)
    return tuple(item.value for item in typed), tuple(key(item) for item in typed)


def _group_key(b: Binder, scope: Scope, node: s.Expression, items: list[Typed]) -> Typed:
    if isinstance(node, s.Number) and node.text.isdigit():
        if not 1 <= int(node.text) <= len(items):
            raise QueryError(3883, at=node.at)
        return items[int(node.text) - 1]
    return settled(bind_value.value(b, scope, node))


def _check_grouped(scope: Scope, values: Iterable[Value], group: tuple[Value, ...]) -> None:
    own = {visible.number for visible in scope.sources}
    for value in values:
        _check_value(value, frozenset(group), own)


def _check_value(value: Value, group: frozenset[Value], own: set[int]) -> None:
    """3504: a column outside aggregates that is no grouping key."""
    if value in group or isinstance(value, Aggregate) or (isinstance(value, Operation) and value.name == "GROUPING"):
        return
    if isinstance(value, Field) and value.source in own:
        raise QueryError(3504)
    for part in value.parts():
        _check_value(part, group, own)


# --- order -----------------------------------------------------------------------------------------------------------


def order_of_select(
    b: Binder, scope: Scope, node: s.Query, select: BoundSelect, outputs: tuple[Output, ...]
) -> tuple[SortKey, ...]:
    """ORDER BY of a plain SELECT: positions, names, or any expression; of DISTINCT only what it selects."""
    keys = tuple(_order_key(b, scope, item, select, outputs) for item in node.order)
    if select.group is not None:
        _check_grouped(scope, (k.value for k in keys if not _is_output(k.value)), select.group)
    if select.distinct and not all(_is_output(k.value) for k in keys):
        raise QueryError(3706, "ORDER BY of a SELECT DISTINCT names what is not selected.", at=node.at)
    return keys


def _is_output(value: Value) -> bool:
    return any(isinstance(part, Field) and part.source == 0 for part in walk(value))


def _order_key(b: Binder, scope: Scope, item: s.OrderItem, select: BoundSelect, outputs: tuple[Output, ...]) -> SortKey:
    node = item.expression
    if isinstance(node, s.Number) and node.text.isdigit():
        place = int(node.text)
        if not 1 <= place <= len(outputs):
            raise QueryError(3637, at=item.at)
        return _output_key(place, outputs[place - 1], item)
    typed = bind_value.value(b, scope, node)
    for place, value in enumerate(select.values, 1):
        if value == typed.value and not isinstance(value, QueryValue):
            return _output_key(place, outputs[place - 1], item)
    return sort_key(typed, item.descending, item.nulls)


def _output_key(place: int, found: Output, item: s.OrderItem) -> SortKey:
    typed = Typed(output_field(place, found.type), case_specific=found.case_specific)
    return sort_key(typed, item.descending, item.nulls)
