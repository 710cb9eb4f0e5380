"""Text files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically: readers see the old file or the new one, and a failure leaves the old.

    Args:
        path: the file; its folders are made where they are missing.
        text: the whole content; encoded as UTF-8, its line ends written as they are.

    Raises:
        OSError: the file or a folder cannot be written; no temporary file is left behind.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of bytes atomically, as ``write_text`` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".dbee-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:  # an interrupt too must leave no half-written file
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions the file has, or those that a new file gets (a temporary file starts out private)."""
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
