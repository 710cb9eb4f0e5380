"""Calls: scalar functions, aggregates and window functions -> typed values."""

from __future__ import annotations

from msgspec.structs import replace

from dbee_dbt.ddl.expressions import bind_literal, bind_value
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.aggregates import AGGREGATES, SYNONYMS, AggregateFunction, window_title
from dbee_dbt.ddl.expressions.aliases import Aliases
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import Aggregate, SortKey, Typed, Value, Window, walk
from dbee_dbt.ddl.expressions.calls import FunctionCall
from dbee_dbt.ddl.expressions.compare import key, sort_key
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import FLOAT, INTEGER, with_default_charset
from dbee_dbt.ddl.expressions.functions import FUNCTIONS, applied
from dbee_dbt.ddl.expressions.parse import parse_expression_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import Reader, Scope
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.types import DataType

_WHOLE = ("UNBOUNDED PRECEDING", "UNBOUNDED FOLLOWING")
_INSTALLED = ("HASH_MD5",)  # functions that are no part of Teradata and lie wherever a site put them
_LIBRARIES = ("TD_SYSFNLIB", "SYSLIB")


def call(b: Binder, scope: Scope, node: s.Call) -> Typed:
    """The value of a function call.

    Raises:
        QueryError: what Teradata says of it.
        NotKnownError: for a function that is not in the table.
    """
    if node.order:
        raise NotKnownError("ORDER BY inside a function", node.order[0].at)
    name = node.name[-1].upper()
    if len(node.name) > 1 and node.name[0].upper() not in _LIBRARIES and name not in _INSTALLED:
        return _user_defined(b, scope, node)
    name = SYNONYMS.get(name, name)
    if name in AGGREGATES:
        return _aggregate(b, scope, node, AGGREGATES[name])
    if node.over is not None or node.within or node.distinct:
        raise NotKnownError(f"function {node.name[-1]} with OVER, WITHIN GROUP or DISTINCT", node.at)
    built_in = _built_in(b, node, name)
    if built_in is not None:
        return built_in
    if name not in FUNCTIONS:
        return _user_defined(b, scope, node)
    words = tuple(arg.text for arg in node.args if isinstance(arg, s.Word))
    args = tuple(bind_value.value(b, scope, arg) for arg in node.args if not isinstance(arg, s.Word))
    return applied(FunctionCall(name, node.name[-1], args, b.session, words))


def _built_in(b: Binder, node: s.Call, name: str) -> Typed | None:
    """``CURRENT_TIMESTAMP(0)``, ``CURRENT_DATE()``."""
    precision = None
    if node.args:
        digits = node.args[0]
        if name not in ("CURRENT_TIMESTAMP", "CURRENT_TIME") or not isinstance(digits, s.Number):
            return None
        if digits.text not in "0123456":
            raise QueryError(3707, "a precision between 0 and 6.", at=node.at)
        precision = int(digits.text)
    return bind_literal.built_in(name, precision, b.session)


def _user_defined(b: Binder, scope: Scope, node: s.Call) -> Typed:
    """A function in SQL: its expression, with the arguments in the place of its parameters."""
    written = ".".join(node.name)
    found = b.lookup.function(node.name[0] if len(node.name) > 1 else None, node.name[-1])
    if found is None or node.over is not None or node.distinct:
        raise NotKnownError(f"function {written}", node.at)
    if len(node.args) != len(found.parameters):
        raise QueryError(9881, node.name[-1], at=node.at)
    args = [bind_value.value(b, scope, arg) for arg in node.args]
    inner = b.inside(b.lookup, b.database)
    names = inner.scope(None)
    names.aliases = Aliases(
        [(parameter.name, _parameter(b, parameter, arg)) for parameter, arg in zip(found.parameters, args, strict=True)]
    )
    body = bind_value.value(inner, names, parse_expression_text(found.expression))
    returns = with_default_charset(read_type(found.returns), b.session.charset)
    titles = ",".join(arg.title for arg in args)
    return body.derived(convert(body, returns, "implicit"), f"{node.name[-1]}({titles})")


def _parameter(b: Binder, parameter: Parameter, arg: Typed) -> Reader:
    if parameter.type is None:
        raise NotKnownError(f"parameter {parameter.name} without a type")
    kind = with_default_charset(parameter.type, b.session.charset)
    value = arg.derived(convert(arg, kind, "implicit"), parameter.name)
    return lambda _scope: value


