"""What the parser reads and the emulator refuses: the tables in it are found, wherever they stand."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import significant, tokenize
from tests.ddl.expressions.cases import Case, read_cases
from tests.ddl.expressions.tables import tables

_CASES = read_cases(Path(__file__).parent / "read_only.txt")

# Grammar of the property: {q} a query, {t} a table, {e} a value, {c} a condition, {f} an entry of FROM.
_GRAMMAR = {
    "q": [
        "SELECT {e} FROM {f}",
        "SELECT {e} FROM {f} WHERE {c}",
        "SELECT NORMALIZE ON OVERLAPS {e} AS x, b FROM {f} EXPAND ON {e} AS y BY INTERVAL '1' DAY FOR {e}",
        "SELECT TOP 5 PERCENT {e} FROM {f} QUALIFY {c}",
        "SELECT {e} FROM {f} GROUP BY GROUPING SETS (({e}, a), ROLLUP(b), ()) HAVING {c}",
        "VALIDTIME AS OF {e} SELECT {e} FROM {f}",
        "NONSEQUENCED VALIDTIME AND CURRENT TRANSACTIONTIME SELECT {e} FROM {f}",
        "WITH n (a) AS ({q}) SELECT {e} FROM {f}",
        "SELECT {e} FROM {f} SAMPLE WHEN {c} THEN .1, .2 ELSE 5 END",
        "SELECT {e} FROM {f} WITH SUM({e}) BY a",
        "({q}) UNION ALL ({q})",
    ],
    "t": ["{n} AS x", "{n}", "{n} FOR SYSTEM_TIME AS OF {e} AS x", "{n} CURRENT VALIDTIME AS x"],
    "f": [
        "{t}",
        "{t}, {t}",
        "({q}) AS x (a, b)",
        "(({q}) AS x)",
        "{t} JOIN {t} ON {c}",
        "{t} LEFT JOIN {t} LEFT JOIN {t} ON {c} ON {c}",
        "({t} CROSS JOIN {t})",
        "{t}, TABLE (d.split({e}, a) RETURNS (k INTEGER, w VARCHAR(9)) HASH BY k) AS y (k, w)",
        "op (ON {n} AS i PARTITION BY {e} ORDER BY a ON ({q}) AS j DIMENSION USING w('x', 1)) AS y",
        "{n} PIVOT (SUM(a) AS s FOR b IN ({q})) AS y",
        "{n} UNPIVOT INCLUDE NULLS ((a, c) FOR b IN ((d, e) AS 'x')) AS y",
        "far@server1 AS z, {t}",
        "FOREIGN TABLE (SELECT a FROM far)@server1 EXPORT (({q}) AS i) AS z",
    ],
    "c": [
        "{e} NOT < {e}",
        "{e} = ANY ({q})",
        "{e} IS NOT IN ({q})",
        "a LIKE ANY ({q})",
        "EXISTS ({q}) AND {c}",
        "{e} OVERLAPS PERIOD(DATE '2020-01-01', {e})",
        "NOT ({c} OR {c})",
        "END({e}) IS UNTIL_CHANGED",
    ],
    "e": [
        "a",
        "1",
        "({q})",
        "(({q}) - {e})",
        "COALESCE({e}, ({q}))",
        "SUBSTRING({e}, 1, {e})",
        "m[{e}].n",
        "NEW d.point({e}, {e}).far({e})",
        "XMLAGG({e} ORDER BY {e} DESC)",
        "SUM({e}) OVER (PARTITION BY {e} ORDER BY a RESET WHEN {c} ROWS UNBOUNDED PRECEDING)",
        "CASE WHEN {c} THEN {e} ELSE {e} END",
        "(d.f({e}) RETURNS INTEGER)",
        "(a LDIFF {e})",
        "XMLSERIALIZE(CONTENT a AS CLOB)",
        "CAST({e} AS TIMESTAMP(0) AT {e} (FORMAT 'YYYY'))",
    ],
    "s": [
        "{q}",
        "INSERT INTO {n} {q} HASH BY RANDOM LOCAL ORDER BY a",
        "INSERT INTO {n} (a) {q} LOGGING ALL ERRORS WITH LIMIT OF 3",
        "INSERT EXPLAIN INTO qcd AS plan1 {q}",
        "UPDATE {n} FROM {f} SET a = {e} WHERE {c}",
        "UPDATE {n} SET a = {e} WHERE a = 1 ELSE INSERT INTO u1 VALUES ({e}, {e})",
        "SEQUENCED VALIDTIME PERIOD '(2020-01-01, 2021-01-01)' DELETE FROM {n} WHERE {c}",
        "MERGE INTO {n} USING VALUES ({e}, {e}) AS x (a, b) ON {c} WHEN MATCHED THEN UPDATE SET a = {e}",
        "MERGE INTO {n} USING ({q}) AS x ON {c} WHEN NOT MATCHED THEN INSERT VALUES ({e}) LOGGING ERRORS",
    ],
}
_SLOT = re.compile(r"\{([a-z])\}")


@st.composite
def _statements(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A statement, and its tables in the order in which they are written."""
    names: list[str] = []

    def written(slot: str, depth: int) -> str:
        if slot == "n":
            names.append(draw(st.sampled_from(["t1", "t2", "d1.t1", '"T x"', "tab_3", "d2.v"])))
            return names[-1]
        forms = _GRAMMAR[slot]
        form = forms[0] if depth > 4 else draw(st.sampled_from(forms))
        return _SLOT.sub(lambda found: written(found[1], depth + 1), form)

    text = written("s", 0)
    once = dict.fromkeys(name.replace('"', "") for name in names)
    return text, list(once)


