"""Cursors, shaped like those of teradatasql (PEP 249)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

import teradatasql

from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.escapes import TRANSPORT, read_escapes
from dbee_dbt.emulator.messages import Failure, driver_error
from dbee_dbt.emulator.results import Result, ResultColumn, Row, description, table_result
from dbee_dbt.emulator.session import Session
from dbee_dbt.model.types import DataType

_TEXT = DataType("VARCHAR", length=64000, charset="UNICODE")


class Owner(Protocol):
    """The connection of a cursor; see ``connection.Connection``."""

    session: Session
    autocommit: bool

    def commit(self) -> None: ...
    def rollback(self) -> None: ...


class Cursor:
    """A cursor on a session.

    Attributes:
        connection: that it belongs to.
        description: of the current result set, or None.
        rowcount: activity count of the current statement; -1 where there is none.
        activityname: what the current statement did, in the driver's words.
        arraysize: rows that ``fetchmany`` returns unless told.
    """

    def __init__(self, connection: Owner) -> None:
        self.connection = connection
        self.arraysize = 1
        self._closed = False
        self._waiting: list[Result] = []
        self._rows: Iterator[Row] = iter([])
        self._show(None)

    def execute(
        self,
        sql: str,
        params: Sequence[Any] | None = None,
        ignoreErrors: int | Sequence[int] | None = None,  # noqa: N803
    ) -> Self:
        """Run one request.

        Args:
            sql: one or more statements.
            params: values for the question marks, or a list of such rows.
            ignoreErrors: numbers of server errors that shall count as success; 0, which no server error has, stands for
                what the emulator refuses.

        Raises:
            teradatasql.OperationalError: with Teradata's text, or the emulator's own where it refuses.
        """
        if params is not None and not isinstance(params, list | tuple):
            raise TypeError(f"params unexpected type {type(params)}")
        if not params:
            return self._request(sql, [], ignoreErrors)
        return self._request(sql, params if isinstance(params[0], list | tuple) else [params], ignoreErrors)

    def executemany(
        self,
        sql: str,
        rows: Iterable[Sequence[Any]] | None,
        ignoreErrors: int | Sequence[int] | None = None,  # noqa: N803
    ) -> None:
        """Run one request for every row of parameters, as one batch."""
        self._request(sql, list(rows or ()), ignoreErrors)

    def fetchone(self) -> Row | None:
        """The next row, or None."""
        return next(self, None)

    def fetchmany(self, size: int | None = None) -> list[Row]:
        """The next rows, ``arraysize`` of them unless told."""
        wanted = self.arraysize if size is None else size
        return [row for _, row in zip(range(wanted), self, strict=False)]

    def fetchall(self) -> list[Row]:
        """The rows that are left."""
        return list(self)

    def nextset(self) -> bool | None:
        """Go to the next statement's result; True if there is one."""
        self._check_open()
        self._show(self._waiting.pop(0) if self._waiting else None)
        return True if self._current is not None else None

    def callproc(self, name: str, params: Sequence[Any] | None = None) -> None:
        """Run a stored procedure: refused, as every CALL is."""
        self.execute(f"CALL {name} ({', '.join('?' * len(params or ()))})", params)

    def setinputsizes(self, sizes: Sequence[Any]) -> None:
        """Nothing to do (PEP 249)."""

    def setoutputsize(self, size: int, column: int | None = None) -> None:
        """Nothing to do (PEP 249)."""

    def close(self) -> None:
        """End of use."""
        self._closed = True
        self._rows = iter([])

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        self._check_open()
        return next(self._rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise teradatasql.ProgrammingError("Cursor is closed")

    def _show(self, result: Result | None) -> None:
        self._current = result
        self.description = description(result.columns) if result and result.columns is not None else None
        self.rowcount = result.count if result else -1
        self.activityname = result.activity if result else None
        self._rows = iter(result.rows if result else [])

    def _request(self, sql: str, rows: Sequence[Sequence[Any]], ignored: int | Sequence[int] | None) -> Self:
        self._check_open()
        self._waiting = []
        self._show(None)
        session = self.connection.session
        try:
            self._waiting = self._answer(sql, rows)
        except Failure as error:
            if _number(error) in ((ignored,) if isinstance(ignored, int) else ignored or ()):
                return self
            raise driver_error(session.number, error) from error
        self.nextset()
        return self

    def _answer(self, sql: str, rows: Sequence[Sequence[Any]]) -> list[Result]:
        text, escapes = read_escapes(sql)
        wanted = [name for name in escapes if name not in TRANSPORT and name != "teradata_nativesql"]
        answers = [self._escape(name) for name in wanted]
        if text.strip() or not escapes:
            return self.connection.session.request(text, rows)
        return answers or [_one_text("")]

    def _escape(self, name: str) -> Result:
        run = ESCAPES.get(name)
        if run is None:
            raise EmulatorRefusal(f"the escape function {name}")
        return _one_text(run(self.connection))


def _number(error: Exception) -> int | None:
    """What ``ignoreErrors`` calls an error; None for one that nobody may ignore."""
    if isinstance(error, TeradataError):
        return error.code
    return 0 if isinstance(error, EmulatorRefusal) else None


def _one_text(value: str) -> Result:
    return table_result("Select", (ResultColumn("", _TEXT),), [[value]])


def _set_autocommit(on: bool) -> Callable[[Owner], str]:
    def run(connection: Owner) -> str:
        connection.autocommit = on
        return ""

    return run


def _call(name: str) -> Callable[[Owner], str]:
    def run(connection: Owner) -> str:
        getattr(connection, name)()
        return ""

    return run


ESCAPES: dict[str, Callable[[Owner], str]] = {
    "teradata_autocommit_on": _set_autocommit(True),
    "teradata_autocommit_off": _set_autocommit(False),
    "teradata_autocommit": lambda connection: str(connection.autocommit).lower(),
    "teradata_commit": _call("commit"),
    "teradata_rollback": _call("rollback"),
    "teradata_session_number": lambda connection: str(connection.session.number),
}
