"""Environments: a system, and what the databases are called there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from dbee_dbt.model.catalog import Defaults, Look, ObjectFilter
from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.model.names import fold

_STAR = "*"


class DatabaseMap(Struct, frozen=True):
    """The one-to-one mapping between logical database names, those in Git, and physical ones.

    Args:
        entries: ``(logical, physical)`` as written: two names, or two patterns with one ``*`` each, which stands for
            the same in both. A name goes before a pattern.
    """

    entries: tuple[tuple[str, str], ...]

    def physical(self, logical: str) -> str | None:
        """What a database is called in the environment; None where the mapping says nothing of it.

        Raises:
            ConfigurationError: two patterns match it, or another one is called the same there.
        """
        found = _mapped(logical, self.entries)
        if found is not None:
            self._only(found)
        return found

    def logical(self, physical: str) -> str | None:
        """The logical name of a database of the environment; None where it has none.

        Raises:
            ConfigurationError: as :meth:`physical`.
        """
        return self._only(physical)

    @property
    def look(self) -> Look:
        """The logical databases that the mapping speaks of."""
        quoted = ('"' + name.replace('"', '""') + '"' for name, _ in self.entries)
        return Look(ObjectFilter(include=tuple(quoted)))

    def _only(self, physical: str) -> str | None:
        """The one logical name that is mapped to a physical one."""
        told = {fold(name): name for name in _candidates(physical, self.entries)}
        names = [name for name in told.values() if fold(_mapped(name, self.entries) or "") == fold(physical)]
        if len(names) > 1:
            raise ConfigurationError(
                f"two logical databases are mapped to {physical}: {names[0]} and {names[1]}",
                subject=physical,
                hint="Change the map of this environment in dbee.yml.",
            )
        return names[0] if names else None


def _mapped(logical: str, entries: Iterable[tuple[str, str]]) -> str | None:
    """The physical name; a name goes before a pattern."""
    patterns: dict[str, tuple[str, str]] = {}
    for written, physical in entries:
        middle = _middle(written, logical)
        if middle is None:
            continue
        if _STAR not in written:
            return physical
        patterns[fold(written)] = written, physical.replace(_STAR, middle)
    if len(patterns) > 1:
        first, second = sorted(written for written, _ in patterns.values())[:2]
        raise ConfigurationError(
            f"two patterns match the database: {first} and {second}",
            subject=logical,
            hint="Name it, or change the map of this environment in dbee.yml.",
        )
    return next((physical for _, physical in patterns.values()), None)


def _candidates(physical: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for logical, written in entries:
        middle = _middle(written, physical)
        if middle is not None:
            yield logical.replace(_STAR, middle)


def _middle(pattern: str, name: str) -> str | None:
    """What ``*`` stands for where the name matches the pattern, ``""`` where it has none; else None."""
    before, star, behind = pattern.partition(_STAR)
    if not star:
        return "" if fold(pattern) == fold(name) else None
    end = len(name) - len(behind)
    if end <= len(before) or fold(name[: len(before)]) != fold(before) or fold(name[end:]) != fold(behind):
        return None
    return name[len(before) : end]


class Environment(Struct, frozen=True, kw_only=True):
    """A system and the mapping of its databases, as dbee.yml says it.

    Args:
        name: how it is called.
        target: the dbt target that leads to it.
        databases: the mapping; None where names are the same there.
        defaults: what absent clauses mean there, as far as the system does not tell.
    """

    name: str
    target: str
    databases: DatabaseMap | None = None
    defaults: Defaults = Defaults()

    def physical(self, logical: str) -> str:
        """What a database is called there; a name of which the mapping says nothing stays."""
        return (self.databases.physical(logical) if self.databases else None) or logical


def names_by_target(logical: str, read: Environment, environments: Iterable[Environment]) -> dict[str, str]:
    """What a database is called by the targets of dbt.

    Args:
        logical: its logical name.
        read: the environment that is read; of two on one target, this one counts.
        environments: all there are. A target of which two others disagree is left out, since dbt could not tell.
    """
    told: dict[str, set[str]] = {}
    for each in environments:
        if each.target != read.target:
            told.setdefault(each.target, set()).add(each.physical(logical))
    others = {target: names.pop() for target, names in sorted(told.items()) if len(names) == 1}
    return {read.target: read.physical(logical), **others}