def _case_ids(cases: list[Case]) -> list[object]:
    return [pytest.param(case, id=f"{case.place} {case.parts[0]}") for case in cases]


@pytest.mark.parametrize("case", _case_ids(_CASES))
def test_the_tables_in_it_are_found(case: Case) -> None:
    statement, expected, _ = case.parts
    assert " ".join(tables(statement)) == expected.strip("-")


@given(_statements())
def test_tables_are_found_wherever_they_stand(statement: tuple[str, list[str]]) -> None:
    text, names = statement
    expected = [name for name in names if name]
    assert sorted(set(tables(text)) - {"u1"}) == sorted(expected)


_MANY = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "SELECT " + "(" * _MANY + "1" + ")" * _MANY,
        "SELECT " + "(" * _MANY + "SELECT 1" + ")" * _MANY,
        "SELECT * FROM " + "(" * _MANY + "SELECT 1 AS a" + ")" * _MANY + " x",
        "SELECT " + "(" * _MANY,
        "SELECT 1 WHERE " + "NOT " * _MANY + "a = 1",
        "SELECT " + "- " * _MANY + "1",
        "SELECT " + "CASE WHEN a = 1 THEN " * _MANY,
        "SELECT a" + "[1" * _MANY,
    ],
    ids=lambda text: text[:40],
)
def test_what_is_nested_too_deeply_is_refused_by_name(text: str) -> None:
    with pytest.raises(NotKnownError, match="nesting of more than"):
        parse_statement(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1 FROM t WHERE " + "a = 1 OR " * (_MANY // 2) + "b = 1",
        "SELECT 1 FROM t WHERE " + "a = 1 AND b = 2 OR " * (_MANY // 4) + "b = 1",
        "SELECT " + "a || " * _MANY + "b FROM t",
        "SELECT 1 FROM t WHERE a IN (" + "1, " * _MANY + "1)",
        "SELECT 1 FROM t " + "UNION ALL SELECT 1 FROM t " * 2_000,
        "SELECT a" + "[1].b" * _MANY + " FROM t",
    ],
    ids=lambda text: text[:40],
)
def test_a_chain_of_any_length_is_read(text: str) -> None:
    assert tables(text) == ["t"]


# Each of these begins alike in two ways at every level; trying both there doubles the steps with each level.
_DEPTH = 15


@pytest.mark.parametrize(
    "text",
    [
        "SELECT " + "(" * 40 + "(SELECT a FROM t)" + " - 1)" * 40,
        "SELECT " + "((SELECT " * _DEPTH + "a" + " FROM t) - 1)" * _DEPTH,
        "SELECT a FROM " + "((SELECT a FROM " * _DEPTH + "t" + ") AS x)" * _DEPTH,
        "SELECT a FROM t WHERE a IN " + "((SELECT a FROM t WHERE a IN " * _DEPTH + "(1)" + "), 1)" * _DEPTH,
    ],
    ids=lambda text: text[:40],
)
def test_parentheses_that_begin_like_a_query_are_read_once(text: str) -> None:
    assert tables(text) == ["t"]


def test_an_error_inside_such_parentheses_is_found_once() -> None:
    with pytest.raises(QueryError, match="3707"):
        parse_statement("SELECT " + "((SELECT " * _DEPTH + "a a a" + " FROM t) - 1)" * _DEPTH)


@pytest.mark.parametrize(
    "text",
    [
        "MERGE INTO t USING u ON t.i = u.i",
        "MERGE INTO t USING u ON t.i = u.i WHEN MATCHED THEN UPDATE SET a = 1 WHEN MATCHED THEN UPDATE SET a = 2",
        "MERGE INTO t USING u ON t.i = u.i WHEN MATCHED THEN UPDATE SET a = 1 WHEN MATCHED THEN DELETE",
        "MERGE INTO t USING u ON t.i = u.i WHEN NOT MATCHED THEN INSERT (1) WHEN NOT MATCHED THEN INSERT (2)",
        "SELECT CAST(a AS INTEGER,) FROM t",
    ],
)
def test_what_would_be_passed_over_is_an_error(text: str) -> None:
    with pytest.raises(QueryError, match="3707"):
        parse_statement(text)


@pytest.mark.parametrize("case", _case_ids(_CASES))
def test_text_that_ends_anywhere_is_an_error_by_name(case: Case) -> None:
    tokens = significant(tokenize(case.parts[0]))
    for token in tokens:
        with suppress(QueryError, NotKnownError):
            parse_statement(case.parts[0][: token.end])
