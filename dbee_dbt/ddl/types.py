"""Data types as they are written, in any of their spellings."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.model.names import identifier
from dbee_dbt.model.types import DataType

# Spellings and defaults: SQL Data Types and Literals (B035-1143); docs/teradata/ddl.md §2.4.
_PLAIN = {
    "BYTEINT": "BYTEINT",
    "SMALLINT": "SMALLINT",
    "INTEGER": "INTEGER",
    "INT": "INTEGER",
    "BIGINT": "BIGINT",
    "DATE": "DATE",
    "FLOAT": "FLOAT",
    "REAL": "FLOAT",
    "TD_ANYTYPE": "TD_ANYTYPE",
}
_FIELDS = ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
_UNITS = {"K": 1024, "M": 1024**2, "G": 1024**3}
_CHARSETS = frozenset({"LATIN", "UNICODE", "GRAPHIC", "KANJISJIS", "KANJI1"})
_LOB = 2097088000
_UNICODE_LOB = 1048544000


def read_type(text: str) -> DataType:
    """The type that a text names, with what the text leaves out filled in.

    Args:
        text: a type and nothing else: ``INT``, ``VARCHAR(40) CHARACTER SET LATIN``, ``TIMESTAMP WITH TIME ZONE``.

    Raises:
        DdlError: the text is no type, or more than one.
    """
    cursor = Cursor.of(text)
    found = read_type_at(cursor)
    if not cursor.done:
        cursor.fail(f"a data type ends before {cursor.shown}")
    return found


def read_type_at(cursor: Cursor) -> DataType:
    """Takes a type with its character set and storage clauses; see :func:`read_type`.

    A name that is no built-in type is a user-defined one. What a type leaves out is filled in where the manual
    fixes it: DECIMAL is DECIMAL(5,0), CHAR is CHAR(1), TIMESTAMP is TIMESTAMP(6).

    Raises:
        DdlError: no type comes next.
    """
    key = cursor.key
    plain = _PLAIN.get(key)
    if plain is not None and cursor.keys[cursor.at + 1] not in ("(", "."):
        cursor.at += 1
        return DataType(plain)
    reader = _READERS.get(key)
    if reader is None or cursor.keys[cursor.at + 1] == ".":
        return _with_suffix(cursor, _user_defined(cursor))
    cursor.at += 1
    return _with_suffix(cursor, reader(cursor))


def charset_at(cursor: Cursor) -> str | None:
    """Takes ``CHARACTER SET x`` if it comes next; returns the set, or None."""
    at = cursor.at
    if cursor.keys[at] not in ("CHARACTER", "CHAR") or cursor.keys[at + 1] != "SET":
        return None
    if cursor.keys[at + 2] not in _CHARSETS:
        cursor.at += 2
        cursor.fail(f"a character set is expected, {cursor.shown} found")
    cursor.at = at + 3
    return cursor.keys[at + 2]


def with_charset(found: DataType, charset: str | None) -> DataType:
    """The type with this character set, and the length that rests on it."""
    if charset is None:
        return found
    if found.name == "LONG VARCHAR":
        return DataType("VARCHAR", length=32000 if charset == "UNICODE" else 64000, charset=charset)
    if found.name == "CLOB" and found.length is None:
        return replace(found, charset=charset, length=_UNICODE_LOB if charset == "UNICODE" else _LOB)
    return replace(found, charset=charset)


def _with_suffix(cursor: Cursor, found: DataType) -> DataType:
    found = with_charset(found, charset_at(cursor))
    while cursor.key in ("INLINE", "STORAGE"):
        if cursor.accept("INLINE", "LENGTH"):
            found = with_charset(replace(found, inline_length=_count(cursor)), charset_at(cursor))
        elif cursor.accept("STORAGE", "FORMAT"):
            found = replace(found, storage_format=_storage_format(cursor))
        else:
            break
    return found


def _storage_format(cursor: Cursor) -> str:
    """Takes ``AVRO [WITH SCHEMA s]``, ``CSV``, ``BSON``, ``UBJSON`` …"""
    start = cursor.at
    cursor.name()
    if cursor.accept("WITH", "SCHEMA"):
        cursor.qualified("")
    return cursor.canonical(start, cursor.at)


def _length(cursor: Cursor) -> int | None:
    """Takes ``(n)``, ``(nK)``, ``(n CHARACTERS)``; returns n, or None where no parenthesis comes."""
    if cursor.keys[cursor.at] != "(":
        return None
    cursor.at += 1
    length = _count(cursor)
    unit = cursor.accept_any(("K", "M", "G"))
    cursor.accept_any(("CHARACTERS", "CHARS", "BYTES"))
    cursor.expect(")")
    return length * _UNITS.get(unit, 1)


def _count(cursor: Cursor) -> int:
    count = None if cursor.key in ("-", "+") else cursor.integer()
    if count is None:
        cursor.fail(f"a number is expected, {cursor.shown} found")
    return count


def _character(cursor: Cursor) -> DataType:
    """CHAR, CHARACTER and what follows them; CHARACTER SET is no type."""
    if cursor.accept("LARGE", "OBJECT"):
        return _clob(cursor)
    name = "VARCHAR" if cursor.accept_any(("VARYING",)) else "CHAR"
    return _varchar(cursor) if name == "VARCHAR" else DataType("CHAR", length=_length(cursor) or 1)


def _varchar(cursor: Cursor) -> DataType:
    length = _length(cursor)
    if length is None:
        cursor.fail(f"the length of VARCHAR is expected, {cursor.shown} found")
    return DataType("VARCHAR", length=length)


def _clob(cursor: Cursor) -> DataType:
    return DataType("CLOB", length=_length(cursor))


def _graphic(cursor: Cursor) -> DataType:
    return DataType("CHAR", length=_length(cursor) or 1, charset="GRAPHIC")


def _vargraphic(cursor: Cursor) -> DataType:
    return replace(_varchar(cursor), charset="GRAPHIC")


def _long(cursor: Cursor) -> DataType:
    if cursor.accept("VARGRAPHIC"):
        return DataType("VARCHAR", length=32000, charset="GRAPHIC")
    cursor.expect("VARCHAR")
    return DataType("LONG VARCHAR")


def _binary(cursor: Cursor) -> DataType:
    cursor.expect("LARGE")
    cursor.expect("OBJECT")
    return _blob(cursor)


def _blob(cursor: Cursor) -> DataType:
    return DataType("BLOB", length=_length(cursor) or _LOB)


def _varbyte(cursor: Cursor) -> DataType:
    length = _length(cursor)
    if length is None:
        cursor.fail(f"the length of VARBYTE is expected, {cursor.shown} found")
    return DataType("VARBYTE", length=length)


def _byte(cursor: Cursor) -> DataType:
    if cursor.accept("VARYING"):
        return _varbyte(cursor)
    return DataType("BYTE", length=_length(cursor) or 1)


def _decimal(cursor: Cursor) -> DataType:
    if not cursor.accept("("):
        return DataType("DECIMAL", precision=5, scale=0)
    precision = _count(cursor)
    scale = _count(cursor) if cursor.accept(",") else 0
    cursor.expect(")")
    return DataType("DECIMAL", precision=precision, scale=scale)


def _number(cursor: Cursor) -> DataType:
    if not cursor.accept("("):
        return DataType("NUMBER")
    precision = None if cursor.accept("*") else _count(cursor)
    scale = _count(cursor) if cursor.accept(",") else None
    cursor.expect(")")
    return DataType("NUMBER", precision=precision, scale=0 if precision is not None and scale is None else scale)


def _float(cursor: Cursor) -> DataType:
    _length(cursor)  # FLOAT(n) is accepted and means FLOAT
    return DataType("FLOAT")


def _double(cursor: Cursor) -> DataType:
    cursor.accept("PRECISION")
    return DataType("FLOAT")


def _time(name: str) -> Callable[[Cursor], DataType]:
    def read(cursor: Cursor) -> DataType:
        length = _length(cursor)
        return DataType(name, scale=6 if length is None else length, zone=cursor.accept("WITH", "TIME", "ZONE"))

    return read


def read_interval(cursor: Cursor) -> DataType:
    """Takes the fields of an INTERVAL: ``DAY(4) TO SECOND(6)``.

    Args:
        cursor: stands behind INTERVAL, or behind the literal of one.

    Raises:
        DdlError: a field is missing.
    """
    first = cursor.accept_any(_FIELDS)
    if not first:
        cursor.fail(f"the field of an INTERVAL is expected, {cursor.shown} found")
    precision, scale = _interval_digits(cursor)
    last = ""
    if cursor.accept("TO"):
        last = cursor.accept_any(_FIELDS)
        if not last:
            cursor.fail(f"the last field of an INTERVAL is expected, {cursor.shown} found")
        scale = _length(cursor) if last == "SECOND" else None
    name = f"INTERVAL {first} TO {last}" if last else f"INTERVAL {first}"
    seconds = (6 if scale is None else scale) if "SECOND" in (first, last) else None
    return DataType(name, precision=2 if precision is None else precision, scale=seconds)


def _interval_digits(cursor: Cursor) -> tuple[int | None, int | None]:
    if not cursor.accept("("):
        return None, None
    precision = _count(cursor)
    scale = _count(cursor) if cursor.accept(",") else None
    cursor.expect(")")
    return precision, scale


def _period(cursor: Cursor) -> DataType:
    cursor.expect("(")
    if cursor.key not in ("DATE", "TIME", "TIMESTAMP"):
        cursor.fail(f"DATE, TIME or TIMESTAMP is expected, {cursor.shown} found")
    element = read_type_at(cursor)
    cursor.expect(")")
    return replace(element, name=f"PERIOD({element.name})")


def _document(name: str) -> Callable[[Cursor], DataType]:
    return lambda cursor: DataType(name, length=_length(cursor))


def _user_defined(cursor: Cursor) -> DataType:
    database, name = cursor.qualified("SYSUDTLIB")
    arguments = f"({cursor.group()})" if cursor.key == "(" else ""
    return DataType("UDT", udt=f"{identifier(database)}.{identifier(name)}{arguments}")


_READERS: dict[str, Callable[[Cursor], DataType]] = {
    "CHAR": _character,
    "CHARACTER": _character,
    "VARCHAR": _varchar,
    "CLOB": _clob,
    "GRAPHIC": _graphic,
    "VARGRAPHIC": _vargraphic,
    "LONG": _long,
    "BYTE": _byte,
    "VARBYTE": _varbyte,
    "BLOB": _blob,
    "BINARY": _binary,
    "DECIMAL": _decimal,
    "DEC": _decimal,
    "NUMERIC": _decimal,
    "NUMBER": _number,
    "FLOAT": _float,
    "REAL": _float,
    "DOUBLE": _double,
    "TIME": _time("TIME"),
    "TIMESTAMP": _time("TIMESTAMP"),
    "INTERVAL": read_interval,
    "PERIOD": _period,
    "JSON": _document("JSON"),
    "XML": _document("XML"),
    "DATASET": _document("DATASET"),
}

BUILT_IN_TYPES = frozenset({*_PLAIN, *_READERS})
"""Words with which a built-in type begins."""
