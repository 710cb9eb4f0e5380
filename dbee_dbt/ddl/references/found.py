"""What a statement refers to: values, and the walk over tokens on which every reader of references stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.lexer import Lines, Token, significant
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.naming import names_with_placeholders, written_path
from dbee_dbt.model.names import fold


class Reference(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something that a statement names, once for each place where it does.

    Args:
        how: ``reads``, ``writes``, ``calls``, ``on`` (an index, trigger, comment, statistics or right on it),
            ``foreign key``, ``copies`` (CREATE TABLE … AS), ``locks``, ``changes`` (DDL in a body), ``uses type``,
            ``uses`` (a map, an authorization, a role …), ``to`` (the new name, or who is granted), ``from`` (who is
            revoked, the owner of a database), ``may reference`` (named in dynamic SQL).
        name: ``database.name`` as it stands in SQL, with the default database where none is written and one is known.
        path: the database and the name behind it, unquoted; the database is ``""`` where none is known.
        kind: of the object, where the statement tells it: ``function``, ``procedure``, ``macro``, ``type`` …
        written: the text of the name in the statement; of dynamic SQL, of the literal.
        start: offset of that text in the statement.
        line: of its first character in the file, counted from 1.
        column: of the same character, counted from 1; 0 where it is not known.
        is_qualified: False where the default database stands in the name.
        is_certain: False for what only may be a reference: dynamic SQL, a qualifier that no FROM explains, a function
            that is not known to be built in.
    """

    how: str
    name: str
    path: tuple[str, str]
    kind: str = ""
    written: str
    start: int
    line: int
    column: int
    is_qualified: bool = True
    is_certain: bool = True

    @property
    def end(self) -> int:
        """The offset behind the text."""
        return self.start + len(self.written)


class References(Struct, frozen=True, kw_only=True):
    """What a statement refers to.

    Args:
        found: in the order of the text.
        subject: the name of what the statement defines, changes or drops itself; None where it has none.
        qualifiers: names of tables in front of their columns, ``D.T`` in ``D.T.C``; no references of their own.
        built_in: calls, without a database, of functions that are built in: one of the same name in the default
            database or in SYSLIB would come first.
        unread: why there may be more, as far as it lies with the reader; ``""`` where all was read.
        dynamic: where SQL is put together as it runs, which may name more: ``line:column``.
    """

    found: tuple[Reference, ...] = ()
    subject: Reference | None = None
    qualifiers: tuple[Reference, ...] = ()
    built_in: tuple[Reference, ...] = ()
    unread: str = ""
    dynamic: tuple[str, ...] = ()

    @property
    def doubt(self) -> str:
        """Why there may be more references than these; ``""`` where there are not."""
        dynamic = f"dynamic SQL at {', '.join(self.dynamic)} may name more" if self.dynamic else ""
        return "; ".join(filter(None, (self.unread, dynamic)))


class Mention(NamedTuple):
    """A name in the tokens of a statement: how it is meant, its parts, and the indices of its first and last token."""

    how: str
    parts: tuple[str, ...]
    first: int
    last: int
    kind: str = ""
    is_certain: bool = True
    database: str | None = None
    """Where it lies when it has one part, if not in the default database."""


