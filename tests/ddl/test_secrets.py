"""Secrets: masked wherever text is shown, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.secrets import mask, secret_spans
from tests.strategies.ddl import PIECES, scripts


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CREATE USER u AS PASSWORD = abc$1!x, PERM = 0", "CREATE USER u AS PASSWORD = ***, PERM = 0"),
        ('CREATE USER u AS PASSWORD="a b" PERM=0', "CREATE USER u AS PASSWORD=*** PERM=0"),
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
