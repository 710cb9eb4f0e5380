"""A system read through an environment: asked by its physical database names, told by the logical ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from dbee_dbt.catalogs.rows import Row, Rows
from dbee_dbt.ddl.rewrite import with_databases
from dbee_dbt.model.catalog import Look, ObjectFilter, Scope, split_pattern
from dbee_dbt.model.environment import DatabaseMap
from dbee_dbt.model.errors import ConfigurationError, DdlError
from dbee_dbt.model.names import fold

_NAMES = ("database", "parent_database", "owner")  # keys of rows that name a database


class Databases(Struct, frozen=True):
    """The databases of a system that an environment maps.

    Args:
        environment: its name, for messages.
        map: its mapping.
        logical: logical names by physical ones, of what exists.
        folded: the same by folded names.
    """

    environment: str
    map: DatabaseMap
    logical: dict[str, str]
    folded: dict[str, str]

    def logical_scope(self, scope: Scope) -> Scope:
        """A scope that may name databases by either name, as a dbt project knows the physical ones, in logical names.

        Raises:
            ConfigurationError: a database is not mapped.
        """
        return Scope((self.map.look, *(_with_databases(look, self._name) for look in scope.looks)))

    def physical_scope(self, scope: Scope) -> Scope:
        """The same scope in the names of the system; databases that are not mapped are in none.

        Raises:
            ConfigurationError: a database that is spelled out is not mapped.
        """
        mapped = Look(databases=tuple(self.logical))
        return Scope((mapped, *map(self._look, scope.looks)))

    def _look(self, look: Look) -> Look:
        wanted = ObjectFilter(
            include=tuple(self._patterns(look.wanted.include, spelled=True)),
            exclude=tuple(self._patterns(look.wanted.exclude)),
        )
        nothing = bool(look.wanted.include) and not wanted.include
        named = _with_databases(Look(wanted, look.databases), self._physical)
        return Look(wanted, ()) if nothing else named

    def _patterns(self, patterns: Iterable[str], spelled: bool = False) -> Iterator[str]:
        for pattern in patterns:
            if pattern.lower().startswith("kind:"):
                yield pattern
                continue
            database, *rest = split_pattern(pattern)
            if spelled and not set(database) & set("*?"):
                self._physical(database)
            either = ObjectFilter(include=(_written(database),))
            for physical, logical in self.logical.items():
                if either.keeps_database(logical):
                    yield ".".join(map(_written, (physical, *rest)))

    def _physical(self, name: str) -> str:
        found = self.map.physical(name)
        if found is None:
            raise self._not_mapped(name)
        return found

    def _name(self, name: str) -> str:
        """The logical name of a database that is named by either."""
        if self.map.physical(name) is not None:
            return name
        found = self.map.logical(name)
        if found is None:
            raise self._not_mapped(name)
        return found

    def _not_mapped(self, name: str) -> ConfigurationError:
        return ConfigurationError(
            f"the environment {self.environment} maps no database of this name",
            subject=name,
            hint="Add it to the map of the environment in dbee.yml.",
        )

    def logical_rows(self, rows: Rows) -> tuple[Rows, tuple[str, ...]]:
        """Rows in logical names, and what may name one of the databases and was left as it is.

        Names of databases that are not mapped stay.
        """
        told: list[str] = []
        renamed = {
            facet: [self._row(row, told) for row in getattr(rows, facet)]
            for facet in rows.__struct_fields__
            if facet != "databases"
        }
        databases = [{**row, "name": self._logical(row["name"])} for row in rows.databases]
        return Rows(**renamed, databases=[self._row(row, told) for row in databases]), tuple(told)

    def _row(self, row: Row, told: list[str]) -> Row:
        found = {**row, **{key: self._logical(row[key]) for key in _NAMES if row.get(key)}}
        if row.get("text"):
            text, left = _renamed(row["text"], self.folded)
            found["text"] = text
            told += [f"{found['database']}.{found['name']}: {one}" for one in left]
        return found

    def _logical(self, name: str) -> str:
        return self.folded.get(fold(name), name)


def _renamed(text: str, logical: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A text with logical names; as it is, and told, where it cannot be read."""
    folded = fold(text)
    named = {physical: name for physical, name in logical.items() if physical in folded}
    if not named:
        return text, ()
    try:
        found = with_databases(text, named)
    except DdlError as error:
        return text, (f"its text could not be read, so names of databases in it stay: {error.what}",)
    return found.text, found.not_changed


def databases_of(environment: str, mapping: DatabaseMap, existing: Iterable[str]) -> Databases:
    """The databases that exist in a system and that an environment maps.

    Raises:
        ConfigurationError: the mapping is not one to one for one of them.
    """
    names = {name: logical for name in existing if (logical := mapping.logical(name)) is not None}
    return Databases(environment, mapping, names, {fold(name): logical for name, logical in names.items()})


def _with_databases(look: Look, renamed: Callable[[str], str]) -> Look:
    return Look(look.wanted, None if look.databases is None else tuple(map(renamed, look.databases)))


def _written(part: str) -> str:
    """A part of a pattern in quotes, so that no dot in it divides it."""
    return '"' + part.replace('"', '""') + '"'
