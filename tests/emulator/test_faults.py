"""Errors at will: logon errors, and errors for statements of a pattern."""

from __future__ import annotations

import json

import pytest
import teradatasql

from dbee_dbt.emulator import connect

DEADLOCK = {
    "error": 2631,
    "statement": "insert into .*orders",
    "times": 2,
    "message": "Transaction ABORTed due to deadlock.",
}


def test_a_fault_strikes_as_often_as_it_says() -> None:
    with connect(faults=[DEADLOCK]) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE orders (a INTEGER)")
        for _ in range(2):
            with pytest.raises(teradatasql.OperationalError, match=r"\[Error 2631\] Transaction ABORTed"):
                cursor.execute("INSERT INTO orders VALUES (1)")
        cursor.execute("INSERT INTO orders VALUES (1)")
        assert cursor.rowcount == 1


def test_faults_may_be_text_as_in_a_profile() -> None:
    with connect(faults=json.dumps([{"error": "3523", "statement": r"dbc\.tablesv"}])) as connection:
        for _ in range(3):
            with pytest.raises(teradatasql.OperationalError, match="3523"):
                connection.cursor().execute("SELECT TableName FROM DBC.TablesV")


def test_what_a_request_did_before_a_fault_is_taken_back() -> None:
    with connect(faults=[{"error": 2646, "statement": "second"}]) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE t (a VARCHAR(10))")
        with pytest.raises(teradatasql.OperationalError, match="2646"):
            cursor.execute("INSERT INTO t VALUES ('first'); INSERT INTO t VALUES ('second')")
        assert cursor.execute("SELECT a FROM t").fetchall() == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (8017, "[Teradata Database] [Error 8017] The UserId, Password or Account is invalid."),
        (444, "[Teradata SQL Driver] [Error 444] Failed to connect to td.example"),
        (493, "[Teradata SQL Driver] [Error 493] Hostname lookup failed for td.example"),
    ],
)
def test_a_logon_fails_as_the_driver_says(code: int, text: str) -> None:
    with pytest.raises(teradatasql.OperationalError) as failure:
        connect(host="td.example", password="never shown", logon_error=code)
    assert text in str(failure.value)
    assert "never shown" not in str(failure.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"nonsense": 1}, "no setting nonsense"),
        ({"tmode": "BTEQ"}, "tmode is one of ANSI, TERA"),
        ({"max_decimal": 20}, "max_decimal is one of 0, 15, 18, 38"),
        ({"max_decimal": "many"}, "max_decimal is a number"),
        ({"faults": "not json"}, "faults is a list"),
        ({"faults": [{"number": 1}]}, "faults is a list"),
        ({"faults": [{"error": 1, "statement": "("}]}, "not a regular expression"),
    ],
)
def test_a_setting_that_cannot_be_is_named(settings: dict[str, object], words: str) -> None:
    with pytest.raises(teradatasql.OperationalError, match=r"\[dbee emulator\]") as failure:
        connect(**settings)  # type: ignore[arg-type]
    assert words in str(failure.value)
