"""Opening a session, and asking it."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import teradatasql

from dbee_dbt import __version__
from dbee_dbt.model.errors import ConnectionFailedError, DatabaseQueryError
from dbee_dbt.session.messages import ServerMessage, masked, read_message
from dbee_dbt.session.profile import Target

Row = dict[str, Any]

_WRONG_LOGON = 8017
_LOGON_SECONDS = 60  # the driver waits for ever for a host that takes the connection and says nothing
_WAITS_FOR_A_PERSON = ("BROWSER", "CODE")
_NO_RIGHT = (3523, 3524, 5315)


class Session:
    """A session on one target. Close it, or use it in a ``with`` statement.

    Args:
        target: where it was opened.
        connection: the open connection, of the driver or the emulator.

    ``requests`` counts the requests sent, ``object_requests`` those of them that ask for a single object.
    """

    def __init__(self, target: Target, connection: Any) -> None:
        self.target = target
        self.requests = 0
        self.object_requests = 0
        self._connection = connection

    def rows(self, sql: str) -> list[Row]:
        """Run one query.

        Returns:
            its rows; keys are the column labels in lower case, values what the driver returned, padding included.

        Raises:
            DatabaseQueryError: the database refused it; with its error number.
        """
        self.requests += 1
        self.object_requests += sql.startswith(("HELP COLUMN", "SHOW "))
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql)
                labels = [str(described[0]).lower() for described in cursor.description or ()]
                return [dict(zip(labels, row, strict=True)) for row in cursor.fetchall()]
        except teradatasql.Error as error:
            raise _query_failed(self.target, read_message(str(error))) from error

    def close(self) -> None:
        """End the session."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_session(target: Target) -> Session:
    """Open a session, with a query band that names this tool.

    Raises:
        ConnectionFailedError: the host cannot be reached or refuses the logon; the emulator's file cannot be used, or
            DuckDB is not installed.
    """
    try:
        connection = _connect(target)
    except teradatasql.Error as error:
        raise _not_connected(target, read_message(str(error))) from error
    session = Session(target, connection)
    session.rows(f"SET QUERY_BAND = '{_query_band(target)}' FOR SESSION;")
    session.requests = 0
    return session


def _connect(target: Target) -> Any:
    if target.adapter != "dbee":
        return teradatasql.connect(**_patience(target), **target.arguments)
    from dbee_dbt.emulator import connect

    return connect(**target.arguments)


def _patience(target: Target) -> dict[str, str]:
    """How long a logon may take, where the profile does not say it and nobody has to type anything."""
    waits = str(target.arguments.get("logmech", "")).upper() in _WAITS_FOR_A_PERSON
    return {} if waits or "logon_timeout" in target.arguments else {"logon_timeout": str(_LOGON_SECONDS)}


def _query_band(target: Target) -> str:
    """The profile's query band with our application name: pairs ``name=value;``, quotes doubled."""
    pairs = [pair.strip() for pair in target.query_band.split(";") if "=" in pair]
    kept = [pair for pair in pairs if pair.partition("=")[0].strip().lower() not in ("appname", "appversion")]
    return "".join(f"{pair};" for pair in ["appname=dbee-dbt", f"appversion={__version__}", *kept]).replace("'", "''")


def _not_connected(target: Target, message: ServerMessage) -> ConnectionFailedError:
    hint: str | None = "Check the host and the port of this target in profiles.yml, and that the system can be reached."
    if message.code == _WRONG_LOGON:
        hint = "Check the user, the password and the logon mechanism of this target in profiles.yml."
    elif message.origin == "dbee emulator":
        hint = None  # its texts say what to do
    return ConnectionFailedError(
        masked(message.shown, target.secrets),
        teradata_code=message.code,
        subject=masked(f"{target.name} ({target.host})", target.secrets),
        hint=hint,
    )


def _query_failed(target: Target, message: ServerMessage) -> DatabaseQueryError:
    hint = "dbee-dbt debug shows what cannot be read and the GRANT that is missing."
    return DatabaseQueryError(
        masked(message.shown, target.secrets),
        teradata_code=message.code,
        not_emulated=message.not_emulated,
        subject=target.name,
        hint=hint if message.code in _NO_RIGHT else None,
    )
