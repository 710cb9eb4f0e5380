"""The bridge calls macros as dbt does: by name, through one another, with return, do and caller."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import MacroError, UsageError


def package(folder: Path, **files: str) -> Path:
    """A dbt package of these files of macros."""
    for room in ("macros", "validators", "generators"):
        (folder / room).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "macros" / f"{name}.sql").write_text(text, encoding="utf-8")
    return folder


def bridge(folder: Path, text: str, **settings: Any) -> Bridge:
    return Bridge(package_root=package(folder, macros=text), **settings)


def test_return_gives_the_value_and_ends_the_macro(tmp_path: Path) -> None:
    found = bridge(tmp_path, "{% macro m(x) %}{{ return({'x': [x]}) }}{{ 1 / 0 }}{% endmacro %}")
    assert found.call("m", 1) == {"x": [1]}


def test_without_return_the_rendered_text_is_given(tmp_path: Path) -> None:
    assert bridge(tmp_path, "{% macro m(x, y='b') %}{{ x }}-{{ y }}{% endmacro %}").call("m", "a", y="c") == "a-c"


def test_return_inside_a_called_macro_ends_only_that_one(tmp_path: Path) -> None:
    text = "{% macro outer() %}[{{ inner() }}]{% endmacro %}{% macro inner() %}{{ return(7) }}{% endmacro %}"
    assert bridge(tmp_path, text).call("outer") == "[7]"


def test_a_call_block_reaches_its_macro_as_caller(tmp_path: Path) -> None:
    text = (
        "{% macro wrap() %}<{{ caller() }}>{% endmacro %}{% macro m() %}{% call wrap() %}x{% endcall %}{% endmacro %}"
    )
    assert bridge(tmp_path, text).call("m") == "<x>"


def test_do_changes_a_list_in_place(tmp_path: Path) -> None:
    text = "{% macro m() %}{% set a = [] %}{% do a.append(1) %}{{ return(a) }}{% endmacro %}"
    assert bridge(tmp_path, text).call("m") == [1]


def test_macros_are_found_by_name_at_run_time(tmp_path: Path) -> None:
    text = """{% macro one() %}{{ return(1) }}{% endmacro %}
    {% macro m(name) %}{{ return([context[name](), dbee_dbt[name](), name in context]) }}{% endmacro %}"""
    assert bridge(tmp_path, text).call("m", "one") == [1, 1, True]


def test_what_stands_between_macros_does_nothing(tmp_path: Path) -> None:
    assert (
        bridge(tmp_path, "{{ 1 / 0 }}{% set x = 1 %}{% macro m() %}{{ x is defined }}{% endmacro %}").call("m")
        == "False"
    )


def test_blocks_that_are_dbts_alone_are_passed_over(tmp_path: Path) -> None:
    text = """
    {% materialization own, adapter='teradata', supported_languages=['sql'] %}{% set x = this.x %}{% endmaterialization %}
    {% test odd(model, column_name) %}select * from {{ model }}{% if x %}{% endif %}{% endtest %}
    {% macro m() %}{% for i in range(9) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}{% endmacro %}
    {%- snapshot s -%}{{ config(x=1) }} select 1{%- endsnapshot -%}
    """
    assert bridge(tmp_path, text).call("m") == "01"


def test_var_log_and_json(tmp_path: Path) -> None:
    logged: list[str] = []
    text = """{% macro m() %}{% do log('hello', info=true) %}{{ return(fromjson(tojson(var('dbee', {})))) }}{% endmacro %}
    {% macro needs() %}{{ var('absent') }}{% endmacro %}"""
    found = bridge(tmp_path, text, variables={"dbee": {"dictionary": "VX"}}, log=logged.append)
    assert found.call("m") == {"dictionary": "VX"}
    assert logged == ["hello"]
    with pytest.raises(MacroError, match="Required var 'absent' not found"):
        found.call("needs")


def test_a_macro_of_the_project_wins_and_is_reported(tmp_path: Path) -> None:
    root = package(
        tmp_path / "ours",
        rules="{% macro dbee_rule__x() %}{{ return('ours') }}{% endmacro %}"
        "{% macro m() %}{{ return([dbee_rule__x(), dbee_dbt['dbee_rule__x']()]) }}{% endmacro %}",
    )
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a.sql").write_text(
        "{% macro dbee_rule__x() %}{{ return('theirs') }}{% endmacro %}{% macro dbee_rule__y() %}{{ return(helper()) }}{% endmacro %}"
    )
    (theirs / "b.sql").write_text("{% macro helper() %}{{ return(3) }}{% endmacro %}")
    (theirs / "c.sql").write_text("{% materialization x, default %}{% endmaterialization %}")
    found = Bridge(package_root=root, project_macro_dirs=[theirs])
    assert found.call("m") == ["theirs", "ours"]
    assert found.call("dbee_rule__y") == 3
    assert found.overridden == ("dbee_rule__x",)
    assert found.macros["dbee_rule__y"].path == theirs / "a.sql"


def test_the_query_function_stands_for_the_macro(tmp_path: Path) -> None:
    text = "{% macro m() %}{{ return(dbee_query('SELECT 1')) }}{% endmacro %}{% macro dbee_query(sql) %}{{ 1 / 0 }}{% endmacro %}"
    assert bridge(tmp_path, text, query=lambda sql: [{"sql": sql}]).call("m") == [{"sql": "SELECT 1"}]


def test_without_a_database_a_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="asked the database"):
        bridge(tmp_path, "{% macro m() %}{{ return(dbee_query('SELECT 1')) }}{% endmacro %}").call("m")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{% do exceptions.raise_compiler_error('so not') %}", "so not"),
        ("\n\n{{ nobody_wrote_this(1) }}", "'nobody_wrote_this' is undefined"),
        ("\n\n{{ 1 + none }}", "unsupported operand"),
        ("\n\n{{ 'a'.join }}{{ 1 // 0 }}", "by zero"),
    ],
)
def test_a_failure_names_the_macro_and_its_place(tmp_path: Path, body: str, message: str) -> None:
    found = bridge(tmp_path, "{% macro m() %}" + body + "{% endmacro %}")
    with pytest.raises(MacroError, match=message) as raised:
        found.call("m")
    assert raised.value.subject == "m"
    if body.startswith("\n\n"):
        assert raised.value.place == f"{tmp_path / 'macros' / 'macros.sql'}:3"


def test_macros_cannot_reach_python_behind_a_value(tmp_path: Path) -> None:
    text = "{% macro m() %}{{ ''.__class__.__mro__ }}{{ return.__globals__ }}{% endmacro %}"
    assert bridge(tmp_path, text).call("m") == ""


def test_methods_of_plain_values_take_a_short_way_that_leads_nowhere_else(tmp_path: Path) -> None:
    text = """{% macro m(d) %}{% do d.update({'b': 2}) %}
    {{ return([d.a, d.b, d.c is defined, d['b'], d.get('z', 0), 'x'.upper(), '{0.__class__}'.format(d.keys)]) }}
    {% endmacro %}"""
    assert bridge(tmp_path, text).call("m", {"a": 1}) == [1, 2, False, 2, 0, "X", ""]


def test_an_unknown_name_is_empty_as_in_dbt(tmp_path: Path) -> None:
    text = "{% macro m(x) %}{{ return([x.a.b is defined, (x.a or 1), x['q'] | length]) }}{% endmacro %}"
    assert bridge(tmp_path, text).call("m", {}) == [False, 1, 0]


def test_a_file_that_is_no_jinja_says_where(tmp_path: Path) -> None:
    with pytest.raises(MacroError) as raised:
        bridge(tmp_path, "{% macro m() %}\n{% if %}{% endif %}{% endmacro %}").call("m")
    assert raised.value.line == 2


def test_a_macro_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(MacroError, match="no dbt macro"):
        bridge(tmp_path, "").call("m")


def test_every_macro_of_the_package_compiles() -> None:
    found = Bridge()
    assert "dbee_type_text" in found.macros
    for name, macro in found.macros.items():
        macro._file.macro(name)
