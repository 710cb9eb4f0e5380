"""Text from a database enters SQL, YAML and Jinja unharmed: what is read back is what was there."""

from __future__ import annotations

import jinja2
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.names import identifier
from dbee_dbt.model.reserved import RESERVED

BRIDGE = Bridge()
WORDS = BRIDGE.call("dbee_reserved_words")

letters = st.text(st.sampled_from("aZ0_ #$%{}\"'\\\r\n\t.,:é\u202e\U0001f600"), min_size=1, max_size=12)
texts = letters | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
one_line_end = texts.filter(lambda text: not text.endswith(("\n", "\r")))  # Jinja drops the last line end of a template


def rendered(template: str) -> str:
    return jinja2.Environment().from_string(template).render()


@given(one_line_end)
@example("{{ config() }}")
@example("{# open")
@example("{{{%{#")
@example("a\rb\r\nc")
def test_jinja_leaves_escaped_text_as_it_is(text: str) -> None:
    assert rendered(BRIDGE.call("dbee_jinja_text", text)) == text


@given(one_line_end)
@example("{{ \u202e }}")
def test_a_name_in_a_model_is_the_name_and_all_of_it_is_seen(name: str) -> None:
    template = BRIDGE.call("dbee_template_text", name)
    assert rendered(template) == name
    assert template.replace("\n", "").replace("\t", "").isprintable()


@given(texts)
@example('it\'s "both" \\ and {{ x }} \n')
def test_a_jinja_string_is_its_text(text: str) -> None:
    assert rendered("{{ " + BRIDGE.call("dbee_jinja_string", text) + " }}") == text


@given(one_line_end)
@example("\U0001f600 {{")
@example("null")
@example("1e3")
@example("a: b # c")
@example("\u202eoverride\u2028\x85\ufeff")
def test_a_yaml_scalar_is_its_text_once_dbt_has_rendered_it(text: str) -> None:
    for macro in ("dbee_yaml_text", "dbee_yaml_quoted"):
        scalar = BRIDGE.call(macro, text)
        assert "\n" not in scalar
        assert rendered(yaml.load(f"- name: {scalar}", Loader=yaml.CSafeLoader)[0]["name"]) == text


def test_plain_yaml_is_kept_for_what_people_read() -> None:
    for text in ("customer_id", "VARCHAR(10) CHARACTER SET UNICODE", "DECIMAL(12,2)", "TIMESTAMP(0) WITH TIME ZONE"):
        assert BRIDGE.call("dbee_yaml_text", text) == text


def test_what_cannot_be_seen_is_spelled_out_in_yaml() -> None:
    assert BRIDGE.call("dbee_yaml_quoted", "a\u202eb\x1b\U000e0041") == r'"a\u202eb\x1b\U000e0041"'


@pytest.mark.parametrize("comment", [None, "", " \r\n "])
def test_no_comment_is_no_description(comment: str | None) -> None:
    assert BRIDGE.call("dbee_yaml_description", comment) is None


def test_lines_of_a_comment_end_alike() -> None:
    assert BRIDGE.call("dbee_yaml_description", " a\rb\r\nc ") == r'"a\nb\nc"'


def test_both_worlds_know_the_same_reserved_words() -> None:
    assert set(WORDS) == RESERVED


@given(
    st.text(max_size=8)
    | st.sampled_from(sorted(RESERVED)).map(str.lower)
    | st.from_regex(r"[\w#$]{1,8}", fullmatch=True)
)
def test_a_name_is_quoted_where_the_model_quotes_it(name: str) -> None:
    assert BRIDGE.call("dbee_sql_name", name, WORDS) == identifier(name)
