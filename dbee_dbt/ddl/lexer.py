"""The one lexer for Teradata SQL: lossless for any input, and linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, compress
from typing import Literal, NamedTuple, cast, overload

from msgspec import Struct

from dbee_dbt.model.names import fold

Kind = Literal[
    "word",
    "quoted name",
    "string",
    "number",
    "operator",
    "comment",
    "space",
    "placeholder",
    "command",
    "shell",
    "other",
]


class Token(Struct, frozen=True, gc=False):
    """A piece of text.

    Args:
        kind: ``word``, ``quoted name`` (``"x"``, ``U&"x"``), ``string`` (all literal forms in apostrophes, with their
            prefix and suffix), ``number``, ``operator``, ``comment`` (hints and ``{# x #}`` too), ``space``,
            ``placeholder`` (``${X}``, ``{{ x }}``, ``{% x %}``, ``{x}``, ``&X``, ``%%X%%``, ``@@X@@``, with
            the point that ends its name in ``&X..T``; ``<X>``, ``[X]``, ``???`` in front of a point), ``command`` (a
            BTEQ line; only from :func:`tokenize_script`), ``shell`` (a part of a shell script; only in statements), or
            ``other`` (a character that SQL does not know, or an open string, name or comment up to the end).
        text: exactly as it stands.
        start: offset of its first character.
        end: offset behind its last character.
        key: what it is compared by: a word in upper case, space and comments as ``""``, all else as it stands.
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
    | [A-TV-Za-tv-z] [\w\#]*+ (?!\$)
    | [,();]
    | (?! [uU]&['"] | _[A-Za-z0-9]++' ) (?: [^\W\d] | \# | \$(?!\{) ) [\w\#]*+ (?> (?: \$(?!\{)[\w\#]*+ )* )
    | (?> [uU]& | _[A-Za-z0-9]++ | ) (?:
          ' [^']*+ (?> (?: ''[^']*+ )* ) (?: \Z | ' (?> [xX](?>[bBcC][vVfF]?|[iI][1248]?|[gG]|)(?![\w\#$]) | ) )
        | " [^"]*+ (?> (?: ""[^"]*+ )* ) (?: \Z | " ) )
    | (?: \d++(?>\.\d*+|) | \.\d++ ) (?> [eE][+-]?+\d++ | )
    | -- [^\r\n]*+
    | /\* [^*]*+ (?> (?: \*++[^/*][^*]*+ )* ) (?: \*++/ | \**+\Z )
    | \$\{ [^{}\r\n]*+ \}
    | \{\{ [^{}]*+ \}\} | \{ [A-Za-z_]\w*+ \}
    | \{% [^{}%]*+ (?> (?: %(?!\}) [^{}%]*+ )* ) %\} | \{\# [^{\#]*+ (?> (?: \#(?!\}) [^{\#]*+ )* ) \#\}
    | &{1,2}[A-Za-z_]\w*+ (?> \.(?=\.) | ) | %%\w++%% | @@\w++@@
    | (?: < [A-Za-z_] [\w\ ]*+ > | \?{2,}+ ) (?= \.(?!\d) | [ \t]*+; )
    | (?<![\w"\])]) \[ [A-Za-z_]\w*+ \] (?= \.(?!\d) )
    | <= | >= | <> | [\^~!]= | \*\* | \|\| | .
    """,
    re.VERBOSE | re.DOTALL,
)

# A line that BTEQ takes for itself where an instruction may begin (docs/teradata/bteq.md §4.1, §4.2): ``.COMMAND``,
# ``= n`` or ``* remark``; a blank and a hyphen at its end continue it.
_LINE_OF_COMMAND = re.compile(r"[\r\n][ \t]*+[.*=]")
_COMMAND = re.compile(
    r"""
    [ \t]*+
    ( (?: \.[ \t]*+[A-Za-z] | \* | =[ \t]*+\d*+[ \t]*+;?+[ \t]*+(?=[\r\n]|\Z) )
      [^\r\n]*+ (?> (?: (?<=[ \t]-)(?:\r\n|\r|\n)[^\r\n]*+ )* ) )
    """,
    re.VERBOSE,
)
_VERB = re.compile(
    r"""\.[ \t]*+(?: COMPILE | ELSE | ELSEIF | ENDIF | EXIT | EXPORT | GOTO | HANG | IF | IMPORT | LABEL | LOGOFF
        | LOGON | OS | QUIT | REMARK | REPEAT | RUN | SET | SHOW )(?![\w#$])""",
    re.VERBOSE | re.IGNORECASE,
)
# What no column after a qualifying name is: with this a command may follow a request that lacks its semicolon.
_CERTAIN = re.compile(
    r"""\.[ \t]*+(?:
          (?: (?:EXIT|QUIT) (?> [ \t]++ (?: \d++ | [A-Z]*(?:CODE|LEVEL|COUNT) | \$[\w{}]++ ) | )
            | ELSE | ENDIF | LOGOFF | HANG (?>[ \t]++\d++|) | (?:GOTO|LABEL) [ \t]++ [\w\#${}]++
            | REPEAT [ \t]++ (?:\d++|\*) | REMARK [ \t]*+ ['"][^\r\n]*+
          ) [ \t]*+ ;?+ [ \t]*+ \Z
        | (?:IF|ELSEIF|SET|LOGON) [ \t]++ \S | OS [ \t]++ \S
        | (?:RUN|COMPILE|EXPORT|IMPORT) [ \t] [^\r\n]*? (?: \b(?:FILE|DDNAME)\b | \bRESET\b )
        )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = frozenset({"word", "quoted name", "placeholder"})
_LINE_END = re.compile(r"\r\n|\r|\n")


_FIRST: dict[str, Kind] = {
    **dict.fromkeys(",();=<>+*%:|^~!?&@[]}", "operator"),
    **dict.fromkeys("0123456789", "number"),
    **dict.fromkeys("#ABCDEFGHIJKLMNOPQRSTVWXYZabcdefghijklmnopqrstvwxyz", "word"),
    **dict.fromkeys(" \t\r\n\ufeff", "space"),
}
"""Kind by first character, of those that tell it; ``&``, ``%``, ``@``, ``?`` and ``[`` are operators only alone."""
_REMEMBERED_LENGTH = 64
_REMEMBERED = 1 << 16


class _Remembered(dict[str, str]):
    """What is told of a text, remembered for short ones: scripts are made of few words."""

    def __init__(self, tell: Callable[[str], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, text: str) -> str:
        told = self._tell(text)
        if len(text) <= _REMEMBERED_LENGTH and len(self) < _REMEMBERED:
            self[text] = told
        return told


def _kind(text: str) -> Kind:
    """The kind of a token."""
    first = text[0]
    found = _FIRST.get(first)
    if found is not None:
        return "placeholder" if len(text) > 1 and (first in "&%@?[" or text[0] + text[-1] == "<>" != text) else found
    if first.isspace():
        return "space"
    if first in _UNTOLD:
        return _kind_of_untold(first, text)
    if first.isdecimal():
        return "number"
    return "word" if re.match(r"\w", first) else "other"


_UNTOLD = frozenset("\"'-/.$_uU{")


def _kind_of_untold(first: str, text: str) -> Kind:
    """The kind of a token whose first character does not tell."""
    if first in "uU_" and text[-1] not in "'\"" and "'" not in text:
        return "word"
    if first == "-":
        return "comment" if text.startswith("--") else "operator"
    if first == "/":
        return "comment" if text.startswith("/*") else "operator"
    if first in "${" and text[-1] == "}":
        return "comment" if text.startswith("{#") else "placeholder"
    if first == ".":
        return "operator" if text == "." else "number"
    if first in "${":
        return "word" if first == "$" else "operator"
    return "quoted name" if text[-1] == '"' else "string"


def _key(text: str) -> str:
    kind = _kind(text)
    if kind in ("space", "comment"):
        return ""
    return fold(text) if kind == "word" else text


_KINDS: dict[str, Kind] = cast("dict[str, Kind]", _Remembered(_kind))
_KEYS: dict[str, str] = _Remembered(_key)


def _is_open(text: str) -> bool:
    """True if a string, name or comment that begins the text does not end in it."""
    if text.startswith("/*"):
        return len(text) < 4 or not text.endswith("*/")
    quote = next((char for char in text[:20] if char in "'\""), None)
    return quote is not None and not text.startswith(("--", "{", "${")) and text.count(quote) % 2 == 1


class Lexed(NamedTuple):
    """The tokens of a text, each of their properties in a list of its own: much faster to make, and to look through.

    Args:
        texts: of each token.
        keys: of each token.
        offsets: where each token begins, and where the last one ends.
        commands: which tokens are BTEQ lines, in order.
    """

    texts: list[str]
    keys: list[str]
    offsets: list[int]
    commands: list[int]

    def kind(self, index: int) -> Kind:
        """The kind of one token."""
        at = bisect_left(self.commands, index)
        if at < len(self.commands) and self.commands[at] == index:
            return "command"
        text = self.texts[index]
        return "other" if index + 1 == len(self.texts) and _is_open(text) else _KINDS[text]

    def is_space(self, index: int) -> bool:
        """True if one token is space."""
        return not self.keys[index] and self.kind(index) == "space"

    def kinds(self, first: int, end: int) -> list[Kind]:
        """The kinds of the tokens from one index to another."""
        texts = self.texts[first:end]
        found = list(map(_KINDS.__getitem__, texts))
        if first < end == len(self.texts) and _is_open(texts[-1]):
            found[-1] = "other"
        for index in self.commands[bisect_left(self.commands, first) : bisect_left(self.commands, end)]:
            found[index - first] = "command"
        return found


class Tokens(Sequence[Token]):
    """Neighbouring tokens of a text, made when they are asked for.

    Args:
        lexed: the text's tokens.
        first: index of the first one.
        end: index behind the last one.
    """

    __slots__ = ("_end", "_first", "_lexed", "_significant")

    def __init__(self, lexed: Lexed, first: int, end: int) -> None:
        self._lexed = lexed
        self._first = first
        self._end = end
        self._significant: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return self._end - self._first

    def __iter__(self) -> Iterator[Token]:
        first, end = self._first, self._end
        texts, keys, offsets, _ = self._lexed
        starts = offsets[first : end + 1]
        return map(Token, self._lexed.kinds(first, end), texts[first:end], starts, starts[1:], keys[first:end])

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        places = range(self._first, self._end)[index]
        if isinstance(places, int):
            return next(iter(Tokens(self._lexed, places, places + 1)))
        return [self[place - self._first] for place in places]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokens) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Tokens({list(self)!r})"

    def significant(self) -> tuple[Token, ...]:
        """Those that are neither space nor comments; several readers ask for them, so they are kept."""
        if self._significant is None:
            self._significant = tuple(self._made())
        return self._significant

    def _made(self) -> Iterator[Token]:
        first, end = self._first, self._end
        keys, offsets = self._lexed.keys[first:end], self._lexed.offsets[first : end + 1]
        kinds = compress(self._lexed.kinds(first, end), keys)
        texts = compress(self._lexed.texts[first:end], keys)
        starts, ends = compress(offsets, keys), compress(offsets[1:], keys)
        return map(Token, kinds, texts, starts, ends, filter(None, keys))


def _lexed(texts: list[str], start: int = 0, commands: list[int] | None = None) -> Lexed:
    keys = list(map(_KEYS.__getitem__, texts))
    if texts and _is_open(texts[-1]):
        keys[-1] = texts[-1]  # no comment, but what is left open
    return Lexed(texts, keys, list(accumulate(map(len, texts), initial=start)), commands or [])


def tokenize(text: str) -> Tokens:
    """The tokens of a text; joined they are the text again, whatever it holds.

    Args:
        text: any text; a line that begins with ``.`` has no special meaning here.
    """
    texts = _TOKEN.findall(text)
    return Tokens(_lexed(texts), 0, len(texts))


def tokenize_script(text: str) -> Tokens:
    """The tokens of a script, in which a BTEQ line is one token of kind ``command``.

    A line is one where an instruction may begin: at the start, behind ``;`` or another command. Where the semicolon was
    forgotten, a line with a verb of BTEQ is one; behind a name only if no column can be meant, since ``.MyProc`` and
    ``.quit FROM t`` continue a qualified name. Apostrophes in a command open nothing.

    Args:
        text: a whole script.
    """
    lexed = lex_script(text, 0, len(text), len(text))
    return Tokens(lexed, 0, len(lexed.texts))


def lex_script(text: str, start: int, stop: int, end: int) -> Lexed:
    """The tokens of a part of a script; see :func:`tokenize_script`.

    Args:
        text: a text in which the script stands.
        start: offset at which an instruction begins.
        stop: offset at which the part ends; its last token may reach further.
        end: offset at which the script ends.
    """
    texts: list[str] = []
    commands: list[int] = []
    position = start
    for line in _lines_of_commands(text, start, stop):
        match = _COMMAND.match(text, line, end)
        if match is None or match.start(1) < position:
            continue
        position = _lex_until(text, position, match.start(1), end, texts)
        if position == match.start(1) and _may_begin(match.group(1), texts, commands):
            commands.append(len(texts))
            position = _command_end(text, match, end)
            texts.append(text[match.start(1) : position])
    while position < stop:
        position = _lex_until(text, position, stop, end, texts)
    return _lexed(texts, start, commands)


def _lines_of_commands(text: str, start: int, stop: int) -> Iterator[int]:
    """Where the lines begin that may be commands."""
    if start == 0 or text[start - 1] in "\r\n":
        yield start
    for found in _LINE_OF_COMMAND.finditer(text, start, stop):
        yield found.start() + 1


def _lex_until(text: str, position: int, stop: int, end: int, texts: list[str]) -> int:
    """Appends the tokens up to ``stop``; the last one may reach further, up to ``end``. Returns where it ends."""
    if position == stop:
        return stop
    found = _TOKEN.findall(text, position, stop)
    if found[-1].isspace() and not text[stop - 1 : stop + 1].isspace():
        texts += found
        return stop
    last = stop - len(found[-1])
    whole = _TOKEN.match(text, last, end)
    assert whole is not None, "the lexer takes any character"
    found[-1] = whole.group()
    texts += found
    return whole.end()


def _may_begin(line: str, texts: list[str], commands: list[int]) -> bool:
    """True if a line of this form is a command behind what was read so far."""
    behind = commands[-1] if commands else -1
    for index in range(len(texts) - 1, behind, -1):
        kind, before = _KINDS[texts[index]], texts[index]
        if kind in ("space", "comment"):
            continue
        if before == ";" or before.startswith("{%"):
            return True
        if kind in _NAMES and before.upper() != "END":
            return _CERTAIN.match(line) is not None
        return _VERB.match(line) is not None
    return True


def _command_end(text: str, match: re.Match[str], stop: int) -> int:
    """Where a command ends: with its line, or with the line on which a comment opened in it is closed.

    ``.OS rm out/*`` opens none: what follows must be closed before another comment opens.
    """
    end = match.end()
    opened = text.rfind("/*", match.start(1), end)
    if opened < 0 or text[opened - 1] not in " \t;" or text.find("*/", opened + 2, end) >= 0:
        return end
    following = text.find("/*", opened + 2, stop)
    closed = text.find("*/", opened + 2, following if following >= 0 else stop)
    if closed < 0:
        return end
    line_end = _LINE_END.search(text, closed, stop)
    return line_end.start() if line_end else stop


def is_unclosed(token: Token) -> bool:
    """True for a literal, a quoted name or a comment that runs to the end of the text, for want of its end."""
    return token.kind == "other" and (len(token.text) > 1 or token.text in "'\"")


def significant(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without space and comments."""
    if isinstance(tokens, Tokens):
        return list(tokens.significant())
    return [token for token in tokens if token.kind not in ("space", "comment")]


class Lines:
    """Line and column of offsets in one text; ``\\n``, ``\\r`` and ``\\r\\n`` end a line.

    Args:
        text: the whole text.
    """

    def __init__(self, text: str) -> None:
        if "\r" in text:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        else:
            self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))[:-1]

    def position(self, offset: int) -> Position:
        """The line and column of the character at an offset, counted from 1."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of the character at a line and column, counted from 1."""
        return self._starts[line - 1] + column - 1
