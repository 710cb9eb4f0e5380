"""Names that a select list gives to its expressions, which other expressions of the same SELECT may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

from dbee_dbt.model.names import fold

N = TypeVar("N")
T = TypeVar("T")


class Aliases(Generic[N, T]):
    """What the names of one select list mean; each is read when it is asked for.

    A scope holds its aliases, so that what stands for a name must not hold the scope: whoever asks brings it.

    Args:
        named: names with what stands for each, gone through when the first name is looked for; where two have one name,
            the first is meant.
    """

    def __init__(self, named: Iterable[tuple[str, N]] = ()) -> None:
        self._named = named
        self._open: set[str] = set()

    @cached_property
    def _nodes(self) -> dict[str, N]:
        found: dict[str, N] = {}
        for name, node in self._named:
            found.setdefault(fold(name), node)
        return found

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._nodes

    def find(self, name: str, read: Callable[[N], T]) -> T | None:
        """What a name means, read from what stands for it; None for one that is not there or is being read."""
        key = fold(name)
        node = self._nodes.get(key)
        if node is None or key in self._open:
            return None
        self._open.add(key)
        try:
            return read(node)
        finally:
            self._open.discard(key)
