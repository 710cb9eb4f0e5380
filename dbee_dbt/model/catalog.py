"""The Catalog: an immutable picture of objects, wherever they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.model.errors import DuplicateObjectError
from dbee_dbt.model.names import fold
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


class Catalog(Struct, frozen=True, kw_only=True):
    """An immutable picture of objects.

    Args:
        address: where it came from, as the user wrote it.
        objects: by key, in the order they were read.
        defaults: what absent clauses mean here.
        refusals: what was read and could not be placed.
        skipped: files that were not opened, because their names do not say that they hold DDL.
        counted: statements of DDL files that define nothing a catalog holds (``grant``, ``INSERT``), by kind.
        partial: True where only what a user may see was read, so that what is not there may only be hidden.
    """

    address: str
    objects: dict[ObjectKey, CatalogObject] = {}
    defaults: Defaults = Defaults()
    refusals: tuple[Refusal, ...] = ()
    skipped: tuple[str, ...] = ()
    counted: dict[str, int] = {}
    partial: bool = False

    def __iter__(self) -> Iterator[CatalogObject]:
        return iter(self.objects.values())

    def __len__(self) -> int:
        return len(self.objects)

    @property
    def databases(self) -> tuple[str, ...]:
        """Names of the databases that objects lie in, as first written, sorted without case."""
        names = {fold(found.database): found.database for found in reversed(self.objects.values()) if found.database}
        return tuple(names[key] for key in sorted(names))

    def select(self, wanted: ObjectFilter) -> Catalog:
        """The catalog of the objects that the filter keeps; all else stays."""
        return replace(self, objects={key: found for key, found in self.objects.items() if wanted.keeps(found)})


def catalog_of(
    address: str,
    objects: Iterable[CatalogObject],
    *,
    defaults: Defaults = Defaults(),  # noqa: B008 - a frozen struct
    refusals: tuple[Refusal, ...] = (),
    skipped: tuple[str, ...] = (),
    counted: dict[str, int] | None = None,
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
    return Catalog(
        address=address,
        objects=placed,
        defaults=defaults,
        refusals=refusals,
        skipped=skipped,
        counted=counted or {},
    )


def _twice(first: CatalogObject, second: CatalogObject) -> DuplicateObjectError:
    place = f"{first.origin.file}:{first.origin.line}" if first.origin.file else "the same source"
    return DuplicateObjectError(
        f"the {second.kind} is defined twice, first at {place}",
        subject=shown_name(second),
        file=second.origin.file,
        line=second.origin.line,
        hint="Keep one of the two definitions.",
    )


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
        if any(_matches(pattern, found) for pattern in self.exclude):
            return False
        return any(_matches(pattern, found) for pattern in self.include) if self.include else not _system(found)

    def keeps_database(self, name: str) -> bool:
        """True if something in this database could be meant; cheap, for narrowing a read to databases."""
        database = Database(name=name)
        if any(len(split_pattern(p)) == 1 and _matches(p, database) for p in self.exclude if not _names_kind(p)):
            return False
        named = [p for p in self.include if not _names_kind(p)]
        if not named:
            return not _system(database)
        return any(_matches_database(split_pattern(p)[0], name) for p in named)


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
