"""Text files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_text(path: Path, text: str, *, durable: bool = True) -> None:
    """Write a text file atomically: readers see the old file or the new one, and a failure leaves the old.

    Args:
        path: the file; its folders are made where they are missing.
        text: the whole content; encoded as UTF-8, its line ends written as they are.
        durable: wait until the content is on the disk, so that it also outlives a machine that stops. False for what
            can be made again: thousands of files would wait longer than it takes to make them.

    Raises:
        OSError: the file or a folder cannot be written; no temporary file is left behind.
    """
    write_bytes(path, text.encode("utf-8"), durable=durable)


def write_bytes(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file of bytes atomically, as ``write_text`` does."""
    mode = _mode(path)
    temporary = path.with_name(f".dbee-{secrets.token_hex(8)}.tmp")
    try:
        with os.fdopen(_opened(temporary, 0o666 if mode is None else mode), "wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:  # an interrupt too must leave no half-written file
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _opened(path: Path, mode: int) -> int:
    """A new file's descriptor; folders are looked at only where one is missing."""
    try:
        return os.open(path, _NEW, mode)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, _NEW, mode)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _mode(path: Path) -> int | None:
    """The permissions that the file has; None where there is none yet."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None
