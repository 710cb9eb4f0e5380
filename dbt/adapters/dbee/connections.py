"""Sessions of the emulator behind dbt-teradata's connection manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import teradatasql
from dbt.adapters.contracts.connection import Connection
from dbt.adapters.events.logging import AdapterLogger
from dbt.adapters.teradata import TeradataConnectionManager, TeradataCredentials
from dbt_common.exceptions import DbtRuntimeError

logger = AdapterLogger("dbee")

# Keys of a profile that are settings of the emulator; one that is not set keeps the emulator's default.
SETTINGS = ("charset", "dateform", "max_decimal", "qvci", "logon_error", "faults")


@dataclass
class DbeeCredentials(TeradataCredentials):
    """A profile of ``type: dbee``. Only ``path`` and ``schema`` are required; docs/emulator.md lists the keys.

    A key of dbt-teradata's that means nothing here (``server``, ``password``, ``logmech`` …) is accepted and left
    unused, so that a target can be copied and its ``type`` changed.
    """

    path: str | None = None
    username: str | None = "dbc"
    password: str | None = ""
    dateform: str | None = None
    max_decimal: int | None = None
    qvci: bool | None = None
    logon_error: int | None = None
    faults: list[dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        self.logmech = None
        super().__post_init__()
        if not self.path:
            raise DbtRuntimeError("The profile of 'type: dbee' needs 'path': the file that holds the emulated system.")

    @property
    def type(self) -> str:
        return "dbee"

    @property
    def unique_field(self) -> str:
        return str(self.path)

    def _connection_keys(self) -> tuple[str, ...]:
        return ("path", "schema", "user", "tmode", *SETTINGS)


class DbeeConnectionManager(TeradataConnectionManager):
    """dbt-teradata's connection manager, with the emulator where it dials a system."""

    TYPE = "dbee"

    @classmethod
    def open(cls, connection: Connection) -> Connection:
        """Open a session of the emulator.

        Raises:
            FailedToConnectError: the file cannot be used, duckdb is not installed, or the profile asks for a logon
                error; the text says which.
        """
        if connection.state == "open":
            return connection
        credentials = connection.credentials
        cls.TMODE = credentials.tmode
        return cls.retry_connection(
            connection,
            connect=lambda: cls._session(credentials),
            logger=logger,
            retry_limit=credentials.retries,
            retry_timeout=credentials.retry_timeout,
            retryable_exceptions=[teradatasql.OperationalError],
        )

    @staticmethod
    def get_connection_kwargs(credentials: DbeeCredentials) -> dict[str, Any]:
        """The keyword arguments of ``dbee_dbt.emulator.connect`` that a profile stands for."""
        named = {key: getattr(credentials, key) for key in SETTINGS}
        settings = {key: value for key, value in named.items() if value is not None}
        return {"path": credentials.path, "user": credentials.username, "tmode": credentials.tmode, **settings}

    @classmethod
    def _session(cls, credentials: DbeeCredentials) -> Any:
        from dbee_dbt.emulator import connect

        handle = connect(**cls.get_connection_kwargs(credentials))
        return cls.apply_query_band(handle, credentials.query_band) if credentials.query_band else handle
