"""Types: their exact text, and the FORMAT that goes without saying."""

import pytest

from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.types import default_format


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("VARCHAR(40) CHARACTER SET LATIN", "VARCHAR(40)"),
        ("DECIMAL(10,2)", "DECIMAL(10,2)"),
        ("NUMBER", "NUMBER"),
        ("NUMBER(*,3)", "NUMBER(*,3)"),
        ("TIMESTAMP(0) WITH TIME ZONE", "TIMESTAMP(0) WITH TIME ZONE"),
        ("PERIOD(TIME(3))", "PERIOD(TIME(3))"),
        ("INTERVAL SECOND(4,0)", "INTERVAL SECOND(4,0)"),
        ("INTERVAL DAY(4) TO SECOND(6)", "INTERVAL DAY(4) TO SECOND(6)"),
        ("SYSUDTLIB.ST_GEOMETRY", "SYSUDTLIB.ST_GEOMETRY"),
    ],
)
def test_the_base_is_the_type_without_its_character_set(text: str, base: str) -> None:
    found = read_type(text)
    assert (found.text, found.base) == (text, base)


@pytest.mark.parametrize(
    ("text", "dateform", "usual"),
    [
        ("INTEGER", None, "-(10)9"),
        ("VARCHAR(40)", None, "X(40)"),
        ("BYTE(4)", None, "X(8)"),
        ("DATE", "ANSIDATE", "YYYY-MM-DD"),
        ("DATE", "INTEGERDATE", "YY/MM/DD"),
        ("DATE", None, None),
        ("XML", None, None),
    ],
)
def test_the_usual_format(text: str, dateform: str | None, usual: str | None) -> None:
    assert default_format(read_type(text), dateform) == usual
