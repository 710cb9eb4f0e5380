"""Tables and views as a catalog, or the rows of a dictionary, hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from dbee_dbt.ddl.types import read_type
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey, Table, View
from dbee_dbt.model.types import DataType

Key = tuple[str, str]
"""Database and name, folded."""

# What every table has and no ``*`` stands for: system-derived columns (Database Design, B035-1094).
_SYSTEM_COLUMNS = ("PARTITION", "ROWID", *(f"PARTITION#L{level}" for level in range(1, 63)))


class TypedColumn(NamedTuple):
    """A column by its name; the type is None where it is not known."""

    name: str
    type: DataType | None


class Held(NamedTuple):
    """A table or view.

    Args:
        database: as written.
        name: as written.
        kind: ``table``, ``view`` or another kind that has rows.
        columns: in order; None where they are not known.
        hidden: what can be named and is not in ``*``.
        text: of a view: its definition; None where it is not known.
    """

    database: str
    name: str
    kind: str
    columns: tuple[TypedColumn, ...] | None
    hidden: tuple[str, ...] = ()
    text: str | None = None


class Physical(Protocol):
    """The physical schema."""

    def find(self, key: Key) -> Held | None:
        """The table or view of this key, or None."""

    def is_missing(self, key: Key) -> bool:
        """True where there is certainly no table or view of this key: somebody looked there."""

    def names(self) -> Iterable[Key]:
        """The keys of all tables and views."""


class CatalogSchema:
    """The physical schema that a catalog tells of.

    Args:
        catalog: the catalog.
        databases: folded names of those of which absence means something; None: all that the catalog looked at.
    """

    def __init__(self, catalog: Catalog, databases: frozenset[str] | None = None) -> None:
        self._catalog = catalog
        self._databases = databases
        self._found: dict[Key, Held | None] = {}
        self._refused = any(refusal.file is not None for refusal in catalog.refusals)

    def find(self, key: Key) -> Held | None:
        if key not in self._found:
            self._found[key] = self._held(key)
        return self._found[key]

    def _held(self, key: Key) -> Held | None:
        for kind in ("table", "view", "foreign table"):
            found = self._catalog.objects.get(ObjectKey(kind, *key))
            if isinstance(found, Table):
                return _table(found)
            if isinstance(found, View):
                return _view(found)
        return None

    def is_missing(self, key: Key) -> bool:
        if not key[0] or self._catalog.partial or self._refused or self._is_another(key):
            return False
        if self._databases is not None and key[0] not in self._databases:
            return False
        either = (Table(database=key[0], name=key[1]), View(database=key[0], name=key[1]))
        return self.find(key) is None and all(self._catalog.scope.keeps(one) for one in either)

    def _is_another(self, key: Key) -> bool:
        """True for the name of an object of another kind; of some, rows can be read."""
        return any(ObjectKey(kind, *key) in self._catalog.objects for kind in self._kinds)

    @cached_property
    def _kinds(self) -> set[str]:
        return {key.kind for key in self._catalog.objects} - {"table", "view", "foreign table"}

    def names(self) -> Iterable[Key]:
        return (
            (key.database, key.name) for key, found in self._catalog.objects.items() if isinstance(found, (Table, View))
        )


def _table(found: Table) -> Held:
    columns = tuple(TypedColumn(column.name, column.type) for column in found.columns)
    hidden = (*(period.name for period in found.periods), *_SYSTEM_COLUMNS)
    return Held(found.database, found.name, found.kind, columns or None, hidden)


def _view(found: View) -> Held:
    """Of a view whose text is known the types come from there: the catalog seldom has them."""
    columns = tuple(TypedColumn(column.name, column.type) for column in found.columns)
    return Held(found.database, found.name, "view", columns or None, (), found.text)


class RowSchema:
    """The physical schema that rows of the dictionary macros tell of.

    Args:
        rows: as ``dbee_rows_for`` returns them, with ``texts`` of views where somebody asked for them.
        databases: the databases that were looked at.
    """

    def __init__(self, rows: dict[str, Any], databases: Iterable[str]) -> None:
        self._relations = {
            (fold(row["database"]), fold(row["name"])): row
            for row in rows["relations"]
            if row["kind"] in ("table", "view", "foreign table")
        }
        self._others = {(fold(row["database"]), fold(row["name"])) for row in rows["relations"]} - set(self._relations)
        self._columns: dict[Key, dict[str, TypedColumn]] = {}
        read = _reader()
        for row in rows["columns"]:
            key = fold(row["database"]), fold(row["relation"])
            columns = self._columns.setdefault(key, {})
            columns[fold(row["name"])] = TypedColumn(row["name"], read(row["type"]))
        self._texts = {(fold(row["database"]), fold(row["name"])): row["text"] for row in rows.get("texts", ())}
        self._databases = frozenset(map(fold, databases))
        self._partial = bool(rows.get("partial"))

    def find(self, key: Key) -> Held | None:
        row = self._relations.get(key)
        if row is None:
            return None
        columns = tuple(self._columns.get(key, {}).values())
        text = self._texts.get(key)
        return Held(row["database"], row["name"], row["kind"], columns or None, _SYSTEM_COLUMNS, text)

    def is_missing(self, key: Key) -> bool:
        return (
            key[0] in self._databases and not self._partial and key not in self._relations and key not in self._others
        )

    def names(self) -> Iterable[Key]:
        return self._relations


def _reader() -> Callable[[str | None], DataType | None]:
    """Reads type texts, each once."""
    known: dict[str, DataType | None] = {}

    def read(text: str | None) -> DataType | None:
        if text is None:
            return None
        if text not in known:
            try:
                known[text] = read_type(text)
            except DdlError:
                known[text] = None
        return known[text]

    return read
