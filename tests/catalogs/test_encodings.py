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
        (TEXT.encode("latin-1"), "latin-1"),
    ],
)
def test_encodings_that_are_known(content: bytes, encoding: str) -> None:
    found = decode(content, "f.sql")
    assert (found.text, found.encoding) == (TEXT, encoding)


def test_typographic_quotes_tell_windows_1252() -> None:
    found = decode("COMMENT ON TABLE t AS 'the “old” price in €'".encode("cp1252"), "f.sql")
    assert found.encoding == "cp1252"
    assert "“old” price in €" in found.text


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("a\nb 'ü'\n".encode() + "-- ä\n".encode("latin-1"), "mixes UTF-8", 3),
        (b"a\n\x81\x8d\n", "neither UTF-8 nor Windows-1252", 2),
        ("a\nb".encode("utf-16-le"), "UTF-16 without a byte order mark", 1),
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
