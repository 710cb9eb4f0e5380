"""Names as a reader of scripts expects them: quoted where SQL needs it, and with their placeholders as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dbee_dbt.ddl.lexer import Token
from dbee_dbt.model.names import identifier

_NAME_PARTS = frozenset({"word", "placeholder", "number"})
_PLACEHOLDERS = ("${", "{{", "%%", "@@", "&")
_FILLED_IN_BY_HAND = re.compile(r"<[A-Za-z_][\w ]*>|\[[A-Za-z_]\w*\]|\?\?+")


def written_name(name: str) -> str:
    """A name as it stands in a script; ``${ENV}_SALES`` is not quoted, since in quotes nothing would fill it in."""
    is_filled_in = any(mark in name for mark in _PLACEHOLDERS) or _FILLED_IN_BY_HAND.fullmatch(name) is not None
    return name if is_filled_in else identifier(name)


def written_path(database: str, name: str) -> str:
    """``database.name`` as it stands in a script; only the name where the database is ``""``."""
    return f"{written_name(database)}.{written_name(name)}" if database else written_name(name)


def names_with_placeholders(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Where names stand of which a placeholder is a part: index of the first token, index behind the last, the name."""
    start, has_placeholder = 0, False
    for index, token in enumerate(tokens):
        if token.kind in _NAME_PARTS:
            has_placeholder |= token.kind == "placeholder"
            continue
        if has_placeholder:
            yield start, index, "".join(part.text for part in tokens[start:index])
        start, has_placeholder = index + 1, False
    if has_placeholder:
        yield start, len(tokens), "".join(part.text for part in tokens[start:])
