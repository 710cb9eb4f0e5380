"""Host variables, parameters and placeholders in SQL, which a dbt model has as ``var()``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dbee_dbt.ddl.lexer import Token
from dbee_dbt.project.conversion.query_text import CannotConvertError
from dbee_dbt.project.conversion.template import Edit

_IN_STRING = re.compile(r"\$\{(\w+)\}")
_NAMED = re.compile(r"(?:\$\{|\{|&{1,2}|%%|@@|\{\{\s*+)([A-Za-z_]\w*+)(?:\s*+\}\}|\}|%%|@@|\.)?")
_OF_A_STRING = {"DATE": "'2000-01-01'", "TIME": "'00:00:00'", "TIMESTAMP": "'2000-01-01 00:00:00'", "INTERVAL": "'1'"}


def variable_edits(tokens: Sequence[Token], quote: Callable[[str], str]) -> tuple[Edit, ...]:
    """``{{ var("p") }}`` in the place of ``:p``, ``${p}``, ``&p`` and kin; inside strings, of ``${p}``.

    Args:
        tokens: of SQL, as the lexer gives them.
        quote: how a name stands in Jinja.

    Raises:
        CannotConvertError: a placeholder does not tell a name.
    """
    return tuple(Edit(start, end, f"{{{{ var({quote(name)}) }}}}") for start, end, name in _variables(tokens))


def variable_names(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The names of these variables, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for _, _, name in _variables(tokens)))


def _variables(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    for index, token in enumerate(tokens):
        if token.kind == "placeholder":
            yield _placeholder(token)
        elif token.kind == "string":
            for found in _IN_STRING.finditer(token.text):
                yield token.start + found.start(), token.start + found.end(), found[1]
        elif token.key == ":" and index + 1 < len(tokens) and tokens[index + 1].kind in ("word", "quoted name"):
            yield token.start, tokens[index + 1].end, tokens[index + 1].text.strip('"')


def _placeholder(token: Token) -> tuple[int, int, str]:
    found = _NAMED.fullmatch(token.text)
    if found is None:
        raise CannotConvertError(f"{token.text} is filled in by something that is no variable")
    return token.start, token.end, found[1]


def parsable(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as a parser takes them: without colons, and a literal of its type where a string has variables."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        if token.key == ":" and index + 1 < len(tokens) and tokens[index + 1].kind in ("word", "quoted name"):
            continue
        if token.kind == "string" and index and _IN_STRING.search(token.text):
            text = _OF_A_STRING.get(tokens[index - 1].key, token.text)
            found.append(Token("string", text, token.start, token.end, text))
        else:
            found.append(token)
    return found
