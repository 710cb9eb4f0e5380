"""The terminal as a sink: nothing that was read from a database may move a cursor or turn text around."""

from __future__ import annotations

import re

# Control characters, soft hyphen, zero-width and bidirectional marks, line separators, lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""The text with every character that a terminal would act on, or hide, spelled out (``\x1b``, ``\u202e``).

    Args:
        text: anything, also hostile; a line end becomes ``\n``, so that the result is one line.
    """
    return _UNSAFE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")
