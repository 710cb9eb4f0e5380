"""DuckDB macros with Teradata's value semantics.

``RAISE_INT('[td:N]')`` stands for a value that cannot be had: Teradata's error N. It is written as a cast that fails
when it is reached, and not as DuckDB's ``error()``, which is volatile: no join, partition or TRY may contain it.
"""

from __future__ import annotations

import re
from typing import Any

_MACROS = (
    # arithmetic: / truncates on integers; MOD takes the dividend's sign; by zero is 2618 (typing.md §2)
    "td_divide(a, b) AS CASE WHEN b = 0 THEN RAISE_INT('[td:2618]') ELSE a // b END",
    "td_mod(a, b) AS CASE WHEN b = 0 THEN RAISE_INT('[td:2618]') ELSE a % b END",
    "td_float(x) AS CASE WHEN isinf(x) OR isnan(x) THEN RAISE_INT('[td:2616]') ELSE x END",
    "td_float_divide(a, b) AS CASE WHEN b = 0 THEN RAISE_INT('[td:2618]') ELSE td_float(a / b) END",
    # half to even, of one whole number over another
    "td_half_even(q, r, n, d) AS q + CASE WHEN 2 * abs(r) > abs(d) OR (2 * abs(r) = abs(d) AND q % 2 <> 0) "
    "THEN CASE WHEN (n < 0) <> (d < 0) THEN -1 ELSE 1 END ELSE 0 END",
    "td_round_divide(n, d) AS CASE WHEN d = 0 THEN RAISE_INT('[td:2618]') ELSE td_half_even(n // d, n % d, n, d) END",
    # characters
    "td_key(s) AS rtrim(s, ' ')",
    "td_key_blind(s) AS rtrim(upper(s), ' ')",
    "td_cut(s, n) AS CASE WHEN length(rtrim(s, ' ')) > n THEN RAISE_TEXT('[td:3996]') ELSE substr(s, 1, n) END",
    "td_latin(s) AS CASE WHEN regexp_matches(s, '[^\\x{00}-\\x{FF}]') THEN RAISE_TEXT('[td:6706]') ELSE s END",
    "td_substr(s, a) AS substr(s, greatest(a, 1))",
    "td_substr3(s, a, n) AS CASE WHEN n < 0 THEN RAISE_TEXT('[td:2662]') "
    "ELSE substr(s, greatest(a, 1), greatest(0, a + n - greatest(a, 1))) END",
    "td_trim_both(s, c) AS trim(s, c)",
    "td_position(w, s) AS CASE WHEN w = '' THEN 1 ELSE instr(s, w) END",
    "td_strtok(s, d, n) AS list_filter(string_split_regex(s, '[' || regexp_replace(d, '([\\]\\\\^\\[-])', "
    "'\\\\\\1', 'g') || ']'), lambda x: x <> '')[n]",
    # numbers as characters
    "td_point(t) AS regexp_replace(t, '^(-?)0\\.', '\\1.')",
    "td_float_exponent(e) AS (CASE WHEN e[1] = '-' THEN '-' ELSE ' ' END) || lpad(e[2:], 3, '0')",
    "td_float_mantissa(x, t) AS (CASE WHEN x < 0 THEN '' ELSE ' ' END) || split_part(t, 'E', 1) || 'E' || "
    "td_float_exponent(split_part(t, 'E', 2))",
    "td_float_text(x) AS td_float_mantissa(x, format('{:.14E}', x))",
    # characters as numbers: blanks around are trimmed, '' is 0, all else that is no number is 2620
    "td_number_text(s) AS CASE WHEN trim(s) = '' THEN '0' ELSE trim(s) END",
    "td_is_number(s) AS regexp_full_match(s, '[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?')",
    "td_as_number(s) AS CASE WHEN s IS NULL THEN NULL WHEN td_is_number(td_number_text(s)) "
    "THEN td_number_text(s) ELSE RAISE_TEXT('[td:2620]') END",
    "td_short_number(s) AS CASE WHEN length(regexp_extract(s, '\\.(\\d*?)0*\\s*$', 1)) > 12 OR contains(lower(s), 'e') "
    "THEN RAISE_TEXT('[refused:a NUMBER of more than 12 digits after the point, or with an exponent]') "
    "ELSE td_as_number(s) END",
    "td_as_whole(s) AS CASE WHEN s IS NULL THEN NULL WHEN regexp_full_match(td_number_text(s), '[+-]?\\d+') "
    "THEN td_number_text(s) WHEN td_is_number(td_number_text(s)) "
    "THEN RAISE_TEXT('[refused:characters with a fraction or an exponent as an integer]') "
    "ELSE RAISE_TEXT('[td:2620]') END",
    # dates
    "td_date_range(d) AS CASE WHEN year(d) NOT BETWEEN 1 AND 9999 THEN RAISE_DATE('[td:2665]') ELSE d END",
    "td_date_number(d) AS (year(d) - 1900) * 10000 + month(d) * 100 + day(d)",
    "td_valid_date(y, m, d) AS CASE WHEN y IS NULL THEN NULL ELSE "
    "coalesce(TRY_CAST(format('{:04d}-{:02d}-{:02d}', y, m, d) AS DATE), RAISE_DATE('[td:2665]')) END",
    "td_number_date(n) AS CASE WHEN n IS NULL THEN NULL WHEN n < -18999899 THEN RAISE_DATE('[td:2665]') ELSE "
    "td_valid_date((n + 19000000) // 10000, (n + 19000000) // 100 % 100, (n + 19000000) % 100) END",
    "td_is_ansi_date(s) AS regexp_full_match(trim(s), '\\d{4}[-/.]\\d{2}[-/.]\\d{2}')",
    "td_date_text(s) AS CASE WHEN s IS NULL THEN NULL WHEN td_is_ansi_date(s) THEN "
    "coalesce(TRY_CAST(regexp_replace(trim(s), '[/.]', '-', 'g') AS DATE), RAISE_DATE('[td:2666]')) "
    "WHEN regexp_full_match(trim(s), '\\d{2}[-/.]\\d{2}[-/.]\\d{2}') "
    "THEN RAISE_DATE('[refused:a date with a year of two digits]') ELSE RAISE_DATE('[td:2666]') END",
    "td_read_date(s, f) AS CASE WHEN s IS NULL THEN NULL ELSE "
    "coalesce(CAST(try_strptime(trim(s), f) AS DATE), RAISE_DATE('[td:2666]')) END",
    "td_read_timestamp(s, f) AS CASE WHEN s IS NULL THEN NULL ELSE "
    "coalesce(try_strptime(trim(s), f), RAISE_TIMESTAMP('[td:6760]')) END",
    # a month is added, and the day must exist there: 2665; ADD_MONTHS clips instead
    "td_add_months(d, m) AS d + to_months(CAST(m AS INTEGER))",
    "td_same_day(d, e) AS CASE WHEN day(d) <> day(e) THEN RAISE_DATE('[td:2665]') ELSE e END",
    "td_plus_months(d, m) AS td_same_day(d, d + to_months(CAST(m AS INTEGER)))",
    "td_last_month_day(d, e) AS CASE WHEN d = last_day(d) THEN last_day(e) ELSE e END",
    "td_oadd_months(d, m) AS td_last_month_day(d, CAST(d + to_months(CAST(m AS INTEGER)) AS DATE))",
    "td_months(d) AS year(d) * 12 + month(d) - 1",
    "td_micros(t) AS epoch_us(t)",
    "td_interval(x, most) AS CASE WHEN abs(x) >= most THEN RAISE_INT('[td:7453]') ELSE x END",
    "td_no_fraction(t, unit) AS CASE WHEN microsecond(t) % unit <> 0 THEN RAISE_TIMESTAMP('[td:7454]') ELSE t END",
    "td_no_time_fraction(t, unit) AS CASE WHEN microsecond(t) % unit <> 0 THEN RAISE_TIME('[td:7454]') ELSE t END",
    # times and timestamps out of characters, with at most n fraction digits
    "td_fraction(s) AS length(regexp_extract(s, '\\.(\\d+)', 1))",
    "td_utc(s) AS CASE WHEN regexp_matches(s, '[+-]\\d{2}:\\d{2}$') AND NOT regexp_matches(s, '[+-]00:00$') "
    "THEN RAISE_TEXT('[refused:a time zone other than +00:00]') ELSE regexp_replace(s, '\\s*[+-]00:00$', '') END",
    "td_is_timestamp(s) AS regexp_full_match(s, "
    "'\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.\\d{0,6})?(\\s?[+-]\\d{2}:\\d{2})?')",
    "td_timestamp_text(s, n) AS CASE WHEN s IS NULL THEN NULL "
    "WHEN NOT td_is_timestamp(trim(s)) OR td_fraction(trim(s)) > n THEN RAISE_TIMESTAMP('[td:6760]') ELSE "
    "coalesce(TRY_CAST(td_utc(trim(s)) AS TIMESTAMP), RAISE_TIMESTAMP('[td:6760]')) END",
    "td_is_time(s) AS regexp_full_match(s, '\\d{2}:\\d{2}:\\d{2}(\\.\\d{0,6})?(\\s?[+-]\\d{2}:\\d{2})?')",
    "td_time_text(s, n) AS CASE WHEN s IS NULL THEN NULL "
    "WHEN NOT td_is_time(trim(s)) OR td_fraction(trim(s)) > n THEN RAISE_TIME('[td:6758]') ELSE "
    "coalesce(TRY_CAST(td_utc(trim(s)) AS TIME), RAISE_TIME('[td:6758]')) END",
    # rows
    "td_not_null(x) AS CASE WHEN x IS NULL THEN error('[td:3604]') ELSE x END",
    "td_hash(s) AS unhex(substr(md5(s), 1, 8))",
)


