"""What quoted names and character literals say, and how they are written."""

from __future__ import annotations

import re

_ESCAPED: dict[str, re.Pattern[str]] = {}


def name_of(text: str, escape: str = "\\") -> str:
    """The name that a word or a quoted name stands for.

    Args:
        text: a token's text: ``x``, ``"x""y"`` or ``U&"x#00E4"``.
        escape: the UESCAPE character of the third form.
    """
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    if text[:2] in ("U&", "u&"):
        return _decoded(text[3:-1].replace('""', '"'), escape)
    return text


def string_value(text: str, escape: str = "\\") -> str | None:
    """The characters of a literal: ``'it''s'`` or ``U&'x#00E4'``; None for hexadecimal ones and what is no literal."""
    if text.startswith("'") and text.endswith("'"):
        return text[1:-1].replace("''", "'")
    if text[:3] in ("U&'", "u&'"):
        return _decoded(text[3:-1].replace("''", "'"), escape)
    return None


def _decoded(text: str, escape: str) -> str:
    pattern = _ESCAPED.get(escape)
    if pattern is None:
        mark = re.escape(escape)
        pattern = re.compile(f"{mark}(?:({mark})|\\+([0-9A-Fa-f]{{6}})|([0-9A-Fa-f]{{4}}))")
        _ESCAPED[escape] = pattern
    return pattern.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    code = int(match[2] or match[3], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def literal(value: str) -> str:
    """A character literal for this text, in apostrophes."""
    return "'" + value.replace("'", "''") + "'"
