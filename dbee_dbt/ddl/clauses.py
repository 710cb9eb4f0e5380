"""Clauses by their words: one table of forms for each header and definition, one reader for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.phrases import refuse_cut
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.types import read_type_at
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import identifier, qualified

Value = Callable[[Cursor], str]
"""Takes the value of a clause; returns its canonical text."""

OTHER = "other"
"""The name of a clause that is not known."""


class Form(NamedTuple):
    """How a clause is written.

    Attributes:
        words: that begin it.
        name: its name.
        value: takes what stands behind the words.
    """

    words: tuple[str, ...]
    name: str
    value: Value


def form(words: str, value: Value | str = "", name: str = "") -> Form:
    """A form.

    Args:
        words: that begin the clause, divided by blanks.
        value: its reader; or the value itself, where the words say all.
        name: the clause's; its words where empty.
    """
    fixed = value
    read: Value = (lambda cursor: fixed) if isinstance(fixed, str) else fixed
    return Form(tuple(words.split()), name or words, read)


_ENDS = frozenset({",", ")", ""})


def read_clause(cursor: Cursor, forms: Iterable[Form]) -> Clause | None:
    """Takes a clause of one of these forms, the first that fits; None and nothing where none does.

    Raises:
        DdlError: its value breaks off.
    """
    start, cut = cursor.at, None
    for each in forms:
        if cursor.accept(*each.words):
            try:
                return Clause(each.name, each.value(cursor))
            except DdlError as error:
                cut = error if cursor.key in _ENDS else cut
                cursor.at = start
    if cut is not None:
        raise cut
    return None


def read_clauses(cursor: Cursor, forms: Sequence[Form]) -> tuple[Clause, ...]:
    """Takes all clauses to the end of the statement, commas between them or not.

    One that is not known, or is not as it should be, is kept under :data:`OTHER`: up to a comma, or to the next one
    that is known; a secret in it is masked.

    Raises:
        DdlError: one that is known breaks off.
    """
    found: list[Clause] = []
    while not cursor.done:
        if not cursor.accept(","):
            found.append(read_clause(cursor, forms) or _other(cursor, forms))
        elif cursor.done:
            cursor.fail("a clause is expected, the statement ends")
    return tuple(found)


def _other(cursor: Cursor, forms: Sequence[Form]) -> Clause:
    refuse_cut(cursor, [each.words for each in forms], _ENDS)
    start = cursor.at
    while cursor.at == start or not (cursor.key in (",", "") or _begins(cursor, forms)):
        skip(cursor)
    return Clause(OTHER, unknown_text(cursor, start))


def _begins(cursor: Cursor, forms: Sequence[Form]) -> bool:
    return any(tuple(cursor.keys[cursor.at : cursor.at + len(each.words)]) == each.words for each in forms)


def unknown_text(cursor: Cursor, start: int) -> str:
    """The canonical text of what no reader knows, with a secret in it masked.

    Args:
        cursor: stands behind it.
        start: index of its first token.
    """
    return mask(cursor.canonical(start, cursor.at))


def skip(cursor: Cursor) -> None:
    """Takes the next token, or a whole parenthesis."""
    if cursor.key == "(":
        cursor.skip_group()
    else:
        cursor.at += 1


def word(cursor: Cursor) -> str:
    """Takes one word of the language."""
    if cursor.key in _ENDS:
        cursor.fail(f"a word is expected, {cursor.shown} found")
    cursor.at += 1
    return cursor.keywords(cursor.at - 1, cursor.at)


def words(count: int) -> Value:
    """Takes so many words of the language."""
    return lambda cursor: " ".join(word(cursor) for _ in range(count))


def name(cursor: Cursor) -> str:
    """Takes a name."""
    return identifier(cursor.name())


def name_or_word(cursor: Cursor) -> str:
    """Takes a name, or one of the words that stand for all, none or what holds without it."""
    return word(cursor) if cursor.key in _NO_NAMES else name(cursor)


_NO_NAMES = frozenset({"ALL", "NONE", "NULL", "EXTERNAL", "DEFAULT"})


def path(cursor: Cursor) -> str:
    """Takes ``name`` or ``database.name``."""
    return qualified(*cursor.qualified(""))


def number(cursor: Cursor) -> str:
    """Takes a whole number."""
    found = cursor.integer()
    if found is None:
        cursor.fail(f"a number is expected, {cursor.shown} found")
    return str(found)


def literal(cursor: Cursor) -> str:
    """Takes a character literal."""
    start = cursor.at
    cursor.string()
    return cursor.canonical(start, cursor.at)


def data_type(cursor: Cursor) -> str:
    """Takes a type."""
    return read_type_at(cursor).text


def group(cursor: Cursor) -> str:
    """Takes a parenthesis, which stays around its canonical text."""
    if cursor.key != "(":
        cursor.fail(f"( is expected, {cursor.shown} found")
    return f"({cursor.group()})"


def to_comma(cursor: Cursor) -> str:
    """Takes all up to a comma outside parentheses, to the parenthesis that closes, or to the end."""
    _expect_value(cursor)
    start = cursor.at
    while cursor.key not in _ENDS:
        skip(cursor)
    return cursor.canonical(start, cursor.at)


def _expect_value(cursor: Cursor) -> None:
    if cursor.key in _ENDS:
        cursor.fail(f"a value is expected, {cursor.shown} found")


def to_end(cursor: Cursor) -> str:
    """Takes all up to the end of the statement."""
    _expect_value(cursor)
    start = cursor.at
    cursor.at = len(cursor.tokens)
    return cursor.canonical(start, cursor.at)


def literal_or_path(cursor: Cursor) -> str:
    """Takes a character literal, or a name that may be qualified."""
    return literal(cursor) if cursor.is_string() else path(cursor)
