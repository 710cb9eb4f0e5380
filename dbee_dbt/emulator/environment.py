"""What a query or a DML statement needs to know of the emulator that it runs in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from msgspec import Struct

from dbee_dbt.model.objects import Column


class Settings(Struct, frozen=True, kw_only=True):
    """What the session and the system say, constant within one request.

    Args:
        mode: session mode.
        user: the session's user.
        database: the default database.
        charset: the user's default server character set.
        dateform: DATEFORM of the session.
        max_decimal: DBS Control MaxDecimal: 0, 15, 18 or 38 (docs/teradata/typing.md §2).
        now: the request's time, with a time zone. Given from outside, so that results can be repeated.
        session: the session's number.
        query_band: what GetQueryBand() answers.
    """

    mode: Literal["ANSI", "TERA"]
    user: str
    database: str
    now: datetime
    charset: Literal["LATIN", "UNICODE"] = "LATIN"
    dateform: Literal["INTEGERDATE", "ANSIDATE"] = "INTEGERDATE"
    max_decimal: int = 15
    session: int = 1
    query_band: str = ""


class UniqueColumns(Struct, frozen=True):
    """Columns whose values may not repeat: a unique primary index, a unique secondary index, or a key.

    Args:
        columns: names.
        primary: True where it is the primary index (error 2801), False for a secondary index (2803).
    """

    columns: tuple[str, ...]
    primary: bool = False


class ForeignKey(Struct, frozen=True):
    """A reference whose rows the system checks: not one WITH NO CHECK OPTION.

    Args:
        child: database and name of the table that refers.
        columns: of the child.
        parent: database and name of the table referred to.
        parent_columns: in the order of ``columns``; empty where not written: the parent's primary key.
    """

    child: tuple[str, str]
    columns: tuple[str, ...]
    parent: tuple[str, str]
    parent_columns: tuple[str, ...] = ()


class Relation(Struct, frozen=True, kw_only=True):
    """A table, or a view, as a query sees it.

    Args:
        database: the database it lies in, as created.
        name: its name, as created.
        columns: in order. Of a view: whatever is known; the query decides.
        source: DuckDB SQL that stands for its rows, fit for a FROM clause (a quoted table name of the attached
            catalog, or a sub-select in parentheses); its columns bear the names of ``columns``. None for a view.
        query: of a view: the query's text, after AS and without a LOCKING modifier. None for a table.
        query_database: of a view: the default database of its text.
        lookup: of a view: the catalog with the columns that its text was read with; None for the catalog as it is.
        set_kind: of a table: whether duplicate rows are refused.
        uniques: of a table: what may not repeat.
        checks: of a table: conditions of CHECK constraints, column and table level, canonical text.
        partitioning: of a table: one expression a level, canonical text.
        foreign_keys: of a table: references to others that its rows must keep.
        periods: of a table: the first and last column of each derived period.
        primary_key: of a table: the columns of its PRIMARY KEY.
        unfilled: folded names of columns that the emulator lists and does not fill: selecting one is refused.
    """

    database: str
    name: str
    columns: tuple[Column, ...]
    source: str | None = None
    query: str | None = None
    query_database: str = ""
    lookup: Any = None
    set_kind: Literal["SET", "MULTISET"] = "MULTISET"
    uniques: tuple[UniqueColumns, ...] = ()
    checks: tuple[str, ...] = ()
    partitioning: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    periods: tuple[tuple[str, str], ...] = ()
    primary_key: tuple[str, ...] = ()
    unfilled: frozenset[str] = frozenset()


class Environment(Protocol):
    """The emulator behind a query."""

    @property
    def settings(self) -> Settings:
        """Settings of the session."""

    def relation(self, database: str | None, name: str) -> Relation:
        """The table or view of this name.

        Args:
            database: as written, or None where the name was not qualified.
            name: as written, without quotes.

        Raises:
            TeradataError: 3807 no such object, 3802 no such database.
        """

    def function(self, database: str | None, name: str) -> object | None:
        """A user-defined function of this name, or None."""

    def referencing(self, relation: Relation) -> Sequence[ForeignKey]:
        """The foreign keys of other tables, and of its own, that refer to a table."""

    def execute(self, duckdb_sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Run one DuckDB statement on the one engine, under its lock; the DuckDB result."""

    def writable(self, relation: Relation) -> str:
        """The quoted DuckDB table that holds the relation's rows, made now if there was no row yet."""

    def reserve_identity(self, relation: Relation, column: str, count: int) -> int:
        """Take this many numbers of an identity column; the first of them. The others follow by its increment."""
