"""Scripts of SQL and BTEQ split into statements; texts and the gaps between them are the file, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Literal

from msgspec import Struct

from dbee_dbt.ddl.blocks import BlockReader, closing_parenthesis
from dbee_dbt.ddl.lexer import Kind, Lines, Token, Tokens, lex_script
from dbee_dbt.ddl.shell import Part, parts

Form = Literal["sql", "bteq", "shell", "other"]

_PART = 1 << 17  # characters
_UNSETTLED = 2
_CODE = frozenset({"CREATE", "REPLACE", "CM"})
_SOURCE_TEXTS = frozenset({"PROCEDURE", "MACRO", "TRIGGER", "FUNCTION", "VIEW"})
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
        form: ``sql``; ``bteq`` for a command line; ``shell`` for what stands around the here-documents of a shell
            script; ``other`` for what begins like none of them (a line ``/``, a tag ``{% if … %}``).
        tokens: the tokens of the text, with their offsets in the script.
        lead: offset at which the comments begin that belong to it: those in front of it, but for one that follows
            what stands before on its line. Its start where there is none.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    form: Form
    tokens: Sequence[Token]
    lead: int


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
    for part in parts(text):
        if part.reader == "shell":
            yield _shell(text, lines, part)
        else:
            yield from _statements(text, lines, part)


def _shell(text: str, lines: Lines, part: Part) -> Statement:
    shown = text[part.start : part.end]
    token = Token("shell", shown, part.start, part.end, shown)
    return Statement(shown, part.start, part.end, *lines.position(part.start), "shell", (token,), part.start)


def _statements(text: str, lines: Lines, part: Part) -> Iterator[Statement]:
    position, size = part.start, _PART
    while position < part.end:
        stop = min(part.end, position + size)
        found = _Splitter(text, lines, part, position, stop).statements()
        if stop == part.end:
            yield from found
            return
        settled = found[:-_UNSETTLED]
        while settled and not (settled[-1].form == "bteq" or _SEMICOLON.match(text, settled[-1].end)):
            settled.pop()  # only behind these does an instruction begin for certain
        yield from settled
        position, size = (settled[-1].end, _PART) if settled else (position, 2 * size)


class _Splitter:
    """Walks over the significant tokens of a part; ``at`` and ``end`` are always indices of those."""

    def __init__(self, text: str, lines: Lines, script: Part, start: int, stop: int) -> None:
        self.text = text
        self.lines = lines
        self.is_begin = start == script.start
        self.is_end = stop == script.end
        self.lexed = lex_script(text, start, stop, script.end)
        self.places = list(compress(range(len(self.lexed.keys)), self.lexed.keys))
        self.keys = list(filter(None, self.lexed.keys))
        self.commands = [bisect_left(self.places, place) for place in self.lexed.commands]
        self.found: list[Statement] = []

    def statements(self) -> list[Statement]:
        at, keys, count = 0, self.keys, len(self.keys)
        while at < count:
            if keys[at] == ";":
                at += 1
                continue
            end = max(self._end(at), at + 1)
            self.found.append(self._statement(at, end))
            at = end
        return self.found

    def _key(self, at: int) -> str:
        return self.keys[at] if at < len(self.keys) else ""

    def _stop(self, at: int) -> int:
        """The next BTEQ command, over which no statement reaches, or the end."""
        if not self.commands:
            return len(self.keys)
        found = bisect_left(self.commands, at)
        return self.commands[found] if found < len(self.commands) else len(self.keys)

    def _end(self, at: int) -> int:
        """Where the statement that begins here ends: at its ``;``, or at what follows it without one."""
        key = self.keys[at]
        if key in _CODE:
            return self._end_of_code(at)
        if key == "/" or key.startswith("{%") or self._stop(at) == at:
            return at + 1
        return self._next_semicolon(at)

    def _end_of_code(self, at: int) -> int:
        match self._code_kind(at):
            case "PROCEDURE":
                return self._procedure(at)
            case "MACRO":
                return self._outside_parentheses(at)
            case "TRIGGER":
                return self._trigger(at)
        return self._next_semicolon(at)

    def _code_kind(self, at: int) -> str:
        if self.keys[at] == "CM":
            return "MACRO"
        return self._key(at + 3) if self._key(at + 1) == "OR" else self._key(at + 1)

    def _next_semicolon(self, at: int) -> int:
        """The next ``;`` wherever it stands, so that a parenthesis left open costs one statement only."""
        stop = self._stop(at)
        try:
            return self.keys.index(";", at, stop)
        except ValueError:
            return stop

    def _outside_parentheses(self, at: int) -> int:
        first, stop = at, self._stop(at)
        while at < stop and self.keys[at] != ";":
            if self.keys[at] == "(":
                at = closing_parenthesis(self.keys, at, stop)
                if at == stop:
                    return self._unclosed(first, stop)
            at += 1
        return at

    def _unclosed(self, at: int, stop: int) -> int:
        """Where a source text ends in which something is never closed: in front of the next one, or of a line ``/``.

        Else at its first ``;``, so that it hides nothing of what follows.
        """
        if stop == len(self.keys) and not self.is_end:
            return stop  # what closes it may stand in the next part
        for index in range(at + 1, stop):
            if self.keys[index - 1] == ";" and self._begins_source_text(index):
                return index - 1
        return self._next_semicolon(at)

    def _begins_source_text(self, at: int) -> bool:
        return self._key(at) in _CODE and (self._code_kind(at) in _SOURCE_TEXTS or self._key(at) == "REPLACE")

    def _procedure(self, at: int) -> int:
        first_end = self._next_semicolon(at)
        header = self.keys[at:first_end]
        if "(" not in header:
            return first_end
        body = closing_parenthesis(self.keys, at + header.index("("), first_end) + 1
        rest = self.keys[body:first_end]
        if body > first_end or ("EXTERNAL" in rest and "BEGIN" not in rest):
            return first_end
        return self._blocks_end(at, body)

    def _blocks_end(self, at: int, body: int) -> int:
        stop = self._stop(at)
        reader = BlockReader(self.keys, stop)
        end = reader.end(body)
        return end if reader.unclosed is None or end < stop else self._unclosed(at, stop)

    def _trigger(self, at: int) -> int:
        end = self._outside_parentheses(at)
        for index in range(at, end):
            if self.keys[index] == "BEGIN" and self._key(index + 1) == "ATOMIC":
                return self._blocks_end(at, index)
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
        offsets = self.lexed.offsets
        between = self.text[offsets[self.places[at] + 1] : offsets[self.places[following]]]
        return "\n" in between or "\r" in between

    def _statement(self, at: int, end: int) -> Statement:
        lexed, first, last = self.lexed, self.places[at], self.places[end - 1]
        if end < len(self.keys) and self.keys[end] == ";":  # then a comment in front of it belongs to the statement
            last = self.places[end] - 1
            while lexed.is_space(last):
                last -= 1
        start, stop = lexed.offsets[first], lexed.offsets[last + 1]
        line, column = self.lines.position(start)
        form = _form(lexed.kind(first), lexed.texts[first])
        return Statement(
            self.text[start:stop], start, stop, line, column, form, Tokens(lexed, first, last + 1), self._lead(at)
        )

    def _lead(self, at: int) -> int:
        """Where the comments begin that belong to the statement that begins here."""
        first = self.places[at]
        before = self.places[at - 1] if at else -1
        texts, offsets = self.lexed.texts, self.lexed.offsets
        is_own = before < 0 and self.is_begin
        if first - before > 2 or is_own:  # else a space at most, or a comment on the line of what stands before
            for place in range(before + 1, first):
                if is_own and not self.lexed.is_space(place):
                    return offsets[place]
                is_own = is_own or "\n" in texts[place] or "\r" in texts[place]
        return offsets[first]


def _form(kind: Kind, text: str) -> Form:
    """The form of a statement by its first token."""
    if kind == "command":
        return "bteq"
    if kind == "word":
        return "sql"
    is_sql = (kind == "placeholder" and not text.startswith("{%")) or text in ("(", "{")
    return "sql" if is_sql else "other"
