"""Source text: what counts as the same view, macro or procedure."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dbee_dbt.compare.texts import same_text
from tests.compare.pictures import MACRO, VIEW

TEXT = "CREATE VIEW SALES.V AS SELECT A, \"B\" FROM SALES.T WHERE A = 'x'"

SAME = {
    "case of words": "create view sales.v as select a, b from sales.t where a = 'x'",
    "white space and line ends": "CREATE VIEW SALES.V AS\r  SELECT A,\"B\"\r\n\tFROM SALES.T WHERE A='x'",
    "spelling of operators and numbers": "CREATE VIEW SALES.V AS SELECT A, B FROM SALES.T WHERE A EQ 'x'",
    "comments": "/* by bob */ CREATE VIEW SALES.V AS -- all\nSELECT A, B FROM SALES.T /* old */ WHERE A = 'x'",
    "the verb": "REPLACE VIEW SALES.V AS SELECT A, B FROM SALES.T WHERE A = 'x'",
    "the verb's short form": "CV SALES.V AS SELECT A, B FROM SALES.T WHERE A = 'x'",
    "a semicolon at the end": TEXT + " ;",
    "quotes that change nothing": 'CREATE VIEW "SALES"."V" AS SELECT "A", B FROM "SALES".T WHERE A = \'x\'',
    "the own name without its database": "CREATE VIEW V AS SELECT A, B FROM SALES.T WHERE A = 'x'",
}

DIFFERENT = {
    "case of a literal": TEXT.replace("'x'", "'X'"),
    "blanks in a literal": TEXT.replace("'x'", "'x '"),
    "another column": TEXT.replace("A,", "C,"),
    "a qualifier in the body": TEXT.replace("FROM SALES.T", "FROM T"),
    "a name that needs its quotes": TEXT.replace('"B"', '"B "'),
    "a keyword before the name": TEXT.replace("CREATE VIEW", "CREATE RECURSIVE VIEW"),
    "a clause more": TEXT + " WITH CHECK OPTION",
    "nothing": "",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_what_does_not_count(text: str) -> None:
    assert same_text(VIEW, TEXT, text)
    assert same_text(VIEW, text, TEXT)


@pytest.mark.parametrize("text", DIFFERENT.values(), ids=DIFFERENT)
def test_what_counts(text: str) -> None:
    assert not same_text(VIEW, TEXT, text)


def test_a_reserved_word_in_quotes_is_a_name_and_not_the_word() -> None:
    assert not same_text(VIEW, 'CREATE VIEW V AS SELECT "DATE" FROM T', "CREATE VIEW V AS SELECT DATE FROM T")


def test_an_object_called_like_a_word_of_its_header() -> None:
    found = replace(VIEW, name="VIEW")
    assert same_text(found, 'CREATE VIEW SALES."VIEW" AS SELECT A FROM T', 'REPLACE VIEW "VIEW" AS SELECT A FROM T')
    assert not same_text(found, 'CREATE VIEW "VIEW" AS SELECT A FROM T', 'CREATE VIEW "VIEW" AS SELECT B FROM T')


def test_an_object_called_like_its_database() -> None:
    found = replace(VIEW, name="SALES")
    assert same_text(found, "CREATE VIEW SALES.SALES AS SELECT A FROM T", "REPLACE VIEW SALES AS SELECT A FROM T")
    assert not same_text(found, "CREATE VIEW SALES.SALES AS SELECT A FROM T", "REPLACE VIEW SALES AS SELECT B FROM T")


def test_an_object_whose_name_needs_quotes() -> None:
    found = replace(VIEW, name="sales of today")
    before, after = 'CREATE VIEW SALES."sales of today" AS SEL 1 A', 'REPLACE VIEW "Sales of Today" AS SEL 1 A'
    assert same_text(found, before, after)


def test_a_macro_with_parameters() -> None:
    before = "CREATE MACRO SALES.M (a INTEGER) AS (SELECT :a;);"
    assert same_text(MACRO, before, "replace macro m(A integer) as (select :a;)")
    assert not same_text(MACRO, before, "REPLACE MACRO M (a INTEGER) AS (SELECT :a + 1;);")
    of_old = replace(MACRO, parameters=None)  # of which only the text is known, so that the text tells all
    assert not same_text(of_old, before, "REPLACE MACRO M (a BIGINT) AS (SELECT :a;);")
