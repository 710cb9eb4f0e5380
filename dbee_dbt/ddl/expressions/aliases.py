"""Names that a select list gives to its expressions, which other expressions of the same SELECT may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from dbee_dbt.model.names import fold

T = TypeVar("T")


class Aliases(Generic[T]):
    """What the names of one select list mean; each is read when it is asked for."""

    def __init__(self) -> None:
        self._readers: dict[str, Callable[[], T]] = {}
        self._open: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._readers

    def add(self, name: str, read: Callable[[], T]) -> None:
        """Add a name; where two expressions have one, the first is meant."""
        self._readers.setdefault(fold(name), read)

    def find(self, name: str) -> T | None:
        """What a name means; None for one that is not there, and for one that is asked for while it is read."""
        key = fold(name)
        read = self._readers.get(key)
        if read is None or key in self._open:
            return None
        self._open.add(key)
        try:
            return read()
        finally:
            self._open.discard(key)
