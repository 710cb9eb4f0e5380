"""Texts of the errors that a cursor raises, in the shape of the driver (docs/teradata/errors.md §3.1)."""

from __future__ import annotations

import teradatasql

from dbee_dbt.emulator.errors import EmulatorRefusal, EngineError, TeradataError

Failure = (TeradataError, EmulatorRefusal, EngineError)
"""What a request can fail with."""

VERSION = "20.0.0.0"


def server_text(session: int, code: int, message: str) -> str:
    """An error of the database."""
    return f"[Version {VERSION}] [Session {session}] [Teradata Database] [Error {code}] {message}"


def driver_text(code: int, message: str) -> str:
    """An error of the driver before there is a session."""
    return f"[Version {VERSION}] [Session 0] [Teradata SQL Driver] [Error {code}] {message}"


def emulator_text(session: int, message: str) -> str:
    """The emulator's own word; it has no number, so that nobody takes it for Teradata's."""
    return f"[Version {VERSION}] [Session {session}] [dbee emulator] {message}"


def driver_error(session: int, error: Exception) -> teradatasql.OperationalError:
    """The error that the driver would raise for a failure of this session."""
    match error:
        case TeradataError():
            text = server_text(session, error.code, error.message)
        case EmulatorRefusal():
            text = emulator_text(session, f"not emulated: {error.what}")
        case _:
            text = emulator_text(session, str(error))
    return teradatasql.OperationalError(text)
