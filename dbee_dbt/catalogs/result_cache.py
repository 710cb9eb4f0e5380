"""Results that are found again by the content they were made from; safe to delete, and with several processes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

import dbee_dbt
from dbee_dbt.files import write_bytes

Result = TypeVar("Result")

_ROOMS = ("catalogs", "ddl", "model")


class ResultCache(Generic[Result]):
    """One file a result, under a name that is made of the content's bytes and of the code that reads them.

    What cannot be read, a file cut short by a crash too, is not there; what cannot be written is left out.

    Args:
        folder: it is made when something is kept.
        result: the type of the results.
    """

    def __init__(self, folder: Path, result: type[Result]) -> None:
        self.folder = folder
        self._decoder = msgspec.msgpack.Decoder(result)

    def key(self, content: bytes) -> str:
        """The key of what is made from these bytes."""
        return hashlib.blake2b(content, key=_version(), digest_size=20).hexdigest()

    def get(self, key: str) -> Result | None:
        """The result that was kept, or None."""
        try:
            return self._decoder.decode(self._file(key).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Keep a result; readers see all of it or nothing."""
        with contextlib.suppress(OSError):
            write_bytes(self._file(key), msgspec.msgpack.encode(result), durable=False)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


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
