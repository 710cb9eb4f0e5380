"""`dbee-dbt rules`: what is found, and a rule of one's own from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.cli.main import cli
from dbee_dbt.model.errors import ConfigurationError, MacroError, UsageError
from tests.cli.test_validate import project, run

__all__ = ["project"]


def rules(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rules", *arguments])


def test_a_rule_from_nothing_is_listed_configured_waived_and_reported(project: Path) -> None:
    assert rules("new", "commented").output == "macros/dbee_rule__commented.sql written\n"
    (line,) = [line for line in rules("list").output.splitlines() if "the project" in line]
    assert line.split() == ["commented", "warn", "models", "the", "project"]
    result = run("--against", "dir:ddl")
    assert result.exit_code == 0
    assert "  warn        commented         expected a comment, found none  models/orders.yml:2" in result.output
    named = '{rule: commented, node: orders, reason: later, owner: me, expires: "9999-12-31"}'
    assert "\n1 waived (" in run("--against", "dir:ddl", "--vars", f"{{dbee: {{waivers: [{named}]}}}}").output
    error = "{dbee: {rules: {commented: {severity: error}}}}"
    assert run("--against", "dir:ddl", "--vars", error).exit_code == 1
    ignored = '{dbee: {rules: {commented: {ignore: ["ord*"]}}}}'
    assert run("--against", "dir:ddl", "--vars", ignored).output.count("no findings (") == 1


def test_without_a_project_the_rules_are_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [line.split()[0] for line in rules("list").output.splitlines()]
    assert names == sorted(file.stem for file in (dbt_package_root() / "validators").glob("*.sql"))
    assert isinstance(rules("new", "x").exception, ConfigurationError)


def test_one_in_place_of_ours_is_told(project: Path) -> None:
    (project / "macros").mkdir()
    text = "{% macro dbee_rule__column_type(subject, options) %}{{ return([]) }}{% endmacro %}"
    (project / "macros/own.sql").write_text(text, encoding="utf-8")
    (line,) = [line for line in rules("list").output.splitlines() if line.startswith("column_type ")]
    assert line.endswith("the project, in place of ours")


@pytest.mark.parametrize("name", ["Commented", "a b", "../x", "1x", "", "a.b", "x" * 61, "ä", "x\n"])
def test_a_name_that_cannot_be_one(project: Path, name: str) -> None:
    assert isinstance(rules("new", "--", name).exception, UsageError)
    assert not (project / "macros").exists()


def test_a_name_that_is_taken(project: Path) -> None:
    for name in ("column_type", "mine", "mine"):
        result = rules("new", name)
    assert isinstance(result.exception, UsageError) and "there is a rule of this name already" in str(result.exception)
    assert isinstance(rules("new", "column_type").exception, UsageError)


def test_a_rule_that_does_not_say_what_it_is(project: Path) -> None:
    (project / "macros").mkdir()
    (project / "macros/x.sql").write_text("{% macro dbee_rule__x(s, o) %}{% endmacro %}", encoding="utf-8")
    assert isinstance(rules("list").exception, MacroError)
