"""Each rule of the checker, case by case, and its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from dbee_dbt.bteq.check import check_files
from dbee_dbt.bteq.rule_page import rule_text, rules_page
from dbee_dbt.bteq.rules import RULES
from tests.bteq.golden import Case, cases
from tests.bteq.test_read import SCRIPTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bteq-rules.md"
CASES = cases("rules.txt")
BESIDE = {
    "there.bteq": "SELECT 1;\n",
    "calls_case.bteq": "SELECT 1;\n.RUN FILE=case.bteq\n",
    "chains.bteq": ".RUN FILE=there.bteq\nSELECT 2;\n",
}


class Folder:
    """The files beside a script."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def find(self, name: str, named_in: str) -> str | None:
        return name if name in self.texts else None

    def text(self, path: str) -> str:
        return self.texts[path]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_golden(case: Case) -> None:
    report = check_files([("case.bteq", case.given)], Folder({**BESIDE, "case.bteq": case.given}))
    rule = case.title.partition(":")[0]
    found = [hit for hit in report.findings if hit.rule == rule]
    assert "\n".join(f"{hit.line}:{hit.column} {hit.severity} {hit.what}" for hit in found) == case.expected


def test_every_rule_has_a_case_in_which_it_finds_something() -> None:
    assert {case.title.partition(":")[0] for case in CASES if case.expected} == {rule.name for rule in RULES}


def test_rules_stand_in_order() -> None:
    assert [rule.name for rule in RULES] == sorted({rule.name for rule in RULES})


def test_a_finding_says_what_to_do_and_no_secret() -> None:
    for case in CASES:
        for hit in check_files([("case.bteq", case.given)], Folder(BESIDE)).findings:
            assert hit.what
            assert hit.fix
            assert "secret" not in hit.what + hit.fix


def test_a_script_as_it_should_be_has_no_finding() -> None:
    text = """.RUN FILE=${HOME}/logon.bteq
.SET ERRORLEVEL 3807 SEVERITY 0
DROP TABLE SALES.STAGE;
.SET ERRORLEVEL 3807 SEVERITY 8
CREATE TABLE SALES.STAGE (ID INTEGER);
.IF ERRORCODE <> 0 THEN .GOTO failed
INSERT INTO SALES.STAGE SELECT ID FROM SALES.ORDERS;
.IF ERRORCODE <> 0 THEN .GOTO failed
.LOGOFF
.QUIT 0
.LABEL failed
.LOGOFF
.QUIT 8
"""
    findings = check_files([("case.bteq", text)], Folder({})).findings
    assert [(hit.severity, hit.rule) for hit in findings] == [("info", "file_missing")]


@given(SCRIPTS)
def test_any_script_is_checked(text: str) -> None:
    report = check_files([("case.bteq", text)], Folder({**BESIDE, "case.bteq": text}))
    assert report.totals.files == 1
    last = text.count("\n") + text.count("\r") + 1
    assert all(1 <= hit.line <= last for hit in report.findings)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run: make docs"


def test_every_rule_says_what_to_do() -> None:
    assert [rule.name for rule in RULES if "Best practice:" not in rule_text(rule)] == []
