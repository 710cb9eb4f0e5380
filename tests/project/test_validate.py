"""What a validation asks of a database: the same few queries, however much there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.emulator import connect
from dbee_dbt.session.connect import open_session
from dbee_dbt.session.profile import Target


def node(name: str, kind: str, data_type: str | None) -> dict[str, Any]:
    return {
        "unique_id": f"model.shop.{name}",
        "resource_type": "model",
        "name": name,
        "schema": "SALES",
        "alias": name,
        "config": {"materialized": kind},
        "columns": {"A": {"name": "A", "data_type": data_type, "constraints": [], "meta": {}}},
        "depends_on": {"nodes": []},
    }


def target(path: str, **settings: Any) -> Target:
    arguments = {"path": path, **settings}
    return Target(profile="shop", name="dev", adapter="dbee", database="SALES", query_band="", arguments=arguments)


@pytest.mark.parametrize("size", [3, 30])
def test_requests_are_eight_and_one_for_each_view_with_declared_types(size: int, tmp_path: Path) -> None:
    path = str(tmp_path / "system.duckdb")
    with connect(path=path) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE SALES AS PERM = 1e6")
        for number in range(size):
            cursor.execute(f"CREATE MULTISET TABLE SALES.T{number} (A INTEGER) PRIMARY INDEX (A)")
            cursor.execute(f"CREATE VIEW SALES.V{number} AS SELECT A FROM SALES.T{number}")
    nodes = [node(f"T{number}", "table", "int") for number in range(size)]
    nodes += [node(f"V{number}", "view", "int" if number < 2 else None) for number in range(size)]
    with open_session(target(path)) as session:
        found = Bridge(session.rows).call("dbee_validation", nodes, None, "error")
        assert (session.requests - session.object_requests, session.object_requests) == (8, 2)
    assert (found["findings"], found["checked"]["nodes"]) == ([], 2 * size)


@pytest.mark.parametrize("number", [2631, 3807, 7825, 9881])
def test_a_view_that_cannot_be_read_is_not_checked_and_keeps_nothing_else_from_it(number: int, tmp_path: Path) -> None:
    path = str(tmp_path / "system.duckdb")
    with connect(path=path) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE SALES AS PERM = 1e6")
        cursor.execute("CREATE VIEW SALES.V AS SELECT 1 AS A")
        cursor.execute("CREATE VIEW SALES.W AS SELECT 'x' AS A")
    faults = [{"error": number, "statement": 'HELP COLUMN "SALES"."V"'}]
    with open_session(target(path, faults=faults)) as session:
        nodes = [node("V", "view", "date"), node("W", "view", "date")]
        found = Bridge(session.rows).call("dbee_validation", nodes, None, "error")
    assert [(finding["object"], finding["rule"], finding["status"]) for finding in found["findings"]] == [
        ("SALES.V", "column_type", "not checked"),
        ("SALES.W", "column_type", "failed"),
    ]
