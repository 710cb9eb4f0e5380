"""The writer: what it writes is read back as the same object, facet by facet."""

import pytest
from msgspec.structs import replace

from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.statements import CreateIndex, CreateTable
from dbee_dbt.ddl.write import comment_ddl, database_ddl, index_ddl, object_ddl
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.facets import FACETS, facet_values
from dbee_dbt.model.objects import CatalogObject, CodeObject, Column, Database, Origin, SecondaryIndex, Table, View
from tests.ddl.facet_changes import ALSO, CHANGES, DATABASE, HASH_INDEX, JOIN_INDEX, MACRO, TABLE, TEMPORARY, VIEW

KNOWN = Defaults(
    session_mode="ANSI",
    charset="GRAPHIC",
    dateform="INTEGERDATE",
    map="M0",
    fallback={"D": True},
    journal={"D": ("SINGLE", "SINGLE")},
)
CASES = [(path, place) for path, changes in CHANGES.items() for place in range(len(changes))]


def read_back(found: CatalogObject) -> CatalogObject:
    text = "\n".join(object_ddl(found))
    if isinstance(found, Table) and found.temporary == "VOLATILE":  # a session's own, so that no catalog holds it
        created = read_statement(text)
        assert isinstance(created, CreateTable)
        return created.table
    read = assemble([("x.sql", text)])
    assert read.refusals == []
    (back,) = read.objects
    return replace(back, origin=Origin())


def facets(found: CatalogObject) -> dict[tuple[str, str], object]:
    """By path and part; an index by its columns alone, so that a new ordering is a change of it."""
    return {
        (value.facet.path, value.part.partition(" ORDER BY ")[0]): value.facet.same(value.value)
        if value.facet.same
        else value.value
        for value in facet_values(found, KNOWN)
    }


def differing(before: CatalogObject, after: CatalogObject) -> set[str]:
    left, right = facets(before), facets(after)
    return {path for path, part in left.keys() | right.keys() if left.get((path, part)) != right.get((path, part))}


def test_every_facet_that_ddl_knows_has_a_change() -> None:
    assert {facet.path for facet in FACETS if "ddl" in facet.sources} == set(CHANGES)


@pytest.mark.parametrize(("path", "place"), CASES)
def test_a_change_of_one_facet_changes_the_text_and_comes_back_as_that_facet(path: str, place: int) -> None:
    before, after = CHANGES[path][place]()
    assert object_ddl(before) != object_ddl(after)
    assert read_back(before) == before
    assert read_back(after) == after
    assert differing(read_back(before), read_back(after)) == {path} | ALSO.get(path, set())


@pytest.mark.parametrize(
    "found", [TABLE, TEMPORARY, VIEW, JOIN_INDEX, HASH_INDEX, MACRO, DATABASE], ids=lambda found: found.kind
)
def test_what_is_written_is_read_back(found: CatalogObject) -> None:
    assert read_back(found) == found


def test_an_object_without_text_writes_nothing() -> None:
    assert object_ddl(View(database="D", name="V")) == ()
    assert object_ddl(CodeObject(kind="procedure", database="D", name="P")) == ()


def test_comments_of_columns_stand_behind_that_of_the_object() -> None:
    view = View(database="my db", name="V", comment="it's", columns=(Column(name="a.b", comment="x"),))
    assert comment_ddl(view) == (
        "COMMENT ON VIEW \"my db\".V IS 'it''s';",
        'COMMENT ON COLUMN "my db".V."a.b" IS \'x\';',
    )


def test_a_password_is_written_as_a_placeholder() -> None:
    assert database_ddl(Database(name="U", kind="user", owner="DBC", perm=0.0)) == (
        "CREATE USER U FROM DBC AS\n     PASSWORD = ${PASSWORD},\n     PERM = 0;"
    )


def test_an_index_alone() -> None:
    index = SecondaryIndex(name="I 1", unique=True, columns=("A", "b c"), order_by=("VALUES", "A"))
    text = index_ddl("D", "T", index)
    assert text == 'CREATE UNIQUE INDEX "I 1" ( A ,"b c" ) ORDER BY VALUES ( A ) ON D.T;'
    assert read_statement(text) == CreateIndex("D", "T", (index,))


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("CREATE VIEW V AS SELECT 1 AS A", "CREATE VIEW V AS SELECT 1 AS A;"),
        ("CREATE VIEW V AS SELECT 1 AS A ;\n", "CREATE VIEW V AS SELECT 1 AS A ;"),
        ("CREATE VIEW V AS SELECT 1 AS A -- a", "CREATE VIEW V AS SELECT 1 AS A -- a\n;"),
        ("CREATE VIEW V AS SELECT 1 AS A -- a;", "CREATE VIEW V AS SELECT 1 AS A -- a;\n;"),
        ("CREATE VIEW V AS SELECT 1 AS A /* a; */", "CREATE VIEW V AS SELECT 1 AS A /* a; */;"),
        ("CREATE VIEW V AS SELECT 1 AS A; -- a", "CREATE VIEW V AS SELECT 1 AS A; -- a"),
    ],
)
def test_no_comment_hides_the_end_of_a_source_text(text: str, ended: str) -> None:
    assert object_ddl(View(database="D", name="V", text=text)) == (ended,)
