"""Hostile DDL: read, kept as text or refused; never another error, and no work out of proportion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.canonical import canonical
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
