"""The drift report: what a person reads, what a program reads, and that both say all."""

from __future__ import annotations

import json

from msgspec.structs import replace

from dbee_dbt.compare.changes import Drift, Hit
from dbee_dbt.compare.objects import compare
from dbee_dbt.model.catalog import Catalog, Defaults, Refusal
from dbee_dbt.model.facets import FACETS
from dbee_dbt.model.objects import Column, ObjectKey, PrimaryIndex
from dbee_dbt.model.types import DataType
from dbee_dbt.report.json import drift_json
from dbee_dbt.report.text import drift_text
from tests.compare.pictures import MACRO, MUTATIONS, TABLE, VIEW, catalog, from_dictionary

MOVED = replace(
    TABLE,
    columns=(TABLE.columns[0], replace(TABLE.columns[2], type=DataType("DECIMAL", precision=12, scale=2))),
    primary_index=PrimaryIndex(unique=True, columns=("ID",)),
)
BEFORE = catalog(TABLE, VIEW, MACRO, address="file:prod.json")
AFTER = catalog(MOVED, MUTATIONS["view.text"](VIEW), replace(VIEW, name="W"), address="td:prod")
HITS = {
    ObjectKey("table", "SALES", "ORDERS"): (
        Hit("model.shop.stg_orders", "stg_orders", "model"),
        Hit("exposure.shop.weekly", "weekly", "exposure"),
    ),
    ObjectKey("view", "SALES", "V"): (),
}
DRIFT = Drift(changes=compare(BEFORE, AFTER), project="shop", hits=HITS)

EXPECTED = """\
file:prod.json → td:prod

SALES.M  macro removed
  not in the dbt project shop

SALES.ORDERS  table altered
  table          primary index  PRIMARY INDEX (ID) → UNIQUE PRIMARY INDEX (ID)
  column AMOUNT  type           DECIMAL(10,2) → DECIMAL(12,2)
  column NOTE    removed        VARCHAR(40) CHARACTER SET LATIN
  reaches stg_orders, exposure weekly

SALES.V  view altered
  view  text  VIEW SALES.V AS SELECT A, B FROM SALES.T; → VIEW SALES.V AS SELECT A, B FROM SALES.U;
  reaches no model

SALES.W  view added
  not in the dbt project shop

not compared (not known, or rests on a default that is not: --defaults FILE): column.type 2, column.charset 2, column.format 2, column.case_specific 2
2 objects compared: 1 added, 1 removed, 2 altered
dbt project shop: 2 nodes reached
"""


def text_of(drift: Drift) -> str:
    return "".join(line.plain + "\n" for line in drift_text(drift))


def test_a_person_reads() -> None:
    assert text_of(DRIFT) == EXPECTED


def test_no_difference_is_one_line_and_no_project_is_said() -> None:
    same = catalog(TABLE, MACRO, address="file:prod.json")
    assert text_of(Drift(changes=compare(same, same))) == (
        "file:prod.json → file:prod.json\n\n2 objects compared: no difference\n"
        "no dbt project here: the models that a change reaches are not known\n"
    )


def test_what_was_not_compared_not_checked_and_not_read_is_said() -> None:
    silent = catalog(TABLE, MACRO, defaults=Defaults())
    silent = replace(silent, refusals=(Refusal("not SQL", "a.sql", 3),), skipped=("notes.txt",))
    hidden = catalog(TABLE, replace(MACRO, text=None), defaults=Defaults())
    lines = text_of(Drift(changes=compare(silent, hidden))).splitlines()
    assert "not checked: SALES.M (macro): its source text cannot be read (after)" in lines
    assert "not read: a.sql:3: not SQL" in lines
    assert any(line.startswith("not compared (not known") and "option.map 1" in line for line in lines)
    assert "not opened, their names do not say DDL: notes.txt" in lines
    assert "2 objects compared: 1 not checked, 1 not read" in lines


def test_what_no_dictionary_tells_is_one_line_and_what_is_lost_by_it_is_named() -> None:
    line = f"a dictionary does not tell {sum('dictionary' not in facet.sources for facet in FACETS)} facets"
    told = [from_dictionary(TABLE), from_dictionary(MACRO)]
    lines = text_of(Drift(changes=compare(catalog(*told), catalog(*told)))).splitlines()
    assert lines[2:4] == [f"{line} (docs/drift.md lists them)", "2 objects compared: no difference"]
    said = replace(TABLE, options=replace(TABLE.options, checksum="ON", block_compression="ALWAYS"))
    changes = compare(catalog(said, MACRO), catalog(*told))
    assert text_of(Drift(changes=changes)).splitlines()[2:4] == [
        "not compared (set on one side, and a dictionary does not tell): option.checksum 1, option.block_compression 1",
        f"{line} (docs/drift.md lists them)",
    ]
    listed = {entry["facet"]: entry["said"] for entry in json.loads(drift_json(Drift(changes=changes)))["not_compared"]}
    assert (listed["option.checksum"], listed["option.free_space"]) == (1, 0)


