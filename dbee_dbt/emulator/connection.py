"""Connections to an emulated Teradata, shaped like those of teradatasql (PEP 249)."""

from __future__ import annotations

from types import TracebackType
from typing import Any, NoReturn, Self

import msgspec
import teradatasql

from dbee_dbt.emulator.cursor import Cursor
from dbee_dbt.emulator.dispatch import find_handler
from dbee_dbt.emulator.engine import MEMORY, acquire, release
from dbee_dbt.emulator.errors import TEXTS
from dbee_dbt.emulator.messages import Failure, driver_error, driver_text, server_text
from dbee_dbt.emulator.options import Options, read_options
from dbee_dbt.emulator.session import Session
from dbee_dbt.emulator.system_objects import prepare_system


class Connection:
    """A session of an emulated Teradata.

    Attributes:
        session: the session behind it.
    """

    def __init__(self, path: str, options: Options) -> None:
        self.session: Session
        self._closed = False
        self._engine = acquire(path)
        try:
            with self._engine.lock:
                user = prepare_system(self._engine, options)
                self.session = Session(self._engine, msgspec.structs.replace(options, user=user), find_handler)
        except BaseException:
            release(self._engine)
            raise

    def cursor(self) -> Cursor:
        """A cursor on the session.

        Raises:
            teradatasql.ProgrammingError: the connection is closed.
        """
        if self._closed:
            raise teradatasql.ProgrammingError("Connection is closed")
        return Cursor(self)

    def commit(self) -> None:
        """End the transaction.

        Raises:
            teradatasql.OperationalError: it cannot be ended so, and is taken back.
        """
        try:
            self.session.end_transaction()
        except Failure as error:
            raise driver_error(self.session.number, error) from error

    def rollback(self) -> None:
        """End the transaction and take back what it did."""
        with self._engine.lock:
            self.session.rollback()

    def cancel(self) -> None:
        """Nothing to do: a request runs to its end before another call is answered."""

    def close(self) -> None:
        """Log off. A second call does nothing."""
        if not self._closed:
            self._closed = True
            self.session.close()
            release(self._engine)

    @property
    def autocommit(self) -> bool:
        """Whether each request is a transaction of its own."""
        return self.session.autocommit

    @autocommit.setter
    def autocommit(self, value: bool) -> None:
        self.session.autocommit = value

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def connect(path: str = MEMORY, user: str = "dbc", tmode: str = "ANSI", **settings: Any) -> Connection:
    """Log on to an emulated Teradata.

    Args:
        path: the file that holds the system, made if it does not exist; ``:memory:`` for one that ends with the
            connection, ``:memory:NAME`` for one that ends with the process.
        user: who logs on; a user of this name is made if there is none.
        tmode: ``ANSI`` or ``TERA``.
        settings: ``database``, ``charset``, ``dateform``, ``max_decimal``, ``qvci``, ``faults``, ``logon_error``,
            ``clock``, see ``options.Options``; parameters of teradatasql that mean nothing here are accepted.

    Returns:
        the connection; it is also a context manager that closes it.

    Raises:
        teradatasql.OperationalError: the logon failed, or the file cannot be used.
    """
    try:
        options = read_options({"user": user, "tmode": tmode, **settings})
        if options.logon_error is not None:
            _fail_logon(options)
        return Connection(str(path), options)
    except Failure as error:
        raise driver_error(0, error) from error


def _fail_logon(options: Options) -> NoReturn:
    """The error that the profile asks for: of the driver for a host, of the server for a logon.

    Source: texts of teradatasql 20.0.0.72 for a closed port (444) and an unknown host name (493).
    """
    code = options.logon_error or 0
    driver = {444: "Failed to connect to", 493: "Hostname lookup failed for"}
    if code in driver:
        raise teradatasql.OperationalError(driver_text(code, f"{driver[code]} {options.host}"))
    text = TEXTS.get(code, "The logon failed.")
    raise teradatasql.OperationalError(server_text(0, code, text))
