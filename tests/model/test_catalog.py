"""Catalogs: keys without case, filters with globs and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.model.catalog import Look, ObjectFilter, Scope, catalog_of, split_pattern
from dbee_dbt.model.errors import DuplicateObjectError
from dbee_dbt.model.objects import CatalogObject, CodeObject, Database, ObjectKey, Table, View, shown_name

SALES = [
    Table(database="SALES", name="ORDERS"),
    Table(database="Sales", name="ORDER_ITEMS"),
    View(database="SALES", name="V_ORDERS"),
    CodeObject(kind="macro", database="SALES_DEV", name="M"),
    Table(database="my db", name="a.b"),
    Database(name="SALES"),
    Table(database="DBC", name="TVM"),
]


def kept(include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
    wanted = ObjectFilter(include, exclude)
    return [shown_name(found) for found in SALES if wanted.keeps(found)]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ((), (), ["SALES.ORDERS", "Sales.ORDER_ITEMS", "SALES.V_ORDERS", "SALES_DEV.M", '"my db"."a.b"', "SALES"]),
        (("sales",), (), ["SALES.ORDERS", "Sales.ORDER_ITEMS", "SALES.V_ORDERS", "SALES"]),
        (("sales.order*",), (), ["SALES.ORDERS", "Sales.ORDER_ITEMS"]),
        (("SALES.ORDER_",), (), []),
        (("SALES_*",), (), ["SALES_DEV.M"]),
        (("SALES?DEV.?",), (), ["SALES_DEV.M"]),
        (("kind:view", "kind:macro"), (), ["SALES.V_ORDERS", "SALES_DEV.M"]),
        (("*",), ("sales*.*",), ['"my db"."a.b"', "SALES"]),
        (('"my db"."a.b"',), (), ['"my db"."a.b"']),
        (("dbc",), (), ["DBC.TVM"]),
        (("d*",), (), []),
    ],
)
def test_patterns_choose_objects(include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str]) -> None:
    assert kept(include, exclude) == expected


def test_a_database_is_read_only_if_something_in_it_could_be_meant() -> None:
    assert ObjectFilter(("SALES.X",)).keeps_database("sales")
    assert not ObjectFilter(("SALES.X",)).keeps_database("OTHER")
    assert not ObjectFilter().keeps_database("DBC")
    assert not ObjectFilter(("*",), ("SALES",)).keeps_database("SALES")
    assert ObjectFilter(("*",), ("SALES.X",)).keeps_database("SALES")


@given(st.lists(st.text(max_size=4), max_size=3), st.text(max_size=5), st.text(max_size=5))
def test_what_excludes_a_database_excludes_its_objects(patterns: list[str], database: str, name: str) -> None:
    wanted = ObjectFilter(("*",), tuple(patterns))
    if wanted.keeps(Table(database=database, name=name)):
        assert wanted.keeps_database(database)


def test_a_dot_in_quotes_does_not_split_a_pattern() -> None:
    assert split_pattern('"a.b".c.d') == ["a.b", "c.d"]
    assert split_pattern('"x""y"') == ['x"y']


def test_an_object_stands_once_in_a_catalog() -> None:
    with pytest.raises(DuplicateObjectError):
        catalog_of("x", [Table(database="D", name="T"), Table(database="d", name="t")])
    assert len(catalog_of("x", [Table(database="D", name="T"), View(database="D", name="T")])) == 2


def test_a_catalog_knows_its_databases_and_narrows_itself() -> None:
    catalog = catalog_of("x", SALES)
    assert catalog.databases == ("DBC", "my db", "SALES", "SALES_DEV")
    assert [shown_name(found) for found in catalog.narrowed(Look(ObjectFilter(("kind:macro",))))] == ["SALES_DEV.M"]


@pytest.mark.parametrize(
    ("found", "text"),
    [(SALES[0], "SALES.ORDERS"), (SALES[4], '"MY DB"."A.B"'), (Database(name="my db"), '"MY DB"')],
)
def test_a_key_shows_the_name_as_it_stands_in_sql(found: CatalogObject, text: str) -> None:
    assert ObjectKey.of(found).text == text


class TestScope:
    def test_without_a_look_everything_is_in_it(self) -> None:
        assert Scope().keeps(Database(name="DBC"))
        assert not Scope((Look(),)).keeps(Database(name="DBC"))

    def test_databases_that_a_caller_names_are_meant_also_the_system_s(self) -> None:
        scope = Scope((Look(databases=("dbc", "sales")),))
        assert scope.keeps(View(database="DBC", name="TABLESV"))
        assert scope.keeps(Table(database="SALES", name="T"))
        assert not scope.keeps(Table(database="SALES_DEV", name="T"))
        assert [name for name in ("DBC", "Sales", "MART") if scope.keeps_database(name)] == ["DBC", "Sales"]

    def test_each_look_narrows_the_one_before(self) -> None:
        scope = Scope((Look(ObjectFilter(("SALES*",))),)).narrowed(Look(ObjectFilter(exclude=("SALES.T",))))
        assert [scope.keeps(found) for found in SALES] == [
            Look(ObjectFilter(("SALES*",), ("SALES.T",))).keeps(f) for f in SALES
        ]
        assert scope.narrowed(scope.looks[0]) == scope

    def test_it_is_told_in_words(self) -> None:
        scope = Scope(
            (Look(ObjectFilter(("A", "B.*"))), Look(databases=tuple("ABCDEFG")), Look(ObjectFilter((), ("X",))))
        )
        assert scope.text == "A, B.*, of these A, B, C, D, E and 2 more, of these * without X"
        assert Scope().text == Scope((Look(),)).text == "*"

    def test_a_catalog_that_is_narrowed_keeps_its_scope(self) -> None:
        look = Look(ObjectFilter(("kind:macro",)))
        assert catalog_of("x", SALES).narrowed(look).scope == Scope((look,))