def test_objects_not_checked_for_one_reason_are_one_line() -> None:
    seen = replace(catalog(TABLE, address="td:prod"), partial=True)
    lines = text_of(Drift(changes=compare(catalog(TABLE, VIEW, MACRO), seen))).splitlines()
    assert (
        "not checked: 2 objects: SALES.M (macro), SALES.V (view): "
        "not visible in td:prod, which shows only what its user may access" in lines
    )


def test_statements_that_define_nothing_are_counted_by_kind() -> None:
    one = replace(catalog(TABLE), counted={"INSERT": 4, "grant": 1, "statistics": 12})
    drift = Drift(changes=compare(one, replace(catalog(TABLE), counted={"grant": 2})))
    lines = text_of(drift).splitlines()
    assert lines[2:4] == ["not compared: 3 grants, 12 statistics", "not part of a catalog: 4 INSERT"]
    assert json.loads(drift_json(drift))["statements"] == [
        {"kind": "INSERT", "count": 4, "why": "not part of a catalog"},
        {"kind": "grant", "count": 3, "why": "not compared"},
        {"kind": "statistics", "count": 12, "why": "not compared"},
    ]
    assert drift.changes.exit_code == 0


def test_hostile_names_and_values_do_not_reach_the_terminal() -> None:
    evil = replace(TABLE, name="A\x1b[31m\u202eB", comment="\x07")
    other = replace(evil, comment="\x1b]0;title\x07\n", columns=(*evil.columns, Column(name="C\r\nD")))
    shown = text_of(Drift(changes=compare(catalog(evil), catalog(other))))
    assert not set(shown) & {"\x1b", "\u202e", "\x07", "\r"}
    assert r"\x07 → \x1b]0;title\x07\n" in shown


def test_a_password_in_source_text_is_shown_nowhere() -> None:
    def authorization(user: str, password: str) -> Catalog:
        text = f"CREATE AUTHORIZATION SALES.A USER '{user}' PASSWORD '{password}'"
        return catalog(replace(MACRO, kind="authorization", name="A", text=text))

    assert compare(authorization("u", "hunter2"), authorization("u", "swordfish")).changes == ()
    drift = Drift(changes=compare(authorization("u", "hunter2"), authorization("v", "swordfish")))
    document = drift_json(drift)
    assert json.loads(document)["changes"][0]["change"] == "altered"
    for shown in (text_of(drift), document):
        assert "hunter2" not in shown
        assert "swordfish" not in shown


def test_two_long_values_are_cut_to_where_they_begin_to_differ() -> None:
    ranges = "RANGE_N(ID BETWEEN " + ", ".join(str(number) for number in range(60))
    before = replace(TABLE, partitioning=(ranges + " AND 70)",))
    after = replace(TABLE, partitioning=(ranges + " AND 80)",))
    shown = text_of(Drift(changes=compare(catalog(before), catalog(after))))
    assert "  level 1  definition  … 55, 56, 57, 58, 59 AND 70) → … 55, 56, 57, 58, 59 AND 80)" in shown.splitlines()


def test_a_program_reads_the_same_and_whole_values() -> None:
    document = json.loads(drift_json(DRIFT))
    assert document["schema_version"] == 1
    assert document["counts"] == {
        "compared": 2,
        "added": 1,
        "removed": 1,
        "altered": 2,
        "renamed": 0,
        "not_checked": 0,
        "not_read": 0,
    }
    orders = next(change for change in document["changes"] if change["name"] == "ORDERS")
    assert orders["reaches"] == ["model.shop.stg_orders", "exposure.shop.weekly"]
    assert orders["facets"][1] == {
        "facet": "column.type",
        "part": "AMOUNT",
        "change": "altered",
        "before": "DECIMAL(10,2)",
        "after": "DECIMAL(12,2)",
    }
    view = next(change for change in document["changes"] if change["name"] == "V")
    assert view["facets"][0]["before"] == VIEW.text
    assert document["exit_code"] == 1
