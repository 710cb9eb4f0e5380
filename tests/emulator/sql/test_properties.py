"""What holds of any value: arithmetic against Python's exact one, comparison, and what goes in comes out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dbee_dbt.ddl.expressions.intervals import interval_text, interval_value
from dbee_dbt.emulator.sql.literals import text_sql
from dbee_dbt.model.types import DataType
from tests.emulator.sql.system import System, answer

_ANSI, _TERA = System(mode="ANSI"), System(mode="TERA")
_ANSI.table("bound", {"a": "INTEGER", "b": "VARCHAR(8) CHARACTER SET UNICODE"})
_CHEAP = settings(max_examples=60, deadline=None)

integers = st.integers(-(2**31), 2**31 - 1)
cents = st.decimals(min_value=-(10**8), max_value=10**8, places=2)
words = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), max_size=8)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def _integer(number: int) -> str:
    return f"CAST({number} AS INTEGER)"


def _decimal(number: Decimal, digits: str = "15,2") -> str:
    return f"CAST({number} AS DECIMAL({digits}))"


@_CHEAP
@given(integers, integers)
def test_integers_divide_towards_zero_and_mod_has_the_dividends_sign(a: int, b: int) -> None:
    quotient = answer(lambda: _ANSI.value(f"{_integer(a)} / {_integer(b)}"))
    rest = answer(lambda: _ANSI.value(f"{_integer(a)} MOD {_integer(b)}"))
    if b == 0:
        assert (quotient, rest) == ("error 2618", "error 2618")
    elif abs(a) // abs(b) < 2**31 or (a < 0) != (b < 0):
        whole = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        assert (quotient, rest) == (str(whole), str(a - whole * b))


@_CHEAP
@given(integers, integers, st.sampled_from("+-*"))
def test_integers_are_exact_or_overflow(a: int, b: int, operator: str) -> None:
    exact = {"+": a + b, "-": a - b, "*": a * b}[operator]
    expected = str(exact) if -(2**31) <= exact < 2**31 else "error 2616"
    assert answer(lambda: _ANSI.value(f"{_integer(a)} {operator} {_integer(b)}")) == expected


@_CHEAP
@given(cents, cents)
def test_decimals_divide_rounded_half_to_even(a: Decimal, b: Decimal) -> None:
    found = answer(lambda: _ANSI.value(f"{_decimal(a)} / {_decimal(b)}"))
    if b == 0:
        assert found == "error 2618"
    else:
        assert Decimal(found) == (a / b).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@_CHEAP
@given(cents)
def test_decimals_round_half_to_even(a: Decimal) -> None:
    expected = a.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    assert _ANSI.value(f"CAST({_decimal(a)} AS DECIMAL(15,1))") == expected


@_CHEAP
@given(words, st.integers(0, 4))
def test_trailing_blanks_do_not_count(word: str, blanks: int) -> None:
    padded = text_sql(word + " " * blanks)
    assert _ANSI.value(f"CASE WHEN {text_sql(word)} = {padded} THEN 1 ELSE 0 END") == 1


@_CHEAP
@given(words)
def test_case_counts_by_session_mode(word: str) -> None:
    test = f"CASE WHEN {text_sql(word)} = UPPER({text_sql(word)}) THEN 1 ELSE 0 END"
    assert _TERA.value(test) == 1
    assert _ANSI.value(test) == int(_ANSI.value(f"UPPER({text_sql(word)})").rstrip() == word.rstrip())


@_CHEAP
@given(words, st.integers(1, 10))
def test_char_is_padded_and_never_longer(word: str, size: int) -> None:
    found = answer(lambda: _ANSI.value(f"CAST({text_sql(word)} AS CHAR({size}))"))
    fits = len(word.rstrip(" ")) <= size
    assert found == (f"'{word[:size].ljust(size)}'" if fits else "error 3996")
    assert _TERA.value(f"CAST({text_sql(word)} AS CHAR({size}))") == word[:size].ljust(size)


@_CHEAP
@given(days, st.integers(-1000, 1000))
def test_a_date_moves_by_days_and_back(day: date, count: int) -> None:
    try:
        moved = day + timedelta(days=count)
    except OverflowError:
        return
    literal = f"DATE '{day.isoformat()}'"
    assert _ANSI.value(f"{literal} + {count}") == moved
    assert _ANSI.value(f"({literal} + ({count})) - {literal}") == count


@_CHEAP
@given(days)
def test_a_date_is_its_integer_and_its_text(day: date) -> None:
    literal = f"DATE '{day.isoformat()}'"
    assert _ANSI.value(f"CAST(CAST({literal} AS INTEGER) AS DATE)") == day
    assert _ANSI.value(f"CAST(CAST({literal} AS FORMAT 'YYYY-MM-DD') (CHAR(10)) AS DATE)") == day


@given(st.integers(-(10**9), 10**9), st.sampled_from(["DAY", "DAY TO MINUTE", "DAY TO SECOND", "HOUR TO SECOND"]))
def test_interval_text_reads_back(seconds: int, fields: str) -> None:
    unit = {"DAY": 86400, "DAY TO MINUTE": 60}.get(fields, 1)
    kind = DataType(f"INTERVAL {fields}", precision=9, scale=3 if fields.endswith("SECOND") else None)
    count = seconds // unit * unit * 1_000_000
    assert interval_value(interval_text(count, kind), kind) == count


@_CHEAP
@given(st.lists(st.tuples(integers | st.none(), words | st.none()), min_size=1, max_size=20))
def test_bound_rows_come_back_as_they_went_in(rows: list[tuple[int | None, str | None]]) -> None:
    _ANSI.change("DELETE bound ALL")
    _ANSI.change("INSERT INTO bound VALUES (?, ?)", rows)
    assert _ANSI.rows("SELECT a, b FROM bound") == rows
