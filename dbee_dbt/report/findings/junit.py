"""Findings as JUnit XML: a test suite a rule, a test case a finding, and one that passes for a rule without any.

What fails the verdict fails here: ``failure`` for a finding, ``error`` for what was not checked. Everything else that
was found is ``skipped`` with its reason, so that a report is red exactly where the command exits with 1.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dbee_dbt.report.findings.presented import Entry, Presented, entries, notes, scope, verdict
from dbee_dbt.report.terminal import visible

_NO_XML = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def findings_junit(report: Presented) -> str:
    """The report as one XML document."""
    by_rule: dict[str, list[Entry]] = {rule: [] for rule in report.validation.checked.rules}
    for entry in entries(report):
        by_rule.setdefault(entry.rule, []).append(entry)
    root = Element("testsuites", name="dbee-dbt validate")
    for rule, found in by_rule.items():
        root.append(_suite(rule, found))
    _count(root, [case for suite in root for case in suite])
    root.append(_beside(report))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(rule: str, found: list[Entry]) -> Element:
    suite = Element("testsuite", name=_xml(rule))
    for entry in found:
        suite.append(_case(entry))
    if not found:
        SubElement(suite, "testcase", classname=_xml(rule), name="no findings")
    _count(suite, list(suite))
    return suite


def _case(entry: Entry) -> Element:
    name = " ".join(part for part in (entry.where, entry.message) if part)
    case = Element("testcase", classname=_xml(entry.rule), name=_xml(name), file=_xml(entry.file))
    if entry.line is not None:
        case.set("line", str(entry.line))
    if not entry.fails:
        SubElement(case, "skipped", message=_xml(f"{entry.kind}: {entry.excuse or entry.fix}"))
        return case
    found = SubElement(case, "error" if entry.kind == "not checked" else "failure", type=entry.kind)
    found.set("message", _xml(entry.message))
    found.text = _xml(entry.fix)
    return case


def _beside(report: Presented) -> Element:
    """A suite without cases that says what there is beside the findings."""
    suite = Element("testsuite", name="beside these")
    _count(suite, [])
    validation = report.validation
    lines = [f"{verdict(validation)} ({scope(validation)}) against {validation.against}", *notes(validation)]
    SubElement(suite, "system-out").text = "\n".join(map(_xml, lines))
    return suite


def _count(element: Element, cases: list[Element]) -> None:
    element.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in cases)))


def _xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold: that, and what hides, is spelled out."""
    return _NO_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", visible(text))
