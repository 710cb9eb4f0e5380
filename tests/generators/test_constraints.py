"""Tests from constraints: what a check says is taken only where all of it is understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.generate import Generation, GenerationOptions, Skipped, generated_from
from dbee_dbt.session.options import ProjectOptions

BRIDGE = Bridge()
TYPES = {"c": "CHAR(1)", "n": "INTEGER", "d": "DATE", "a b": "VARCHAR(9)", "t": "TIMESTAMP(0)", "p": "DECIMAL(9,2)"}


def accepted(condition: str) -> tuple[str, str] | None:
    """The column and the values of the test that follows, or None."""
    columns = [{"name": {"name": name}, "type": text} for name, text in TYPES.items()]
    found: dict[str, Any] | None = BRIDGE.call("dbee_accepted_values", condition, columns)
    return found and (found["column"]["name"]["name"], dict(found["arguments"])["values"])


@pytest.mark.parametrize(
    ("condition", "column", "values"),
    [
        ("c IN ('A','B')", "c", '["A", "B"]'),
        ("C in('A' , 'A', 'a')", "c", '["A", "a"]'),
        ("\"a b\"IN('x,y', 'it''s', '')", "a b", '["x,y", "it\'\'s", ""]'),
        ("\n n\tIN ( 1, -2 )\n", "n", '[1, "-2"]'),
        ("p IN (1.50, 007)", "p", '["1.50", "007"]'),
        ("d IN (DATE '2024-01-31', date'2024-02-29')", "d", "[\"DATE '2024-01-31'\", \"DATE '2024-02-29'\"]"),
    ],
)
def test_a_check_of_values_becomes_a_test_of_them(condition: str, column: str, values: str) -> None:
    assert accepted(condition) == (column, values)


@pytest.mark.parametrize(
    "condition",
    [
        "c NOT IN ('A')", "c IN ('A') OR c IS NULL", "c IN ('A') AND n IN (1)", "c IN (n)", "c IN ('A', NULL)",
        "c IN ('1', 2)", "n IN ('1')", "c IN (1)", "c IN (SELECT x FROM y)", "UPPER(c) IN ('A')", "c IN ('a' 'b')",
        "c IN ()", "x IN (1)", "cIN ('A')", "t IN (TIMESTAMP '2024-01-01 00:00:00')", "c IN ('A'", "c IN 'A'",
        "_LATIN'c' IN ('A')", "c IN (_LATIN'A')", "n IN (1e2)", "n IN (1,)", "c IN ('A')--", '"c""" IN (\'A\')',
        "d IN (DATE '2024-1-1')", "IN ('A')", "(c IN ('A'))",
    ],
)  # fmt: skip
def test_any_other_check_gives_no_test(condition: str) -> None:
    assert accepted(condition) is None


@given(st.text(st.sampled_from("cn IN('A',12)\"DATE-."), max_size=24))
def test_no_condition_breaks_it(condition: str) -> None:
    found = accepted(condition)
    assert found is None or found[0] in TYPES


DDL = """
CREATE MULTISET TABLE A.COUNTRY (CODE CHAR(2) CHARACTER SET LATIN NOT NULL PRIMARY KEY, "na{me" VARCHAR(9) CHARACTER SET LATIN UNIQUE);
CREATE MULTISET TABLE A.ORDERS (
  ID INTEGER NOT NULL, STATUS CHAR(1) CHARACTER SET LATIN CHECK (STATUS IN ('O','C')), LEVEL_NO BYTEINT, "Land Code" CHAR(2),
  COUNTRY CHAR(2) CHARACTER SET LATIN REFERENCES WITH NO CHECK OPTION A.COUNTRY,
  FOREIGN KEY ("Land Code") REFERENCES WITH NO CHECK OPTION A.COUNTRY (CODE),
  FOREIGN KEY (STATUS) REFERENCES WITH NO CHECK OPTION A.COUNTRY ("na{me"),
  FOREIGN KEY (ID, COUNTRY) REFERENCES WITH NO CHECK OPTION A.PAIR (ID, COUNTRY),
  FOREIGN KEY (ID) REFERENCES WITH NO CHECK OPTION B.ELSEWHERE (ID),
  CHECK (LEVEL_NO IN (1, 2)), CHECK (LEVEL_NO IN (1, 2) OR ID > 9)) PRIMARY INDEX (ID);
CREATE MULTISET TABLE A.PAIR (ID INTEGER NOT NULL, COUNTRY CHAR(2) NOT NULL, PRIMARY KEY (ID, COUNTRY));
"""


def generated(tmp_path: Path, **how: Any) -> Generation:
    (tmp_path / "a.sql").write_text(DDL, encoding="utf-8")
    catalog = load_catalog(f"dir:{tmp_path}", ObjectFilter(("A",)), ProjectOptions(project_dir=tmp_path))
    return generated_from(catalog, GenerationOptions(**how))


def test_keys_and_checks_stand_as_tests_at_the_source(tmp_path: Path) -> None:
    text = generated(tmp_path).files[0].text
    assert (
        """
          - name: STATUS
            data_type: CHAR(1) CHARACTER SET LATIN
            data_tests:
              - accepted_values:
                  arguments:
                    values: ["O", "C"]
          - name: LEVEL_NO
            data_type: BYTEINT
            data_tests:
              - accepted_values:
                  arguments:
                    values: [1, 2]
                    quote: false
          - name: Land Code
            quote: true
            data_type: CHAR(2)
            data_tests:
              - relationships:
                  arguments:
                    to: "source('A', 'COUNTRY')"
                    field: CODE
          - name: COUNTRY
            data_type: CHAR(2) CHARACTER SET LATIN
            data_tests:
              - relationships:
                  arguments:
                    to: "source('A', 'COUNTRY')"
                    field: CODE
"""
        in text
    )


def test_what_gives_no_test_is_counted_with_its_reason(tmp_path: Path) -> None:
    assert generated(tmp_path).summary.skipped == (
        Skipped("accepted_values test", "its check says more than which values a column takes", 1),
        Skipped("relationships test", "dbt cannot test a name with a quote or a brace", 1),
        Skipped("relationships test", "its foreign key has several columns", 1),
        Skipped("relationships test", "what its foreign key refers to is not among the sources", 1),
    )


def test_tests_are_written_as_far_as_they_are_wanted(tmp_path: Path) -> None:
    made = generated(tmp_path, tests=("not_null",))
    text = "".join(file.text for file in made.files)
    assert "- not_null" in text
    assert "- unique" not in text and "relationships" not in text and "accepted_values" not in text
    assert made.summary.skipped == ()
