"""The physical schema as a change would leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dbee_dbt.compare.texts import same_text
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.impact import ChangedRelation
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import View
from dbee_dbt.model.types import DataType
from dbee_dbt.project.impact.held import CatalogSchema, Held, Key, Physical, TypedColumn


class ChangedSchema:
    """A schema in the databases that a change tells of, and all else as it is.

    A database of which the change holds nothing is none of its matter, and so is what dbt builds.

    Args:
        before: as it is.
        change: the catalog of what would be.
        built: keys of what the project builds.
    """

    def __init__(self, before: Physical, change: Catalog, built: Iterable[Key]) -> None:
        self._databases = frozenset(map(fold, change.databases))
        self._before = before
        self._after = CatalogSchema(change, self._databases)
        self._built = frozenset(built)

    def _of(self, key: Key) -> Physical:
        return self._after if key[0] in self._databases and key not in self._built else self._before

    def find(self, key: Key) -> Held | None:
        return self._of(key).find(key)

    def is_missing(self, key: Key) -> bool:
        return self._of(key).is_missing(key)

    def names(self) -> Iterator[Key]:
        keys = dict.fromkeys((*self._before.names(), *self._after.names()))
        return (key for key in keys if self.find(key) is not None)

    def differing(self) -> Iterator[tuple[Key, ChangedRelation]]:
        """The tables and views that differ by what the catalogs say, by key; of views also those of another text."""
        for key in sorted({*self._before.names(), *self._after.names()}):
            if key[0] in self._databases and key not in self._built:
                found = self._difference(key)
                if found is not None:
                    yield key, found

    def _difference(self, key: Key) -> ChangedRelation | None:
        before, after = self._before.find(key), self._after.find(key)
        one = before or after
        assert one is not None, "it is in one of them"
        shown = qualified(one.database, one.name)
        if after is None:
            return ChangedRelation(object=shown, what="removed") if self._after.is_missing(key) else None
        if before is None:
            return ChangedRelation(object=shown, what="added")
        if before.columns is None or after.columns is None or before.text is not None:
            return None if _is_same_view(before, after) else ChangedRelation(object=shown, what="altered")
        clauses = tuple(column_clauses(before.columns, after.columns))
        return ChangedRelation(object=shown, what="altered", columns=clauses) if clauses else None


def _is_same_view(before: Held, after: Held) -> bool:
    """True for views whose texts say the same; what their columns are follows from what they read."""
    if before.text is None or after.text is None:
        return before.kind == after.kind and before.text == after.text
    owner = View(database=before.database, name=before.name)
    return same_text(owner, before.text, after.text)


def column_clauses(before: Iterable[TypedColumn], after: Iterable[TypedColumn]) -> Iterator[str]:
    """What happens to columns, one clause each: removed, added, another type."""
    old, new = ({fold(column.name): column for column in columns} for columns in (before, after))
    for key, column in old.items():
        if key not in new:
            yield f"{column.name} removed"
        elif is_other(column.type, new[key].type):
            yield f"{column.name} {type_text(column.type)} → {type_text(new[key].type)}"
    yield from (f"{column.name} added" for key, column in new.items() if key not in old)


def is_other(one: DataType | None, other: DataType | None) -> bool:
    """True where both types are known and differ; a character set counts where both are known."""
    if one is None or other is None or one.is_same(other):
        return False
    return one.base != other.base or (one.charset or other.charset) != (other.charset or one.charset)


def type_text(kind: DataType | None) -> str:
    """A type as it is shown."""
    return "?" if kind is None else kind.text
