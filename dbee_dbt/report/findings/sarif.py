"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning and editors.

Every result has a place: a finding whose own is not known has that of dbt_project.yml. What was not checked has the
level ``error`` and says so, since consumers pass over the kind ``open`` that SARIF has for it. What is waived or
accepted is there as a suppressed result.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dbee_dbt import __version__
from dbee_dbt.model.findings import RuleHelp
from dbee_dbt.report.findings.presented import LEVELS, NOT_READ, Entry, Presented, entries, notes, scope, verdict
from dbee_dbt.report.terminal import json_text, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "dbeeFinding/v1"
_ROOT = "SRCROOT"
_NOT_READ = RuleHelp(NOT_READ, "error", "What of the catalog could not be read. It counts as not checked.")


def findings_sarif(report: Presented) -> str:
    """The report as one JSON document."""
    found = entries(report)
    rules = _rules(report, found)
    index = {rule.name: number for number, rule in enumerate(rules)}
    validation = report.validation
    run = {
        "tool": {"driver": {"name": "dbee-dbt", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, index[entry.rule]) for entry in found],
        "properties": {
            "against": validation.against,
            "verdict": verdict(validation),
            "checked": scope(validation),
            "counts": validation.counts,
            "notCompared": validation.not_compared,
        },
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rules(report: Presented, found: list[Entry]) -> list[RuleHelp]:
    """The rules that were applied or found something, by name; one that says nothing of itself has its name alone."""
    helps = {rule.name: rule for rule in (*report.rules, _NOT_READ)}
    names = {*report.validation.checked.rules, *(entry.rule for entry in found)}
    return [helps.get(name) or RuleHelp(name, "warn", "") for name in sorted(names)]


def _rule(rule: RuleHelp) -> dict[str, Any]:
    text = rule.text or rule.name
    return {
        "id": rule.name,
        "shortDescription": {"text": _message(rule.summary)},
        "fullDescription": {"text": _message(text)},
        "help": {"text": _message(text), "markdown": text},
        "defaultConfiguration": {"level": LEVELS.get(rule.severity, "none")},
    }


def _result(entry: Entry, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": entry.rule,
        "ruleIndex": rule_index,
        "level": entry.level,
        "message": {"text": _message(visible(entry.text))},
        "locations": [_location(entry)],
        "partialFingerprints": {FINGERPRINT: entry.fingerprint},
        "properties": {"counts as": entry.kind, "fails": entry.fails},
    }
    if entry.kind in ("waived", "accepted"):
        justification = visible(entry.excuse) or "in the file of accepted findings"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    return result


def _location(entry: Entry) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(entry.file, errors="surrogatepass"), "uriBaseId": _ROOT}}
    if entry.line is not None:
        column = {} if entry.character is None else {"startColumn": entry.character}
        place["region"] = {"startLine": entry.line, **column}
    location: dict[str, Any] = {"physicalLocation": place}
    if entry.where and entry.rule != NOT_READ:
        name = entry.where if entry.column is None else f"{entry.where}.{entry.column}"
        location["logicalLocations"] = [{"fullyQualifiedName": visible(name)}]
    return location


def _invocation(report: Presented) -> dict[str, Any]:
    said = [{"level": "note", "message": {"text": _message(visible(note))}} for note in notes(report.validation)]
    return {
        "executionSuccessful": True,
        "exitCode": report.validation.exit_code,
        "toolExecutionNotifications": said,
    }


def _message(text: str) -> str:
    """Text in which a viewer finds no link and no placeholder (SARIF 2.1.0 §3.11.5, §3.11.6)."""
    for letter in "\\[]":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("{", "{{").replace("}", "}}")
