"""Values as DuckDB literals, and names as DuckDB identifiers."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.model.types import DataType


def text_sql(text: str) -> str:
    """Characters as a DuckDB literal."""
    return "'" + text.replace("'", "''") + "'"


def name_sql(name: str) -> str:
    """A name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def constant_sql(value: Any, kind: DataType) -> str:
    """A constant as DuckDB SQL of the type's storage.

    Args:
        value: as ``Constant`` holds it; None for NULL.
        kind: its Teradata type.
    """
    match value:
        case None:
            return f"CAST(NULL AS {'INTEGER' if kind.name == 'NULL' else storage_type(kind)})"
        case str():
            return text_sql(value)
        case bytes():
            return f"unhex('{value.hex()}')"
        case datetime():
            return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S.%f}'" if value.year > 999 else _early(value.isoformat(" "))
        case date():
            return f"DATE '{value.isoformat()}'"
        case time():
            return f"TIME '{value.isoformat()}'"
        case int():
            return f"CAST({value} AS {storage_type(kind)})"
        case Decimal():
            return f"CAST({value:f} AS {storage_type(kind)})"
    return f"CAST('{value!r}' AS {storage_type(kind)})"


def _early(text: str) -> str:
    return f"TIMESTAMP '{text}'"
