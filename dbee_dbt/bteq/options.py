"""The options of .SET and what each takes (docs/teradata/bteq.md §4.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from dbee_dbt.bteq.commands import ErrorSeverity, SetErrorLevel, SetMaxError, SetOption, SetSession
from dbee_dbt.bteq.pieces import is_placeholder, unquoted, words

Settings = SetErrorLevel | SetMaxError | SetSession | SetOption
Takes = Literal["nothing", "numbers", "columns", "text"]

_MOST_DIGITS = 18


class Option(Struct, frozen=True):
    """What an option takes; a placeholder may stand for any of it.

    Args:
        switch: ON or OFF may stand first.
        takes: ``numbers``, divided by blanks or commas; ``columns``: numbers or ALL; ``text``: one literal, word or
            number.
        least: how many numbers there must be.
        most: how many numbers there may be.
        words: the words that may stand for them.
        is_bare: True where the option may stand without a value.
    """

    switch: bool = True
    takes: Takes = "nothing"
    least: int = 0
    most: int = 0
    words: frozenset[str] = frozenset()
    is_bare: bool = True


def _words(*allowed: str, switch: bool = False, bare: bool = False) -> Option:
    return Option(switch=switch, words=frozenset(allowed), is_bare=bare)


_NUMBER = Option(switch=False, takes="numbers", least=1, most=1, is_bare=False)
_COLUMNS = Option(takes="columns", most=2048, words=frozenset({"ALL"}))
_TEXT = Option(takes="text", most=1, is_bare=False)

OPTIONS: dict[str, Option] = {
    **dict.fromkeys(
        """AUTOKEYRETRIEVE DATAENCRYPTION EMPTYLINES ERRORONDBSWARNING EXPORTEJECT FORMAT FULLYEAR INDICDATA
        LARGEDATAMODE LOGONPROMPT PROMPTS RECORDMODE REPEATSTOP RETCANCEL RETRY STEPMSG TITLEDASHES""".split(),
        Option(),
    ),
    **dict.fromkeys(
        "FOLDLINE OMIT PAGEBREAK SIDETITLES SKIPDOUBLE SKIPLINE SUPPRESS UNDERLINE".split(),
        _COLUMNS,
    ),
    **dict.fromkeys("FOOTING HEADING NULL RTITLE SEPARATOR".split(), _TEXT),
    **dict.fromkeys("DECIMALDIGITS PACK SESSIONS".split(), _NUMBER),
    "DEFAULTS": Option(switch=False),
    "ECHOREQ": _words("ERRORONLY", switch=True),
    "ERROROUT": _words("STDOUT", "STDERR"),
    "EXITONDELAY": Option(takes="numbers", most=2, words=frozenset({"MAXREQTIME", "RC", "ENABLED"})),
    "FORMCHAR": Option(takes="text", words=frozenset({"DEFAULT"})),
    "NOTIFY": Option(takes="text", words=frozenset({"LOW", "MEDIUM", "HIGH", "ULTRA", "EXIT", "QUEUE", "MSG", "TEXT"})),
    "PAGELENGTH": Option(takes="numbers", most=1, is_bare=False),
    "QUIET": Option(words=frozenset({"ALL"})),
    "RETLIMIT": Option(takes="numbers", most=2, words=frozenset({"*"}), is_bare=False),
    "TIMEMSG": _words("DEFAULT", "QUERY", "NONE"),
    "WIDTH": _NUMBER,
}
"""What each option takes. ERRORLEVEL, MAXERROR and SESSION are read into commands of their own."""

_SEVERITY = re.compile(r"\s*(\([\d\s,]+\)|\d{1,18}|UNKNOWN)\s+SEVERITY\s+(\d{1,9})\s*(?:,|\Z)", re.IGNORECASE)


def read_setting(text: str) -> Settings | None:
    """The setting that a text says, without the word SET; None if it is none that is known.

    Args:
        text: option and arguments, on one line without comments.
    """
    option, arguments = _divided(text)
    own = _OWN.get(option)
    if own is not None:
        return own(arguments)
    known = OPTIONS.get(option)
    return None if known is None else _setting(option, known, _literals(words(arguments)))


def _divided(text: str) -> tuple[str, str]:
    match = re.match(r"(\w*)\s*", text)
    assert match is not None, "the pattern takes any text"
    return match[1].upper(), text[match.end() :]


def _literals(pieces: tuple[str, ...]) -> list[str]:
    """The pieces, a hexadecimal literal (``'0C'XB``) as one."""
    found: list[str] = []
    for piece in pieces:
        if piece == "XB" and found and found[-1][0] in "'\"":
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _setting(option: str, known: Option, pieces: list[str]) -> SetOption | None:
    """The setting, if the pieces are what its option takes."""
    switch: Literal["ON", "OFF"] | None = None
    if pieces and pieces[0] == "=":  # scripts write it, and it changes nothing
        pieces.pop(0)
    if known.switch and pieces and pieces[0] in ("ON", "OFF"):
        switch = "ON" if pieces.pop(0) == "ON" else "OFF"
    if len(pieces) == 1 and is_placeholder(pieces[0]):
        return SetOption(option, switch, text=pieces[0])
    allowed = tuple(piece for piece in pieces if piece in known.words)
    rest = [piece for piece in pieces if piece not in known.words]
    if switch is None and not pieces:
        return SetOption(option) if known.is_bare else None
    numbers = _numbers(rest)
    if known.takes == "text" and numbers is None:  # SEPARATOR 2 is two blanks, SEPARATOR '2' is a digit
        return SetOption(option, switch, words=allowed, text=unquoted(rest[0])) if len(rest) == 1 else None
    if numbers is None or len(numbers) > known.most or (len(numbers) < known.least and not allowed):
        return None
    return SetOption(option, switch, numbers, allowed)


def _numbers(pieces: list[str]) -> tuple[int, ...] | None:
    """The numbers that pieces say, commas or none between them; None if something else stands there."""
    found = [piece for piece in pieces if piece != ","]
    if not all(re.fullmatch(r"[0-9]{1,18}", piece) for piece in found):
        return None
    return tuple(map(int, found))


def _error_level(arguments: str) -> SetErrorLevel | None:
    if arguments.upper() in ("ON", "OFF"):
        return SetErrorLevel(switch="ON" if arguments.upper() == "ON" else "OFF")
    found, position = [], 0
    while match := _SEVERITY.match(arguments, position):
        codes = tuple(int(code) for code in re.findall(r"\d{1,18}", match[1]))
        found.append(ErrorSeverity(codes, int(match[2])))
        position = match.end()
    return SetErrorLevel(tuple(found)) if found and position == len(arguments) else None


def _max_error(arguments: str) -> SetMaxError | None:
    if arguments.upper() == "OFF":
        return SetMaxError(None)
    return SetMaxError(int(arguments)) if re.fullmatch(r"[0-9]{1,9}", arguments) else None


SESSION_OPTIONS = {
    "CHARSET": re.compile(r"['\"].*['\"]|\w+"),
    "RESPBUFLEN": re.compile(r"[0-9]{1,18}|MAX\w*|DEFAULT"),
    "SQLFLAG": re.compile(r"ENTRY|INTERMEDIATE|NONE"),
    "TRANSACTION": re.compile(r"ANSI|BTET|TERA"),
    "TWORESPBUFS": re.compile(r"ON|OFF"),
}
"""The options of .SET SESSION and what they take."""


def _session(arguments: str) -> SetSession | None:
    option, *rest = words(arguments) or ("",)
    value = rest[0] if len(rest) == 1 else ""
    pattern = SESSION_OPTIONS.get(option)
    if pattern is None or not (pattern.fullmatch(value) or is_placeholder(value)):
        return None
    return SetSession(option, int(value) if re.fullmatch(r"[0-9]{1,18}", value) else unquoted(value))


_OWN: dict[str, Callable[[str], Settings | None]] = {
    "ERRORLEVEL": _error_level,
    "MAXERROR": _max_error,
    "SESSION": _session,
}