def _aggregate(b: Binder, scope: Scope, node: s.Call, function: AggregateFunction) -> Typed:
    star = len(node.args) == 1 and isinstance(node.args[0], s.Star)
    if star and function.name != "COUNT":
        raise QueryError(3707, "an expression and not '*'.", at=node.at)
    if node.within:
        raise NotKnownError("WITHIN GROUP", node.at)
    args = () if star else tuple(bind_value.value(b, scope, arg) for arg in node.args)
    if not star and not function.least <= len(args) <= function.most:
        raise QueryError(9881, node.name[-1], at=node.at)
    if function.window_only and node.over is None:
        raise NotKnownError(f"{function.name} without OVER", node.at)
    kind = function.rule(args, b.session)
    values = _operands(function, args, node.distinct)
    titles = (
        ("Distinct(" + args[0].title + ")" if node.distinct else ",".join(arg.title for arg in args)) if args else ""
    )
    titles = "*" if star else titles
    case = bool(args) and args[0].case_specific
    if node.over is not None:
        window = _window(b, scope, node, function, (kind, values, titles, case))
        return replace(window, format=_format(function, kind, args))
    if any(isinstance(part, Aggregate) for value in values for part in walk(value)):
        raise QueryError(3568, at=node.at)
    found = Aggregate(kind, function.name, values, node.distinct)
    return Typed(found, case_specific=case, title=f"{function.title}({titles})", format=_format(function, kind, args))


def _format(function: AggregateFunction, kind: DataType, args: tuple[Typed, ...]) -> str | None:
    """AVG, MIN and MAX keep the operand's FORMAT; COUNT shows a whole number (typing.md §4, §7)."""
    if function.name == "COUNT":
        return None if kind == INTEGER else f"-({kind.precision})9"
    return args[0].format if function.name in ("MIN", "MAX", "AVG") and args else None


def _operands(function: AggregateFunction, args: tuple[Typed, ...], distinct: bool) -> tuple[Value, ...]:
    """Operands as the aggregate takes them: what is counted distinctly, or compared, with its key beside it."""
    args = tuple(bind_literal.settled(arg) for arg in args)
    if function.name == "COUNT" and distinct:
        return tuple(key(arg) for arg in args)
    if function.name in ("MIN", "MAX"):
        return args[0].value, key(args[0])
    if function.name == "SUM" and args[0].type.is_character:
        return (convert(args[0], FLOAT, "implicit"),)
    if function.name in ("LAG", "LEAD"):
        more = tuple(convert(arg, INTEGER, "implicit") for arg in args[1:2])
        return (args[0].value, *more, *(convert(arg, args[0].type, "implicit") for arg in args[2:]))
    if function.rule.__name__ in ("_float", "_average", "_median"):
        return tuple(convert(arg, FLOAT, "implicit") for arg in args)
    return tuple(arg.value for arg in args)


def _window(b: Binder, scope: Scope, node: s.Call, function: AggregateFunction, facts: tuple) -> Typed:  # type: ignore[type-arg]
    kind, values, titles, case = facts
    assert node.over is not None
    if isinstance(node.over.reset, s.Unbound):
        raise bind_value.refusal(node.over.reset)
    if node.over.reset is not None:
        raise NotKnownError("RESET WHEN", node.over.at)
    if any(isinstance(part, Window) for value in values for part in walk(value)):
        raise QueryError(5480, at=node.at)
    partition = tuple(key(bind_value.value(b, scope, part)) for part in node.over.partition)
    order = tuple(order_key(b, scope, item) for item in node.over.order)
    frame = _frame(function, node.over)
    found = Window(kind, function.name, values, partition, order, frame, node.nulls == "IGNORE", node.distinct)
    if function.window_only and not values:
        titles = ",".join(_order_title(b, scope, item) for item in node.over.order)
    return Typed(found, case_specific=case, title=window_title(function, titles, frame))


def order_key(b: Binder, scope: Scope, item: s.OrderItem) -> SortKey:
    """A sort key of a window; a number is a constant there and orders nothing."""
    return sort_key(bind_value.value(b, scope, item.expression), item.descending, item.nulls)


def _order_title(b: Binder, scope: Scope, item: s.OrderItem) -> str:
    title = bind_value.value(b, scope, item.expression).title
    return f"{title} DESC" if item.descending else title


def _frame(function: AggregateFunction, over: s.Over) -> tuple[str, str] | None:
    """The frame; an aggregate with ORDER BY and without ROWS looks at the whole partition (typing.md §4)."""
    if not function.framed:
        return None
    if over.frame is None:
        return _WHOLE
    return over.frame.start, over.frame.end
