"""A system read through an environment: asked by physical names, told by logical ones."""

from __future__ import annotations

import pytest

from dbee_dbt.catalogs.live import read_live
from dbee_dbt.model.catalog import Catalog, Look, ObjectFilter, Scope
from dbee_dbt.model.environment import DatabaseMap, Environment
from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.model.objects import ObjectKey, View, shown_name
from tests.catalogs.systems import LoggedSession, system

STATEMENTS = (
    "CREATE DATABASE DEV_SALES AS PERM = 1e6",
    "CREATE DATABASE DEV_X_1 AS PERM = 1e6",
    "CREATE DATABASE TEST_SALES AS PERM = 1e6",
    "CREATE TABLE DEV_SALES.T (A INTEGER NOT NULL PRIMARY KEY, DEV_SALES INTEGER)",
    "CREATE TABLE DEV_X_1.U (A INTEGER REFERENCES DEV_SALES.T (A))",
    "CREATE TABLE TEST_SALES.T (A INTEGER)",
    "CREATE VIEW DEV_X_1.V AS SELECT DEV_SALES, 'DEV_SALES.T' AS N /* of DEV_SALES.T */ FROM dev_sales.T",
    "CREATE VIEW DEV_X_1.W AS SELECT A FROM TEST_SALES.T",
)
DEV = Environment(
    name="dev", target="dev", databases=DatabaseMap((("SALES", "DEV_SALES"), ("X_*", "DEV_X_*"), ("GONE", "DEV_GONE")))
)


@pytest.fixture(scope="module")
def session() -> LoggedSession:
    return system(*STATEMENTS)


def read(session: LoggedSession, *include: str, exclude: tuple[str, ...] = ()) -> Catalog:
    return read_live(session, ObjectFilter(include, exclude), address="td:dev", environment=DEV)


def names(found: Catalog) -> list[str]:
    return sorted(shown_name(each) for each in found)


def test_only_what_is_mapped_is_there(session: LoggedSession) -> None:
    assert names(read(session)) == ["SALES", "SALES.T", "X_1", "X_1.U", "X_1.V", "X_1.W"]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("SALES",), (), ["SALES", "SALES.T"]),
        (("X_*.V",), (), ["X_1.V"]),
        (("*.?",), ("X_1",), ["SALES.T"]),
        (("kind:view",), (), ["X_1.V", "X_1.W"]),
        (("kind:view",), ("X_*.W",), ["X_1.V"]),
        (("DEV_*",), (), []),
    ],
)
def test_patterns_mean_logical_names(
    session: LoggedSession, include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str]
) -> None:
    assert names(read(session, *include, exclude=exclude)) == expected


def test_views_of_other_databases_are_not_asked_for(session: LoggedSession) -> None:
    session.log.clear()
    read(session, "X_1.V")
    asked = [request for request in session.log if request.startswith("HELP COLUMN")]
    assert len(asked) == 1 and "DEV_X_1" in asked[0] and '"V"' in asked[0].upper()


def test_texts_and_references_have_logical_names_and_what_is_no_name_stays(session: LoggedSession) -> None:
    found = read(session)
    view = found.objects[ObjectKey("view", "X_1", "V")]
    assert isinstance(view, View) and view.text is not None
    assert view.text.startswith(
        "CREATE VIEW X_1.V AS SELECT DEV_SALES, 'DEV_SALES.T' AS N /* of DEV_SALES.T */ FROM SALES.T"
    )
    reference = found.objects[ObjectKey("table", "X_1", "U")].constraints[0]
    assert (reference.kind, reference.parent) == ("foreign key", ("SALES", "T"))


def test_a_string_that_may_name_a_database_is_told(session: LoggedSession) -> None:
    assert read(session).notes == ("X_1.V: the string at 1:44 names DEV_SALES",)


def test_a_reference_to_what_is_not_mapped_stays(session: LoggedSession) -> None:
    view = read(session).objects[ObjectKey("view", "X_1", "W")]
    assert isinstance(view, View) and "TEST_SALES.T" in (view.text or "")


def test_a_database_that_is_spelled_out_has_to_be_mapped(session: LoggedSession) -> None:
    with pytest.raises(ConfigurationError, match="the environment dev maps no database of this name") as caught:
        read(session, "OTHER.T")
    assert caught.value.subject == "OTHER"


def test_the_scope_are_the_databases_that_the_map_speaks_of(session: LoggedSession) -> None:
    scope = read(session).scope
    assert [scope.keeps_database(name) for name in ("SALES", "X_9", "GONE", "OTHER", "DEV_SALES")] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize("name", ["SALES", "DEV_SALES"])
def test_a_caller_may_know_a_database_by_either_name(session: LoggedSession, name: str) -> None:
    """A dbt project has the physical names of its target."""
    found = read_live(session, Scope((Look(databases=(name,)),)), address="td:dev", environment=DEV)
    assert names(found) == ["SALES", "SALES.T"]
