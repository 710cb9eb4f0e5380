"""`dbee-dbt validate` writes its report in every format, to the screen and to files."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dbee_dbt.model.errors import AcceptedError, OutputError, UsageError
from tests.cli.test_validate import altered, error_of, project, run

__all__ = ["project"]


def drifted() -> None:
    altered("ID INTEGER NOT NULL, AMOUNT DECIMAL(18,2)", "K BYTEINT, ID BIGINT NOT NULL")


def test_one_run_writes_as_many_reports_as_are_wanted(project: Path) -> None:
    drifted()
    names = ("sarif", "junit", "gitlab", "markdown", "json", "text", "github")
    wanted = [word for name in names for word in ("-o", f"{name}=out/validate.{name}")]
    result = run("--against", "dir:ddl", *wanted)
    assert result.exit_code == 1 and result.output == (project / "out/validate.text").read_text(encoding="utf-8")
    sarif = json.loads((project / "out/validate.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert {each["ruleId"] for each in sarif["results"]} == {"column_missing", "column_type", "column_undeclared"}
    helps = {rule["id"]: rule["help"]["text"] for rule in sarif["tool"]["driver"]["rules"]}
    assert helps["column_missing"].startswith("A ") and "Best practice:" in helps["column_type"]
    assert ElementTree.parse(project / "out/validate.junit").getroot().get("failures") == "2"
    assert len(json.loads((project / "out/validate.gitlab").read_text(encoding="utf-8"))) == 3
    assert "#### 2 errors" in (project / "out/validate.markdown").read_text(encoding="utf-8")
    document = (project / "target/dbee/validate.json").read_text(encoding="utf-8")
    assert (project / "out/validate.json").read_text(encoding="utf-8") == document


def test_paths_are_those_of_the_repository(project: Path) -> None:
    drifted()
    (project / ".git").mkdir()
    assert (
        "::error file=models/orders.yml,line=5,title=column_missing::"
        in run("--against", "dir:ddl", "--format", "github").output
    )
    (project / ".git").rename(project.parent / ".git")
    try:
        folder = project.name
        output = run("--against", "dir:ddl", "--format", "github").output
        assert f"::error file={folder}/models/orders.yml,line=5,title=column_missing::" in output
    finally:
        (project.parent / ".git").rmdir()


def test_the_summary_of_a_job_is_added_to(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drifted()
    (project / "summary.md").write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    run("--against", "dir:ddl", "--format", "text")
    assert (project / "summary.md").read_text(encoding="utf-8") == "before\n"
    run("--against", "dir:ddl", "--format", "github", "-o", "markdown=report.md")
    report = (project / "report.md").read_text(encoding="utf-8")
    assert (project / "summary.md").read_text(encoding="utf-8") == "before\n" + report


def test_a_summary_that_cannot_be_written_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "gone/summary.md")
    assert isinstance(error_of(run("--against", "dir:ddl", "--format", "github")), OutputError)


def test_the_text_of_a_rule_of_the_project_goes_into_sarif(project: Path) -> None:
    (project / "macros").mkdir()
    text = """{#-
Every table has a comment.

More of it.
-#}
{% macro dbee_about__commented() %}{{ return({'severity': 'info', 'facets': []}) }}{% endmacro %}
{% macro dbee_rule__commented(subject, options) %}{{ return([{'actual': 'none'}]) }}{% endmacro %}
"""
    (project / "macros/commented.sql").write_text(text, encoding="utf-8")
    sarif = json.loads(run("--against", "dir:ddl", "--format", "sarif").output)["runs"][0]
    (rule,) = [rule for rule in sarif["tool"]["driver"]["rules"] if rule["id"] == "commented"]
    assert rule["shortDescription"] == {"text": "Every table has a comment"}
    assert rule["defaultConfiguration"] == {"level": "note"}
    assert [result["ruleId"] for result in sarif["results"]] == ["commented"]


@pytest.mark.parametrize("written", ["sarif", "sarif=", "=x", "xml=x", "SARIF=x"])
def test_an_output_that_is_none(project: Path, written: str) -> None:
    error = error_of(run("--against", "dir:ddl", "--output", written))
    assert isinstance(error, UsageError)
    assert f"--output {written}: is not FORMAT=FILE" in str(error)
    assert not (project / "target/dbee").exists()


def test_two_reports_do_not_go_to_one_file(project: Path) -> None:
    error = error_of(run("--against", "dir:ddl", "-o", "json=one", "-o", "text=./one"))
    assert isinstance(error, UsageError) and "--output text=./one: another report goes to that file" in str(error)
    assert not (project / "one").exists()


def test_a_file_that_something_else_wrote_is_not_taken_for_accepted_findings(project: Path) -> None:
    before = (project / "dbt_project.yml").read_bytes()
    error = error_of(run("--against", "dir:ddl", "--accepted", "dbt_project.yml", "--accept"))
    assert isinstance(error, AcceptedError) and (project / "dbt_project.yml").read_bytes() == before


def test_a_file_that_cannot_be_written(project: Path) -> None:
    (project / "taken").mkdir()
    error = error_of(run("--against", "dir:ddl", "-o", "json=taken"))
    assert isinstance(error, OutputError)


def test_accepted_findings_do_not_fail_and_new_ones_do(project: Path) -> None:
    drifted()
    error = error_of(run("--against", "dir:ddl", "--accepted", "accepted.txt"))
    assert isinstance(error, AcceptedError) and "add --accept" in str(error)
    result = run("--against", "dir:ddl", "--accepted", "accepted.txt", "--accept")
    assert result.exit_code == 0 and result.output.startswith("3 accepted (1 node, 2 columns, ")
    assert run("--against", "dir:ddl", "--accepted", "accepted.txt", "--fail-on", "warn").exit_code == 0
    altered("ID INTEGER NOT NULL, AMOUNT DECIMAL(18,2)", "K BYTEINT, ID SMALLINT NOT NULL, AMOUNT DECIMAL(18,2)")
    result = run("--against", "dir:ddl", "--accepted", "accepted.txt")
    assert result.exit_code == 1
    assert "found SMALLINT" in result.output and "1 error, 1 accepted (1 node" in result.output
    gone = [line for line in result.output.splitlines() if line.startswith("accepted, and no longer found: ")]
    assert len(gone) == 2 and " column_missing model.shop.orders amount: expected" in gone[0]
    run("--against", "dir:ddl", "--accepted", "accepted.txt", "--accept")
    assert len((project / "accepted.txt").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--accept"], "--accept writes a file, and none is named"),
        (["--accept", "--accepted", "a.txt", "--select", "orders"], "only a part of it is selected"),
        (["--accept", "--accepted", "a.txt", "--exclude", "orders"], "only a part of it is selected"),
    ],
)
def test_accepting_what_cannot_be_accepted(project: Path, arguments: list[str], said: str) -> None:
    error = error_of(run("--against", "dir:ddl", *arguments))
    assert isinstance(error, UsageError) and said in str(error)
    assert not (project / "a.txt").exists()


def test_a_waiver_of_the_project_that_names_nothing_is_told_with_its_line(project: Path) -> None:
    waivers = "".join(
        f"      - {{rule: column_type, node: {name}, reason: x, owner: y, expires: 9999-12-31}}\n"
        for name in ("a", "b")
    )
    with (project / "dbt_project.yml").open("a", encoding="utf-8") as file:
        file.write(f"vars:\n  dbee:\n    waivers:\n{waivers}")
    lines = run("--against", "dir:ddl").output.splitlines()
    found = [line for line in lines if "waiver_unused" in line]
    assert [line.rpartition("  ")[2] for line in found] == ["dbt_project.yml:7", "dbt_project.yml:8"]
    assert [line for line in lines if line.startswith("vars: dbee: waivers[")] == [
        "vars: dbee: waivers[0]  no node",
        "vars: dbee: waivers[1]  no node",
    ]
