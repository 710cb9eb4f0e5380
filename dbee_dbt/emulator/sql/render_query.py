"""What a query means as DuckDB SQL: sources, SELECTs and set operations. Columns are called c1 … cn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dbee_dbt.ddl.expressions.bound import (
    Aggregate,
    BoundQuery,
    BoundSelect,
    BoundSet,
    Field,
    From,
    FromCommon,
    FromJoin,
    FromQuery,
    FromTable,
    Limit,
    Output,
    QueryValue,
    Value,
    walk,
)
from dbee_dbt.ddl.expressions.families import is_char
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.emulator.sql.render import Renderer, key_sql


def query_sql(r: Renderer, query: BoundQuery) -> str:
    """A whole query as SQL.

    Args:
        r: a renderer of its own for this query.
        query: what it means.

    Raises:
        NotKnownError: for what has no known form in DuckDB.
    """
    rows = _body(r, query)
    if query.sample is not None:
        rows = f"SELECT * FROM ({rows}) AS q{_limited(query.sample)}"
    if query.order and not _ordered_inside(query):
        r.outputs = ()
        rows = f"SELECT * FROM ({rows}) AS q ORDER BY {r.order(query.order)}"
    if query.top is not None:
        rows = _topped(r, query, rows)
    return _commons(r, query) + rows


def _ordered_inside(query: BoundQuery) -> bool:
    """True where the keys are written in the SELECT itself: they may use more than it selects."""
    return isinstance(query.body, BoundSelect) and not query.body.distinct and query.sample is None


def _limited(limit: Limit) -> str:
    return f" LIMIT {limit.count:g}%" if limit.percent else f" LIMIT {limit.count:.0f}"


def _topped(r: Renderer, query: BoundQuery, rows: str) -> str:
    assert query.top is not None
    if not query.top.ties or not query.order:
        return rows + _limited(query.top)
    if query.top.percent or not all(_is_selected(key.value) for key in query.order):
        raise NotKnownError("TOP … WITH TIES of a percentage, or ordered by what is not selected")
    r.outputs = ()
    order = r.order(query.order)
    return (
        f"SELECT * FROM ({rows}) AS q QUALIFY rank() OVER (ORDER BY {order}) <= {query.top.count:.0f} ORDER BY {order}"
    )


def _is_selected(value: Value) -> bool:
    return any(isinstance(part, Field) and part.source == 0 for part in walk(value))


def _commons(r: Renderer, query: BoundQuery) -> str:
    if not query.commons:
        return ""
    parts = []
    for common in query.commons:
        names = ", ".join(f"c{i}" for i in range(1, len(common.query.outputs) + 1))
        parts.append(f"w{common.number}({names}) AS ({r.query(common.query)})")
    return f"WITH {'RECURSIVE ' if query.recursive else ''}{', '.join(parts)} "


def _body(r: Renderer, query: BoundQuery) -> str:
    if isinstance(query.body, BoundSet):
        return _set(r, query.body)
    rows = _select(r, query.body)
    if query.order and _ordered_inside(query):
        r.outputs = query.body.values
        rows += f" ORDER BY {r.order(query.order)}"
    if query.body.distinct:
        rows = _distinct(rows, query.outputs)
    return rows


def _distinct(rows: str, outputs: Sequence[Output]) -> str:
    """Equal rows once, by the form in which characters compare."""
    if not any(is_char(output.type) for output in outputs):
        return f"SELECT DISTINCT * FROM ({rows}) AS q"
    return f"SELECT DISTINCT ON ({', '.join(_keys('q', outputs))}) * FROM ({rows}) AS q"


def _keys(source: str, outputs: Sequence[Output]) -> list[str]:
    return [
        key_sql(f"{source}.c{index}", output.case_specific) if is_char(output.type) else f"{source}.c{index}"
        for index, output in enumerate(outputs, 1)
    ]


def _set(r: Renderer, body: BoundSet) -> str:
    outputs = body.left.outputs
    if body.operator == "UNION":
        rows = " UNION ALL ".join(f"({r.query(branch)})" for branch in _branches(body))
        return rows if body.all else _distinct(rows, outputs)
    left, right = r.query(body.left), r.query(body.right)
    if not any(is_char(output.type) for output in outputs):
        return f"({left}) {body.operator}{' ALL' if body.all else ''} ({right})"
    if body.all:
        raise NotKnownError(f"{body.operator} ALL over characters")
    pairs = zip(_keys("q", outputs), _keys("p", outputs), strict=True)
    same = " AND ".join(f"{x} IS NOT DISTINCT FROM {y}" for x, y in pairs)
    test = "EXISTS" if body.operator == "INTERSECT" else "NOT EXISTS"
    return _distinct(f"SELECT * FROM ({left}) AS q WHERE {test} (SELECT 1 FROM ({right}) AS p WHERE {same})", outputs)


def _branches(body: BoundSet) -> list[BoundQuery]:
    """The branches of a chain of UNION ALL, or the two of a UNION."""
    found = [body.right]
    left = body.left
    while isinstance(left.body, BoundSet) and left.is_plain:
        if left.body.operator != "UNION" or not left.body.all:
            break
        found.append(left.body.right)
        left = left.body.left
    return [left, *reversed(found)]


def _select(r: Renderer, select: BoundSelect) -> str:
    if select.group and not select.grouping and any(isinstance(part, QueryValue) for part in _parts(select)):
        return _grouped_first(r, select)
    tail = _from(r, select.sources)
    if select.where is not None:
        tail += f" WHERE {r.value(select.where)}"
    if select.group:
        tail += f" GROUP BY {_grouping(r, select)}"
    if select.having is not None:
        tail += f" HAVING {r.value(select.having)}"
    if select.qualify is not None:
        tail += f" QUALIFY {r.value(select.qualify)}"
    items = ", ".join(f"{sql} AS c{index}" for index, sql in enumerate(r.values(select.values), 1))
    return f"SELECT {items}{tail}"


def _parts(select: BoundSelect) -> Iterator[Value]:
    """Everything in a select list, HAVING and QUALIFY."""
    for value in (*select.values, select.having, select.qualify):
        if value is not None:
            yield from walk(value)


def _grouped_first(r: Renderer, select: BoundSelect) -> str:
    """Groups in a derived table of their own, so that a subquery may refer to their values."""
    tail = _from(r, select.sources)
    if select.where is not None:
        tail += f" WHERE {r.value(select.where)}"
    tail += f" GROUP BY {_grouping(r, select)}"
    aggregates = list(dict.fromkeys(part for part in _parts(select) if isinstance(part, Aggregate)))
    values = [*(select.group or ()), *aggregates]
    items = ", ".join(f"{sql} AS g{index}" for index, sql in enumerate(r.values(values), 1))
    r.group = r.around = {value: f"g.g{index}" for index, value in enumerate(values, 1)}
    shown = ", ".join(f"{sql} AS c{index}" for index, sql in enumerate(r.values(select.values), 1))
    having = f" WHERE {r.value(select.having)}" if select.having is not None else ""
    qualify = f" QUALIFY {r.value(select.qualify)}" if select.qualify is not None else ""
    return f"SELECT {shown} FROM (SELECT {items}{tail}) AS g{having}{qualify}"


def _grouping(r: Renderer, select: BoundSelect) -> str:
    """The keys; from here on, a grouping value stands for any row of its group.

    Only a plain column stands for itself: DuckDB does not find an expression again that may raise an error.
    """
    keys = r.values(select.keys)
    shown = {}
    for value, key, keyed in zip(select.group or (), keys, select.keys, strict=True):
        some = key if isinstance(value, Field) and keyed == value else f"any_value({r.value(value)})"
        shown[value] = f"CASE WHEN grouping({key}) = 0 THEN {some} END" if select.grouping else some
    r.group = shown
    listed = ", ".join(keys)
    return f"{select.grouping} ({listed})" if select.grouping else listed


def _from(r: Renderer, sources: Sequence[From]) -> str:
    return f" FROM {', '.join(source_sql(r, source) for source in sources)}" if sources else ""


def source_sql(r: Renderer, source: From) -> str:
    """One entry of FROM."""
    match source:
        case FromTable(number=number, relation=relation):
            return f"{relation.source} AS s{number}"  # type: ignore[attr-defined]
        case FromQuery(number=number, query=query):
            return f"({r.query(query)}) AS s{number}"
        case FromCommon(number=number, common=common):
            return f"w{common} AS s{number}"
        case FromJoin(kind=kind, left=left, right=right, condition=condition):
            return _join(r, kind, (left, right), condition)


def _join(r: Renderer, kind: str, sides: tuple[From, From], condition: Value | None) -> str:
    left, right = (source_sql(r, side) for side in sides)
    on = "" if condition is None else f" ON {r.value(condition)}"
    return f"({left} {kind} JOIN {right}{on})"
