"""Statements on the session itself: DATABASE, SET SESSION, SET QUERY_BAND, and the ends of transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from dbee_dbt.ddl.statements import SetDatabase, SetQueryBand, SetSession, Transaction
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.results import Result

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

# Settings that change nothing of what the emulator answers.
_WITHOUT_EFFECT = frozenset(
    """
    ACCOUNT CALENDAR CHARACTERISTICS COLLATION DEBUG ISOLATION ROLE SUBSCRIBER TRACE TRANSFORM UNICODEPASSTHROUGH
    """.split()
)


def set_database(session: Session, meaning: SetDatabase, at: Statement, rows: Sequence[Any]) -> Result:
    """DATABASE x: the default database.

    Raises:
        TeradataError: 3802.
    """
    session.database = session.system.required_database(meaning.name).found.name
    return Result(activity="Database")


def set_session(session: Session, meaning: SetSession, at: Statement, rows: Sequence[Any]) -> Result:
    """SET SESSION …: DATEFORM has an effect, some others have none, the rest is refused."""
    name = meaning.setting.upper().removeprefix("SESSION ")
    value = meaning.value.upper().lstrip("= ")
    if name == "DATEFORM":
        if value not in ("INTEGERDATE", "ANSIDATE"):
            raise TeradataError(3706, f"Syntax error: DATEFORM {value} is neither INTEGERDATE nor ANSIDATE.")
        session.dateform = cast(Any, value)
    elif name.split()[0] not in _WITHOUT_EFFECT:
        raise EmulatorRefusal(f"SET SESSION {name}")
    return Result(activity="Set Session")


def set_query_band(session: Session, meaning: SetQueryBand, at: Statement, rows: Sequence[Any]) -> Result:
    """SET QUERY_BAND: pairs of the session or of the transaction."""
    scope: Any = meaning.scope.lower()
    if meaning.band is None:
        session.query_band[scope] = ""
    elif meaning.update:
        session.query_band[scope] = _pairs({**_read(session.query_band[scope]), **_read(meaning.band)})
    else:
        session.query_band[scope] = _pairs(_read(meaning.band))
    return Result(activity="Set Query_Band")


def _read(band: str) -> dict[str, str]:
    parts = (part.partition("=") for part in band.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in parts}


def _pairs(pairs: dict[str, str]) -> str:
    return "".join(f"{name}={value};" for name, value in pairs.items())


def query_band_text(session: Session) -> str:
    """What GetQueryBand() returns."""
    transaction, own = session.query_band["transaction"], session.query_band["session"]
    parts = (f"=T> {transaction}" if transaction else "", f"=S> {own}" if own else "")
    return " ".join(part for part in parts if part)


def transaction(session: Session, meaning: Transaction, at: Statement, rows: Sequence[Any]) -> Result:
    """BT, ET, COMMIT, ROLLBACK, ABORT (docs/teradata/errors.md §3.4).

    Raises:
        TeradataError: 3510 ET without BT, 3706 a form of the other session mode, 3514 after ABORT in TERA mode.
    """
    if meaning.action in ("begin", "end") and session.mode == "ANSI":
        raise TeradataError(3706, "Syntax error: BT and ET are not allowed in an ANSI session.")
    if meaning.action == "commit" and session.mode == "TERA":
        raise TeradataError(3706, "Syntax error: COMMIT WORK not allowed for a DBC/SQL session.")
    if meaning.action == "begin":
        session.transaction.explicit = True
        return Result(activity="Begin Transaction")
    if meaning.action in ("end", "commit"):
        return _end(session, meaning)
    return _take_back(session, meaning)


def _end(session: Session, meaning: Transaction) -> Result:
    if meaning.action == "end" and not session.transaction.explicit:
        raise failure(3510)
    session.commit()
    return Result(activity="End Transaction" if meaning.action == "end" else "Commit Work")


def _take_back(session: Session, meaning: Transaction) -> Result:
    if len(meaning.text.split()) > 2 or "'" in meaning.text:
        raise EmulatorRefusal(f"{meaning.action.upper()} with a message or condition")
    session.rollback()
    if session.mode == "TERA":
        raise failure(3514)
    return Result(activity="Rollback")
