"""Facets: what an absent clause means under the catalog's defaults, what stays unknown, and what is equal."""

from typing import Any

import pytest
from msgspec.structs import replace

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.model.catalog import UNKNOWN, Defaults
from dbee_dbt.model.facets import FACETS, facet_values
from dbee_dbt.model.objects import CatalogObject

TERA = Defaults(
    session_mode="TERA",
    charset="LATIN",
    dateform="INTEGERDATE",
    map="TD_MAP1",
    fallback={"D": True},
    journal={"D": ("NO", "DUAL")},
)
ANSI = replace(TERA, session_mode="ANSI", charset="UNICODE", dateform="ANSIDATE", fallback={"D": False})


def parsed(text: str) -> CatalogObject:
    (found,) = assemble([("x.sql", text)]).objects
    return found


def facets(text: str, defaults: Defaults) -> dict[str, Any]:
    """Facet values, those of the first column by their bare path."""
    found: dict[str, Any] = {}
    for value in facet_values(parsed(text), defaults):
        found.setdefault(value.facet.path, value.value)
    return found


ABSENT = [
    ("table.set_kind", "SET", "MULTISET"),
    ("option.fallback", True, False),
    ("option.before_journal", "NO", "NO"),
    ("option.after_journal", "DUAL", "DUAL"),
    ("option.map", "TD_MAP1", "TD_MAP1"),
    ("column.charset", "LATIN", "UNICODE"),
    ("column.case_specific", False, True),
]


@pytest.mark.parametrize(("path", "tera", "ansi"), ABSENT)
def test_an_absent_clause_means_what_the_defaults_say(path: str, tera: object, ansi: object) -> None:
    text = "CREATE TABLE d.t (a VARCHAR(5))"
    assert facets(text, TERA)[path] == tera
    assert facets(text, ANSI)[path] == ansi
    assert facets(text, Defaults())[path] is UNKNOWN


def test_the_format_of_a_date_rests_on_the_dateform() -> None:
    assert facets("CREATE TABLE d.t (a DATE)", TERA)["column.format"] is None
    assert facets("CREATE TABLE d.t (a DATE FORMAT 'yyyy-mm-dd')", ANSI)["column.format"] is None
    assert facets("CREATE TABLE d.t (a DATE FORMAT 'YYYY-MM-DD')", TERA)["column.format"] == "YYYY-MM-DD"
    assert facets("CREATE TABLE d.t (a DATE)", Defaults())["column.format"] is UNKNOWN


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("CREATE TABLE d.t (a INT, b INT) PRIMARY INDEX (b)", ("primary index", False, ("b",))),
        ("CREATE TABLE d.t (a INT, b INT NOT NULL PRIMARY KEY)", ("primary index", True, ("b",))),
        ("CREATE TABLE d.t (a INT, b INT NOT NULL UNIQUE)", ("primary index", True, ("b",))),
        ("CREATE TABLE d.t (a INT NOT NULL UNIQUE, b INT NOT NULL, PRIMARY KEY (b))", ("primary index", True, ("b",))),
        ("CREATE TABLE d.t (a INT, b INT)", ("primary index", False, ("a",))),
        ("CREATE TABLE d.t (a INT) NO PRIMARY INDEX", ("no primary index", False, ())),
    ],
)
def test_the_primary_index_follows_from_the_keys(text: str, index: object) -> None:
    assert facets(text, Defaults())["table.primary_index"] == index


def test_a_table_without_a_primary_index_is_multiset() -> None:
    assert facets("CREATE TABLE d.t (a INT) NO PRIMARY INDEX", Defaults())["table.set_kind"] == "MULTISET"


