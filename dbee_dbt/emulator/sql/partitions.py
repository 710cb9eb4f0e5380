"""Row partitioning: which rows no partition of a table takes (5728).

Source: docs/teradata/ddl.md §2.1; error 5728 of Messages (B035-1096): each level's expression must give a partition,
and one that is neither RANGE_N nor CASE_N a number from 1 to 65535.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions import bind_condition, bind_value, parse_expression
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.binder import Binder
from dbee_dbt.ddl.expressions.bound import FromTable
from dbee_dbt.ddl.expressions.cursor import Cursor
from dbee_dbt.ddl.expressions.families import INTEGER
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.expressions.scope import table_source
from dbee_dbt.emulator.sql import target as t
from dbee_dbt.emulator.sql.failures import teradata_error

_LARGEST = 65535  # partition number of a level that is neither RANGE_N nor CASE_N
_MOVING = frozenset({"CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME"})


class Level(Struct, frozen=True):
    """What one level of partitioning says.

    Args:
        tests: of CASE_N its conditions in order; of RANGE_N one for each range.
        operand: of RANGE_N what the ranges are of, else None.
        other: NO RANGE or NO CASE: rows that no test takes have a partition.
        unknown: UNKNOWN: rows of which a test cannot be decided have one.
    """

    tests: tuple[s.Expression, ...]
    operand: s.Expression | None = None
    other: bool = False
    unknown: bool = False


def read_level(text: str) -> Level | None:
    """What one level says; None for one by columns, which takes every row.

    Args:
        text: the level's expression, canonical.

    Raises:
        QueryError, NotKnownError: it is not understood.
    """
    c = Cursor(text)
    if any(word in _MOVING for word in c.words):
        raise NotKnownError("partitioning by the current date or time", c.at)
    if c.word() == "COLUMN":
        return None
    if c.accept("RANGE_N", "("):
        operand = parse_expression.value(c)
        c.expect("BETWEEN")
        level = Level(_ranges(c, operand), operand, *_tail(c, "RANGE"))
    elif c.accept("CASE_N", "("):
        level = Level(_cases(c), None, *_tail(c, "CASE"))
    else:
        level = _numbered(parse_expression.value(c))
    if c.accept("ADD"):
        c.whole()
    c.finish()
    return level


def _numbered(number: s.Expression) -> Level:
    at = number.at
    whole = s.Cast(at=at, operand=number, type=INTEGER, attributes=s.Attributes(), form="cast")
    inside = s.Between(at=at, operand=whole, low=s.Number(at=at, text="1"), high=s.Number(at=at, text=str(_LARGEST)))
    return Level((inside,), number)


def _at_tail(c: Cursor) -> bool:
    return c.word() == "UNKNOWN" or (c.word() == "NO" and c.word(1) in ("RANGE", "CASE"))


def _cases(c: Cursor) -> tuple[s.Expression, ...]:
    found = [parse_expression.expression(c)]
    while c.accept(","):
        if _at_tail(c):
            break
        found.append(parse_expression.expression(c))
    return tuple(found)


def _ranges(c: Cursor, operand: s.Expression) -> tuple[s.Expression, ...]:
    """One condition for each range; a range without an end goes up to the next one's start."""
    found: list[s.Expression] = []
    open_from: list[s.Expression] = []
    while True:
        low = _bound(c)
        if open_from:
            found.append(_between(operand, open_from.pop(), "<", low))
        if c.accept("AND"):
            found.append(_between(operand, low, "<=", _bound(c)))
        else:
            open_from.append(low or operand)
        if c.accept("EACH"):
            parse_expression.value(c)
        if not c.accept(",") or _at_tail(c):
            break
    if open_from:
        raise c.expected("'AND'")
    return tuple(found)


def _bound(c: Cursor) -> s.Expression | None:
    """A bound of a range; None for ``*``, which is none."""
    return None if c.accept("*") else parse_expression.value(c)


def _between(operand: s.Expression, low: s.Expression | None, operator: str, high: s.Expression | None) -> s.Expression:
    """The condition that the operand is in the range; an operand that is its own bound has none."""
    at = operand.at
    above = s.Comparison(at=at, operator=">=", left=operand, right=low or operand)
    below = s.Comparison(at=at, operator=operator if high else "<=", left=operand, right=high or operand)
    return s.Logical(at=at, operator="AND", left=above, right=below)


def _tail(c: Cursor, word: str) -> tuple[bool, bool]:
    """``NO RANGE``, ``NO RANGE OR UNKNOWN``, ``NO RANGE, UNKNOWN`` or ``UNKNOWN``, up to the closing parenthesis."""
    other = c.accept("NO", word)
    unknown = (c.accept("OR", "UNKNOWN") or c.accept(",", "UNKNOWN")) if other else c.accept("UNKNOWN")
    c.expect(")")
    return other, unknown


def check_partitions(target: t.Target, rows: str) -> None:
    """Refuse rows that have no partition (5728).

    Args:
        target: the table.
        rows: a FROM item whose columns are the table's.

    Raises:
        TeradataError: 5728.
        NotKnownError: a level is not understood, so that nobody can tell.
    """
    if any(t.exists(target.env, query) for query in without_partition(target, rows)):
        raise teradata_error(5728, target.name)


def without_partition(target: t.Target, rows: str, what: str = "1") -> Iterator[str]:
    """Queries of the rows that have no partition, one a level that does not take every row.

    Args:
        target: the table.
        rows: a FROM item whose columns are the table's.
        what: is selected of each row.

    Raises:
        NotKnownError: a level is not understood, so that nobody can tell.
    """
    for text in target.relation.partitioning:
        try:
            found = _without_partition(target, text)
        except (QueryError, NotKnownError) as problem:
            raise NotKnownError(f"rows of {target.name}, which is partitioned by {text}") from problem
        if found is not None:
            yield f"SELECT {what} FROM {rows} AS s{found[0]} WHERE {found[1]}"


def _without_partition(target: t.Target, text: str) -> tuple[int, str] | None:
    """The number of the source of rows, and DuckDB SQL that is true for rows without a partition."""
    level = read_level(text)
    if level is None or (level.other and level.unknown):
        return None
    b = Binder(target.env.settings, target.env)
    visible, source = table_source(b.number(), target.relation, None, target.env.settings)
    assert isinstance(source, FromTable)
    scope = b.scope(None)
    scope.add(visible)
    renderer = t.renderer(target.env)
    tests = [renderer.value(bind_condition.condition(b, scope, test)) for test in level.tests]
    if level.operand is not None:
        operand = renderer.value(bind_value.value(b, scope, level.operand).value)
        return source.number, _outside_ranges(level, operand, tests)
    return source.number, _outside_cases(level, tests)


def _outside_ranges(level: Level, operand: str, tests: list[str]) -> str:
    inside = " OR ".join(f"({test})" for test in tests)
    return f"CASE WHEN {operand} IS NULL THEN {not level.unknown} WHEN {inside} THEN false ELSE {not level.other} END"


def _outside_cases(level: Level, tests: list[Any]) -> str:
    """The first condition that is not false decides."""
    branches = " ".join(f"WHEN ({test}) THEN false WHEN ({test}) IS NULL THEN {not level.unknown}" for test in tests)
    return f"CASE {branches} ELSE {not level.other} END"
