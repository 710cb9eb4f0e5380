"""What a session says of itself and of the system."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.errors import DatabaseQueryError
from dbee_dbt.session.connect import Row, Session


class SessionFacts(Struct, frozen=True, kw_only=True):
    """Settings that decide what an absent clause means; None where the session does not tell.

    Args:
        mode: the session mode.
        charset: default server character set of the user.
        dateform: decides the FORMAT of a DATE.
        user: the user logged on.
        database: the default database.
    """

    mode: Literal["ANSI", "TERA"] | None = None
    charset: Literal["LATIN", "UNICODE"] | None = None
    dateform: Literal["INTEGERDATE", "ANSIDATE"] | None = None
    user: str | None = None
    database: str | None = None


def read_facts(session: Session) -> SessionFacts:
    """Ask the session with HELP SESSION; labels by name, as they grew with the releases.

    Where it may not be asked, only the session mode of the profile is known.
    """
    try:
        answer = session.rows("HELP SESSION")
    except DatabaseQueryError:
        return SessionFacts(mode=_mode(session.target.mode))
    row = answer[0] if answer else {}
    return SessionFacts(
        mode=_mode(_text(row, "transaction semantics")) or _mode(session.target.mode),
        charset=_charset(_text(row, "default character type")),
        dateform=_dateform(_text(row, "current dateform")),
        user=_text(row, "user name") or session.target.user,
        database=_text(row, "current database") or None,
    )


def _text(row: Row, label: str) -> str:
    return str(row.get(label) or "").rstrip(" ")  # padding; a name may begin with a blank


def _mode(text: str | None) -> Literal["ANSI", "TERA"] | None:
    match (text or "").upper():
        case "ANSI":
            return "ANSI"
        case "TERA" | "TERADATA":
            return "TERA"
    return None


def _charset(text: str) -> Literal["LATIN", "UNICODE"] | None:
    match text.upper():
        case "LATIN":
            return "LATIN"
        case "UNICODE":
            return "UNICODE"
    return None


def _dateform(text: str) -> Literal["INTEGERDATE", "ANSIDATE"] | None:
    match text.upper():
        case "INTEGERDATE":
            return "INTEGERDATE"
        case "ANSIDATE":
            return "ANSIDATE"
    return None
