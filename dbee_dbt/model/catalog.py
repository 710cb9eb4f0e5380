"""The Catalog: an immutable picture of objects, wherever they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.model.errors import DuplicateObjectError
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import CatalogObject, Database, ObjectKey, shown_name

# Databases that come with a system; they are in scope only when named (Database Administration, B035-1093).
SYSTEM_DATABASES = frozenset(
    fold(name)
    for name in """
    All Crashdumps console DBC dbcmngr Default EXTUSER External_AP gs_tables_db LockLogShredder mldb
    modelops PUBLIC SQLJ SYSBAR SYSJDBC SYSLIB SYSSPATIAL SYSUDTLIB SYSUIF Sys_Calendar SysAdmin SystemFe
    TDaaS_BAR TDBCMgmt TDMaps TDPUSER TDQCD TDStats TD_ANALYTICS_DB TD_METRIC_SVC TD_SERVER_DB TD_SYSFNLIB
    TD_SYSGPL TD_SYSXML tdwm val viewpoint
    """.split()
)

_SHOWN = 5  # names in a message


class Unknown(Enum):
    """The value of a facet whose meaning rests on something nobody knows."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown.UNKNOWN


class Defaults(Struct, frozen=True, kw_only=True):
    """What an absent clause means in this catalog; None where that is not known.

    Args:
        session_mode: of the session that ran the DDL; decides SET or MULTISET and CASESPECIFIC.
        charset: default server character set of the user that ran the DDL.
        dateform: decides the FORMAT of a DATE column.
        map: the default map.
        fallback: by folded database name; its default protection.
        journal: by folded database name; ``(before, after)`` as ``NO``, ``SINGLE``, ``DUAL`` …
    """

    session_mode: Literal["ANSI", "TERA"] | None = None
    charset: str | None = None
    dateform: Literal["INTEGERDATE", "ANSIDATE"] | None = None
    map: str | None = None
    fallback: dict[str, bool] = {}
    journal: dict[str, tuple[str, str]] = {}


class Refusal(Struct, frozen=True):
    """Something that was read and could not be placed; it is counted and reported, never dropped.

    Args:
        what: what it is, in one sentence.
        file: where it stands, or None.
        line: in which line, counted from 1, or None.
        text: its exact text, secrets included: mask it before it is shown.
    """

    what: str
    file: str | None = None
    line: int | None = None
    text: str = ""


