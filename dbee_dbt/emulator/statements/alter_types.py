"""Which changes of a column's type ALTER TABLE makes in place.

A type can change only when no stored row has to be rewritten (docs/teradata/ddl.md §2.3).
"""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.emulator.dictionary.codes import decimal_bytes
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.model.types import DataType

_INTEGERS = {1: "BYTEINT", 2: "SMALLINT", 4: "INTEGER", 8: "BIGINT"}
_DATES = ("DATE", "TIME", "TIMESTAMP")


def check_type_change(name: str, old: DataType, new: DataType, rows: Callable[[], int]) -> None:
    """Refuse a change of type that is not made in place.

    Args:
        name: the column, for the message.
        old: its type.
        new: the type it shall have, different from the old one.
        rows: counts the table's rows; asked only where it matters.

    Raises:
        TeradataError: 3558.
        EmulatorRefusal: the sources do not agree on whether Teradata makes this change.
    """
    if _is_disputed(old, new):
        raise EmulatorRefusal(f"ALTER of {old.text} to {new.text}: sources do not agree whether it is made in place")
    if not _is_in_place(old, new, rows):
        raise failure(3558, name)


def _is_in_place(old: DataType, new: DataType, rows: Callable[[], int]) -> bool:
    if old.name != new.name or old.charset != new.charset or old.udt != new.udt:
        return False
    if old.name in ("VARCHAR", "VARBYTE"):
        return (new.length or 0) >= (old.length or 0)
    if old.name == "DECIMAL":
        before, after = old.precision or 5, new.precision or 5
        same = (old.scale or 0) == (new.scale or 0) and decimal_bytes(before) == decimal_bytes(after)
        return same and after >= before
    if old.name == "NUMBER":
        return _is_wider_number(old, new) or rows() == 0
    return False


def _is_wider_number(old: DataType, new: DataType) -> bool:
    """NUMBER may gain digits, never lose them, and never go from approximate to exact."""
    if old.precision is None:
        return new.precision is None and new.scale in (None, old.scale)
    if new.precision is None:
        return new.scale is None or new.scale >= (old.scale or 0)
    more, finer = new.precision - old.precision, (new.scale or 0) - (old.scale or 0)
    return finer >= 0 and more >= finer


def _is_disputed(old: DataType, new: DataType) -> bool:
    if old.name == "CHAR":
        return new.name in _DATES or new.name.startswith("INTERVAL")
    if old.name == "DECIMAL" and not old.scale:
        return new.name == _INTEGERS.get(decimal_bytes(old.precision or 5))
    return False
