"""Text as a YAML scalar on one line, and what a plain scalar means."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

# What is plain everywhere in a block: letters, digits and the signs of a type or a name.
_PLAIN = re.compile(r"[A-Za-z_](?:[\w(), .$#*/-]*[\w)])?", re.ASCII)
_STRING = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()  # YAML 1.1, as dbt reads it: `yes` and `on` are no texts


@lru_cache(maxsize=65536)
def is_text(plain: str) -> bool:
    """True for a plain scalar that means its own text, and no number, truth value, date or null."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, plain, (True, False)) == _STRING)


def written(text: str, style: str = "", *, flow: bool = False) -> str:
    """A text as a scalar.

    Args:
        text: any.
        style: that of the scalar whose place it takes: ``""`` (plain) or a quote; kept where the text allows it.
        flow: True in braces and brackets, where a comma ends a plain scalar.
    """
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style == "" and _PLAIN.fullmatch(text) and " #" not in text and is_text(text) and not (flow and "," in text):
        return text
    return double_quoted(text)


def double_quoted(text: str) -> str:
    """A text in double quotes; what cannot be seen (control, bidirectional, zero-width) is spelled out."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    if text.isprintable():
        return f'"{text}"'
    return '"' + "".join(char if char.isprintable() else _spelled(char) for char in text) + '"'


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
