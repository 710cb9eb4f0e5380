"""Which object of a catalog a name means."""

from __future__ import annotations

from typing import NamedTuple

from dbee_dbt.ddl.references import Reference
from dbee_dbt.dependencies.graph import State
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CodeObject, ObjectKey

# Where a function without a database is looked for behind the default one (SQL Functions, Expressions, and Predicates,
# "Invoking Embedded Services System Functions").
_FUNCTION_LIBRARIES = ("SYSLIB", "TD_SYSFNLIB")
_CODE = frozenset("macro procedure function method trigger authorization type".split())
_OWNERS = ("database", "user")
_SAME_KIND = {"user": ("user", "database", "role"), "database": _OWNERS, "journal table": ("table",)}
_ASSUMED = "the default database is taken to be that of the object"


class Resolved(NamedTuple):
    """What a name means.

    Args:
        target: the object, or None.
        state: see :class:`dbee_dbt.dependencies.graph.Edge`.
        note: on what this rests, or ``""``.
    """

    target: ObjectKey | None
    state: State
    note: str = ""


class Names:
    """The names of a catalog.

    Args:
        catalog: the catalog.
        functions: by key, database and name under which a function is called, where that is not its SPECIFIC name.
    """

    def __init__(self, catalog: Catalog, functions: dict[ObjectKey, tuple[str, str]]) -> None:
        self._catalog = catalog
        self._relations: dict[tuple[str, str], ObjectKey] = {}
        self._kinds: dict[tuple[str, str, str], ObjectKey] = {}
        self._known = {"table", "view", *(key.kind for key in catalog.objects)}
        for key in catalog.objects:
            self._kinds[key.kind, key.database, key.name] = key
            if key.kind not in _CODE and key.kind not in _OWNERS:
                self._relations.setdefault((key.database, key.name), key)
        for key, (database, name) in functions.items():
            self._kinds.setdefault((key.kind, fold(database), fold(name)), key)

    def resolve(self, found: Reference, own: str, *, is_default: bool) -> Resolved:
        """What a reference means.

        Args:
            found: the reference.
            own: the database of the object that refers.
            is_default: whether that certainly was the default database when the object was made.
        """
        if found.how == "calls" and found.kind == "function" and not found.is_qualified:
            return self._function(found.path[1], own)
        database, name = found.path
        note = "" if found.is_qualified or is_default or found.path[0] != own or not own else _ASSUMED
        target = self._object(found.kind, found.how, fold(database), fold(name))
        if target is not None:
            return Resolved(target, "resolved", note)
        return Resolved(None, self._state(found, database, name, note), note)

    def is_function(self, name: str, own: str) -> bool:
        """True if a function of this name lies where it comes before a built-in one."""
        return self._function(name, own).target is not None

    def _function(self, name: str, own: str) -> Resolved:
        for database in (own, *_FUNCTION_LIBRARIES):
            target = self._kinds.get(("function", fold(database), fold(name)))
            if target is not None:
                return Resolved(target, "resolved")
        return Resolved(None, "outside", "a function of SYSLIB, or of Teradata")

    def _object(self, kind: str, how: str, database: str, name: str) -> ObjectKey | None:
        for one in _SAME_KIND.get(kind, (kind,) if kind else ()):
            place = name if one in _OWNERS else "" if kind == "user" else database
            target = self._kinds.get((one, place, name))
            if target is not None:
                return target
        return None if kind in _CODE or kind in _OWNERS or how == "calls" else self._relations.get((database, name))

    def _state(self, found: Reference, database: str, name: str, note: str) -> State:
        """Missing only where the catalog looked for certain, and would have told."""
        kind = found.kind or "table"
        if not database or note or kind in self._catalog.untold or kind in ("user", "role", "database"):
            return "outside"
        looked = self._catalog.scope.keeps(CodeObject(kind=kind, database=database, name=name))
        # A catalog of files tells the kinds that it holds; of others, absence means nothing.
        return "missing" if looked and kind in self._known else "outside"
