"""Type texts as the dbt macros read them: as the reader of DDL does, and compared by aspect."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from msgspec.structs import replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.ddl.types import read_type
from tests.strategies.ddl import Tokens, types

BRIDGE = Bridge()


@given(types())
def test_a_type_reads_as_the_ddl_reader_reads_it(tokens: Tokens) -> None:
    text = " ".join(tokens).replace(" . ", ".")
    expected, found = read_type(text), BRIDGE.call("dbee_type", text.lower())
    assume(expected.name != "UDT")
    if expected.name in ("BLOB", "CLOB") and "(" not in tokens:
        expected = replace(expected, length=None)  # a LOB's length counts only where it is declared
    assert (found["text"], found["charset"]) == (expected.base, expected.charset)


@pytest.mark.parametrize(
    ("declared", "actual", "differs"),
    [
        ("int", "INTEGER", None),
        ("integer", "BIGINT", ["family"]),
        ("varchar(10)", "CHAR(10) CHARACTER SET LATIN", ["family"]),
        ("varchar(10)", "VARCHAR(10) CHARACTER SET UNICODE", None),
        ("varchar(10) character set latin", "VARCHAR(10) CHARACTER SET UNICODE", ["charset"]),
        ("varchar(10) character set latin", "VARCHAR(9) CHARACTER SET UNICODE", ["length", "charset"]),
        ("decimal(18,2)", "DECIMAL(18,4)", ["scale"]),
        ("decimal(18,2)", "DECIMAL(10,0)", ["precision", "scale"]),
        ("timestamp(0)", "TIMESTAMP(6)", ["scale"]),
        ("timestamp", "TIMESTAMP(6) WITH TIME ZONE", ["family"]),
        ("interval day(4) to second(6)", "INTERVAL DAY(2) TO SECOND(6)", ["precision"]),
        ("period(timestamp(0))", "PERIOD(TIMESTAMP(6))", ["scale"]),
        ("long varchar", "VARCHAR(64000) CHARACTER SET LATIN", None),
        ("long varchar", "VARCHAR(32000) CHARACTER SET UNICODE", None),
        ("long varchar character set unicode", "VARCHAR(64000) CHARACTER SET LATIN", ["length", "charset"]),
        ("clob", "CLOB(2097088000) CHARACTER SET LATIN", None),
        ("number", "NUMBER(10,2)", ["precision", "scale"]),
        ("boolean", "BYTEINT", ["family"]),
        ('SYSUDTLIB."Circle"', "SYSUDTLIB.Circle", None),
    ],
)
def test_two_types_differ_in_named_aspects(declared: str, actual: str, differs: list[str] | None) -> None:
    verdict = BRIDGE.call("dbee_type_verdict", declared, actual)
    assert (verdict and verdict["differs"]) == differs


def test_a_character_set_that_nobody_knows_is_unknown() -> None:
    verdict = BRIDGE.call("dbee_type_verdict", "varchar(10) character set unicode", "VARCHAR(10)")
    assert (verdict["differs"], verdict["unknown"]) == ([], True)


def test_a_type_that_nobody_knows_is_unread() -> None:
    assert BRIDGE.call("dbee_type_verdict", "integer", None)["unread"]
    assert BRIDGE.call("dbee_type_verdict", None, None) is None


@pytest.mark.parametrize("text", ["", "(", "))", "varchar(", "interval", "period(", ",", "char(10", "\u202e(1)"])
def test_text_that_is_no_type_is_still_compared(text: str) -> None:
    assert BRIDGE.call("dbee_type", text).keys() >= {"text", "family", "charset"}
