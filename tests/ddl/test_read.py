"""Statements and what they say: cases in text files. Unqualified names lie in the database HOME there."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.statements import CreateCode, CreateTable, CreateView, OpaqueStatement
from dbee_dbt.model.errors import DdlError
from tests.ddl.described import described
from tests.strategies.ddl import PIECES, mutated, scripts

FILES = ("statements.txt", "administration.txt", "tables.txt", "alter.txt")
READ = [Path(__file__).with_name(file).read_text(encoding="utf-8") for file in FILES]
BLOCKS = [block for text in READ for block in text.split("\n### ")[1:]]
CASES = [re.sub(r"\n## .*", "", block).partition("\n=>\n") for block in BLOCKS]
TEXTS = [text for text, _, _ in CASES]


@pytest.mark.parametrize(("text", "_", "expected"), CASES, ids=TEXTS)
def test_a_statement_says(text: str, _: str, expected: str) -> None:
    ast = read_statement(text, default_database="HOME")
    name, _, fields = expected.strip("\n").partition("\n")
    assert (type(ast).__name__, described(ast)) == (name, fields)


@pytest.mark.parametrize("text", TEXTS)
def test_case_and_semicolon_do_not_matter(text: str) -> None:
    assert type(read_statement(text.lower() + " ;")) is type(read_statement(text))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "CREATE TABLE t (a INT",
            "line 1, column 22: a comma or a closing parenthesis is expected, the end of the statement found",
        ),
        ("CREATE TABLE t (a INT))", "line 1, column 23: this parenthesis closes nothing"),
        ("CREATE TABLE t", "line 1, column 15: the columns of the table are expected, the end of the statement found"),
        ("CREATE TABLE t (a INT, )", "line 1, column 24: a name is expected, ) found"),
        (
            "CREATE TABLE t (a INT NOT, b INT)",
            "line 1, column 26: NULL, CASESPECIFIC or AUTO is expected, a comma found",
        ),
        ("GRANT SELECT ON d.t FROM u", "line 1, column 21: TO is expected, FROM found"),
        ("CREATE TABLE t (a VARCHAR)", "line 1, column 26: the length of VARCHAR is expected, ) found"),
        ("CREATE TABLE t (a\nDECIMAL(x))", "line 2, column 9: a number is expected, x found"),
        ("CREATE TABLE t (a INT 'secret')", None),
        ("CREATE TABLE t (a 'secret')", "line 1, column 19: a name is expected, a literal found"),
        (
            "CREATE TABLE t AS (SELECT 1)",
            "line 1, column 29: WITH DATA or WITH NO DATA is expected, the end of the statement found",
        ),
        (
            "CREATE TABLE t (a INT CHECK (a > 0)",
            "line 1, column 36: a comma or a closing parenthesis is expected, the end of the statement found",
        ),
        ("CREATE TABLE t (a INT DEFAULT )", "line 1, column 31: a value is expected, ) found"),
        (
            "CREATE TABLE t (a INT) PARTITION BY",
            "line 1, column 36: a partitioning expression is expected, the end of the statement found",
        ),
        (
            "CREATE TABLE IF NOT EXISTS t (a INT)",
            "line 1, column 28: IF NOT EXISTS is no clause of Teradata's CREATE TABLE",
        ),
        ("CREATE GLOBAL TABLE t (a INT)", "line 1, column 15: TEMPORARY is expected, TABLE found"),
        ("CREATE VIEW v (a", "line 1, column 17: ) is expected, the end of the statement found"),
        ("CREATE VIEW v AS", "line 1, column 17: the query of the view is expected, the statement ends"),
        ("CREATE INDEX (a) t", "line 1, column 18: ON is expected, t found"),
        ("COMMENT ON TABLE t IS 'a' b", "line 1, column 27: the end of the comment is expected, b found"),
        ("RENAME TABLE a b", "line 1, column 16: TO is expected, b found"),
    ],
)
def test_broken_ddl_is_refused_with_its_place(text: str, what: str | None) -> None:
    if what is None:
        assert not isinstance(read_statement(text), OpaqueStatement)
        return
    with pytest.raises(DdlError) as refused:
        read_statement(text)
    assert refused.value.what == what


@pytest.mark.parametrize("text", ["DROP TABLE IF EXISTS t", "DROP VIEW v CASCADE", "CREATE TEMPORARY TABLE t (a INT)"])
def test_what_other_databases_know_is_not_understood(text: str) -> None:
    assert isinstance(read_statement(text), OpaqueStatement)


def test_the_place_is_that_in_the_script() -> None:
    (_, broken) = split_script("SELECT 1;\n\n  CREATE TABLE t (a INT,\r\n   b 5);")
    with pytest.raises(DdlError) as refused:
        read_statement(broken)
    assert refused.value.line == 4
    assert refused.value.what.startswith("line 4, column 6: ")


def test_a_text_that_is_not_one_statement_is_opaque() -> None:
    assert read_statement("SELECT 1; SELECT 2") == OpaqueStatement("SELECT", "SELECT 1; SELECT 2")
    assert read_statement(" -- nothing") == OpaqueStatement("", " -- nothing")


@given(st.one_of(scripts(PIECES), mutated("\n;".join(TEXTS[::7])), st.text()))
def test_any_statement_is_read_kept_as_text_or_refused(text: str) -> None:
    for statement in split_script(text):
        try:
            ast = read_statement(statement)
        except DdlError:
            continue
        if isinstance(ast, OpaqueStatement):
            assert ast.text == statement.text


def ddl(text: str) -> object:
    (statement,) = split_script(text)
    return read_statement(statement)


def test_a_header_comment_that_speaks_of_another_table_is_not_the_statement() -> None:
    ast = ddl("/* CREATE TABLE old (x INT); */\n-- CREATE VIEW older\nCREATE TABLE d.t (a INT)")
    assert isinstance(ast, CreateTable)
    assert (ast.table.database, ast.table.name) == ("d", "t")


def test_names_that_differ_in_odd_characters_stay_two() -> None:
    names = {
        f"{ast.table.name}"
        for ast in map(
            read_statement,
            (
                "CREATE TABLE t#1 (a INT)",
                "CREATE TABLE t#2 (a INT)",
                'CREATE TABLE "t 1" (a INT)',
                'CREATE TABLE "t.1" (a INT)',
            ),
        )
        if isinstance(ast, CreateTable)
    }
    assert names == {"t#1", "t#2", "t 1", "t.1"}


def test_a_name_may_be_long_and_of_any_script() -> None:
    name = "Ünï_" + "名" * 124
    ast = ddl(f"CREATE TABLE {name}.{name} (a INT)")
    assert isinstance(ast, CreateTable)
    assert ast.table.name == name


def test_every_statement_behind_a_table_in_one_file_is_there() -> None:
    script = """CREATE TABLE d.t (a INT);
COLLECT STATS COLUMN (a) ON d.t;
CV d.v AS SEL 1; DEL d.t; INS d.t (1); UPD d.t SET a = 1;
COMMENT d.t 'x';
CREATE RECURSIVE VIEW d.r (n) AS (SELECT 1);
CREATE FOREIGN TABLE d.f (a INT) USING (LOCATION('/s3/x'));
CREATE TYPE t AS INTEGER FINAL;"""
    assert [type(read_statement(statement)).__name__ for statement in split_script(script)] == [
        *(
            "CreateTable",
            "CollectStatistics",
            "CreateView",
            "Dml",
            "Dml",
            "Dml",
            "CommentOn",
            "CreateView",
            "CreateTable",
            "CreateDefinition",
        ),
    ]


def test_the_text_of_source_objects_is_kept_as_submitted() -> None:
    view = "REPLACE VIEW d.v AS -- it's\r  SELECT 'a;b' /* c */ FROM t"
    ast = ddl(f"/* head */ {view} ;")
    assert isinstance(ast, CreateView)
    assert ast.view.text == view
    macro = "CREATE MACRO d.m AS (SEL 1; -- one\n SEL 2;)"
    code = ddl(macro)
    assert isinstance(code, CreateCode)
    assert code.object.text == macro
