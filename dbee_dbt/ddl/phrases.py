"""Words that belong together: a clause that breaks off is refused, one that goes on with another word is not known."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NoReturn

from dbee_dbt.ddl.cursor import Cursor

Phrase = tuple[str, ...]
"""The words of a clause; in lower case stands what kind of value has to follow them."""


def phrases(*texts: str, value: str = "") -> tuple[Phrase, ...]:
    """Phrases from their words.

    Args:
        texts: words divided by blanks.
        value: what has to stand behind each of them (``a character literal``), if anything.
    """
    return tuple((*text.split(), *([value] if value else [])) for text in texts)


def refuse_cut(cursor: Cursor, known: Iterable[Phrase], ends: Container[str]) -> int:
    """Refuse a clause that begins as known ones do and breaks off.

    A clause that another word goes on is left to its reader, which keeps what it does not know as text.

    Args:
        cursor: stands on the first word of the clause.
        known: phrases of the clauses that may stand here.
        ends: keys that end a clause, such as begin the next one included.

    Returns:
        how many words are those of a known clause; the cursor has not moved.

    Raises:
        DdlError: at the place where the clause breaks off, with all that may follow there.
    """
    common = [(_common(cursor, phrase), phrase) for phrase in known]
    reach = max((words for words, _ in common), default=0)
    following = [phrase[reach] for words, phrase in common if words == reach < len(phrase)]
    if reach and following and cursor.keys[cursor.at + reach] in ends:
        cursor.at += reach
        _fail(cursor, following)
    return reach


def refuse_none(cursor: Cursor, known: Iterable[Phrase], ends: Container[str]) -> None:
    """Refuse an end where a known clause has to begin.

    Args:
        cursor: stands where the clause should.
        known: phrases of the clauses that may stand here.
        ends: keys that end a clause, such as begin the next one included.

    Raises:
        DdlError: none of them begins, and no other word stands there either.
    """
    first = [phrase[0] for phrase in known]
    if cursor.key in ends and cursor.key not in first:
        _fail(cursor, first)


def _common(cursor: Cursor, phrase: Phrase) -> int:
    """How many words of a phrase stand there."""
    keys = cursor.keys[cursor.at : cursor.at + len(phrase)]
    return next((place for place, key in enumerate(keys) if key != phrase[place]), len(keys))


def _fail(cursor: Cursor, words: Sequence[str]) -> NoReturn:
    """Refuse what stands there with ``A, B or C is expected``, each word told once."""
    *first, last = dict.fromkeys(words)
    expected = f"{', '.join(first)} or {last}" if first else last
    cursor.fail(f"{expected} is expected, {cursor.shown} found")
