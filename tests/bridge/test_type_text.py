"""Type codes become the text that SHOW TABLE prints; the emulator's codes and the DDL reader's types are the witnesses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.ddl.types import read_type
from dbee_dbt.emulator.dictionary.codes import type_code
from dbee_dbt.model.types import DataType

BRIDGE = Bridge()

CASES: dict[str, tuple[Any, ...]] = {
    # ColumnType, ColumnLength, CharType, DecimalTotalDigits, DecimalFractionalDigits, ColumnUDTName
    "BYTEINT": ("I1", 1, 0, None, None, None),
    "SMALLINT": ("I2", 2, 0, None, None, None),
    "INTEGER": ("I ", 4, 0, None, None, None),
    "BIGINT": ("I8", 8, 0, None, None, None),
    "FLOAT": ("F ", 8, 0, None, None, None),
    "DATE": ("DA", 4, 0, None, None, None),
    "DECIMAL(18,2)": ("D ", 8, 0, 18, 2, None),
    "DECIMAL(5,0)": ("D ", 4, 0, 5, 0, None),
    "NUMBER": ("N ", 18, 0, -128, -128, None),
    "NUMBER(*,3)": ("N ", 18, 0, -128, 3, None),
    "NUMBER(10,0)": ("N ", 18, 0, 10, 0, None),
    "CHAR(3) CHARACTER SET LATIN": ("CF", 3, 1, None, None, None),
    "VARCHAR(40) CHARACTER SET UNICODE": ("CV", 80, 2, None, None, None),
    "CHAR(5) CHARACTER SET GRAPHIC": ("CF", 10, 4, None, None, None),
    "VARCHAR(5) CHARACTER SET KANJISJIS": ("CV", 5, 3, None, None, None),
    "CLOB(1000) CHARACTER SET UNICODE": ("CO", 2000, 2, None, None, None),
    "BYTE(16)": ("BF", 16, 0, None, None, None),
    "VARBYTE(16)": ("BV", 16, 0, None, None, None),
    "BLOB(2097088000)": ("BO", 2097088000, 0, None, None, None),
    "TIME(6)": ("AT", 6, 0, None, 6, None),
    "TIME(0) WITH TIME ZONE": ("TZ", 8, 0, None, 0, None),
    "TIMESTAMP(0)": ("TS", 10, 0, None, 0, None),
    "TIMESTAMP(6) WITH TIME ZONE": ("SZ", 12, 0, None, 6, None),
    "PERIOD(DATE)": ("PD", 8, 0, None, None, None),
    "PERIOD(TIME(3))": ("PT", 12, 0, None, 3, None),
    "PERIOD(TIME(3) WITH TIME ZONE)": ("PZ", 16, 0, None, 3, None),
    "PERIOD(TIMESTAMP(6))": ("PS", 20, 0, None, 6, None),
    "PERIOD(TIMESTAMP(6) WITH TIME ZONE)": ("PM", 24, 0, None, 6, None),
    "INTERVAL YEAR(4)": ("YR", 2, 0, 4, None, None),
    "INTERVAL YEAR(2) TO MONTH": ("YM", 4, 0, 2, None, None),
    "INTERVAL MONTH(2)": ("MO", 2, 0, 2, None, None),
    "INTERVAL DAY(4)": ("DY", 2, 0, 4, None, None),
    "INTERVAL DAY(4) TO HOUR": ("DH", 4, 0, 4, None, None),
    "INTERVAL DAY(4) TO MINUTE": ("DM", 8, 0, 4, None, None),
    "INTERVAL DAY(4) TO SECOND(6)": ("DS", 12, 0, 4, 6, None),
    "INTERVAL HOUR(2)": ("HR", 2, 0, 2, None, None),
    "INTERVAL HOUR(2) TO MINUTE": ("HM", 4, 0, 2, None, None),
    "INTERVAL HOUR(2) TO SECOND(3)": ("HS", 8, 0, 2, 3, None),
    "INTERVAL MINUTE(2)": ("MI", 2, 0, 2, None, None),
    "INTERVAL MINUTE(2) TO SECOND(3)": ("MS", 6, 0, 2, 3, None),
    "INTERVAL SECOND(2,6)": ("SC", 6, 0, 2, 6, None),
    "XML": ("XM", 2097088000, 0, None, None, None),
    "SYSUDTLIB.ADDRESS": ("UT", 0, 0, None, None, "ADDRESS"),
}


@pytest.mark.parametrize(("text", "codes"), CASES.items())
def test_codes_become_the_type(text: str, codes: tuple[Any, ...]) -> None:
    assert BRIDGE.call("dbee_type_text", *codes) == text
    assert read_type(text).text == text


def test_every_code_of_the_dictionary_page_is_known() -> None:
    assert {codes[0].strip() for codes in CASES.values()} >= set(
        "I1 I2 I I8 F DA D N CF CV CO BF BV BO AT TZ TS SZ PD PT PZ PS PM YR YM MO DY DH DM DS HR HM HS MI MS SC XM UT".split()
    )


@pytest.mark.parametrize("code", [None, "", "  ", "??", "QQ"])
def test_no_code_or_an_unknown_one_gives_no_type(code: str | None) -> None:
    assert BRIDGE.call("dbee_type_text", code, None, None, None, None, None) is None


digits = st.integers(1, 38)
TYPES = st.one_of(
    st.sampled_from(["BYTEINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DATE", "PERIOD(DATE)"]).map(DataType),
    st.builds(
        lambda name, length, charset: DataType(name, length=length, charset=charset),
        st.sampled_from(["CHAR", "VARCHAR", "CLOB", "JSON"]),
        st.integers(1, 32000),
        st.sampled_from(["LATIN", "UNICODE", "KANJISJIS"]),
    ),
    st.builds(
        lambda name, n: DataType(name, length=n), st.sampled_from(["BYTE", "VARBYTE", "BLOB"]), st.integers(1, 64000)
    ),
    digits.flatmap(lambda p: st.integers(0, p).map(lambda s: DataType("DECIMAL", precision=p, scale=s))),
    digits.flatmap(lambda p: st.integers(0, p).map(lambda s: DataType("NUMBER", precision=p, scale=s))),
    st.builds(
        lambda name, scale, zone: DataType(name, scale=scale, zone=zone),
        st.sampled_from(["TIME", "TIMESTAMP", "PERIOD(TIME)", "PERIOD(TIMESTAMP)"]),
        st.integers(0, 6),
        st.booleans(),
    ),
    st.builds(
        lambda fields, p, s: DataType(
            f"INTERVAL {fields}", precision=p, scale=s if fields.endswith("SECOND") else None
        ),
        st.sampled_from(
            ["YEAR", "YEAR TO MONTH", "MONTH", "DAY", "DAY TO SECOND", "HOUR TO SECOND", "MINUTE", "SECOND"]
        ),
        st.integers(1, 4),
        st.integers(0, 6),
    ),
)


@given(TYPES)
def test_what_the_emulator_encodes_is_decoded(kind: DataType) -> None:
    code = type_code(kind)
    text = BRIDGE.call("dbee_type_text", code.code, code.length, code.charset, code.digits, code.fraction, code.udt)
    assert text == kind.text
    assert read_type(text) == kind
