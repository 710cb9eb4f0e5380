"""Reads the options between a table's name and its columns (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dbee_dbt.ddl.clauses import unknown_text
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.phrases import phrases, refuse_cut
from dbee_dbt.model.names import qualified

_ENDS = frozenset({",", "(", "AS", "USING", ""})
_IMAGES = frozenset({"NO", "SINGLE", "DUAL", "LOCAL"})
_LOADS = frozenset({"ALL", "INSERT", "NONE"})

_SIZE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{0,12})?\Z")

Fields = dict[str, Any]


def read_options(cursor: Cursor, fields: Fields) -> None:
    """Takes table options up to a parenthesis, AS or the end; one not understood is kept in ``other``.

    Args:
        cursor: stands behind the table's name.
        fields: gets the fields of :class:`TableOptions` that are written, ``other`` as a list, and ``queue``.

    Raises:
        DdlError: an option breaks off.
    """
    while cursor.key not in _ENDS or cursor.key == ",":
        if cursor.accept(",") and cursor.key in _ENDS:
            cursor.fail(f"an option of the table is expected, {cursor.shown} found")
        read_option(cursor, fields)


def read_option(cursor: Cursor, fields: Fields) -> None:
    """Takes one option; see :func:`read_options`."""
    read = _OPTIONS.get(cursor.key)
    if read is None or not read(cursor, fields):
        _other(cursor, fields)


def _other(cursor: Cursor, fields: Fields) -> None:
    refuse_cut(cursor, _PHRASES, _ENDS | _OPTIONS.keys())
    start = cursor.at
    while cursor.at == start or cursor.key not in _ENDS:
        cursor.at += 1
    fields.setdefault("other", []).append(unknown_text(cursor, start))


def _fallback(cursor: Cursor, fields: Fields) -> bool:
    protected = not cursor.accept("NO")
    cursor.expect("FALLBACK")
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
        if cursor.key in _ENDS or (cursor.key in _OPTIONS and cursor.key != "DEFAULT"):
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
    if cursor.accept("FOR") and not cursor.accept_any(_LOADS):
        cursor.fail(f"ALL, INSERT or NONE is expected, {cursor.shown} found")
    fields["isolated_loading"] = cursor.keywords(start, cursor.at)
    return True


def _map(cursor: Cursor, fields: Fields) -> bool:
    cursor.at += 1
    cursor.accept("=")
    fields["map"] = cursor.name()
    if cursor.accept("COLOCATE"):
        cursor.expect("USING")
        fields["colocate"] = cursor.name()
    return True


def _external(cursor: Cursor, fields: Fields) -> bool:
    """``EXTERNAL SECURITY [DEFINER TRUSTED|INVOKER TRUSTED] authorization`` of a foreign table."""
    if not cursor.accept("EXTERNAL", "SECURITY"):
        return False
    words = ""
    if word := cursor.accept_any(("DEFINER", "INVOKER")):
        cursor.expect("TRUSTED")
        words = f"{word} TRUSTED "
    if cursor.key in _ENDS:
        cursor.fail(f"the name of an authorization is expected, {cursor.shown} found")
    fields["external_security"] = words + qualified(*cursor.qualified(""))
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

PROTECTION = (
    *phrases("NO FALLBACK", "NO JOURNAL", "NO BEFORE JOURNAL", "NO AFTER JOURNAL"),
    *phrases("SINGLE BEFORE JOURNAL", "SINGLE AFTER JOURNAL", "SINGLE JOURNAL"),
    *phrases("DUAL BEFORE JOURNAL", "DUAL AFTER JOURNAL", "DUAL JOURNAL"),
    *phrases("LOCAL AFTER JOURNAL", "NOT LOCAL AFTER JOURNAL", "BEFORE JOURNAL", "AFTER JOURNAL"),
)
"""The words of fallback and journals, of tables and of databases."""

# What begins an option whose reader takes it whole or not at all.
_PHRASES = (
    *PROTECTION,
    *phrases("NO LOG", "NO MERGEBLOCKRATIO"),
    *(
        phrase
        for word in ("DEFAULT", "MINIMUM", "MAXIMUM")
        for phrase in phrases(f"{word} MERGEBLOCKRATIO", f"{word} DATABLOCKSIZE", f"{word} FREESPACE")
    ),
    *phrases("WITH JOURNAL TABLE", "WITH ISOLATED LOADING", "WITH NO ISOLATED LOADING"),
    *phrases("WITH CONCURRENT ISOLATED LOADING", "WITH NO CONCURRENT ISOLATED LOADING"),
    *phrases("EXTERNAL SECURITY"),
)
