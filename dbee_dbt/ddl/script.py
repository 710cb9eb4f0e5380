"""Scripts of SQL and BTEQ split into statements; texts and the gaps between them are the file, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from dbee_dbt.ddl.blocks import BlockReader, closing_parenthesis
from dbee_dbt.ddl.lexer import Lines, Token, tokenize_script

Form = Literal["sql", "bteq", "other"]

_PART = 1 << 17  # characters
_UNSETTLED = 2
_SEMICOLON = re.compile(r"[\s\ufeff]*;")
_ACTIONS = frozenset("INSERT INS UPDATE UPD DELETE DEL MERGE SET CALL EXEC EXECUTE ABORT ROLLBACK SELECT SEL".split())


class Statement(Struct, frozen=True):
    """One instruction of a script.

    Args:
        text: from its first word to its last character, without the ``;`` that ends it; comments inside stay.
        start: offset of the text in the script.
        end: offset behind the text.
        line: line of its first character, counted from 1.
        column: column of its first character, counted from 1.
        form: ``sql``; ``bteq`` for a command line; ``other`` for what begins like neither (a line ``/``).
        tokens: the tokens of the text, with their offsets in the script.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    form: Form
    tokens: tuple[Token, ...]


def split_script(text: str) -> tuple[Statement, ...]:
    """The statements of a script in order.

    Procedures, macros and triggers stay whole (docs/teradata/spl.md §6.3). A ``;`` alone is no statement.

    Args:
        text: a whole script; any line ends.
    """
    return tuple(iter_script(text))


def iter_script(text: str) -> Iterator[Statement]:
    """The statements of a script one after the other; see :func:`split_script`.

    A script of any size is read part by part, so that the tokens of one part only are in memory. The last statements
    of a part are read again with the next one: whether they end there, only what follows them tells.
    """
    lines = Lines(text)
    position, size = 0, _PART
    while position < len(text):
        stop = min(len(text), position + size)
        found = _Splitter(text, lines, position, stop).statements()
        if stop == len(text):
            yield from found
            return
        settled = found[:-_UNSETTLED]
        while settled and not (settled[-1].form == "bteq" or _SEMICOLON.match(text, settled[-1].end)):
            settled.pop()  # only behind these does an instruction begin for certain
        yield from settled
        position, size = (settled[-1].end, _PART) if settled else (position, 2 * size)


class _Splitter:
    """Walks over the significant tokens of a part; ``at`` and ``end`` are always indices of those."""

    def __init__(self, text: str, lines: Lines, start: int, stop: int) -> None:
        self.text = text
        self.lines = lines
        self.is_begin = start == 0
        self.tokens = tokenize_script(text, start, stop)
        self.places = [i for i, token in enumerate(self.tokens) if token.kind not in ("space", "comment")]
        self.keys = [self.tokens[place].key for place in self.places]
        self.commands = [at for at, place in enumerate(self.places) if self.tokens[place].kind == "command"]
        self.found: list[Statement] = []

    def statements(self) -> list[Statement]:
        at = 0
        while at < len(self.keys):
            if self.keys[at] == ";":
                at += 1
                continue
            end = max(self._end(at), at + 1)
            self.found.append(self._statement(at, end))
            at = end
        return self.found

    def _token(self, at: int) -> Token:
        return self.tokens[self.places[at]]

    def _key(self, at: int) -> str:
        return self.keys[at] if at < len(self.keys) else ""

    def _stop(self, at: int) -> int:
        """The next BTEQ command, over which no statement reaches, or the end."""
        found = bisect_left(self.commands, at)
        return self.commands[found] if found < len(self.commands) else len(self.keys)

    def _end(self, at: int) -> int:
        """Where the statement that begins here ends: at its ``;``, or at what follows it without one."""
        if self._key(at) == "/" or self._token(at).kind == "command":
            return at + 1
        match self._code_kind(at):
            case "PROCEDURE":
                return self._procedure(at)
            case "MACRO":
                return self._outside_parentheses(at)
            case "TRIGGER":
                return self._trigger(at)
        return self._next_semicolon(at)

    def _code_kind(self, at: int) -> str:
        first = self._key(at)
        if first == "CM":
            return "MACRO"
        if first not in ("CREATE", "REPLACE"):
            return ""
        return self._key(at + 3) if self._key(at + 1) == "OR" else self._key(at + 1)

    def _next_semicolon(self, at: int) -> int:
        """The next ``;`` wherever it stands, so that a parenthesis left open costs one statement only."""
        stop = self._stop(at)
        try:
            return self.keys.index(";", at, stop)
        except ValueError:
            return stop

    def _outside_parentheses(self, at: int) -> int:
        stop = self._stop(at)
        while at < stop and self.keys[at] != ";":
            at = closing_parenthesis(self.keys, at, stop) + 1 if self.keys[at] == "(" else at + 1
        return min(at, stop)

    def _procedure(self, at: int) -> int:
        first_end = self._next_semicolon(at)
        header = self.keys[at:first_end]
        if "(" not in header:
            return first_end
        body = closing_parenthesis(self.keys, at + header.index("("), first_end) + 1
        rest = self.keys[body:first_end]
        if body > first_end or ("EXTERNAL" in rest and "BEGIN" not in rest):
            return first_end
        return BlockReader(self.keys, self._stop(at)).end(body)

    def _trigger(self, at: int) -> int:
        end = self._outside_parentheses(at)
        for index in range(at, end):
            if self.keys[index] == "BEGIN" and self._key(index + 1) == "ATOMIC":
                return BlockReader(self.keys, self._stop(at)).end(index)
        if ";" in self.keys[at:end]:
            return end
        return self._bare_actions(end)

    def _bare_actions(self, end: int) -> int:
        """The end of a trigger whose actions stand without parentheses; its first ``;`` is given (spl.md §6.6).

        A script that holds the trigger and nothing but actions is one request; else BTEQ's layout tells, in which
        each ``;`` begins the line of the next action; else it is one action.
        """
        if self.is_begin and not self.found and self._only_actions(end):
            return len(self.keys)
        while self._action_continues(end):
            end = self._next_semicolon(end + 1)
        return end

    def _only_actions(self, at: int) -> bool:
        if self._stop(at) < len(self.keys):
            return False
        begins = [index + 1 for index in range(at, len(self.keys) - 1) if self.keys[index] == ";"]
        return all(self.keys[index] in _ACTIONS for index in begins)

    def _action_continues(self, at: int) -> bool:
        if self._key(at) != ";" or self._key(at + 1) not in _ACTIONS:
            return False
        return self._line_ends_between(at - 1, at) and not self._line_ends_between(at, at + 1)

    def _line_ends_between(self, at: int, following: int) -> bool:
        between = self.text[self._token(at).end : self._token(following).start]
        return "\n" in between or "\r" in between

    def _statement(self, at: int, end: int) -> Statement:
        first, last = self.places[at], self.places[end - 1]
        if self._key(end) == ";":  # then a comment in front of it belongs to the statement
            last = self.places[end] - 1
            while self.tokens[last].kind == "space":
                last -= 1
        tokens = tuple(self.tokens[first : last + 1])
        start, stop = tokens[0].start, tokens[-1].end
        line, column = self.lines.position(start)
        return Statement(self.text[start:stop], start, stop, line, column, _form(tokens[0]), tokens)


def _form(first: Token) -> Form:
    if first.kind == "command":
        return "bteq"
    return "sql" if first.kind in ("word", "placeholder") or first.text in ("(", "{") else "other"
