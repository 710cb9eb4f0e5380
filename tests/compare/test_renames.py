"""One object, or column, that went and one that came: a rename where all else is the same and nobody else is meant."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dbee_dbt.catalogs.live import read_live
from dbee_dbt.compare.changes import Changes
from dbee_dbt.compare.objects import compare
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.names import identifier
from dbee_dbt.model.objects import CatalogObject, CodeObject, Column, Constraint, Definition, Table, View
from dbee_dbt.model.types import DataType
from tests.catalogs.systems import LoggedSession, system
from tests.compare.pictures import EXAMPLES, MACRO, MUTATIONS, PROCEDURE, SPACE, TABLE, VIEW, catalog, from_dictionary


def kinds(found: Changes) -> list[tuple[str, str]]:
    return [(change.name, change.kind) for change in found.changes]


NEVER_RENAMED = ("database", "join index", "hash index")


def named(found: CatalogObject, name: str) -> CatalogObject:
    """The object under another name, in its text too."""
    assert isinstance(found, Table | View | CodeObject | Definition)
    if isinstance(found, Table | Definition):
        return replace(found, name=name)
    assert found.text is not None
    return replace(found, name=name, text=found.text.replace(f"SALES.{found.name}", identifier(name)))


class TestObjects:
    @pytest.mark.parametrize("found", [TABLE, VIEW, MACRO, PROCEDURE], ids=lambda found: found.kind)
    def test_another_name_alone_is_a_rename(self, found: CatalogObject) -> None:
        changes = compare(catalog(SPACE, found), catalog(SPACE, named(found, "New One")))
        [change] = changes.changes
        assert (change.kind, change.name, change.old_name) == (
            "renamed", 'SALES."New One"', f"SALES.{found.name}",
        )  # fmt: skip
        assert (change.key.name, change.old_key and change.old_key.name) == ("NEW ONE", found.name)
        assert (changes.compared, changes.exit_code) == (2, 1)

    @pytest.mark.parametrize("path", [path for path in MUTATIONS if not path.startswith(NEVER_RENAMED)])
    def test_with_any_other_facet_it_is_another_object(self, path: str) -> None:
        before = EXAMPLES[path.partition(".")[0]]
        after = MUTATIONS[path](named(before, "NEW_ONE"))
        if path in ("view.text", "code.text"):
            after = replace(after, name="NEW_ONE")
        assert {change.kind for change in compare(catalog(before), catalog(after)).changes} == {"removed", "added"}

    def test_two_that_could_be_meant_are_no_rename(self) -> None:
        one, two = named(TABLE, "ONE"), named(TABLE, "TWO")
        assert kinds(compare(catalog(TABLE), catalog(one, two))) == [
            ("SALES.ONE", "added"), ("SALES.ORDERS", "removed"), ("SALES.TWO", "added"),
        ]  # fmt: skip
        assert kinds(compare(catalog(one, two), catalog(TABLE))) == [
            ("SALES.ONE", "removed"), ("SALES.ORDERS", "added"), ("SALES.TWO", "removed"),
        ]  # fmt: skip

    def test_each_of_several_that_are_told_apart_is_a_rename(self) -> None:
        def tables(*names: str) -> Catalog:
            return catalog(*(replace(TABLE, name=name, comment=name[-1]) for name in names))

        assert kinds(compare(tables("A1", "A2"), tables("B1", "B2"))) == [
            ("SALES.B1", "renamed"), ("SALES.B2", "renamed"),
        ]  # fmt: skip

    def test_another_database_or_kind_is_no_rename(self) -> None:
        assert {kind for _, kind in kinds(compare(catalog(TABLE), catalog(replace(TABLE, database="OTHER"))))} == {
            "removed", "added",
        }  # fmt: skip
        for kind in ("join index", "function"):
            before = replace(MACRO, kind=kind)
            assert {change.kind for change in compare(catalog(before), catalog(replace(before, name="N"))).changes} == {
                "removed", "added",
            }  # fmt: skip

    def test_text_that_cannot_be_read_tells_no_rename(self) -> None:
        unread = replace(MACRO, text=None)
        assert len(compare(catalog(unread), catalog(replace(unread, name="N"))).changes) == 2

    def test_what_may_only_be_hidden_was_not_renamed(self) -> None:
        seen = replace(catalog(named(TABLE, "NEW_ONE")), partial=True)
        found = compare(catalog(TABLE), seen)
        assert kinds(found) == [("SALES.NEW_ONE", "added")]
        assert [entry.name for entry in found.not_checked] == ["SALES.ORDERS"]

    def test_facets_that_one_side_does_not_tell_are_counted(self) -> None:
        found = compare(catalog(TABLE), catalog(from_dictionary(named(TABLE, "NEW_ONE"))))
        assert kinds(found) == [("SALES.NEW_ONE", "renamed")]
        assert {entry.facet: entry.count for entry in found.not_compared}["option.checksum"] == 1


class TestColumns:
    def renamed(self, **fields: object) -> Table:
        first, note, amount = TABLE.columns
        return replace(TABLE, columns=(first, note, replace(amount, name="Sum of it", **fields)), constraints=())

    def test_another_name_in_the_same_place_is_a_rename(self) -> None:
        [change] = compare(catalog(replace(TABLE, constraints=())), catalog(self.renamed())).changes[0].facets
        assert (change.facet, change.part, change.kind, change.before, change.after) == (
            "column", "Sum of it", "renamed", "AMOUNT", "Sum of it",
        )  # fmt: skip

    def test_with_any_other_facet_it_is_another_column(self) -> None:
        other = self.renamed(comment="the sum")
        found = compare(catalog(replace(TABLE, constraints=())), catalog(other)).changes[0].facets
        assert [(change.part, change.kind) for change in found] == [("AMOUNT", "removed"), ("Sum of it", "added")]

    def test_in_another_place_it_is_another_column(self) -> None:
        first, note, amount = TABLE.columns
        moved = replace(TABLE, columns=(first, replace(amount, name="SUM_"), note), constraints=())
        found = compare(catalog(replace(TABLE, constraints=())), catalog(moved)).changes[0].facets
        assert [(change.part, change.kind) for change in found] == [("AMOUNT", "removed"), ("SUM_", "added")]

    def test_a_column_whose_type_nobody_knows_is_no_rename(self) -> None:
        other = replace(VIEW, columns=(VIEW.columns[0], Column(name="C")))
        assert "renamed" not in {change.kind for change in compare(catalog(VIEW), catalog(other)).changes[0].facets}


def live(session: LoggedSession) -> Catalog:
    return read_live(session, ObjectFilter(include=("D",)), address="td:x")


def test_what_a_system_renames_is_renamed() -> None:
    session = system(
        "CREATE DATABASE D AS PERM = 1e9",
        "CREATE TABLE D.T (A INTEGER, B INTEGER CHECK (B > 0), C DATE) PRIMARY INDEX (A)",
        "CREATE VIEW D.V AS SELECT A FROM D.T",
        "CREATE MACRO D.M AS (SELECT 1;)",
        "CREATE PROCEDURE D.P () BEGIN DECLARE x INTEGER; SET x = 1; END",
    )
    before = live(session)
    for statement in (
        "RENAME TABLE D.T TO D.T_old",
        "RENAME VIEW D.V TO D.V_old",
        "RENAME MACRO D.M TO D.M_old",
        "RENAME PROCEDURE D.P TO D.P_old",
    ):
        session.rows(statement)
    assert [(change.name, change.old_name) for change in compare(before, live(session)).changes] == [
        ("D.M_old", "D.M"), ("D.P_old", "D.P"), ("D.T_old", "D.T"), ("D.V_old", "D.V"),
    ]  # fmt: skip
    before = live(session)
    session.rows("ALTER TABLE D.T_old RENAME C TO Day_")
    [change] = compare(before, live(session)).changes
    assert [(facet.kind, facet.before, facet.after) for facet in change.facets] == [("renamed", "C", "Day_")]


KEYS = {
    "primary key": Constraint(kind="primary key", columns=("A", "B")),
    "other columns": Constraint(kind="primary key", columns=("B", "A")),
    "unique": Constraint(kind="unique", columns=("A", "B")),
    "one column": Constraint(kind="primary key", columns=("A",)),
}


class TestReferences:
    """``REFERENCES p`` means the primary key of p, as the dictionary spells it."""

    def catalog(self, columns: tuple[str, ...], key: str | None = "primary key", parent: str = "P") -> Catalog:
        child = Table(
            database="D",
            name="C",
            columns=tuple(Column(name=name, type=DataType("INTEGER")) for name in ("X", "Y")),
            constraints=(
                Constraint(kind="foreign key", columns=("X", "Y"), parent=("D", parent), parent_columns=columns),
            ),
        )
        return catalog(child, *([Table(database="D", name="P", constraints=(KEYS[key],))] if key else []))

    def definition(self, one: Catalog, other: Catalog) -> str:
        """How the definition of the reference compares."""
        told = Catalog(address="x", objects={key: one.objects[key] for key in one.objects if key.name == "C"})
        found = compare(one, other)
        unknown = {entry.facet for entry in found.not_compared if entry.reason == "unknown"}
        if "constraint.definition" in unknown:
            return "unknown"
        changes = [change for change in found.changes if change.key in told.objects]
        return "differs" if changes else "same"

    @pytest.mark.parametrize(
        ("key", "verdict"),
        [("primary key", "same"), ("other columns", "differs"), ("unique", "unknown"), ("one column", "unknown"), (None, "unknown")],
    )  # fmt: skip
    def test_columns_that_are_not_written(self, key: str | None, verdict: str) -> None:
        short, spelled = self.catalog((), key), self.catalog(("a", "b"), "primary key")
        assert self.definition(short, spelled) == self.definition(spelled, short) == verdict

    def test_written_on_neither_side_they_are_the_same_ones(self) -> None:
        assert self.definition(self.catalog((), None), self.catalog((), None)) == "same"

    def test_another_parent_differs_whoever_names_columns(self) -> None:
        assert self.definition(self.catalog((), None), self.catalog(("A", "B"), None, parent="Q")) == "differs"


def test_the_emulators_dictionary_spells_out_the_primary_key_of_the_parent() -> None:
    session = system(
        "CREATE DATABASE D AS PERM = 1e9",
        "CREATE TABLE D.P (A INTEGER NOT NULL, B INTEGER NOT NULL, PRIMARY KEY (B, A))",
        "CREATE TABLE D.C (X INTEGER, Y INTEGER, FOREIGN KEY (X, Y) REFERENCES D.P) PRIMARY INDEX (X)",
    )
    child = next(found for found in live(session) if isinstance(found, Table) and found.name == "C")
    [key] = child.constraints
    assert dict(zip(key.columns, key.parent_columns, strict=True)) == {"X": "B", "Y": "A"}
