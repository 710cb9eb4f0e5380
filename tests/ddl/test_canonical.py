"""One spacing for an expression: by hand, by SHOW TABLE and from the dictionary become the same but for case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.canonical import canonical, value
from dbee_dbt.ddl.layout import shown
from dbee_dbt.model.names import fold_code
from tests.strategies.ddl import COLUMN, PIECES, conditions, levels, rendered, scripts

SAME = {
    "a range by month": (
        "RANGE_N(D BETWEEN DATE '2020-01-01' AND DATE '2025-12-31' EACH INTERVAL '1' MONTH, NO RANGE, UNKNOWN)",
        "RANGE_N(D  BETWEEN DATE '2020-01-01' AND DATE '2025-12-31' EACH INTERVAL '1' MONTH ,\r NO RANGE, UNKNOWN)",
        'range_n ( "d" between date\'2020-01-01\' and date \'2025-12-31\' -- all\n each interval \'1\' month,no range,unknown )',
    ),
    "cases": (
        "CASE_N(R = 1, R = 2, NO CASE OR UNKNOWN)",
        "CASE_N(\rR =  1 ,\rR =  2 ,\r NO CASE OR UNKNOWN)",
        "case_n(r=1,r eq 2,no case or unknown)",
    ),
    "a check": ("C1 >= 0", "C1 >=  0 ", "c1>=0", "C1 GE 0"),
    "unequal": ("A <> B", "a^=b", "a ~= b", "a != b", "a NE b"),
    "a list": ("C2 IN ('A', 'i', 'D')", "C2  IN ('A','i','D')", "c2 in ( 'A' , 'i','D' )"),
    "numbers": ("A < 0.41", "a<.41"),
    "signs": ("A BETWEEN -1 AND +5 - B", "a between - 1 and + 5-b"),
    "names": ('D."CLASS" = "CLASS"."X Y"', 'd . "Class"="class" . "x y"', 'D."Class"  = "CLASS"."X y" '),
    "functions": ("EXTRACT(YEAR FROM D) > 2000", "extract (year from d)>2000"),
}  # fmt: skip


@pytest.mark.parametrize("spellings", SAME.values(), ids=SAME)
def test_all_spellings_become_the_first_but_for_case(spellings: tuple[str, ...]) -> None:
    assert {fold_code(canonical(spelling)) for spelling in spellings} == {fold_code(spellings[0])}


def test_the_canonical_spelling_is_one_that_people_would_write() -> None:
    assert [canonical(spellings[0]) for spellings in SAME.values()] == [spellings[0] for spellings in SAME.values()]


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ('range_n(  "orderDay"   between 1 and 9 each 1)', "range_n(orderDay between 1 and 9 each 1)"),
        ("Größe<>'a' and \"Class\" gt .5e3", "Größe <> 'a' and \"Class\" > 0.5E3"),
        ("Current_Timestamp( 0 )", "Current_Timestamp(0)"),
    ],
)
def test_words_and_names_stay_as_written(written: str, spelled: str) -> None:
    assert canonical(written) == spelled
    assert "".join(shown(spelled).split()) == "".join(spelled.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A = 'a'", "A = 'A'"),
        ("A = 1", "A = 1.0"),
        ("A AND B OR C", "A AND (B OR C)"),
        ("NO RANGE, UNKNOWN", "NO RANGE OR UNKNOWN"),
        ("A", '"A B"'),
    ],
)
def test_what_means_something_else_stays_different(one: str, other: str) -> None:
    assert fold_code(canonical(one)) != fold_code(canonical(other))


@given(st.one_of(st.text(), scripts(PIECES)))
def test_reading_the_canonical_spelling_again_changes_nothing(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(st.data())
def test_space_case_and_comments_do_not_count(data: st.DataObject) -> None:
    tokens = ["c_1" if token == COLUMN else token for token in data.draw(st.one_of(conditions(), levels()))]
    assert fold_code(canonical(data.draw(rendered(tokens)).rstrip(" ;\n"))) == fold_code(canonical(" ".join(tokens)))


@given(st.one_of(conditions(), levels()))
def test_the_layout_of_show_table_is_read_back(tokens: list[str]) -> None:
    expression = canonical(" ".join("c_1" if token == COLUMN else token for token in tokens))
    assert canonical(shown(expression)) == expression


@given(st.one_of(st.text(), scripts(PIECES)))
def test_the_layout_of_any_text_is_read_back(text: str) -> None:
    expression = canonical(text)
    assert canonical(shown(expression)) == expression


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        *[(".41", "0.41"), ("0.410", "0.41"), ("7.00", "7"), ("007", "7"), ("-0.0", "0"), ("-.5", "-0.5"), ("+5", "5")],
        *[("'007'", "'007'"), ("1E3", "1E3"), ("DATE '2020-01-01'", "DATE '2020-01-01'"), ("12.", "12")],
    ],
)
def test_a_number_in_a_list_of_values_keeps_only_its_value(written: str, normal: str) -> None:
    assert value(written) == normal
