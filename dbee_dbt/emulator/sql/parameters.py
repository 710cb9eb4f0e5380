"""Rows of bound values: the type of each column of them, and how they enter DuckDB at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dbee_dbt.ddl.expressions.bind_literal import type_of_parameter
from dbee_dbt.ddl.expressions.bound import UNTYPED, Bound
from dbee_dbt.ddl.expressions.families import FLOAT, family, varchar
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.sql.failures import teradata_error
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.model.types import DataType

_WHOLE_DIGITS = 19  # of a BIGINT beside numbers with a point


class ParameterRows(NamedTuple):
    """Parameter rows of one request.

    Args:
        types: one a marker.
        columns: one list of values a marker, as DuckDB takes them.
    """

    types: tuple[DataType, ...]
    columns: tuple[list[Any], ...]

    @property
    def source(self) -> str:
        """The rows as a FROM item ``p`` with the columns p1 … pn; its parameters are the columns."""
        parts = [
            f"unnest(CAST(${index} AS {_storage(kind)}[])) AS p{index}" for index, kind in enumerate(self.types, 1)
        ]
        return f"(SELECT {', '.join(parts)}) AS p"


def parameter_rows(rows: Sequence[Sequence[Any]]) -> ParameterRows:
    """The types and columns of parameter rows.

    Raises:
        TeradataError: 3939 where the rows are not equally long.
        EmulatorRefusal: for values of types that do not go together.
    """
    if len({len(row) for row in rows}) > 1:
        raise teradata_error(3939)
    columns = tuple([_plain(value) for value in column] for column in zip(*rows, strict=True))
    return ParameterRows(tuple(_column_type(column) for column in columns), columns)


def column_sql(value: Bound) -> str:
    """A bound value, where the rows stand in FROM."""
    return f"p.p{value.number + 1}"


def _storage(kind: DataType) -> str:
    return "INTEGER" if kind == UNTYPED else storage_type(kind)


def _plain(value: Any) -> Any:
    """A value as DuckDB takes it: without a time zone, of which only +00:00 is emulated."""
    if isinstance(value, bool):
        return int(value)
    zone = getattr(value, "tzinfo", None)
    if zone is None:
        return value
    if value.utcoffset():
        raise EmulatorRefusal("a parameter with a time zone other than +00:00")
    return value


def _column_type(values: list[Any]) -> DataType:
    kinds = {type_of_parameter(value) for value in values} - {UNTYPED}
    if not kinds:
        return UNTYPED
    if len(kinds) == 1:
        return next(iter(kinds))
    families = {family(kind) for kind in kinds}
    if families <= {"integer", "number", "float"}:
        return FLOAT if "float" in families else _number(kinds)
    if len(families) > 1:
        raise EmulatorRefusal("parameters of different types in one column")
    first = next(iter(kinds))
    if first.name in ("VARCHAR", "VARBYTE"):
        longest = max(kind.length or 1 for kind in kinds)
        return varchar(longest, "UNICODE") if first.name == "VARCHAR" else DataType("VARBYTE", length=longest)
    raise EmulatorRefusal("parameters of different types in one column")


def _number(kinds: set[DataType]) -> DataType:
    scale = max(kind.scale or 0 for kind in kinds)
    whole = max(_WHOLE_DIGITS if kind.name == "BIGINT" else (kind.precision or 0) - (kind.scale or 0) for kind in kinds)
    if whole + scale > 38:
        raise EmulatorRefusal("numbers of more than 38 digits as parameters")
    return DataType("NUMBER", precision=whole + scale, scale=scale)
