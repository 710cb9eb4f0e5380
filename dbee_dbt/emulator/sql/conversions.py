"""Conversions between types as DuckDB SQL (docs/teradata/typing.md §3, §8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from dbee_dbt.ddl.expressions.families import digits, family, interval_fields
from dbee_dbt.ddl.expressions.formats import DATE_FORMATS, expanded, width
from dbee_dbt.ddl.expressions.intervals import FIELD_SIZE, fields, limit, smallest
from dbee_dbt.ddl.expressions.patterns import format_pattern
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.environment import Settings
from dbee_dbt.emulator.sql.storage import NUMBER_SCALE, storage_type
from dbee_dbt.model.types import DataType, default_format


class Conversion(NamedTuple):
    """One conversion to write.

    Args:
        sql: the value.
        source: its type.
        target: the type wanted.
        how: as in ``ddl.expressions.convert``.
        source_format: FORMAT of the value, or None for its type's own.
        target_format: FORMAT written with the target type, or None.
        settings: of the session.
    """

    sql: str
    source: DataType
    target: DataType
    how: str
    source_format: str | None
    target_format: str | None
    settings: Settings

    def call(self, name: str, *args: str | int) -> str:
        """A macro of the prelude: the one that raises, or for TRYCAST the one that gives NULL."""
        return f"{'try' if self.how == 'try' else 'td'}_{name}({', '.join(map(str, args))})"

    def cast(self, sql: str, kind: DataType | None = None) -> str:
        """A cast to a type's storage, by default the target's; for TRYCAST one that gives NULL."""
        return self.cast_to(sql, storage_type(kind or self.target))

    def cast_to(self, sql: str, storage: str) -> str:
        """A cast to a DuckDB type."""
        return f"{'TRY_CAST' if self.how == 'try' else 'CAST'}({sql} AS {storage})"


def converted(c: Conversion) -> str:
    """The conversion as DuckDB SQL.

    Raises:
        QueryError: where Teradata refuses it while it reads the statement.
        NotKnownError: where its result is not known.
    """
    pair = (family(c.source), family(c.target))
    writer = _WRITERS.get(pair)
    if writer is None:
        raise NotKnownError(f"conversion of {c.source.base} to {c.target.base}")
    return writer(c)


def cast(sql: str, kind: DataType) -> str:
    """A plain DuckDB cast to a type's storage."""
    return f"CAST({sql} AS {storage_type(kind)})"


# --- numbers ---------------------------------------------------------------------------------------------------------


def _to_integer(c: Conversion) -> str:
    return c.cast(c.sql)


def _truncated(c: Conversion) -> str:
    """DECIMAL or FLOAT to an integer: the fraction is cut."""
    return c.cast(f"trunc({c.sql})")


def scale_of(kind: DataType) -> int:
    """Digits after the point that a type's storage keeps."""
    if kind.name == "NUMBER":
        return kind.scale if kind.scale is not None else 0 if kind.precision else NUMBER_SCALE
    return digits(kind)[1]


def _to_decimal(c: Conversion) -> str:
    return c.cast(c.sql)


def _rounded(c: Conversion) -> str:
    """To a DECIMAL of fewer digits after the point: half to even."""
    if family(c.target) == "number" and scale_of(c.target) < scale_of(c.source) and c.target.scale is None:
        raise NotKnownError(f"{c.source.base} as a NUMBER without a scale")
    if scale_of(c.target) >= scale_of(c.source):
        return c.cast(c.sql)
    return c.cast(f"round_even({c.sql}, {scale_of(c.target)})")


def _float_to_decimal(c: Conversion) -> str:
    if family(c.target) == "number" and c.target.scale is None and c.target.precision is None:
        raise NotKnownError(f"{c.source.base} as a NUMBER without a scale")
    return c.cast(f"round_even({c.sql}, {scale_of(c.target)})")


def _to_float(c: Conversion) -> str:
    return f"CAST({c.sql} AS DOUBLE)"


def _text_to_number(c: Conversion) -> str:
    if family(c.target) == "integer":
        return c.cast(c.call("as_whole", c.sql))
    if family(c.target) == "float":
        return c.cast_to(c.call("as_number", c.sql), "DOUBLE")
    if family(c.target) == "number" and c.target.scale is None and c.target.precision is None:
        return c.cast(c.call("short_number", c.sql))
    places = scale_of(c.target)
    spare = min(38, max(places + 6, 15))
    exact = c.cast_to(c.call("as_number", c.sql), f"DECIMAL(38,{spare})")
    return c.cast(exact if spare <= places else f"round_even({exact}, {places})")


# --- to characters ---------------------------------------------------------------------------------------------------


