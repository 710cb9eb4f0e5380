"""Comparisons: the form in which two values meet (docs/teradata/typing.md §8)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import CONDITION, Operation, SortKey, Typed, Value
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import (
    DATE,
    FLOAT,
    INTEGER,
    family,
    interval_fields,
    is_char,
    is_interval,
)
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_EXACT = frozenset({"integer", "decimal", "number"})
_NUMBERS = _EXACT | {"float"}


def key(value: Typed, case_specific: bool | None = None) -> Value:
    """The value in the form in which equality and order look at it.

    Trailing blanks of characters do not count, nor does case unless they are CASESPECIFIC.
    """
    if not is_char(value.type):
        return value.value
    case = value.case_specific if case_specific is None else case_specific
    return Operation(value.type, "key", (value.value,), (case,))


def sort_key(value: Typed, descending: bool, nulls: str | None = None) -> SortKey:
    """The value as a sort key; NULL is the lowest value unless NULLS FIRST or LAST says otherwise."""
    if family(value.type) in ("clob", "blob", "other", "period"):
        raise NotKnownError(f"ordering by {value.type.base}")
    first = not descending if nulls is None else nulls == "FIRST"
    return SortKey(key(value), descending, first)


def compared(operator: str, left: Typed, right: Typed) -> Value:
    """The condition ``left operator right``.

    Raises:
        QueryError: where Teradata does not compare these types, or a NULL literal (3731).
        NotKnownError: where the comparison's rule is not known.
    """
    if "null" in (family(left.type), family(right.type)):
        raise QueryError(3731)
    return Operation(CONDITION, operator, meeting(left, right))


def meeting(left: Typed, right: Typed) -> tuple[Value, Value]:
    """Both values in the form in which they are compared with one another."""
    if "null" in (family(left.type), family(right.type)):
        other = right if family(left.type) == "null" else left
        return convert(left, other.type, "implicit"), convert(right, other.type, "implicit")
    if is_char(left.type) and is_char(right.type):
        case = left.case_specific or right.case_specific
        return key(left, case), key(right, case)
    kind = _meeting_type(left.type, right.type)
    if kind is None:
        return left.value, right.value
    return convert(left, kind, "implicit", _date_format(kind, right)), convert(
        right, kind, "implicit", _date_format(kind, left)
    )


def _date_format(kind: DataType, other: Typed) -> str | None:
    """The FORMAT of a DATE, by which characters beside it are read."""
    return other.format if kind == DATE and family(other.type) == "date" else None


def _meeting_type(left: DataType, right: DataType) -> DataType | None:
    """The type in which both are compared; None where they compare as they are."""
    a, b = family(left), family(right)
    if a in _EXACT and b in _EXACT:
        return None
    pair = {a, b}
    if pair <= _NUMBERS or (pair <= _NUMBERS | {"char"} and pair != {"char"}):
        return FLOAT
    if pair == {"char", "date"}:
        return DATE
    if pair <= _EXACT | {"date"} and "date" in pair and len(pair) == 2:
        return INTEGER
    if pair in ({"char", "timestamp"}, {"char", "time"}):
        moment = left if b == "char" else right
        return DataType(moment.name, scale=6, zone=moment.zone)
    if _is_count(left, b) or _is_count(right, a):
        return INTEGER
    if a == b and a in ("date", "time", "timestamp", "byte", "month interval", "second interval", "clob", "period"):
        return None
    raise _refusal(left, right)


def _is_count(kind: DataType, other: str) -> bool:
    """An interval of one field beside a number is compared by its count of that field."""
    if not is_interval(kind) or other not in _EXACT:
        return False
    first, last = interval_fields(kind)
    return first == last and not (first == "SECOND" and kind.scale)


def _refusal(left: DataType, right: DataType) -> Exception:
    pair = {family(left), family(right)}
    if "byte" in pair:
        return QueryError(3640)
    if pair == {"date", "timestamp"}:
        return NotKnownError("comparison of a DATE with a TIMESTAMP")
    if is_interval(left) or is_interval(right) or pair == {"time", "timestamp"}:
        return QueryError(5407)
    return NotKnownError(f"comparison of {left.base} with {right.base}")
