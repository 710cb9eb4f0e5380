"""The file beside the system's file: definitions that were committed and are not in DuckDB yet.

A commit that touches no rows would cost DuckDB a millisecond of work and a flush of the disk; here it is one write at
the end of a file, which outlives the process. When the system is closed, or opened after its process was killed, what
is in here goes into DuckDB and the file goes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import msgspec

_HEAD = 8  # bytes in front of a commit: its length, and the check sum that tells a commit that was cut off


class Line(NamedTuple):
    """One record of a commit: its number, its key as JSON, and its bytes; None for one that is gone."""

    sequence: int
    key: str
    data: bytes | None


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Line])


class Journal:
    """The file of one system; it exists only while there is something in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._flushed = True

    def append(self, lines: Sequence[Line]) -> None:
        """Add one commit, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        text = _ENCODER.encode(lines)
        commit = len(text).to_bytes(4) + crc32(text).to_bytes(4) + text
        with self._path.open("ab", buffering=0) as file:
            start = file.seek(0, os.SEEK_END)
            try:
                if file.write(commit) < len(commit):
                    raise OSError("No space left on device")
            except OSError:
                file.truncate(start)
                raise
        self._flushed = False

    def flush(self) -> None:
        """Have what was added on the disk: before rows are written that rest on it."""
        if not self._flushed:
            with self._path.open("ab") as file:
                os.fsync(file.fileno())
            self._flushed = True

    def read(self) -> list[Line]:
        """The records of every whole commit, oldest first.

        Raises:
            OSError, msgspec.MsgspecError: the file cannot be read.
        """
        found: list[Line] = []
        data = self._path.read_bytes() if self._path.exists() else b""
        while len(data) > _HEAD:
            length, check = int.from_bytes(data[:4]), int.from_bytes(data[4:_HEAD])
            text, data = data[_HEAD : _HEAD + length], data[_HEAD + length :]
            if crc32(text) != check:
                break
            found += _DECODER.decode(text)
        return found

    def remove(self) -> None:
        """Forget everything."""
        self._flushed = True
        self._path.unlink(missing_ok=True)