def _fitted(c: Conversion, text: str, length: int) -> str:
    """Text of at most so many characters as a CHAR or VARCHAR: cut by the session's rules, padded."""
    size = c.target.length or 1
    if length > size:
        silent = c.settings.mode == "TERA" or c.how in ("union", "try")
        text = f"substr({text}, 1, {size})" if silent else c.call("cut", text, size)
    return f"rpad({text}, {size}, ' ')" if c.target.name == "CHAR" else text


def _text_to_text(c: Conversion) -> str:
    text = c.sql
    if c.target.charset == "LATIN" and c.source.charset not in ("LATIN", None):
        text = c.call("latin", text)
    if c.source.name == "CHAR" and c.target.name == "CHAR" and c.source.length == c.target.length:
        return text
    return _fitted(c, text, c.source.length or 0)


def _number_to_text(c: Conversion) -> str:
    """CAST trims the rendered number; a phrase and implicit conversion keep its leading blanks (typing.md §3)."""
    text = number_text(c.sql, c.source, c.source_format)
    size, room = c.target.length or 1, width(c.source, c.source_format)
    if c.how in ("cast", "try"):
        fit = c.call("cut", f"trim({text})", size) if room > size else f"trim({text})"
    else:
        fit = f"substr({text}, 1, {size})" if room > size else text
    return f"rpad({fit}, {size}, ' ')" if c.target.name == "CHAR" else fit


def number_text(sql: str, kind: DataType, format_text: str | None) -> str:
    """A number as its FORMAT shows it, padded on the left to the format's width.

    Raises:
        NotKnownError: for a FORMAT whose rendering is not known.
    """
    if format_text is not None and expanded(format_text) != expanded(_own_format(kind)):
        return _formatted_number(sql, kind, format_text)
    shown = f"CAST({sql} AS VARCHAR)"
    match family(kind):
        case "integer":
            text = shown
        case "decimal":
            text = f"td_point({shown})" if digits(kind)[1] else f"{shown} || '.'"
        case "float":
            return f"td_float_text({sql})"
        case _:
            return f"td_point(regexp_replace(CAST({sql} AS VARCHAR), '\\.?0*$', ''))" if scale_of(kind) else shown
    return f"lpad({text}, {width(kind)}, ' ')"


def _own_format(kind: DataType) -> str:
    """The default FORMAT; a DECIMAL without digits after the point ends in one: ``--(5).``."""
    if family(kind) == "decimal" and not digits(kind)[1]:
        return f"--({digits(kind)[0]})."
    return default_format(kind, None) or ""


def _formatted_number(sql: str, kind: DataType, format_text: str) -> str:
    """FORMATs of leading ``-``, ``Z`` or ``9`` and digits behind a point."""
    shape = expanded(format_text).upper()
    whole, _, fraction = shape.partition(".")
    zeros = set(whole) == {"9"}
    if not (zeros or whole.rstrip("9").rstrip("-Z") == "") or set(fraction) - {"9"}:
        raise NotKnownError(f"the FORMAT '{format_text}' of a number")
    signed = whole.startswith("-")
    rounded = f"CAST(round_even({sql}, {len(fraction)}) AS DECIMAL(38,{len(fraction)}))"
    digits_text = f"CAST(abs({rounded}) AS VARCHAR)"
    least = len(whole.replace("-", "").replace("Z", "")) + (len(fraction) + 1 if "." in shape else 0)
    sign = f"CASE WHEN {rounded} < 0 THEN '-' ELSE '' END || " if signed else ""
    padded = f"CASE WHEN length({digits_text}) < {least} THEN lpad({digits_text}, {least}, '0') ELSE {digits_text} END"
    text = f"{sign}{padded}"
    return f"CASE WHEN length({text}) > {len(shape)} THEN '{'*' * len(shape)}' ELSE lpad({text}, {len(shape)}, ' ') END"


_USUAL = re.compile(r"(YYYY-MM-DDB)?HH:MI:SS(\.S\([0-6F]\))?Z?", re.IGNORECASE)


def unusual_format(kind: DataType, format_text: str | None) -> str | None:
    """A FORMAT of a time or timestamp other than the type's own, or None (docs/teradata/typing.md §7)."""
    if format_text is None or family(kind) == "date":
        return format_text
    usual = _USUAL.fullmatch(format_text)
    if usual is None or bool(usual[1]) != (family(kind) == "timestamp"):
        return format_text
    return None if usual[2] or not kind.scale else format_text


