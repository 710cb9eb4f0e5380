"""The tables that a query names, told from its tokens alone: for what the parser does not read."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.references.found import Mention, Walk
from dbee_dbt.model.names import fold
from dbee_dbt.model.reserved import RESERVED

_HEADS = {"FROM": "reads", "JOIN": "reads", "USING": "reads", "INTO": "writes", "UPDATE": "writes", "UPD": "writes"}
_WRITES = frozenset({"INSERT", "INS", "DELETE", "DEL", "UPDATE", "UPD", "MERGE"})
_QUERY = frozenset({"SELECT", "SEL", "WITH", "LOCKING", "LOCK"})
# A comma at the depth of a FROM divides its tables up to one of these.
_ENDS_FROM = frozenset(
    "WHERE GROUP HAVING QUALIFY ORDER SAMPLE UNION INTERSECT EXCEPT MINUS ON SET WHEN VALUES SELECT SEL ;".split()
)
_NO_TABLE = frozenset({"(", "TABLE", "SELECT", "SEL", "VALUES", "ALL"})
_NO_ALIAS = RESERVED | frozenset({"SAMPLE", "QUALIFY", "EXPAND", "PIVOT", "UNPIVOT", "MINUS"})


def read_tokens(walk: Walk, start: int, stop: int, cut: tuple[int, int], hidden: frozenset[str]) -> None:
    """Notes the tables behind FROM, JOIN, INTO, UPDATE and USING, and functions with a database in front.

    Names of WITH are none, nor is what follows FROM in ``EXTRACT``, ``SUBSTRING`` or ``TRIM``.

    Args:
        walk: the statement.
        start: index of the first token.
        stop: index behind the last one.
        cut: tokens to pass over.
        hidden: folded names that are no tables.
    """
    _Tokens(walk, start, stop, cut, hidden | frozenset(_commons(walk, start, stop))).read()


def _commons(walk: Walk, start: int, stop: int) -> Iterator[str]:
    """Names of WITH: ``WITH [RECURSIVE] x [(…)] AS (`` and, behind a comma, the same again."""
    for at in range(start, stop):
        if walk.keys[at] not in ("WITH", ","):
            continue
        name = at + 1 + (walk.keys[at + 1] == "RECURSIVE")
        behind = walk.closing(name + 1, stop) + 1 if walk.keys[name + 1] == "(" else name + 1
        if walk.is_name(name) and behind + 1 < stop and walk.keys[behind : behind + 2] == ["AS", "("]:
            yield fold(walk.path(name)[0][-1])


class _Tokens:
    """One pass; for every open parenthesis it is known whether a list of tables goes on behind a comma."""

    def __init__(self, walk: Walk, start: int, stop: int, cut: tuple[int, int], hidden: frozenset[str]) -> None:
        self._walk = walk
        self._at, self._stop, self._cut, self._hidden = start, stop, cut, hidden
        self._lists = [False]
        self._queries = [True]
        self._aliases: dict[str, Mention] = {}
        self._first = len(walk.mentions)

    def read(self) -> None:
        while self._at < self._stop:
            if self._cut[0] <= self._at < self._cut[1]:
                self._at = self._cut[1]
            else:
                self._at = self._step(self._at)
        self._resolve_targets()

    def _step(self, at: int) -> int:
        key = self._walk.keys[at]
        if key == "(":
            self._open(at)
        elif key == ")":
            self._close()
        elif key in _WRITES and self._walk.keys[at - 1] not in ("FOR", "THEN"):
            return self._target(at)
        elif key in _HEADS and self._queries[-1]:
            self._lists[-1] = key == "FROM"
            return self._table(at + 1, _HEADS[key])
        elif key == "," and self._lists[-1]:
            return self._table(at + 1, "reads")
        elif key in _ENDS_FROM:
            self._lists[-1] = False
        elif self._walk.is_name(at):
            return self._name(at)
        return at + 1

    def _open(self, at: int) -> None:
        """A parenthesis behind FROM, JOIN or a comma of FROM holds tables; before SELECT, a query; else neither."""
        following, before = self._walk.keys[at + 1], self._walk.keys[at - 1]
        is_join = following not in _QUERY and (before in ("FROM", "JOIN") or (before == "," and self._lists[-1]))
        is_query = following in _QUERY or following == "("
        self._queries.append(is_query or is_join)
        self._lists.append(is_join)
        if is_join and self._walk.is_name(at + 1):
            self._note(at + 1, "reads")

    def _close(self) -> None:
        if len(self._lists) > 1:
            self._lists.pop()
            self._queries.pop()

    def _target(self, at: int) -> int:
        """INSERT [INTO] t, UPDATE t, DELETE [FROM] t, MERGE [INTO] t."""
        named = at + 1 + (self._walk.keys[at + 1] in ("INTO", "FROM"))
        return self._table(named, "writes")

    def _table(self, at: int, how: str) -> int:
        if self._walk.keys[at] in _NO_TABLE or not self._walk.is_name(at):
            return at
        return self._note(at, how)

    def _note(self, at: int, how: str) -> int:
        parts, behind = self._walk.path(at)
        if self._walk.keys[behind] == "(" and how == "reads":
            return self._name(at)
        mention = Mention(how, parts[-2:], at, behind - 1)
        named = behind + (self._walk.keys[behind] == "AS")
        if self._walk.is_name(named) and self._walk.keys[named] not in _NO_ALIAS:
            self._aliases[fold(self._walk.path(named)[0][-1])] = mention
            behind = named + 1
        if len(parts) > 1 or fold(parts[0]) not in self._hidden:
            self._walk.mentions.append(mention)
        return behind

    def _name(self, at: int) -> int:
        """A name anywhere else: a call where a database and a parenthesis stand around it, else a column."""
        parts, behind = self._walk.path(at)
        if len(parts) == 2 and self._walk.keys[behind] == "(":
            self._walk.mentions.append(Mention("calls", parts, at, behind - 1, "function"))
        elif len(parts) > 2:
            self._walk.qualifiers.append(Mention("reads", parts[-3:-1], at, behind - 3))
        elif len(parts) == 2 and self._walk.keys[behind : behind + 2] == [".", "*"]:
            self._walk.qualifiers.append(Mention("reads", parts, at, behind - 1))
        return max(behind, at + 1)

    def _resolve_targets(self) -> None:
        """``UPDATE a FROM t a``: what is written is the table that goes by the name."""
        mentions = self._walk.mentions
        for index in range(self._first, len(mentions)):
            found = mentions[index]
            meant = self._aliases.get(fold(found.parts[0])) if len(found.parts) == 1 else None
            if found.how == "writes" and meant is not None and meant is not found and meant in mentions:
                mentions.remove(meant)
                mentions[mentions.index(found)] = meant._replace(how="writes")
                return
