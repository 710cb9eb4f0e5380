"""Every rule on its cases, three times: in a real run-operation on a real graph, through the bridge, and on a folder of
DDL. The first two must find the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.model.findings import Validation
from tests.validators.cases import Case, all_cases, parameters
from tests.validators.conftest import Ran

pytestmark = pytest.mark.dbt

FIELDS = "rule severity status node object column expected actual fix downstream waived".split()


# What the rules that read SQL count; their cases say of what.
IN_SQL = ("column.resolved", "column.yields")


def of_case(findings: list[dict[str, Any]], case: Case) -> list[dict[str, Any]]:
    """The findings of the case's rule on the case's nodes and objects, without the case's names in them."""
    nodes = f".{case.key}__", f".{case.key}."
    return [
        finding
        for finding in findings
        if finding["rule"] == case.rule
        and (finding["object"].startswith(f"{case.database}.") or any(key in str(finding["node"]) for key in nodes))
    ]


def plain(validation: Validation) -> list[dict[str, Any]]:
    findings = json.loads(msgspec.json.encode(validation.findings))
    return [{field: finding[field] for field in FIELDS} for finding in findings]


def assert_found(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """As many findings as expected, and in those each field that is named."""
    named = [{field: each[field] for field in wanted} for each, wanted in zip(found, expected, strict=False)]
    assert (named, len(found)) == (expected, len(expected)), found


@pytest.mark.parametrize("case", parameters())
def test_in_a_run_operation(case: Case, in_dbt: Ran, reading_sql: Validation) -> None:
    """A rule that reads SQL is the command line's; the run-operation only names it."""
    by_dbt = case.rule not in in_dbt.answer["elsewhere"]
    assert_found(of_case(in_dbt.answer["findings"] if by_dbt else plain(reading_sql), case), case.findings)


@pytest.mark.parametrize("case", parameters())
def test_on_a_folder(case: Case, on_folder: Validation) -> None:
    assert_found(of_case(plain(on_folder), case), case.from_dir)


@pytest.mark.parametrize("case", parameters(lambda case: case.denied is not None))
def test_for_a_user_without_rights(case: Case, denied: Validation) -> None:
    assert_found(of_case(plain(denied), case), case.denied or [])


def test_the_bridge_finds_what_dbt_finds(in_dbt: Ran, in_bridge: Validation) -> None:
    assert plain(in_bridge) == in_dbt.answer["findings"]
    for part in ("checked", "counts", "not_compared", "overridden", "failed"):
        assert json.loads(msgspec.json.encode(getattr(in_bridge, part))) == in_dbt.answer[part]


def test_every_finding_says_what_to_do(in_dbt: Ran) -> None:
    assert [finding for finding in in_dbt.answer["findings"] if not finding["fix"] or not finding["actual"]] == []


def test_each_rule_has_cases_that_pass_fail_and_cannot_be_checked() -> None:
    rules = {file.stem for file in (dbt_package_root() / "validators").glob("*.sql")}
    cases = all_cases()
    assert {case.rule for case in cases} == rules
    for rule in rules:
        assert any(case.findings == [] for case in cases if case.rule == rule), f"{rule} never passes"
        assert any(case.findings for case in cases if case.rule == rule), f"{rule} never fails"
    told = [(case.rule, str([case.findings, case.from_dir, case.denied])) for case in cases]
    unchecked = {rule for rule, findings in told if "not checked" in findings}
    always_known = {"relation_missing", "relation_kind", "object_unowned", "set_multiset"}
    always_known |= {"waiver_expired", "waiver_unused", "contract_type"}
    always_known |= {"relation_shared", "model_shadows_object", "name_too_long", "reserved_word"}
    always_known |= {"relation_left_over", "snapshot_columns", "temporal"}
    assert unchecked >= rules - always_known - {"column_undeclared"}


def test_what_rests_on_unknown_defaults_is_counted(on_folder: Validation) -> None:
    counted = {facet: count for facet, count in on_folder.not_compared.items() if facet not in IN_SQL}
    assert counted == {
        "column.case_specific": 1,
        "column.charset": 1,
        "object.grants": 2,
        "option.fallback": 1,
        "seed.column_types": 1,
        "table.set_kind": 1,
        "table.statistics": 3,
        "view.rights": 5,
    }


def test_findings_know_where_their_column_is_described(in_bridge: Validation, project: Path) -> None:
    for finding in in_bridge.findings:
        if (
            finding.node
            and finding.column
            and finding.rule not in ("column_undeclared", "seed_column_type", "snapshot_columns")
        ):
            assert finding.file is not None and finding.line is not None
            lines = (project / finding.file).read_text(encoding="utf-8").splitlines()
            assert finding.column in json.loads("{" + lines[finding.line].strip().rstrip(",") + "}").values()
