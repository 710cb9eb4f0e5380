"""Escape functions of the driver at the head of a request: ``{fn teradata_…}``."""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPE = re.compile(r"\s*\{\s*fn\s+(teradata_[a-z_]+)\s*(?:\(([^)]*)\))?\s*\}", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:/\*.*?\*/|--[^\r\n]*)", re.DOTALL)

# How rows travel; the rows that arrive are the same.
TRANSPORT = frozenset(
    """
    teradata_try_fastload teradata_require_fastload teradata_try_fastexport teradata_require_fastexport
    teradata_sessions
    """.split()
)


class Request(NamedTuple):
    """A request without its escape functions, and those in order, in lower case."""

    text: str
    escapes: tuple[str, ...]


def read_escapes(text: str) -> Request:
    """Take the escape functions at the head of a request out of it; comments before them stay.

    Args:
        text: as given to ``execute``.
    """
    comments, at, found = "", 0, []
    while True:
        escape = _ESCAPE.match(text, at)
        if escape:
            found.append(escape[1].lower())
            at = escape.end()
            continue
        comment = _COMMENT.match(text, at)
        if comment is None or not _ESCAPE.search(text, comment.end()):
            return Request(comments + text[at:], tuple(found))
        comments += comment[0]
        at = comment.end()
