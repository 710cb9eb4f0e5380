"""The table of views that are read, and its page."""

from __future__ import annotations

import re
from pathlib import Path

from dbee_dbt.session.diagnosis import VIEWS, Diagnosis, ViewState, grant_statement, library_versions, view_name

ROOT = Path(__file__).resolve().parents[2]


def test_every_view_that_a_macro_reads_is_in_the_table() -> None:
    read: set[str] = set()
    for file in (ROOT / "macros" / "dictionary").glob("*.sql"):
        text = file.read_text(encoding="utf-8")
        read |= {
            name
            for pair in re.findall(r"dictionary_view\('(\w+)'\)|columns_sql\('(\w+)'|FROM DBC\.(\w+)", text)
            for name in pair
            if name
        }
    assert read == {view.name for view in VIEWS} - {"DBCInfoV"}


def test_the_page_lists_the_same_views_and_grants() -> None:
    page = (ROOT / "docs" / "debug.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (DBC\.\w+) \| (.+?) \| `(.+?)` \|$", page, re.MULTILINE)
    assert rows == [
        (
            view_name(view, False),
            view.purpose,
            grant_statement(view_name(view, False), "user").replace('"user"', "user"),
        )
        for view in VIEWS
    ]


def test_x_views_where_there_are_some() -> None:
    assert [view_name(view, True) for view in VIEWS if view.name in ("TablesV", "DBCInfoV")] == [
        "DBC.TablesVX",
        "DBC.DBCInfoV",
    ]


def test_a_user_s_name_is_quoted_in_a_grant() -> None:
    assert grant_statement("DBC.TablesV", 'x" TO PUBLIC; --') == 'GRANT SELECT ON DBC.TablesV TO "x"" TO PUBLIC; --";'


def state(**values: object) -> ViewState:
    return ViewState(**{"name": "DBC.X", "purpose": "", "state": "readable", "optional": False, **values})  # type: ignore[arg-type]


def test_exit_codes() -> None:
    assert Diagnosis(views=(state(),)).exit_code == 0
    assert Diagnosis(views=(state(), state(state="no right", grant="GRANT"))).exit_code == 1
    assert Diagnosis(views=(state(state="off", optional=True), state(state="absent", optional=True))).exit_code == 0
    assert Diagnosis(views=(state(state="absent"),)).exit_code == 1
    assert Diagnosis(error="no").exit_code == 2


def test_versions_of_what_takes_part() -> None:
    versions = library_versions()
    assert set(versions) == {"dbee-dbt", "python", "dbt-core", "dbt-teradata", "teradatasql", "duckdb"}
    assert versions["teradatasql"]
