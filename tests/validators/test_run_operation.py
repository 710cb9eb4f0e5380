"""`dbt run-operation dbee_validate` as a user meets it."""

from __future__ import annotations

from typing import Any

import pytest

from dbee_dbt.model.errors import NothingMatchedError, UsageError
from dbee_dbt.model.findings import Validation
from dbee_dbt.project.manifest import load_manifest
from dbee_dbt.project.select import select_nodes
from dbee_dbt.project.validate import validate
from dbee_dbt.session.options import ProjectOptions
from tests.validators.cases import RULES
from tests.validators.conftest import Ran, RunOperation

pytestmark = pytest.mark.dbt
HIDDEN = ("grants", "privilege_missing")  # rest on rights, of which an X view shows one's own


def test_findings_fail_the_operation_with_one_short_sentence(in_dbt: Ran) -> None:
    counts = in_dbt.answer["counts"]
    assert f"dbee_validate: {counts['error']} errors, {counts['warn']} warnings, " in in_dbt.error
    assert "Traceback" not in in_dbt.error


def test_the_lines_for_people_group_findings_by_object(in_dbt: Ran) -> None:
    at = in_dbt.lines.index("relation_missing_11.m  model.cases.relation_missing_11__m")
    assert in_dbt.lines[at + 1 : at + 4] == [
        "  error       relation_missing  expected view, found missing",
        "    -> Build it: dbt build --select relation_missing_11__m",
        "  read by 2: relation_missing_11__reads, relation_missing_11__reads_that",
    ]


def test_names_of_any_kind_stay_on_their_line(in_dbt: Ran) -> None:
    assert all(line.isprintable() for line in in_dbt.lines)
    assert any(r"a\nb: expected a column, found missing" in line for line in in_dbt.lines)


def test_what_is_right_passes(run_operation: RunOperation) -> None:
    ran = run_operation({"select": "relation_missing_1__m"})
    assert ran.error == ""
    assert ran.lines[-2] == f"1 info (1 node, 0 columns, {RULES} rules)"


def test_rules_of_the_project_are_found_and_those_that_take_the_place_of_ours_are_reported(
    in_dbt: Ran, in_bridge: Validation
) -> None:
    own = [finding for finding in in_dbt.answer["findings"] if finding["rule"] == "own"]
    assert [finding["node"] for finding in own] == ["model.cases.relation_missing_1__m"]
    assert "rule set_multiset: the project has its own, which is used" in in_dbt.lines
    assert in_bridge.overridden == ("set_multiset",)


def test_a_macro_of_the_project_may_call_ours(run_operation: RunOperation) -> None:
    ran = run_operation(macro="check_one")
    assert (ran.error, ran.lines[-2]) == ("", f"1 info (1 node, 0 columns, {RULES} rules)")
    ran = run_operation(macro="generate_one")
    assert (ran.error, ran.lines[-1]) == ("", "tables: 1, views: 0, columns: 1")


def test_a_warning_fails_where_warnings_fail(run_operation: RunOperation) -> None:
    assert run_operation({"select": "source:column_undeclared_3"}).error == ""
    assert "1 warning" in run_operation({"select": "source:column_undeclared_3", "fail_on": "warn"}).error


def test_variables_configure_the_rules(run_operation: RunOperation) -> None:
    off = {"dbee": {"rules": {"relation_missing": {"severity": "off"}}}}
    assert run_operation({"select": "relation_missing_2__m"}, off).error == ""


@pytest.mark.parametrize(
    ("args", "variables", "message"),
    [
        ({"fail_on": "info"}, {}, "fail_on must be error or warn, not info"),
        ({"select": "relation_missing_1__m+"}, {}, "the operator '+' needs dbt's graph"),
        ({"select": "nothing"}, {}, "nothing matches nothing"),
        ({"select": "path:models/relation_missing_6"}, {}, "no model, seed, snapshot or source is there to check"),
        ({}, {"dbee": {"rules": {"nulability": {}}}}, "there is no rule nulability"),
        ({}, {"dbee": {"dictionary": "VZ"}}, "dictionary: must be V or VX"),
    ],
)
def test_what_cannot_be_used_ends_the_operation_by_name(
    args: dict[str, Any], variables: dict[str, Any], message: str, run_operation: RunOperation
) -> None:
    ran = run_operation(args, variables)
    assert message in ran.error
    assert ran.lines == []


def test_the_x_views_give_the_same_findings(run_operation: RunOperation, in_dbt: Ran) -> None:
    answer = run_operation({}, {"dbee": {"dictionary": "VX"}}).answer
    told = [finding for finding in in_dbt.answer["findings"] if finding["rule"] not in HIDDEN]
    seen = [{**finding, "actual": None} for finding in answer["findings"]]
    assert seen == [{**finding, "actual": None} for finding in told]
    assert answer["not_compared"]["object.grants"]
    assert {finding["actual"] for finding in answer["findings"] if finding["rule"] == "column_missing"} >= {
        "not visible"
    }


@pytest.mark.parametrize(
    ("select", "exclude", "count"),
    [
        (["relation_missing_11__m+"], [], 3),
        (["relation_missing_11__m+", "source:source_missing_1"], ["relation_missing_11__reads"], 3),
        (["path:models/relation_missing_11"], [], 3),
        (["config.materialized:own"], [], 4),
        (["fqn:*relation_missing_6*", "relation_missing_1__m"], [], 1),
    ],
)
def test_the_command_line_selects_by_dbts_own_grammar(
    select: list[str], exclude: list[str], count: int, in_dbt: Ran
) -> None:
    found = validate("td:", ProjectOptions(), select=select, exclude=exclude)
    assert found.checked.nodes == count
    assert all(finding.rule != "object_unowned" for finding in found.findings)


def test_a_selection_of_nothing_is_no_verdict(in_dbt: Ran) -> None:
    manifest = load_manifest(ProjectOptions())
    with pytest.raises(NothingMatchedError, match="chooses no model"):
        select_nodes(manifest, ["nothing_of_this_name"], [])
    with pytest.raises(NothingMatchedError, match="chooses no model"):
        select_nodes(manifest, ["relation_missing_6__m"], [])
    with pytest.raises(UsageError, match="'nonsense' is not a valid method name"):
        select_nodes(manifest, ["nonsense:x"], [])


def test_what_dbt_warns_of_is_said(in_dbt: Ran, capfd: pytest.CaptureFixture[str]) -> None:
    selection = select_nodes(load_manifest(ProjectOptions()), ["relation_missing_1__m nothing"], [])
    assert selection.ids == {"model.cases.relation_missing_1__m"}
    assert selection.warnings == ("The selection criterion 'nothing' does not match any enabled nodes",)
    assert capfd.readouterr().out == ""
