"""Passwords in SQL and BTEQ, found by the lexer and masked wherever text is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dbee_dbt.ddl.lexer import Token, is_unclosed, significant, tokenize_script

MASK = "***"

# .LOGON tdpid/user,password,account (docs/teradata/bteq.md §4.3); what .LOGDATA takes has no fixed form.
_LOGON = re.compile(r"\.?[ \t]*(?:LOGON[^,\r\n]*,|LOGDATA[ \t]+)([^\r\n]*)", re.IGNORECASE)
# The same in a command, also behind the THEN of an IF.
_LOGON_IN_COMMAND = re.compile(rf"(?:\A|;|(?<!\w)THEN(?!\w))[ \t]*{_LOGON.pattern}", re.IGNORECASE)
_KEY = r"(?:access_?key|secret[a-z_]*|session_?token|password|pwd)"
# Credentials in JSON, as in AUTHORIZATION('{"Access_ID":"…","Access_Key":"…"}'), in dynamic SQL and in comments.
_IN_TEXT = re.compile(rf"""(?:"{_KEY}"\s*:\s*"([^"]*)"|\b{_KEY}\s*=\s*['"]*([^\s;,'"]+))""", re.IGNORECASE)
# Where a quote is missing, what is quoted looks bare and the other way round.
_QUOTED = re.compile(rf"""(?<!\w){_KEY}\s*+[=(]?+\s*+['"]([^'"\r\n]+)""", re.IGNORECASE)
SECRET_WORDS = frozenset({"PASSWORD", "ACCESS_KEY", "SECRET_KEY", "SESSION_TOKEN"})
"""Words behind which a secret stands."""


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
    everything = tokenize_script(text)
    tokens = significant(everything)
    found = [span for token in everything for span in _inside(token)]
    if everything and is_unclosed(everything[-1]):
        found += [match.span(1) for match in _QUOTED.finditer(text)]
    for index, token in enumerate(tokens):
        if token.key in SECRET_WORDS and token.kind == "word":
            found += _value(tokens, index + 1) or _behind_user(tokens, index)
        elif token.key in ("LOGON", "LOGDATA") and (index == 0 or tokens[index - 1].kind != "word"):
            found += _matched(_LOGON.match(text, token.start))
    return list(_apart(found))


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that lie in an earlier one left out."""
    behind = 0
    for start, end in sorted(spans):
        if start >= behind and end > start:
            yield start, end
            behind = end


def _inside(token: Token) -> Iterator[tuple[int, int]]:
    """Secrets within one token."""
    if token.kind == "command":
        found = _matched(_LOGON_IN_COMMAND.search(token.text))
    elif token.kind in ("string", "other", "comment"):
        found = [span for match in _IN_TEXT.finditer(token.text) for span in _matched(match)]
    else:
        return
    for start, end in found:
        yield token.start + start, token.start + end


def _matched(match: re.Match[str] | None) -> list[tuple[int, int]]:
    return [match.span(match.lastindex)] if match and match.lastindex else []


def _value(tokens: Sequence[Token], at: int) -> list[tuple[int, int]]:
    """The value behind PASSWORD; a column of that name is followed by none of these."""
    keys = [token.key for token in tokens[at : at + 2]]
    if not keys:
        return []
    if keys[0] == "=" and len(keys) == 2 and keys[1] != "(":
        return [(tokens[at + 1].start, _end_of_run(tokens, at + 1))]
    if tokens[at].kind in ("string", "other"):
        return [(tokens[at].start, tokens[at].end)]
    if keys[0] == "(" and len(keys) == 2 and tokens[at + 1].kind in ("string", "other"):
        return [(tokens[at + 1].start, tokens[at + 1].end)]
    return []


def _behind_user(tokens: Sequence[Token], at: int) -> list[tuple[int, int]]:
    """The word behind ``USER u PASSWORD``: broken SQL, whose secret is one all the same."""
    follows = at + 1 < len(tokens) and tokens[at + 1].key not in (";", ",", ")", "=", "(")
    if not follows or at < 2 or tokens[at - 2].key != "USER":
        return []
    return [(tokens[at + 1].start, _end_of_run(tokens, at + 1))]


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The end of what is written without a blank: ``abc$1!x`` is one password and several tokens."""
    while at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].key not in (",", ";", ")"):
        at += 1
    return tokens[at].end
