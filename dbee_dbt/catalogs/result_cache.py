"""Results that are found again by the content they were made from; safe to delete, and with several processes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

import dbee_dbt

Result = TypeVar("Result")
Answer = TypeVar("Answer")

FILE = "inspected.sqlite"
"""The name of the file in the cache's folder."""

_ROOMS = ("catalogs", "ddl", "model")
_PATIENCE = 10  # seconds that a process waits for another one to have written


def key_of(content: bytes) -> bytes:
    """The key of what is made from a file's bytes, by the code that reads them now."""
    return hashlib.blake2b(content, key=_version(), digest_size=20).digest()


class ResultCache(Generic[Result]):
    """Results under keys that are made of a content's bytes and of the code that reads them, in one SQLite file.

    A cache is never missed: what cannot be read is not there, what cannot be written is left out, and a damaged file
    is begun anew.

    Args:
        folder: it is made where it is missing.
        result: the type of the results.
    """

    def __init__(self, folder: Path, result: type[Result]) -> None:
        self._file = folder / FILE
        self._decoder = msgspec.msgpack.Decoder(result)
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._file, timeout=_PATIENCE)
        self._ask(_prepare, None)

    def __enter__(self) -> ResultCache[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Result]:
        """The results that were kept of these keys; at most some hundred at once."""
        found: dict[bytes, Result] = {}
        query = f"SELECT key, result FROM results WHERE key IN ({', '.join('?' * len(keys))})"
        rows: list[tuple[bytes, bytes]] = self._ask(lambda connection: connection.execute(query, keys).fetchall(), [])
        for key, result in rows:
            with contextlib.suppress(msgspec.DecodeError):
                found[key] = self._decoder.decode(result)
        return found

    def put(self, results: Mapping[bytes, Result]) -> None:
        """Keep results; other processes see all of them or none."""
        rows = [(key, msgspec.msgpack.encode(result)) for key, result in results.items()]
        if rows:
            self._ask(lambda c: c.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", rows), None)

    def _ask(self, action: Callable[[sqlite3.Connection], Answer], otherwise: Answer) -> Answer:
        if self._connection is None:
            return otherwise
        try:
            with self._connection:
                return action(self._connection)
        except sqlite3.Error as error:  # from here on there is no cache in this run
            self._connection.close()
            self._connection = None
            if not isinstance(error, sqlite3.OperationalError):  # neither locked nor full nor forbidden, but damaged
                with contextlib.suppress(OSError):
                    self._file.unlink()
            return otherwise


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # what a machine that stops takes along is made again
    connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result BLOB NOT NULL)")


@cache
def _version() -> bytes:
    """What tells one state of the reading code from another: our version, and its files as they are installed."""
    state = hashlib.blake2b(dbee_dbt.__version__.encode(), digest_size=32)
    for room in _ROOMS:
        for file in sorted(Path(dbee_dbt.__file__).parent.joinpath(room).rglob("*.py")):
            found = file.stat()
            state.update(f"{file.name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return state.digest()


def cache_folder() -> Path | None:
    """Where the system keeps what may be deleted: ``$DBEE_CACHE_DIR``, or a folder of ours in the user's cache.

    None where there is no such place.
    """
    chosen = os.environ.get("DBEE_CACHE_DIR")
    if chosen:
        return Path(chosen)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "dbee-dbt"
