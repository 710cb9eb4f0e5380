"""The same findings in every format, read back as their consumers read them; whatever stands in a name stays a name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import example, given, settings
from jsonschema import Draft202012Validator, validators
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from dbee_dbt.cli.validate import FORMATS as OFFERED
from dbee_dbt.model.findings import Waived
from dbee_dbt.report.findings.formats import FORMATS
from dbee_dbt.report.findings.github import SHOWN
from dbee_dbt.report.findings.json import SCHEMA_FILE
from dbee_dbt.report.findings.junit import _xml
from dbee_dbt.report.findings.presented import NOT_READ, Entry, Presented, entries, notes, scope, verdict
from dbee_dbt.report.findings.sarif import FINGERPRINT
from dbee_dbt.report.terminal import visible
from tests.report.findings.hostile import ALL_NASTY, presented, reports

SHAPE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("sarif_shape.yml").read_text(encoding="utf-8"))
EXCUSED = ("waived", "accepted")
few = settings(max_examples=25)


def test_the_command_line_offers_every_format() -> None:
    assert tuple(FORMATS) == OFFERED


def unwell_formed(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


# Surrogates stand for bytes of file names that are no UTF-8; JSON as programs read it has them as they are.
@few
@example(ALL_NASTY)
@given(reports())
def test_json_holds_everything_and_keeps_to_its_schema(report: Presented) -> None:
    text = FORMATS["json"](report)
    document = json.loads(text)
    Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))).validate(document)
    assert document == json.loads(json.dumps(msgspec.to_builtins(report.validation)))
    assert all(visible(line) == line for line in text.split("\n"))


def test_the_schema_refuses_what_is_not_written() -> None:
    schema = Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    document = json.loads(FORMATS["json"](ALL_NASTY))
    for broken in (
        {**document, "more": 1},
        {key: value for key, value in document.items() if key != "counts"},
        {**document, "findings": [{**document["findings"][0], "severity": "off"}]},
    ):
        assert not schema.is_valid(broken)


@few
@example(ALL_NASTY)
@given(reports())
def test_sarif(report: Presented) -> None:
    document = json.loads(FORMATS["sarif"](report))
    Draft202012Validator(SHAPE).validate(document)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    assert {"column_type", "never_fails", "relation_missing"} <= {rule["id"] for rule in rules}
    for entry, result in zip(entries(report), run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == entry.rule
        assert (result["level"], result["partialFingerprints"][FINGERPRINT]) == (entry.level, entry.fingerprint)
        assert without_links(result["message"]["text"]) == visible(entry.text)
        assert ("suppressions" in result) == (entry.kind in EXCUSED)
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"].isascii() and ":" not in place["uri"].partition("/")[0]
        if not unwell_formed(entry.file):
            assert unquote(place["uri"]) == entry.file
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert [without_links(text) for text in said] == [visible(note) for note in notes(report.validation)]


@pytest.mark.skipif("DBEE_SARIF_SCHEMA" not in os.environ, reason="DBEE_SARIF_SCHEMA names no copy of OASIS's schema")
@few
@example(ALL_NASTY)
@given(reports())
def test_sarif_against_the_schema_of_oasis(report: Presented) -> None:
    schema = json.loads(Path(os.environ["DBEE_SARIF_SCHEMA"]).read_text(encoding="utf-8"))
    checker = validators.validator_for(schema)
    checker(schema, format_checker=checker.FORMAT_CHECKER).validate(json.loads(FORMATS["sarif"](report)))


def without_links(text: str) -> str:
    """The message as a viewer shows it; a link or placeholder in it would fail."""
    assert not re.search(r"(?<!\\)(?:\\\\)*\[", text)
    plain = text.replace("{{", "\0").replace("}}", "\1")
    assert "{" not in plain and "}" not in plain
    return re.sub(r"\\([\\\[\]])", r"\1", plain.replace("\0", "{").replace("\1", "}"))


@few
@example(ALL_NASTY)
@given(reports())
def test_junit(report: Presented) -> None:
    root = ElementTree.fromstring(FORMATS["junit"](report))
    found = entries(report)
    cases = [case for case in root.iter("testcase") if case.get("name") != "no findings"]
    assert sorted(told_by_junit(case) for case in cases) == sorted(
        (
            _xml(entry.rule),
            _xml(" ".join(part for part in (entry.where, entry.message) if part)),
            ("error" if entry.kind == "not checked" else "failure") if entry.fails else "skipped",
            _xml(entry.file),
        )
        for entry in found
    )
    for suite in (root, *root.iter("testsuite")):
        inside = list(suite.iter("testcase"))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == sum(case.find(tag) is not None for case in inside)
        assert int(suite.get("tests", "")) == len(inside)
    assert [case.get("classname") for case in root.iter("testcase") if case.get("name") == "no findings"][0:1] == (
        ["never_fails"] if any(entry.rule == "column_type" for entry in found) else ["column_type"]
    )
    (beside,) = [suite for suite in root.iter("testsuite") if suite.get("name") == "beside these"]
    assert all(_xml(note) in (beside.findtext("system-out") or "").split("\n") for note in notes(report.validation))


def told_by_junit(case: ElementTree.Element) -> tuple[str, str, str, str]:
    verdict_of_case = next(iter(case)).tag
    return str(case.get("classname")), str(case.get("name")), verdict_of_case, str(case.get("file"))


@few
@example(ALL_NASTY)
@given(reports())
def test_github(report: Presented) -> None:
    lines = FORMATS["github"](report).split("\n")[:-1]
    commands = [command_of(line) for line in lines if line.startswith("::")]
    failing = [entry for entry in entries(report) if entry.kind not in EXCUSED]
    assert len(commands) == min(len(failing), SHOWN)
    for entry, (command, properties, data) in zip(failing, commands, strict=False):
        assert command == {"error": "error", "warning": "warning", "note": "notice"}[entry.level]
        assert properties["file"] == visible(entry.file) and properties["title"] == visible(entry.rule)
        assert properties.keys() <= {"file", "line", "col", "title"}
        assert data == visible(entry.text)
    for line in lines[len(commands) :]:
        assert line.startswith("dbee-dbt: ") and "##[" not in line
    assert any(f"{len(failing) - SHOWN} more;" in line for line in lines) == (len(failing) > SHOWN)
    assert lines[-1] == f"dbee-dbt: {verdict(report.validation)} ({scope(report.validation)}) against dir:ddl"


def command_of(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner of GitHub Actions takes it apart."""
    head, data = line[2:].split("::", 1)
    name, _, rest = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in rest.split(","))
    for code, letter in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        properties = {key: value.replace(code, letter) for key, value in properties.items()}
        data = data.replace(code, letter) if code not in ("%3A", "%2C") else data
    return name, properties, data


