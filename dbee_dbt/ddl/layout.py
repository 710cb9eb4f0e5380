"""Expressions spaced as SHOW TABLE prints them (docs/teradata/ddl.md §2.2, variants 4, 5 and 10)."""

from __future__ import annotations

from dbee_dbt.ddl.canonical import are_one_name
from dbee_dbt.ddl.lexer import Token, significant, tokenize

_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_KEYWORDS = frozenset(
    "BETWEEN AND OR IN EACH LIKE THEN ELSE WHEN END MOD FOR TO AS AT IS ANY ALL SOME ESCAPE OVERLAPS".split()
)
_FIELDS = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"})
# These open the last parts of RANGE_N and CASE_N, which are not spaced: ``NO RANGE, UNKNOWN``.
_LAST_PARTS = frozenset({"NO", "UNKNOWN"})
_BRACKETS = frozenset("(),.")
_OPENS_PLACEHOLDER = frozenset({"&", "&&", "{"})
_NOTHING = Token("space", "", 0, 0, "")


def shown(expression: str) -> str:
    """An expression with the blanks of SHOW TABLE.

    A name and a number are followed by a blank, a comparison by two, words stand between blanks; the parts of
    RANGE_N and CASE_N stand on lines of their own.

    Args:
        expression: canonical text.
    """
    tokens = [_NOTHING, *significant(tokenize(expression)), _NOTHING]
    text = ""
    openers = [""]
    for before, token, behind in zip(tokens, tokens[1:-1], tokens[2:], strict=False):
        if token.key == "(":
            openers.append(before.key)
        part = token.text if are_one_name(token, behind) else _part(before, token, behind, openers[-1])
        if token.key == ")" and len(openers) > 1:
            openers.pop()
        text += part if _may_touch(before, token, text, part) else f" {part}"
    return text


def _may_touch(before: Token, token: Token, text: str, part: str) -> bool:
    """False where two tokens would become one, or another, without a blank."""
    if text[-1:].isspace() or part[:1].isspace() or before.kind == "space":
        return True
    if (before.key == "." and token.kind == "number") or (before.key in _OPENS_PLACEHOLDER and token.kind == "word"):
        return False
    if before.kind == "operator" and token.kind == "operator":
        return before.key in _BRACKETS or token.key in _BRACKETS
    return "operator" in (before.kind, token.kind) or are_one_name(before, token)


def _part(before: Token, token: Token, behind: Token, opener: str) -> str:
    key = token.key
    match token.kind:
        case "number":
            return f"{key} "
        case "operator":
            return _operator(before, key, behind.key, opener)
        case "word":
            return _word(before, token, behind.key)
        case "quoted name" if behind.key not in ("(", "."):
            return f"{key} "
    return key


def _operator(before: Token, key: str, behind: str, opener: str) -> str:
    if key == ",":
        return _comma(opener, behind, before.key)
    if key == "(":
        return "(\n" if opener == "CASE_N" else "("
    if key in (")", "."):
        return key
    if key in _COMPARISONS:
        return f"{key}  "
    unary = before.key in ("", "(", ",", *_COMPARISONS, *_KEYWORDS) and behind not in ("-", "+")
    return key if unary else f"{key} "


def _comma(opener: str, behind: str, before: str) -> str:
    if opener not in ("RANGE_N", "CASE_N"):
        return ","
    if before in ("RANGE", "CASE"):
        return ", "
    return ",\n " if behind in _LAST_PARTS else ",\n"


def _word(before: Token, token: Token, behind: str) -> str:
    key, text = token.key, token.text
    if behind in ("(", ".") and key not in _KEYWORDS:
        return text
    if before.key == "NO" or key == "UNKNOWN":
        return f"{text} " if behind == "OR" else text
    if key == "OR" and behind == "UNKNOWN":
        return f"{text} "
    if key in _KEYWORDS or (key in _FIELDS and before.kind == "string"):
        return f" {text} "
    return f"{text} "
