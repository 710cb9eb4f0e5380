"""What a connection may be told: settings of the emulated system and session, and faults to inject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from dbee_dbt.emulator.errors import EngineError, TeradataError

# Parameters of teradatasql.connect that have no meaning here; they are accepted so that a profile's arguments pass.
DRIVER_ONLY = frozenset(
    """
    account browser browser_tab_timeout browser_timeout column_name connect_timeout cop coplast dbs_port encryptdata
    fake_result_sets field_quote field_sep host http_proxy http_proxy_password http_proxy_user https_port https_proxy
    https_proxy_password https_proxy_user lob_support log logdata logmech logon_timeout max_message_body oidc_sslmode
    partition password proxy_bypass_hosts request_timeout runstartup sessions sip_support sp_spl sslca sslcapath
    sslcipher sslcrc sslcrl sslmode sslocsp sslprotocol teradata_values
    """.split()
)


class Fault(Struct, forbid_unknown_fields=True):
    """An error that statements of a pattern shall meet.

    Args:
        error: Teradata's number.
        statement: regular expression searched in the statement's text, without case.
        times: how often; None for always.
        message: the error's text; a plain one where None.
    """

    error: int
    statement: str = ""
    times: int | None = None
    message: str | None = None

    def strike(self, text: str) -> None:
        """Raise the error if the statement is meant.

        Raises:
            TeradataError: the fault's.
        """
        if self.times == 0 or not re.search(self.statement, text, re.IGNORECASE | re.DOTALL):
            return
        if self.times is not None:
            self.times -= 1
        raise TeradataError(self.error, self.message or "An error that the emulator was told to give.")


class Options(Struct, frozen=True, kw_only=True):
    """Settings of one connection.

    Args:
        user: who logs on.
        tmode: ``ANSI`` or ``TERA``.
        database: default database; the user's own where None.
        charset: default server character set of the user.
        dateform: DATEFORM of the session.
        max_decimal: DBS Control MaxDecimal: 0, 15, 18 or 38.
        qvci: whether ColumnsJQV and ColumnsQV may be read; error 9719 otherwise.
        faults: errors to inject.
        logon_error: number of the error that the logon shall meet, or None.
        clock: tells the time of a request.
        host: named in logon errors only.
    """

    user: str = "dbc"
    tmode: Literal["ANSI", "TERA"] = "ANSI"
    database: str | None = None
    charset: Literal["LATIN", "UNICODE"] = "LATIN"
    dateform: Literal["INTEGERDATE", "ANSIDATE"] = "INTEGERDATE"
    max_decimal: int = 15
    qvci: bool = False
    faults: tuple[Fault, ...] = ()
    logon_error: int | None = None
    clock: Any = None
    host: str = "emulator"

    def now(self) -> datetime:
        """The time, with a time zone."""
        return self.clock() if self.clock is not None else datetime.now(UTC)


_CHOICES: dict[str, tuple[Any, ...]] = {
    "tmode": ("ANSI", "TERA"),
    "charset": ("LATIN", "UNICODE"),
    "dateform": ("INTEGERDATE", "ANSIDATE"),
    "max_decimal": (0, 15, 18, 38),
}


def read_options(settings: dict[str, Any]) -> Options:
    """The settings of a connection from keyword arguments, which may be text as a profile has it.

    Raises:
        EngineError: a name that is not known, or a value that it cannot have.
    """
    given = {name: value for name, value in settings.items() if name not in DRIVER_ONLY and value is not None}
    unknown = sorted(set(given) - set(Options.__struct_fields__))
    if unknown:
        raise EngineError(f"the emulator has no setting {', '.join(unknown)}")
    values = {name: _value(name, value) for name, value in given.items()}
    if settings.get("host"):
        values["host"] = str(settings["host"])
    return Options(**values)


def _value(name: str, value: Any) -> Any:
    if name == "faults":
        return _faults(value)
    if name == "clock":
        return value
    if name == "qvci":
        return str(value).lower() in ("true", "1", "on", "yes")
    if name in ("max_decimal", "logon_error"):
        value = _number(name, value)
    elif name in _CHOICES:
        value = str(value).upper()
    if name in _CHOICES and value not in _CHOICES[name]:
        raise EngineError(f"{name} is one of {', '.join(map(str, _CHOICES[name]))}, not {value}")
    return value


def _number(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise EngineError(f"{name} is a number, not {value!r}") from error


def _faults(value: str | Iterable[Any]) -> tuple[Fault, ...]:
    try:
        decoded = msgspec.json.decode(value) if isinstance(value, str) else list(value)
        found = tuple(
            given if isinstance(given, Fault) else msgspec.convert(given, Fault, strict=False) for given in decoded
        )
    except (msgspec.MsgspecError, TypeError) as error:
        raise EngineError(f"faults is a list of error, statement, times and message: {error}") from error
    for fault in found:
        _check_pattern(fault.statement)
    return found


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise EngineError(f"the statement of a fault is not a regular expression: {pattern}: {error}") from error
