"""Options of generation: what is given, else what the project says, else the defaults; anything else is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import MacroError
from dbee_dbt.project.generate import GenerationOptions, generation_options
from dbee_dbt.session.options import ProjectOptions


def options(configured: object, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = Bridge(variables={"dbee": {"generate": configured}}).call("dbee_generation_options", given)
    return found


def test_both_worlds_have_the_same_defaults() -> None:
    assert convert(options(None), GenerationOptions) == GenerationOptions()


def test_what_is_given_wins_over_the_project_and_the_project_over_the_defaults() -> None:
    found = options({"prefix": "base_", "case": "lower"}, prefix="raw_", into=None)
    assert (found["prefix"], found["case"], found["into"]) == ("raw_", "lower", "models/staging")


def test_the_command_line_reads_what_the_project_says(tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text(
        "{name: p, version: '1.0', profile: p, vars: {dbee: {generate: {tests: [unique], into: 'models\\raw/'}}}}"
    )
    found = generation_options({"case": "upper", "into": None}, ProjectOptions(project_dir=tmp_path))
    assert found == GenerationOptions(case="upper", tests=("unique",), into="models/raw")


@pytest.mark.parametrize(
    ("configured", "said"),
    [
        ("x", "must be a dictionary"),
        ({"prefixes": "x"}, "there is no option prefixes; there are: into, prefix"),
        ({"prefix": "a b"}, "prefix may hold letters"),
        ({"prefix": 1}, "prefix must be a text"),
        ({"into": "../x"}, "into names no folder in the project"),
        ({"into": "/x"}, "into names no folder"),
        ({"into": "C:/x"}, "into names no folder"),
        ({"into": "\\"}, "into names no folder"),
        ({"materialized": "incremental"}, "materialized must be view or table, not incremental"),
        ({"case": ["lower"]}, "case must be keep or lower or upper"),
        ({"tests": "unique"}, "tests must be a list of: unique"),
        ({"tests": ["uniq"]}, "tests must be unique or not_null or relationships or accepted_values, not uniq"),
    ],
)
def test_what_is_not_known_is_refused_by_name(configured: object, said: str) -> None:
    with pytest.raises(MacroError, match="vars: dbee: generate:") as refused:
        options(configured)
    assert said in str(refused.value)
