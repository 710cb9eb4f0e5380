"""ALTER and MODIFY of what is source text or clauses, as a script of DDL runs them."""

from __future__ import annotations

import pytest

from dbee_dbt.ddl.assemble import Assembled, assemble
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.objects import CatalogObject, CodeObject, Database, Definition


def run(script: str) -> Assembled:
    return assemble([("a.sql", script)])


def only(script: str) -> CatalogObject:
    found = run(script)
    assert found.refusals == []
    (made,) = found.objects
    return made


def test_modify_profile_sets_the_options_that_it_names() -> None:
    made = only(
        "CREATE PROFILE P AS SPOOL = 1000, PASSWORD = (EXPIRE = 90, MINCHAR = 8); "
        "MODIFY PROFILE P AS PASSWORD = (EXPIRE = 30), TEMPORARY = 5;"
    )
    assert isinstance(made, Definition)
    assert made.clauses == (
        Clause("SPOOL", "1000"),
        Clause("PASSWORD MINCHAR", "8"),
        Clause("PASSWORD EXPIRE", "30"),
        Clause("TEMPORARY", "5"),
    )


def test_modify_user_sets_the_options_that_it_names() -> None:
    made = only(
        "CREATE USER U FROM D AS PERM = 0, PASSWORD = x, DEFAULT ROLE = R, DATEFORM = ANSIDATE; "
        "MODIFY USER U AS DATEFORM = INTEGERDATE, SPOOL = 5;"
    )
    assert isinstance(made, Database)
    assert made.options == (Clause("DEFAULT ROLE", "R"), Clause("DATEFORM", "INTEGERDATE"))
    assert made.spool == 5


def test_a_database_that_is_given_away_has_another_owner() -> None:
    made = only("CREATE DATABASE D FROM DBC AS PERM = 0; GIVE D TO OTHER;")
    assert isinstance(made, Database)
    assert made.owner == "OTHER"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("AFTER INSERT ON D.T (DEL X;)", "DISABLED AFTER INSERT ON D.T (DEL X;)"),
        ("enabled /* now */ AFTER INSERT ON D.T (DEL X;)", "DISABLED /* now */ AFTER INSERT ON D.T (DEL X;)"),
    ],
)
def test_a_trigger_that_is_disabled_says_so_in_its_text(before: str, after: str) -> None:
    made = only(f"CREATE TRIGGER D.G {before}; ALTER TRIGGER D.G DISABLED;")
    assert isinstance(made, CodeObject)
    assert made.text == f"CREATE TRIGGER D.G {after}"
    assert Clause("state", "DISABLED") in made.clauses


def test_the_root_of_a_zone() -> None:
    made = only("CREATE ZONE Z; ALTER ZONE Z ADD ROOT D;")
    assert isinstance(made, Definition)
    assert made.clauses == (Clause("ROOT", "D"),)
    assert only("CREATE ZONE Z ROOT D; ALTER ZONE Z DROP ROOT;") == Definition(
        kind="zone", database="", name="Z", clauses=(), origin=made.origin
    )


def test_an_error_table_is_dropped_by_its_table() -> None:
    assert run("CREATE ERROR TABLE D.E FOR D.T; DROP ERROR TABLE FOR D.T;").objects == []
    assert run("CREATE ERROR TABLE FOR D.T; DROP ERROR TABLE D.ET_T;").objects == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE CAST (INTEGER AS SYSUDTLIB.T) WITH SPECIFIC FUNCTION F; DROP CAST (INT AS T)",
        "CREATE ORDERING FOR T ORDER FULL BY MAP WITH METHOD M FOR T; DROP ORDERING FOR SYSUDTLIB.T",
        "CREATE TRANSFORM FOR T G (TO SQL WITH FUNCTION F); DROP TRANSFORM G FOR T",
        "CREATE AVRO SCHEMA S AS 'x'; DROP AVRO SCHEMA SYSUDTLIB.S",
        "CREATE FUNCTION MAPPING D.M FOR F; DROP FUNCTION MAPPING D.M",
        "CREATE MAP M FROM N SPARSE AMPCOUNT = 1; DROP MAP M",
    ],
)
def test_what_is_dropped_is_gone(statement: str) -> None:
    found = run(statement)
    assert (found.objects, found.refusals, found.applied) == ([], [], 2)


def test_what_only_compiles_is_counted_and_what_would_change_a_definition_is_refused() -> None:
    counted = run("ALTER PROCEDURE D.P COMPILE; ALTER FUNCTION D.F EXECUTE NOT PROTECTED; ALTER TRIGGER D.G TIMESTAMP")
    assert (counted.counted, counted.refusals) == ({"compilation": 3}, [])
    refused = run("CREATE FOREIGN SERVER S USING A('x'); ALTER FOREIGN SERVER S ADD B('y');").refusals
    assert [refusal.what for refusal in refused] == ["ALTER FOREIGN SERVER cannot be applied to its definition"]
