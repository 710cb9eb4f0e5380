"""Conditions of .IF and .ELSEIF: text to data and back (docs/teradata/bteq.md §4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dbee_dbt.bteq.commands import And, Comparison, Condition, Not, OpaqueCondition, Operand, Or

STATUS_VALUES = frozenset(
    """ERRORCODE ERRORLEVEL ACTIVITYCOUNT BTEQRETURNCODE SYSTEMRETURNCODE DELETECOUNT INSERTCOUNT UPDATECOUNT
    WARNINGCODE""".split()
)
_PIECE = re.compile(r"\s*(\$\{[^{}\s]*\}|\$\w+|\{\{[^{}]*\}\}|\w+|<>|!=|~=|\^=|<=|>=|[=<>()]|\S)")
_OPERATORS = {"!=": "<>", "~=": "<>", "^=": "<>", **{sign: sign for sign in ("=", "<>", "<", "<=", ">", ">=")}}
_DEEPEST = 40


class _NotReadError(Exception):
    """The text is no condition."""


def read_condition(text: str) -> Condition:
    """The condition that a text says; what is not understood becomes an opaque one.

    Args:
        text: what stands between IF and THEN, or the end of the line.
    """
    pieces = _PIECE.findall(text.strip())
    reader = _Reader(pieces)
    try:
        found = reader.condition(0)
        return found if reader.at == len(pieces) else OpaqueCondition(text.strip())
    except _NotReadError:
        return OpaqueCondition(text.strip())


def write_condition(condition: Condition) -> str:
    """The canonical text of a condition; each part of an AND, OR or NOT in parentheses."""
    match condition:
        case Comparison(left, operator, right):
            return f"{left} {operator} {right}"
        case Not(inner):
            return f"NOT ({write_condition(inner)})"
        case And(parts):
            return " AND ".join(f"({write_condition(part)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({write_condition(part)})" for part in parts)
        case OpaqueCondition(text):
            return text


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison within a condition."""
    match condition:
        case Comparison():
            yield condition
        case Not(inner):
            yield from comparisons(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)


def tested(condition: Condition) -> frozenset[str]:
    """The status values that a condition looks at; of an opaque one, those whose names stand in it."""
    if isinstance(condition, OpaqueCondition):
        return STATUS_VALUES & set(re.findall(r"\w+", condition.text.upper()))
    names = {side for found in comparisons(condition) for side in (found.left, found.right) if isinstance(side, str)}
    return STATUS_VALUES & names


class _Reader:
    """Recursive descent over the pieces of a condition."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.at = 0

    def _peek(self) -> str:
        return self.pieces[self.at].upper() if self.at < len(self.pieces) else ""

    def _take(self) -> str:
        if self.at == len(self.pieces):
            raise _NotReadError
        self.at += 1
        return self.pieces[self.at - 1]

    def condition(self, depth: int) -> Condition:
        parts, joint = [self._term(depth)], self._peek()
        while joint in ("AND", "OR") and self._peek() == joint:
            self._take()
            parts.append(self._term(depth))
        if self._peek() in ("AND", "OR"):  # a mix of both needs parentheses
            raise _NotReadError
        if len(parts) == 1:
            return parts[0]
        return And(tuple(parts)) if joint == "AND" else Or(tuple(parts))

    def _term(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise _NotReadError
        if self._peek() == "NOT":
            self._take()
            return Not(self._term(depth + 1))
        if self._peek() != "(":
            return self._comparison()
        self._take()
        found = self.condition(depth + 1)
        if self._take() != ")":
            raise _NotReadError
        return found

    def _comparison(self) -> Condition:
        left = self._operand()
        operator = _OPERATORS.get(self._take())
        if operator is None:
            raise _NotReadError
        return Comparison(left, operator, self._operand())

    def _operand(self) -> Operand:
        piece = self._take()
        if re.fullmatch(r"[0-9]{1,18}", piece):
            return int(piece)
        if piece.startswith(("${", "{{")) or re.fullmatch(r"\$\w+", piece):
            return piece
        if piece.upper() not in STATUS_VALUES:
            raise _NotReadError
        return piece.upper()
