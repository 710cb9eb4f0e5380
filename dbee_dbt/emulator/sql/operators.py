"""Operators and conditions as DuckDB SQL (docs/teradata/typing.md §2, §8)."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions.bound import Operation
from dbee_dbt.ddl.expressions.families import digits, family, interval_fields, is_interval
from dbee_dbt.ddl.expressions.intervals import FIELD_SIZE, smallest
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.emulator.sql.conversions import cast, checked_interval
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.model.types import DataType

Operands = list[str]


def arithmetic(node: Operation, args: Operands) -> str:
    """``+ - * / MOD **`` of the node's operands."""
    left, right = (arg.type for arg in node.args)
    families = (family(left), family(right))
    if is_interval(node.type) or is_interval(left) or is_interval(right):
        return _with_interval(node, args)
    if "date" in families:
        return _with_date(node, args)
    match family(node.type):
        case "integer":
            return _integer(node, args)
        case "float":
            return _float(node, args)
        case "decimal":
            return _decimal(node, args)
    raise NotKnownError(f"{left.base} {node.name} {right.base}")


def _integer(node: Operation, args: Operands) -> str:
    left, right = (cast(arg, node.type) for arg in args)
    if node.name == "/":
        return f"td_divide({left}, {right})"
    if node.name == "MOD":
        return f"td_mod({left}, {right})"
    return f"({left} {node.name} {right})"


def _float(node: Operation, args: Operands) -> str:
    left, right = (_double(arg, operand.type) for arg, operand in zip(args, node.args, strict=True))
    match node.name:
        case "/":
            return f"td_float_divide({left}, {right})"
        case "MOD":
            return f"td_mod({left}, {right})"
        case "**":
            return f"td_float(pow({left}, {right}))"
    return f"({left} {node.name} {right})"


def _double(sql: str, kind: DataType) -> str:
    if family(kind) == "char":
        return f"CAST(td_as_number({sql}) AS DOUBLE)"
    return sql if family(kind) == "float" else f"CAST({sql} AS DOUBLE)"


def _decimal(node: Operation, args: Operands) -> str:
    if node.name == "/":
        return _decimal_quotient(node, args)
    if node.name == "MOD":
        scale = digits(node.type)[1]
        left, right = (f"CAST({arg} AS DECIMAL(38,{scale}))" for arg in args)
        return cast(f"td_mod({left}, {right})", node.type)
    exact = [_exact(arg, operand.type) for arg, operand in zip(args, node.args, strict=True)]
    return cast(f"({exact[0]} {node.name} {exact[1]})", node.type)


def _exact(sql: str, kind: DataType) -> str:
    """An integer operand as a DECIMAL, so that DuckDB multiplies exactly."""
    return f"CAST({sql} AS DECIMAL({digits(kind)[0]},0))" if family(kind) == "integer" else sql


def _decimal_quotient(node: Operation, args: Operands) -> str:
    """A quotient of whole numbers, rounded half to even to the result's digits."""
    (m, n), (k, j) = (digits(operand.type) for operand in node.args)
    scale = digits(node.type)[1]
    shift = scale + j - n
    if m + max(shift, 0) > 38 or k + max(-shift, 0) > 37:
        raise NotKnownError(f"a quotient of {node.args[0].type.base} by {node.args[1].type.base}")
    top = f"({_unscaled(args[0], n)} * {_power(max(shift, 0))})"
    bottom = f"({_unscaled(args[1], j)} * {_power(max(-shift, 0))})"
    whole = f"CAST(td_round_divide({top}, {bottom}) AS DECIMAL(38,0))"
    if scale == 0:
        return cast(whole, node.type)
    step = "0." + "0" * (scale - 1) + "1"
    return cast(f"({whole} * CAST({step} AS DECIMAL({scale},{scale})))", node.type)


def _unscaled(sql: str, scale: int) -> str:
    """A DECIMAL as the whole number of its digits."""
    if scale == 0:
        return f"CAST({sql} AS HUGEINT)"
    return f"CAST({sql} * CAST(1{'0' * scale} AS DECIMAL({scale + 1},0)) AS HUGEINT)"


def _power(places: int) -> str:
    return f"CAST(1{'0' * places} AS HUGEINT)"


# --- dates and intervals ---------------------------------------------------------------------------------------------


