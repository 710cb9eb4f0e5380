"""Queries of join indexes: what the system adds and spells otherwise does not count, what is meant does."""

import pytest

from dbee_dbt.compare.join_indexes import same_query

ALIKE = {
    "blanks and lines": ("SELECT a,b FROM t", "SEL a ,\nb \n FROM t "),
    "qualifiers": ("SELECT a FROM t", "SELECT D.t.A FROM D.T"),
    "a correlation name": ("SELECT x.a FROM d.t AS x WHERE x.b = 1", "SELECT d.t.a FROM d.t x WHERE d.t.b =  1 "),
    "AS and NAMED": ("SELECT a AS n FROM t", "SELECT a (NAMED n ) FROM t"),
    "AS left out": ("SELECT t.a n, b + 1 m FROM t", "SELECT t.a AS n, b + 1 AS m FROM t"),
    "a column's own name": ("SELECT t.a AS a FROM t", "SELECT a FROM t"),
    "the count that is added": (
        "SELECT a, SUM(b) AS s FROM t GROUP BY a",
        "SELECT COUNT(*)(FLOAT, NAMED CountStar ),a ,SUM(b )(FLOAT, NAMED s ) FROM t GROUP BY a ",
    ),
    "types of results": (
        "SELECT MIN(a) AS m, COUNT(b) AS n FROM t",
        "SELECT MIN(a )(DATE, FORMAT 'YY/MM/DD', NAMED m ),COUNT(b )(FLOAT, NAMED n ) FROM t",
    ),
    "groupings by number, in another order": ("SELECT a, b FROM t GROUP BY 1, 2", "SELECT a, b FROM t GROUP BY b, a"),
    "joins of two spellings": (
        "SELECT t.a FROM t, u WHERE t.a = u.a AND t.b BETWEEN 1 AND 3",
        "SELECT D.t.a FROM D.t JOIN D.u ON (D.t.a = D.u.a ) WHERE (D.t.b BETWEEN 1 AND 3 )",
    ),
    "outer joins": (
        "SELECT t.a FROM t LEFT JOIN u ON t.a = u.a",
        "SELECT D.t.a FROM D.t LEFT OUTER JOIN D.u ON D.t.a = D.u.a",
    ),
    "OR and its parentheses": (
        "SELECT a FROM t WHERE (b = 1 OR c = 2) AND d = 3",
        "SELECT D.t.a FROM D.t WHERE D.t.d = 3 AND (D.t.b = 1 OR D.t.c = 2 )",
    ),
    "rowids": ("SELECT a, t.ROWID FROM t", "SELECT D.t.a ,D.t.ROWID FROM D.t"),
    "the same table twice": (
        "SELECT x.a, y.b FROM t x, t y WHERE x.a = y.b",
        "SELECT D.t.a ,y.b FROM D.t x ,D.t y WHERE D.t.a =  y.b ",
    ),
}
DIFFERENT = {
    "another column": ("SELECT a FROM t", "SELECT b FROM t"),
    "another order of columns": ("SELECT a, b FROM t", "SELECT b, a FROM t"),
    "another table": ("SELECT d.t.a FROM d.t", "SELECT d.u.a FROM d.u"),
    "another database": ("SELECT a FROM d.t", "SELECT a FROM e.t"),
    "another name": ("SELECT a AS n FROM t", "SELECT a (NAMED m ) FROM t"),
    "another condition": ("SELECT a FROM t WHERE a > 1", "SELECT a FROM t WHERE a > 2"),
    "a condition more": ("SELECT a FROM t", "SELECT a FROM t WHERE a > 1"),
    "another grouping": ("SELECT a, b FROM t GROUP BY a, b", "SELECT a, b FROM t GROUP BY a"),
    "another aggregate": ("SELECT SUM(a) AS s FROM t", "SELECT MAX(a )(FLOAT, NAMED s ) FROM t"),
    "the type of a column": ("SELECT a (DATE) AS s FROM t", "SELECT a AS s FROM t"),
    "an outer join": ("SELECT t.a FROM t LEFT JOIN u ON t.a = u.a", "SELECT t.a FROM t JOIN u ON t.a = u.a"),
    "OR beside AND": (
        "SELECT a FROM t WHERE b = 1 OR c = 2 AND d = 3",
        "SELECT a FROM t WHERE (b = 1 OR c = 2) AND d = 3",
    ),
    "OR in the condition of a join": (
        "SELECT t.a FROM t JOIN u ON t.b = u.b OR t.c = u.c WHERE t.d = 3",
        "SELECT t.a FROM t, u WHERE t.b = u.b OR t.c = u.c AND t.d = 3",
    ),
    "AND inside of CASE": (
        "SELECT a FROM t WHERE CASE WHEN b = 1 AND c = 1 THEN 1 END = 1 AND CASE WHEN d = 1 AND e = 1 THEN 1 END = 1",
        "SELECT a FROM t WHERE CASE WHEN b = 1 AND e = 1 THEN 1 END = 1 AND CASE WHEN d = 1 AND c = 1 THEN 1 END = 1",
    ),
    "the case of a literal": ("SELECT a FROM t WHERE a = 'x'", "SELECT a FROM t WHERE a = 'X'"),
    "groups of columns": ("SELECT (a, b), (c) FROM t", "SELECT (a), (b, c) FROM t"),
    "DISTINCT": ("SELECT DISTINCT a FROM t", "SELECT a FROM t"),
    "nothing": ("SELECT a FROM t", ""),
}


@pytest.mark.parametrize(("left", "right"), ALIKE.values(), ids=ALIKE)
def test_these_mean_the_same(left: str, right: str) -> None:
    assert same_query(left, right)
    assert same_query(right, left)


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_these_do_not(left: str, right: str) -> None:
    assert not same_query(left, right)
    assert not same_query(right, left)
