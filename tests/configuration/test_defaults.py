"""The defaults file: what it may say, and how it fills what a catalog does not know."""

from __future__ import annotations

import pytest

from dbee_dbt.compare.objects import compare
from dbee_dbt.configuration.defaults import read_defaults, with_defaults
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.model.objects import Column, Table
from dbee_dbt.model.types import DataType
from tests.compare.pictures import TABLE, catalog

FILE = """\
# production
session_mode: tera
charset: UNICODE
dateform: ANSIDATE
map: TD_MAP1
fallback:
  sales: true
  '*': false
journal: {'*': {before: NO, after: DUAL}}
"""


def test_every_default_can_be_stated() -> None:
    assert read_defaults(FILE, "d.yml") == Defaults(
        session_mode="TERA",
        charset="UNICODE",
        dateform="ANSIDATE",
        map="TD_MAP1",
        fallback={"SALES": True, "*": False},
        journal={"*": ("NO", "DUAL")},
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_an_empty_file_states_nothing(text: str) -> None:
    assert read_defaults(text, "d.yml") == Defaults()


BROKEN = {
    "an unknown key": ("charset: LATIN\ncollation: ASCII\n", 2, "'collation' is no default"),
    "an impossible word": ("session_mode: BTET\n", 1, "'BTET' is no session_mode"),
    "a word where a mapping belongs": ("charset: LATIN\nfallback: true\n", 2, "fallback has to be a mapping"),
    "neither true nor false": ("fallback:\n  A: true\n  B: maybe\n", 3, "'maybe' is neither true nor false"),
    "half a journal": ("journal:\n  A: {before: NO}\n", 2, "the keys before and after"),
    "an impossible journal": ("journal:\n  A: {before: LOCAL, after: NO}\n", 2, "'LOCAL' is no before"),
    "a map that is no name": ("map: 3\n", 1, "map has to be the name of a map"),
    "a list": ("- charset\n", 1, "has to be a mapping"),
    "no YAML": ("charset: LATIN\nmap: [\n", 3, "not YAML"),
    "the same key twice": ("charset: LATIN\ncharset: UNICODE\n", 2, "not YAML"),
}


@pytest.mark.parametrize(("text", "line", "what"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_defaults(text, "conf/d.yml")
    assert what in caught.value.what
    assert caught.value.place == f"conf/d.yml:{line}"


@pytest.mark.parametrize("text", ["map: 2024-99-99", "map: !!int x", "[" * 1000])
def test_values_that_no_yaml_can_hold(text: str) -> None:
    with pytest.raises(ConfigurationError, match="not YAML"):
        read_defaults(text, "d.yml")


def test_what_an_anchor_brings_in() -> None:
    text = "fallback:\n  <<: {A: true}\n  B: false\n"
    assert read_defaults(text, "d.yml").fallback == {"A": True, "B": False}
    with pytest.raises(ConfigurationError) as caught:
        read_defaults(text.replace("true", "maybe"), "d.yml")
    assert caught.value.place == "d.yml:1"


def test_what_a_catalog_knows_wins() -> None:
    known = catalog(TABLE, defaults=Defaults(charset="LATIN", fallback={"SALES": False}))
    filled = with_defaults(known, read_defaults(FILE, "d.yml")).defaults
    assert (filled.charset, filled.fallback["SALES"]) == ("LATIN", False)
    assert (filled.session_mode, filled.journal) == ("TERA", {"SALES": ("NO", "DUAL")})


def test_stated_defaults_make_a_comparison_possible() -> None:
    plain = Table(database="A", name="T", columns=(Column(name="C", type=DataType("VARCHAR", length=9)),))
    silent = catalog(plain, defaults=Defaults())
    assert len(compare(silent, silent).not_compared) == 7
    filled = with_defaults(silent, read_defaults(FILE, "d.yml"))
    assert compare(filled, filled).not_compared == ()
