"""A cursor over the significant tokens of one statement."""

from __future__ import annotations

from collections.abc import Sequence

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import Token, is_unclosed, significant, tokenize
from dbee_dbt.model.reserved import SURELY_RESERVED

MOST_NESTED = 50
"""Levels of parentheses, queries, signs and NOTs; Python's own stack holds somewhat more of them."""
_END = tokenize(" ")[0]  # stands behind the last token, where no significant one can be a space


def unquoted(token: Token) -> str:
    """The name that a word or quoted-name token stands for."""
    if token.kind == "quoted name":
        if token.text[0] != '"':
            raise NotKnownError('a name in Unicode form (U&"…")', token.start)
        return token.text[1:-1].replace('""', '"')
    return token.text


class Cursor:
    """Where a parser stands in a statement.

    Args:
        text: the statement; a trailing semicolon is ignored.
        tokens: its significant tokens where a caller has them already, without a semicolon; their offsets may be
            those of a text around it.

    Raises:
        QueryError: 3760 or 3776 where a string or comment is not closed.
    """

    def __init__(self, text: str, tokens: Sequence[Token] | None = None) -> None:
        self.text = text
        self.tokens = significant(tokenize(text)) if tokens is None else list(tokens)
        while self.tokens and self.tokens[-1].text == ";":
            self.tokens.pop()
        self._require_closed()
        self.words = [t.key if t.kind in ("word", "operator") else "" for t in self.tokens]
        self.index = 0
        self.parameters = 0
        self.depth = 0
        self.queries: dict[int, tuple[s.Query, int, int] | QueryError] = {}
        self._run = (0, 0)

    def _require_closed(self) -> None:
        """Refuse text that ends inside a string or quoted name (3760) or a comment (3776)."""
        last = self.tokens[-1] if self.tokens else _END
        if is_unclosed(last):
            raise QueryError(3776 if last.text[:2] == "/*" else 3760, at=last.start)

    def enter(self) -> None:
        """Note that a part is nested in another one; :meth:`leave` ends it.

        Raises:
            NotKnownError: parts are nested deeper than anything that people write.
        """
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise NotKnownError(f"nesting of more than {MOST_NESTED} levels", self.at)

    def leave(self) -> None:
        """End a nested part."""
        self.depth -= 1

    def word(self, ahead: int = 0) -> str:
        """The upper-cased word or operator that stands here, "" for anything else and at the end."""
        try:  # much faster than to ask for the length
            return self.words[self.index + ahead]
        except IndexError:
            return ""

    def token(self, ahead: int = 0) -> Token:
        """The token that stands here; a space at the end."""
        try:
            return self.tokens[self.index + ahead]
        except IndexError:
            return _END

    @property
    def at(self) -> int:
        """The offset of the token that stands here."""
        if self.index < len(self.tokens):
            return self.tokens[self.index].start
        return self.tokens[-1].end if self.tokens else len(self.text)

    @property
    def done(self) -> bool:
        """True behind the last token."""
        return self.index >= len(self.tokens)

    def next(self) -> Token:
        """The token that stands here; the cursor moves behind it. At the end a space, and the cursor stays."""
        token = self.token()
        if token is not _END:
            self.index += 1
        return token

    def accept(self, *words: str) -> bool:
        """True, and the cursor moves, if exactly these words follow."""
        place, known = self.index, self.words
        try:
            for word in words:
                if known[place] != word:
                    return False
                place += 1
        except IndexError:
            return False
        self.index = place
        return True

    def choose(self, *words: str) -> str:
        """The one of these words that stands here, taken; "" if none does."""
        found = self.word()
        if found and found in words:
            self.index += 1
            return found
        return ""

    def expect(self, *words: str) -> None:
        """Take these words.

        Raises:
            QueryError: 3707 if something else stands here.
        """
        for word in words:
            if not self.accept(word):
                raise self.expected(f"'{word}'")

    def expected(self, what: str) -> QueryError:
        """The syntax error that this was expected here and something else was found."""
        before = f"'{self.tokens[self.index - 1].text}'" if self.index else "the beginning"
        found = "the end of the request" if self.done else f"'{self.token().text}'"
        return QueryError(3707, f"{what} between {before} and {found}.", at=self.at)

    def whole(self) -> int:
        """Take an unsigned whole number.

        Raises:
            QueryError: 3707 if none stands here.
        """
        if not (self.token().kind == "number" and self.token().text.isdecimal()):
            raise self.expected("a whole number")
        return int(self.next().text)

    @property
    def at_name(self) -> bool:
        """True if the token here can be a name: quoted, or a word that is not reserved."""
        token = self.token()
        if token.kind == "quoted name":
            return True
        return self.is_word_name(0)

    def is_word_name(self, ahead: int) -> bool:
        """True if a word that is not reserved stands so far ahead."""
        return self.token(ahead).kind == "word" and self.word(ahead) not in SURELY_RESERVED

    def inside(self, ahead: int) -> int:
        """How far ahead the first token stands that opens no parenthesis, from the one so far ahead on."""
        place = self.index + ahead
        if not self._run[0] <= place < self._run[1]:
            end = place
            while end < len(self.words) and self.words[end] == "(":
                end += 1
            self._run = (place, end)
        return (self._run[1] if place < self._run[1] else place) - self.index

    def name(self) -> str:
        """Take one name, unquoted.

        Raises:
            QueryError: 3707 if no name stands here, or a reserved word does.
        """
        if not self.at_name:
            raise self.expected("a name")
        return unquoted(self.next())

    def qualified_name(self) -> tuple[str, ...]:
        """Take a name of one or more parts."""
        parts = [self.name()]
        while self.word() == "." and self.token(1).kind in ("word", "quoted name"):
            self.index += 1
            parts.append(unquoted(self.next()))
        return tuple(parts)

    def names(self) -> tuple[str, ...]:
        """Take ``(name, name, …)``."""
        self.expect("(")
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(")")
        return tuple(found)

    def finish(self) -> None:
        """Make sure that nothing follows.

        Raises:
            QueryError: 3706 if something does.
        """
        if not self.done:
            raise self.expected("the end of the request")
