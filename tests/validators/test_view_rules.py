"""What the rules on views ask a system: two queries, on the databases in which a node stands for a view."""

from __future__ import annotations

from typing import Any

import pytest

from dbee_dbt.project.validate import validate
from dbee_dbt.session.connect import Row, Session
from dbee_dbt.session.options import ProjectOptions
from tests.validators.conftest import Ran

pytestmark = pytest.mark.dbt
OFF = {"view_broken": {"severity": "off"}, "view_stale": {"severity": False}}


@pytest.mark.parametrize(
    ("select", "rules", "asked"),
    [
        ("source:view_stale_1.*", {}, ["TableTextV", "TablesV"]),
        ("source:view_stale_1.*", OFF, []),
        ("source:view_stale_1.*", {"view_stale": OFF["view_stale"]}, ["TableTextV", "TablesV"]),
        ("relation_kind_1__m", {}, ["TableTextV", "TablesV"]),
        ("relation_kind_2__m", {}, []),
    ],
)
def test_texts_are_asked_for_where_a_rule_reads_them(
    in_dbt: Ran, monkeypatch: pytest.MonkeyPatch, select: str, rules: dict[str, Any], asked: list[str]
) -> None:
    texts = []
    answered = Session.rows

    def rows(session: Session, sql: str) -> list[Row]:
        if "RequestText," in sql:
            texts.append(sql)
        return answered(session, sql)

    monkeypatch.setattr(Session, "rows", rows)
    validate("td:", ProjectOptions(variables={"dbee": {"rules": rules}}), select=[select])
    assert [next(name for name in ("TableTextV", "TablesV") if f"DBC.{name} " in sql) for sql in texts] == asked
    database = select.partition(":")[2].partition(".")[0] or select.partition("__")[0]
    assert all(sql.count("(NOT CASESPECIFIC)") == 1 and database in sql for sql in texts)
