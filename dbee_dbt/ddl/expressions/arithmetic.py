"""Result types of arithmetic (docs/teradata/typing.md §2)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.families import (
    BIGINT,
    DATE,
    FLOAT,
    INTEGER,
    decimal,
    digits,
    family,
    interval_fields,
    interval_type,
    is_interval,
)
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_MAX = 38


def widened(precision: int, max_decimal: int) -> int:
    """``p`` of the result tables: what a DECIMAL of so many digits becomes under MaxDecimal."""
    if max_decimal == 38:
        return 38
    if max_decimal == 18:
        return 18 if precision <= 18 else 38
    return 15 if precision <= 15 else 18 if precision <= 18 else 38


def result_type(operator: str, left: DataType, right: DataType, max_decimal: int) -> DataType:
    """The type of ``left operator right``.

    Args:
        operator: ``+ - * / MOD`` or ``**``.
        left: type of the left operand.
        right: type of the right operand.
        max_decimal: DBS Control MaxDecimal.

    Raises:
        QueryError: 5407 and kin where Teradata has no such operation.
        NotKnownError: where the result type is not known.
    """
    a, b = family(left), family(right)
    numeric = {"char", "integer", "decimal", "float", "number"}
    if operator == "**" and {a, b} <= numeric:
        return FLOAT
    if {a, b} <= numeric and {a, b} & {"char", "float"}:
        return FLOAT
    if "number" in (a, b):
        raise NotKnownError(f"the result type of {left.base} {operator} {right.base}")
    if not {a, b} - {"integer", "decimal"}:
        return _exact(operator, left, right, max_decimal)
    return _temporal(operator, left, right, max_decimal)


def _exact(operator: str, left: DataType, right: DataType, max_decimal: int) -> DataType:
    if family(left) == family(right) == "integer":
        return BIGINT if "BIGINT" in (left.name, right.name) else INTEGER
    (m, n), (k, j) = digits(left), digits(right)
    if family(left) == "integer":
        return decimal(widened(k, max_decimal), j)
    if family(right) == "integer":
        return decimal(widened(m, max_decimal), n)
    p = widened(max(m, k), max_decimal)
    if operator in ("+", "-"):
        return decimal(min(p, 1 + max(n, j) + max(m - n, k - j)), max(n, j))
    if operator == "*":
        if n + j > _MAX:
            raise QueryError(3779)
        return decimal(max(min(p, m + k), n + j), n + j)
    return decimal(p, max(n, j))


def _temporal(operator: str, left: DataType, right: DataType, max_decimal: int) -> DataType:
    a, b = family(left), family(right)
    if is_interval(left) or is_interval(right):
        return _with_interval(operator, left, right)
    if a == "date" and b in ("integer", "decimal"):
        if operator in ("+", "-"):
            return DATE
        return _meaningless(right, max_decimal)
    if b == "date" and a in ("integer", "decimal") and operator == "+":
        return DATE
    if (a, b, operator) == ("date", "date", "-"):
        return INTEGER
    raise QueryError(5407)


def _meaningless(right: DataType, max_decimal: int) -> DataType:
    """DATE times, over or MOD a number: its integer form takes part."""
    if family(right) == "integer":
        return BIGINT if right.name == "BIGINT" else INTEGER
    precision, scale = digits(right)
    return decimal(widened(precision, max_decimal), scale)


def _with_interval(operator: str, left: DataType, right: DataType) -> DataType:
    a, b = family(left), family(right)
    if is_interval(left) and is_interval(right) and operator in ("+", "-"):
        return spanning(left, right)
    if operator in ("+", "-") and is_interval(right):
        return _moved(left, right)
    if operator == "+" and is_interval(left):
        return _moved(right, left)
    numeric = ("integer", "decimal", "float")
    if operator in ("*", "/") and is_interval(left) and b in numeric:
        return left
    if operator == "*" and is_interval(right) and a in numeric:
        return right
    raise QueryError(5407)


def _moved(moment: DataType, interval: DataType) -> DataType:
    """The type of a DATE, TIME or TIMESTAMP moved by an interval."""
    kind = family(moment)
    if kind == "date" and interval_fields(interval)[1] in ("YEAR", "MONTH", "DAY"):
        return moment
    if kind == "timestamp" or (kind == "time" and family(interval) == "second interval"):
        scale = max(moment.scale or 0, interval.scale or 0)
        return DataType(moment.name, scale=scale, zone=moment.zone)
    raise QueryError(5407)


def spanning(left: DataType, right: DataType) -> DataType:
    """The interval type that spans the fields of both; year-month and day-time never mix."""
    if family(left) != family(right):
        raise QueryError(5407)
    order = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    firsts, lasts = zip(interval_fields(left), interval_fields(right), strict=True)
    first, last = min(firsts, key=order.index), max(lasts, key=order.index)
    scale = max(left.scale or 0, right.scale or 0)
    return interval_type(first, last, max(left.precision or 2, right.precision or 2), scale)
