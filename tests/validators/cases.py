"""The cases of the rules, as their YAML files tell them, and the one dbt project and system made of all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

from dbee_dbt.bridge.package_root import dbt_package_root

FOLDER = Path(__file__).parent / "cases"
_VALIDATORS = [file.read_text(encoding="utf-8") for file in (dbt_package_root() / "validators").glob("*.sql")]
RULES = sum("'scope': 'sql'" not in text for text in _VALIDATORS) + 1
"""How many rules the project has: ours, and one of its own."""

ASKED_FOR = {"privilege_missing": {"severity": "error"}}
"""Rules that are off unless a project asks for them; the project of all cases does."""

_PROJECT = """
name: cases
version: "1.0"
profile: cases
flags: {send_anonymous_usage_stats: false}
models:
  cases:
    waiver_unused_5:
      +meta: {dbee: {rules: {waiver_unused: {severity: info}}}}
"""
_PROFILE = """
cases:
  target: emulated
  outputs:
    emulated: {type: dbee, path: system.duckdb, schema: unused, threads: 1}
"""
_MACROS = """
{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}
{% materialization own, default %}{{ return({'relations': []}) }}{% endmaterialization %}
{% macro check_one() %}{% do dbee_dbt.dbee_validate(select='relation_missing_1__m') %}{% endmacro %}
{% macro generate_one() %}{% do dbee_dbt.dbee_generate_models(objects='relation_missing_1') %}{% endmacro %}
{% macro dbee_rule__set_multiset(subject, options) %}
    {{ return(dbee_dbt.dbee_rule__set_multiset(subject, options)) }}
{% endmacro %}
{% macro dbee_about__own() %}{{ return({'severity': 'info', 'scope': 'models', 'facets': []}) }}{% endmacro %}
{% macro dbee_rule__own(subject, options) %}
    {{ return([{'actual': 'looked at', 'fix': 'Nothing.'}] if subject.node.name == 'relation_missing_1__m' else []) }}
{% endmacro %}
"""


class Case(NamedTuple):
    """One case of one rule.

    Args:
        rule: the file it stands in, and the rule whose findings count.
        name: what it shows.
        key: its name in the project: prefix of nodes, name of its database.
        properties: the dbt properties, placeholders filled in, nodes renamed to be unique.
        sql: text of models by their full name.
        ddl: what exists.
        after: what happened to it later; a folder of DDL does not tell.
        findings: expected from a system.
        from_dir: expected where the DDL is a folder.
        made_for: the node for which dbt made what exists; "" where somebody made it by hand.
        denied: expected where the dictionary's views on indexes, constraints, rights … may not be read.
    """

    rule: str
    name: str
    key: str
    properties: dict[str, Any]
    sql: dict[str, str]
    ddl: str
    after: str
    findings: list[dict[str, Any]]
    from_dir: list[dict[str, Any]]
    denied: list[dict[str, Any]] | None
    made_for: str

    @property
    def database(self) -> str:
        return self.key


def all_cases() -> list[Case]:
    return [case for file in sorted(FOLDER.glob("*.yml")) for case in _cases_of(file)]


def _cases_of(file: Path) -> Iterator[Case]:
    reader = YAML(typ="safe", pure=True)
    for number, written in enumerate(reader.load(file.read_text(encoding="utf-8")), 1):
        key = f"{file.stem}_{number}"
        filled = _filled(written, key)
        yield Case(
            rule=file.stem,
            name=written["name"],
            key=key,
            properties=_properties(filled["yaml"], key),
            sql={f"{key}__{name}": text for name, text in filled.get("sql", {}).items()},
            ddl=filled.get("ddl", ""),
            after=filled.get("after", ""),
            findings=filled["findings"],
            from_dir=filled.get("dir", filled["findings"]),
            denied=filled.get("denied"),
            made_for=filled.get("made_for", f"model.cases.{key}__gone"),
        )


def _filled(value: Any, key: str) -> Any:
    if isinstance(value, str):
        return value.replace("${DB}", key).replace("${CASE}", key)
    if isinstance(value, list):
        return [_filled(item, key) for item in value]
    return {name: _filled(item, key) for name, item in value.items()} if isinstance(value, dict) else value


def _properties(written: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for section in ("models", "seeds", "snapshots"):
        if section in written:
            found[section] = [_renamed(node, key) for node in written[section]]
    if "sources" in written:
        found["sources"] = [{"name": key, "schema": key, **source} for source in written["sources"]]
    return found


def _renamed(node: dict[str, Any], key: str) -> dict[str, Any]:
    config = {"schema": key, "alias": node["name"], **node.get("config", {})}
    return {**node, "name": f"{key}__{node['name']}", "config": config}


def sent(case: Case, statement: str) -> str:
    """A statement as it was sent: dbt puts a comment in front of what it sends."""
    mark = {"app": "dbt", "dbt_version": "1.12.0", "node_id": case.made_for}
    return f"/* {json.dumps(mark)} */\n{statement}" if case.made_for else statement


def write_project(folder: Path, cases: list[Case]) -> None:
    """The dbt project of all cases, with our dbt package beside it."""
    texts = {
        "dbt_project.yml": _PROJECT + f"vars: {json.dumps({'dbee': {'rules': ASKED_FOR}})}\n",
        "profiles.yml": _PROFILE,
        "packages.yml": f"packages: [{{local: '{dbt_package_root().as_posix()}'}}]\n",
        "macros/own.sql": _MACROS,
    }
    for case in cases:
        texts.update(_case_files(case))
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _case_files(case: Case) -> Iterator[tuple[str, str]]:
    yield f"models/{case.key}/properties.yml", _yaml(case.properties)
    for model in case.properties.get("models", ()):
        yield f"models/{case.key}/{model['name']}.sql", case.sql.get(model["name"], "select 1 as x")
    for seed in case.properties.get("seeds", ()):
        yield f"seeds/{case.key}/{seed['name']}.csv", "a\n1\n"
    yield f"ddl/{case.key}.sql", f'CREATE DATABASE "{case.database}" AS PERM = 1e6;\n{case.ddl}\n'


def _yaml(properties: dict[str, Any]) -> str:
    import json

    text = json.dumps({"version": 2, **properties}, indent=1, default="@{}@".format)  # JSON is YAML
    return text.replace('"@', "").replace('@"', "")  # dates stand without quotes, as people write them


def parameters(wanted: Callable[[Case], bool] = lambda case: True) -> list[Any]:
    return [pytest.param(case, id=f"{case.rule}: {case.name}") for case in all_cases() if wanted(case)]
