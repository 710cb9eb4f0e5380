"""The options of .SET and what each takes (docs/teradata/bteq.md §4.4)."""

from __future__ import annotations

import re
from collections.abc import Callable

from dbee_dbt.bteq.commands import ErrorSeverity, SetErrorLevel, SetMaxError, SetOption, SetSession
from dbee_dbt.bteq.pieces import words

Settings = SetErrorLevel | SetMaxError | SetSession | SetOption

_SWITCH = r"ON|OFF"
_COLUMNS = r"(?:(?:ON|OFF)?(?: ?(?:ALL|\d+(?: , \d+| \d+)*))?)"
_NUMBER = r"\d+"
_TEXT = r"(?:ON|OFF)|(?:(?:ON|OFF) )?(?:['\"].*|\S+)"

OPTIONS: dict[str, str] = {
    **dict.fromkeys(
        """DEFAULTS EMPTYLINES ERRORONDBSWARNING FORMAT FULLYEAR INDICDATA LARGEDATAMODE PROMPTS QUIET RECORDMODE
        REPEATSTOP RETCANCEL RETRY STEPMSG TITLEDASHES""".split(),
        rf"(?:{_SWITCH})?(?: .*)?",
    ),
    **dict.fromkeys(
        "FOLDLINE OMIT PAGEBREAK SIDETITLES SKIPDOUBLE SKIPLINE SUPPRESS UNDERLINE".split(),
        _COLUMNS,
    ),
    **dict.fromkeys("FOOTING HEADING NULL RTITLE SEPARATOR".split(), _TEXT),
    "DECIMALDIGITS": _NUMBER,
    "ECHOREQ": r"ON|OFF|ERRORS",
    "ERROROUT": r"STDOUT|STDERR",
    "EXITONDELAY": r".*",
    "NOTIFY": r".+",
    "PACK": _NUMBER,
    "PAGELENGTH": rf"{_NUMBER}|OFF",
    "RETLIMIT": r"(?:\d+|OFF|\*)(?: ,? ?(?:\d+|\*))?",
    "SESSIONS": _NUMBER,
    "TIMEMSG": r"DEFAULT|QUERY|NONE",
    "WIDTH": _NUMBER,
}
"""Option -> pattern of its arguments, which are divided by one blank each. ERRORLEVEL, MAXERROR and SESSION are read
into commands of their own."""

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
    pattern = OPTIONS.get(option)
    found = words(arguments)
    if pattern is None or not re.fullmatch(pattern, " ".join(found)):
        return None
    return SetOption(option, found)


def _divided(text: str) -> tuple[str, str]:
    match = re.match(r"(\w*)\s*", text)
    assert match is not None, "the pattern takes any text"
    return match[1].upper(), text[match.end() :]


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


def _session(arguments: str) -> SetSession | None:
    found = words(arguments)
    return SetSession(found[0], found[1:]) if found and re.fullmatch(r"\w+", found[0]) else None


_OWN: dict[str, Callable[[str], Settings | None]] = {
    "ERRORLEVEL": _error_level,
    "MAXERROR": _max_error,
    "SESSION": _session,
}
