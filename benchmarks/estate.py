"""Made-up estates of any size: DDL text and catalogs, the same at every run."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.model.catalog import Catalog, Defaults, catalog_of
from dbee_dbt.model.objects import Column, Origin, PrimaryIndex, Source, Table, TableOptions
from dbee_dbt.model.types import DataType

# What both a Teradata system and sqlglot's Teradata dialect read.
_TYPES = (
    "INTEGER NOT NULL",
    "VARCHAR(40)",
    "DECIMAL(18,2)",
    "DATE",
    "TIMESTAMP(6)",
    "CHAR(3) NOT NULL",
    "BIGINT",
    "SMALLINT",
    "FLOAT",
    "VARCHAR(250)",
)
_MODEL_TYPES = (
    DataType("INTEGER"),
    DataType("VARCHAR", length=40),
    DataType("DECIMAL", precision=18, scale=2),
    DataType("DATE"),
    DataType("TIMESTAMP", scale=6),
)
KNOWN = Defaults(session_mode="ANSI", charset="LATIN", dateform="ANSIDATE", map="TD_MAP1")


def ddl(tables: int, columns: int) -> str:
    """CREATE TABLE statements, several databases, one primary index each."""
    return "".join(_create(number, columns) for number in range(tables))


def _create(number: int, columns: int) -> str:
    lines = ",\n".join(f"    COL_{at}_{number % 7} {_TYPES[at % len(_TYPES)]}" for at in range(columns))
    head = f"CREATE MULTISET TABLE DB_{number % 20}.TABLE_{number}, NO FALLBACK\n(\n"
    return f"{head}{lines}\n)\nPRIMARY INDEX (COL_0_{number % 7});\n\n"


def catalog(source: Source, tables: int, columns: int, changed_every: int = 0) -> Catalog:
    """A catalog of tables as one source tells them.

    Args:
        source: ``ddl``: nothing is written that a default says; ``dictionary``: everything is.
        tables: how many.
        columns: of each.
        changed_every: in each so-manieth table one column is wider; 0: in none.
    """
    found = (_table(source, number, columns, changed_every) for number in range(tables))
    return catalog_of(f"{source}:", found, defaults=KNOWN)


def _table(source: Source, number: int, columns: int, changed_every: int) -> Table:
    told = source == "dictionary"
    wide = bool(changed_every) and number % changed_every == 0
    return Table(
        database=f"DB_{number % 20}",
        name=f"TABLE_{number}",
        columns=tuple(_columns(number, columns, told, wide)),
        set_kind="MULTISET",
        primary_index=PrimaryIndex(columns=("COL_0",)),
        options=TableOptions(fallback=False, before_journal="NO", after_journal="NO", map="TD_MAP1" if told else None),
        comment=f"table {number}",
        origin=Origin(source),
    )


def _columns(number: int, columns: int, told: bool, wide: bool) -> Iterator[Column]:
    for at in range(columns):
        data_type = _MODEL_TYPES[at % len(_MODEL_TYPES)]
        character = data_type.name == "VARCHAR"
        if character:
            data_type = DataType("VARCHAR", length=80 if wide else 40, charset="LATIN" if told else None)
        yield Column(
            name=f"COL_{at}",
            type=data_type,
            nullable=at > 0,
            case_specific=True if told and character else None,
            format="YYYY-MM-DD" if told and data_type.name == "DATE" else None,
            comment=f"column {at} of {number}",
        )
