"""The catalog as a view sees it: its tables have the columns that they had when the view was made.

``SELECT *`` is expanded when a view is created (docs/teradata/ddl.md §2.6), so a column that a table gets later is
not in the view, and one that is dropped is missed.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dbee_dbt.emulator.environment import Environment, Relation
from dbee_dbt.model.names import fold

Seen = dict[str, dict[str, tuple[str, ...]]]
"""Columns of each relation by folded database and name."""


class SeenCatalog:
    """The catalog with the columns that were seen; a relation that was not seen is as it is."""

    def __init__(self, environment: Environment, seen: Seen) -> None:
        self._environment = environment
        self._seen = seen

    def relation(self, database: str | None, name: str) -> Relation:
        """The table or view of this name, with the columns that were seen and are still there."""
        found = self._environment.relation(database, name)
        names = self._seen.get(fold(found.database), {}).get(fold(found.name))
        if names is None:
            return found
        columns = {fold(column.name): column for column in found.columns}
        kept = tuple(columns[fold(column)] for column in names if fold(column) in columns)
        return msgspec.structs.replace(found, columns=kept)

    def function(self, database: str | None, name: str) -> object | None:
        """A SQL function of this name as it is now, or None."""
        return self._environment.function(database, name)


class SeeingEnvironment:
    """An environment that notes the columns of each relation that is looked up."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.seen: Seen = {}

    def relation(self, database: str | None, name: str) -> Relation:
        """The table or view of this name."""
        found = self._environment.relation(database, name)
        names = tuple(column.name for column in found.columns)
        self.seen.setdefault(fold(found.database), {})[fold(found.name)] = names
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)
