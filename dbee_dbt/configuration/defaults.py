"""The defaults file: what absent clauses mean, for catalogs whose source does not tell.

::

    session_mode: ANSI            # or TERA: SET or MULTISET, CASESPECIFIC
    charset: LATIN                # or UNICODE: of character columns
    dateform: INTEGERDATE         # or ANSIDATE: FORMAT of DATE columns
    map: TD_MAP1
    fallback: {RETAIL_SALES: true, '*': false}
    journal: {'*': {before: NO, after: NO}}

``'*'`` stands for every database that is not named. What each default decides: docs/teradata/ddl.md §2.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import structs

from dbee_dbt.configuration.entries import Entry, entries, load_yaml, read_yaml
from dbee_dbt.model.catalog import Catalog, Defaults
from dbee_dbt.model.names import fold

_REST = "*"
_WHAT = "the defaults file"
_HINT = "docs/drift.md shows a defaults file."
_WORDS: dict[str, tuple[str, ...]] = {
    "session_mode": ("ANSI", "TERA"),
    "charset": ("LATIN", "UNICODE", "GRAPHIC", "KANJISJIS"),
    "dateform": ("INTEGERDATE", "ANSIDATE"),
}
_BEFORE = ("NO", "SINGLE", "DUAL")
_AFTER = ("NO", "SINGLE", "DUAL", "LOCAL", "NOT LOCAL")


def read_defaults(text: str, file: str) -> Defaults:
    """The defaults that a file states.

    Args:
        text: YAML.
        file: the file's path as the user wrote it, for messages.

    Raises:
        ConfigurationError: not YAML, an unknown key or an impossible value; with file and line.
    """
    return stated_defaults(entries(load_yaml(text, file, _HINT), file, _WHAT, _HINT))


def read_defaults_file(path: Path) -> Defaults:
    """As :func:`read_defaults`, from a file.

    Raises:
        ConfigurationError: as there, and where it cannot be opened.
        EncodingError: it is not UTF-8.
    """
    return stated_defaults(entries(read_yaml(path, _WHAT, _HINT), str(path), _WHAT, _HINT))


def with_defaults(catalog: Catalog, stated: Defaults) -> Catalog:
    """The catalog with stated defaults where it knows none of its own; what it knows wins.

    Args:
        catalog: any catalog.
        stated: from a defaults file; its ``*`` is spelled out for the catalog's databases.
    """
    own = catalog.defaults
    databases = [fold(name) for name in catalog.databases]
    merged = Defaults(
        session_mode=own.session_mode or stated.session_mode,
        charset=own.charset or stated.charset,
        dateform=own.dateform or stated.dateform,
        map=own.map or stated.map,
        fallback={**_spelled_out(stated.fallback, databases), **own.fallback},
        journal={**_spelled_out(stated.journal, databases), **own.journal},
    )
    return structs.replace(catalog, defaults=merged)


def _spelled_out(by_database: dict[str, Any], databases: list[str]) -> dict[str, Any]:
    rest = dict.fromkeys(databases, by_database[_REST]) if _REST in by_database else {}
    return {**rest, **{name: value for name, value in by_database.items() if name != _REST}}


def stated_defaults(found: Iterable[Entry]) -> Defaults:
    """The defaults that these entries state.

    Raises:
        ConfigurationError: an unknown key or an impossible value; with file and line.
    """
    values: dict[str, Any] = {}
    for entry in found:
        read = _READERS.get(entry.key)
        if read is None:
            raise entry.unknown("default", _READERS)
        values[entry.key] = read(entry)
    return Defaults(**values)


def _word(entry: Entry) -> str:
    return entry.one_of(_WORDS[entry.key])


def _map(entry: Entry) -> str:
    if not isinstance(entry.value, str) or not entry.value:
        raise entry.error("map has to be the name of a map", "For example: map: TD_MAP1")
    return entry.value


def _fallback(entry: Entry) -> dict[str, bool]:
    found = {}
    for database in entry.entries("fallback"):
        if not isinstance(database.value, bool):
            raise database.error(f"{database.value!r} is neither true nor false", "true: FALLBACK; false: NO FALLBACK.")
        found[fold(database.key)] = database.value
    return found


def _journal(entry: Entry) -> dict[str, tuple[str, str]]:
    return {fold(database.key): _images(database) for database in entry.entries("journal")}


def _images(database: Entry) -> tuple[str, str]:
    sides = {side.key: side for side in database.entries("a journal")}
    if set(sides) != {"before", "after"}:
        raise database.error("a journal has the keys before and after", "For example: {before: NO, after: NO}")
    return sides["before"].one_of(_BEFORE), sides["after"].one_of(_AFTER)


_READERS: dict[str, Callable[[Entry], Any]] = {
    "session_mode": _word,
    "charset": _word,
    "dateform": _word,
    "map": _map,
    "fallback": _fallback,
    "journal": _journal,
}
