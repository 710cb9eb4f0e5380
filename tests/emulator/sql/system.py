"""The least environment that a query runs in: tables made from type texts, DuckDB behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
from msgspec.structs import replace

from dbee_dbt.ddl.types import read_type
from dbee_dbt.emulator.environment import Relation, Settings
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.sql.dml import run_dml
from dbee_dbt.emulator.sql.failures import explained
from dbee_dbt.emulator.sql.prelude import install
from dbee_dbt.emulator.sql.select import compile_query
from dbee_dbt.emulator.sql.storage import python_value, storage_type
from dbee_dbt.model.objects import Column

NOW = datetime(2024, 2, 29, 12, 34, 56, 789000, tzinfo=UTC)


class System:
    """A system of one database ``d``."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**{"mode": "ANSI", "user": "tester", "database": "d", "now": NOW, **settings})
        self.engine = duckdb.connect()
        install(self.engine)
        self.relations: dict[str, Relation] = {}
        self.next_identity = 1

    def table(self, name: str, columns: dict[str, str | Column], **facts: Any) -> None:
        """Make a table of columns by name: a type's text, or a whole column."""
        made = tuple(
            replace(column, name=key) if isinstance(column, Column) else Column(name=key, type=read_type(column))
            for key, column in columns.items()
        )
        fields = ", ".join(f'"{column.name}" {storage_type(column.type)}' for column in made if column.type)
        self.engine.execute(f'CREATE TABLE "{name}" ({fields})')
        self.relations[name] = Relation(database="d", name=name, columns=made, source=f'memory.main."{name}"', **facts)

    def view(self, name: str, query: str) -> None:
        """Make a view."""
        self.relations[name] = Relation(database="d", name=name, columns=(), query=query, query_database="d")

    def relation(self, database: str | None, name: str) -> Relation:
        if name.lower() not in self.relations:
            raise failure(3807, name)
        return self.relations[name.lower()]

    def function(self, database: str | None, name: str) -> None:
        return None

    def referencing(self, relation: Relation) -> tuple[()]:
        return ()

    def execute(self, duckdb_sql: str, parameters: Sequence[Any] = ()) -> Any:
        return self.engine.execute(duckdb_sql, list(parameters))

    def writable(self, relation: Relation) -> str:
        assert relation.source is not None
        return relation.source

    def reserve_identity(self, relation: Relation, column: str, count: int) -> int:
        first = self.next_identity
        self.next_identity += count
        return first

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query as the driver returns them."""
        compiled = compile_query(query, self, parameters)
        try:
            found = self.execute(compiled.sql, compiled.parameters).fetchall()
        except duckdb.Error as error:
            raise explained(error) from error
        kinds = [column.type for column in compiled.columns]
        return [tuple(python_value(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in found]

    def value(self, expression: str, *parameters: Any) -> Any:
        """The value of one expression."""
        return self.rows(f"SELECT {expression}", *parameters)[0][0]

    def change(self, statement: str, rows: Sequence[Sequence[Any]] = ()) -> int:
        """Run a DML statement."""
        try:
            return run_dml(statement, self, rows)
        except duckdb.Error as error:
            raise explained(error) from error


def answer(run: Any) -> str:
    """What a call answers, as the case files write it."""
    try:
        return shown(run())
    except TeradataError as error:
        return f"error {error.code}"
    except EmulatorRefusal:
        return "refused"


def shown(value: Any) -> str:
    """A value as the case files write it: text in quotes, bytes in hexadecimal, all else plain."""
    match value:
        case str():
            return f"'{value}'"
        case bytes():
            return f"{value.hex().upper()}XB"
        case tuple() | list():
            return "(" + ", ".join(shown(item) for item in value) + ")"
    return str(value)
