"""dbee.yml: the environments of a project.

::

    environments:
      dev:
        target: dev                            # of the dbt profile; default: the environment's name
        map: {SALES: DEV_SALES, 'X_*': 'DEV_X_*'}
      prod:
        defaults: {session_mode: TERA}         # as in a defaults file

Published as a JSON Schema beside this file (``dbee.schema.json``); a test holds the two to the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dbee_dbt.configuration.defaults import stated_defaults
from dbee_dbt.configuration.entries import Entry, entries, read_yaml
from dbee_dbt.model.catalog import Defaults
from dbee_dbt.model.environment import DatabaseMap, Environment
from dbee_dbt.model.names import fold

FILE = "dbee.yml"
SCHEMA = Path(__file__).with_name("dbee.schema.json")
"""The JSON Schema of dbee.yml."""

_HELP = "docs/environments.md shows a dbee.yml."
_LONGEST = 128  # characters of a name (Database Design, B035-1094)


def read_environments(root: Path, given: Path | None = None) -> Mapping[str, Environment]:
    """The environments that dbee.yml describes, by name; none where the project has no such file.

    Args:
        root: the folder of dbt_project.yml.
        given: another file, which has to exist.

    Raises:
        ConfigurationError: the file cannot be used; with the line.
        EncodingError: it is not UTF-8.
    """
    path = given or root / FILE
    if given is None and not path.exists():
        return {}
    found: dict[str, Environment] = {}
    for entry in entries(read_yaml(path, FILE, _HELP), str(path), FILE, _HELP):
        if entry.key != "environments":
            raise entry.unknown("key of dbee.yml", ["environments"])
        found = {one.key: _environment(one) for one in entry.entries("environments")}
    return found


def _environment(one: Entry) -> Environment:
    target, databases, defaults = one.key, None, Defaults()
    for entry in one.entries(f"the environment {one.key}"):
        match entry.key:
            case "target":
                target = entry.text("the name of a dbt target")
            case "map":
                databases = _map(entry)
            case "defaults":
                defaults = stated_defaults(entry.entries("defaults"))
            case _:
                raise entry.unknown("key of an environment", ["target", "map", "defaults"])
    return Environment(name=one.key, target=target, databases=databases, defaults=defaults)


def _map(entry: Entry) -> DatabaseMap:
    pairs: list[tuple[str, str]] = []
    logical: set[str] = set()
    physical: dict[str, str] = {}
    for pair in entry.entries("map"):
        _check(pair)
        if fold(pair.key) in logical:
            raise pair.error(f"the database {pair.key} is mapped twice; names compare without case", _HELP)
        other = physical.setdefault(fold(pair.value), pair.key)
        if other is not pair.key:
            raise pair.error(f"{other} and {pair.key} are mapped to one database, {pair.value}", "Map each to its own.")
        logical.add(fold(pair.key))
        pairs.append((pair.key, str(pair.value)))
    return DatabaseMap(tuple(pairs))


def _check(pair: Entry) -> None:
    """A pair of the map on its own.

    Raises:
        ConfigurationError: it is no pair of names or of patterns.
    """
    value = pair.text("the name of a database")
    for name in (pair.key, value):
        if not name.strip() or len(name) > _LONGEST or not name.isprintable() or "?" in name:
            raise pair.error(f"{name!r} is no name of a database, and no pattern with one *", _HELP)
    if {pair.key.count("*"), value.count("*")} not in ({0}, {1}):
        raise pair.error(
            "a pattern holds one *, in the logical and in the physical name", "For example: 'X_*': 'DEV_X_*'"
        )
