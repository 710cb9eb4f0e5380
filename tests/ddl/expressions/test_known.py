"""The types of a query's columns as far as they are known: what is not known of one keeps nothing from the others."""

from __future__ import annotations

import pytest
from msgspec import Struct

from dbee_dbt.ddl.expressions.known import Described, described, known_types
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.objects import Column


class Session(Struct, frozen=True, kw_only=True):
    """The facts of a session."""

    mode: str = "ANSI"
    user: str = "U"
    database: str = "D"
    charset: str = "LATIN"
    dateform: str = "ANSIDATE"
    max_decimal: int = 15


class Catalog:
    """One table, T, of which the type of X is not known."""

    def relation(self, database: str | None, name: str) -> Described:
        if name != "T":
            raise NotKnownError(name)
        types = {"A": "INTEGER", "B": "DECIMAL(12,2)", "C": "VARCHAR(10) CHARACTER SET LATIN"}
        columns = (Column(name=column, type=read_type(text)) for column, text in types.items())
        return described("D", "T", (*columns, Column(name="X")))

    def function(self, database: str | None, name: str) -> None:
        return None


def types(text: str) -> str | None:
    found = known_types(parse_query_text(text), Session(), Catalog())
    return found and ", ".join(f"{one.name} {one.type.base if one.type else '?'}" for one in found)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT A, B FROM D.T", "A INTEGER, B DECIMAL(12,2)"),
        ("SELECT * FROM D.T", "A INTEGER, B DECIMAL(12,2), C VARCHAR(10), X ?"),
        ("SELECT t.*, A + 1 AS n FROM D.T t", "A INTEGER, B DECIMAL(12,2), C VARCHAR(10), X ?, n INTEGER"),
        ("SELECT X, X + 1 AS y, own(A) AS f, A FROM D.T", "X ?, y ?, f ?, A INTEGER"),
        ("SELECT CAST(X AS DATE) AS d, CAST(own(A) AS CHAR(3)) AS c FROM D.T", "d DATE, c CHAR(3)"),
        ("SELECT A FROM D.T WHERE own(A) = 1 QUALIFY own(B) = 2", "A INTEGER"),
        ("SELECT A AS k, k + 1 AS n FROM D.T", "k INTEGER, n INTEGER"),
        ("WITH q (z) AS (SELECT A FROM D.T) SELECT z, own(z) AS f FROM q", "z INTEGER, f ?"),
        ("WITH q AS (SELECT * FROM D.U) SELECT t.A, q.A AS other FROM D.T t, q", "A INTEGER, other ?"),
        ("SELECT d.k FROM (SELECT A AS k, own(B) AS f FROM D.T) AS d JOIN D.T ON own(d.f) = 1", "k INTEGER"),
        ("SELECT A FROM D.T UNION ALL SELECT own(A) FROM D.T", "A INTEGER"),
        ("(SELECT A FROM D.T) UNION ALL SELECT 1.5 FROM D.T", "A INTEGER"),
        ("SELECT t.A, u.B, C FROM D.T t, D.U u", "A INTEGER, B ?, C VARCHAR(10)"),
        ("SELECT A AS s, s AS which FROM D.U", "s ?, which ?"),
        ("SELECT * FROM D.U", None),
        ("SELECT u.* FROM D.T t, D.U u", None),
        ("WITH RECURSIVE r (n) AS (SELECT A FROM D.T UNION ALL SELECT n + 1 FROM r) SELECT n FROM r", "n INTEGER"),
    ],
)
def test_what_is_known(query: str, told: str | None) -> None:
    assert types(query) == told
