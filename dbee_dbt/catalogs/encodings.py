"""The bytes of a file, and its text where nobody told the encoding."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from msgspec import Struct

from dbee_dbt.model.errors import EncodingError

# The longer mark first: UTF-32-LE begins as UTF-16-LE does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A well-formed UTF-8 sequence of two bytes or more; hardly ever part of a text in a one-byte encoding.
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HINT = "Save the file as UTF-8."
_MOSTLY = 0.8
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


class Decoded(Struct, frozen=True):
    """A text and the encoding it was in, by Python's name.

    ``utf-8-sig``, ``utf-16`` and ``utf-32`` stand for a byte order mark, ``utf-16-le`` and ``utf-16-be`` for none.
    """

    text: str
    encoding: str


def read_content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        EncodingError: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a zero byte in the name is a ValueError
        reason = error.strerror if isinstance(error, OSError) else str(error)
        hint = "Check the path, and that you may read the file."
        raise EncodingError(f"the file cannot be opened: {reason}", file=str(path), hint=hint) from error


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        EncodingError: it cannot be opened, or as :func:`decode`.
    """
    return decode(read_content(path), str(path)).text


def decode(content: bytes, file: str) -> Decoded:
    """Read bytes as text, so that the text in its encoding is the bytes again.

    A byte order mark decides, else zero bytes at every other place (UTF-16), else UTF-8, Latin-1, Windows-1252 or code
    page 850, whichever is the first that the bytes fit.

    Args:
        content: the whole file.
        file: its path, for messages.

    Raises:
        EncodingError: the bytes fit none of these, or two of them at once; with the line of the first bad byte.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_strict(content, encoding, file), encoding)
    if b"\0" in content:
        encoding = _utf_16(content)
        if encoding:
            return Decoded(_strict(content, encoding, file), encoding)
        raise _refused("zero bytes, as in a binary file or in UTF-16 without a byte order mark", content, b"\0", file)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _one_byte(content, error, file)


def _utf_16(content: bytes) -> str:
    """The byte order of UTF-16 without a mark; ``""`` for what is none: most characters of a script are ASCII."""
    if len(content) % 2:
        return ""
    high, low = content[0::2].count(0), content[1::2].count(0)
    if max(high, low) < _MOSTLY * len(content) / 2 or min(high, low):
        return ""
    return "utf-16-be" if high else "utf-16-le"


def _strict(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"the file says that it is {encoding.upper()}, and byte {error.start} does not fit", file=file, hint=_HINT
        ) from error


def _one_byte(content: bytes, error: UnicodeDecodeError, file: str) -> Decoded:
    """Text of a one-byte encoding, unless some of it is UTF-8."""
    line = content.count(b"\n", 0, error.start) + 1
    if _UTF8_SEQUENCE.search(content):
        raise EncodingError("the file mixes UTF-8 with another encoding", file=file, line=line, hint=_HINT)
    controls = any(0x80 <= byte <= 0x9F for byte in content)  # unused in Latin-1, letters and quotes in Windows-1252
    encoding = "cp1252" if controls else "latin-1"
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as wrong:
        if not _CONTROLS.search(content):
            return Decoded(content.decode("cp850"), "cp850")  # of DOS: there, these bytes are letters
        line = content.count(b"\n", 0, wrong.start) + 1
        what = "the file is neither UTF-8 nor in a one-byte encoding that is known"
        raise EncodingError(what, file=file, line=line, hint=_HINT) from wrong


def _refused(what: str, content: bytes, bad: bytes, file: str) -> EncodingError:
    line = content.count(b"\n", 0, content.index(bad)) + 1
    return EncodingError(f"the file holds {what}", file=file, line=line, hint=_HINT)
