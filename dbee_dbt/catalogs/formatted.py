"""Files of DDL in canonical form, in the encoding they are in."""

from __future__ import annotations

import codecs
from pathlib import Path

from msgspec import Struct

from dbee_dbt.catalogs.encodings import decode, read_content
from dbee_dbt.ddl.format import Formatted, format_script
from dbee_dbt.files import write_bytes
from dbee_dbt.model.errors import EncodingError, OutputError

# By what Python calls a text with a byte order mark: each mark, and the encoding behind it.
_MARKS = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}


class FormattedFile(Struct, frozen=True):
    """A file and its canonical form.

    Args:
        path: the file.
        before: its text.
        found: its canonical form.
        content: its bytes in that form.
        is_changed: True where they are not those that the file holds.
    """

    path: Path
    before: str
    found: Formatted
    content: bytes
    is_changed: bool


def format_file(path: Path) -> FormattedFile:
    """The canonical form of a file; nothing is written.

    Raises:
        EncodingError: the file cannot be read.
    """
    before = read_content(path)
    decoded = decode(before, str(path))
    found = format_script(decoded.text, decoded.encoding)
    content = before if found.text == decoded.text else _encoded(found.text, decoded.encoding, before)
    if decode(content, str(path)).text != found.text:
        raise EncodingError("the formatted text would be read in another encoding", file=str(path), hint=_HINT)
    return FormattedFile(path, decoded.text, found, content, content != before)


_HINT = "Save the file as UTF-8."


def _encoded(text: str, encoding: str, before: bytes) -> bytes:
    """The text as bytes, with the byte order mark of the file."""
    for mark, codec in _MARKS.get(encoding, ()):
        if before.startswith(mark):
            return mark + text.encode(codec)
    return text.encode(encoding)


def write_formatted(formatted: FormattedFile) -> None:
    """Write the canonical form over the file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        write_bytes(formatted.path.resolve(), formatted.content)  # a link stays one
    except OSError as error:
        raise OutputError(f"the file cannot be written: {error.strerror}", file=str(formatted.path)) from error