def moment_text(sql: str, kind: DataType, format_text: str | None, settings: Settings) -> str:
    """A date, time or timestamp as its FORMAT shows it."""
    format_text = unusual_format(kind, format_text)
    zone = " || '+00:00'" if kind.zone else ""
    if family(kind) == "date":
        return f"strftime({sql}, '{format_pattern(format_text or DATE_FORMATS[settings.dateform], reading=False)}')"
    if format_text is not None:
        if family(kind) == "time":
            raise NotKnownError("FORMAT of a TIME")
        return f"strftime({sql}, '{format_pattern(format_text, reading=False)}')"
    places = kind.scale or 0
    moment = f"(DATE '2000-01-01' + {sql})" if family(kind) == "time" else sql
    pattern = "%H:%M:%S" if family(kind) == "time" else "%Y-%m-%d %H:%M:%S"
    if not places:
        return f"strftime({moment}, '{pattern}'){zone}"
    shown = 8 + 1 + places if family(kind) == "time" else 19 + 1 + places
    return f"substr(strftime({moment}, '{pattern}.%f'), 1, {shown}){zone}"


def _moment_to_text(c: Conversion) -> str:
    shown = unusual_format(c.source, c.target_format or c.source_format)
    text = moment_text(c.sql, c.source, shown, c.settings)
    return _fitted(c, text, width(c.source, shown))


def _interval_to_text(c: Conversion) -> str:
    text = interval_sql(c.sql, c.source)
    if c.how in ("cast", "try"):
        text = f"trim({text})"
    return _fitted(c, text, width(c.source))


def interval_sql(sql: str, kind: DataType) -> str:
    """An interval as the database shows it; see ``ddl.expressions.intervals.interval_text``."""
    names, size = fields(kind), f"abs({sql})"
    first = f"CAST({size} // {FIELD_SIZE[names[0]]} AS VARCHAR)"
    parts = [f"lpad(CASE WHEN {sql} < 0 THEN '-' ELSE ' ' END || {first}, {1 + (kind.precision or 2)}, ' ')"]
    separators = {"MONTH": "-", "HOUR": " ", "MINUTE": ":", "SECOND": ":"}
    for before, name in pairwise(names):
        units = f"{size} % {FIELD_SIZE[before]} // {FIELD_SIZE[name]}"
        parts.append(f"'{separators[name]}' || lpad(CAST({units} AS VARCHAR), 2, '0')")
    if names[-1] == "SECOND" and kind.scale:
        parts.append(f"'.' || lpad(CAST({size} % 1000000 // {10 ** (6 - kind.scale)} AS VARCHAR), {kind.scale}, '0')")
    return "(" + " || ".join(parts) + ")"


# --- dates, times, timestamps ----------------------------------------------------------------------------------------


def _date_to_number(c: Conversion) -> str:
    return c.cast(c.call("date_number", c.sql))


def _number_to_date(c: Conversion) -> str:
    return c.call("number_date", f"CAST(trunc({c.sql}) AS BIGINT)")


def _text_to_date(c: Conversion) -> str:
    """By the FORMAT that CAST gives; implicitly in the ANSI form, or by the FORMAT of the column (typing.md §8)."""
    if c.target_format is None:
        return c.call("date_text", c.sql)
    if c.how in ("cast", "phrase", "try"):
        return c.call("read_date", c.sql, f"'{format_pattern(c.target_format, reading=True)}'")
    if "YYYY" not in c.target_format.upper() and "Y4" not in c.target_format.upper():
        return c.call("date_text", c.sql)
    by_format = c.call("read_date", c.sql, f"'{format_pattern(c.target_format, reading=True)}'")
    return f"CASE WHEN td_is_ansi_date({c.sql}) THEN {c.call('date_text', c.sql)} ELSE {by_format} END"


def _text_to_timestamp(c: Conversion) -> str:
    given = unusual_format(c.target, c.target_format)
    if given is not None and c.how in ("cast", "phrase", "try"):
        return c.call("read_timestamp", c.sql, f"'{format_pattern(given, reading=True)}'")
    return c.call("timestamp_text", c.sql, c.target.scale or 0)


def _text_to_time(c: Conversion) -> str:
    if unusual_format(c.target, c.target_format) is not None:
        raise NotKnownError("FORMAT of a TIME")
    return c.call("time_text", c.sql, c.target.scale or 0)


def _to_timestamp(c: Conversion) -> str:
    return f"CAST({c.sql} AS TIMESTAMP)"


def _same_moment(c: Conversion) -> str:
    """Fewer fraction digits: 7454 if any that would be lost is not zero."""
    if (c.target.scale or 0) >= (c.source.scale or 0):
        return c.sql
    return c.call(
        "no_time_fraction" if family(c.target) == "time" else "no_fraction", c.sql, 10 ** (6 - (c.target.scale or 0))
    )