_RAISE = re.compile(r"RAISE_([A-Z]+)\(('[^']*')\)|error\('[^']*'\)")
_FAILING = {
    "INT": "CAST({} AS INTEGER)",
    "TEXT": "CAST(CAST({} AS INTEGER) AS VARCHAR)",
    "DATE": "CAST({} AS DATE)",
    "TIME": "CAST({} AS TIME)",
    "TIMESTAMP": "CAST({} AS TIMESTAMP)",
}


def prelude() -> list[str]:
    """The statements that make the macros, in order: each ``td_x`` that raises, and ``try_x`` that gives NULL."""
    raising = (_RAISE.sub(_failing, macro) for macro in _MACROS)
    tolerant = (_RAISE.sub("NULL", macro).replace("td_", "try_").replace(" CAST(", " TRY_CAST(") for macro in _MACROS)
    return [f"CREATE OR REPLACE MACRO {macro}" for macro in (*raising, *tolerant)]


def _failing(match: re.Match[str]) -> str:
    return _FAILING[match[1]].format(match[2]) if match[1] else match[0]


def install(connection: Any) -> None:
    """Make the macros known in the default database of a DuckDB connection.

    Args:
        connection: a DuckDB connection; cursors made of it know the macros too.
    """
    connection.execute(";\n".join(prelude()))
