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

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec import structs

from dbee_dbt.model.catalog import Catalog, Defaults
from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.model.names import fold

_REST = "*"
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
    document = _load(text, file)
    values: dict[str, Any] = {}
    for entry in _entries(document, file, "the defaults file"):
        read = _READERS.get(entry.key)
        if read is None:
            raise entry.error(f"{entry.key!r} is not a default", f"Known are: {', '.join(_READERS)}.")
        values[entry.key] = read(entry)
    return Defaults(**values)


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


class _Entry(NamedTuple):
    """One key of a mapping and where it stands."""

    key: str
    value: Any
    file: str
    line: int

    def error(self, what: str, hint: str) -> ConfigurationError:
        return ConfigurationError(what, file=self.file, line=self.line, hint=hint)

    def one_of(self, allowed: tuple[str, ...]) -> str:
        text = str(self.value).upper()
        if text not in allowed:
            raise self.error(f"{self.value!r} is no {self.key}", f"Write one of: {', '.join(allowed)}.")
        return text


def _load(text: str, file: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML().load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigurationError(f"not YAML: {error.problem}", file=file, line=line, hint=_HINT) from error
    except (
        YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # a character that no YAML may hold, a date like 2024-99-99
        raise ConfigurationError(f"not YAML: {str(error).splitlines()[0]}", file=file, hint=_HINT) from error


_HINT = "docs/drift.md shows a defaults file."


def _entries(mapping: Any, file: str, what: str, line: int = 1) -> Iterator[_Entry]:
    from ruamel.yaml.comments import CommentedMap

    if mapping is None:
        return
    if not isinstance(mapping, CommentedMap):
        raise ConfigurationError(f"{what} has to be a mapping of keys to values", file=file, line=line, hint=_HINT)
    for key, value in mapping.items():
        place = (mapping.lc.data or {}).get(key)  # of what "<<" brings in, no place is known
        yield _Entry(str(key), value, file, place[0] + 1 if place else line)


def _word(entry: _Entry) -> str:
    return entry.one_of(_WORDS[entry.key])


def _map(entry: _Entry) -> str:
    if not isinstance(entry.value, str) or not entry.value:
        raise entry.error("map has to be the name of a map", "For example: map: TD_MAP1")
    return entry.value


def _fallback(entry: _Entry) -> dict[str, bool]:
    found = {}
    for database in _entries(entry.value, entry.file, "fallback", entry.line):
        if not isinstance(database.value, bool):
            raise database.error(f"{database.value!r} is neither true nor false", "true: FALLBACK; false: NO FALLBACK.")
        found[fold(database.key)] = database.value
    return found


def _journal(entry: _Entry) -> dict[str, tuple[str, str]]:
    return {
        fold(database.key): _images(database) for database in _entries(entry.value, entry.file, "journal", entry.line)
    }


def _images(database: _Entry) -> tuple[str, str]:
    sides = {side.key: side for side in _entries(database.value, database.file, "a journal", database.line)}
    if set(sides) != {"before", "after"}:
        raise database.error("a journal has the keys before and after", "For example: {before: NO, after: NO}")
    return sides["before"].one_of(_BEFORE), sides["after"].one_of(_AFTER)


_READERS: dict[str, Callable[[_Entry], Any]] = {
    "session_mode": _word,
    "charset": _word,
    "dateform": _word,
    "map": _map,
    "fallback": _fallback,
    "journal": _journal,
}
