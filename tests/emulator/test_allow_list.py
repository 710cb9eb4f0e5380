"""docs/emulator-allow-list.md is made from the emulator's own tables and is current."""

from __future__ import annotations

from pathlib import Path

from dbee_dbt.ddl import statements
from dbee_dbt.emulator.allow_list import page
from dbee_dbt.emulator.statements.registry import HANDLERS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "emulator-allow-list.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "python -m dbee_dbt.emulator.allow_list > docs/emulator-allow-list.md"
    )


def test_every_statement_that_is_understood_is_run_or_refused_by_name() -> None:
    understood = set(statements.StatementAst.__args__) - {statements.OpaqueStatement}
    assert understood == set(HANDLERS)


def test_every_row_of_the_page_is_whole() -> None:
    rows = [line for line in page().splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
