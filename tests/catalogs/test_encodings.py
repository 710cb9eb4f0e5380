"""The encoding of a file is found out, or the file is refused by name."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.catalogs.encodings import decode
from dbee_dbt.model.errors import EncodingError

TEXT = "CREATE TABLE Straße_Größe (\n  ÄÖ INTEGER -- ½ £\n);\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("latin-1"), "latin-1"),
        (TEXT.replace("½", "ü").encode("cp850"), "cp850"),
    ],
)
def test_encodings_that_are_known(content: bytes, encoding: str) -> None:
    found = decode(content, "f.sql")
    assert (found.text.replace("ü", "½"), found.encoding) == (TEXT, encoding)


def test_typographic_quotes_tell_windows_1252() -> None:
    found = decode("COMMENT ON TABLE t AS 'the “old” price in €'".encode("cp1252"), "f.sql")
    assert found.encoding == "cp1252"
    assert "“old” price in €" in found.text


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("a\nb 'ü'\n".encode() + "-- ä\n".encode("latin-1"), "mixes UTF-8", 3),
        (b"a\n\x81\x8d\n\x07", "neither UTF-8 nor in a one-byte encoding", 2),
        (b"a\0\nb\0", "UTF-16 without a byte order mark", 1),
        (b"SELECT\n\0\0", "zero bytes", 2),
        (codecs.BOM_UTF16_LE + b"a\0b", "says that it is UTF-16", None),
        (codecs.BOM_UTF8 + b"\xff", "says that it is UTF-8", None),
    ],
)
def test_unreadable_or_mixed_encoding_files(content: bytes, what: str, line: int | None) -> None:
    with pytest.raises(EncodingError, match=what) as raised:
        decode(content, "f.sql")
    assert (raised.value.file, raised.value.line) == ("f.sql", line)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode("utf-8"), "f").text == text


@given(st.binary())
def test_what_is_decoded_can_be_written_as_the_same_bytes(content: bytes) -> None:
    try:
        found = decode(content, "f")
    except EncodingError:
        return
    marked = found.encoding in ("utf-16", "utf-32")
    assert marked or found.text.encode(found.encoding) == content
    assert not marked or found.text.encode(f"{found.encoding}-{'le' if content[0] == 0xFF else 'be'}") in content
