"""docs/reading-ddl.md is true: its first block is read without a refusal, of its second block everything is refused."""

import re
from pathlib import Path

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.script import split_script
from dbee_dbt.model.objects import shown_name

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading-ddl.md").read_text(encoding="utf-8")
READ, COUNTED, REFUSED = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def test_what_the_page_says_is_read_is_read() -> None:
    found = assemble([("page", READ)])
    assert found.refusals == []
    assert sorted(map(shown_name, found.objects)) == [
        "READERS",
        "SALES",
        "SALES.J",
        "SALES.M",
        "SALES.ORDER_HEADERS",
        "SALES.V_ORDERS",
        "SYSUDTLIB.EURO",
    ]


def test_what_the_page_says_is_counted_is_counted() -> None:
    found = assemble([("page", COUNTED)])
    assert (found.objects, found.refusals) == ([], [])
    assert sum(found.counted.values()) == len(split_script(COUNTED))


def test_what_the_page_says_is_refused_is_refused_each_with_its_line() -> None:
    found = assemble([("page", REFUSED)])
    assert found.objects == []
    assert found.counted == {}
    assert sorted(refusal.line or 0 for refusal in found.refusals) == [
        statement.line for statement in split_script(REFUSED)
    ]
