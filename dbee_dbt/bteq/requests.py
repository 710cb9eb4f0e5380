"""Where an SQL request ends for BTEQ (docs/teradata/bteq.md §4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from dbee_dbt.bteq.commands import Request

_COMMENT = r"/\* [^*]*+ (?> (?: \*++[^/*][^*]*+ )* ) (?: \*++/ | (?P<open{}>\**+\Z) )"
_PART = re.compile(
    rf"""
      ' [^']*+ (?: ' | (?P<open1>\Z) )
    | " [^"]*+ (?: " | (?P<open2>\Z) )
    | {_COMMENT.format(3)}
    | --[^\r\n]*+
    | (?P<sign>[();])
    | (?P<line>\r\n|\r|\n) [ \t]*+
    | [^'"/();\r\n-]++ | .
    """,
    re.VERBOSE | re.DOTALL,
)
_REST = re.compile(rf"(?> (?: [ \t] | {_COMMENT.format(1)} )* ) (?: (?P<end>[\r\n]|\Z) | (?P<remark>--) )?", re.VERBOSE)
_PROCEDURE = re.compile(r"(?:CREATE|REPLACE)\s+(?:OR\s+REPLACE\s+)?PROCEDURE\b", re.IGNORECASE)


class Found(NamedTuple):
    """A request and where its text ends."""

    request: Request
    end: int


def begins_procedure(text: str, position: int) -> bool:
    """True if CREATE PROCEDURE or REPLACE PROCEDURE stands here."""
    return _PROCEDURE.match(text, position) is not None


def request_at(text: str, start: int, stop: int, is_command: Callable[[int], bool]) -> Found:
    """The request that begins at an offset.

    Args:
        text: the whole script.
        start: offset of the request's first character.
        stop: offset behind the program.
        is_command: tells of an offset at the beginning of a line, its indentation left out, whether a command stands
            there that cannot be a part of the request.
    """
    position, depth = start, 0
    disabled: list[int] = []
    while position < stop:
        match = _PART.match(text, position, stop)
        assert match is not None, "the pattern takes any character"
        if match["open1"] is not None or match["open2"] is not None or match["open3"] is not None:
            return _found(text, start, stop, Request("", "script", tuple(disabled), True))
        if match["line"] and text.startswith(".", match.end()) and is_command(match.end()):
            return _found(text, start, position, Request("", "command", tuple(disabled), depth > 0))
        if match["sign"]:
            depth = _depth(depth, match["sign"])
            rest = _REST.match(text, match.end(), stop) if match["sign"] == ";" and depth == 0 else None
            if rest and rest["end"] is not None:
                return _found(text, start, position, Request("", "semicolon", tuple(disabled)))
            if rest and rest["remark"]:
                disabled.append(position - start)
        position = match.end()
    return _found(text, start, stop, Request("", "script", tuple(disabled), depth > 0))


def _depth(depth: int, sign: str) -> int:
    return max(depth + {"(": 1, ")": -1}.get(sign, 0), 0)


def _found(text: str, start: int, end: int, request: Request) -> Found:
    sql = text[start:end].rstrip()
    sql = sql or text[start:end]
    return Found(Request(sql, request.ended, request.disabled, request.is_open), start + len(sql))
