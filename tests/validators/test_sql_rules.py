"""Rules of scope `sql`: the command line finds, and everything that is configured for rules applies to what it finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.project.rules.unresolved_column import fix_of_unread
from tests.validators.test_configuration import NODE, ROWS, with_meta

RULE = """
{% macro dbee_about__short() %}{{ return({'severity': 'warn', 'scope': 'sql', 'options': {'shortest': 3}}) }}{% endmacro %}
{% macro dbee_rule__short(subject, options) %}
    {{ return(subject.found | selectattr('length', 'lt', options.shortest) | list) }}
{% endmacro %}
"""
FOUND = [
    {"rule": "short", "node": NODE["unique_id"], "column": "A", "actual": "2", "length": 2, "file": "a.sql", "line": 7},
    {"rule": "short", "node": NODE["unique_id"], "column": "B", "actual": "3", "length": 3},
    {"rule": "another", "node": NODE["unique_id"], "actual": "of another rule", "length": 0},
]


@pytest.fixture
def bridge(tmp_path: Path) -> Bridge:
    (tmp_path / "short.sql").write_text(RULE, encoding="utf-8")
    return Bridge(None, [tmp_path])


def judged(bridge: Bridge, node: dict[str, Any] = NODE, rules: Any = None, **project: Any) -> dict[str, Any]:
    settings = {"rules": rules or {}}
    project = {"nodes": [node], "selected": None, "settings": settings, **project}
    answer: dict[str, Any] = bridge.call("dbee_findings", project, ROWS)
    return answer


def short(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["column"], each["severity"]) for each in answer["findings"] if each["rule"] == "short"]


def test_a_rule_is_given_what_was_found_for_it(bridge: Bridge) -> None:
    answer = judged(bridge, found=FOUND, not_compared={"column.yields": 2})
    assert short(answer) == [("A", "warn")]
    (finding,) = [each for each in answer["findings"] if each["rule"] == "short"]
    assert (finding["object"], finding["file"], finding["line"]) == ("SALES.ORDERS", "a.sql", 7)
    assert "short" in answer["checked"]["rules"] and answer["elsewhere"] == []
    assert answer["not_compared"]["column.yields"] == 2


def test_severities_and_options_apply(bridge: Bridge) -> None:
    assert short(judged(bridge, found=FOUND, rules={"short": {"severity": "error", "shortest": 9}})) == [
        ("A", "error"),
        ("B", "error"),
    ]
    of_node = with_meta({"rules": {"short": {"shortest": 9}}}, {"rules": {"short": {"severity": "info"}}})
    assert short(judged(bridge, of_node, found=FOUND)) == [("A", "info"), ("B", "warn")]
    assert short(judged(bridge, found=FOUND, rules={"short": {"severity": "off"}})) == []


def test_where_nobody_read_the_sql_the_rule_is_left_to_the_command_line(bridge: Bridge) -> None:
    answer = judged(bridge)
    assert "short" in answer["elsewhere"] and "short" not in answer["checked"]["rules"]
    lines = bridge.call("dbee_validation_lines", answer)
    assert [line for line in lines if line.startswith("the command line checks beside these: ")]


def test_a_model_that_could_not_be_read_is_not_checked(bridge: Bridge) -> None:
    given = [{"rule": "short", "node": NODE["unique_id"], "actual": "Python", "status": "not checked", "length": 0}]
    answer = judged(bridge, found=given)
    assert answer["counts"]["not checked"] == 1 and answer["failed"]


def test_dbt_compile_is_advised_where_it_helps() -> None:
    assert fix_of_unread({"language": "python"}, has_place=False).startswith("Switch the rule off")
    assert fix_of_unread({"language": "sql"}, has_place=True).startswith("See whether the database takes it")
    assert fix_of_unread({"language": "sql"}, has_place=False).startswith("Run dbt compile")
