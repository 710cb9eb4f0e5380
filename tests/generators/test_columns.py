"""Names and types of the columns of models: rules, and what they make of each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import MacroError

BRIDGE = Bridge()
WORDS = BRIDGE.call("dbee_reserved_words")


def model(*columns: tuple[str, str], rules: list[dict[str, Any]], case: str = "keep") -> list[tuple[str, str, str]]:
    """(name, SQL, type) of each column of the model."""
    checked = BRIDGE.call("dbee_checked_column_rules", rules, "columns")
    tools = {"reserved": WORDS, "options": {"columns": checked, "case": case}}
    plans = [BRIDGE.call("dbee_column_names", name, text, tools) for name, text in columns]
    BRIDGE.call("dbee_settle_names", plans, {"unrenamed": 0})
    return [(plan["alias"]["name"], plan["expression"], plan["result_type"]) for plan in plans]


@pytest.mark.parametrize(
    ("rule", "column", "becomes"),
    [
        ({"name": "*_DT", "rename": "*_date"}, ("BIRTH_DT", "DATE"), ("BIRTH_date", "BIRTH_DT", "DATE")),
        ({"name": "c_*", "rename": "*"}, ("C_NAME", "DATE"), ("NAME", "C_NAME", "DATE")),
        ({"name": "X", "rename": "Order"}, ("x", "DATE"), ("Order", "x", "DATE")),
        ({"name": "X_*", "rename": "*"}, ("X_", "DATE"), ("X_", "X_", "DATE")),
        ({"name": "*", "rename": "*" + "y" * 99}, ("x" * 30, "DATE"), ("x" * 30, "x" * 30, "DATE")),
        ({"name": "ß*", "rename": "s*"}, ("ßa", "DATE"), ("sa", '"ßa"', "DATE")),
        (
            {"type": "CHAR(*", "trim": True},
            ("C", "CHAR(8) CHARACTER SET LATIN"),
            ("C", "trim(trailing from C)", "VARCHAR(8) CHARACTER SET LATIN"),
        ),
        ({"trim": True}, ("C", "BYTE(8)"), ("C", "C", "BYTE(8)")),
        ({"cast": "dec(9, 2)"}, ("C", "FLOAT"), ("C", "cast(C as DEC(9, 2))", "DECIMAL(9,2)")),
        ({"cast": "date"}, ("C", "DATE"), ("C", "C", "DATE")),
        (
            {"cast": "date  format 'YYYYMMDD'", "trim": True},
            ("C", "CHAR(8) CHARACTER SET LATIN"),
            ("C", "cast(trim(trailing from C) as DATE format 'YYYYMMDD')", "DATE"),
        ),
        (
            {"type": "CLOB*", "cast": "VARCHAR(9) CHARACTER SET UNICODE"},
            ("C", "CLOB(99) CHARACTER SET UNICODE"),
            ("C", "cast(C as VARCHAR(9) CHARACTER SET UNICODE)", "VARCHAR(9) CHARACTER SET UNICODE"),
        ),
        ({"type": "INT*", "cast": "BIGINT"}, ("C", "BYTEINT"), ("C", "C", "BYTEINT")),
    ],
)
def test_a_rule_makes_of_a_column(rule: dict[str, Any], column: tuple[str, str], becomes: tuple[str, str, str]) -> None:
    assert model(column, rules=[rule]) == [becomes]


def test_the_first_rule_that_fits_and_says_something_counts() -> None:
    rules = [{"name": "A*", "cast": "DATE"}, {"rename": "*_1", "name": "*"}, {"rename": "x"}, {"cast": "BIGINT"}]
    assert model(("A", "FLOAT"), ("B", "FLOAT"), rules=rules) == [
        ("A_1", "cast(A as DATE)", "DATE"),
        ("B_1", "cast(B as BIGINT)", "BIGINT"),
    ]


def test_a_column_keeps_its_name_where_another_has_or_gets_the_new_one() -> None:
    rules = [{"name": "X_*", "rename": "*"}, {"name": "Y_*", "rename": "*"}]
    columns = [("X_A", "DATE"), ("A", "DATE"), ("X_B", "DATE"), ("Y_b", "DATE"), ("X_C", "DATE")]
    assert [name for name, _, _ in model(*columns, rules=rules)] == ["X_A", "A", "X_B", "Y_b", "C"]


@given(
    st.lists(st.text(st.sampled_from("AbX_"), min_size=1, max_size=4), unique_by=str.upper, max_size=8),
    st.sampled_from(["keep", "lower", "upper"]),
)
def test_no_two_columns_of_a_model_have_one_name(names: list[str], case: str) -> None:
    rules = [{"name": "X*", "rename": "*"}, {"name": "*_", "rename": "A*"}, {"name": "*b", "rename": "*_"}]
    made = [name.upper() for name, _, _ in model(*((name, "DATE") for name in names), rules=rules, case=case)]
    assert len(set(made)) == len(names)
    again = [name.upper() for name, _, _ in model(*((name, "DATE") for name in names[::-1]), rules=rules, case=case)]
    assert again == made[::-1]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"name": "x"}, "must be a list of rules"),
        (["x"], "must be a dictionary of: name, type, rename, trim, cast"),
        ([{"nam": "x"}], "there is no nam"),
        ([{"name": "*a*", "rename": "x"}], "renames by one *"),
        ([{"name": "a", "rename": "*"}], "renames by one *"),
        ([{"name": "a", "rename": "b\u202e"}], "cannot be seen"),
        ([{"name": ""}], "empty text"),
        ([{"name": ["a"]}], "must be a text"),
        ([{"trim": "yes"}], "trim must be true or false"),
        ([{"cast": "DATE) --"}], "no type that a column can be cast to"),
        ([{"cast": "SYSUDTLIB.X"}], "no type that a column can be cast to"),
        ([{"cast": "DATE FORMAT 'Y''Y'"}], "no type that a column can be cast to"),
        ([{"cast": "DATE FORMAT '{{ x }}'"}], "no type that a column can be cast to"),
        ([{"cast": "VARCHAR(9)"}], "must say length and CHARACTER SET"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rules: object, said: str) -> None:
    with pytest.raises(MacroError) as refused:
        BRIDGE.call("dbee_checked_column_rules", rules, "columns:")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("RANGE_N(A BETWEEN 1 AND 9)", "RANGE_N(x BETWEEN 1 AND 9)"),
        ("CASE_N(\"A\" = 'A', AB > A#, a>b)", "CASE_N(\"x\" = 'A', AB > A#, x>b)"),
        ('"it\'s" = \'it\'\'s\' AND "say ""A""" = A', "\"x y\" = 'it''s' AND \"z\" = x"),
        ("", ""),
    ],
)
def test_an_expression_names_columns_as_the_model_does(text: str, renamed: str) -> None:
    assert BRIDGE.call("dbee_renamed_code", text, {"A": "x", "IT'S": "x y", 'SAY "A"': "z"}) == renamed


@given(
    st.lists(
        st.sampled_from(["a", "B_1", " ", "''", "'a'", "'it''s'", '"a"', '"x""y"', '"o\'n"', "(", "<="]), max_size=9
    )
)
def test_an_expression_without_such_columns_stays_as_it_is(tokens: list[str]) -> None:
    text = " ".join(tokens)
    assert BRIDGE.call("dbee_renamed_code", text, {"OTHER": "x"}) == text
