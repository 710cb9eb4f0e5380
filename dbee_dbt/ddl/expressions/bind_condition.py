"""Conditions: syntax -> typed values of type CONDITION."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.expressions import bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import CONDITION, BoundQuery, Operation, QueryValue, Typed, Value, output_field
from dbee_dbt.ddl.expressions.characters import as_char
from dbee_dbt.ddl.expressions.compare import compared, meeting
from dbee_dbt.ddl.expressions.families import family
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Scope


def condition(b: Binder, scope: Scope, node: s.Expression) -> Value:
    """The condition that an expression is.

    Raises:
        QueryError: what Teradata says of it; 3706 where it is a value.
        NotKnownError: where its meaning is not known.
    """
    reader = READERS.get(type(node))
    if isinstance(node, s.Unbound):
        raise bind_value.refusal(node)
    if reader is None:
        raise QueryError(3707, "a condition and not a value.", at=node.at)
    try:
        return reader(b, scope, node)
    except (QueryError, NotKnownError) as problem:
        if problem.at is None and not b.depth:
            problem.at = node.at
        raise


def _logical(b: Binder, scope: Scope, node: s.Logical) -> Value:
    """AND and OR; chains of one operator become one operation, however long they are."""
    operands: list[s.Expression] = []
    left: s.Expression = node
    while isinstance(left, s.Logical) and left.operator == node.operator:
        operands.append(left.right)
        left = left.left
    values = tuple(condition(b, scope, operand) for operand in (left, *reversed(operands)))
    return Operation(CONDITION, node.operator.lower(), values)


def _negation(b: Binder, scope: Scope, node: s.Negation) -> Value:
    return negated(condition(b, scope, node.operand))


def negated(value: Value) -> Value:
    """NOT of a condition."""
    return Operation(CONDITION, "not", (value,))


def _comparison(b: Binder, scope: Scope, node: s.Comparison) -> Value:
    if node.operator == "!=":
        raise NotKnownError("the operator !=; write <>", node.at)
    if node.operator.startswith("NOT "):
        raise NotKnownError(f"the operator {node.operator}", node.at)
    if node.quantifier:
        return _quantified(b, scope, node)
    if isinstance(node.left, s.Row) or isinstance(node.right, s.Row):
        return _row_comparison(b, scope, node)
    return compared(node.operator, bind_value.value(b, scope, node.left), bind_value.value(b, scope, node.right))


def _row_comparison(b: Binder, scope: Scope, node: s.Comparison) -> Value:
    left, right = _row(node.left), _row(node.right)
    if len(left) != len(right) or node.operator not in ("=", "<>"):
        raise QueryError(3706, "the rows that are compared do not match.", at=node.at)
    pairs = zip(left, right, strict=True)
    every = [compared("=", bind_value.value(b, scope, x), bind_value.value(b, scope, y)) for x, y in pairs]
    equal = Operation(CONDITION, "and", tuple(every))
    return equal if node.operator == "=" else negated(equal)


def _row(node: s.Expression) -> tuple[s.Expression, ...]:
    return node.items if isinstance(node, s.Row) else (node,)


def _quantified(b: Binder, scope: Scope, node: s.Comparison) -> Value:
    if isinstance(node.right, s.Subquery):
        return _against_query(b, scope, (node.left, node.right.query), (node.operator, node.quantifier.lower()))
    left = bind_value.value(b, scope, node.left)
    every = tuple(compared(node.operator, left, bind_value.value(b, scope, item)) for item in _row(node.right))
    return Operation(CONDITION, "or" if node.quantifier == "ANY" else "and", every)


def _between(b: Binder, scope: Scope, node: s.Between) -> Value:
    operand = bind_value.value(b, scope, node.operand)
    low, high = bind_value.value(b, scope, node.low), bind_value.value(b, scope, node.high)
    inside = Operation(CONDITION, "and", (compared(">=", operand, low), compared("<=", operand, high)))
    return negated(inside) if node.negated else inside


def _membership(b: Binder, scope: Scope, node: s.Membership) -> Value:
    if node.query is not None:
        found = _against_query(b, scope, (node.operand, node.query), ("=", "in"))
        return negated(found) if node.negated else found
    operand = bind_value.value(b, scope, node.operand)
    items = [bind_value.value(b, scope, item) for item in node.items]
    known = [item for item in items if family(item.type) != "null"]
    pairs = [meeting(operand, item) for item in known]
    if pairs and len(known) == len(items) and len({left for left, _ in pairs}) == 1:
        found = Operation(CONDITION, "in", (pairs[0][0], *(right for _, right in pairs)))
    else:
        found = Operation(
            CONDITION, "or", tuple(Operation(CONDITION, "=", pair) for pair in _with_nulls(operand, items))
        )
    return negated(found) if node.negated else found


def _with_nulls(operand: Typed, items: list[Typed]) -> list[tuple[Value, Value]]:
    return [meeting(operand, item) for item in items]


def _against_query(b: Binder, scope: Scope, sides: tuple[s.Expression, s.Query], test: tuple[str, str]) -> Value:
    """``x IN (query)``, ``x = ANY (query)`` …: both sides in the form in which they are compared.

    Args:
        b: the binder.
        scope: the names around.
        sides: what is compared, and the subquery.
        test: the operator, and ``in``, ``any`` or ``all``.
    """
    from dbee_dbt.ddl.expressions.bind_query import bind_query

    (left, node), (operator, form) = sides, test
    operands = [bind_value.value(b, scope, item) for item in _row(left)]
    inner = bind_query(b, scope, node)
    if len(inner.outputs) != len(operands):
        raise QueryError(3706, "the subquery and the expression before it have different numbers of columns.")
    pairs = [meeting(operand, _output(inner, index)) for index, operand in enumerate(operands)]
    keyed = keyed_query(b, inner, tuple(right for _, right in pairs))
    return QueryValue(CONDITION, form, keyed, tuple(x for x, _ in pairs), operator)


def _output(query: BoundQuery, index: int) -> Typed:
    found = query.outputs[index]
    return Typed(output_field(index + 1, found.type), case_specific=found.case_specific, format=found.format)


def keyed_query(b: Binder, query: BoundQuery, values: tuple[Value, ...]) -> BoundQuery:
    """A query over another whose columns are these values of it; they are fields of source 0."""
    from dbee_dbt.ddl.expressions.bind_query import over

    return over(b, query, values)


def _match(b: Binder, scope: Scope, node: s.Match) -> Value:
    if node.quantifier and any(isinstance(pattern, s.Subquery) for pattern in node.patterns):
        raise NotKnownError("LIKE ANY or ALL over a subquery", node.at)
    operand = as_char(bind_value.value(b, scope, node.operand))
    patterns = [as_char(bind_value.value(b, scope, pattern)) for pattern in node.patterns]
    escape = (bind_value.value(b, scope, node.escape).value,) if node.escape is not None else ()
    tests = []
    for pattern in patterns:
        case = operand.case_specific or pattern.case_specific
        tests.append(Operation(CONDITION, "like", (operand.value, pattern.value, *escape), (case,)))
    found = (
        tests[0] if len(tests) == 1 else Operation(CONDITION, "or" if node.quantifier == "ANY" else "and", tuple(tests))
    )
    return negated(found) if node.negated else found


def _null_test(b: Binder, scope: Scope, node: s.NullTest) -> Value:
    operand = bind_value.value(b, scope, node.operand)
    return Operation(CONDITION, "is not null" if node.negated else "is null", (operand.value,))


def _exists(b: Binder, scope: Scope, node: s.Exists) -> Value:
    from dbee_dbt.ddl.expressions.bind_query import bind_query

    return QueryValue(CONDITION, "exists", bind_query(b, scope, node.query))


def _overlap(b: Binder, scope: Scope, node: s.Overlap) -> Value:
    raise NotKnownError(f"the predicate {node.operator}", node.at)


READERS: dict[type, Callable[[Binder, Scope, Any], Value]] = {
    s.Logical: _logical,
    s.Negation: _negation,
    s.Comparison: _comparison,
    s.Between: _between,
    s.Membership: _membership,
    s.Match: _match,
    s.NullTest: _null_test,
    s.Exists: _exists,
    s.Overlap: _overlap,
}
