"""What a query means as DuckDB SQL: values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dbee_dbt.ddl.expressions.bound import (
    Aggregate,
    Bound,
    BoundQuery,
    Choice,
    Constant,
    Field,
    Operation,
    QueryValue,
    SortKey,
    Value,
    Window,
)
from dbee_dbt.ddl.expressions.families import is_char
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.emulator.environment import Settings
from dbee_dbt.emulator.sql.conversions import Conversion, cast, converted
from dbee_dbt.emulator.sql.function_sql import function_sql
from dbee_dbt.emulator.sql.literals import constant_sql, name_sql
from dbee_dbt.emulator.sql.operators import ARITHMETIC, CONDITIONS, arithmetic, condition, difference


class Renderer:
    """Writes DuckDB SQL for one statement.

    Args:
        settings: of the session.
        query: writes a subquery.
        parameter: how the bound value of a number stands in the SQL.

    Attributes:
        group: how grouping values stand in the SQL, while a grouped select list is written.
        around: the same of a SELECT around a subquery.
        outputs: what the columns of the query at hand are, for sort keys that name them.
    """

    def __init__(
        self,
        settings: Settings,
        query: Callable[[Renderer, BoundQuery], str],
        parameter: Callable[[Bound], str] | None = None,
    ) -> None:
        self.settings = settings
        self.query_sql = query
        self.parameter = parameter or _no_parameter
        self.group: dict[Value, str] = {}
        self.around: dict[Value, str] = {}
        self.outputs: Sequence[Value] = ()

    def query(self, query: BoundQuery) -> str:
        """A subquery, in a grouping of its own."""
        inner = Renderer(self.settings, self.query_sql, self.parameter)
        inner.around = self.around
        return self.query_sql(inner, query)

    def value(self, value: Value) -> str:
        """A value as SQL; a grouping key by the row that stands for its group."""
        if self.group and value in self.group:
            return self.group[value]
        if self.around and value in self.around:
            return self.around[value]
        return _WRITERS[type(value)](self, value)

    def values(self, values: Sequence[Value]) -> list[str]:
        """Several values."""
        return [self.value(value) for value in values]

    def order(self, keys: Sequence[SortKey]) -> str:
        """Sort keys; NULL stands where the key says."""
        parts = []
        for key in keys:
            direction = "DESC" if key.descending else "ASC"
            parts.append(f"{self.value(key.value)} {direction} NULLS {'FIRST' if key.nulls_first else 'LAST'}")
        return ", ".join(parts)


def _no_parameter(value: Bound) -> str:
    raise NotKnownError("a parameter here")


def _constant(r: Renderer, value: Constant) -> str:
    return constant_sql(value.value, value.type)


def _bound(r: Renderer, value: Bound) -> str:
    return r.parameter(value)


def _field(r: Renderer, value: Field) -> str:
    if value.source == 0:
        place = int(value.name[1:])
        return r.value(r.outputs[place - 1]) if r.outputs else f"q.{value.name}"
    return f"s{value.source}.{name_sql(value.name)}"


def _operation(r: Renderer, value: Operation) -> str:
    if value.name == "GROUPING":
        return f"CAST(grouping({_ungrouped(r, value.args)[0]}) AS INTEGER)"
    args = r.values(value.args)
    if value.name == "convert":
        how, source_format, target_format = value.options
        source = value.args[0].type
        return converted(Conversion(args[0], source, value.type, how, source_format, target_format, r.settings))
    if value.name == "key":
        return key_sql(args[0], value.options[0])
    if value.name in CONDITIONS:
        return condition(value, args)
    if value.name in ARITHMETIC:
        return arithmetic(value, args)
    if value.name == "||":
        return f"({args[0]} || {args[1]})"
    if value.name == "negate":
        return f"(-{args[0]})"
    if value.name == "not null":
        return f"td_not_null({args[0]})"
    if value.name == "difference":
        return difference(value, args)
    found = function_sql(value, args, r.settings)
    if found is None:
        raise NotKnownError(f"function {value.name}")
    return found


def key_sql(sql: str, case_specific: bool) -> str:
    """Characters in the form in which they compare."""
    return f"td_key({sql})" if case_specific else f"td_key_blind({sql})"


def _choice(r: Renderer, value: Choice) -> str:
    branches = "".join(f" WHEN {r.value(when)} THEN {r.value(then)}" for when, then in value.branches)
    otherwise = f" ELSE {r.value(value.otherwise)}" if value.otherwise is not None else ""
    return f"CASE{branches}{otherwise} END"


def _query_value(r: Renderer, value: QueryValue) -> str:
    inner = r.query(value.query)
    operands = r.values(value.operands)
    left = operands[0] if len(operands) == 1 else f"({', '.join(operands)})"
    match value.form:
        case "scalar":
            return f"({inner})"
        case "exists":
            return f"EXISTS ({inner})"
        case "in":
            return f"({left} IN ({inner}))"
    return f"({left} {value.operator} {value.form.upper()} ({inner}))"


# --- aggregates ------------------------------------------------------------------------------------------------------

_NAMES = {
    "AVG": "avg",
    "MEDIAN": "median",
    "SKEW": "skewness",
    "KURTOSIS": "kurtosis",
    "SUM": "sum",
    "COUNT": "count",
}


def _aggregate(r: Renderer, value: Aggregate) -> str:
    args = _ungrouped(r, value.args)
    return cast(_call(value.name, args, value.args, value.distinct), value.type)


def _ungrouped(r: Renderer, values: Sequence[Value]) -> list[str]:
    """Values of the rows of a group."""
    group, r.group = r.group, {}
    found = r.values(values)
    r.group = group
    return found


def _call(name: str, args: list[str], values: Sequence[Value], distinct: bool) -> str:
    if name == "COUNT" and not args:
        return "count(*)"
    if name in ("MIN", "MAX"):
        if is_char(values[0].type):
            return f"arg_{name.lower()}({args[0]}, {args[1]})"
        return f"{name.lower()}({args[0]})"
    word = "DISTINCT " if distinct else ""
    return f"{_NAMES.get(name, name.lower())}({word}{', '.join(args)})"


def _window(r: Renderer, value: Window) -> str:
    args = r.values(value.args)
    call = _call(value.name, args, value.args, value.distinct)
    if value.ignore_nulls:
        call = call[:-1] + " IGNORE NULLS)"
    parts = []
    if value.partition:
        parts.append("PARTITION BY " + ", ".join(r.values(value.partition)))
    if value.order:
        parts.append("ORDER BY " + r.order(value.order))
    if value.frame is not None:
        parts.append(f"ROWS BETWEEN {value.frame[0]} AND {value.frame[1]}")
    return cast(f"{call} OVER ({' '.join(parts)})", value.type)


_WRITERS: dict[type, Callable[[Renderer, Any], str]] = {
    Constant: _constant,
    Bound: _bound,
    Field: _field,
    Operation: _operation,
    Choice: _choice,
    QueryValue: _query_value,
    Aggregate: _aggregate,
    Window: _window,
}
