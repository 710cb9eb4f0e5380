"""What is bound is freed at once: where it held itself in circles, it would keep a whole project in memory."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from dbee_dbt.ddl.expressions.bind_query import bind_query
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.known import known_types
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.dependencies.lineage import Known, query_lineage, resolve_query
from tests.ddl.expressions.test_known import Catalog, Session

_QUERIES = [
    "SELECT A AS k, k + 1 AS n FROM D.T WHERE n > 1 ORDER BY k",
    "SELECT A AS k, lost FROM D.T t WHERE t.gone = k",
    "SELECT D.T.A FROM D.T u",
    "SELECT * FROM D.U",
    "SELECT (SELECT MAX(A) FROM D.T i WHERE i.B = o.B) AS m FROM D.T o GROUP BY 1",
    "WITH q AS (SELECT A AS k FROM D.T) SELECT k, q.none FROM q UNION ALL SELECT A FROM D.T",
]


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


class _Find:
    """A catalog of one table; of D.U it knows nothing."""

    def __call__(self, database: str, name: str) -> Known | None:
        return Known("D", "T", ("A", "B")) if name.upper() == "T" else Known(database, name, None)


@pytest.mark.parametrize("resolve", [resolve_query, query_lineage])
@pytest.mark.parametrize("query", _QUERIES)
def test_of_lineage(query: str, resolve: Callable[..., Any]) -> None:
    find = _Find()
    held = weakref.ref(find)
    resolve(parse_query_text(query), find, "D")
    del find
    assert held() is None


@pytest.mark.parametrize("query", _QUERIES)
def test_of_types(query: str) -> None:
    catalog = Catalog()
    held = weakref.ref(catalog)
    known_types(parse_query_text(query), Session(), catalog)
    del catalog
    assert held() is None


@pytest.mark.parametrize("query", _QUERIES)
def test_of_meanings(query: str) -> None:
    catalog = Catalog()
    held = weakref.ref(catalog)
    with suppress(QueryError, NotKnownError):
        bind_query(Binder(Session(), catalog), None, parse_query_text(query))
    del catalog
    assert held() is None
