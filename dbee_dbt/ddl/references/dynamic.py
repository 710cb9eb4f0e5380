"""SQL that a procedure puts together as it runs: what its literal parts name may be referenced, and more may be."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.literals import string_value
from dbee_dbt.ddl.references.found import Mention, Walk
from dbee_dbt.ddl.references.tokens import read_tokens
from dbee_dbt.model.names import fold

_UNKNOWN = "{{?}}"  # a piece that is no literal; what it touches is no name that is known
_DEPTH = 3  # variables made of variables
_DDL = frozenset("CREATE DROP ALTER RENAME REPLACE COLLECT GRANT REVOKE COMMENT CALL EXEC EXECUTE".split())
_KINDS = frozenset("TABLE VIEW MACRO PROCEDURE FUNCTION TRIGGER CALL EXEC EXECUTE ON".split())


class Dynamic:
    """The dynamic SQL of one body.

    Args:
        walk: the statement that holds the body.
        start: index of the body's first token.
        stop: index behind its last one.
    """

    def __init__(self, walk: Walk, start: int, stop: int) -> None:
        self._walk = walk
        self._start, self._stop = start, stop
        self._prepared: set[str] = set()
        self._assigned: dict[str, list[tuple[int, int]]] | None = None

    def reads(self, at: int, end: int) -> bool:
        """True if the statement at an index is dynamic SQL; what its literals name is noted."""
        expression = self._expression(at, end)
        if expression is None:
            return False
        if expression != (0, 0):
            self._read(*expression)
        return True

    def _expression(self, at: int, end: int) -> tuple[int, int] | None:
        """The tokens of the SQL text; (0, 0) where a prepared statement runs, whose text was read before."""
        keys = self._walk.keys
        if keys[at] in ("EXECUTE", "EXEC"):
            if keys[at + 1] == "IMMEDIATE":
                return at + 2, end
            return (0, 0) if keys[at + 1] in self._prepared else None
        if keys[at] == "PREPARE":
            self._prepared.add(keys[at + 1])
            return self._walk.find(("FROM",), at, end) + 1, end
        parts, behind = self._walk.path(at + 1)
        if keys[at] == "CALL" and parts and fold(parts[-1]) == "SYSEXECSQL":
            return behind, end
        return None

    def _read(self, start: int, stop: int) -> None:
        if any(self._walk.tokens[index].kind in ("word", "quoted name") for index in range(start, stop)):
            self._walk.dynamic.append(self._walk.place(self._walk.tokens[start - 1].start))
        for first, text in self._texts(start, stop, _DEPTH):
            self._note(first, text)

    def _texts(self, start: int, stop: int, depth: int) -> Iterator[tuple[int, str]]:
        """The texts that an expression may be, each with the index of the token that stands for its place."""
        pieces, first = "", start
        for index in range(start, stop):
            token = self._walk.tokens[index]
            value = string_value(token.text) if token.kind == "string" else None
            if value is not None:
                first = first if pieces.replace(_UNKNOWN, "") else index
                pieces += value
            elif token.kind in ("word", "quoted name"):
                pieces += "" if pieces.endswith(_UNKNOWN) else _UNKNOWN
                for section in self._assignments(fold(token.text)) if depth else ():
                    yield from self._texts(*section, depth - 1)
        if pieces.replace(_UNKNOWN, ""):
            yield first, pieces

    def _assignments(self, name: str) -> list[tuple[int, int]]:
        """What is assigned to a variable in this body: ``SET v = …`` and ``DECLARE v … DEFAULT …``.

        Told once, so that what stands in several texts is noted once, and variables made of each other come to an end.
        """
        if self._assigned is None:
            self._assigned = {}
            for at in range(self._start, self._stop):
                self._assignment(at)
        return self._assigned.pop(name, [])

    def _assignment(self, at: int) -> None:
        keys, assigned = self._walk.keys, self._assigned
        assert assigned is not None, "made by the caller"
        if keys[at] == "SET" and keys[at + 2] == "=":
            assigned.setdefault(keys[at + 1], []).append((at + 3, self._walk.find((";",), at, self._stop)))
        elif keys[at] == "DECLARE":
            end = self._walk.find((";",), at, self._stop)
            default = self._walk.find(("DEFAULT",), at, end)
            if default < end:
                assigned.setdefault(keys[at + 1], []).append((default + 1, end))

    def _note(self, at: int, text: str) -> None:
        """Notes what one text names, at the place of the literal with which it begins."""
        inner = Walk(text, tokenize(text), self._walk.database)
        read_tokens(inner, 0, inner.stop, (0, 0), frozenset())
        self._named_by_ddl(inner)
        for found in inner.mentions:
            if not any("{{" in part for part in found.parts):
                self._walk.mentions.append(Mention("may reference", found.parts, at, at, found.kind, False))

    def _named_by_ddl(self, inner: Walk) -> None:
        """The objects of DDL, CALL and EXEC."""
        if inner.keys[0] not in _DDL:
            return
        for at in range(inner.stop):
            if inner.keys[at] in _KINDS and inner.is_name(at + 1) and inner.keys[at + 1] not in _KINDS:
                kind = {"CALL": "procedure", "EXEC": "macro", "EXECUTE": "macro", "ON": ""}.get(inner.keys[at])
                inner.add("may reference", at + 1, inner.keys[at].lower() if kind is None else kind)
                return
