"""What a table or view is in the dbt project: a source, or a model that is itself converted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.ddl.references import Reference
from dbee_dbt.dependencies.names import Names
from dbee_dbt.model.catalog import Catalog
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey
from dbee_dbt.project.conversion.template import Escape
from dbee_dbt.project.generate import GeneratedName

Quote = Callable[[str], str]
"""Text as a string in a Jinja expression: the dbt macro ``dbee_jinja_string``."""


class InProject(Struct, frozen=True):
    """A table or view as a model names it.

    Args:
        template: ``{{ source(…) }}`` or ``{{ ref(…) }}``.
        model: the model's name, as which it stands in the database; None for a source, which keeps its own.
    """

    template: str
    model: str | None = None


class Relations:
    """What the names in SQL text are in a dbt project.

    Args:
        catalog: the objects.
        names: what generation calls them.
        quote: how a name stands in Jinja.
    """

    def __init__(self, catalog: Catalog, names: Iterable[GeneratedName], quote: Quote) -> None:
        self._names = Names(catalog, {})
        self._generated = {(fold(one.database), fold(one.name)): one for one in names}
        self.quote = quote
        self._own: tuple[ObjectKey, str] | None = None

    def inside(self, model: str, key: ObjectKey) -> Relations:
        """The same names as a model says them that stands for one of the tables itself, as ``{{ this }}``."""
        found = copy(self)
        found._own = (key, model)
        return found

    def named(self, key: ObjectKey | None) -> GeneratedName | None:
        """What generation calls an object; None where it makes nothing of it."""
        return self._generated.get((key.database, key.name)) if key is not None else None

    def target(self, found: Reference, own: str) -> ObjectKey | None:
        """The object of the catalog that a reference means; None where it is none.

        Args:
            found: the reference.
            own: the database of the object in whose text it stands.
        """
        return self._names.resolve(found, own, is_default=True).target

    def in_project(self, key: ObjectKey | None) -> InProject | None:
        """What an object is in the project; None where it is nothing in it."""
        if self._own is not None and key == self._own[0]:
            return InProject("{{ this }}", self._own[1])
        found = self.named(key)
        if found is None:
            return None
        if found.converted:
            return InProject(f"{{{{ ref({self.quote(found.model)}) }}}}", found.model)
        return InProject(f"{{{{ source({self.quote(found.source)}, {self.quote(found.table)}) }}}}")


class Sink(NamedTuple):
    """How SQL and the names in it enter a model.

    Args:
        escape: SQL to text that Jinja leaves as it is: the dbt macro ``dbee_template_text``.
        relations: what tables and views are in the project.
    """

    escape: Escape
    relations: Relations


def sink_of(catalog: Catalog, names: Iterable[GeneratedName]) -> Sink:
    """How models of a catalog's SQL are written; by the same macros as all that is generated."""
    bridge = Bridge()
    relations = Relations(catalog, names, cache(lambda name: str(bridge.call("dbee_jinja_string", name))))
    return Sink(lambda sql: str(bridge.call("dbee_template_text", sql)), relations)