def _with_date(node: Operation, args: Operands) -> str:
    left, right = (arg.type for arg in node.args)
    if family(left) == family(right) == "date":
        return cast(f"({args[0]} - {args[1]})", node.type)
    if family(node.type) == "date":
        date, days = (args[0], args[1]) if family(left) == "date" else (args[1], args[0])
        return f"td_date_range({date} {node.name} CAST(trunc({days}) AS INTEGER))"
    number = f"td_date_number({args[0]})"
    other = Operation(DataType("INTEGER"), "CURRENT_DATE")
    return arithmetic(Operation(node.type, node.name, (other, node.args[1])), [number, args[1]])


def _with_interval(node: Operation, args: Operands) -> str:
    left, right = (arg.type for arg in node.args)
    if is_interval(left) and is_interval(right):
        return checked_interval(f"{args[0]} {node.name} {args[1]}", node.type)
    if is_interval(node.type):
        return _scaled(node, args)
    if is_interval(left):
        return _moved(node, args[1], args[0], left)
    return _moved(node, args[0], args[1], right)


def _scaled(node: Operation, args: Operands) -> str:
    """An interval times or over a number; what is smaller than its last field is cut."""
    unit = smallest(node.type)
    left, right = args
    if node.name == "/":
        number = f"CASE WHEN {right} = 0 THEN CAST('[td:2618]' AS INTEGER) ELSE {left} / {right} END"
    else:
        number = f"{left} * {right}"
    return checked_interval(f"CAST(trunc(({number}) / {unit}) AS BIGINT) * {unit}", node.type)


def _moved(node: Operation, moment: str, interval: str, kind: DataType) -> str:
    amount = interval if node.name == "+" else f"(-{interval})"
    if family(kind) == "month interval":
        moved = f"td_plus_months({moment}, {amount})"
        return f"CAST(td_date_range({moved}) AS {storage_type(node.type)})"
    if family(node.type) == "date":
        return f"td_date_range({moment} + CAST({amount} // {FIELD_SIZE['DAY']} AS INTEGER))"
    if family(node.type) == "time":
        return f"({moment} + to_microseconds({amount}))"
    return f"td_date_range({moment} + to_microseconds({amount}))"


def difference(node: Operation, args: Operands) -> str:
    """``(a - b) qualifier``: units below the qualifier are dropped before subtracting (typing.md §2)."""
    kind, last = node.type, interval_fields(node.type)[1]
    source = node.options[0]
    if family(kind) == "month interval":
        if family(source) == "time":
            raise NotKnownError("a difference of times in months")
        count = {"YEAR": "year({}) * 12", "MONTH": "td_months({})"}[last]
        return checked_interval(f"{count.format(args[0])} - {count.format(args[1])}", kind)
    unit = smallest(kind)
    micros = [_micros(arg, source) for arg in args]
    left, right = (f"({m} - {m} % {unit})" for m in micros)
    return checked_interval(f"{left} - {right}", kind)


def _micros(sql: str, source: DataType) -> str:
    """Microseconds since the year 1, so that a remainder cuts downwards for every date."""
    if family(source) == "time":
        return f"epoch_us(DATE '1970-01-01' + {sql})"
    return f"(epoch_us(CAST({sql} AS TIMESTAMP)) + 62135596800000000)"


# --- conditions ------------------------------------------------------------------------------------------------------


def condition(node: Operation, args: Operands) -> str:
    """A predicate of the node's operands."""
    writer = _CONDITIONS.get(node.name)
    if writer is None:
        return f"({args[0]} {node.name} {args[1]})"
    return writer(node, args)


def _in(node: Operation, args: Operands) -> str:
    return f"({args[0]} IN ({', '.join(args[1:])}))"


def _like(node: Operation, args: Operands) -> str:
    operands = args[:2] if node.options[0] else [f"upper({arg})" for arg in args[:2]]
    escape = f" ESCAPE {args[2]}" if len(args) > 2 else ""
    return f"({operands[0]} LIKE {operands[1]}{escape})"


_CONDITIONS: dict[str, Callable[[Operation, Operands], str]] = {
    "and": lambda node, args: "(" + " AND ".join(args) + ")",
    "or": lambda node, args: "(" + " OR ".join(args) + ")",
    "not": lambda node, args: f"(NOT {args[0]})",
    "is null": lambda node, args: f"({args[0]} IS NULL)",
    "is not null": lambda node, args: f"({args[0]} IS NOT NULL)",
    "is not distinct from": lambda node, args: f"({args[0]} IS NOT DISTINCT FROM {args[1]})",
    "in": _in,
    "like": _like,
}
CONDITIONS = frozenset((*_CONDITIONS, "=", "<>", "<", "<=", ">", ">="))
ARITHMETIC = frozenset(("+", "-", "*", "/", "MOD", "**"))
