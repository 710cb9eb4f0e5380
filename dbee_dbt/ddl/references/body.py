"""The names in bodies: statements of macros and triggers, and SPL (docs/teradata/spl.md §6.3, §6.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dbee_dbt.ddl.references.dynamic import Dynamic
from dbee_dbt.ddl.references.found import Walk
from dbee_dbt.ddl.references.query import Hidden, Section, read_expression, read_query, read_rollback, read_type_name
from dbee_dbt.model.names import fold

ReadStatement = Callable[[Walk, Section, Hidden], None]

_NOT_A_BLOCK = frozenset({"TRANSACTION", "LOGGING", "QUERY", "ISOLATED"})
_WITHOUT_NAMES = frozenset("OPEN FETCH CLOSE LEAVE ITERATE GET PRINT DEALLOCATE ALLOCATE RETURN BT ET COMMIT".split())
_WITH_EXPRESSIONS = frozenset({"SIGNAL", "RESIGNAL"})
_BLOCK_ENDS = {"IF": "THEN", "ELSEIF": "THEN", "WHEN": "THEN", "WHILE": "DO", "CASE": "WHEN", "UNTIL": "END"}
_GOES_ON = frozenset({";", "ELSE", "LOOP", "REPEAT", "(", ")"})
_CONDITION = frozenset({"SQLSTATE", "VALUE", "NOT", ","})
_DML = frozenset("INSERT INS UPDATE UPD DELETE DEL MERGE".split())
_SELECTS = frozenset({"SELECT", "SEL", "WITH"})


class Body(NamedTuple):
    """A body to read.

    Args:
        start: index of its first token.
        stop: index behind its last one.
        hidden: names that are no references in it.
    """

    start: int
    stop: int
    hidden: Hidden = Hidden()


def read_body(walk: Walk, body: Body, read_statement: ReadStatement) -> None:
    """Notes what the statements of a body name.

    Args:
        walk: the statement that holds the body.
        body: which of its tokens.
        read_statement: reads one statement that is none of SPL.
    """
    _Body(walk, body, read_statement).read()


class _Body:
    """Goes from the beginning of one statement to that of the next; blocks need no stack for their names."""

    def __init__(self, walk: Walk, body: Body, read_statement: ReadStatement) -> None:
        self._walk = walk
        self._at, self._stop = body.start, body.stop
        self._tables, self._rows = set(body.hidden.tables), set(body.hidden.rows)
        self._read_statement = read_statement
        self._dynamic = Dynamic(walk, body.start, body.stop)

    def read(self) -> None:
        while self._at < self._stop:
            self._at = max(self._step(self._at), self._at + 1)

    @property
    def _hidden(self) -> Hidden:
        return Hidden(frozenset(self._tables), frozenset(self._rows))

    def _key(self, at: int) -> str:
        return self._walk.keys[at] if at < self._stop else ""

    def _end(self, at: int) -> int:
        """The ``;`` of the statement at an index; none stands inside an expression."""
        return next((index for index in range(at, self._stop) if self._walk.keys[index] == ";"), self._stop)

    def _step(self, at: int) -> int:
        """Takes a statement, or what stands before one; returns where the next begins."""
        key = self._key(at)
        if key in _GOES_ON:
            return at + 1
        if self._key(at + 1) == ":" and self._walk.is_name(at):
            return at + 2
        match key:
            case "BEGIN":
                return self._begin(at)
            case "END":
                return self._end(at) if self._key(at + 1) not in ("", ")") else at + 1
            case "FOR":
                return self._loop(at)
            case "DECLARE":
                return self._declaration(at)
        if key in _BLOCK_ENDS:
            end = self._walk.find((_BLOCK_ENDS[key], ";"), at + 1, self._stop)
            self._expression(at + 1, end)
            return end + (key not in ("UNTIL", "CASE"))
        return self._statement(at, key)

    def _expression(self, start: int, stop: int) -> None:
        read_expression(self._walk, Section(start, stop), self._hidden)

    def _begin(self, at: int) -> int:
        following = self._key(at + 1)
        if following in _NOT_A_BLOCK:
            return self._end(at)
        return at + 2 if following in ("REQUEST", "ATOMIC") else at + 1

    def _loop(self, at: int) -> int:
        """FOR v AS [c CURSOR FOR] query DO: ``v.column`` is no table's."""
        end = self._walk.find(("DO", ";"), at + 1, self._stop)
        self._hide_row(at + 1)
        start = self._walk.find(("AS",), at, end) + 1
        if self._key(start + 1) == "CURSOR":
            self._hide_row(start)
            start = self._walk.find(("FOR",), start, end) + 1
        read_query(self._walk, Section(start, end), self._hidden)
        return end + 1

    def _hide_row(self, at: int) -> None:
        if self._walk.is_name(at):
            self._rows.add(fold(self._walk.tokens[at].text))

    def _declaration(self, at: int) -> int:
        end = self._end(at)
        if self._key(at + 2) == "HANDLER":
            return self._behind_conditions(at + 4)
        cursor = self._walk.find(("CURSOR",), at, end)
        if cursor < end:
            query = self._walk.find(("FOR",), cursor, end) + 1
            if self._key(query) in _SELECTS or self._key(query) in ("(", "LOCKING", "LOCK"):
                read_query(self._walk, Section(query, self._cursor_end(query, end)), self._hidden)
            return end
        default = self._walk.find(("DEFAULT",), at, end)
        self._expression(default + 1, end)
        name = at + 1
        while self._key(name + 1) == ",":
            name += 2
        if self._key(name + 1) != "CONDITION":
            read_type_name(self._walk, name + 1)
        return end

    def _cursor_end(self, start: int, end: int) -> int:
        """Where the query of a cursor ends: before FOR READ ONLY, FOR UPDATE."""
        behind = self._walk.find(("FOR",), start, end)
        return behind if self._key(behind + 1) in ("READ", "UPDATE") else end

    def _behind_conditions(self, at: int) -> int:
        """Where the action of a handler begins; ``at`` is the first of its conditions, divided by commas."""
        while at < self._stop and (self._key(at) in _CONDITION or self._key(at - 1) in (*_CONDITION, "FOR")):
            at += 1
        return at

    def _statement(self, at: int, key: str) -> int:
        end = self._end(at)
        if key == "SET" and (self._key(at + 2) in ("=", ".")):
            self._expression(self._walk.find(("=",), at, end) + 1, end)
        elif key in _WITH_EXPRESSIONS:
            self._expression(at + 1, end)
        elif key in ("ABORT", "ROLLBACK"):
            read_rollback(self._walk, Section(at + 1, end), self._hidden)
        elif key in _SELECTS:
            self._select(at, end)
        elif self._dynamic.reads(at, end) or key in _WITHOUT_NAMES:
            pass
        elif key in _DML:
            read_query(self._walk, Section(at, end, self._current_of(at, end)), self._hidden)
        else:
            self._other(at, end)
        return end

    def _select(self, at: int, end: int) -> None:
        into = self._walk.find(("INTO",), at, end)
        behind = self._walk.find(("FROM",), into, end) if into < end else into
        read_query(self._walk, Section(at, end, (into, behind)), self._hidden)

    def _current_of(self, at: int, end: int) -> tuple[int, int]:
        """``WHERE CURRENT OF cursor``."""
        is_there = end - at > 4 and self._walk.keys[end - 4 : end - 1] == ["WHERE", "CURRENT", "OF"]
        return (end - 4, end) if is_there else (0, 0)

    def _other(self, at: int, end: int) -> None:
        """Any other statement; a volatile table that it makes is no reference behind it."""
        before = len(self._walk.mentions)
        self._read_statement(self._walk, Section(at, end), self._hidden)
        found = self._walk.mentions[before:]
        self._walk.mentions[before:] = [one for one in found if not self._is_hidden(one.parts)]
        volatile = self._walk.find(("VOLATILE",), at, min(at + 3, end))
        if self._key(at) in ("CREATE", "CT") and self._key(volatile) == "VOLATILE":
            parts, _ = self._walk.path(self._walk.find(("TABLE",), volatile, end) + 1)
            self._tables.update(fold(part) for part in parts[-1:])

    def _is_hidden(self, parts: tuple[str, ...]) -> bool:
        return len(parts) == 1 and fold(parts[0]) in self._tables
