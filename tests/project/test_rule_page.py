"""docs/rules.md is made from the rule files and is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbee_dbt.model.errors import RuleError
from dbee_dbt.project.rule_page import rule_texts, rules_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run: make docs"


def test_every_rule_says_what_it_finds_and_what_to_do() -> None:
    for rule in rule_texts():
        assert rule.summary
        assert "Best practice:" in rule.text, rule.name


def test_every_option_is_described() -> None:
    for rule in rule_texts():
        for option in rule.about["options"]:
            assert f"- `{option}`:" in rule.text, rule.name


def test_a_rule_without_a_comment_is_refused(tmp_path: Path) -> None:
    (tmp_path / "validators").mkdir()
    (tmp_path / "validators" / "bare.sql").write_text("{% macro dbee_rule__bare() %}{% endmacro %}", encoding="utf-8")
    with pytest.raises(RuleError, match="begins with a comment"):
        list(rule_texts(tmp_path))
