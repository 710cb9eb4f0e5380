"""Queries whose tables are known, from the grammar of SELECT; for the tests of any room."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

TABLES = ("D.ORDERS", "D.LINES", "E.ORDERS", 'D."a b"', "E.X$1")


class Made(NamedTuple):
    """A query.

    Args:
        text: names of its own (correlation names, names of WITH) stand in it as ``@n``.
        tables: the tables that it reads, in the order of the text.
    """

    text: str
    tables: tuple[str, ...]

    def named(self, prefix: str) -> str:
        """The text with its own names, each with this in front."""
        return self.text.replace("@", prefix)


class _Maker:
    """Draws the parts of one query; every name of its own is used once."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0
        self.tables: list[str] = []

    def _own(self) -> str:
        self._count += 1
        return f"@{self._count}"

    def _one(self, *choices: Callable[[], str]) -> str:
        return self._draw(st.sampled_from(choices))()

    def query(self, depth: int, commons: tuple[str, ...] = ()) -> str:
        """A query of one column ``A``; ``commons`` may be read and are no tables."""
        if not depth:
            return self._select(0, commons)
        return self._one(
            lambda: self._select(depth, commons), lambda: self._with(depth, commons), lambda: self._set(depth, commons)
        )

    def _with(self, depth: int, commons: tuple[str, ...]) -> str:
        name = self._own()
        inner = self._select(depth - 1, commons)
        return f"WITH {name} (A) AS ({inner}) {self._select(depth - 1, (*commons, name))}"

    def _set(self, depth: int, commons: tuple[str, ...]) -> str:
        operator = self._draw(st.sampled_from(["UNION ALL", "MINUS", "INTERSECT", "UNION"]))
        left = self._select(depth - 1, commons)
        return f"{left} {operator} {self._select(depth - 1, commons)}"

    def _select(self, depth: int, commons: tuple[str, ...]) -> str:
        sources: list[tuple[str, str]] = []
        head = self._draw(st.sampled_from(["SELECT {}.A", "SEL CAST({}.A AS INTEGER) AS A", "SELECT DISTINCT {}.A"]))
        text = self._source(depth, commons, sources)
        if self._draw(st.booleans()):
            joined = self._source(depth, commons, sources)
            left, right = sources[0][1], sources[-1][1]
            join = self._draw(st.sampled_from([f", {joined}", f" LEFT JOIN {joined} ON {left}.A = {right}.A"]))
            text += join
        name = sources[0][1]
        where = self._condition(depth, name, commons) if self._draw(st.booleans()) else ""
        return f"{head.format(name)} FROM {text}{where}"

    def _source(self, depth: int, commons: tuple[str, ...], sources: list[tuple[str, str]]) -> str:
        name = self._own()
        sources.append(("", name))
        choices: list[Callable[[], str]] = [lambda: f"{self._table()} {name}", lambda: f"{self._table()} AS {name}"]
        if commons:
            choices.append(lambda: f"{self._draw(st.sampled_from(commons))} {name}")
        if depth:
            choices.append(lambda: f"({self._select(depth - 1, commons)}) AS {name}")
        return self._one(*choices)

    def _table(self) -> str:
        table = self._draw(st.sampled_from(TABLES))
        self.tables.append(table)
        return table

    def _condition(self, depth: int, name: str, commons: tuple[str, ...]) -> str:
        choices: list[Callable[[], str]] = [
            lambda: f"EXTRACT(YEAR FROM {name}.A) > 1",
            lambda: f"TRIM(BOTH ' ' FROM {name}.A) = 'FROM D.LINES'",
            lambda: f"SUBSTRING({name}.A FROM 1 FOR 2) = ''",
        ]
        if depth:
            choices += [
                lambda: f"{name}.A IN ({self._select(depth - 1, commons)})",
                lambda: f"EXISTS ({self._select(depth - 1, commons)})",
                lambda: f"{name}.A > ({self._select(depth - 1, commons)})",
            ]
        return f" WHERE {self._one(*choices)}"


@st.composite
def queries(draw: st.DrawFn) -> Made:
    """A query with joins, derived tables, WITH, set operations and subqueries, up to a certain depth."""
    maker = _Maker(draw)
    text = maker.query(draw(st.integers(0, 3)))
    return Made(text, tuple(maker.tables))
