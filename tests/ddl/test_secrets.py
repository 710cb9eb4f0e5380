"""Secrets: masked wherever text is shown, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.format import format_script
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.secrets import mask, secret_spans
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.ddl.write import table_ddl
from dbee_dbt.model.objects import Table
from tests.strategies.ddl import PIECES, scripts


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CREATE USER u AS PASSWORD = abc$1!x, PERM = 0", "CREATE USER u AS PASSWORD = ***, PERM = 0"),
        ('CREATE USER u AS PASSWORD="a b" PERM=0', "CREATE USER u AS PASSWORD=*** PERM=0"),
        ("CREATE USER u AS STARTUP = 'a, PASSWORD = 's3cret'", "CREATE USER u AS STARTUP = 'a, PASSWORD = '***'"),
        ("CREATE USER u AS ACCOUNT = 'a, PASSWORD 's3cret'", "CREATE USER u AS ACCOUNT = 'a, PASSWORD '***'"),
        ("MODIFY USER u AS password = 'x' FOR USER", "MODIFY USER u AS password = *** FOR USER"),
        ("CREATE USER u AS PASSWORD = 'open", "CREATE USER u AS PASSWORD = ***"),
        ("CREATE AUTHORIZATION a USER 'AK' PASSWORD 'sk'", "CREATE AUTHORIZATION a USER 'AK' PASSWORD ***"),
        ("CREATE AUTHORIZATION a USER ak PASSWORD sk$1 (", "CREATE AUTHORIZATION a USER ak PASSWORD *** ("),
        ("CREATE USER u PASSWORD sk", "CREATE USER u PASSWORD ***"),
        ("CREATE FOREIGN SERVER s USING password('x')", "CREATE FOREIGN SERVER s USING password(***)"),
        (".LOGON tdp/dbc,secret;\nSELECT 1;", ".LOGON tdp/dbc,***\nSELECT 1;"),
        ("SELECT 1;\n.logon tdp/dbc,it's\n", "SELECT 1;\n.logon tdp/dbc,***\n"),
        ("LOGON tdp/dbc,secret\nSELECT 1", "LOGON tdp/dbc,***\nSELECT 1"),
        (".LOGDATA user=u password=p", ".LOGDATA ***"),
        (
            """READ_NOS(AUTHORIZATION('{"Access_ID":"x","Access_Key":"y"}'))""",
            """READ_NOS(AUTHORIZATION('{"Access_ID":"x","Access_Key":"***"}'))""",
        ),
        ("EXECUTE IMMEDIATE 'CREATE USER x AS PASSWORD = abc'", "EXECUTE IMMEDIATE 'CREATE USER x AS PASSWORD = ***'"),
        ("-- password = x\nSELECT 1", "-- password = ***\nSELECT 1"),
    ],
)
def test_a_secret_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE t (PASSWORD VARCHAR(10))",
        "SELECT password FROM t",
        'SELECT "PASSWORD" FROM t',
        "CREATE PROFILE p AS PASSWORD = (EXPIRE = 0)",
        ".LOGON tdp/dbc",
        "SELECT logon, x FROM t",
        "COMMENT ON TABLE t IS 'the passwords of nobody'",
    ],
)
def test_what_is_none_stays(text: str) -> None:
    assert mask(text) == text


@given(st.one_of(st.text(), scripts([*PIECES, " PASSWORD", "=", "\n.LOGON x,y", "password=z"])))
def test_all_but_the_secrets_stays_as_it_is(text: str) -> None:
    position, rest = 0, ""
    for start, end in secret_spans(text):
        assert position <= start < end
        rest += text[position:start] + "***"
        position = end
    assert mask(text) == rest + text[position:]


def test_a_foreign_table_keeps_no_secret() -> None:
    text = "CREATE FOREIGN TABLE d.t USING (LOCATION('/s3/b') ACCESS_ID('i') ACCESS_KEY('s3cret'))"
    table = assembled(text)
    assert "s3cret" not in repr(table)
    assert "ACCESS_ID  ('i')" in table_ddl(table) and "ACCESS_KEY  ('${ACCESS_KEY}')" in table_ddl(table)
    assert assembled(table_ddl(table)) == table
    assert format_script(f"{text};").text == f"{text};"  # its canonical text would lose the secret


def assembled(text: str) -> Table:
    found = read_statement(text)
    assert isinstance(found, CreateTable)
    return found.table
