"""Teradata data types as values, with their exact text."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from dbee_dbt.model.names import fold

CHARACTER = frozenset({"CHAR", "VARCHAR", "CLOB"})
BYTES = frozenset({"BYTE", "VARBYTE", "BLOB"})
_REMEMBERED = 4096
_LEADING_DIGITS = 2  # default leading precision of an interval (SQL Data Types and Literals, B035-1143)


class DataType(Struct, frozen=True, omit_defaults=True):
    """One Teradata type.

    Args:
        name: canonical keywords without arguments: ``INTEGER``, ``DECIMAL``, ``VARCHAR``, ``TIMESTAMP``,
            ``INTERVAL DAY TO SECOND``, ``PERIOD(TIMESTAMP)``, ``JSON``, ``UDT`` …
        length: characters of a CHAR or VARCHAR, bytes of a BYTE or VARBYTE, maximum of a LOB; else None.
        precision: total digits of DECIMAL and NUMBER, leading digits of an interval; else None.
        scale: digits after the point, or fraction digits of seconds; else None.
        zone: True for ``WITH TIME ZONE``.
        charset: ``LATIN``, ``UNICODE``, ``GRAPHIC``, ``KANJISJIS``; None where none was written.
        udt: qualified name of a user-defined type as it is written, where ``name`` is ``UDT``.
        inline_length: bytes of a LOB that lie in the row (``INLINE LENGTH n``), or None.
        storage_format: ``BSON``, ``AVRO WITH SCHEMA d.s`` …; None where no STORAGE FORMAT is written.
    """

    name: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    zone: bool = False
    charset: str | None = None
    udt: str | None = None
    inline_length: int | None = None
    storage_format: str | None = None

    @property
    def is_character(self) -> bool:
        """True for types that carry a character set."""
        return self.name in CHARACTER

    def is_same(self, other: DataType) -> bool:
        """True for the same type: the case of a user-defined one's name does not count."""
        return self == other or (self.udt is not None and other.udt is not None and fold(self.udt) == fold(other.udt))

    @property
    def text(self) -> str:
        """The type as SHOW TABLE prints it, character set included where it is known."""
        base = self.base
        if self.inline_length is not None:
            base = f"{base} INLINE LENGTH {self.inline_length}"
        if self.charset and self.name != "UDT":
            base = f"{base} CHARACTER SET {self.charset}"
        return base if self.storage_format is None else f"{base} STORAGE FORMAT {self.storage_format}"

    @property
    def base(self) -> str:
        """The type without its character set: ``VARCHAR(40)``."""
        return _base(self)

    def _spelled(self) -> str:
        if self.udt is not None:
            return self.udt
        if self.name.startswith("INTERVAL"):
            return self._interval()
        if self.name.startswith("PERIOD("):
            return f"PERIOD({self._with_zone(self.name[7:-1])})"
        return self._with_zone(self.name)

    def _with_zone(self, name: str) -> str:
        arguments = self._arguments()
        return f"{name}{arguments}{' WITH TIME ZONE' if self.zone else ''}"

    def _arguments(self) -> str:
        if self.length is not None:
            return f"({self.length})"
        if self.name in ("DECIMAL", "NUMBER") and (self.precision is not None or self.scale is not None):
            digits = "*" if self.precision is None else str(self.precision)
            return f"({digits})" if self.scale is None else f"({digits},{self.scale})"
        return "" if self.scale is None else f"({self.scale})"

    def _interval(self) -> str:
        digits = _LEADING_DIGITS if self.precision is None else self.precision
        first, _, last = self.name[len("INTERVAL ") :].partition(" TO ")
        if first == "SECOND":
            return f"INTERVAL SECOND({digits},{6 if self.scale is None else self.scale})"
        if last == "SECOND":
            return f"INTERVAL {first}({digits}) TO SECOND({6 if self.scale is None else self.scale})"
        return f"INTERVAL {first}({digits})" + (f" TO {last}" if last else "")


@lru_cache(maxsize=_REMEMBERED)
def _base(data_type: DataType) -> str:
    """Estates have many columns and few types."""
    return data_type._spelled()


@lru_cache(maxsize=_REMEMBERED)
def default_format(data_type: DataType, dateform: str | None) -> str | None:
    """The FORMAT a column of this type has when none is written.

    Args:
        data_type: the column's type.
        dateform: ``INTEGERDATE`` or ``ANSIDATE``, or None when unknown.

    Returns:
        the format text without quotes, or None where it is not known.

    Source: SQL Data Types and Literals (B035-1143), "Default Formats"; docs/teradata/typing.md.
    """
    fixed = {
        "BYTEINT": "-999",
        "SMALLINT": "-(5)9",
        "INTEGER": "-(10)9",
        "BIGINT": "-(19)9",
        "FLOAT": "-9.99999999999999E-999",
    }
    name = data_type.name
    if name in fixed:
        return fixed[name]
    if name == "DATE":
        return {"INTEGERDATE": "YY/MM/DD", "ANSIDATE": "YYYY-MM-DD"}.get(dateform or "")
    if name in ("CHAR", "VARCHAR"):
        return f"X({data_type.length})"
    if name in ("BYTE", "VARBYTE"):
        return f"X({2 * (data_type.length or 1)})"
    if name == "DECIMAL":
        return _decimal_format(data_type.precision or 5, data_type.scale or 0)
    zone = "Z" if data_type.zone else ""
    if name in ("TIME", "TIMESTAMP"):
        seconds = f"HH:MI:SS.S(F){zone}" if data_type.scale != 0 else f"HH:MI:SS{zone}"
        return seconds if name == "TIME" else f"YYYY-MM-DDB{seconds}"
    return None


def _decimal_format(precision: int, scale: int) -> str:
    whole = precision - scale
    head = f"--({whole})" if whole else "--"
    return f"{head}.9({scale})" if scale else f"{head}."
