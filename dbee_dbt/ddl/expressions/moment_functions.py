"""Functions over dates, times and timestamps (docs/teradata/typing.md §3)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import Operation, Typed
from dbee_dbt.ddl.expressions.calls import (
    Function,
    FunctionCall,
    answer,
    characters,
    constant_text,
    default_case,
    whole_number,
)
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import (
    DATE,
    INTEGER,
    decimal,
    family,
    interval_fields,
    is_interval,
    varchar,
)
from dbee_dbt.ddl.expressions.patterns import oracle_pattern
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_FIELDS = {
    "date": ("YEAR", "MONTH", "DAY"),
    "time": ("HOUR", "MINUTE", "SECOND"),
    "timestamp": ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"),
}
_TIMESTAMP = DataType("TIMESTAMP", scale=6)
_TIMESTAMP_TZ = DataType("TIMESTAMP", scale=6, zone=True)


def _extract(call: FunctionCall) -> Typed:
    field, arg = call.words[0], call.args[0]
    if field.startswith("TIMEZONE"):
        raise NotKnownError(f"EXTRACT({field} …)")
    if arg.type.is_character:
        raise NotKnownError("EXTRACT from characters")
    fields = _interval_field_names(arg.type) if is_interval(arg.type) else _FIELDS.get(family(arg.type), ())
    if field not in fields:
        raise QueryError(5407)
    kind = decimal(8, arg.type.scale) if field == "SECOND" and arg.type.scale else INTEGER
    found = answer(call, kind, arg.value, options=(field, arg.type))
    return found.derived(found.value, f"EXTRACT({field} FROM {arg.title})")


def _interval_field_names(kind: DataType) -> tuple[str, ...]:
    order = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    first, last = interval_fields(kind)
    return order[order.index(first) : order.index(last) + 1]


def _add_months(call: FunctionCall) -> Typed:
    """ADD_MONTHS clips to the end of the month; OADD_MONTHS keeps the last day the last day."""
    arg = call.args[0]
    if family(arg.type) not in ("date", "timestamp"):
        arg = arg.with_value(convert(arg, DATE, "implicit"))
    if call.name == "OADD_MONTHS" and family(arg.type) != "date":
        raise NotKnownError("OADD_MONTHS of a TIMESTAMP")
    return answer(call, arg.type, arg.value, whole_number(call.args[1]).value)


def _date_only(call: FunctionCall) -> Typed:
    arg = call.args[0]
    if family(arg.type) != "date":
        raise NotKnownError(f"{call.written} of {arg.type.base}")
    return answer(call, DATE)


_UNITS = {
    **dict.fromkeys(("YEAR", "YYYY", "YY", "Y", "SYEAR", "SYYYY", "YYY"), "year"),
    **dict.fromkeys(("Q", "QUARTER"), "quarter"),
    **dict.fromkeys(("MONTH", "MON", "MM", "RM"), "month"),
    **dict.fromkeys(("DDD", "DD", "J"), "day"),
    **dict.fromkeys(("D", "DY", "DAY"), "week from sunday"),
    **dict.fromkeys(("IW", "WEEK"), "week"),
}


def truncated(call: FunctionCall) -> Typed:
    """TRUNC of a DATE to a unit; without one, the date itself."""
    arg = call.args[0]
    if family(arg.type) != "date":
        raise NotKnownError(f"{call.written} of {arg.type.base}")
    unit = constant_text(call, 1).upper() if len(call.args) > 1 else "DD"
    if unit not in _UNITS:
        raise NotKnownError(f"{call.written} to '{unit}'")
    found = answer(call, DATE)
    return found.with_value(Operation(DATE, "TRUNC DATE", (arg.value,), (_UNITS[unit],)))


def _to_char(call: FunctionCall) -> Typed:
    arg, case = call.args[0], default_case(call.session)
    if family(arg.type) == "integer" and len(call.args) == 1:
        return answer(call, varchar(64, "UNICODE"), case=case)
    if family(arg.type) not in ("date", "timestamp") or len(call.args) == 1:
        raise NotKnownError("TO_CHAR of anything but an integer, or a DATE or TIMESTAMP with a format")
    pattern = oracle_pattern(constant_text(call, 1), reading=False)
    return answer(call, varchar(64, "UNICODE"), arg.value, options=(pattern,), case=case)


def _to_moment(call: FunctionCall) -> Typed:
    kind = {"TO_DATE": DATE, "TO_TIMESTAMP": _TIMESTAMP, "TO_TIMESTAMP_TZ": _TIMESTAMP_TZ}[call.name]
    source = characters(call.args[0])
    if len(call.args) == 1 and call.name == "TO_DATE":
        raise NotKnownError("TO_DATE without a format")
    pattern = oracle_pattern(constant_text(call, 1), reading=True) if len(call.args) > 1 else None
    return answer(call, kind, source.value, options=(pattern,))


_TO_CHAR = "of an integer, or a DATE or TIMESTAMP with a literal format; VARCHAR(64) CHARACTER SET UNICODE is taken"

MOMENT_FUNCTIONS: tuple[Function, ...] = (
    Function("EXTRACT", 1, 1, _extract, "SECOND with a fraction is DECIMAL(8, f)"),
    Function("ADD_MONTHS", 2, 2, _add_months),
    Function("OADD_MONTHS", 2, 2, _add_months, "of a DATE"),
    Function("LAST_DAY", 1, 1, _date_only, "of a DATE"),
    Function("TO_CHAR", 1, 2, _to_char, _TO_CHAR),
    Function("TO_DATE", 1, 2, _to_moment, "with a literal format"),
    Function("TO_TIMESTAMP", 1, 2, _to_moment, "with a literal format, or text in the standard form"),
    Function("TO_TIMESTAMP_TZ", 1, 2, _to_moment, "with a literal format, or text in the standard form"),
)
