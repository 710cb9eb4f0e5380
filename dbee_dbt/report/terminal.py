"""The terminal as a sink: nothing that was read from a database may move a cursor or turn text around."""

from __future__ import annotations

import json
import re

import msgspec

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


def json_text(document: object, indent: int = 0) -> str:
    """A document as JSON in which such characters are escaped: the same for a program, and safe on a terminal.

    Args:
        document: of anything that msgspec writes; names of files may be no Unicode (lone surrogates stand for bytes).
        indent: blanks a level; 0 for all on one line.
    """
    try:
        text = msgspec.json.encode(document).decode("utf-8")
        text = msgspec.json.format(text, indent=indent) if indent else text
    except UnicodeEncodeError:  # a file's name that is not UTF-8, which msgspec does not write
        separators = (",", ": ") if indent else (",", ":")
        builtins = msgspec.to_builtins(document)
        text = json.dumps(builtins, ensure_ascii=False, indent=indent or None, separators=separators)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


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
