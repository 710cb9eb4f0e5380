"""Severities, options, selections and rules of a project's own, as the macros take them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import MacroError

NODE: dict[str, Any] = {
    "unique_id": "model.shop.orders",
    "resource_type": "model",
    "name": "orders",
    "fqn": ["shop", "staging", "orders"],
    "schema": "SALES",
    "alias": "ORDERS",
    "original_file_path": "models/staging/orders.sql",
    "tags": ["finance"],
    "config": {"materialized": "table"},
    "columns": {"A": {"name": "A", "data_type": "date", "constraints": [], "meta": {}, "config": {}}},
    "depends_on": {"nodes": []},
}
SOURCE: dict[str, Any] = {
    **NODE,
    "unique_id": "source.shop.raw.orders",
    "resource_type": "source",
    "source_name": "raw",
    "identifier": "ORDERS",
    "schema": "RAW",
    "fqn": ["shop", "staging", "raw", "orders"],
    "original_file_path": "models\\staging\\sources.yml",
    "tags": [],
}
ROWS: dict[str, Any] = {
    "databases": [],
    "relations": [{"database": "SALES", "name": "ORDERS", "kind": "table", "set_kind": None, "comment": None}],
    "columns": [{"database": "SALES", "relation": "ORDERS", "name": "A", "type": "INTEGER", "nullable": True}],
    "indexes": [],
}


def found(settings: dict[str, Any] | None = None, node: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """The answer for one node with one wrong type."""
    project = {"nodes": [node or NODE], "selected": None, "settings": settings or {}}
    answer: dict[str, Any] = Bridge(None, given.pop("folders", ())).call("dbee_findings", project, ROWS, **given)
    return answer


def with_meta(dbee: dict[str, Any], column: dict[str, Any] | None = None) -> dict[str, Any]:
    columns = {"A": {**NODE["columns"]["A"], "meta": {"dbee": column or {}}}}
    return {**NODE, "config": {**NODE["config"], "meta": {"dbee": dbee}}, "columns": columns}


def rules(**configured: Any) -> dict[str, Any]:
    return {"rules": {"column_type": configured}}


@pytest.mark.parametrize("severity", ["error", "warn", "info"])
def test_a_severity_for_the_project(severity: str) -> None:
    (finding,) = found(rules(severity=severity))["findings"]
    assert (finding["rule"], finding["severity"]) == ("column_type", severity)


@pytest.mark.parametrize("off", ["off", "OFF", False])
def test_off_is_off_also_as_the_boolean_that_yaml_makes_of_it(off: Any) -> None:
    answer = found(rules(severity=off))
    assert answer["findings"] == []
    assert "column_type" not in answer["checked"]["rules"]


def test_the_node_wins_over_the_project_and_the_column_over_the_node() -> None:
    (finding,) = found(rules(severity="warn"), with_meta(rules(severity="info")))["findings"]
    assert finding["severity"] == "info"
    assert found(rules(severity="warn"), with_meta(rules(severity="info"), rules(severity="off")))["findings"] == []


def test_an_option_keeps_the_severity() -> None:
    assert found(rules(compare=["length"]))["findings"] == []
    (finding,) = found(rules(compare=["family"]))["findings"]
    assert finding["severity"] == "error"


@pytest.mark.parametrize(
    ("severity", "fail_on", "failed"),
    [("error", "error", True), ("warn", "error", False), ("warn", "warn", True), ("info", "warn", False)],
)
def test_the_verdict_is_by_severity(severity: str, fail_on: str, failed: bool) -> None:
    assert found(rules(severity=severity), fail_on=fail_on)["failed"] is failed


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rules": {"colum_type": {}}}, "there is no rule colum_type; there are: case_specificity"),
        ({"rules": ["column_type"]}, "must be a dictionary of rules"),
        ({"rules": {"column_type": "off"}}, "column_type: must be a dictionary"),
        (rules(severity="fatal"), "severity must be error, warn, info or off, not fatal"),
        (rules(compares=[]), "has no option compares; it has: severity, compare"),
    ],
)
def test_what_is_not_known_is_an_error(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(MacroError, match=message):
        found(settings)


@pytest.mark.parametrize(
    "meta", [{"rules": {"column_type": {"severity": "loud"}}}, {"rules": {"column_type": {"compares": []}}}]
)
def test_what_is_not_known_of_a_node_or_column_is_an_error_that_names_it(meta: dict[str, Any]) -> None:
    with pytest.raises(MacroError, match=r"meta of model\.shop\.orders:"):
        found({}, with_meta(meta))
    with pytest.raises(MacroError, match=r"meta of model\.shop\.orders\.A:"):
        found({}, with_meta({}, meta))


OWN = """
{% macro dbee_about__NAME() %}{{ return({'severity': 'warn', 'scope': 'SCOPE', 'facets': []}) }}{% endmacro %}
{% macro dbee_rule__NAME(subject, options) %}
    {{ return([{'actual': 'no comment', 'fix': 'Write one.'}] if not subject.relation.comment else []) }}
{% endmacro %}
"""


def test_a_rule_of_the_project_is_found(tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(OWN.replace("NAME", "commented").replace("SCOPE", "models"), encoding="utf-8")
    answer = found(rules(severity="off"), folders=[tmp_path])
    assert [(each["rule"], each["actual"]) for each in answer["findings"]] == [("commented", "no comment")]
    assert answer["overridden"] == []


def test_a_rule_with_the_name_of_ours_takes_its_place_and_is_reported(tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(OWN.replace("NAME", "column_type").replace("SCOPE", "models"), encoding="utf-8")
    answer = found(folders=[tmp_path])
    assert [each["actual"] for each in answer["findings"]] == ["no comment"]
    assert answer["overridden"] == ["column_type"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (OWN.replace("dbee_about__NAME", "about").replace("NAME", "bare"), "has no macro dbee_about__bare"),
        (
            OWN.replace("NAME", "odd").replace("SCOPE", "columns"),
            "whose scope is models, sources, nodes, objects or sql",
        ),
        (
            OWN.replace("NAME", "typo").replace("SCOPE", "nodes").replace("[]}", "['colum.type']}"),
            r"dbee_about__typo: there is no facet colum\.type; there are: object\.exists, .*column\.type",
        ),
    ],
)
def test_a_rule_that_does_not_say_what_it_is_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "own.sql").write_text(text, encoding="utf-8")
    with pytest.raises(MacroError, match=message):
        found(folders=[tmp_path])


@pytest.mark.parametrize(
    ("select", "ids"),
    [
        (None, None),
        ("orders", ["model.shop.orders"]),
        ("shop.staging.orders", ["model.shop.orders"]),
        ("tag:finance", ["model.shop.orders"]),
        ("path:models/staging", ["model.shop.orders", "source.shop.raw.orders"]),
        ("path:models/staging/orders.sql", ["model.shop.orders"]),
        ("source:raw", ["source.shop.raw.orders"]),
        ("source:raw.orders orders", ["source.shop.raw.orders", "model.shop.orders"]),
        (["orders", "nothing"], ["model.shop.orders"]),
    ],
)
def test_a_selection_inside_dbt(select: Any, ids: list[str] | None) -> None:
    chosen = Bridge().call("dbee_select", select, [NODE, SOURCE])
    assert (chosen if chosen is None else list(chosen)) == ids


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("+orders", r"the operator '\+'"),
        ("orders+1", r"the operator '\+'"),
        ("@orders", "the operator '@'"),
        ("stg_*", r"the operator '\*'"),
        ("tag:a,tag:b", "the operator ','"),
        ("state:modified", "the method 'state'"),
        ("config.materialized:view", r"the method 'config\.materialized'"),
        ("nothing", "nothing matches nothing"),
        ("path:models/stag", "nothing matches path:models/stag"),
    ],
)
def test_what_a_selection_inside_dbt_cannot_say_is_refused_by_name(select: str, message: str) -> None:
    with pytest.raises(MacroError, match=message):
        Bridge().call("dbee_select", select, [NODE, SOURCE])


def test_a_database_that_shows_only_what_may_be_seen_hides_and_does_not_miss() -> None:
    project = {"nodes": [NODE], "selected": None, "settings": {}}
    rows = {"databases": [{"name": "SALES"}], "relations": [], "columns": [], "indexes": [], "partial": True}
    (finding,) = Bridge().call("dbee_findings", project, rows)["findings"]
    assert finding["actual"] == "not visible"


def test_a_primary_index_that_nobody_knows_is_not_compared() -> None:
    index = {"database": "SALES", "relation": "ORDERS", "form": None, "unique": None, "columns": []}
    node = {**NODE, "config": {"materialized": "table", "index": "PRIMARY INDEX (A)"}, "columns": {}}
    project = {"nodes": [node], "selected": None, "settings": {}}
    answer = Bridge().call("dbee_findings", project, {**ROWS, "indexes": [index]})
    assert (answer["findings"], answer["not_compared"]) == ([], {"table.primary_index": 1})
