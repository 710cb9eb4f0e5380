"""Statements with names changed, token by token; every other character stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from dbee_dbt.ddl.lexer import Lines, Token, significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.naming import written_name
from dbee_dbt.ddl.references import Reference, references
from dbee_dbt.ddl.references.found import joined_names
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold

_VERBS = {"CV": "VIEW", "CM": "MACRO", "CT": "TABLE"}
_WITHOUT_REPLACE = frozenset({"TABLE", "JOIN", "HASH", "INDEX", "DATABASE", "USER", "ROLE", "PROFILE", "TYPE"})
_NAMES = frozenset({"word", "quoted name"})
_HEADER = frozenset("SET MULTISET VOLATILE GLOBAL TEMPORARY TRACE FOREIGN UNIQUE".split())


class Rewritten(Struct, frozen=True):
    """A statement with names changed.

    Args:
        text: the statement.
        changed: how many names were changed.
        not_changed: what may name the same and was left, each with its place: dynamic SQL, a part that is not read.
    """

    text: str
    changed: int
    not_changed: tuple[str, ...] = ()


class _Edit(Struct, frozen=True, order=True):
    """Text to stand in the place of other text."""

    start: int
    end: int
    text: str


def with_name(text: str, database: str | None, name: str) -> Rewritten:
    """The statement with another name of the object that it is about.

    Only the header's name changes: a label, a SPECIFIC name, and the object's name in its own body stay.

    Args:
        text: one statement.
        database: the new database; None where it stays as it is written.
        name: the new name.

    Raises:
        DdlError: the statement is about no object that it names.
    """
    statement = _one(text)
    subject = references(statement).subject
    if subject is None:
        raise DdlError("the statement names no object that it is about")
    parts = _parts(subject, statement.start)
    edits = list(_changed(parts[-1], name))
    if database is not None and len(parts) > 1:
        edits += _changed(parts[-2], database)
    elif database is not None:
        edits.append(_Edit(parts[-1].start, parts[-1].start, f"{written_name(database)}."))
    return Rewritten(_edited(text, edits), len(edits))


def with_databases(text: str, databases: Mapping[str, str], *, in_strings: bool = False) -> Rewritten:
    """The statement with other databases: of its own name, of its references, and in front of tables and columns.

    A column, a correlation name or a part of a comment with a database's name stays. So does a string, unless asked
    for; dynamic SQL that names one of the databases is told in ``not_changed``.

    Args:
        text: one statement.
        databases: new names by old ones, which compare without case.
        in_strings: names of the databases in literals of dynamic SQL, in front of a dot, change, too.
    """
    meant = {fold(old): new for old, new in databases.items()}
    statement = _one(text)
    found = references(statement)
    told = [*found.found, *found.qualifiers, *([found.subject] if found.subject else [])]
    places = {place for one in told if (place := _database(one, statement.start)) is not None}
    edits = {edit for place in places for edit in _changed(place, meant.get(fold(_name(place)), _name(place)))}
    strings = list(_strings(text, meant))
    if in_strings:
        edits |= {edit for _, _, edit in strings}
    left = [] if in_strings else [f"the string at {_place(text, at)} names {name}" for at, name, _ in strings]
    doubtful = [
        f"{_name(one)} at {_place(text, one.start)} may be the database" for one in _others(text, meant, places)
    ]
    return Rewritten(_edited(text, edits), len(edits), (*left, *doubtful))


def _database(one: Reference, base: int) -> Token | None:
    """The name of the database in a reference; None where it has none."""
    if one.how == "may reference":
        return None
    parts = _parts(one, base)
    if len(parts) > 1:
        return parts[-2]
    return parts[0] if one.kind in ("database", "user") else None


def _others(text: str, meant: Mapping[str, str], places: Iterable[Token]) -> Iterator[Token]:
    """Names like those of the databases in front of a dot that no reader took for one: a correlation name, mostly."""
    known = {place.start for place in places}
    tokens = [*joined_names(significant(tokenize(text))), None]
    before = ""
    for token, following in pairwise(tokens):
        assert token is not None, "only the last is none"
        is_first = before != "." and following is not None and following.key == "."
        if is_first and token.kind in _NAMES and token.start not in known and fold(_name(token)) in meant:
            yield token
        before = token.key


def _strings(text: str, meant: Mapping[str, str]) -> Iterator[tuple[int, str, _Edit]]:
    """Names of databases in front of a dot in the strings of a text."""
    for token in tokenize(text):
        if token.kind != "string" or "." not in token.text:
            continue
        opening = token.text.index("'") + 1
        for first, second in pairwise(tokenize(token.text[opening:-1])):
            new = meant.get(fold(_name(first))) if first.kind in _NAMES and second.text == "." else None
            if new is not None:
                start = token.start + opening + first.start
                yield token.start, _name(first), _Edit(start, start + len(first.text), _as_written(first, new))


def qualified(text: str, default_database: str) -> Rewritten:
    """The statement with the default database in front of every reference that has none.

    Roles, databases, correlation names, names of WITH and functions, which are looked for in several places, stay.

    Args:
        text: one statement.
        default_database: the database.
    """
    statement = _one(text)
    found = references(statement, default_database)
    told = [*found.found, *([found.subject] if found.subject else [])]
    open_ = [one for one in told if not one.is_qualified and one.path[0] == default_database]
    edits = {
        _Edit(statement.start + one.start, statement.start + one.start, f"{written_name(default_database)}.")
        for one in open_
        if one.is_certain
    }
    left = [f"{one.written} at {one.line}:{one.column} {one.how} {one.name}" for one in open_ if not one.is_certain]
    return Rewritten(_edited(text, edits), len(edits), tuple(filter(None, (*left, found.doubt))))


def with_verb(text: str, verb: Literal["CREATE", "REPLACE"]) -> Rewritten:
    """The statement with CREATE or REPLACE as its verb; ``CV`` and ``CM`` are written out where they become REPLACE.

    Args:
        text: one statement.
        verb: the verb; ``CREATE OR REPLACE`` is a REPLACE.

    Raises:
        DdlError: the statement creates nothing, or is of a kind that has no REPLACE.
    """
    tokens = significant(tokenize(text))
    keys = [token.key for token in tokens]
    first = keys[0] if keys else ""
    if first not in ("CREATE", "REPLACE", *_VERBS):
        raise DdlError("the statement does not begin with CREATE or REPLACE")
    end = 3 if keys[1:3] == ["OR", "REPLACE"] else 1
    if verb == "REPLACE" and _has_no_replace([_VERBS[first]] if first in _VERBS else keys[end:]):
        raise DdlError("an object of this kind cannot be replaced")
    is_replace = first == "REPLACE" or end == 3
    if is_replace == (verb == "REPLACE"):
        return Rewritten(text, 0)
    new = f"{verb} {_VERBS[first]}" if first in _VERBS else verb
    return Rewritten(_edited(text, (_Edit(tokens[0].start, tokens[end - 1].end, new),)), 1)


def _has_no_replace(keys: list[str]) -> bool:
    kind = next((key for key in keys if key not in _HEADER), "")
    return kind in _WITHOUT_REPLACE


# --- places ----------------------------------------------------------------------------------------------------------


def _one(text: str) -> Statement:
    """The statement of a text.

    Raises:
        DdlError: the text holds none, or more than one.
    """
    found = split_script(text)
    if len(found) != 1:
        raise DdlError(f"one statement is expected, {len(found)} found")
    return found[0]


def _parts(one: Reference, base: int) -> list[Token]:
    """The tokens of a reference's names, with their offsets in the text."""
    start = base + one.start
    names = joined_names(significant(tokenize(one.written)))
    return [
        Token(token.kind, token.text, token.start + start, token.end + start, token.key)
        for token in names
        if token.kind in _NAMES
    ]


def _name(token: Token) -> str:
    return name_of(token.text)


def _changed(token: Token, new: str) -> Iterator[_Edit]:
    """The edit that puts a name in the place of another; none where they are one, as names compare."""
    if fold(_name(token)) != fold(new):
        yield _Edit(token.start, token.end, _as_written(token, new))


def _as_written(token: Token, new: str) -> str:
    """The new name, in quotes where the old one was or where it needs them."""
    shown = written_name(new)
    if token.text[0] != '"' or shown.startswith('"') or "{" in new:
        return shown
    return f'"{new}"'


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    pieces, done = [], 0
    for edit in sorted(edits):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def _place(text: str, offset: int) -> str:
    line, column = Lines(text).position(offset)
    return f"{line}:{column}"
