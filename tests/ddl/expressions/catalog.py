"""A catalog of one table with a column of every type, and a session, for typing without an engine."""

from __future__ import annotations

from msgspec import Struct

from dbee_dbt.ddl.expressions.bind_query import bind_query
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import BoundQuery
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import QueryError
from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.objects import Column

COLUMNS = {
    "bi": "BYTEINT",
    "si": "SMALLINT",
    "i": "INTEGER",
    "l": "BIGINT",
    "d52": "DECIMAL(5,2)",
    "d100": "DECIMAL(10,0)",
    "d162": "DECIMAL(16,2)",
    "d384": "DECIMAL(38,4)",
    "n": "NUMBER",
    "n92": "NUMBER(9,2)",
    "f": "FLOAT",
    "c3": "CHAR(3) CHARACTER SET LATIN",
    "c5": "CHAR(5) CHARACTER SET LATIN",
    "u5": "CHAR(5) CHARACTER SET UNICODE",
    "v": "VARCHAR(10) CHARACTER SET LATIN",
    "vu": "VARCHAR(20) CHARACTER SET UNICODE",
    "d": "DATE",
    "d2": "DATE",
    "t": "TIME(0)",
    "ts": "TIMESTAMP(6)",
    "ts0": "TIMESTAMP(0)",
    "tz": "TIMESTAMP(3) WITH TIME ZONE",
    "dy": "INTERVAL DAY(4)",
    "dm": "INTERVAL DAY(2) TO MINUTE",
    "hs": "INTERVAL HOUR(2) TO SECOND(3)",
    "ym": "INTERVAL YEAR(2) TO MONTH",
    "by4": "BYTE(4)",
    "vb": "VARBYTE(10)",
    "cl": "CLOB(1000) CHARACTER SET LATIN",
}


class Session(Struct, frozen=True, kw_only=True):
    """A session's facts."""

    mode: str = "ANSI"
    user: str = "tester"
    database: str = "d"
    charset: str = "LATIN"
    dateform: str = "INTEGERDATE"
    max_decimal: int = 15


class Relation(Struct, frozen=True, kw_only=True):
    """A table or a view."""

    database: str = "d"
    name: str
    columns: tuple[Column, ...] = ()
    query: str | None = None
    query_database: str = "d"
    unfilled: frozenset[str] = frozenset()
    lookup: None = None


class Catalog:
    """One table ``t``, the same as ``t2`` with other names, and views."""

    def __init__(self, views: dict[str, str] | None = None) -> None:
        columns = tuple(Column(name=name, type=read_type(text)) for name, text in COLUMNS.items())
        key = Column(name="k", type=read_type("INTEGER"), nullable=False, title="The Key", format="9(5)")
        self.relations = {
            "t": Relation(name="t", columns=columns),
            "u": Relation(name="u", columns=(key, Column(name="i", type=read_type("INTEGER")))),
        }
        for name, query in (views or {}).items():
            self.relations[name] = Relation(name=name, query=query)

    def relation(self, database: str | None, name: str) -> Relation:
        if name.lower() not in self.relations or (database or "d").lower() != "d":
            raise QueryError(3807, f"{database}.{name}" if database else name)
        return self.relations[name.lower()]

    def function(self, database: str | None, name: str) -> None:
        return None


def bound(query: str, session: Session | None = None, **views: str) -> BoundQuery:
    """What a query means in the catalog."""
    binder = Binder(session or Session(), Catalog(views))
    return bind_query(binder, None, parse_query_text(query), nested=False)
