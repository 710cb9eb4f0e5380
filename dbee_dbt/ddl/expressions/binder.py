"""What binding one statement needs to keep: the session, the catalog, numbers of sources, queries of WITH."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from dbee_dbt.ddl.expressions.bound import Known, Lookup, Output, SessionFacts
from dbee_dbt.ddl.expressions.scope import Scope
from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType

_DEEPEST = 64  # views on views


class CommonTable(Struct, frozen=True):
    """A query of WITH as names see it."""

    number: int
    name: str
    outputs: tuple[Output, ...]


class Binder:
    """The state of binding one statement.

    Args:
        session: the session's facts.
        lookup: the catalog.
        parameters: types of bound values, by number.
        database: the default database of the text at hand.
    """

    def __init__(
        self, session: SessionFacts, lookup: Lookup, parameters: tuple[DataType, ...] = (), database: str = ""
    ) -> None:
        self.session = session
        self.lookup = lookup
        self.parameters = parameters
        self.database = database or session.database
        self.commons: dict[str, CommonTable] = {}
        self.depth = 0
        self._numbers = [0]

    def number(self) -> int:
        """A new number for a source."""
        self._numbers[0] += 1
        return self._numbers[0]

    def for_view(self, view: Known) -> Binder:
        """A binder for a view's query: its own default database and catalog."""
        return self.inside(view.lookup or self.lookup, view.query_database)

    def inside(self, lookup: Lookup, database: str) -> Binder:
        """A binder for the text of a view or a function: no queries of WITH, no parameters, the same numbers."""
        inner = Binder(self.session, lookup, (), database)
        inner._numbers = self._numbers
        inner.depth = self.depth + 1
        if inner.depth > _DEEPEST:
            raise RecursionError("views or functions refer to one another")
        return inner

    def with_common(self, common: CommonTable) -> None:
        """Make a query of WITH known by its name."""
        self.commons[fold(common.name)] = common

    def scope(self, parent: Scope | None) -> Scope:
        """A new scope inside another."""
        from dbee_dbt.ddl.expressions.bind_source import implicit_source

        return Scope(parent, partial(implicit_source, self))
