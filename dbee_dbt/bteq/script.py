"""A BTEQ script as a list of instructions; their texts and the gaps between them are the file, byte for byte."""

from __future__ import annotations

import re

from msgspec import Struct

from dbee_dbt.bteq.commands import Action, Again, Command, If, Request, Unknown
from dbee_dbt.bteq.conditions import read_condition
from dbee_dbt.bteq.directives import THEN, UNDOTTED, VERBS, WHOLE_LINE, read_directive, unknown
from dbee_dbt.bteq.pieces import COMMENT, CONTINUATION, plain
from dbee_dbt.bteq.requests import Found, begins_procedure, request_at
from dbee_dbt.ddl.lexer import Lines
from dbee_dbt.ddl.script import iter_script
from dbee_dbt.ddl.shell import parts


class Instruction(Struct, frozen=True):
    """One command or one request of a script.

    Args:
        text: exactly as it stands, without the ``;`` that ends it.
        start: offset of the text in the file.
        end: offset behind the text.
        line: line of its first character, counted from 1.
        column: column of its first character, counted from 1.
        action: what it says.
        is_dotted: False for a command without its dot.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    action: Action
    is_dotted: bool = True


class Program(Struct, frozen=True):
    """What one run of BTEQ reads: a file, or a here-document in a shell script.

    Args:
        start: offset of its first character in the file.
        end: offset behind its last character.
        instructions: in order.
    """

    start: int
    end: int
    instructions: tuple[Instruction, ...]


class Script(Struct, frozen=True):
    """A file: one program, or the here-documents of a shell script, which share no labels."""

    text: str
    programs: tuple[Program, ...]

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """Those of all programs."""
        return tuple(instruction for program in self.programs for instruction in program.instructions)


_GAP = re.compile(
    r"""(?> (?: (?<![^\r\n])[ \t]*+\*[^\r\n]*+ | [\s;\ufeff] | --[^\r\n]*+
          | /\* [^*]*+ (?> (?: \*++[^/*][^*]*+ )* ) (?: \*++/ | \**+\Z ) )* )""",
    re.VERBOSE,
)
_BLANKS = re.compile(rf"(?> (?: [ \t;] | {CONTINUATION} | {COMMENT} )* )", re.VERBOSE)
_HEAD = re.compile(r"(?P<dot>\.[ \t]*+)?(?P<verb>[A-Za-z]\w*+)(?![\w$#.(])")
_REPEATED = re.compile(r"=[ \t]*+([0-9]{0,18})[ \t]*+(?=;|[\r\n]|\Z)")
_SEGMENT = re.compile(
    rf"""(?> (?: '[^'\r\n]*+'?+ | "[^"\r\n]*+"?+ | {COMMENT} | {CONTINUATION} | [^;\r\n'"/-]++ | [^;\r\n] )* )""",
    re.VERBOSE,
)
_LINE = re.compile(rf"(?> (?: {CONTINUATION} | [^\r\n-]++ | - )* )", re.VERBOSE)
_DEEPEST = 20


def read_script(text: str) -> Script:
    """The instructions of a file.

    A line is a command where an instruction may begin: with its dot, or without for a verb that begins no SQL. A
    request ends by BTEQ's own rule (docs/teradata/bteq.md §4.2), but a procedure is kept whole, and a command with
    its dot on a new line ends a request that lacks its ``;``.

    Args:
        text: a BTEQ script, or a shell script that holds some in here-documents (those of other utilities are passed
            over); any line ends.
    """
    lines = Lines(text)
    read = (part for part in parts(text) if part.reader == "bteq")
    return Script(text, tuple(Program(start, end, _Reader(text, start, end, lines).read()) for start, end, _ in read))


def read_action(text: str) -> Action | None:
    """The one command or request that a text says; None where it says none, or several."""
    found = read_script(text).instructions
    return found[0].action if len(found) == 1 else None


class _Reader:
    """Reads one program from its first to its last character."""

    def __init__(self, text: str, start: int, stop: int, lines: Lines) -> None:
        self.text = text
        self.start = start
        self.stop = stop
        self.lines = lines
        self.blocks: dict[int, int] | None = None

    def read(self) -> tuple[Instruction, ...]:
        found, position = [], self._behind_gap(self.start)
        while position < self.stop:
            action, end, is_dotted = self._action(position)
            found.append(self._instruction(position, end, action, is_dotted))
            position = self._behind_gap(end)
        return tuple(found)

    def _instruction(self, start: int, end: int, action: Action, is_dotted: bool) -> Instruction:
        line, column = self.lines.position(start)
        return Instruction(self.text[start:end], start, end, line, column, action, is_dotted)

    def _behind_gap(self, position: int) -> int:
        match = _GAP.match(self.text, position, self.stop)
        return match.end() if match else position

    def _action(self, position: int) -> tuple[Action, int, bool]:
        """The action that begins here, where it ends, and whether it has its dot or needs none."""
        repeated = _REPEATED.match(self.text, position, self.stop)
        if repeated:
            return Again(int(repeated[1] or 1) or 1), _trimmed(self.text, position, repeated.end()), True
        head = _HEAD.match(self.text, position, self.stop)
        if head and (head["dot"] or head["verb"].upper() in UNDOTTED):
            command, end = self._command(position, head, 0)
            if head["dot"] or not isinstance(command, Unknown):
                return command, end, bool(head["dot"])
        if self.text[position] == ".":
            end = self._segment_end(position)
            return unknown(self.text[position + 1 : end]), end, True
        found = self._request(position)
        return found.request, found.end, True

    def _command(self, position: int, head: re.Match[str], depth: int) -> tuple[Command, int]:
        verb = head["verb"].upper()
        end = self._line_end(position) if verb in WHOLE_LINE else self._segment_end(position)
        if verb == "IF" and depth < _DEEPEST:
            for match in THEN.finditer(self.text, head.end(), end):
                if match["then"]:
                    condition = read_condition(plain(self.text[head.end() : match.start()]))
                    actions, end = self._then(match.end(), depth + 1)
                    return If(condition, actions), end
        arguments = self.text[head.end() : end]
        is_raw = verb in WHOLE_LINE
        return read_directive(head["verb"], arguments.strip() if is_raw else plain(arguments)), end

    def _then(self, position: int, depth: int) -> tuple[tuple[Action, ...], int]:
        """What stands behind THEN: the commands of the line, or one request."""
        actions: list[Action] = []
        end = position
        while True:
            position = self._behind_blanks(position)
            if position >= self.stop or self.text[position] in "\r\n":
                return tuple(actions), end
            head = _HEAD.match(self.text, position, self.stop)
            if head and (head["dot"] or head["verb"].upper() in UNDOTTED):
                command, position = self._command(position, head, depth)
                actions.append(command)
                end = position
            elif actions:  # SQL behind a command is an instruction of its own
                return tuple(actions), end
            else:
                found = self._request(position)
                return (found.request,), found.end

    def _behind_blanks(self, position: int) -> int:
        match = _BLANKS.match(self.text, position, self.stop)
        return match.end() if match else position

    def _segment_end(self, position: int) -> int:
        match = _SEGMENT.match(self.text, position, self.stop)
        return _trimmed(self.text, position, match.end() if match else position)

    def _line_end(self, position: int) -> int:
        match = _LINE.match(self.text, position, self.stop)
        end = _trimmed(self.text, position, match.end() if match else position)
        return _trimmed(self.text, position, end - 1) if self.text[position:end].endswith(";") else end

    def _request(self, position: int) -> Found:
        if begins_procedure(self.text, position):
            end = self._block_end(position)
            if end is not None:
                return Found(Request(self.text[position:end], "block"), end)
        return request_at(self.text, position, self.stop, self._is_command)

    def _block_end(self, position: int) -> int | None:
        """Where the procedure that begins here ends by our splitter."""
        if self.blocks is None:
            part = self.text[self.start : self.stop]
            self.blocks = {self.start + found.start: self.start + found.end for found in iter_script(part)}
        return self.blocks.get(position)

    def _is_command(self, position: int) -> bool:
        """True if a command with its dot, and nothing but one, stands here within a request."""
        head = _HEAD.match(self.text, position, self.stop)
        if head is None or not head["dot"] or head["verb"].upper() not in VERBS:
            return False
        command, _ = self._command(position, head, _DEEPEST)
        return not isinstance(command, Unknown)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1] in " \t":
        end -= 1
    return end
