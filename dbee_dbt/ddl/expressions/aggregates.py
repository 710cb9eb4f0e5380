"""Aggregates and window functions: result types and titles (docs/teradata/typing.md §4, §6)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from dbee_dbt.ddl.expressions.arithmetic import widened
from dbee_dbt.ddl.expressions.bound import SessionFacts, Typed
from dbee_dbt.ddl.expressions.families import FLOAT, INTEGER, decimal, digits, family, is_numeric
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

Rule = Callable[[tuple[Typed, ...], SessionFacts], DataType]


class AggregateFunction(Struct, frozen=True):
    """One aggregate, or one function that only exists over a window.

    Args:
        name: its key.
        title: how its title begins.
        least: fewest arguments.
        most: most arguments.
        rule: its result type.
        window_only: True for ROW_NUMBER and kin.
        framed: whether a frame counts; those without one look at the whole partition by nature.
        note: what is uncertain.
    """

    name: str
    title: str
    least: int
    most: int
    rule: Rule
    window_only: bool = False
    framed: bool = True
    note: str = ""


def _count(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    if session.mode == "TERA":
        return INTEGER
    return decimal(15 if session.max_decimal in (0, 15) else session.max_decimal, 0)


def _sum(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    kind = args[0].type
    match family(kind):
        case "integer":
            return INTEGER if kind.name in ("BYTEINT", "SMALLINT") else kind
        case "decimal":
            precision, scale = digits(kind)
            return decimal(widened(precision, session.max_decimal), scale)
        case "char" | "float":
            return FLOAT
        case "number" | "month interval" | "second interval":
            return kind
        case "null":
            return INTEGER
    raise QueryError(5407) if family(kind) in ("date", "time", "timestamp") else NotKnownError(f"SUM of {kind.base}")


def _average(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    if not (is_numeric(args[0].type) or family(args[0].type) in ("char", "null")):
        raise NotKnownError(f"AVG of {args[0].type.base}")
    return FLOAT


def _same(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    return INTEGER if family(args[0].type) == "null" else args[0].type


def _float(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    for arg in args:
        if not is_numeric(arg.type):
            raise NotKnownError(f"this aggregate over {arg.type.base}")
    return FLOAT


def _integer(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    return INTEGER


def _median(args: tuple[Typed, ...], session: SessionFacts) -> DataType:
    return _float(args, session)


_STATISTICS = ("STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP", "SKEW", "KURTOSIS")
_PAIRS = ("CORR", "COVAR_POP", "COVAR_SAMP", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2")
_FLOAT_NOTE = "FLOAT is taken"

AGGREGATES: dict[str, AggregateFunction] = {
    function.name: function
    for function in (
        AggregateFunction("COUNT", "Count", 1, 1, _count),
        AggregateFunction("SUM", "Sum", 1, 1, _sum),
        AggregateFunction("AVG", "Average", 1, 1, _average),
        AggregateFunction("MIN", "Minimum", 1, 1, _same),
        AggregateFunction("MAX", "Maximum", 1, 1, _same),
        *(AggregateFunction(name, name.capitalize(), 1, 1, _float, note=_FLOAT_NOTE) for name in _STATISTICS),
        *(AggregateFunction(name, name.capitalize(), 2, 2, _float, note=_FLOAT_NOTE) for name in _PAIRS),
        AggregateFunction("MEDIAN", "Median", 1, 1, _median, note="of numbers; FLOAT is taken"),
        AggregateFunction("ROW_NUMBER", "Row_Number", 0, 0, _integer, window_only=True, framed=False),
        AggregateFunction("RANK", "Rank", 0, 0, _integer, window_only=True, framed=False),
        AggregateFunction("DENSE_RANK", "Dense_Rank", 0, 0, _integer, window_only=True, framed=False),
        AggregateFunction("PERCENT_RANK", "Percent_Rank", 0, 0, _float, window_only=True, framed=False),
        AggregateFunction("CUME_DIST", "Cume_Dist", 0, 0, _float, window_only=True, framed=False),
        AggregateFunction("FIRST_VALUE", "First_Value", 1, 1, _same, window_only=True),
        AggregateFunction("LAST_VALUE", "Last_Value", 1, 1, _same, window_only=True),
        AggregateFunction("LAG", "Lag", 1, 3, _same, window_only=True, framed=False),
        AggregateFunction("LEAD", "Lead", 1, 3, _same, window_only=True, framed=False),
    )
}
"""Every aggregate and window function by its key."""

SYNONYMS = {"AVERAGE": "AVG", "AVE": "AVG", "MINIMUM": "MIN", "MAXIMUM": "MAX"}


def window_title(function: AggregateFunction, arguments: str, frame: tuple[str, str] | None) -> str:
    """The default title of an aggregate over a window: Group, Cumulative, Moving or Remaining by its frame."""
    if function.window_only:
        return f"{function.title}({arguments})"
    start, end = frame or ("UNBOUNDED PRECEDING", "UNBOUNDED FOLLOWING")
    if start == "UNBOUNDED PRECEDING":
        word = "Group" if end == "UNBOUNDED FOLLOWING" else "Cumulative"
    else:
        word = "Remaining" if end == "UNBOUNDED FOLLOWING" else "Moving"
    return f"{word} {function.title}({arguments})"
