"""Rules on commands themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dbee_dbt.bteq.commands import Logdata, Logon, Request, SetSession, Unknown
from dbee_dbt.bteq.findings import Checked, Hit
from dbee_dbt.bteq.pieces import is_placeholder, unquoted
from dbee_dbt.bteq.walk import places
from dbee_dbt.ddl.secrets import secret_spans


def command_without_dot(checked: Checked) -> Iterator[Hit]:
    """A command stands without its dot.

    BTEQ takes it with a warning, for most commands; for others, such as `SET` and `SHOW`, the line is SQL.

    Best practice: write the dot.
    """
    for instruction in checked.program.instructions:
        if not instruction.is_dotted:
            verb = re.split(r"\W", instruction.text, maxsplit=1)[0].upper()
            yield Hit(instruction, f"{verb} stands without its dot", f"Write .{verb}.")


def command_unknown(checked: Checked) -> Iterator[Hit]:
    """A command is not known, or its arguments are not understood.

    It is kept as its text; what it does to the run of the script is not known here.

    Best practice: mend its spelling; numbers bear no sign, names of files with blanks stand in quotes.
    """
    for place in places(checked.program):
        if isinstance(place.action, Unknown):
            verb = (place.action.text.split() or [""])[0]
            yield Hit(place.instruction, f"the command .{verb} is not understood", "Mend its spelling.")


def password_in_text(checked: Checked) -> Iterator[Hit]:
    """A password stands in the script in plain text.

    In `.LOGON` and `.LOGDATA`, and in SQL such as CREATE USER. A variable of the shell, or a wallet, is none.

    Best practice: read the logon from a file that only its user may read (`.RUN FILE=…`), or use a wallet
    (`$tdwallet(…)`).
    """
    for place in places(checked.program):
        match place.action:
            case (Logon(password="text") | Logdata(password="text")) as command:
                verb = type(command).__name__.upper()
                yield Hit(place.instruction, f"the password of {verb} stands in plain text", _FIX)
            case Request(sql) if any(not _is_variable(sql[start:end]) for start, end in secret_spans(sql)):
                yield Hit(place.instruction, "a password stands in the request in plain text", _FIX)


_FIX = "Read it from a protected file, a wallet or a variable."


def _is_variable(text: str) -> bool:
    return is_placeholder(unquoted(text)) or text in ("?", "NULL") or text.startswith(":")


def session_after_logon(checked: Checked) -> Iterator[Hit]:
    """`.SET SESSION TRANSACTION` stands behind a LOGON.

    It counts for sessions that are yet to begin; the one that is logged on keeps its mode. (`.SET SESSION CHARSET`
    counts for the one that is logged on, too.)

    Best practice: move the command in front of `.LOGON`.
    """
    is_on = False
    for place in places(checked.program):
        match place.action:
            case Logon():
                is_on = True
            case SetSession("TRANSACTION") if is_on:
                what = "SET SESSION TRANSACTION has no effect on the session that is logged on"
                yield Hit(place.instruction, what, "Move it in front of .LOGON.")
            case _ if type(place.action).__name__ == "Logoff":
                is_on = False
