"""The SQL of a node without a database: what can be rendered is, and what cannot says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.project.impact.context import NotRenderedError
from dbee_dbt.project.impact.render import Rendered, renderer
from dbee_dbt.project.manifest import load_manifest
from dbee_dbt.session.options import ProjectOptions
from tests.project.impact.projects import write_project

PROJECT: dict[str, Any] = {
    "models": {
        "up": "select 1 as a",
        "inline": {"config": {"materialized": "ephemeral"}, "sql": "select 1 as a"},
        "odd": {"alias": 'We"ird name', "schema": "Ma rt", "sql": "select 1 as a"},
    },
    "sources": ["SALES.Orders"],
    "disabled": ["off"],
    "vars": {"day": "2024-01-01", "shop": {"own": 7}},
    "macros": {
        "twice": "{% macro twice(x) %}{{ once(x) }}, {{ once(x) }}{% endmacro %}",
        "once": "{% macro once(x) %}{{ return(x ~ ' + 0') }}{% endmacro %}",
        "teradata__day": "{% macro teradata__day() %}CURRENT_DATE{% endmacro %}",
        "default__day": "{% macro default__day() %}now(){% endmacro %}",
        "day": "{% macro day() %}{{ return(adapter.dispatch('day', 'shop')()) }}{% endmacro %}",
        "named": "{% macro named() %}{{ this.identifier }}{% endmacro %}",
        "wraps": "{% macro wraps() %}({{ caller() }}){% endmacro %}",
        "loops": "{% macro loops() %}{{ loops() }}{% endmacro %}",
    },
}


def forms(folder: Path, sql: str, **given: Any) -> tuple[Rendered, ...]:
    models = {**PROJECT["models"], "m": {"sql": sql, **given}}
    options: ProjectOptions = write_project(folder, {**PROJECT, "models": models})
    manifest = load_manifest(options)
    return renderer(manifest, options).forms(manifest.nodes["model.shop.m"])


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("select a from {{ ref('up') }}", 'select a from "MART"."up"'),
        ("select a from {{ ref('shop', 'up') }}", 'select a from "MART"."up"'),
        ("select a from {{ ref('inline') }}", "select a from __dbt__cte__inline"),
        ("select a from {{ ref('odd') }}", 'select a from "Ma rt"."We""ird name"'),
        ("select a from {{ source('raw', 'Orders') }}", 'select a from "SALES"."Orders"'),
        ("{{ config(materialized='table') }}{# why #}select 1 as a", "select 1 as a"),
        ("select {{ var('day') }}, {{ var('none', 1) }}, {{ var('own') }}", "select 2024-01-01, 1, 7"),
        ("select {{ twice('a') }}", "select a + 0, a + 0"),
        ("select {{ day() }}", "select CURRENT_DATE"),
        ("select '{{ named() }}', '{{ shop.named() }}'", "select 'm', 'm'"),
        ("select {% call wraps() %}a{% endcall %}", "select (a)"),
        ("{% set n = 2 %}select {% for i in range(n) %}c{{ i }}{{ ',' if not loop.last }}{% endfor %}", "select c0,c1"),
        ("select 1 {% if execute %}as a{% endif %}", "select 1 as a"),
        ("select {{ config.get('materialized') }}, {{ model.name }}", "select view, m"),
        ("{% raw %}select '{{'{% endraw %}", "select '{{'"),
        ("select a from {{ ref('up').include(database=false) }}", 'select a from "MART"."up"'),
        ("select 1{{ ''.__class__.__mro__ }}", "select 1"),
        ("select {{ modules.datetime.date(2024, 1, 2) }}", "select 2024-01-02"),
    ],
)
def test_what_is_rendered(tmp_path: Path, sql: str, text: str) -> None:
    (found,) = forms(tmp_path, sql)
    assert found.text == text


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("select {{ run_query('select 1') }}", "its Jinja asks the database (run_query)"),
        (
            "{% set x = adapter.get_relation('', 'S', 'T') %}select 1",
            "its Jinja asks the database (adapter.get_relation)",
        ),
        ("{% call statement('x') %}select 1{% endcall %}", "its Jinja asks the database (statement)"),
        ("select a from {{ ref('off') }}", "it reads off, which is disabled"),
        ("select a from {{ ref('nowhere') }}", "it reads nowhere, which is no node of the project"),
        ("select a from {{ source('raw', 'T') }}", "it reads raw.T, which is no node of the project"),
        ("select {{ var('unset') }}", "the variable unset is not set"),
        ("select {{ env_var('DBEE_NOT_SET') }}", "the environment has no DBEE_NOT_SET"),
        ("select '{{ env_var('DBT_ENV_SECRET_X', 'y') }}'", "it asks for a secret of the environment"),
        ("select {% if %}", "its Jinja cannot be rendered: Expected an expression, got 'end of statement block'"),
        ("select {{ unknown_macro(1) }}", "its Jinja cannot be rendered: 'unknown_macro' is undefined"),
        ("{{ exceptions.raise_compiler_error('no') }}", "its Jinja ends with an error: no"),
        ("select {{ loops() }}", "its Jinja calls itself too deeply"),
        ("select {{ 1 / 0 }}", "its Jinja cannot be rendered: division by zero"),
        ("", "the manifest does not hold its SQL"),
    ],
)
def test_what_is_not_says_why(tmp_path: Path, sql: str, reason: str) -> None:
    with pytest.raises(NotRenderedError) as raised:
        forms(tmp_path, sql)
    assert raised.value.reason.startswith(reason)


def test_a_target_that_no_profile_gives(tmp_path: Path) -> None:
    with pytest.raises(NotRenderedError, match=r"it asks for target\.schema, and the profile cannot be read"):
        forms(tmp_path, "select '{{ target.schema }}' as s")


def test_python_is_not_sql(tmp_path: Path) -> None:
    with pytest.raises(NotRenderedError, match="it is written in Python"):
        forms(tmp_path, "def model(dbt, session): ...", language="python")


def test_both_forms_of_an_incremental_model(tmp_path: Path) -> None:
    sql = "select 1 as a{% if is_incremental() %} from {{ this }}{% endif %}"
    assert [form.text for form in forms(tmp_path, sql)] == ["select 1 as a", 'select 1 as a from "MART"."m"']


def test_what_dbt_compiled_goes_first(tmp_path: Path) -> None:
    (found,) = forms(tmp_path, "select {{ run_query('x') }} as b", compiled_code="select a as b")
    assert (found.text, found.is_compiled) == ("select a as b", True)


@pytest.mark.parametrize(
    ("sql", "name", "place"),
    [
        ("select a,\n  gone from {{ ref('up') }}", "gone", "gone"),
        ("{{ config(tags=['x']) }}\nselect {{ twice('a') }}, gone", "gone", "gone"),
        ("{% for i in [1] %}select first, gone{% endfor %}", "gone", "gone"),
        ("select a from {{ ref('up') }}", '"MART"', "{{ ref"),
        ("select {{ once('made') }} as x", "made", None),
    ],
)
def test_where_a_name_stands_in_the_file(tmp_path: Path, sql: str, name: str, place: str | None) -> None:
    (found,) = forms(tmp_path, sql)
    assert found.raw_offset(found.text.index(name)) == (None if place is None else sql.index(place))
