"""Rows for any catalog, and objects from any rows: what the dictionary claims to know survives the way round."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from dbee_dbt.catalogs.objects import objects_of, read_compression
from dbee_dbt.catalogs.rows import Rows, rows
from dbee_dbt.model.catalog import UNKNOWN, Catalog, Defaults, catalog_of
from dbee_dbt.model.facets import FACETS, facet_values
from dbee_dbt.model.objects import (
    CatalogObject,
    Column,
    Compression,
    Constraint,
    PrimaryIndex,
    SecondaryIndex,
    Table,
)
from dbee_dbt.model.types import DataType
from tests.compare.pictures import EXAMPLES, KNOWN, MUTATIONS, catalog, catalogs

CLAIMED = [facet.path for facet in FACETS if "dictionary" in facet.sources]


def again(found: Rows, defaults: Defaults = KNOWN) -> Catalog:
    """The catalog of these rows."""
    return catalog_of("td:x", objects_of(found), defaults=defaults)


def values(found: CatalogObject, path: str) -> dict[str, Any]:
    """The values of one facet, by part."""
    return {each.part: each.value for each in facet_values(found, KNOWN) if each.facet.path == path}


def the_table(found: Catalog) -> Table:
    (table,) = (each for each in found if isinstance(each, Table))
    return table


@pytest.mark.parametrize("path", CLAIMED)
def test_every_facet_that_the_dictionary_claims_survives(path: str) -> None:
    changed = MUTATIONS[path](EXAMPLES[path.partition(".")[0]])
    (found,) = again(rows(catalog(changed)))
    facet = next(facet for facet in FACETS if facet.path == path)
    before, after = values(changed, path), values(found, path)
    assert before.keys() == after.keys()
    for part, value in before.items():
        assert value is not UNKNOWN
        assert facet.equal(value, after[part]), part


@given(catalogs())
def test_rows_of_a_catalog_made_from_rows_are_the_same_rows(picture: Catalog) -> None:
    names = [(key.database, key.name) for key in picture.objects if key.kind != "database"]
    assume(len(set(names)) == len(names))  # tables, views and macros share one name space
    first = rows(again(rows(picture), picture.defaults))  # the picture may be one that no system could hold
    assert rows(again(first, picture.defaults)) == first


NAMES = st.sampled_from(["A", "B", "b c", "Ä"])
COLUMNS = tuple(Column(name=name, type=DataType("INTEGER"), nullable=False) for name in ("A", "B", "b c", "Ä"))
LISTS = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
KEYS = st.builds(
    lambda kind, name, columns: Constraint(kind=kind, name=name, columns=columns),
    st.sampled_from(["primary key", "unique"]),
    st.none() | st.just("K1"),
    LISTS,
)
PRIMARY = st.none() | st.builds(
    lambda form, name, unique, columns: (
        PrimaryIndex(form=form)
        if form == "no primary index"
        else PrimaryIndex(form=form, name=name, unique=unique and form == "primary index", columns=columns)
    ),
    st.sampled_from(["primary index", "primary amp", "no primary index"]),
    st.none() | st.just("P1"),
    st.booleans(),
    LISTS,
)
SECONDARY = st.builds(
    lambda name, unique, columns, order: SecondaryIndex(
        name=name, unique=unique, columns=columns, order_by=(order, columns[0]) if order else None
    ),
    st.none() | st.just("I1"),
    st.booleans(),
    LISTS,
    st.sampled_from([None, "VALUES", "HASH"]),
)
TABLES = st.builds(
    lambda primary, keys, indexes: Table(
        database="D", name="T", columns=COLUMNS, primary_index=primary, constraints=tuple(keys), indexes=tuple(indexes)
    ),
    PRIMARY,
    st.lists(KEYS, max_size=3),
    st.lists(SECONDARY, max_size=2),
)


@given(TABLES)
def test_keys_and_indexes_are_told_apart_again(table: Table) -> None:
    first = rows(catalog(table))
    found = again(first)
    assert rows(found) == first
    assert values(the_table(found), "table.primary_index") == values(table, "table.primary_index")
    assert the_table(found).indexes == table.indexes


def test_numbers_of_indexes() -> None:
    table = Table(
        database="D", name="T", columns=COLUMNS,
        constraints=(Constraint(kind="unique", columns=("B",)), Constraint(kind="primary key", name="PK", columns=("A",))),
        indexes=(SecondaryIndex(columns=("b c",)),),
    )  # fmt: skip
    found = [(row["number"], row["name"], row["key"], row["columns"]) for row in rows(catalog(table)).indexes]
    assert found == [(1, "PK", "primary key", ["A"]), (4, None, "unique", ["B"]), (8, None, None, ["b c"])]


def test_what_is_unknown_is_none() -> None:
    table = Table(database="D", name="T", columns=(Column(name="C", type=DataType("CHAR", length=1)),))
    found = rows(catalog(table, defaults=Defaults()))
    assert found.relations[0]["set_kind"] is None
    assert found.relations[0]["fallback"] is None
    assert (found.columns[0]["type"], found.columns[0]["case_specific"]) == ("CHAR(1)", None)


def test_defaults_fill_in_what_a_definition_leaves_out() -> None:
    table = Table(database="SALES", name="T", columns=(Column(name="C", type=DataType("CHAR", length=1)),))
    found = rows(catalog(table, defaults=replace(KNOWN, session_mode="TERA", charset="UNICODE")))
    assert found.relations[0]["set_kind"] == "SET"
    assert (found.columns[0]["type"], found.columns[0]["case_specific"]) == ("CHAR(1) CHARACTER SET UNICODE", False)


@pytest.mark.parametrize(
    ("text", "compression"),
    [
        ("", Compression()),
        ("(1 ,2 ,3 )", Compression(values=("1", "2", "3"))),
        ("('A','B, C',')')", Compression(values=("'A'", "'B, C'", "')'"))),
        ("(.41 ,-2.50, NULL)", Compression(values=("0.41", "-2.5"))),
        ("(DATE '2020-01-01')", Compression(values=("DATE '2020-01-01'",))),
        ("'x'", Compression(values=("'x'",))),
        ("AUTO", Compression(auto=True)),
        ("USING F DECOMPRESS USING G", Compression(algorithm="F", reverse="G")),
    ],
)
def test_the_list_of_compressed_values(text: str, compression: Compression) -> None:
    assert read_compression(text) == compression
