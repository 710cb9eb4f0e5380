"""Expressions: syntax -> typed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.expressions import arithmetic, bind_call, bind_condition, bind_literal
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import Bound, Choice, Constant, Operation, QueryValue, Typed, Value
from dbee_dbt.ddl.expressions.calls import default_case
from dbee_dbt.ddl.expressions.characters import as_char, common_type, concatenated
from dbee_dbt.ddl.expressions.compare import compared
from dbee_dbt.ddl.expressions.convert import How, convert
from dbee_dbt.ddl.expressions.families import FLOAT, family, is_interval, is_numeric, with_default_charset
from dbee_dbt.ddl.expressions.literals import qualifier_type
from dbee_dbt.ddl.expressions.precedence import PERIOD_OPERATORS
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Scope
from dbee_dbt.model.types import DataType


def value(b: Binder, scope: Scope, node: s.Expression) -> Typed:
    """The value of an expression.

    Raises:
        QueryError: what Teradata says of it; 3707 where it is a condition.
        NotKnownError: where its type or meaning is not known.
    """
    reader = _READERS.get(type(node))
    if isinstance(node, s.Unbound):
        raise refusal(node)
    if reader is None:
        if type(node) in bind_condition.READERS:
            raise QueryError(3707, "a value and not a condition.", at=node.at)
        raise NotKnownError(f"{type(node).__name__} as a value", node.at)
    try:
        return reader(b, scope, node)
    except (QueryError, NotKnownError) as problem:
        if problem.at is None and not b.depth:
            problem.at = node.at
        raise


def refusal(node: s.Unbound | s.UnboundSource) -> QueryError | NotKnownError:
    """Why something that is read has no meaning: Teradata's own error for it, or that it is not known here."""
    if isinstance(node, s.Unbound) and node.code:
        return QueryError(node.code, node.what, at=node.at)
    return NotKnownError(node.what, node.at)


def refuse(nodes: tuple[s.Unbound, ...]) -> None:
    """Refuse the first of some clauses, if there is one.

    Raises:
        QueryError, NotKnownError: its refusal.
    """
    for node in nodes:
        raise refusal(node)


def _new(b: Binder, scope: Scope, node: s.New) -> Typed:
    raise NotKnownError(f"the constructor NEW {'.'.join(node.type)}", node.at)


def _number(b: Binder, scope: Scope, node: s.Number) -> Typed:
    return bind_literal.number_literal(node)


def _text(b: Binder, scope: Scope, node: s.Text) -> Typed:
    return bind_literal.text_literal(node, b.session)


def _hex(b: Binder, scope: Scope, node: s.Hex) -> Typed:
    return bind_literal.hex_literal(node, b.session)


def _moment(b: Binder, scope: Scope, node: s.Moment) -> Typed:
    return bind_literal.moment_literal(node)


def _span(b: Binder, scope: Scope, node: s.Span) -> Typed:
    return bind_literal.span_literal(node)


def _null(b: Binder, scope: Scope, node: s.Null) -> Typed:
    return bind_literal.null_literal()


def _parameter(b: Binder, scope: Scope, node: s.Parameter) -> Typed:
    if node.number >= len(b.parameters):
        raise QueryError(3939, at=node.at)
    kind = b.parameters[node.number]
    return Typed(Bound(kind, node.number), title="?", case_specific=default_case(b.session))


def _name(b: Binder, scope: Scope, node: s.Name) -> Typed:
    if len(node.parts) > 1:
        database = node.parts[-3] if len(node.parts) > 2 else None
        return scope.qualified(database, node.parts[-2], node.parts[-1])
    name = node.parts[0]
    found = None if node.quoted else bind_literal.built_in(name.upper(), None, b.session)
    found = found or scope.unqualified(name)
    if found is None:
        raise QueryError(3810, name, at=node.at)
    return found


def _unary(b: Binder, scope: Scope, node: s.Unary) -> Typed:
    if isinstance(node.operand, s.Number):
        return bind_literal.number_literal(node.operand, node.operator == "-")
    operand = value(b, scope, node.operand)
    if operand.type.is_character:
        operand = operand.with_value(convert(operand, FLOAT, "implicit"))
    if not is_numeric(operand.type) and not is_interval(operand.type):
        raise QueryError(5407, at=node.at)
    title = f"{node.operator}({operand.title})"
    if node.operator == "+":
        return operand.derived(operand.value, title)
    return operand.derived(Operation(operand.type, "negate", (operand.value,)), title)


def _binary(b: Binder, scope: Scope, node: s.Binary) -> Typed:
    if node.operator in PERIOD_OPERATORS:
        raise NotKnownError(f"the operator {node.operator}", node.at)
    left, right = value(b, scope, node.left), value(b, scope, node.right)
    operator = " MOD " if node.operator == "MOD" else node.operator
    title = f"({left.title}{operator}{right.title})"
    if node.operator == "||":
        return _concatenation(left, right, title)
    left, right = _typed_operands(left, right)
    kind = arithmetic.result_type(node.operator, left.type, right.type, b.session.max_decimal)
    return Typed(Operation(kind, node.operator, (left.value, right.value)), title=title)


