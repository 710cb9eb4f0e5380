"""Shell and Perl scripts around BTEQ and the load utilities: their here-documents (docs/teradata/bteq.md §4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# ``bteq <<EOF``, ``bteq <<-'EOF' > log``, ``bteq <<!``, and in Perl ``print BTEQ <<ENDOFINPUT;``.
_OPENING = re.compile(
    r"""(?<!<)<<(?P<dash>[-~]?) [ \t]*+ \\?(?P<quote>['"]?)(?P<word>[^\s'"\\;&|<>()`$*=]++)(?P=quote)
        [^\r\n]*+ (?:\r\n|\r|\n|\Z)""",
    re.VERBOSE,
)
_CALL = re.compile(r"(?<![A-Za-z])(?:bteq|fastload|mload|tpump|fexp)(?![A-Za-z])", re.IGNORECASE)
_NO_CALL = re.compile(r"[ \t]*+(?:[.*#]|--)")
_INTERPRETER = re.compile(r"\#!(?![^\r\n]*bteq)", re.IGNORECASE)
_LONGEST_LINE = 4000
_MOST_CONTINUED = 20  # lines of one command that are looked at
_CONTINUED = re.compile(r"\\(?:\r\n|\r|\n)\Z")


class Part(NamedTuple):
    """A part of a file.

    Args:
        start: offset of its first character.
        end: offset behind its last character.
        reader: which program reads it: ``shell``, or in lower case the utility of Teradata (``bteq``, ``fastload``,
            ``mload``, ``tpump``, ``fexp``).
    """

    start: int
    end: int
    reader: str


def parts(text: str) -> Iterator[Part]:
    """The parts of a file in order: of most files one, the whole; of a shell script its here-documents and the rest.

    What the shell reads is without the space around it; parts that hold nothing else are left out.

    Args:
        text: the whole file.
    """
    documents = here_documents(text)
    if documents is None:
        yield Part(0, len(text), "bteq")
        return
    position = 0
    for document in documents:
        yield from _shell_part(text, position, document.start)
        yield document
        position = document.end
    yield from _shell_part(text, position, len(text))


def _shell_part(text: str, start: int, end: int) -> Iterator[Part]:
    part = text[start:end]
    before = len(part) - len(part.lstrip())
    if before < len(part):
        yield Part(start + before, start + len(part.rstrip()), "shell")


def here_documents(text: str) -> list[Part] | None:
    """Where the here-documents of Teradata's utilities stand in a shell script; None in what is none.

    A shell script is what begins with ``#!``, or holds a line that calls ``bteq <<WORD`` (or ``fastload``, ``mload``,
    ``tpump``, ``fexp``) and the line ``WORD`` that ends it. A call within a comment of SQL is none.

    Args:
        text: the whole file.
    """
    is_script = _INTERPRETER.match(text) is not None
    if not is_script and "<<" not in text:
        return None
    found = list(_documents(text, is_script))
    return found if found or is_script else None


def _documents(text: str, is_script: bool) -> Iterator[Part]:
    """The here-documents; one that is never closed reaches to the end of a script, and is none elsewhere."""
    position = 0
    missing: set[str] = set()
    comments = _Comments(text)
    while match := _OPENING.search(text, position):
        position = match.end()
        line = _line_start(text, match.start())
        call = None if _NO_CALL.match(text, line) else _CALL.search(text, line, match.end())
        if call is None:
            continue
        if not is_script and comments.holds(match.start()):
            continue
        end = _closing(text, match, missing)
        if end is None and not is_script:
            continue
        yield Part(match.end(), len(text) if end is None else end, call[0].lower())
        position = len(text) if end is None else end


def _line_start(text: str, at: int) -> int:
    """Where the command begins whose line holds a place; a backslash at the end of a line continues it."""
    start = _behind_line_end(text, at)
    for _ in range(_MOST_CONTINUED):
        if not start or not _CONTINUED.search(text, max(start - 3, 0), start):
            break
        before = start - (2 if text[start - 2 : start] == "\r\n" else 1)
        start = _behind_line_end(text, before)
    return start


def _behind_line_end(text: str, at: int) -> int:
    """Where the line begins that holds a place; of a longer line than people write, somewhere in it."""
    first = max(at - _LONGEST_LINE, 0)
    return max(text.rfind("\n", first, at), text.rfind("\r", first, at), first - 1) + 1


def _closing(text: str, opening: re.Match[str], missing: set[str]) -> int | None:
    """Where the line begins that closes a here-document; None where none does.

    Args:
        missing: words that no line further on consists of; each is looked for in vain only once.
    """
    word = opening["word"]
    if word in missing:
        return None
    indent = r"[ \t]*+" if opening["dash"] else ""
    found = re.compile(rf"(?<![^\r\n]){indent}{re.escape(word)}[ \t]*+(?=[\r\n]|\Z)").search(text, opening.end())
    if found is None:
        missing.add(word)
    return found.start() if found else None


class _Comments:
    """Tells whether places of a text, asked for from the first to the last, lie in a comment of SQL."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._is_open = False

    def holds(self, place: int) -> bool:
        """True if ``/*`` stands in front of the place, at the beginning of a word, and no ``*/`` behind it."""
        while (found := _MARK[self._is_open].search(self._text, self._at, place)) is not None:
            self._is_open = not self._is_open
            self._at = found.end()
        self._at = max(self._at, place)
        return self._is_open


_MARK = {False: re.compile(r"(?<!\S)/\*"), True: re.compile(r"\*/")}
