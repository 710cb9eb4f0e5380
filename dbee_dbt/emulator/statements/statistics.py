"""COLLECT STATISTICS and DROP STATISTICS: what was collected is recorded, nothing is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.lexer import Token, significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.statements import CollectStatistics
from dbee_dbt.emulator.errors import failure
from dbee_dbt.emulator.records import Statistic
from dbee_dbt.emulator.results import Result
from dbee_dbt.emulator.statements.names import required_table
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def collect_statistics(session: Session, meaning: CollectStatistics, at: Statement, rows: Sequence[Any]) -> Result:
    """COLLECT STATISTICS on columns, or again on all that were; DROP STATISTICS of some or all."""
    entry, table = required_table(session, meaning.database, meaning.name)
    named = list(_targets(table, meaning.text))
    known = {fold(column.name) for column in table.columns}
    for columns in named:
        for name in columns:
            if fold(name) not in known and fold(name) != "PARTITION":
                raise failure(3810, name)
    if meaning.drop:
        kept = [one for one in entry.statistics if named and one.columns not in named]
    else:
        kept = _collected(session, entry, named)
    session.replace(msgspec.structs.replace(entry, statistics=tuple(kept)))
    return Result(activity="Drop Statistics" if meaning.drop else "Collect Statistics")


def _collected(session: Session, entry: Any, named: list[tuple[str, ...]]) -> list[Statistic]:
    wanted = named or [one.columns for one in entry.statistics]
    rows = session.surroundings.count_rows(entry)
    found = {one.columns: one for one in entry.statistics}
    for columns in (*wanted, ()):
        found[columns] = Statistic(columns, session.stamp_time, rows)
    return list(found.values())


def _targets(table: Table, text: str) -> Iterator[tuple[str, ...]]:
    """What stands behind each COLUMN or INDEX: a name, or names in parentheses."""
    tokens = significant(tokenize(text))
    for place, token in enumerate(tokens[:-1]):
        word = token.text.upper()
        if token.kind == "word" and word in ("COLUMN", "COLUMNS", "INDEX"):
            names = tuple(_names(tokens, place + 1))
            yield _of_index(table, names) if word == "INDEX" and tokens[place + 1].text != "(" else names


def _names(tokens: Sequence[Token], at: int) -> Iterator[str]:
    if tokens[at].text != "(":
        yield name_of(tokens[at].text)
        return
    while at < len(tokens) and tokens[at].text != ")":
        if tokens[at].kind in ("word", "quoted name"):
            yield name_of(tokens[at].text)
        at += 1


def _of_index(table: Table, names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the index of this name."""
    named = [(index.name, index.columns) for index in table.indexes]
    if table.primary_index:
        named.append((table.primary_index.name, table.primary_index.columns))
    for name, columns in named:
        if name and fold(name) == fold(names[0]):
            return columns
    raise failure(3526)
