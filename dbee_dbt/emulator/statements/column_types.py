"""Which types a column may have, and which have a case (docs/teradata/errors.md §3.2)."""

from __future__ import annotations

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.emulator.dictionary.codes import type_code
from dbee_dbt.emulator.errors import TeradataError, failure
from dbee_dbt.emulator.system import System
from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType

_LONGEST = {"LATIN": 64_000, "UNICODE": 32_000, "GRAPHIC": 32_000, "KANJISJIS": 32_000}
_LONGEST_BYTES = 64_000
_LARGEST = 2_097_088_000  # bytes of a CLOB, BLOB or XML
_DIGITS = 38
# Types in SYSUDTLIB that every system has (SQL Geospatial Types, B035-1181).
_GIVEN_TYPES = frozenset({"ST_GEOMETRY", "MBR", "MBB"})
TYPES = "SYSUDTLIB"
WITH_CASE = ("CHAR", "VARCHAR")
"""Types whose columns are CASESPECIFIC or not."""


def check_type(kind: DataType) -> None:
    """Refuse a type that no column can have.

    Raises:
        TeradataError: 5325 length 0, 3798 too long, 3784 too many digits, 3779 more fraction digits than digits.
        EmulatorRefusal: a type that the dictionary's code is not known of.
    """
    if kind.length is not None:
        _check_length(kind, kind.length)
    if kind.name in ("DECIMAL", "NUMBER") and kind.precision is not None:
        if not 1 <= kind.precision <= _DIGITS:
            raise failure(3784)
        if kind.name == "DECIMAL" and not 0 <= (kind.scale or 0) <= kind.precision:
            raise failure(3779)
    type_code(kind)


def check_type_exists(system: System, kind: DataType) -> None:
    """Refuse a user-defined type that nobody has made.

    Raises:
        TeradataError: 3706, with the words that a live system was seen to use.
    """
    if kind.udt is None:
        return
    name = fold(Cursor.of(kind.udt).qualified(TYPES)[1])  # in capitals, as in the words of a live system
    entry = system.entry(TYPES, name)
    if name not in _GIVEN_TYPES and (entry is None or entry.found.kind != "type"):
        raise TeradataError(3706, f"Syntax error: {name} does not match a Defined Type name.")


def _check_length(kind: DataType, length: int) -> None:
    if length == 0 and kind.name in ("CHAR", "VARCHAR", "BYTE", "VARBYTE"):
        raise failure(5325)
    if kind.name in ("CHAR", "VARCHAR"):
        longest = _LONGEST.get(kind.charset or "LATIN", 32_000)
    else:
        longest = _LONGEST_BYTES if kind.name in ("BYTE", "VARBYTE") else _LARGEST
    if length > longest:
        raise failure(3798)


def case_of(kind: DataType, case_specific: bool) -> bool | None:
    """Whether a column of this type is CASESPECIFIC; None for a type that is neither."""
    return case_specific if kind.name in WITH_CASE else None