def test_github_shows_the_worst_first() -> None:
    warnings = tuple(msgspec.structs.replace(finding, severity="warn") for finding in ALL_NASTY.validation.findings)
    error = msgspec.structs.replace(warnings[0], severity="error", object="the error")
    text = FORMATS["github"](presented((*warnings, error)))
    assert text.splitlines()[0].endswith("the error" + text.splitlines()[0].partition("the error")[2])
    assert text.count("\n::") + 1 == SHOWN
    assert f"dbee-dbt: {len(warnings) + 3 - SHOWN} more; the summary of the job lists them" in text


@few
@example(ALL_NASTY)
@given(reports())
def test_gitlab(report: Presented) -> None:
    issues = json.loads(FORMATS["gitlab"](report))
    found = entries(report)
    for entry, issue in zip(found, issues, strict=False):
        assert (issue["check_name"], issue["description"]) == (entry.rule, visible(entry.text))
        assert (issue["fingerprint"], issue["location"]["path"]) == (entry.fingerprint, entry.file)
        assert issue["severity"] in ("info", "minor", "critical")
        assert issue["location"]["lines"]["begin"] >= 1
        if entry.kind in EXCUSED:
            assert issue["severity"] == "info" and issue["description"].startswith(f"{entry.kind}: ")
    assert [issue["description"] for issue in issues[len(found) :]] == list(map(visible, notes(report.validation)))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@few
@example(ALL_NASTY)
@given(reports())
def test_markdown(report: Presented) -> None:
    """CommonMark sees text of ours and code spans, and nothing else; the spans hold what was read."""
    text = FORMATS["markdown"](report)
    spans: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        assert token.type.removesuffix("_open").removesuffix("_close") in {
            "heading", "paragraph", "inline", "bullet_list", "list_item",
        }  # fmt: skip
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "softbreak"), child
            if child.type == "code_inline":
                spans.append(child.content)
            else:
                assert re.fullmatch(r"[\w ,:()/.…✅❌-]*", child.content), child.content
    expected = ["dir:ddl", *(part for entry in entries(report) for part in shown_parts(entry))]
    assert spans == [visible(part) or " " for part in (*expected, *notes(report.validation))]


def shown_parts(entry: Entry) -> Iterator[str]:
    yield entry.rule
    if entry.where:
        yield entry.where
    yield entry.message
    yield entry.file + (f":{entry.line}" if entry.line else "")
    if entry.excuse or entry.fix:
        yield entry.excuse or entry.fix


def test_markdown_fits_into_a_comment_and_counts_what_does_not() -> None:
    many = presented(ALL_NASTY.validation.findings * 200)
    text = FORMATS["markdown"](many)
    assert len(text) < 65_536
    sections, _, rest = text.partition("\n… and ")
    shown = sum(line.startswith("- ") for line in sections.splitlines())
    assert rest.startswith(f"{len(entries(many)) - shown} more, in `target/dbee/validate.json`")


@few
@example(ALL_NASTY)
@given(reports())
def test_text_for_people(report: Presented) -> None:
    text = FORMATS["text"](report)
    lines = text.split("\n")
    assert all(visible(line) == line for line in lines)
    for finding in report.validation.findings:
        if finding.kind == "waived":
            assert any(visible(finding.sentence) in line for line in lines)
        elif finding.kind != "accepted":
            assert visible(finding.actual or "") in text
    assert verdict(report.validation) in lines[-2]
    assert all(visible(note) in lines for note in notes(report.validation) if not note.startswith("warning"))


def test_every_format_tells_what_is_waived_accepted_not_checked_and_not_compared() -> None:
    first = ALL_NASTY.validation.findings[0]
    waiver = Waived("known", "finance", "2027-01-31")
    report = presented(
        (
            msgspec.structs.replace(first, waived=waiver),
            msgspec.structs.replace(first, accepted=True),
            msgspec.structs.replace(first, status="not checked"),
        )
    )
    for name, render in FORMATS.items():
        text = render(report)
        for word in ("waived", "accepted", "not checked", "column.charset"):
            assert word in text, (name, word)


def test_not_read_is_an_error_everywhere() -> None:
    report = presented(())
    assert [entry.rule for entry in entries(report)] == [NOT_READ, NOT_READ]
    for name, render in FORMATS.items():
        assert "no place" in render(report), name