EQUAL = [
    ("CREATE TABLE d.t (a INT)", "CREATE TABLE d.T (A INTEGER NULL)"),
    ("CREATE TABLE d.t (a INT COMPRESS (1, 2))", "CREATE TABLE d.t (a INT COMPRESS (2, NULL, 1))"),
    ("CREATE TABLE d.t (a INT COMPRESS)", "CREATE TABLE d.t (a INT COMPRESS NULL)"),
    ("CREATE TABLE d.t (a VARCHAR(20))", "CREATE TABLE d.t (a VARCHAR(20) FORMAT 'X(20)')"),
    ("CREATE TABLE d.t (a VARCHAR(20) FORMAT 'x(5)')", "CREATE TABLE d.t (a VARCHAR(20) FORMAT 'X(5)')"),
    ("CREATE TABLE d.t (a INT)", "CREATE TABLE d.t (a INT FORMAT '-(10)9' TITLE 'a')"),
    ("CREATE TABLE d.t (a INT)", "CREATE TABLE d.t, CHECKSUM = DEFAULT, DEFAULT MERGEBLOCKRATIO, NO BEFORE JOURNAL (a INT)"),
    ("CREATE TABLE d.t (a INT DEFAULT NULL)", "CREATE TABLE d.t (a INT)"),
    ("CREATE TABLE d.t (a DECIMAL(5,2) DEFAULT 0)", "CREATE TABLE d.t (a DECIMAL(5,2) DEFAULT 0.00)"),
    ("CREATE TABLE d.t (a TIMESTAMP DEFAULT CURRENT_TIMESTAMP)", "CREATE TABLE d.t (a TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6))"),
    ('CREATE TABLE d.t (a INT, "B" INT) PRIMARY INDEX (A)', "CREATE TABLE d.t (A INT, b INT) PRIMARY INDEX (a)"),
    ("CREATE TABLE d.t (a INT CHECK (a > 0))", 'CREATE TABLE d.t (a INT CHECK (("A" GT 0)))'),
    ("CREATE TABLE d.t (a INT) PARTITION BY RANGE_N(a BETWEEN 1 AND 9 EACH 1)", "CREATE TABLE d.t (a INT) PARTITION BY (RANGE_N(A  BETWEEN 1  AND 9  EACH 1 ))"),
    ("CREATE TABLE d.t (a INT REFERENCES d.p (b))", "CREATE TABLE d.t (a INT, FOREIGN KEY (A) REFERENCES D.P (B))"),
]  # fmt: skip


def meaning(text: str) -> dict[tuple[str, str], object]:
    return {
        (value.facet.path, value.part.upper()): value.facet.same(value.value) if value.facet.same else value.value
        for value in facet_values(parsed(text), TERA)
        if value.facet.path != "table.primary_index_name"
    }


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_these_mean_the_same(left: str, right: str) -> None:
    assert meaning(left) == meaning(right)


DIFFERENT = [
    ("a INT", "a BIGINT", "column.type"),
    ("a DECIMAL(18,4)", "a DECIMAL(18,0)", "column.type"),
    ("a VARCHAR(5) CHARACTER SET UNICODE", "a VARCHAR(5) CHARACTER SET LATIN", "column.charset"),
    ("a CHAR(5)", "a VARCHAR(5)", "column.type"),
    ("a INT DEFAULT 0", "a INT DEFAULT 1", "column.default"),
    ("a VARCHAR(5) DEFAULT '0'", "a VARCHAR(5) DEFAULT '00'", "column.default"),
    ("a INT COMPRESS", "a INT", "column.compress"),
    ("a CHAR(1) CHECK (a = 'x')", "a CHAR(1) CHECK (a = 'X')", "column.checks"),
]


@pytest.mark.parametrize(("left", "right", "path"), DIFFERENT)
def test_these_differ_in_exactly_one_facet(left: str, right: str, path: str) -> None:
    before, after = (meaning(f"CREATE TABLE d.t ({column}) PRIMARY INDEX (a)") for column in (left, right))
    assert {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {path}


def test_paths_are_unique_and_every_facet_has_a_source() -> None:
    assert len({facet.path for facet in FACETS}) == len(FACETS)
    assert all(facet.sources for facet in FACETS)


def test_dictionary_rows_answer_only_for_the_facets_they_know() -> None:
    found = parsed("CREATE TABLE d.t (a INT)")
    told = replace(found, origin=replace(found.origin, source="dictionary"))
    paths = {value.facet.path for value in facet_values(told, TERA)}
    assert paths == {f.path for f in FACETS if "dictionary" in f.sources and f.group in ("table", "option", "column")}
