"""ALTER TABLE: read, written and applied.

Its forms stand in alter.txt (played by test_read.py), what becomes of a table in alter_applied.txt, and what is cut
short in alter_broken.txt.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from dbee_dbt.ddl.alter_table.apply_ranges import with_ranges
from dbee_dbt.ddl.alter_table.range_spans import joined_level
from dbee_dbt.ddl.alter_table.write import alter_ddl
from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import AlterTable, Range, RangeChange
from dbee_dbt.ddl.write import object_ddl
from dbee_dbt.model.errors import DdlError
from tests.ddl.golden import Case, cases
from tests.ddl.test_tables import folded
from tests.strategies.alter import alter_foreign_tables, alter_tables
from tests.strategies.ddl import rendered

FORMS = [case.title for case in cases("alter.txt")]
APPLIED = cases("alter_applied.txt", "alter", "becomes")
BROKEN = cases("alter_broken.txt")


def alter(text: str) -> AlterTable:
    ast = read_statement(text)
    assert isinstance(ast, AlterTable)
    return ast


@given(st.one_of(alter_tables(), alter_foreign_tables()))
@settings(max_examples=300)
def test_reading_what_was_written_gives_the_same_actions(tokens: list[str]) -> None:
    found = alter(" ".join(tokens))
    written = alter_ddl(found)
    assert alter(written) == found
    assert alter_ddl(alter(written)) == written


@pytest.mark.parametrize("text", FORMS)
def test_each_form_is_written_and_read_back(text: str) -> None:
    assert alter(alter_ddl(alter(text))) == alter(text)


@given(alter_tables(), st.data())
@settings(max_examples=50)
def test_space_comments_and_case_mean_nothing(tokens: list[str], data: st.DataObject) -> None:
    shown, plain = alter(data.draw(rendered(tokens))), alter(" ".join(tokens))
    assert folded(to_builtins(shown)) == folded(to_builtins(plain))


@given(st.one_of(alter_tables(), alter_foreign_tables()), st.data())
@settings(max_examples=200)
def test_one_that_is_cut_short_is_refused_with_its_place_or_read_whole(tokens: list[str], data: st.DataObject) -> None:
    text = " ".join(tokens[: data.draw(st.integers(1, len(tokens)))])
    try:
        read_statement(text)
    except DdlError as error:
        assert error.what.startswith("line 1, column ")
        assert " expected" in error.what or "never closed" in error.what


@pytest.mark.parametrize("case", BROKEN, ids=[case.title for case in BROKEN])
def test_what_is_cut_short_is_refused_with_what_was_expected(case: Case) -> None:
    with pytest.raises(DdlError) as refused:
        read_statement(case.title)
    assert refused.value.what == case.parts[-1]


@pytest.mark.parametrize("case", APPLIED, ids=[case.title for case in APPLIED])
def test_what_becomes_of_a_table(case: Case) -> None:
    made, alters, expected = case.parts
    found = assemble([("x.sql", f"{made}\n{alters}")])
    if expected.startswith("refused: "):
        assert [f"refused: {refusal.what}" for refusal in found.refusals] == expected.split("\n")
        return
    assert found.refusals == []
    (table,) = found.objects
    assert "\n".join(object_ddl(table)) == expected.replace("·", " ")


def test_what_changes_no_definition_is_counted_by_its_kind() -> None:
    found = assemble(
        [
            (
                "x.sql",
                "ALTER TABLE d.t TO CURRENT; ALTER TABLE d.t REVALIDATE WITH DELETE; ALTER TABLE d.t RELEASE ROWS;"
                "ALTER TABLE d.t RESET DOWN; ALTER TABLE d.t FROM TIME ZONE = '01:00'; ALTER FOREIGN TABLE d.f REFRESH SNAPSHOT_LOCATION;",
            )
        ]
    )
    assert (found.refusals, found.applied) == ([], 0)
    assert found.counted == {
        "ALTER FOREIGN TABLE REFRESH": 1,
        "ALTER TABLE FROM TIME ZONE": 1,
        "ALTER TABLE RELEASE ROWS": 1,
        "ALTER TABLE REVALIDATE": 1,
        "ALTER TABLE SET DOWN": 1,
        "ALTER TABLE TO CURRENT": 1,
    }


def partitions(level: str) -> list[tuple[int, int]]:
    """The partitions of ``RANGE_N(x BETWEEN a AND b EACH c, …)`` over whole numbers or days, one by one."""
    found = []
    for part in level.removeprefix("RANGE_N(x BETWEEN ").removesuffix(")").split(", "):
        bounds, _, each = part.partition(" EACH ")
        first, last = (place(text) for text in bounds.split(" AND "))
        size = int(each.removeprefix("INTERVAL '").removesuffix("' DAY")) if each else last - first + 1
        found += [(start, min(start + size - 1, last)) for start in range(first, last + 1, size)]
    return found


def place(text: str) -> int:
    return date.fromisoformat(text[6:-1]).toordinal() if text.startswith("DATE ") else int(text)


@st.composite
def partitioned(draw: st.DrawFn) -> tuple[str, int, int, str, str]:
    """A level with ranges of one size, its first and last value, and how values and sizes are written."""
    size, count, first = draw(st.integers(1, 9)), draw(st.integers(2, 6)), draw(st.integers(-50, 50))
    last = first + size * count - 1
    value, each = "{}", str(size)
    if draw(st.booleans()):
        value, each = "DATE '{}'", f"INTERVAL '{size}' DAY"
    level = f"RANGE_N(x BETWEEN {shown(value, first)} AND {shown(value, last)} EACH {each})"
    return level, first, size, value, each


def shown(value: str, number: int) -> str:
    return value.format(date(2000, 1, 1) + timedelta(number) if value.startswith("DATE") else number)


@given(partitioned(), st.data())
def test_dropped_partitions_are_gone_and_no_others(found: tuple[str, int, int, str, str], data: st.DataObject) -> None:
    level, first, size, value, _ = found
    before = partitions(level)
    low = data.draw(st.integers(0, len(before) - 1))
    high = data.draw(st.integers(low, len(before) - 1))
    dropped = Range(shown(value, first + low * size), shown(value, first + (high + 1) * size - 1))
    drop = RangeChange(verb="DROP", ranges=(dropped,))
    kept = before[:low] + before[high + 1 :]
    if not kept:
        with pytest.raises(DdlError, match="one range has to stay"):
            with_ranges((level,), [drop])
        return
    after = with_ranges((level,), [drop])
    assert partitions(after.levels[0]) == kept
    assert after.at_ends == (low == 0 or high == len(before) - 1)
    back = RangeChange(verb="ADD", ranges=(Range(dropped.start, dropped.end, found[4]),))
    assert partitions(with_ranges(after.levels, [back]).levels[0]) == before


@given(partitioned(), st.integers(1, 8), st.integers(-3, 80))
def test_what_does_not_begin_and_end_with_a_partition_is_not_dropped(
    found: tuple[str, int, int, str, str], shift: int, length: int
) -> None:
    level, first, _, value, _ = found
    start, end = first + shift, first + shift + length
    bounds = {low for low, _ in partitions(level)}, {high for _, high in partitions(level)}
    zero = place(shown(value, 0))
    drop = RangeChange(verb="DROP", ranges=(Range(shown(value, start), shown(value, end)),))
    if (start + zero in bounds[0] and end + zero in bounds[1]) or length < 0:
        return
    with pytest.raises(DdlError):
        with_ranges((level,), [drop])


@given(partitioned(), st.data())
def test_ranges_that_follow_each_other_are_one(found: tuple[str, int, int, str, str], data: st.DataObject) -> None:
    level, first, size, value, each = found
    last = first + size * len(partitions(level)) - 1
    cut = first + size * data.draw(st.integers(1, len(partitions(level)) - 1))
    shown_range = f"{{}} AND {{}} EACH {each}".format
    ranges = (
        shown_range(shown(value, first), shown(value, cut - 1)),
        shown_range(shown(value, cut), shown(value, last)),
    )
    apart = f"RANGE_N(x BETWEEN {', '.join(ranges)})"
    assert joined_level(apart) == joined_level(level) == level
    assert partitions(apart) == partitions(level)


@pytest.mark.parametrize(
    "level",
    [
        "RANGE_N(x BETWEEN 1 AND 5 EACH 2, 6 AND 9 EACH 2)",
        "RANGE_N(x BETWEEN 1 AND 4 EACH 2, 5 AND 8 EACH 4)",
        "RANGE_N(x BETWEEN 1 AND 4, 5 AND 8)",
        "RANGE_N(x BETWEEN 1 AND 4 EACH 2, 7 AND 8 EACH 2)",
        "RANGE_N(x BETWEEN DATE '2000-01-31' AND DATE '2000-02-27' EACH INTERVAL '1' MONTH, "
        "DATE '2000-02-28' AND DATE '2000-12-31' EACH INTERVAL '1' MONTH)",
        "RANGE_N(x BETWEEN 1 AND 2 EACH 1, CURRENT_DATE AND 9 EACH 1)",
        "CASE_N(x = 1, NO CASE)",
    ],
)
def test_other_ranges_stay_as_they_are(level: str) -> None:
    assert joined_level(level) == level
