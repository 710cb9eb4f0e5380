"""dbee.yml: what it may say, and what is refused with its line; the published schema says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from dbee_dbt.configuration.environments import FILE, SCHEMA, read_environments
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.environment import DatabaseMap, Environment
from dbee_dbt.model.errors import ConfigurationError, DbeeError

WHOLE = """\
environments:
  dev:
    target: development
    map:
      SALES: DEV_SALES
      'X_*': 'DEV_X_*'
  prod:
    defaults: {session_mode: TERA, fallback: {'*': true}, journal: {'*': {before: NO, after: DUAL}}}
  test:
"""

BROKEN = {
    "another key": ("environment: {}\n", 1, "Is environments meant?"),
    "a list": ("- environments\n", 1, "dbee.yml has to be a mapping"),
    "another key of an environment": ("environments:\n  dev:\n    targt: x\n", 3, "Is target meant?"),
    "an environment that is a text": ("environments:\n  dev: x\n", 2, "the environment dev has to be a mapping"),
    "a target that is none": ("environments:\n  dev:\n    target: [a]\n", 3, "target, not a list"),
    "a target that is a number": ("environments:\n  dev:\n    target: 3\n", 3, "target, not a number"),
    "an empty target": ("environments:\n  dev:\n    target: ''\n", 3, "not an empty text"),
    "a database without a name": (
        "environments:\n  dev:\n    map:\n      A:\n",
        4,
        "A has to be the name of a database",
    ),
    "a question mark": ("environments:\n  dev:\n    map:\n      'A?': B\n", 4, "no name of a database"),
    "a name that is too long": (f"environments:\n  dev:\n    map: {{A: {'B' * 129}}}\n", 3, "no name of a database"),
    "a map of a number": ("environments:\n  dev:\n    map: 3\n", 3, "map has to be a mapping"),
    "an unknown default": ("environments:\n  dev:\n    defaults: {charsets: x}\n", 3, "Is charset meant?"),
    "an impossible default": ("environments:\n  dev:\n    defaults:\n      charset: x\n", 4, "is no charset"),
}
BEYOND_THE_SCHEMA = {
    "one physical twice": ("environments:\n  dev:\n    map:\n      A: X\n      B: x\n", 5, "A and B are mapped to one"),
    "one logical twice": ("environments:\n  dev:\n    map:\n      A: X\n      a: Y\n", 5, "a is mapped twice"),
    "a star on one side": ("environments:\n  dev:\n    map:\n      'A*': X\n", 4, "a pattern holds one *"),
    "the same key twice": ("environments:\n  dev: {}\n  dev: {}\n", 3, "not YAML"),
    "a tab": ("environments:\n\tdev: {}\n", 2, "not YAML"),
}


def write(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_whole_file(tmp_path: Path) -> None:
    assert read_environments(write(tmp_path, WHOLE)) == {
        "dev": Environment(
            name="dev",
            target="development",
            databases=DatabaseMap((("SALES", "DEV_SALES"), ("X_*", "DEV_X_*"))),
        ),
        "prod": Environment(
            name="prod",
            target="prod",
            defaults=Defaults(session_mode="TERA", fallback={"*": True}, journal={"*": ("NO", "DUAL")}),
        ),
        "test": Environment(name="test", target="test"),
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "environments:\n"])
def test_an_empty_file_has_no_environments(tmp_path: Path, text: str) -> None:
    assert read_environments(write(tmp_path, text)) == {}


def test_without_a_file_there_are_none_unless_it_was_named(tmp_path: Path) -> None:
    assert read_environments(tmp_path) == {}
    with pytest.raises(ConfigurationError, match=r"dbee\.yml cannot be read"):
        read_environments(tmp_path, tmp_path / "other.yml")


@pytest.mark.parametrize(("text", "line", "what"), [*BROKEN.values(), *BEYOND_THE_SCHEMA.values()])
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(DbeeError) as caught:
        read_environments(write(tmp_path, text))
    assert (caught.value.line, caught.value.exit_code) == (line, 2)
    assert what in str(caught.value)
    assert str(tmp_path / FILE) in str(caught.value)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"environments: {d\xe9v: {}}\n")
    with pytest.raises(DbeeError, match=r"dbee\.yml is not UTF-8"):
        read_environments(tmp_path)


schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_schema_is_one_and_takes_what_is_right() -> None:
    Draft202012Validator.check_schema(schema.schema)
    for text in (WHOLE, "", "environments:\n"):
        assert list(schema.iter_errors(YAML(typ="safe").load(text))) == []


@pytest.mark.parametrize("text", [text for text, _, _ in BROKEN.values()], ids=BROKEN)
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    assert list(schema.iter_errors(YAML(typ="safe").load(text)))
