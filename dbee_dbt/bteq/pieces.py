"""The pieces of a command's arguments: quoted texts, names of files, words."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Keyword = Literal["FILE", "DDNAME"]

COMMENT = r"(?<![^\s;]) /\* [^*]*+ (?> (?: \*++[^/*][^*]*+ )* ) (?: \*++/ | \**+\Z )"
"""A comment in a command, as part of a verbose pattern: a path like ``out/*`` opens none."""
CONTINUATION = r"(?<=[ \t])-[ \t]*+ (?:\r\n|\r|\n)"
"""A hyphen behind a blank at the end of a line, as part of a verbose pattern: the command goes on."""

QUOTED = r"""'(?>(?:[^'\r\n]++|'')*)'|"(?>(?:[^"\r\n]++|"")*)\""""
_PIECE = re.compile(rf"""{QUOTED}|\$\{{[^{{}}\s]*\}}|[(),=]|[^\s'"(),=]+|['"]""")
_PATH = rf"(?P<path>{QUOTED}|[^\s,;'\"]+)"
_FILE = re.compile(rf"(?P<keyword>FILE|DDNAME)(?:\s*=\s*|\s+){_PATH}(?=[\s,]|\Z)", re.IGNORECASE)
_BARE_PATH = re.compile(r"(?!-)[\w.$:\\~+@%#{}-]+(?>(?:/[\w.$:\\~+@%#{}-]+)*)|/[\w.$:\\~+@%#{}/-]+")
_SKIP = re.compile(r"[\s,]*SKIP\s*=?\s*([0-9]{1,18})(?=[\s,]|\Z)", re.IGNORECASE)
_LAID_ASIDE = re.compile(rf"(?P<kept>'[^'\r\n]*+'?+|\"[^\"\r\n]*+\"?+)|{CONTINUATION}|{COMMENT}", re.VERBOSE)
_PLACEHOLDER = re.compile(r"\$\{[^{}\s]*\}|\$\w+|\{\{[^{}]*\}\}|&\w+|%%\w+(?:%%)?")
_PLACEHOLDER_AT_END = re.compile(rf"(?:{_PLACEHOLDER.pattern}|\$\([^()]*\))\Z")


class FileClause(NamedTuple):
    """``FILE=path`` of a command, and what stands before and behind it."""

    before: str
    keyword: Keyword
    file: str
    behind: str


def plain(text: str) -> str:
    """A command on one line: comments and continuations become a blank each."""
    return _LAID_ASIDE.sub(lambda match: match.group("kept") or " ", text).strip()


def words(text: str) -> tuple[str, ...]:
    """The pieces of a text: words in upper case, quoted texts and placeholders as written."""
    return tuple(piece if piece[0] in "'\"" or "$" in piece or "{" in piece else _upper(piece) for piece in _raw(text))


def _raw(text: str) -> list[str]:
    return _PIECE.findall(text)


def _upper(text: str) -> str:
    return text.upper() if text.isascii() else text


def join(pieces: tuple[str, ...]) -> str:
    """The text of pieces, which :func:`words` reads back."""
    return " ".join(pieces)


def file_clause(text: str) -> FileClause | None:
    """The first ``FILE=path`` or ``DDNAME=name`` of a text that stands at a word's beginning, or None."""
    for match in _FILE.finditer(text):
        if match.start() == 0 or text[match.start() - 1] in " \t,":
            keyword: Keyword = "FILE" if match["keyword"].upper() == "FILE" else "DDNAME"
            return FileClause(text[: match.start()].strip(), keyword, unquoted(match["path"]), text[match.end() :])
    return None


def write_file(keyword: Keyword, file: str) -> str:
    """``FILE=path``, the path quoted where it has to be."""
    return f"{keyword}={file if _BARE_PATH.fullmatch(file) else quoted(file)}"


def skip_clause(text: str) -> tuple[int | None, str]:
    """The number behind SKIP if the text begins with it, and the rest."""
    match = _SKIP.match(text)
    return (int(match[1]), text[match.end() :]) if match else (None, text)


def quoted(text: str) -> str:
    """The text in apostrophes."""
    return "'" + text.replace("'", "''") + "'"


def unquoted(text: str) -> str:
    """The text without the quotes around it, if there are any."""
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        return text[1:-1].replace(text[0] * 2, text[0])
    return text


def is_placeholder(text: str) -> bool:
    """True if the whole text is a variable: ``${X}``, ``$1``, ``{{ x }}``, ``&X``, ``%%X%%``."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def ends_in_placeholder(text: str) -> bool:
    """True if something else will stand in the place of the end of the text: a variable, or ``$(command)``."""
    return _PLACEHOLDER_AT_END.search(text.rstrip()) is not None


def has_placeholder(text: str) -> bool:
    """True if something else will stand in the place of a part of the text."""
    return _PLACEHOLDER.search(text) is not None
