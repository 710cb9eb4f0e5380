"""The line that a message is about, with the place in it: what a caret is drawn under, secrets masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dbee_dbt.ddl.secrets import MASK

_LINE_END = re.compile(r"[\r\n]|\Z")
_WIDTH = 100  # characters of a line that are shown


def excerpt(text: str, within: tuple[int, int], place: int, secrets: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """The line of a place, as far as it belongs to a statement, and how many characters of it stand before the place.

    Args:
        text: the whole file.
        within: the offsets at which the statement begins and ends; what lies outside is not shown.
        place: the offset that the message is about.
        secrets: the (start, end) offsets of the secrets of the statement.
    """
    place = min(max(place, within[0]), within[1])
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    line_end = _LINE_END.search(text, place)
    end = min(line_end.start() if line_end else len(text), within[1])
    before = "".join(_masked(text, max(start, within[0]), place, secrets)).lstrip()
    behind = "".join(_masked(text, place, end, secrets))
    cut = max(0, len(before) - _WIDTH // 2) if len(before) + len(behind) > _WIDTH else 0
    return f"{before[cut:]}{behind}"[:_WIDTH].rstrip(), len(before) - cut


def _masked(text: str, start: int, end: int, secrets: Sequence[tuple[int, int]]) -> Iterator[str]:
    """A part of the text without its secrets, every white space a blank."""
    for secret_start, secret_end in secrets:
        if secret_start < end and secret_end > start:
            yield re.sub(r"\s", " ", text[start : max(start, secret_start)])
            yield MASK
            start = min(end, secret_end)
    yield re.sub(r"\s", " ", text[start:end])
