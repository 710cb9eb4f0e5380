"""What a SQL function computes, read from its CREATE FUNCTION text."""

from __future__ import annotations

from dbee_dbt.ddl.lexer import Token, significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.emulator.records import Parameter, SqlFunction


def read_function(text: str) -> SqlFunction | None:
    """Parameters, result type and expression of a function in SQL; None for one in another language.

    Args:
        text: ``CREATE|REPLACE FUNCTION name (p type, …) RETURNS type LANGUAGE SQL … RETURN expression``.
    """
    tokens = significant(tokenize(text.strip().rstrip(";")))
    words = [token.text.upper() for token in tokens]
    if "RETURN" not in words or "RETURNS" not in words or "LANGUAGE" not in words:
        return None
    opening = words.index("(")
    closing = _closing(words, opening)
    returned = words.index("RETURN")
    result = tokens[words.index("RETURNS") + 1 : words.index("LANGUAGE")]
    return SqlFunction(
        parameters=tuple(_parameter(part) for part in _split(tokens[opening + 1 : closing])),
        returns=_text(text, result),
        expression=_text(text, tokens[returned + 1 :]),
    )


def _closing(words: list[str], at: int) -> int:
    depth = 0
    for index in range(at, len(words)):
        depth += (words[index] == "(") - (words[index] == ")")
        if depth == 0:
            return index
    return len(words)


def _split(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _parameter(tokens: list[Token]) -> Parameter:
    name = name_of(tokens[0].text) if tokens[0].kind == "quoted name" else tokens[0].text
    return Parameter(name, " ".join(token.text for token in tokens[1:]))


def _text(text: str, tokens: list[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""
