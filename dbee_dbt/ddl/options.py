"""Reads the options between a table's name and its columns (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.model.names import qualified

_ENDS = frozenset({",", "(", "AS", "USING", ""})
_IMAGES = frozenset({"NO", "SINGLE", "DUAL", "LOCAL"})

_SIZE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{0,12})?\Z")

Fields = dict[str, Any]


def read_options(cursor: Cursor, fields: Fields) -> None:
    """Takes table options up to a parenthesis, AS or the end; one not understood is kept in ``other``.

    Args:
        cursor: stands behind the table's name.
        fields: gets the fields of :class:`TableOptions` that are written, ``other`` as a list, and ``queue``.
    """
    while True:
        while cursor.accept(","):
            pass
        if cursor.key in _ENDS:
            return
        read_option(cursor, fields)


def read_option(cursor: Cursor, fields: Fields) -> None:
    """Takes one option; see :func:`read_options`."""
    read = _OPTIONS.get(cursor.key)
    if read is None or not read(cursor, fields):
        _other(cursor, fields)


def _other(cursor: Cursor, fields: Fields) -> None:
    start = cursor.at
    while cursor.at == start or cursor.key not in _ENDS:
        cursor.at += 1
    fields.setdefault("other", []).append(cursor.canonical(start, cursor.at))


def _fallback(cursor: Cursor, fields: Fields) -> bool:
    protected = not cursor.accept("NO")
    if not cursor.accept("FALLBACK"):
        return False
    cursor.accept("PROTECTION")
    fields["fallback"] = protected
    return True


def _journal(cursor: Cursor, fields: Fields) -> bool:
    """``[NO|SINGLE|DUAL|[NOT] LOCAL] [BEFORE|AFTER] JOURNAL``; without a side it is both."""
    start = cursor.at
    local = cursor.accept("NOT")
    image = ("NOT " if local else "") + (cursor.accept_any(_IMAGES) or "SINGLE")
    side = cursor.accept_any(("BEFORE", "AFTER"))
    if not cursor.accept("JOURNAL") or image in ("NOT NO", "NOT SINGLE", "NOT DUAL"):
        cursor.at = start
        return False
    for name in (side.lower(),) if side else ("before", "after"):
        fields[f"{name}_journal"] = image
    return True


def _no(cursor: Cursor, fields: Fields) -> bool:
    following = cursor.keys[cursor.at + 1]
    if following == "FALLBACK":
        return _fallback(cursor, fields)
    if following == "LOG":
        fields["log"] = False
    elif following == "MERGEBLOCKRATIO":
        fields["merge_block_ratio"] = "NO"
    else:
        return _journal(cursor, fields)
    cursor.at += 2
    return True


def _value(field: str) -> Callable[[Cursor, Fields], bool]:
    """``WORD = value`` with a word or number as value; ``[PERCENT]`` may follow it."""

    def read(cursor: Cursor, fields: Fields) -> bool:
        cursor.at += 1
        cursor.accept("=")
        if cursor.key in _ENDS:
            cursor.fail(f"a value is expected, {cursor.shown} found")
        fields[field] = cursor.key
        cursor.at += 1
        cursor.accept("PERCENT")
        return True

    return read


def _data_block_size(cursor: Cursor, fields: Fields) -> bool:
    cursor.at += 1
    cursor.accept("=")
    size = cursor.key
    if size in ("MINIMUM", "MAXIMUM", "DEFAULT"):
        cursor.at += 1
        fields["data_block_size"] = size
        return True
    if _SIZE.match(size) is None:
        cursor.fail(f"a size is expected, {cursor.shown} found")
    cursor.at += 1
    unit = cursor.accept_any(("BYTES", "KBYTES", "KILOBYTES"))
    fields["data_block_size"] = f"{round(float(size) * (1024 if unit.startswith('K') else 1))} BYTES"
    return True


_SIZED = {
    "MERGEBLOCKRATIO": "merge_block_ratio",
    "FREESPACE": "free_space",
    "DATABLOCKSIZE": "data_block_size",
}


def _sized(cursor: Cursor, fields: Fields) -> bool:
    """``DEFAULT MERGEBLOCKRATIO``, ``MINIMUM DATABLOCKSIZE`` …"""
    field = _SIZED.get(cursor.keys[cursor.at + 1])
    if field is None:
        return False
    fields[field] = cursor.key
    cursor.at += 2
    return True


def _with(cursor: Cursor, fields: Fields) -> bool:
    start = cursor.at
    if cursor.accept("WITH", "JOURNAL", "TABLE"):
        cursor.accept("=")
        fields["journal_table"] = qualified(*cursor.qualified(""))
        return True
    cursor.accept("WITH")
    cursor.accept("NO")
    cursor.accept("CONCURRENT")
    if not cursor.accept("ISOLATED", "LOADING"):
        cursor.at = start
        return False
    if cursor.accept("FOR"):
        cursor.at += 1
    fields["isolated_loading"] = cursor.keywords(start, cursor.at)
    return True


def _map(cursor: Cursor, fields: Fields) -> bool:
    cursor.at += 1
    cursor.accept("=")
    fields["map"] = cursor.name()
    if cursor.accept("COLOCATE", "USING"):
        fields["colocate"] = cursor.name()
    return True


def _external(cursor: Cursor, fields: Fields) -> bool:
    """``EXTERNAL SECURITY [DEFINER|INVOKER] [TRUSTED] authorization`` of a foreign table."""
    if not cursor.accept("EXTERNAL", "SECURITY"):
        return False
    words = [cursor.accept_any(("DEFINER", "INVOKER")), cursor.accept_any(("TRUSTED",))]
    name = qualified(*cursor.qualified("")) if cursor.is_name() and cursor.key not in _ENDS else ""
    fields["external_security"] = " ".join(word for word in (*words, name) if word)
    return True


def _flag(field: str) -> Callable[[Cursor, Fields], bool]:
    def read(cursor: Cursor, fields: Fields) -> bool:
        cursor.at += 1
        fields[field] = True
        return True

    return read


_OPTIONS: dict[str, Callable[[Cursor, Fields], bool]] = {
    "FALLBACK": _fallback,
    "NO": _no,
    "NOT": _journal,
    "SINGLE": _journal,
    "DUAL": _journal,
    "LOCAL": _journal,
    "BEFORE": _journal,
    "AFTER": _journal,
    "JOURNAL": _journal,
    "CHECKSUM": _value("checksum"),
    "DATABLOCKSIZE": _data_block_size,
    "DEFAULT": _sized,
    "MINIMUM": _sized,
    "MAXIMUM": _sized,
    "MERGEBLOCKRATIO": _value("merge_block_ratio"),
    "FREESPACE": _value("free_space"),
    "BLOCKCOMPRESSION": _value("block_compression"),
    "BLOCKCOMPRESSIONALGORITHM": _value("block_compression_algorithm"),
    "BLOCKCOMPRESSIONLEVEL": _value("block_compression_level"),
    "MAP": _map,
    "WITH": _with,
    "EXTERNAL": _external,
    "LOG": _flag("log"),
    "QUEUE": _flag("queue"),
}