def _timestamp_to_time(c: Conversion) -> str:
    return _same_moment(c._replace(sql=f"CAST({c.sql} AS TIME)"))


def _same(c: Conversion) -> str:
    return c.sql


# --- intervals -------------------------------------------------------------------------------------------------------


def checked_interval(sql: str, kind: DataType) -> str:
    """A count of the type's units, refused (7453) when its leading field overflows."""
    return f"td_interval(CAST({sql} AS BIGINT), {limit(kind)})"


def _number_to_interval(c: Conversion) -> str:
    size = FIELD_SIZE[interval_fields(c.target)[0]]
    if interval_fields(c.target)[0] == "SECOND" and family(c.source) != "integer":
        return checked_interval(f"round(CAST({c.sql} AS DECIMAL(38,6)) * {size})", c.target)
    return checked_interval(f"CAST(trunc({c.sql}) AS BIGINT) * {size}", c.target)


def _interval_to_number(c: Conversion) -> str:
    size = FIELD_SIZE[interval_fields(c.source)[0]]
    return c.cast(f"{c.sql} // {size}")


def _interval_to_interval(c: Conversion) -> str:
    unit = smallest(c.target)
    cut = c.sql if smallest(c.source) >= unit and smallest(c.source) % unit == 0 else f"({c.sql} // {unit}) * {unit}"
    if limit(c.source) <= limit(c.target):
        return cut
    return checked_interval(cut, c.target)


def _text_to_interval(c: Conversion) -> str:
    names = fields(c.target)
    if len(names) > 1 or names[0] == "SECOND":
        raise NotKnownError(f"characters as {c.target.base}")
    count = c.cast_to(c.call("as_whole", c.sql), "BIGINT")
    return c.call("interval", f"{count} * {FIELD_SIZE[names[0]]}", limit(c.target))


def _bytes(c: Conversion) -> str:
    if (c.source.length or 0) > (c.target.length or 0) and c.target.name in ("BYTE", "VARBYTE"):
        raise NotKnownError(f"{c.source.base} as {c.target.base}")
    return c.sql


def _refuse_bytes(c: Conversion) -> str:
    raise QueryError(3532)


_INTERVALS = ("month interval", "second interval")
_WRITERS: dict[tuple[str, str], Callable[[Conversion], str]] = {
    ("integer", "integer"): _to_integer,
    ("decimal", "integer"): _truncated,
    ("number", "integer"): _truncated,
    ("float", "integer"): _truncated,
    ("integer", "decimal"): _to_decimal,
    ("integer", "number"): _to_decimal,
    ("decimal", "decimal"): _rounded,
    ("number", "decimal"): _rounded,
    ("decimal", "number"): _rounded,
    ("number", "number"): _rounded,
    ("float", "decimal"): _float_to_decimal,
    ("float", "number"): _float_to_decimal,
    **{(numeric, "float"): _to_float for numeric in ("integer", "decimal", "number", "float")},
    **{("char", numeric): _text_to_number for numeric in ("integer", "decimal", "number", "float")},
    **{(numeric, "char"): _number_to_text for numeric in ("integer", "decimal", "number", "float")},
    ("char", "char"): _text_to_text,
    ("char", "clob"): _same,
    ("clob", "clob"): _same,
    ("clob", "char"): _text_to_text,
    **{(moment, "char"): _moment_to_text for moment in ("date", "time", "timestamp")},
    **{(interval, "char"): _interval_to_text for interval in _INTERVALS},
    **{("date", numeric): _date_to_number for numeric in ("integer", "decimal", "float")},
    **{(numeric, "date"): _number_to_date for numeric in ("integer", "decimal")},
    ("char", "date"): _text_to_date,
    ("char", "timestamp"): _text_to_timestamp,
    ("char", "time"): _text_to_time,
    ("date", "date"): _same,
    ("date", "timestamp"): _to_timestamp,
    ("timestamp", "timestamp"): _same_moment,
    ("timestamp", "date"): lambda c: f"CAST({c.sql} AS DATE)",
    ("timestamp", "time"): _timestamp_to_time,
    ("time", "time"): _same_moment,
    **{(n, i): _number_to_interval for n in ("integer", "decimal", "number", "float") for i in _INTERVALS},
    **{(i, n): _interval_to_number for n in ("integer", "decimal") for i in _INTERVALS},
    **{(i, i): _interval_to_interval for i in _INTERVALS},
    **{("char", i): _text_to_interval for i in _INTERVALS},
    ("byte", "byte"): _bytes,
    ("byte", "blob"): _same,
    ("blob", "blob"): _same,
    ("blob", "byte"): _refuse_bytes,
    ("period", "period"): _same,
}
