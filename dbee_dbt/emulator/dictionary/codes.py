"""Codes with which the dictionary writes types and object kinds (docs/teradata/dictionary.md §1.3, §1.4)."""

from __future__ import annotations

from typing import NamedTuple

from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.model.objects import CatalogObject, CodeObject, Database, Definition, HashIndex, JoinIndex, Table, View
from dbee_dbt.model.types import DataType


class TypeCode(NamedTuple):
    """A type as ColumnsV writes it.

    Attributes:
        code: ColumnType.
        length: ColumnLength, bytes of storage.
        charset: CharType; 0 for types that are not character types.
        digits: DecimalTotalDigits, or None.
        fraction: DecimalFractionalDigits, or None.
        udt: ColumnUDTName, or None.
    """

    code: str
    length: int
    charset: int = 0
    digits: int | None = None
    fraction: int | None = None
    udt: str | None = None


CHARSETS = {"LATIN": 1, "UNICODE": 2, "KANJISJIS": 3, "GRAPHIC": 4}
_FIXED = {
    "BYTEINT": ("I1", 1),
    "SMALLINT": ("I2", 2),
    "INTEGER": ("I", 4),
    "BIGINT": ("I8", 8),
    "FLOAT": ("F", 8),
    "DATE": ("DA", 4),
}
_CHARACTER = {"CHAR": "CF", "VARCHAR": "CV", "CLOB": "CO", "JSON": "JN", "XML": "XM"}
_BYTES = {"BYTE": "BF", "VARBYTE": "BV", "BLOB": "BO"}
_LARGEST = {"CLOB": 2_097_088_000, "BLOB": 2_097_088_000, "XML": 2_097_088_000, "JSON": 16_776_192}
_TEMPORAL = {
    ("TIME", False): ("AT", 6),
    ("TIME", True): ("TZ", 8),
    ("TIMESTAMP", False): ("TS", 10),
    ("TIMESTAMP", True): ("SZ", 12),
    ("PERIOD(DATE)", False): ("PD", 8),
    ("PERIOD(TIME)", False): ("PT", 12),
    ("PERIOD(TIME)", True): ("PZ", 16),
    ("PERIOD(TIMESTAMP)", False): ("PS", 20),
    ("PERIOD(TIMESTAMP)", True): ("PM", 24),
}
_INTERVALS = {
    "YEAR": ("YR", 2),
    "YEAR TO MONTH": ("YM", 4),
    "MONTH": ("MO", 2),
    "DAY": ("DY", 2),
    "DAY TO HOUR": ("DH", 4),
    "DAY TO MINUTE": ("DM", 8),
    "DAY TO SECOND": ("DS", 12),
    "HOUR": ("HR", 2),
    "HOUR TO MINUTE": ("HM", 4),
    "HOUR TO SECOND": ("HS", 8),
    "MINUTE": ("MI", 2),
    "MINUTE TO SECOND": ("MS", 6),
    "SECOND": ("SC", 6),
}
_ANY_DIGITS = -128  # how NUMBER without precision or scale is written

_KNOWN: dict[DataType, TypeCode] = {}


def type_code(data_type: DataType) -> TypeCode:
    """How ColumnsV writes this type.

    Raises:
        EmulatorRefusal: a type whose code is not known.
    """
    found = _KNOWN.get(data_type)
    if found is None:
        found = _KNOWN[data_type] = _type_code(data_type)
    return found


def _type_code(kind: DataType) -> TypeCode:
    name = kind.name
    if name in _FIXED:
        return TypeCode(*_FIXED[name])
    if name in _CHARACTER:
        return _character(kind)
    if name in _BYTES:
        return TypeCode(_BYTES[name], kind.length or _LARGEST.get(name, 1))
    if name == "DECIMAL":
        return TypeCode("D", decimal_bytes(kind.precision or 5), 0, kind.precision, kind.scale or 0)
    if name == "NUMBER":
        any_scale = _ANY_DIGITS if kind.precision is None else 0
        scale = any_scale if kind.scale is None else kind.scale
        return TypeCode("N", 18, 0, _ANY_DIGITS if kind.precision is None else kind.precision, scale)
    if (name, kind.zone) in _TEMPORAL:
        code, length = _TEMPORAL[(name, kind.zone)]
        return TypeCode(code, length, 0, None, None if name == "PERIOD(DATE)" else _seconds(kind))
    return _special(kind)


def _special(kind: DataType) -> TypeCode:
    if kind.name.startswith("INTERVAL "):
        fields = kind.name[len("INTERVAL ") :]
        code, length = _INTERVALS[fields]
        digits = 2 if kind.precision is None else kind.precision
        return TypeCode(code, length, 0, digits, _seconds(kind) if fields.endswith("SECOND") else None)
    if kind.udt is not None:
        return TypeCode("UT", 0, 0, None, None, kind.udt.rpartition(".")[2])
    raise EmulatorRefusal(f"the dictionary's code of type {kind.text}")


def _character(kind: DataType) -> TypeCode:
    charset = 0 if kind.name == "XML" else CHARSETS.get(kind.charset or "LATIN", 1)
    characters = kind.length or _LARGEST.get(kind.name, 1)
    width = 2 if charset in (2, 4) and kind.name != "XML" else 1
    return TypeCode(_CHARACTER[kind.name], characters * width, charset)


def _seconds(kind: DataType) -> int:
    return 6 if kind.scale is None else kind.scale


def decimal_bytes(precision: int) -> int:
    """Bytes in which a DECIMAL of this many digits is stored: 1, 2, 4, 8 or 16."""
    return next(size for digits, size in ((2, 1), (4, 2), (9, 4), (18, 8), (38, 16)) if precision <= digits)


KIND_CODES = {
    "view": "V",
    "macro": "M",
    "procedure": "P",
    "external procedure": "E",
    "function": "F",
    "aggregate function": "A",
    "table function": "R",
    "trigger": "G",
    "join index": "I",
    "hash index": "N",
    "journal": "J",
    "jar": "D",
    "type": "U",
    "method": "H",
    "authorization": "X",
    "foreign server": "K",
    "operator": "L",
    "schema": "1",
    "glop set": "Y",
}


def kind_code(found: CatalogObject) -> str:
    """TableKind of an object.

    Raises:
        EmulatorRefusal: a kind without a code.
    """
    if isinstance(found, Table):
        return _table_code(found)
    if isinstance(found, View):
        return "V"
    if isinstance(found, CodeObject | JoinIndex | HashIndex | Definition) and found.kind in KIND_CODES:
        return KIND_CODES[found.kind]
    raise EmulatorRefusal(f"listing a {found.kind}")


def _table_code(table: Table) -> str:
    if table.queue:
        return "Q"
    index = table.primary_index
    without = index is not None and index.form == "no primary index"
    return "O" if without and not table.partitioning else "T"


def database_code(found: Database) -> str:
    """DBKind of a database or user."""
    return "U" if found.kind == "user" else "D"
