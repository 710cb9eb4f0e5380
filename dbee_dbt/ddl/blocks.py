"""Where a compound statement ends: the blocks of SPL, told from the words that only look like them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Words that do not end the beginning of a statement: what may stand between parameters and body (spl.md §6.2).
_HEADER = frozenset(
    """CONTAINS MODIFIES READS NO SQL DATA DYNAMIC RESULT SETS SECURITY CREATOR DEFINER INVOKER OWNER LANGUAGE
    NOT DETERMINISTIC CALLED ON NULL INPUT""".split()
)
_NOT_A_BLOCK = frozenset({"TRANSACTION", "LOGGING", "QUERY", "ISOLATED", "("})
_CLOSED_BY_NAME = frozenset({"IF", "CASE", "WHILE", "LOOP", "REPEAT", "FOR", "REQUEST"})
_OPENERS = frozenset({"IF", "WHILE", "LOOP", "REPEAT", "FOR", "CASE"})
# What a word must stand in, innermost, for a statement to begin behind it.
_BEGINS_STATEMENT = {"THEN": ("IF", "CASE"), "ELSE": ("IF", "CASE"), "DO": ("WHILE", "FOR")}
_ROUTINES = frozenset({"PROCEDURE", "MACRO", "TRIGGER", "FUNCTION"})
_EXPRESSION = "expression"
_BEFORE_CONDITION = frozenset({"FOR", ",", "SQLSTATE", "VALUE", "NOT"})
_IN_CONDITION = frozenset({",", "VALUE"})


def closing_parenthesis(keys: Sequence[str], at: int, stop: int) -> int:
    """The index of the parenthesis that closes the one at ``at``; ``stop`` where none before it does."""
    depth = 0
    for index in range(at, stop):
        if keys[index] == "(":
            depth += 1
        elif keys[index] == ")":
            depth -= 1
            if depth == 0:
                return index
    return stop


def unclosed_parenthesis(keys: Sequence[str]) -> int | None:
    """The index of the first parenthesis that nothing closes; None where there is none."""
    opened: list[int] = []
    for index, key in enumerate(keys):
        if key == "(":
            opened.append(index)
        elif key == ")" and opened:
            opened.pop()
    return opened[0] if opened else None


class BlockReader:
    """Reads a procedure, or a trigger with BEGIN ATOMIC, up to its end (docs/teradata/spl.md §6.3).

    It keeps a stack of what is open and whether a statement may begin here: IF, CASE, the loops and labels are
    such only there. Columns named like them are quoted, and so are no words.

    Args:
        keys: keys of the significant tokens of the script.
        stop: index no block can reach over: a BTEQ command, or the end.
    """

    def __init__(self, keys: Sequence[str], stop: int) -> None:
        self._keys = keys
        self._stop = stop
        self._open: list[str] = []
        self._places: list[int] = []
        self._counts: Counter[str] = Counter()
        self._starts = True
        self._was_block = False
        self._at = 0

    def end(self, at: int) -> int:
        """Where the statement ends: the index of its ``;``, or of the next statement where it has none.

        A block that is never closed ends in front of the next routine; see :attr:`unclosed`.

        Args:
            at: index behind the parameters of a procedure, or of the BEGIN of a trigger.
        """
        while at < self._stop:
            if not self._open and (self._keys[at] == ";" or self._was_block):
                return self._behind_block(at) if self._was_block else at
            if self._starts and self._open and self._begins_routine(at):
                return at - 1
            self._at = at
            at = self._step(at)
        return self._stop

    def _begins_routine(self, at: int) -> bool:
        """True where a routine is created, which no routine does: the block in front was never closed."""
        return self._keys[at] in ("CREATE", "REPLACE") and self._key(at + 1) in _ROUTINES

    @property
    def unclosed(self) -> int | None:
        """The index of the outermost block that was never closed; None where none is open."""
        return self._places[0] if self._open and not self._was_block else None

    def _behind_block(self, at: int) -> int:
        """The ``;`` behind the last END and its label; without one, whatever follows is another statement."""
        return at + 1 if self._key(at) != ";" and self._key(at + 1) == ";" else at

    def _key(self, at: int) -> str:
        return self._keys[at] if at < self._stop else ";"

    def _top(self) -> str:
        return self._open[-1] if self._open else ""

    def _push(self, kind: str) -> None:
        self._open.append(kind)
        self._places.append(self._at)
        self._counts[kind] += 1

    def _pop(self, kind: str) -> bool:
        """Closes the innermost block of this kind, and what was left open in it; False where none is open."""
        if not self._counts[kind]:
            return False
        while (closed := self._open.pop()) != kind:
            self._counts[closed] -= 1
        self._counts[kind] -= 1
        del self._places[len(self._open) :]
        return True

    def _step(self, at: int) -> int:
        """Takes one token or phrase; returns where the next one is."""
        key = self._keys[at]
        starts, self._starts = self._starts, False
        if key == ";":
            self._end_of_statement()
        elif key == "(":
            self._push("(")
        elif key == ")":
            self._pop("(")
        elif key == "END":
            return self._end(at)
        elif key == "BEGIN" and (starts or not self._open):
            self._begin(at)
        elif starts:
            return self._beginning(at)
        elif key == "CASE":
            self._push(_EXPRESSION)
        elif key in _BEGINS_STATEMENT:
            self._starts = self._top() in _BEGINS_STATEMENT[key]
        return at + 1

    def _end_of_statement(self) -> None:
        # No statement ends inside parentheses or an expression: what is still open there was never closed.
        while self._top() in ("(", _EXPRESSION):
            self._pop(self._top())
        self._starts = True

    def _beginning(self, at: int) -> int:
        """A token with which a statement begins."""
        key = self._keys[at]
        if self._key(at + 1) == ":":
            self._starts = True
            return at + 2
        if key in _OPENERS:
            self._push(key)
            self._starts = key in ("LOOP", "REPEAT")
        elif key in _HEADER and not self._open:
            self._starts = True
        elif key == "DECLARE" and self._key(at + 2) == "HANDLER":
            self._starts = True
            return self._behind_conditions(at + 3)
        return at + 1

    def _behind_conditions(self, at: int) -> int:
        """Where the action of a handler begins, given where its FOR is: conditions are separated by commas."""
        at += 1
        while self._key(at) in _IN_CONDITION or self._key(at - 1) in _BEFORE_CONDITION:
            if self._key(at) == ";":
                break
            at += 1
        return at

    def _begin(self, at: int) -> None:
        following = self._key(at + 1)
        if following not in _NOT_A_BLOCK:
            self._push("REQUEST" if following == "REQUEST" else "BEGIN")
            self._starts = True

    def _end(self, at: int) -> int:
        following = self._key(at + 1)
        if self._top() == _EXPRESSION:
            self._pop(_EXPRESSION)
            return at + 1
        if following in _NOT_A_BLOCK:
            return at + 1
        named = following in _CLOSED_BY_NAME
        if self._pop(following if named else "BEGIN"):
            self._was_block = not self._open
        return at + 2 if named else at + 1
