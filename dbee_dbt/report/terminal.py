"""The terminal as a sink: nothing that was read from a database may move a cursor or turn text around."""

from __future__ import annotations

import re

# Control characters, soft hyphen, zero-width and bidirectional marks, line separators, lone surrogates.
_HIDDEN = (
    "\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
)
_UNSAFE = re.compile(f"[\x00-\x1f{_HIDDEN}]")
_UNSAFE_IN_JSON = re.compile(f"[{_HIDDEN}]")


def visible(text: str) -> str:
    r"""The text with every character that a terminal would act on, or hide, spelled out (``\x1b``, ``\u202e``).

    Args:
        text: anything, also hostile; a line end becomes ``\n``, so that the result is one line.
    """
    return _UNSAFE.sub(_spelled, text)


def visible_json(document: str) -> str:
    """A JSON document in which such characters are escaped: the same document for a program, and safe on a terminal."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", document)


def with_caret(text: str, caret: int) -> tuple[str, str]:
    """A line that a message is about, and below it a caret under the place; both set in, and visible.

    Args:
        text: the line.
        caret: how many characters of it stand before the place.
    """
    before = visible(text[:caret])
    return f"    {before}{visible(text[caret:])}", f"    {' ' * max(len(before), caret)}^"


def _spelled(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")