class Walk:
    """The significant tokens of a statement, names joined with their placeholders, and what was found in them.

    Args:
        text: the statement.
        tokens: its tokens; offsets may be those of the script it stands in.
        database: the default database, or ``""``.
        place: offset of the text in that script, and its line and column in the file; column 0 for one not known.

    ``top`` is the index at which the statement itself begins, modifiers in front of it left out. ``keys`` are longer
    than the tokens by some empty ones, so that readers may look ahead.
    """

    def __init__(
        self, text: str, tokens: Sequence[Token], database: str, place: tuple[int, int, int] = (0, 1, 1)
    ) -> None:
        self.text = text
        self.start, self.line, self.column = place
        self._lines: Lines | None = None
        self.tokens = joined_names(significant(tokens))
        if self.tokens and self.tokens[-1].key == ";":
            self.tokens.pop()
        self.keys = [token.key for token in self.tokens]
        self.keys.extend([""] * 4)
        self.stop = len(self.tokens)
        self.database = database
        self.mentions: list[Mention] = []
        self.qualifiers: list[Mention] = []
        self.subject: Mention | None = None
        self.top = 0
        self.reasons: list[str] = []
        self.dynamic: list[str] = []

    def is_name(self, at: int) -> bool:
        """True if the token can be a name."""
        return at < self.stop and self.tokens[at].kind in ("word", "quoted name")

    def path(self, at: int) -> tuple[tuple[str, ...], int]:
        """The parts of the name at an index, unquoted, and the index behind it; ``()`` where no name stands."""
        parts: list[str] = []
        while self.is_name(at):
            parts.append(name_of(self.tokens[at].text))
            if self.keys[at + 1] != "." or not self.is_name(at + 2):
                return tuple(parts), at + 1
            at += 2
        return tuple(parts), at

    def add(self, how: str, at: int, kind: str = "", *, is_certain: bool = True) -> int:
        """Notes the name at an index; returns the index behind it, or the same where no name stands there."""
        parts, behind = self.path(at)
        if parts:
            self.mentions.append(Mention(how, parts, at, behind - 1, kind, is_certain))
        return behind

    def find(self, keys: Iterable[str], at: int, stop: int | None = None) -> int:
        """The index of the first of these keys outside parentheses and outside CASE … END; ``stop`` for none."""
        wanted, stop = frozenset(keys), self.stop if stop is None else stop
        depth = cases = 0
        for index in range(at, stop):
            key = self.keys[index]
            if depth == 0 and cases == 0 and key in wanted:
                return index
            if key == "(":
                depth += 1
            elif key == ")":
                depth -= 1
                if depth < 0:
                    return index
            elif key == "CASE":
                cases += 1
            elif key == "END" and cases:
                cases -= 1
        return stop

    def closing(self, at: int, stop: int | None = None) -> int:
        """The index of the parenthesis that closes the one at an index; ``stop`` where none does."""
        depth, stop = 0, self.stop if stop is None else stop
        for index in range(at, stop):
            if self.keys[index] == "(":
                depth += 1
            elif self.keys[index] == ")":
                depth -= 1
                if depth == 0:
                    return index
        return stop

    def place(self, offset: int) -> str:
        """``line:column`` in the file of an offset in the tokens."""
        line, column = self.position(offset)
        return f"{line}:{column}" if column else f"{line}"

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of an offset in the tokens, counted from 1; column 0 where it is not known."""
        if self._lines is None:
            self._lines = Lines(self.text)
        found = self._lines.position(offset - self.start)
        if found.line > 1:
            return found.line + self.line - 1, found.column
        return self.line, found.column + self.column - 1 if self.column else 0

    def cannot_read(self, reason: str) -> None:
        """Notes why there may be more than was found; each reason once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def named(self, parts: tuple[str, ...]) -> tuple[str, str]:
        """Database and name of parts; the default database where none is written."""
        return (self.database, parts[0]) if len(parts) == 1 else (parts[-2], parts[-1])


_KIND = attrgetter("kind")


def joined_names(tokens: list[Token]) -> list[Token]:
    """The tokens with every name of which a placeholder is a part as one word."""
    if "placeholder" not in map(_KIND, tokens):
        return tokens
    result, done = [], 0
    spread = _spread(tokens)
    for start, end, name in names_with_placeholders(spread):
        first, last = spread[start], spread[end - 1]
        before = [token for token in tokens[done:] if token.start < first.start]
        result += [*before, Token("word", name, first.start, last.end, fold(name))]
        done = next((i for i, token in enumerate(tokens) if token.start >= last.end), len(tokens))
    return result + tokens[done:]


def _spread(tokens: list[Token]) -> list[Token]:
    """The tokens with a space wherever two do not touch, so that only what touches is joined."""
    spread: list[Token] = []
    for token in tokens:
        if spread and spread[-1].end < token.start:
            spread.append(Token("space", " ", spread[-1].end, token.start, " "))
        spread.append(token)
    return spread


def shown_path(database: str, parts: tuple[str, ...]) -> str:
    """Parts as they stand in SQL, behind the default database where there is only one."""
    return written_path(database, parts[0]) if len(parts) == 1 else written_path(parts[-2], parts[-1])
