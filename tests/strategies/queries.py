"""Queries whose tables and whose columns' origins are known, from the grammar of SELECT; for the tests of any room."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

TABLES = ("D.ORDERS", "D.LINES", "E.ORDERS", 'D."a b"', "E.X$1")
"""Tables with the columns A and B."""


class Made(NamedTuple):
    """A query of one column, ``A``.

    Args:
        text: names of its own (correlation names, names of WITH) stand in it as ``@n``.
        tables: the tables that it reads, in the order of the text.
        origins: the tables whose column A its column comes from.
        is_direct: whether the column is that one unchanged.
    """

    text: str
    tables: tuple[str, ...]
    origins: frozenset[str]
    is_direct: bool

    def named(self, prefix: str) -> str:
        """The text with its own names, each with this in front."""
        return self.text.replace("@", prefix)


class _Part(NamedTuple):
    """A query or a source: its text, and from which tables its column A comes."""

    text: str
    origins: frozenset[str]
    is_direct: bool = True
    name: str = ""


_Commons = dict[str, _Part]


class _Maker:
    """Draws the parts of one query; every name of its own is used once."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0
        self.tables: list[str] = []

    def _own(self) -> str:
        self._count += 1
        return f"@{self._count}"

    def _one(self, *choices: Callable[[], _Part]) -> _Part:
        return self._draw(st.sampled_from(choices))()

    def query(self, depth: int) -> _Part:
        """A query."""
        if not depth:
            return self._select(0, {})
        return self._one(lambda: self._select(depth, {}), lambda: self._with(depth), lambda: self._set(depth))

    def _with(self, depth: int) -> _Part:
        name = self._own()
        inner = self._select(depth - 1, {})
        outer = self._select(depth - 1, {name: inner})
        return outer._replace(text=f"WITH {name} (A) AS ({inner.text}) {outer.text}")

    def _set(self, depth: int) -> _Part:
        operator = self._draw(st.sampled_from(["UNION ALL", "MINUS", "INTERSECT", "UNION"]))
        left, right = self._select(depth - 1, {}), self._select(depth - 1, {})
        text = f"{left.text} {operator} {right.text}"
        if "UNION" not in operator:
            return left._replace(text=text)
        return _Part(text, left.origins | right.origins, left.is_direct and right.is_direct)

    def _select(self, depth: int, commons: _Commons) -> _Part:
        head = self._draw(st.sampled_from(["SELECT {}.A", "SEL CAST({}.A AS INTEGER) AS A", "SELECT DISTINCT {}.A"]))
        first = self._source(depth, commons)
        text = first.text
        if self._draw(st.booleans()):
            joined = self._source(depth, commons)
            on = f" LEFT JOIN {joined.text} ON {first.name}.A = {joined.name}.A"
            text += self._draw(st.sampled_from([f", {joined.text}", on]))
        where = self._condition(depth, first.name, commons) if self._draw(st.booleans()) else ""
        is_direct = first.is_direct and "CAST" not in head
        return _Part(f"{head.format(first.name)} FROM {text}{where}", first.origins, is_direct)

    def _source(self, depth: int, commons: _Commons) -> _Part:
        name = self._own()
        choices = [lambda: self._table(f" {name}"), lambda: self._table(f" AS {name}")]
        if commons:
            choices.append(lambda: self._common(commons, name))
        if depth:
            choices.append(lambda: self._derived(depth, commons, name))
        return self._one(*choices)._replace(name=name)

    def _table(self, behind: str) -> _Part:
        table = self._draw(st.sampled_from(TABLES))
        self.tables.append(table)
        return _Part(table + behind, frozenset({table}))

    def _common(self, commons: _Commons, name: str) -> _Part:
        common = self._draw(st.sampled_from(sorted(commons)))
        return commons[common]._replace(text=f"{common} {name}")

    def _derived(self, depth: int, commons: _Commons, name: str) -> _Part:
        inner = self._select(depth - 1, commons)
        return inner._replace(text=f"({inner.text}) AS {name}")

    def _condition(self, depth: int, name: str, commons: _Commons) -> str:
        choices: list[Callable[[], str]] = [
            lambda: f"EXTRACT(YEAR FROM {name}.A) > 1",
            lambda: f"TRIM(BOTH ' ' FROM {name}.A) = 'FROM D.LINES'",
            lambda: f"SUBSTRING({name}.A FROM 1 FOR 2) = ''",
        ]
        if depth:
            choices += [
                lambda: f"{name}.A IN ({self._select(depth - 1, commons).text})",
                lambda: f"EXISTS ({self._select(depth - 1, commons).text})",
                lambda: f"{name}.A > ({self._select(depth - 1, commons).text})",
            ]
        return f" WHERE {self._draw(st.sampled_from(choices))()}"


@st.composite
def queries(draw: st.DrawFn) -> Made:
    """A query with joins, derived tables, WITH, set operations and subqueries, up to a certain depth."""
    maker = _Maker(draw)
    part = maker.query(draw(st.integers(0, 3)))
    return Made(part.text, tuple(maker.tables), part.origins, part.is_direct)
