"""The one lexer for Teradata SQL: lossless for any input, and linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Literal, NamedTuple

from msgspec import Struct

from dbee_dbt.model.names import fold

Kind = Literal[
    "word", "quoted name", "string", "number", "operator", "comment", "space", "placeholder", "command", "other"
]


class Token(Struct, frozen=True, gc=False):
    """A piece of text.

    Args:
        kind: ``word``, ``quoted name`` (``"x"``, ``U&"x"``), ``string`` (all literal forms in apostrophes, with their
            prefix and suffix), ``number``, ``operator``, ``comment`` (hints too), ``space``, ``placeholder``
            (``${X}``, ``{{ x }}``, ``{x}``), ``command`` (a BTEQ line; only from :func:`tokenize_script`), or ``other``
            (a character that SQL does not know, or an open string, name or comment up to the end).
        text: exactly as it stands.
        start: offset of its first character.
        end: offset behind its last character.
        key: the form in which a word is compared: in upper case; of all else, the text.
    """

    kind: Kind
    text: str
    start: int
    end: int
    key: str


class Position(NamedTuple):
    """A place in a text, counted from 1."""

    line: int
    column: int


# Each alternative takes its text without giving back, and an open string, name or comment runs to the end of the
# text, so no character is looked at more than a constant number of times.
_TOKEN = re.compile(
    r"""
      [\s\ufeff]++
    | [A-TV-Za-tv-z] [\w\#]*+ (?: \$(?!\{)[\w\#]*+ )*+
    | [,();]
    | (?! [uU]&['"] | _[A-Za-z0-9]++' ) (?: [^\W\d] | \# | \$(?!\{) ) [\w\#]*+ (?: \$(?!\{)[\w\#]*+ )*+
    | (?: [uU]& | _[A-Za-z0-9]++ )?+ (?:
          ' [^']*+ (?: ''[^']*+ )*+ (?: \Z | ' (?: [xX](?:[bBcC][vVfF]?|[iI][1248]?|[gG])?+(?![\w\#$]) )?+ )
        | " [^"]*+ (?: ""[^"]*+ )*+ (?: \Z | " ) )
    | (?: \d++(?:\.\d*+)?+ | \.\d++ ) (?: [eE][+-]?+\d++ )?+
    | -- [^\r\n]*+
    | /\* [^*]*+ (?: \*++[^/*][^*]*+ )*+ (?: \*++/ | \**+\Z )
    | \$\{ [^{}\r\n]*+ \}
    | \{\{ [^{}\r\n]*+ \}\} | \{ [A-Za-z_]\w*+ \}
    | <= | >= | <> | [\^~!]= | \*\* | \|\| | .
    """,
    re.VERBOSE | re.DOTALL,
)

# A line that BTEQ takes for itself where an instruction may begin (docs/teradata/bteq.md §4.1, §4.2): ``.COMMAND``,
# ``= n`` or ``* remark``; a blank and a hyphen at its end continue it.
_COMMAND = re.compile(
    r"""
    (?<![^\r\n]) [ \t]*+
    ( (?: \.[ \t]*+[A-Za-z] | \* | =[ \t]*+\d*+[ \t]*+;?+[ \t]*+(?=[\r\n]|\Z) )
      [^\r\n]*+ (?: (?<=[ \t]-)(?:\r\n|\r|\n)[^\r\n]*+ )*+ )
    """,
    re.VERBOSE,
)
_VERB = re.compile(
    r"""\.[ \t]*+(?: COMPILE | ELSE | ELSEIF | ENDIF | EXIT | EXPORT | GOTO | HANG | IF | IMPORT | LABEL | LOGOFF
        | LOGON | OS | QUIT | REMARK | REPEAT | RUN | SET | SHOW )(?![\w#$])""",
    re.VERBOSE | re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n|\r|\n")


class _Kinds(dict[str, "Kind | None"]):
    """Kind by first character; None where the first character alone does not tell."""

    def __missing__(self, first: str) -> Kind:
        if first.isspace():
            return "space"
        if first.isdecimal():
            return "number"
        return "word" if re.match(r"\w", first) else "other"


_KINDS = _Kinds(dict.fromkeys("\"'-/.$_uU{"))
_KINDS.update(dict.fromkeys(",();=<>+*%:|^~!?&@[]}", "operator"))
_KINDS.update(dict.fromkeys("0123456789", "number"))
_KINDS.update(dict.fromkeys("#ABCDEFGHIJKLMNOPQRSTVWXYZabcdefghijklmnopqrstvwxyz", "word"))
_KINDS.update(dict.fromkeys(" \t\r\n\ufeff", "space"))


def _kind(text: str) -> Kind:
    """The kind of a token whose first character does not tell."""
    first = text[0]
    if first in "uU_" and text[-1] not in "'\"" and "'" not in text:
        return "word"
    if first == "-":
        return "comment" if text.startswith("--") else "operator"
    if first == "/":
        return "comment" if text.startswith("/*") else "operator"
    if first in "${" and text[-1] == "}":
        return "placeholder"
    if first == ".":
        return "operator" if text == "." else "number"
    if first in "${":
        return "word" if first == "$" else "operator"
    return "quoted name" if text[-1] == '"' else "string"


def _is_open(text: str) -> bool:
    """True if a string, name or comment that begins the text does not end in it."""
    if text.startswith("/*"):
        return len(text) < 4 or not text.endswith("*/")
    quote = next((char for char in text[:20] if char in "'\""), None)
    return quote is not None and not text.startswith(("--", "{{", "${")) and text.count(quote) % 2 == 1


def _tokens(text: str, texts: list[str], start: int = 0, commands: Iterable[int] = ()) -> list[Token]:
    kinds = [_KINDS[text[0]] or _kind(text) for text in texts]
    if texts and _is_open(texts[-1]):
        kinds[-1] = "other"
    for index in commands:
        kinds[index] = "command"
    offsets = list(accumulate(map(len, texts), initial=start))
    upper = str.upper if text.isascii() else fold
    keys = [upper(text) if kind == "word" else text for kind, text in zip(kinds, texts, strict=True)]
    return list(map(Token, kinds, texts, offsets, offsets[1:], keys))


def tokenize(text: str) -> list[Token]:
    """The tokens of a text; joined they are the text again, whatever it holds.

    Args:
        text: any text; a line that begins with ``.`` has no special meaning here.
    """
    return _tokens(text, _TOKEN.findall(text))


def tokenize_script(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """The tokens of a script, in which a BTEQ line is one token of kind ``command``.

    A line is one only where an instruction may begin: at the start, behind ``;`` or another command, and with a verb
    of BTEQ also behind ``)`` and ``END`` (a forgotten semicolon). ``.MyProc`` that continues a qualified name is none.
    Apostrophes in a command open nothing.

    Args:
        text: a whole script.
        start: offset at which an instruction begins, for a part of the script.
        stop: offset at which the part ends; its last token may reach further. None for the end of the script.
    """
    texts: list[str] = []
    commands: list[int] = []
    position, stop = start, len(text) if stop is None else stop
    for found in _COMMAND.finditer(text, start, stop):
        match = _COMMAND.match(text, found.start())
        if match is None or match.start(1) < position:
            continue
        position = _lex_until(text, position, match.start(1), texts)
        if position == match.start(1) and _may_begin(match.group(1), texts, commands):
            commands.append(len(texts))
            position = _command_end(text, match)
            texts.append(text[match.start(1) : position])
    while position < stop:
        position = _lex_until(text, position, stop, texts)
    return _tokens(text, texts, start, commands)


def _lex_until(text: str, position: int, stop: int, texts: list[str]) -> int:
    """Appends the tokens up to ``stop``; the last one may reach further. Returns where it ends."""
    if position == stop:
        return stop
    found = _TOKEN.findall(text, position, stop)
    last = stop - len(found[-1])
    whole = _TOKEN.match(text, last)
    assert whole is not None, "the lexer takes any character"
    found[-1] = whole.group()
    texts += found
    return whole.end()


def _may_begin(line: str, texts: list[str], commands: list[int]) -> bool:
    """True if a line of this form is a command behind what was read so far."""
    behind = commands[-1] if commands else -1
    for index in range(len(texts) - 1, behind, -1):
        kind = _KINDS[texts[index][0]] or _kind(texts[index])
        if kind not in ("space", "comment"):
            before = texts[index].upper()
            return before == ";" or (before in (")", "END") and _VERB.match(line) is not None)
    return True


def _command_end(text: str, match: re.Match[str]) -> int:
    """Where a command ends: with its line, or with the line on which a comment opened in it is closed.

    ``.OS rm /tmp/*`` opens none: what follows must be closed before another comment opens.
    """
    end = match.end()
    opened = text.rfind("/*", match.start(1), end)
    if opened < 0 or text[opened - 1] not in " \t;" or text.find("*/", opened + 2, end) >= 0:
        return end
    following = text.find("/*", opened + 2)
    closed = text.find("*/", opened + 2, following if following >= 0 else len(text))
    if closed < 0:
        return end
    line_end = _LINE_END.search(text, closed)
    return line_end.start() if line_end else len(text)


def significant(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without space and comments."""
    return [token for token in tokens if token.kind not in ("space", "comment")]


class Lines:
    """Line and column of offsets in one text; ``\\n``, ``\\r`` and ``\\r\\n`` end a line.

    Args:
        text: the whole text.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """The line and column of the character at an offset, counted from 1."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of the character at a line and column, counted from 1."""
        return self._starts[line - 1] + column - 1
