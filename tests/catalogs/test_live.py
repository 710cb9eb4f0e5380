"""A live system's catalog: what it holds, how many requests it takes, and what happens where something cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from dbee_dbt.catalogs.live import read_live
from dbee_dbt.model.catalog import Catalog, Look, ObjectFilter, Scope
from dbee_dbt.model.errors import DatabaseQueryError, NothingMatchedError
from dbee_dbt.model.objects import CodeObject, ObjectKey, Table, View
from tests.catalogs.systems import LoggedSession, retail, system


def read(session: LoggedSession, *include: str, **settings: Any) -> Catalog:
    return read_live(session, ObjectFilter(include=include), address="td:dev", **settings)


def find(found: Catalog, kind: str, database: str, name: str) -> Any:
    return found.objects[ObjectKey(kind, database, name)]


@pytest.fixture(scope="module")
def warehouse() -> Catalog:
    return read(retail(), "RETAIL_*")


def test_a_view_s_columns_have_their_types(warehouse: Catalog) -> None:
    view: View = find(warehouse, "view", "RETAIL_PRODUCT", "V_CURRENT_PRICE")
    assert all(column.type is not None for column in view.columns)
    assert view.text is not None and view.text.startswith("CREATE VIEW")


def test_odd_names_come_through(warehouse: Catalog) -> None:
    table: Table = find(warehouse, "table", "RETAIL_SALES", "GIFT CARD")
    assert table.name == "Gift Card"


def test_the_session_and_the_databases_give_the_defaults(warehouse: Catalog) -> None:
    assert (warehouse.defaults.session_mode, warehouse.defaults.charset, warehouse.defaults.dateform) == (
        "ANSI",
        "LATIN",
        "INTEGERDATE",
    )
    assert warehouse.defaults.fallback["RETAIL_SALES"] is False
    assert warehouse.defaults.journal["RETAIL_SALES"] == ("NO", "NO")


def test_a_dictionary_object_is_stamped(warehouse: Catalog) -> None:
    table: Table = find(warehouse, "table", "RETAIL_SALES", "STORE")
    assert table.origin.source == "dictionary"
    assert (table.stamp.creator or "").upper() == "DBC"
    assert table.stamp.created


HOSTILE = ("a b", "t#1", "$x", 'q"q', "o'neil", "100%", "line\nend", "\u202eright", "Ä_ß", "select")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_every_place(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    session = system(
        f"CREATE DATABASE {quoted} AS PERM = 1e6",
        f"CREATE TABLE {quoted}.{quoted} ({quoted} INTEGER NOT NULL) PRIMARY INDEX {quoted} ({quoted})",
        f"CREATE VIEW {quoted}.v AS SELECT {quoted} FROM {quoted}.{quoted}",
        "CREATE DATABASE other AS PERM = 1e6",
    )
    found = read(session, quoted)
    assert found.databases == (name,)
    table = next(each for each in found if isinstance(each, Table))
    assert (table.name, table.columns[0].name) == (name, name)
    assert table.primary_index is not None and table.primary_index.columns == (name,)
    view = next(each for each in found if isinstance(each, View))
    assert [(column.name, column.type and column.type.text) for column in view.columns] == [(name, "INTEGER")]


def estate(count: int, **settings: Any) -> LoggedSession:
    """A system of this many tables and as many views."""
    statements = ["CREATE DATABASE D AS PERM = 1e9"]
    for number in range(count):
        statements += [
            f"CREATE TABLE D.T{number} (A INTEGER, B VARCHAR(10)) PRIMARY INDEX (A)",
            f"CREATE VIEW D.V{number} AS SELECT A, B FROM D.T{number}",
        ]
    return system(*statements, **settings)


# databases, relations, columns, indexes, partitioning, references, checks, texts (2), QVCI?, HELP SESSION
DICTIONARY_REQUESTS = 11


@pytest.mark.parametrize("count", [10, 1000])
def test_the_dictionary_takes_the_same_requests_for_any_number_of_objects(count: int) -> None:
    session = estate(count)
    found = read(session, "D")
    assert len(found) == 2 * count + 1
    assert session.requests - session.object_requests == DICTIONARY_REQUESTS
    assert session.object_requests == count
    assert sum(sql.startswith("HELP COLUMN") for sql in session.log) == count


@pytest.mark.parametrize("count", [10, 1000])
def test_with_qvci_views_take_one_request_together(count: int) -> None:
    session = estate(count, qvci=True)
    found = read(session, "D")
    assert len(found) == 2 * count + 1
    assert (session.requests, session.object_requests) == (DICTIONARY_REQUESTS + 1, 0)
    assert find(found, "view", "D", "V0").columns == find(read(estate(1), "D"), "view", "D", "V0").columns


def test_nothing_is_ever_created_or_changed() -> None:
    session = estate(2)
    read(session, "D")
    assert {sql.split()[0] for sql in session.log} == {"LOCKING", "HELP"}


def test_only_the_views_that_are_meant_are_asked_for() -> None:
    session = estate(3)
    found = read(session, "D.V1", "D.T*")
    assert session.object_requests == 1
    assert len(found) == 4


def test_a_broken_view_is_listed_and_the_rest_is_read() -> None:
    session = system(
        "CREATE DATABASE D AS PERM = 1e9",
        "CREATE TABLE D.T (A INTEGER)",
        "CREATE VIEW D.V AS SELECT A FROM D.T",
        "CREATE VIEW D.W AS SELECT 1 x FROM D.T2" if False else "CREATE TABLE D.T2 (A INTEGER)",
        "CREATE VIEW D.W AS SELECT A FROM D.T2",
        "DROP TABLE D.T",
    )
    found = read(session, "D")
    assert [refusal.what for refusal in found.refusals] == [
        "the columns of view D.V cannot be resolved: [Teradata Database] [Error 3807] Object 'D.T' does not exist."
    ]
    assert [column.type for column in find(found, "view", "D", "V").columns] == [None]
    assert find(found, "view", "D", "W").columns[0].type is not None


BROKEN = (
    "CREATE DATABASE D AS PERM = 1e9",
    "CREATE TABLE D.T (A INTEGER)",
    "CREATE VIEW D.V AS SELECT A FROM D.T",
    "CREATE VIEW D.W AS SELECT A FROM D.T",
)


@pytest.mark.parametrize("number", [2631, 3523, 3807, 5315, 7825, 9881, 10182])
def test_whatever_keeps_one_view_from_being_read_leaves_the_others_alone(number: int) -> None:
    found = read(system(*BROKEN, faults=[{"error": number, "statement": 'HELP COLUMN "D"."V"'}]), "D")
    (refusal,) = found.refusals
    assert refusal.what.startswith(f"the columns of view D.V cannot be resolved: [Teradata Database] [Error {number}]")
    assert find(found, "view", "D", "W").columns[0].type is not None


def test_a_view_that_the_emulator_cannot_answer_for_leaves_the_others_alone() -> None:
    found = read(system(*BROKEN, "DROP TABLE D.T", "CREATE MACRO D.T AS (SELECT 1;)"), "D")
    assert [refusal.what[:67] for refusal in found.refusals] == [
        f"the columns of view D.{name} cannot be resolved: [dbee emulator] not emu" for name in "VW"
    ]


@pytest.mark.parametrize("number", [2825, 3897, 8017, 8055])
def test_a_session_that_is_gone_is_no_broken_view(number: int) -> None:
    with pytest.raises(DatabaseQueryError, match=str(number)):
        read(system(*BROKEN, faults=[{"error": number, "statement": "HELP COLUMN"}]), "D")


def test_a_renamed_view_is_asked_for_its_text() -> None:
    session = system(
        "CREATE DATABASE D AS PERM = 1e9",
        "CREATE TABLE D.T (A INTEGER)",
        "CREATE VIEW D.V AS SELECT A FROM D.T",
        "RENAME VIEW D.V TO D.W",
    )
    text = find(read(session, "D"), "view", "D", "W").text
    assert text is not None and text.upper().startswith("CREATE VIEW")


def test_a_long_text_is_whole() -> None:
    body = "SELECT A, '" + "x" * 40_000 + "' AS B FROM D.T"
    session = system(
        "CREATE DATABASE D AS PERM = 1e9", "CREATE TABLE D.T (A INTEGER)", f"CREATE MACRO D.M AS ({body};)"
    )
    macro: CodeObject = find(read(session, "D"), "macro", "D", "M")
    assert macro.text == f"CREATE MACRO D.M AS ({body};)"


def test_comments_of_objects_and_columns() -> None:
    session = system(
        "CREATE DATABASE D AS PERM = 1e9",
        "CREATE TABLE D.T (A INTEGER)",
        "CREATE VIEW D.V AS SELECT A FROM D.T",
        "COMMENT ON DATABASE D AS '001'",
        "COMMENT ON TABLE D.T AS 'null'",
        "COMMENT ON COLUMN D.T.A AS 'it''s'",
        "COMMENT ON COLUMN D.V.A AS 'of a view'",
    )
    found = read(session, "D")
    assert find(found, "database", "D", "D").comment == "001"
    assert find(found, "table", "D", "T").comment == "null"
    assert find(found, "table", "D", "T").columns[0].comment == "it's"
    assert find(found, "view", "D", "V").columns[0].comment == "of a view"


def test_a_database_that_does_not_exist() -> None:
    with pytest.raises(NothingMatchedError, match="no such database") as raised:
        read(estate(1), "D", "NOWHERE")
    assert raised.value.subject == "NOWHERE"


def test_no_database_matches_a_glob() -> None:
    with pytest.raises(NothingMatchedError, match="no database matches"):
        read(estate(1), "NOWHERE*")


def test_databases_that_a_caller_knew_from_before_need_not_exist() -> None:
    known = Scope((Look(databases=("d", "gone")),))
    found = read_live(estate(1), known, address="td:dev")
    assert (len(found), found.scope) == (3, known)
    assert len(read_live(estate(1), Scope((Look(databases=("gone",)),)), address="td:dev")) == 0


def test_system_databases_only_when_they_are_named() -> None:
    session = estate(1)
    assert "DBC" not in [name.upper() for name in read(session, "*").databases]
    assert [name.upper() for name in read(session, "DBC").databases] == ["DBC"]


def test_no_right_to_read_dbc() -> None:
    fault = {
        "error": 3523,
        "statement": r"DBC\.IndicesV",
        "message": "The user does not have SELECT access to DBC.IndicesV.",
    }
    with pytest.raises(DatabaseQueryError, match=r"\[Error 3523\].*DBC\.IndicesV") as raised:
        read(estate(1, faults=[fault]), "D")
    assert raised.value.teradata_code == 3523
    assert raised.value.hint is not None and "dbee-dbt debug" in raised.value.hint


def test_sites_that_allow_only_the_x_views() -> None:
    fault = {"error": 3523, "statement": r"DBC\.\w+V\b"}
    session = estate(1, faults=[fault])
    found = read(session, "D", variables={"dbee": {"dictionary": "VX"}})
    assert (len(found), found.partial) == (3, True)
    assert not read(estate(1), "D").partial
