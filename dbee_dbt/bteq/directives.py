"""One command's verb and arguments to a typed command (docs/teradata/bteq.md §4.3).

``.IF`` with THEN is not here: what follows THEN reaches further than the command's own arguments.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Literal

from dbee_dbt.bteq.commands import (
    Abort,
    BlockIf,
    Command,
    Compile,
    Else,
    ElseIf,
    EndIf,
    Export,
    ExportReset,
    Goto,
    Hang,
    Import,
    ImportReset,
    Label,
    Logdata,
    Logmech,
    Logoff,
    Logon,
    MessageOut,
    Quit,
    Remark,
    Repeat,
    Run,
    Show,
    System,
    Tdp,
    Unknown,
)
from dbee_dbt.bteq.conditions import STATUS_VALUES, read_condition
from dbee_dbt.bteq.options import OPTIONS, read_setting
from dbee_dbt.bteq.pieces import QUOTED, file_clause, has_placeholder, is_placeholder, skip_clause, unquoted, words
from dbee_dbt.ddl.secrets import mask

THEN = re.compile(rf"""{QUOTED}|(?<![\w$])(?P<then>THEN)(?![\w$])""", re.IGNORECASE)


def read_directive(verb: str, arguments: str) -> Command:
    """The command that a verb and its arguments say; what is not understood becomes an unknown one.

    Args:
        verb: the word behind the dot.
        arguments: what follows it, on one line without comments and without the ``;``.
    """
    reader = _READERS.get(verb.upper())
    found = reader(arguments) if reader else None
    if found is None and verb.upper() in (*OPTIONS, "ERRORLEVEL", "MAXERROR"):
        found = read_setting(f"{verb} {arguments}")
    return found if found is not None else unknown(f"{verb} {arguments}".rstrip())


def unknown(text: str) -> Unknown:
    """A command that is not understood; of ``LOGON`` behind another word, too, the password is not kept.

    Args:
        text: the command without its dot.
    """
    match = re.match(r"SET\s+", text, re.IGNORECASE)
    head = match.group() if match else ""
    return Unknown(head + mask(f".{text[len(head) :]}")[1:])


def _nothing(command: Command) -> Callable[[str], Command | None]:
    return lambda arguments: None if arguments else command


def _word(make: Callable[[str], Command]) -> Callable[[str], Command | None]:
    return lambda arguments: make(arguments) if re.fullmatch(r"[^\s;,'\"]+", arguments) else None


def _else_if(arguments: str) -> Command | None:
    condition, then, behind = arguments, False, ""
    for match in THEN.finditer(arguments):
        if match["then"]:
            condition, then, behind = arguments[: match.start()], True, arguments[match.end() :]
            break
    return None if behind.strip() or not condition.strip() else ElseIf(read_condition(condition), then)


def _if(arguments: str) -> Command | None:
    return BlockIf(read_condition(arguments)) if arguments else None


def _run(arguments: str) -> Command | None:
    found = file_clause(arguments)
    if found is None or found.before:
        return None
    skip, rest = skip_clause(found.behind)
    return None if rest.strip() else Run(found.file, skip, found.keyword)


def _compile(arguments: str) -> Command | None:
    found = file_clause(arguments)
    if found is None or found.before:
        return None
    match words(found.behind):
        case ():
            return Compile(found.file, keyword=found.keyword)
        case ("WITH", "SPL"):
            return Compile(found.file, "SPL", found.keyword)
        case ("WITH", "NOSPL"):
            return Compile(found.file, "NOSPL", found.keyword)
    return None


def _import(arguments: str) -> Command | None:
    if arguments.upper() == "RESET":
        return ImportReset()
    found = file_clause(arguments)
    match = re.fullmatch(rf"(\w+)(?:\s*({QUOTED}))?", found.before) if found else None
    if found is None or match is None:
        return None
    skip, rest = skip_clause(found.behind)
    delimiter = unquoted(match[2]) if match[2] else None
    return Import(match[1].upper(), found.file, delimiter, skip, words(rest), found.keyword)


def _export(arguments: str) -> Command | None:
    if arguments.upper() == "RESET":
        return ExportReset()
    found = file_clause(arguments)
    if found is None or not re.fullmatch(r"\w*", found.before):
        return None
    limit: int | None = None
    state: Literal["OPEN", "CLOSE"] | None = None
    options: list[str] = []
    pieces = deque(words(found.behind))
    while pieces:
        piece = pieces.popleft()
        if piece == "LIMIT" and len(pieces) > 1 and pieces[0] == "=" and re.fullmatch(r"[0-9]{1,18}", pieces[1]):
            pieces.popleft()
            limit = int(pieces.popleft())
        elif piece in ("OPEN", "CLOSE"):
            state = "OPEN" if piece == "OPEN" else "CLOSE"
        elif piece != ",":
            options.append(piece)
    return Export(found.before.upper(), found.file, limit, state, tuple(options), found.keyword)


def _message_out(arguments: str) -> Command | None:
    if arguments.upper() == "RESET":
        return MessageOut("")
    found = file_clause(arguments)
    return MessageOut(found.file, words(found.behind), found.keyword) if found and not found.before else None


_REPEAT = re.compile(
    r"(?:(RECS)\s+)?(\*|[0-9]{1,18})?(?:\s*\bPACK\s+([0-9]{1,18}))?(?:\s*\bREQBUFLEN\s+([0-9]{1,18}))?", re.IGNORECASE
)


def _repeat(arguments: str) -> Command | None:
    match = _REPEAT.fullmatch(arguments)
    if match is None:
        return None
    count = None if match[2] == "*" else int(match[2] or 1)
    pack, buffer = (int(number) if number else None for number in (match[3], match[4]))
    return Repeat(count, match[1] is not None, pack, buffer)


def _logon(arguments: str) -> Command | None:
    user, comma, rest = arguments.partition(",")
    password, second, account = rest.partition(",")
    if not comma or not password.strip():
        return Logon(user.strip(), "none", account.strip() if second else None)
    return Logon(user.strip(), _secrecy(password), account.strip() if second else None)


def _secrecy(password: str) -> Literal["text", "placeholder"]:
    is_named = is_placeholder(unquoted(password.strip())) or "$tdwallet" in password.lower()
    return "placeholder" if is_named else "text"


def _logdata(arguments: str) -> Command | None:
    if not arguments:
        return Logdata("none")
    return Logdata("placeholder" if has_placeholder(arguments) else "text")


def _quit(verb: Literal["QUIT", "EXIT"]) -> Callable[[str], Command | None]:
    def read(arguments: str) -> Command | None:
        if not arguments:
            return Quit(None, verb)
        if re.fullmatch(r"[0-9]{1,9}", arguments):
            return Quit(int(arguments), verb)
        if arguments.upper() in STATUS_VALUES:
            return Quit(arguments.upper(), verb)
        return Quit(arguments, verb) if is_placeholder(arguments) else None

    return read


def _remark(arguments: str) -> Command | None:
    return Remark(unquoted(arguments)) if re.fullmatch(rf"{QUOTED}|[^'\"][^\r\n]*|", arguments) else None


def _hang(arguments: str) -> Command | None:
    return Hang(int(arguments) if arguments else None) if re.fullmatch(r"[0-9]{0,9}", arguments) else None


def _shown(verb: Literal["SHOW", "HELP", "VERSIONS"]) -> Callable[[str], Command | None]:
    return lambda arguments: Show(verb, words(arguments)) if re.fullmatch(r"[\w\s]*", arguments) else None


_READERS: dict[str, Callable[[str], Command | None]] = {
    "ABORT": _nothing(Abort()),
    "COMPILE": _compile,
    "ELSE": _nothing(Else()),
    "ELSEIF": _else_if,
    "ENDIF": _nothing(EndIf()),
    "EXIT": _quit("EXIT"),
    "EXPORT": _export,
    "GOTO": _word(Goto),
    "HANG": _hang,
    "HELP": _shown("HELP"),
    "IF": _if,
    "IMPORT": _import,
    "LABEL": _word(Label),
    "LOGDATA": _logdata,
    "LOGMECH": _word(lambda name: Logmech(name.upper() if name.isascii() else name)),
    "LOGOFF": _nothing(Logoff()),
    "LOGON": _logon,
    "MESSAGEOUT": _message_out,
    "OS": lambda arguments: System(arguments, "OS"),
    "QUIT": _quit("QUIT"),
    "REMARK": _remark,
    "REPEAT": _repeat,
    "RUN": _run,
    "SET": read_setting,
    "SHOW": _shown("SHOW"),
    "TDP": _word(Tdp),
    "TSO": lambda arguments: System(arguments, "TSO"),
    "VERSIONS": _shown("VERSIONS"),
}

VERBS = frozenset(_READERS) | frozenset(OPTIONS) | {"ERRORLEVEL", "MAXERROR"}
"""Every verb that is known, in upper case."""
UNDOTTED = frozenset(_READERS) - {"ABORT", "SET", "SHOW", "HELP"}
"""Verbs that begin no SQL request: with these, BTEQ takes a line without a dot for a command."""
WHOLE_LINE = frozenset({"OS", "TSO", "LOGON", "LOGDATA"})
"""Verbs whose arguments reach to the end of the line, whatever stands in them."""