def _typed_operands(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """A bare NULL as an operand is an INTEGER."""
    return bind_literal.settled(left), bind_literal.settled(right)


def _concatenation(left: Typed, right: Typed, title: str) -> Typed:
    left, right = bind_literal.settled(left), bind_literal.settled(right)
    kind = concatenated(left, right)
    chars = (left, right) if family(kind) == "byte" else (as_char(left), as_char(right))
    case = any(side.case_specific for side in chars if side.type.is_character)
    literal = left.literal and right.literal
    operation = Operation(kind, "||", tuple(side.value for side in chars))
    return Typed(operation, case_specific=case, title=title, literal=literal)


def _case(b: Binder, scope: Scope, node: s.Case) -> Typed:
    operand = value(b, scope, node.operand) if node.operand is not None else None
    conditions = [_branch_condition(b, scope, operand, when) for when, _ in node.branches]
    results = [value(b, scope, then) for _, then in node.branches]
    default = value(b, scope, node.otherwise) if node.otherwise is not None else None
    every = [*results, default] if default is not None else results
    kind = common_type(every, b.session.max_decimal)
    values = [convert(result, kind, "implicit") for result in results]
    otherwise = convert(default, kind, "implicit") if default is not None else None
    branches = tuple(zip(conditions, values, strict=True))
    case = any(result.case_specific for result in every)
    return Typed(Choice(kind, branches, otherwise), case_specific=case, title="<CASE  expression>")


def _branch_condition(b: Binder, scope: Scope, operand: Typed | None, when: s.Expression) -> Value:
    if operand is None:
        return bind_condition.condition(b, scope, when)
    return compared("=", operand, value(b, scope, when))


def _cast(b: Binder, scope: Scope, node: s.Cast) -> Typed:
    operand = value(b, scope, node.operand)
    how: How = "try" if node.form == "trycast" else "phrase" if node.form == "phrase" else "cast"
    found = _converted(b, operand, node, how) if node.type is not None else operand
    return _attributed(found, node.attributes, keep_format=node.type is None)


def _converted(b: Binder, operand: Typed, node: s.Cast, how: How) -> Typed:
    kind = node.type
    assert kind is not None
    if kind.udt is not None:
        raise NotKnownError(f"the type {kind.udt.removeprefix('SYSUDTLIB.')}", node.at)
    kind = with_default_charset(kind, b.session.charset)  # the user's default character set (typing.md §3)
    if how == "try" and family(operand.type) not in ("char", "null", "integer", "decimal", "float"):
        raise NotKnownError(f"TRYCAST of {operand.type.base}", node.at)
    converted = convert(operand, kind, how, node.attributes.format)
    case = operand.case_specific if operand.type.is_character else default_case(b.session)
    return Typed(converted, nullable=True, case_specific=case and kind.is_character, title=operand.title)


def _attributed(found: Typed, attributes: s.Attributes, keep_format: bool) -> Typed:
    if attributes.uppercase:
        raise NotKnownError("the UPPERCASE phrase")
    case = found.case_specific if attributes.case_specific is None else attributes.case_specific
    return Typed(
        found.value,
        nullable=found.nullable,
        case_specific=case,
        title=attributes.title if attributes.title is not None else found.title,
        format=attributes.format or (found.format if keep_format else None),
        name=attributes.named or (found.name if keep_format else None),
        literal=found.literal and keep_format,
        column=None,
    )


def _interval_of(b: Binder, scope: Scope, node: s.IntervalOf) -> Typed:
    """``(a - b) DAY(4)`` of dates, timestamps or times."""
    if not isinstance(node.operand, s.Binary) or node.operand.operator != "-":
        raise NotKnownError("an interval qualifier behind anything but a difference", node.at)
    kind = qualifier_type(node.qualifier)
    left, right = value(b, scope, node.operand.left), value(b, scope, node.operand.right)
    families = {family(left.type), family(right.type)}
    title = f"({left.title}-{right.title}) {kind.name[len('INTERVAL ') :]}"
    if families not in ({"date"}, {"timestamp"}, {"time"}):
        if families != {"date", "timestamp"}:
            raise QueryError(5407, at=node.at)
        left, right = (_as_timestamp(side) for side in (left, right))
    return Typed(Operation(kind, "difference", (left.value, right.value), (left.type,)), title=title)


def _as_timestamp(side: Typed) -> Typed:
    if family(side.type) == "timestamp":
        return side
    return side.with_value(convert(side, DataType("TIMESTAMP", scale=0), "implicit"))


_UTC = ("GMT", "UTC", "GMT+0", "+00:00", "GMT+00:00")


def _at_zone(b: Binder, scope: Scope, node: s.AtZone) -> Typed:
    """Only the zone +00:00, which is the session's: values of other zones are not kept."""
    operand = value(b, scope, node.operand)
    if node.zone is not None:
        zone = value(b, scope, node.zone).value
        known = isinstance(zone, Constant) and (str(zone.value).upper() in _UTC or zone.value == 0)
        if not known:
            raise NotKnownError("AT TIME ZONE with a zone other than +00:00", node.at)
    if family(operand.type) not in ("time", "timestamp"):
        raise QueryError(5407, at=node.at)
    kind = DataType(operand.type.name, scale=operand.type.scale, zone=True)
    return Typed(convert(operand, kind, "implicit"), title=operand.title)


def _subquery(b: Binder, scope: Scope, node: s.Subquery) -> Typed:
    from dbee_dbt.ddl.expressions.bind_query import bind_query

    inner = bind_query(b, scope, node.query)
    if len(inner.outputs) != 1:
        raise QueryError(3607, at=node.at)
    found = inner.outputs[0]
    return Typed(
        QueryValue(found.type, "scalar", inner),
        case_specific=found.case_specific,
        title=found.title,
        format=found.format,
    )


_READERS: dict[type, Callable[[Binder, Scope, Any], Typed]] = {
    s.Number: _number,
    s.Text: _text,
    s.Hex: _hex,
    s.Moment: _moment,
    s.Span: _span,
    s.Null: _null,
    s.Parameter: _parameter,
    s.Name: _name,
    s.Unary: _unary,
    s.Binary: _binary,
    s.Case: _case,
    s.Cast: _cast,
    s.IntervalOf: _interval_of,
    s.AtZone: _at_zone,
    s.Subquery: _subquery,
    s.Call: bind_call.call,
    s.New: _new,
}
