"""A place in the significant tokens of one statement, and the small things every reader asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from dbee_dbt.ddl.canonical import canonical_tokens
from dbee_dbt.ddl.lexer import Lines, Token, significant, tokenize
from dbee_dbt.ddl.literals import name_of, string_value
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold_code

_BEHIND_END = 4  # how far readers look ahead
_MOST_DIGITS = 38
_NAME_PARTS = frozenset({"word", "quoted name", "placeholder"})


class Cursor:
    """Walks over the significant tokens of a statement.

    Args:
        text: the statement's exact text.
        tokens: its tokens, space and comments included; offsets may be those of the script it stands in.
        start: offset of the text in that script.
        line: line of the text in its file, counted from 1.
        column: column of the text in its line, counted from 1.

    ``keys`` holds what words are compared by; behind the last token stand empty ones. ``at`` is the next token.
    """

    __slots__ = ("at", "column", "keys", "line", "start", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token], start: int = 0, line: int = 1, column: int = 1) -> None:
        self.text = text
        self.start = start
        self.tokens = significant(tokens)
        if self.tokens and self.tokens[-1].key == ";":
            self.tokens.pop()
        self.keys = [token.key for token in self.tokens]
        self.keys.extend([""] * _BEHIND_END)
        self.at = 0
        self.line = line
        self.column = column

    @classmethod
    def of(cls, text: str) -> Cursor:
        """A cursor at the beginning of a text."""
        return cls(text, tokenize(text))

    @property
    def key(self) -> str:
        """The key of the next token, or ``""`` at the end."""
        return self.keys[self.at]

    @property
    def done(self) -> bool:
        """True behind the last token."""
        return self.at >= len(self.tokens)

    def accept(self, *keys: str) -> bool:
        """Takes these tokens if they come next, all of them; else nothing."""
        at = self.at
        for key in keys:
            if self.keys[at] != key:
                return False
            at += 1
        self.at = at
        return True

    def accept_any(self, keys: frozenset[str] | tuple[str, ...]) -> str:
        """Takes the next token if it is one of these and returns it; else ``""``."""
        key = self.keys[self.at]
        if key and key in keys:
            self.at += 1
            return key
        return ""

    def expect(self, key: str) -> None:
        """Takes this token.

        Raises:
            DdlError: another one comes next.
        """
        if self.keys[self.at] != key:
            self.fail(f"{key} is expected, {self.shown} found")
        self.at += 1

    @property
    def shown(self) -> str:
        """The next token for a message."""
        if self.done:
            return "the end of the statement"
        text = self.tokens[self.at].text
        if text[:1] in (",", "'"):
            return "a comma" if text == "," else "a literal"
        return text if len(text) <= 40 else text[:37] + "..."

    def is_name(self) -> bool:
        """True if the next token can be a name."""
        return not self.done and self.tokens[self.at].kind in _NAME_PARTS

    def name(self) -> str:
        """Takes one name; parts that a placeholder joins (``${ENV}_SALES``) are one.

        Raises:
            DdlError: no name comes next.
        """
        if self.done:
            self.fail("a name is expected, the statement ends")
        token = self.tokens[self.at]
        if token.kind not in _NAME_PARTS:
            self.fail(f"a name is expected, {self.shown} found")
        self.at += 1
        name = token.text if token.kind == "word" else self._quoted_name(token)
        if not name:
            self.at -= 1
            self.fail(f"{token.text} is not a valid Teradata SQL token: a name has at least one character")
        if self.at < len(self.tokens) and self.tokens[self.at].start == token.end:
            return self._joined(name, token.end)
        return name

    def _quoted_name(self, token: Token) -> str:
        if token.text[0] in "uU":
            return name_of(token.text, self._escape())
        return name_of(token.text)

    def _escape(self) -> str:
        """Takes ``UESCAPE 'c'`` if it follows."""
        if self.key == "UESCAPE" and self.at + 1 < len(self.tokens):
            mark = string_value(self.tokens[self.at + 1].text)
            if mark is not None and len(mark) == 1:
                self.at += 2
                return mark
        return "\\"

    def _joined(self, name: str, end: int) -> str:
        previous = self.tokens[self.at - 1].kind
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            touches = token.start == end and token.kind in ("word", "placeholder", "number")
            if not touches or "placeholder" not in (previous, token.kind):
                break
            name, end, previous = name + token.text, token.end, token.kind
            self.at += 1
        return name

    def qualified(self, default_database: str) -> tuple[str, str]:
        """Takes ``name`` or ``database.name``; returns (database, name).

        Args:
            default_database: stands in for a database that is not written.
        """
        name = self.name()
        if self.keys[self.at] != ".":
            return default_database, name
        self.at += 1
        return name, self.name()

    def defined(self, default_database: str) -> tuple[str, str]:
        """Takes the name of an object, as :meth:`qualified` does.

        Raises:
            DdlError: a third part follows, which no name of Teradata's has.
        """
        found = self.qualified(default_database)
        if self.keys[self.at] == ".":
            self.fail("expected something between the name and the '.': a name is database.object")
        return found

    def names(self) -> tuple[str, ...]:
        """Takes ``( name, … )``; returns the names.

        Raises:
            DdlError: something else comes next.
        """
        self.expect("(")
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(")")
        return tuple(found)

    def string(self) -> str:
        """Takes a character literal; returns its characters.

        Raises:
            DdlError: no character literal comes next.
        """
        value = self._string_value()
        if value is None:
            self.fail(f"a character literal is expected, {self.shown} found")
        return value

    def _string_value(self) -> str | None:
        if not self.is_string():
            return None
        text = self.tokens[self.at].text
        if text[0] not in "uU'" or text[-1] != "'":
            return None
        self.at += 1
        return string_value(text, self._escape() if text[0] in "uU" else "\\")

    def is_string(self) -> bool:
        """True if the next token is a literal in apostrophes."""
        return not self.done and self.tokens[self.at].kind == "string"

    def integer(self) -> int | None:
        """Takes a whole number with its sign, if one comes next; else None and nothing.

        A number of more than 38 digits, the most that Teradata knows, is none.
        """
        at = self.at
        sign = self.keys[at] if self.keys[at] in ("-", "+") else ""
        digits = self.keys[at + 1] if sign else self.keys[at]
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
            return None
        self.at = at + (2 if sign else 1)
        return int(sign + digits)

    def skip_group(self) -> None:
        """Takes a parenthesis and all up to the one that closes it.

        Raises:
            DdlError: none closes it.
        """
        depth, keys, at = 0, self.keys, self.at
        while key := keys[at]:
            if key == "(":
                depth += 1
            elif key == ")":
                depth -= 1
                if depth == 0:
                    self.at = at + 1
                    return
            at += 1
        self.fail("this parenthesis is never closed")

    def group(self) -> str:
        """Takes a parenthesis up to the one that closes it; returns the canonical text between the two."""
        start = self.at + 1
        self.skip_group()
        return self.canonical(start, self.at - 1)

    def canonical(self, start: int, end: int) -> str:
        """The canonical text of the tokens from one index to another."""
        return canonical_tokens(self.tokens[start:end])

    def keywords(self, start: int, end: int) -> str:
        """The same in upper case, for a clause that holds words of the language and no names."""
        return fold_code(self.canonical(start, end))

    def source(self, start: int, end: int | None = None) -> str:
        """The exact text from one token to another, comments in between included.

        Args:
            start: index of the first token.
            end: index behind the last one; None for all up to the end of the statement.
        """
        if start >= len(self.tokens):
            return ""
        first = self.tokens[start].start - self.start
        last = self.tokens[-1 if end is None else end - 1].end - self.start
        return self.text[first:last]

    def fail(self, what: str) -> NoReturn:
        """Raises a DdlError that names the line and column of the next token."""
        line, column = self.place()
        raise DdlError(f"line {line}, column {column}: {what}", line=line)

    def place(self) -> tuple[int, int]:
        """Line and column of the next token in the file the statement stands in."""
        if not self.tokens:
            return self.line, self.column
        offset = self.tokens[-1].end if self.done else self.tokens[self.at].start
        position = Lines(self.text).position(offset - self.start)
        column = position.column + self.column - 1 if position.line == 1 else position.column
        return position.line + self.line - 1, column
