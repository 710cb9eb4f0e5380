"""What SHOW TABLE printed on a real system, run on the emulator and shown again, is the same text (tests/ddl/show.txt)."""

from __future__ import annotations

import pytest

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.statements import CreateTable
from dbee_dbt.emulator import connect
from dbee_dbt.emulator.cursor import Cursor
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Table
from tests.ddl.golden import Case, cases

# A case without SET or MULTISET is no text of SHOW, and foreign tables are refused by name.
_NOT_RUN = ("CREATE TABLE", "CREATE MULTISET FOREIGN TABLE")
CASES = [case for case in cases("show.txt", "by hand", "means") if not case.parts[0].startswith(_NOT_RUN)]


def make_surroundings(cursor: Cursor, table: Table) -> None:
    """The database of a table and of those that it refers to, and these tables."""
    parents = {c.parent: c.parent_columns for c in table.constraints if c.parent}
    for database in {table.database, *(database for database, _ in parents)}:
        cursor.execute(f"CREATE DATABASE {qualified('', database)} AS PERM = 1e9", ignoreErrors=5612)
    for parent, columns in parents.items():
        keys = [qualified("", name) for name in columns]
        types = {column.name: column.type for column in table.columns}
        kinds = [types[name] for c in table.constraints if c.parent == parent for name in c.columns]
        fields = ", ".join(f"{key} {kind.text} NOT NULL" for key, kind in zip(keys, kinds, strict=True) if kind)
        cursor.execute(f"CREATE TABLE {qualified(*parent)} ({fields}) UNIQUE PRIMARY INDEX ({', '.join(keys)})")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_what_show_printed_is_shown_again(case: Case) -> None:
    printed = case.parts[0]
    meaning = read_statement(printed)
    assert isinstance(meaning, CreateTable)
    table = meaning.table
    user = table.database if table.temporary == "VOLATILE" else "tester"
    with connect(":memory:", user=user) as connection, connection.cursor() as cursor:
        make_surroundings(cursor, table)
        cursor.execute(printed)
        cursor.execute(f"SHOW TABLE {qualified(table.database, table.name)}")
        shown = "".join(row[0] for row in cursor.fetchall())
    assert shown.replace("\r", "\n") == printed


TYPES = """CREATE TYPE point AS (x INTEGER, y INTEGER) INSTANTIABLE NOT FINAL
  INSTANCE METHOD distance (p FLOAT) RETURNS FLOAT LANGUAGE C NO SQL PARAMETER STYLE SQL DETERMINISTIC;
CREATE ORDERING FOR point ORDER FULL BY MAP WITH SPECIFIC METHOD SYSUDTLIB.distance;
CREATE TRANSFORM FOR point io (TO SQL WITH SPECIFIC FUNCTION a, FROM SQL WITH SPECIFIC METHOD b);"""
CASTS = """CREATE CAST (point AS VARCHAR(20)) WITH SPECIFIC FUNCTION SYSUDTLIB.c AS ASSIGNMENT;
CREATE CAST (VARCHAR(20) AS point) WITH SPECIFIC FUNCTION d;"""
METHOD = "CREATE METHOD distance (p FLOAT) RETURNS FLOAT FOR point EXTERNAL NAME 'CS!distance!distance.c';"
SHOWN = {"TYPE point": TYPES, "CAST point": CASTS, "METHOD distance FOR point": METHOD}


@pytest.mark.parametrize("asked", SHOWN)
def test_what_show_prints_of_a_type_makes_it_again(asked: str) -> None:
    first = _shown_after(asked, [TYPES, CASTS, METHOD])
    assert first == _statements(SHOWN[asked])
    others = [text for text in (TYPES, CASTS, METHOD) if text != SHOWN[asked]]
    texts = ["\n".join(first)]
    assert _shown_after(asked, [*texts, *others] if asked.startswith("TYPE") else [*others, *texts]) == first


def _statements(text: str) -> list[str]:
    return [statement.text + ";" for statement in split_script(text)]


def _shown_after(asked: str, scripts: list[str]) -> list[str]:
    """The statements that SHOW prints on a system where these were run."""
    with connect(":memory:") as connection, connection.cursor() as cursor:
        for script in scripts:
            for statement in _statements(script):
                cursor.execute(statement)
        cursor.execute(f"SHOW {asked}")
        return [row[0].replace("\r", "\n") for row in cursor.fetchall()]


INDEXED = """CREATE DATABASE shop AS PERM = 1e6;
CREATE TABLE shop.sale (id INTEGER NOT NULL, day_of DATE, pieces INTEGER) PRIMARY INDEX (id);"""
INDEXES = (
    "CREATE JOIN INDEX shop.j AS SELECT day_of, pieces AS p FROM shop.sale PRIMARY INDEX (day_of)"
    " PARTITION BY RANGE_N(day_of BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' EACH INTERVAL '1' MONTH) INDEX n (p);",
    "CREATE JOIN INDEX shop.j, FALLBACK AS SELECT day_of, SUM(pieces) AS p FROM shop.sale GROUP BY day_of;",
    "CREATE JOIN INDEX shop.j AS SELECT (day_of), (id, pieces) FROM shop.sale ORDER BY day_of PRIMARY INDEX (day_of);",
    "CREATE HASH INDEX shop.j (id, pieces) ON shop.sale BY (id) ORDER BY HASH (id);",
)


@pytest.mark.parametrize("written", INDEXES)
def test_what_show_prints_of_a_join_or_hash_index_makes_it_again(written: str) -> None:
    asked = f"{' '.join(written.split()[1:3])} shop.j"
    (shown,) = _shown_after(asked, [INDEXED, written])
    assert _shown_after(asked, [INDEXED, shown]) == [shown]
