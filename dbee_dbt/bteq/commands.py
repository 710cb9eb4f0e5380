"""What a BTEQ instruction says, as frozen values (docs/teradata/bteq.md §4.3 to §4.5)."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Operand: TypeAlias = int | str
"""A number, or the name of a status value in upper case, or a placeholder as written."""


class Comparison(Struct, frozen=True):
    """``ERRORCODE <> 0``; the operator in its first spelling: ``=``, ``<>``, ``<``, ``<=``, ``>``, ``>=``."""

    left: Operand
    operator: str
    right: Operand


class Not(Struct, frozen=True):
    """``NOT (…)``."""

    condition: Condition


class And(Struct, frozen=True):
    """Two or more conditions joined by AND."""

    conditions: tuple[Condition, ...]


class Or(Struct, frozen=True):
    """Two or more conditions joined by OR."""

    conditions: tuple[Condition, ...]


class OpaqueCondition(Struct, frozen=True):
    """A condition that is not understood, as written."""

    text: str


Condition: TypeAlias = Comparison | Not | And | Or | OpaqueCondition


class Request(Struct, frozen=True):
    """One SQL request: what BTEQ sends to the database at once.

    Args:
        sql: exact text, without the ``;`` that ends it; a ``;`` within divides the statements of one request.
        ended: by a ``;`` at the end of a line; by the ``END`` of a procedure, which BTEQ itself does not
            understand; by a command that follows without one; or by the end of the script.
        disabled: offsets in ``sql`` of each ``;`` that ends nothing, as a ``--`` comment follows it on its line.
        is_open: True if a parenthesis, literal, quoted name or comment is still open at the end.
    """

    sql: str
    ended: Literal["semicolon", "block", "command", "script"] = "semicolon"
    disabled: tuple[int, ...] = ()
    is_open: bool = False


class If(Struct, frozen=True):
    """``.IF … THEN …``: commands, or one request; nothing behind THEN is an error that the checker reports."""

    condition: Condition
    then: tuple[Action, ...]


class BlockIf(Struct, frozen=True):
    """``.IF`` of a block that ``.ENDIF`` ends."""

    condition: Condition


class ElseIf(Struct, frozen=True):
    """``.ELSEIF``; ``then`` is True where a THEN stands behind it, which BTEQ does not take."""

    condition: Condition
    then: bool = False


class Else(Struct, frozen=True):
    """``.ELSE``."""


class EndIf(Struct, frozen=True):
    """``.ENDIF``."""


class Goto(Struct, frozen=True):
    """``.GOTO``; the label as written."""

    label: str


class Label(Struct, frozen=True):
    """``.LABEL``; the name as written."""

    name: str


class Run(Struct, frozen=True):
    """``.RUN FILE=…``; ``skip`` counts the lines passed over."""

    file: str
    skip: int | None = None
    keyword: Literal["FILE", "DDNAME"] = "FILE"


class Compile(Struct, frozen=True):
    """``.COMPILE FILE=… WITH SPL``: whether the source text is stored; None where it is not said."""

    file: str
    stored: Literal["SPL", "NOSPL"] | None = None
    keyword: Literal["FILE", "DDNAME"] = "FILE"


class Repeat(Struct, frozen=True):
    """``.REPEAT`` of the next request: so many times, or records; None stands for ``*``, to the end of the data.

    Args:
        count: how many times.
        records: whether records are counted.
        pack: how many records go with a request (PACK).
        buffer: of how many bytes a request is at most (REQBUFLEN).
    """

    count: int | None = 1
    records: bool = False
    pack: int | None = None
    buffer: int | None = None


class Again(Struct, frozen=True):
    """``= n``: the last request so many times more."""

    count: int = 1


class Import(Struct, frozen=True):
    """``.IMPORT form 'delimiter' FILE=…, SKIP=n`` and further options as written."""

    form: str
    file: str
    delimiter: str | None = None
    skip: int | None = None
    options: tuple[str, ...] = ()
    keyword: Literal["FILE", "DDNAME"] = "FILE"


class ImportReset(Struct, frozen=True):
    """``.IMPORT RESET``."""


class Export(Struct, frozen=True):
    """``.EXPORT form FILE=…, LIMIT=n, CLOSE`` and further options as written.

    Args:
        form: ``DATA``, ``INDICDATA``, ``REPORT``, ``REPORTWIDE`` or ``DIF``; an empty one is REPORT.
        file: where the results go.
        limit: the most rows that are written.
        state: whether the file is opened now or closed behind the request.
        options: other words, as for an access module.
        keyword: FILE, or DDNAME on a mainframe.
    """

    form: str
    file: str
    limit: int | None = None
    state: Literal["OPEN", "CLOSE"] | None = None
    options: tuple[str, ...] = ()
    keyword: Literal["FILE", "DDNAME"] = "FILE"


class ExportReset(Struct, frozen=True):
    """``.EXPORT RESET``."""


class MessageOut(Struct, frozen=True):
    """``.MESSAGEOUT FILE=…``; an empty file is RESET."""

    file: str
    options: tuple[str, ...] = ()
    keyword: Literal["FILE", "DDNAME"] = "FILE"


class Logon(Struct, frozen=True):
    """``.LOGON tdp/user,password,'account'``. The password is not kept.

    Args:
        user: what stands in front of the first comma: the system and the user.
        password: ``none``; ``text`` for one in plain text; ``placeholder`` where a variable stands for it.
        account: what stands behind the second comma, or None.
    """

    user: str
    password: Literal["none", "text", "placeholder"] = "none"
    account: str | None = None


class Logdata(Struct, frozen=True):
    """``.LOGDATA``. What it says is not kept."""

    password: Literal["none", "text", "placeholder"]


class Logmech(Struct, frozen=True):
    """``.LOGMECH``; the mechanism in upper case."""

    mechanism: str


class Logoff(Struct, frozen=True):
    """``.LOGOFF``."""


class Quit(Struct, frozen=True):
    """``.QUIT`` or ``.EXIT``: with a number, a status value in upper case, a placeholder, or nothing."""

    value: Operand | None = None
    verb: Literal["QUIT", "EXIT"] = "QUIT"


class System(Struct, frozen=True):
    """``.OS`` or ``.TSO``: a command of the operating system."""

    command: str
    verb: Literal["OS", "TSO"] = "OS"


class Remark(Struct, frozen=True):
    """``.REMARK``; the text without its quotes."""

    text: str


class Show(Struct, frozen=True):
    """``.SHOW CONTROLS``, ``.HELP BTEQ``, ``.VERSIONS``: prints; the words behind the verb in upper case."""

    verb: Literal["SHOW", "HELP", "VERSIONS"]
    words: tuple[str, ...] = ()


class Hang(Struct, frozen=True):
    """``.HANG``: a pause of so many seconds."""

    seconds: int | None = None


class Abort(Struct, frozen=True):
    """``.ABORT``: ends the request that runs."""


class Tdp(Struct, frozen=True):
    """``.TDP``: the system to log on to."""

    system: str


class ErrorSeverity(Struct, frozen=True):
    """The severity of error codes; no code stands for UNKNOWN, all that are not in the table."""

    codes: tuple[int, ...]
    severity: int


class SetErrorLevel(Struct, frozen=True):
    """``.SET ERRORLEVEL``: severities of error codes, or the switch ON or OFF."""

    severities: tuple[ErrorSeverity, ...] = ()
    switch: Literal["ON", "OFF"] | None = None


class SetMaxError(Struct, frozen=True):
    """``.SET MAXERROR``: the severity above which BTEQ ends; None for OFF."""

    severity: int | None


class SetSession(Struct, frozen=True):
    """``.SET SESSION TRANSACTION ANSI`` and its kind; the value a number, a word in upper case, or a text."""

    option: str
    value: int | str


class SetOption(Struct, frozen=True):
    """Any other ``.SET``.

    Args:
        option: its name in upper case.
        switch: ON or OFF, where it is said.
        numbers: a width, a limit, the columns that are meant.
        words: other words of the option in upper case: ``ALL``, ``ERRORS``, ``STDERR``.
        text: a text without its quotes, or a placeholder as written.
    """

    option: str
    switch: Literal["ON", "OFF"] | None = None
    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    text: str | None = None


class Unknown(Struct, frozen=True):
    """A command that is not understood, as written, without its dot; secrets masked."""

    text: str


Command: TypeAlias = (
    If
    | BlockIf
    | ElseIf
    | Else
    | EndIf
    | Goto
    | Label
    | Run
    | Compile
    | Repeat
    | Again
    | Import
    | ImportReset
    | Export
    | ExportReset
    | MessageOut
    | Logon
    | Logdata
    | Logmech
    | Logoff
    | Quit
    | System
    | Remark
    | Show
    | Hang
    | Abort
    | Tdp
    | SetErrorLevel
    | SetMaxError
    | SetSession
    | SetOption
    | Unknown
)
Action: TypeAlias = Command | Request
"""What an instruction does: a command, or a request."""
