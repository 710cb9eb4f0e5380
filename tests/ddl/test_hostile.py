"""Hostile DDL: read, kept as text or refused; never another error, and no work out of proportion."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.format import format_script
from dbee_dbt.ddl.inspection import inspect_script
from dbee_dbt.ddl.layout import shown
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.errors import DdlError

MANY = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE t (a INT CHECK (" + "(" * MANY + "a > 0" + ")" * MANY + "))",
        "CREATE TABLE t (a INT CHECK (" + "(a) AND " * MANY + "(b)))",
        "CREATE TABLE t (a INT CHECK (" + "(" * MANY,
        "CREATE TABLE t (a INT DEFAULT " + "(" * MANY + ")" * MANY + ")",
        "CREATE TABLE t (a " + "PERIOD(" * MANY,
        "CREATE TABLE t (" + "COLUMN (" * MANY,
        "CREATE TABLE t (a INT) PARTITION BY " + "(" * MANY,
        "CREATE TABLE t (a INT) " + "INDEX (a) " * MANY,
        "CREATE TABLE t (" + ",".join(f"c{n} INT" for n in range(MANY)) + ")",
        "CREATE TABLE t (a INT " + "FOO (" * MANY + ")" * MANY + ")",
        "CREATE TABLE t" + ", FOO" * MANY + " (a INT)",
        "GRANT " + "SELECT (a), " * MANY + "UPDATE ON t TO u",
        "CALL p(" + "(" * MANY + ")" * MANY + ")",
        "LOCKING ROW FOR ACCESS " * MANY + "SELECT 1",
        "CREATE USER u AS " + "PASSWORD = x " * MANY,
        "COMMENT ON TABLE " + "a." * MANY + "a 'x'",
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_a_statement_of_any_size_and_depth_is_read_or_refused(text: str) -> None:
    try:
        read_statement(text)
    except DdlError as error:
        assert len(error.what) < 200


NESTED = {
    "parentheses": lambda n: f"SELECT {'(' * n}1{')' * n} FROM t",
    "subqueries": lambda n: f"SELECT * FROM {'(SELECT * FROM ' * n}t{') a' * n}",
    "parentheses in FROM": lambda n: f"SELECT * FROM {'(' * n}t{')' * n}",
    "EXISTS": lambda n: f"SELECT 1 FROM t WHERE {'EXISTS (SELECT 1 FROM t WHERE ' * n}1 = 1{')' * n}",
    "NOT": lambda n: f"SELECT 1 FROM t WHERE {'NOT ' * n}1 = 1",
    "signs": lambda n: f"SELECT {'- ' * n}1 FROM t",
    "CASE": lambda n: f"SELECT {'CASE WHEN 1 = 1 THEN 1 ELSE ' * n}1{' END' * n} FROM t",
    "calls": lambda n: f"SELECT {'TRIM(' * n}'a'{')' * n} FROM t",
    "AND": lambda n: f"SELECT 1 FROM t WHERE {'a = 1 AND ' * n}a = 1",
    "sums": lambda n: f"SELECT 1{' + 1' * n} FROM t",
    "powers": lambda n: f"SELECT 1{' ** 1' * n} FROM t",
    "casts": lambda n: f"SELECT a{' (INTEGER)' * n} FROM t",
    "joins": lambda n: f"SELECT 1 FROM t {'JOIN t b ON 1 = 1 ' * n}",
    "UNION": lambda n: f"SELECT 1 FROM t {'UNION SELECT 1 FROM t ' * n}",
    "INSERT": lambda n: f"INSERT INTO t {'(' * n}SELECT 1 FROM t{')' * n}",
    "a CHECK": lambda n: f"CREATE TABLE t (a INTEGER CHECK ({'(' * n}a > 1{')' * n}))",
    "a partitioning": lambda n: f"CREATE TABLE t (a INTEGER) PARTITION BY {'(' * n}a{')' * n}",
    "blocks": lambda n: f"CREATE PROCEDURE p () {'BEGIN ' * n}{'END; ' * n}",
    "a view": lambda n: f"CREATE VIEW v AS SELECT {'(' * n}a{')' * n} FROM t",
    "a join index": lambda n: f"CREATE JOIN INDEX j AS SELECT {'(' * n}a{')' * n} FROM t",
    "a trigger": lambda n: f"CREATE TRIGGER g AFTER INSERT ON t WHEN ({'(' * n}1 = 1{')' * n}) (INSERT INTO u (1););",
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("depth", [45, 300, 3000])
def test_what_is_nested_deeply_is_read_or_told_by_name(nested: Callable[[int], str], depth: int) -> None:
    text = nested(depth)
    (row, *_) = inspect_script(text).rows
    assert row.state == "structured"
    assert row.key or row.unread or any(found.name == "t" for found in row.references)
    format_script(text)


def test_what_people_nest_is_read() -> None:
    for name, nested in NESTED.items():
        (row, *_) = inspect_script(nested(20)).rows
        assert not row.unread, name


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "NAN", "infinity", "1_000", "٣", "-1", ".", "1.5"])
@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE t (a VARCHAR({}))",
        "CREATE TABLE t (a DECIMAL({},{}))",
        "CREATE TABLE t (a INT GENERATED ALWAYS AS IDENTITY (START WITH {}))",
        "CREATE TABLE t, DATABLOCKSIZE = {} KBYTES (a INT COMPRESS ({}))",
        "CREATE TABLE t, FREESPACE = {} (a INT DEFAULT {})",
        "CREATE DATABASE d AS PERM = {} * {}, SPOOL = {} / 0",
    ],
)
def test_a_number_that_is_none_is_kept_as_text_or_refused(text: str, number: str) -> None:
    try:
        read_statement(text.replace("{}", number))
    except DdlError as error:
        assert "expected" in error.what


@given(st.text())
@example("& A")
@example("{ A }")
@example("t.Lt")
@example("Lt.t")
def test_any_text_has_a_canonical_spelling_and_is_no_type_or_one(text: str) -> None:
    assert canonical(shown(canonical(text))) == canonical(text)
    try:
        assert read_type(text).text
    except DdlError as error:
        assert error.code == "DBEE-202"


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=40)), max_size=3))
def test_any_scripts_are_assembled(scripts: list[tuple[str, str]]) -> None:
    found = assemble(scripts)
    statements = sum(len(split_script(text)) for _, text in scripts)
    assert found.applied + sum(found.counted.values()) + len(found.refusals) == statements
