"""Passwords in SQL and BTEQ, found by the lexer and masked wherever text is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dbee_dbt.ddl.lexer import Token, significant, tokenize_script

MASK = "***"

# .LOGON tdpid/user,password,account (docs/teradata/bteq.md §4.3); .LOGDATA and .TDP credentials have no fixed form.
_LOGON = re.compile(r"\.?[ \t]*LOGON[^,]*,([^\r\n]*)", re.IGNORECASE)
_LOGDATA = re.compile(r"\.?[ \t]*LOGDATA[ \t]+([^\r\n]*)", re.IGNORECASE)
_KEY = r"(?:access_?key|secret[a-z_]*|session_?token|password|pwd)"
# Credentials in JSON, as in AUTHORIZATION('{"Access_ID":"…","Access_Key":"…"}'), and in connection strings.
_IN_STRING = re.compile(rf"""(?:"{_KEY}"\s*:\s*"([^"]*)"|\b{_KEY}\s*=\s*([^\s;,'"]+))""", re.IGNORECASE)
_WORDS = frozenset({"PASSWORD", "ACCESS_KEY", "SECRET_KEY", "SESSION_TOKEN"})


def mask(text: str) -> str:
    """The text with every secret in it replaced by ``***``.

    Secrets are the values of ``PASSWORD = x``, ``PASSWORD 'x'`` and ``PASSWORD('x')``, credentials inside character
    literals, and what follows the user in ``.LOGON`` and stands in ``.LOGDATA``.

    Args:
        text: SQL or a script; all but the secrets stays as it is.
    """
    parts, position = [], 0
    for start, end in secret_spans(text):
        parts += [text[position:start], MASK]
        position = end
    return "".join((*parts, text[position:]))


def secret_spans(text: str) -> list[tuple[int, int]]:
    """Where secrets stand in a text: (start, end) offsets in order."""
    tokens = significant(tokenize_script(text))
    spans: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        for start, end in _spans(text, tokens, index, token):
            if end > start and (not spans or start >= spans[-1][1]):
                spans.append((start, end))
    return spans


def _spans(text: str, tokens: Sequence[Token], index: int, token: Token) -> Iterator[tuple[int, int]]:
    if token.key in _WORDS and token.kind == "word":
        yield from _value(tokens, index + 1)
    elif token.kind == "command":
        yield from _matched(_LOGON, token.text, token.start)
        yield from _matched(_LOGDATA, token.text, token.start)
    elif token.key in ("LOGON", "LOGDATA") and (index == 0 or tokens[index - 1].key == ";"):
        line = re.compile(r"[^\r\n]*").match(text, token.start)
        yield from _matched(_LOGON if token.key == "LOGON" else _LOGDATA, line.group() if line else "", token.start)
    elif token.kind in ("string", "other"):
        yield from _matched(_IN_STRING, token.text, token.start)


def _matched(pattern: re.Pattern[str], text: str, offset: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        yield offset + match.start(group), offset + match.end(group)


def _value(tokens: Sequence[Token], at: int) -> Iterator[tuple[int, int]]:
    """The value behind PASSWORD; a column of that name is followed by none of these."""
    keys = [token.key for token in tokens[at : at + 2]]
    if not keys:
        return
    if keys[0] == "=" and len(keys) == 2 and keys[1] != "(":
        yield tokens[at + 1].start, _end_of_run(tokens, at + 1)
    elif tokens[at].kind in ("string", "other"):
        yield tokens[at].start, tokens[at].end
    elif keys[0] == "(" and len(keys) == 2 and tokens[at + 1].kind in ("string", "other"):
        yield tokens[at + 1].start, tokens[at + 1].end


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The end of what is written without a blank: ``abc$1!x`` is one password and several tokens."""
    end = tokens[at].end
    for token in tokens[at + 1 :]:
        if token.start != end or token.key in (",", ";", ")"):
            break
        end = token.end
    return end
