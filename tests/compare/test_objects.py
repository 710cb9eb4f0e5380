"""Two catalogs, facet by facet: what differs is named, what is unknown is counted, and nothing else is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from dbee_dbt.compare.changes import Changes, Outside
from dbee_dbt.compare.objects import compare
from dbee_dbt.model.catalog import Catalog, Defaults, Look, ObjectFilter, Refusal, Scope
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.facets import FACETS
from dbee_dbt.model.objects import (
    CatalogObject,
    CodeObject,
    Column,
    Constraint,
    Definition,
    HashIndex,
    JoinIndex,
    Origin,
    PrimaryIndex,
    Stamp,
    Table,
    TableOptions,
)
from dbee_dbt.model.types import DataType
from tests.compare.pictures import EXAMPLES, MACRO, MUTATIONS, SPACE, TABLE, VIEW, catalog, catalogs, from_dictionary


def facets(found: Changes) -> list[str]:
    """``facet`` of every facet change, over all objects."""
    return [facet.facet for change in found.changes for facet in change.facets]


def skipped(found: Changes) -> dict[str, tuple[int, str]]:
    return {entry.facet: (entry.count, entry.reason) for entry in found.not_compared}


def test_every_facet_of_the_table_has_a_mutation() -> None:
    assert [facet.path for facet in FACETS] == list(MUTATIONS)


@pytest.mark.parametrize("path", MUTATIONS)
def test_changing_one_facet_gives_exactly_that_change(path: str) -> None:
    before = EXAMPLES[path.partition(".")[0]]
    after = MUTATIONS[path](before)
    found = compare(catalog(before), catalog(after))
    assert [change.kind for change in found.changes] == ["altered"]
    assert facets(found) == [path]
    assert found.changes[0].facets[0].before != found.changes[0].facets[0].after
    assert found.exit_code == 1


@given(catalogs())
def test_a_catalog_does_not_differ_from_itself(one: Catalog) -> None:
    assert compare(one, one).changes == ()


@given(catalogs(), catalogs())
def test_the_other_way_round_is_the_mirror_image(one: Catalog, other: Catalog) -> None:
    forth, back = compare(one, other), compare(other, one)
    assert _facts(forth, mirrored=True) == _facts(back)
    assert forth.not_compared == back.not_compared
    assert forth.compared == back.compared


def _facts(found: Changes, mirrored: bool = False) -> set[tuple[object, ...]]:
    opposite = {"added": "removed", "removed": "added"} if mirrored else {}
    facts: set[tuple[object, ...]] = set()
    for change in found.changes:
        names = (change.key, change.old_key) if mirrored else (change.old_key, change.key)
        facts.add((names if change.old_key else change.key, opposite.get(change.kind, change.kind)))
        for facet in change.facets:
            values = (facet.after, facet.before) if mirrored else (facet.before, facet.after)
            is_column = facet.facet.startswith("column") and facet.kind != "renamed"
            part = facet.part if is_column else ""  # others are shown by their old label, or the new one
            facts.add((change.key, facet.facet, part, opposite.get(facet.kind, facet.kind), *values))
    return facts


PARTS = {"column", "level", "index", "constraint", "parameter", "clause"}  # that come and go as a whole


@given(catalogs(), catalogs())
def test_every_facet_of_a_common_part_is_equal_different_or_counted(one: Catalog, other: Catalog) -> None:
    found = compare(one, other)
    common = [key for key in one.objects if key in other.objects]
    assert found.compared == len(common) + sum(change.kind == "renamed" for change in found.changes)
    assert all(entry.count > 0 for entry in found.not_compared)
    assert not {facet for facet in facets(found) if "." not in facet} - PARTS


@given(catalogs(), catalogs())
def test_a_renamed_object_is_there_once_on_each_side(one: Catalog, other: Catalog) -> None:
    renamed = [change for change in compare(one, other).changes if change.kind == "renamed"]
    for change in renamed:
        assert change.old_key in one.objects and change.old_key not in other.objects
        assert change.key in other.objects and change.key not in one.objects
    assert len({change.old_key for change in renamed}) == len({change.key for change in renamed}) == len(renamed)


class TestObjects:
    def test_one_that_came_is_added_and_one_that_went_is_removed(self) -> None:
        found = compare(catalog(TABLE), catalog(VIEW))
        assert [(change.name, change.kind) for change in found.changes] == [
            ("SALES.ORDERS", "removed"),
            ("SALES.V", "added"),
        ]

    def test_case_and_quotes_of_a_name_do_not_count(self) -> None:
        other = replace(TABLE, name="orders", columns=tuple(replace(c, name=c.name.lower()) for c in TABLE.columns))
        assert compare(catalog(TABLE), catalog(other)).changes == ()

    def test_a_view_in_place_of_a_table_is_both(self) -> None:
        found = compare(catalog(TABLE), catalog(replace(VIEW, name="ORDERS")))
        assert [(change.key.kind, change.kind) for change in found.changes] == [("table", "removed"), ("view", "added")]

    def test_who_altered_it_when_and_in_which_file_is_no_difference(self) -> None:
        other = replace(TABLE, stamp=Stamp(altered_by="bob", version=7), origin=Origin("ddl", "b.sql", 9))
        assert compare(catalog(TABLE), catalog(other)).changes == ()


class TestColumns:
    def test_one_added_in_the_middle_is_one_change_and_no_new_order(self) -> None:
        first, *rest = TABLE.columns
        new = Column(name="NEW", type=DataType("CHAR", length=3, charset="LATIN"), nullable=False)
        found = compare(catalog(TABLE), catalog(replace(TABLE, columns=(first, new, *rest))))
        [change] = found.changes[0].facets
        assert (change.facet, change.part, change.kind) == ("column", "NEW", "added")
        assert (change.before, change.after) == (None, "CHAR(3) CHARACTER SET LATIN NOT NULL")

    def test_one_dropped_is_named_with_its_type(self) -> None:
        found = compare(catalog(TABLE), catalog(replace(TABLE, columns=TABLE.columns[:2])))
        [change] = found.changes[0].facets
        assert (change.part, change.kind, change.before) == ("AMOUNT", "removed", "DECIMAL(10,2)")

    def test_a_dropped_first_column_moves_the_primary_index_that_nobody_wrote(self) -> None:
        plain = replace(TABLE, primary_index=None)
        found = compare(catalog(plain), catalog(replace(plain, columns=plain.columns[1:])))
        assert facets(found) == ["table.primary_index", "column"]

    @pytest.mark.parametrize(
        ("before", "after", "differs"),
        [
            (None, "X(20)", False),
            (None, "x(39)", False),
            ("X(40)", "X(20)", False),
            ("x(20)", "X(20)", False),
            (None, "X(41)", True),
            ("X(30)", "X(20)", True),
            (None, "XXX", True),
        ],
    )
    def test_only_a_format_that_a_wider_varchar_left_behind_is_none(
        self, before: str | None, after: str, differs: bool
    ) -> None:
        first, note, amount = TABLE.columns  # NOTE is a VARCHAR(40)
        sides = [
            catalog(replace(TABLE, columns=(first, replace(note, format=text), amount))) for text in (before, after)
        ]
        for one, other in (sides, sides[::-1]):
            assert facets(compare(one, other)) == (["column.format"] if differs else [])

    def test_the_format_of_a_char_is_never_left_behind(self) -> None:
        first, *_ = TABLE.columns
        code = Column(name="CODE", type=DataType("CHAR", length=9, charset="LATIN"))
        written = replace(code, format="X(5)")
        plain, told = (catalog(replace(TABLE, columns=(first, column))) for column in (code, written))
        assert facets(compare(plain, told)) == ["column.format"]

    def test_a_format_that_says_what_the_type_says_is_no_difference(self) -> None:
        first, note, amount = TABLE.columns
        told = replace(TABLE, columns=(replace(first, format="-(10)9"), note, replace(amount, format="--(8).9(2)")))
        assert compare(catalog(TABLE), catalog(told)).changes == ()

    def test_the_order_of_compressed_values_does_not_count(self) -> None:
        def with_values(*values: str) -> Catalog:
            column = MUTATIONS["column.compress"](TABLE).columns[2]  # type: ignore[union-attr]
            assert column.compress is not None
            changed = replace(column, compress=replace(column.compress, values=values))
            return catalog(replace(TABLE, columns=(*TABLE.columns[:2], changed)))

        assert compare(with_values("1", "2"), with_values("2", "1")).changes == ()


class TestConstraints:
    def test_a_name_given_to_a_check_is_a_new_name_and_not_a_new_check(self) -> None:
        key, check = TABLE.constraints
        named = replace(TABLE, constraints=(key, replace(check, name="POSITIVE")))
        [change] = compare(catalog(TABLE), catalog(named)).changes[0].facets
        assert (change.facet, change.before, change.after) == ("constraint.name", None, "POSITIVE")

    def test_two_alike_are_two(self) -> None:
        twice = replace(TABLE, constraints=(*TABLE.constraints, TABLE.constraints[1]))
        [change] = compare(catalog(TABLE), catalog(twice)).changes[0].facets
        assert (change.facet, change.kind, change.after) == ("constraint", "added", "CHECK (AMOUNT > 0)")

    def test_the_order_of_a_references_pairs_does_not_count(self) -> None:
        def referring(columns: tuple[str, ...], parents: tuple[str, ...]) -> Catalog:
            key = Constraint(kind="foreign key", columns=columns, parent=("S", "P"), parent_columns=parents)
            return catalog(replace(TABLE, constraints=(key,)))

        assert compare(referring(("ID", "NOTE"), ("A", "B")), referring(("note", "id"), ("b", "a"))).changes == ()
        assert compare(referring(("ID", "NOTE"), ("A", "B")), referring(("ID", "NOTE"), ("B", "A"))).changes != ()

    def test_the_case_of_a_literal_in_a_check_counts(self) -> None:
        def checked(value: str) -> Catalog:
            return catalog(
                replace(TABLE, constraints=(Constraint(kind="check", name="C", expression=f"NOTE = {value}"),))
            )

        assert facets(compare(checked("'a'"), checked("'A'"))) == ["constraint.definition"]

    def test_one_dropped_is_shown_as_it_would_stand_in_ddl(self) -> None:
        gone = replace(TABLE, constraints=TABLE.constraints[1:])
        [change] = compare(catalog(TABLE), catalog(gone)).changes[0].facets
        assert change.before == "CONSTRAINT FK1 FOREIGN KEY (NOTE) REFERENCES SALES.NOTES"

    def test_an_index_on_other_columns_is_another_index(self) -> None:
        other = replace(TABLE, indexes=(replace(TABLE.indexes[0], columns=("AMOUNT",)),))
        found = compare(catalog(TABLE), catalog(other)).changes[0].facets
        assert [(change.kind, change.before, change.after) for change in found] == [
            ("removed", "INDEX I1 (NOTE)", None),
            ("added", None, "INDEX I1 (AMOUNT)"),
        ]


class TestUnknown:
    plain = Table(database="SALES", name="T", columns=(Column(name="A", type=DataType("VARCHAR", length=9)),))

    def test_what_rests_on_an_unknown_default_is_counted_and_is_no_difference(self) -> None:
        said = replace(self.plain, set_kind="SET", options=TableOptions(fallback=True))
        found = compare(catalog(self.plain, defaults=Defaults()), catalog(said))
        assert found.changes == ()
        assert found.exit_code == 0
        assert skipped(found) == {
            "table.set_kind": (1, "unknown"),
            "option.fallback": (1, "unknown"),
            "option.before_journal": (1, "unknown"),
            "option.after_journal": (1, "unknown"),
            "option.map": (1, "unknown"),
            "column.charset": (1, "unknown"),
            "column.case_specific": (1, "unknown"),
        }

    def test_even_where_both_sides_say_the_same_nothing(self) -> None:
        found = compare(catalog(self.plain, defaults=Defaults()), catalog(self.plain, defaults=Defaults()))
        assert skipped(found)["table.set_kind"] == (1, "unknown")

    def test_the_same_text_under_other_defaults_is_another_table(self) -> None:
        found = compare(catalog(self.plain), catalog(self.plain, defaults=Defaults(session_mode="TERA")))
        assert facets(found) == ["table.set_kind", "column.case_specific"]

    def test_a_default_written_out_is_the_default(self) -> None:
        column = Column(name="A", type=DataType("VARCHAR", length=9, charset="LATIN"), case_specific=True)
        said = replace(
            self.plain,
            set_kind="MULTISET",
            columns=(column,),
            primary_index=PrimaryIndex(columns=("a",)),
            options=TableOptions(
                fallback=False,
                before_journal="NO",
                after_journal="NO",
                checksum="DEFAULT",
                merge_block_ratio="DEFAULT",
                map="TD_MAP1",
            ),
        )
        assert compare(catalog(self.plain), catalog(said)).changes == ()

    def test_what_dictionary_rows_do_not_tell_is_counted_and_not_compared(self) -> None:
        hidden = from_dictionary(replace(TABLE, options=TableOptions(checksum="ON")))
        found = compare(catalog(TABLE), catalog(hidden))
        assert found.changes == ()
        assert skipped(found)["option.checksum"] == (1, "source")
        assert skipped(found)["column.with_default"] == (3, "source")

    def test_a_view_whose_columns_nobody_resolved_loses_none(self) -> None:
        found = compare(catalog(VIEW), catalog(replace(VIEW, columns=())))
        assert found.changes == ()
        assert skipped(found)["view.column_order"] == (1, "unknown")


class TestScope:
    sales = Scope((Look(ObjectFilter(("SALES",))),))
    elsewhere = Table(database="OTHER", name="T")

    def test_of_what_the_baseline_did_not_look_at_nothing_has_come(self) -> None:
        before = replace(catalog(TABLE), scope=self.sales)
        found = compare(before, catalog(TABLE, VIEW, self.elsewhere))
        assert [change.name for change in found.changes] == ["SALES.V"]
        assert found.outside == (Outside("dir:x", "table", 1, "scope", "SALES"),)

    def test_what_the_other_side_did_not_look_at_is_not_checked(self) -> None:
        found = compare(catalog(TABLE, self.elsewhere), replace(catalog(TABLE), scope=self.sales))
        assert (found.changes, [entry.name for entry in found.not_checked]) == ((), ["OTHER.T"])
        assert found.exit_code == 1

    def test_a_kind_that_a_source_does_not_tell_has_neither_come_nor_gone(self) -> None:
        folder = replace(catalog(TABLE), untold=("database", "user"))
        for found in (compare(folder, catalog(TABLE, SPACE)), compare(catalog(TABLE, SPACE), folder)):
            assert found.outside == (Outside("dir:x", "database", 1, "kind", "*"),)
            assert found.exit_code == 0

    def test_every_object_of_either_side_is_compared_or_told(self) -> None:
        before = replace(catalog(TABLE, MACRO), scope=self.sales, untold=("database",))
        after = catalog(TABLE, VIEW, SPACE, self.elsewhere)
        found = compare(before, after)
        told = len(found.changes) + len(found.not_checked) + sum(entry.count for entry in found.outside)
        assert found.compared + told == len(before.objects | after.objects)


class TestNotChecked:
    def test_source_text_that_cannot_be_read_is_a_verdict(self) -> None:
        found = compare(catalog(MACRO), catalog(replace(MACRO, text=None)))
        assert [(entry.name, entry.reason) for entry in found.not_checked] == [
            ("SALES.M", "its source text cannot be read (after)")
        ]
        assert (found.changes, found.exit_code) == ((), 1)

    @pytest.mark.parametrize(
        ("whole", "unread", "what"),
        [
            (
                Definition(kind="type", database="SYSUDTLIB", name="T", clauses=(Clause("AS", "INTEGER"),)),
                {"clauses": None},
                "definition",
            ),
            (JoinIndex(database="SALES", name="J", query="SELECT A FROM SALES.T"), {"query": None}, "source text"),
            (HashIndex(database="SALES", name="H", table=("SALES", "T")), {"table": None}, "source text"),
        ],
    )
    def test_what_could_not_be_read_is_never_equal(
        self, whole: CatalogObject, unread: dict[str, None], what: str
    ) -> None:
        found = compare(catalog(replace(whole, **unread)), catalog(whole))
        assert [entry.reason for entry in found.not_checked] == [f"its {what} cannot be read (before)"]
        assert (found.changes, found.exit_code) == ((), 1)

    def test_a_table_of_which_one_side_is_only_text(self) -> None:
        text = CodeObject(kind="table", database="SALES", name="ORDERS", text="CREATE TABLE …", opaque=True)
        found = compare(catalog(text), catalog(TABLE))
        assert [entry.reason for entry in found.not_checked] == ["its definition before could not be read as a table"]
        assert found.exit_code == 1

    def test_an_opaque_object_that_reads_the_same_on_both_sides_is_equal(self) -> None:
        text = CodeObject(
            kind="type", database="SYSUDTLIB", name="T", text="CREATE TYPE T AS CHAR(3) FINAL;", opaque=True
        )
        assert compare(catalog(text), catalog(text)).exit_code == 0

    def test_what_a_source_could_not_place_is_reported_with_its_side(self) -> None:
        refused = replace(catalog(TABLE), refusals=(Refusal("not SQL", "a.sql", 3),))
        found = compare(refused, catalog(TABLE, address="td:prod"))
        assert [(entry.address, entry.refusal.what) for entry in found.refusals] == [("dir:x", "not SQL")]
        assert found.exit_code == 1


class TestOrder:
    def test_a_database_stands_before_what_lies_in_it(self) -> None:
        found = compare(catalog(), catalog(TABLE, SPACE))
        assert [change.key.kind for change in found.changes] == ["database", "table"]

    def test_changes_stand_by_database_and_name(self) -> None:
        def made(*names: str) -> Catalog:
            keys = Constraint(kind="primary key", columns=("A",))
            return catalog(*(Table(database=name[0], name=name, comment=name, constraints=(keys,)) for name in names))

        found = compare(made("B2", "A9"), made("B1", "A1"))
        assert [change.key.name for change in found.changes] == ["A1", "A9", "B1", "B2"]
