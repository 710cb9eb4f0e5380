"""Names of Teradata objects: how they compare and how they are written."""

from __future__ import annotations

import re

from dbee_dbt.model.reserved import RESERVED

_BARE = re.compile(r"[A-Za-z_#$][A-Za-z0-9_#$]*\Z")
_LITERALS_AND_REST = re.compile(r"""'[^']*+(?:'|\Z)|(?>(?:[^'"]++|"[^"]*+(?:"|\Z))+)""")


def fold(name: str) -> str:
    """The form in which names compare: without case, as the dictionary does (NOT CASESPECIFIC).

    A character whose upper case is longer than itself (``ß``) stays, so that two names never merge
    because of a spelling rule that the database does not know.
    """
    if name.isascii():
        return name.upper()
    return "".join(upper if len(upper := char.upper()) == 1 else char for char in name)


def fold_code(text: str) -> str:
    """The form in which SQL compares: without case, but for the literals in it.

    Args:
        text: SQL without comments. It keeps its length.
    """
    if "'" not in text:
        return fold(text)
    pieces = _LITERALS_AND_REST.findall(text)
    return "".join(piece if piece[0] == "'" else fold(piece) for piece in pieces)


def needs_quotes(name: str) -> bool:
    """True if the name must be quoted in SQL: a reserved word, or any character a bare name cannot hold."""
    return _BARE.match(name) is None or name.upper() in RESERVED


def identifier(name: str) -> str:
    """The name as it stands in SQL, in double quotes when it needs them."""
    return '"' + name.replace('"', '""') + '"' if needs_quotes(name) else name


def qualified(database: str, name: str) -> str:
    """``database.name`` as it stands in SQL; only the name where the database is ``""``."""
    return f"{identifier(database)}.{identifier(name)}" if database else identifier(name)