class ObjectFilter(Struct, frozen=True):
    """Which objects are meant: ``--objects`` and ``--exclude-objects``.

    Args:
        include: patterns ``DATABASE``, ``DATABASE.NAME`` or ``kind:KIND`` with globs ``*`` and ``?`` only (an
            underscore is an underscore). None or empty: every object.
        exclude: patterns of the same form; they win.

    A pattern without a dot names a database, and so all that lies in it. Quotes may surround a part
    (``"my db".*``). System databases are matched only by a pattern that spells them without a glob.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def keeps(self, found: CatalogObject) -> bool:
        """True if the object is meant."""
        if self.excludes(found):
            return False
        return any(_matches(pattern, found) for pattern in self.include) if self.include else not _system(found)

    def excludes(self, found: CatalogObject) -> bool:
        """True if the object is left out by name or kind."""
        return any(_matches(pattern, found) for pattern in self.exclude)

    def keeps_database(self, name: str) -> bool:
        """True if something in this database could be meant; cheap, for narrowing a read to databases."""
        if self.excludes_database(name):
            return False
        named = [p for p in self.include if not _names_kind(p)]
        if not named:
            return not _system(Database(name=name))
        return any(_matches_database(split_pattern(p)[0], name) for p in named)

    def excludes_database(self, name: str) -> bool:
        """True if the whole database is left out."""
        whole = [p for p in self.exclude if not _names_kind(p) and len(split_pattern(p)) == 1]
        return any(_matches(pattern, Database(name=name)) for pattern in whole)


class Look(Struct, frozen=True, omit_defaults=True):
    """One narrowing of what was looked at.

    Args:
        wanted: the objects that were meant.
        databases: only what lies in these, as written; one of the system's is meant because it is named here. None:
            all databases that ``wanted`` could mean.
    """

    wanted: ObjectFilter = ObjectFilter()
    databases: tuple[str, ...] | None = None

    def keeps(self, found: CatalogObject) -> bool:
        """True if the object was looked for."""
        if self.databases is None:
            return self.wanted.keeps(found)
        if fold(found.database) not in self._names():
            return False
        return self.wanted.keeps(found) if self.wanted.include else not self.wanted.excludes(found)

    def keeps_database(self, name: str) -> bool:
        """True if something in this database was looked for."""
        if self.databases is None:
            return self.wanted.keeps_database(name)
        if fold(name) not in self._names():
            return False
        return self.wanted.keeps_database(name) if self.wanted.include else not self.wanted.excludes_database(name)

    def _names(self) -> frozenset[str]:
        return _folded(self.databases or ())

    @property
    def text(self) -> str:
        """What was looked at, in words; long lists are cut."""
        databases = [qualified("", name) for name in self.databases or ()]
        meant = _listed(self.wanted.include or databases) or ("no database" if self.databases is not None else "*")
        return f"{meant} without {_listed(self.wanted.exclude)}" if self.wanted.exclude else meant


class Scope(Struct, frozen=True):
    """Where a catalog looked; of what lies outside, it says nothing.

    Args:
        looks: each narrows the one before; none at all: everything was looked at.
    """

    looks: tuple[Look, ...] = ()

    def keeps(self, found: CatalogObject) -> bool:
        """True if the object, where it exists, is in the catalog."""
        return all(look.keeps(found) for look in self.looks)

    def keeps_database(self, name: str) -> bool:
        """True if something in this database could be in the catalog; cheap, for narrowing a read to databases."""
        return all(look.keeps_database(name) for look in self.looks)

    def narrowed(self, look: Look) -> Scope:
        """The part of this scope that the look keeps."""
        return self if look in self.looks else Scope((*self.looks, look))

    @property
    def text(self) -> str:
        """The scope in words."""
        return ", of these ".join(text for look in self.looks if (text := look.text) != "*") or "*"


class Catalog(Struct, frozen=True, kw_only=True):
    """An immutable picture of objects.

    Args:
        address: where it came from, as the user wrote it.
        objects: by key, in the order they were read.
        scope: where was looked.
        untold: kinds of objects that its source never tells all of, so that an absent one may exist.
        defaults: what absent clauses mean here.
        refusals: what was read and could not be placed.
        skipped: files that were not opened, because their names do not say that they hold DDL.
        counted: statements of DDL files that define nothing a catalog holds (``grant``, ``INSERT``), by kind.
        partial: True where only what a user may see was read, so that what is not there may only be hidden.
        notes: what may name a database that the environment calls otherwise, and stands as it was written.
    """

    address: str
    objects: dict[ObjectKey, CatalogObject] = {}
    scope: Scope = Scope()
    untold: tuple[str, ...] = ()
    defaults: Defaults = Defaults()
    refusals: tuple[Refusal, ...] = ()
    skipped: tuple[str, ...] = ()
    counted: dict[str, int] = {}
    partial: bool = False
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[CatalogObject]:
        return iter(self.objects.values())

    def __len__(self) -> int:
        return len(self.objects)

    @property
    def databases(self) -> tuple[str, ...]:
        """Names of the databases that objects lie in, as first written, sorted without case."""
        names = {fold(found.database): found.database for found in reversed(self.objects.values()) if found.database}
        return tuple(names[key] for key in sorted(names))

    def narrowed(self, look: Look) -> Catalog:
        """The catalog of the objects that the look keeps, with its scope; all else stays."""
        kept = {key: found for key, found in self.objects.items() if look.keeps(found)}
        return replace(self, objects=kept, scope=self.scope.narrowed(look))


def catalog_of(
    address: str,
    objects: Iterable[CatalogObject],
    *,
    defaults: Defaults = Defaults(),  # noqa: B008 - a frozen struct
    refusals: tuple[Refusal, ...] = (),
    skipped: tuple[str, ...] = (),
) -> Catalog:
    """A catalog of these objects.

    Raises:
        DuplicateObjectError: the same object twice; the message names both places.
    """
    placed: dict[ObjectKey, CatalogObject] = {}
    for found in objects:
        key = ObjectKey.of(found)
        if key in placed:
            raise _twice(placed[key], found)
        placed[key] = found
    return Catalog(address=address, objects=placed, defaults=defaults, refusals=refusals, skipped=skipped)


def _twice(first: CatalogObject, second: CatalogObject) -> DuplicateObjectError:
    place = f"{first.origin.file}:{first.origin.line}" if first.origin.file else "the same source"
    return DuplicateObjectError(
        f"the {second.kind} is defined twice, first at {place}",
        subject=shown_name(second),
        file=second.origin.file,
        line=second.origin.line,
        hint="Keep one of the two definitions.",
    )


def _names_kind(pattern: str) -> bool:
    return pattern.lower().startswith("kind:")


def _system(found: CatalogObject) -> bool:
    return fold(found.database) in SYSTEM_DATABASES


def _matches(pattern: str, found: CatalogObject) -> bool:
    if _names_kind(pattern):
        return not _system(found) and _glob(pattern[5:]).match(fold(found.kind)) is not None
    database, *rest = split_pattern(pattern)
    if not _matches_database(database, found.database):
        return False
    if not rest:
        return True
    return not isinstance(found, Database) and _glob(rest[0]).match(fold(found.name)) is not None


def _matches_database(pattern: str, name: str) -> bool:
    if fold(name) in SYSTEM_DATABASES:
        return fold(pattern) == fold(name)
    return _glob(pattern).match(fold(name)) is not None


def split_pattern(pattern: str) -> list[str]:
    """``DATABASE`` or ``DATABASE.NAME`` split at the first dot outside double quotes; quotes removed."""
    parts, quoted, start = [""], False, True
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char == '"' and quoted and pattern[index + 1 : index + 2] == '"':
            parts[-1] += '"'
            index += 1
        elif char == '"' and (quoted or start):
            quoted = not quoted
        elif char == "." and not quoted and len(parts) == 1:
            parts.append("")
            index += 1
            start = True
            continue
        else:
            parts[-1] += char
        start = False
        index += 1
    return parts


_GLOBS: dict[str, re.Pattern[str]] = {}


def _glob(pattern: str) -> re.Pattern[str]:
    found = _GLOBS.get(pattern)
    if found is None:
        pieces = {"*": ".*", "?": "."}
        text = "".join(pieces.get(char, re.escape(char)) for char in fold(pattern))
        found = _GLOBS[pattern] = re.compile(text + r"\Z", re.DOTALL)
    return found


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, names))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
