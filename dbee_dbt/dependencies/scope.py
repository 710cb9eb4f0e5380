"""What names of columns mean in one SELECT: its sources, the names of its own list, and the scopes around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.aliases import Aliases
from dbee_dbt.ddl.expressions.parse_call import BUILT_IN
from dbee_dbt.ddl.naming import written_name, written_path
from dbee_dbt.model.names import fold


class NotBoundError(Exception):
    """A name of a query cannot be resolved, so that nothing is said of the query.

    Args:
        what: why, in one clause.
        name: the column or table concerned, as written, or ``""``.
        is_wrong: True where the query is wrong, as far as the catalog is right; False where something is not known.
        is_ambiguous: True where the name means more than one thing.
    """

    def __init__(self, what: str, *, name: str = "", is_wrong: bool = False, is_ambiguous: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.name = name
        self.is_wrong = is_wrong
        self.is_ambiguous = is_ambiguous


class Source(Struct, frozen=True, order=True):
    """A column of a table or view."""

    database: str
    name: str
    column: str


class Value(NamedTuple):
    """What an expression is made of: columns, and whether it is one of them unchanged."""

    sources: frozenset[Source]
    is_direct: bool


NOTHING = Value(frozenset(), False)


class Relation(NamedTuple):
    """One source of a FROM.

    Args:
        alias: folded correlation name, or None.
        database: folded database of a table or view, or None.
        name: folded name.
        columns: by folded name, in order, with the name as written; None where they are not known.
        written: database and name as written.
        hidden: what can be named and is not in ``*``, as written, by folded name.
    """

    alias: str | None
    database: str | None
    name: str
    columns: dict[str, tuple[str, Value]] | None
    written: tuple[str, str]
    hidden: dict[str, str] = {}  # noqa: RUF012 - of a tuple, and never changed

    def goes_by(self, database: str | None, name: str) -> bool:
        """True if a folded qualifier means this source."""
        if self.alias is not None:
            return database is None and name == self.alias
        return name == self.name and (database is None or database == self.database)

    def column(self, name: str) -> Value | None:
        """The column of a name; of a source whose columns are not known, whatever is asked for."""
        if self.columns is None:
            return Value(frozenset({Source(*self.written, name)}), True)
        folded = fold(name)
        found = self.columns.get(folded)
        if found is not None:
            return found[1]
        hidden = self.hidden.get(folded)
        return None if hidden is None else Value(frozenset({Source(*self.written, hidden)}), True)

    def every(self) -> Iterator[tuple[str, Value]]:
        """All columns.

        Raises:
            NotBoundError: they are not known.
        """
        if self.columns is None:
            raise NotBoundError(f"the columns of {self.shown} are not known, for which * stands")
        return iter(self.columns.values())

    @property
    def shown(self) -> str:
        """The name for a message."""
        return written_path(*self.written)


class Scope:
    """The names of one SELECT.

    Args:
        parent: the scope around a subquery, or None.
        implicit: the table or view of a qualifier that no source goes by; it is joined.
        read: what an expression means in a scope.
    """

    def __init__(
        self,
        parent: Scope | None,
        implicit: Callable[[str | None, str], Relation],
        read: Callable[[s.Expression, Scope], Value],
    ) -> None:
        self.parent = parent
        self.relations: list[Relation] = []
        self.aliases: Aliases[s.Expression, Value] = Aliases()
        self._implicit = implicit
        self._read = read
        self._qualifiers: dict[tuple[str | None, str], Relation] = {}

    def named(self, node: s.Name) -> Value:
        """What a name means; ``$PATH`` and ``$PATH.$var`` are of the location of a foreign table, and of no column.

        Raises:
            NotBoundError: it means nothing, or more than one thing.
        """
        if node.parts[0][:1] == "$" and node.parts[0].upper() == "$PATH" and not node.quoted:
            return NOTHING
        if len(node.parts) > 1:
            return self._dotted(node.parts)
        name = node.parts[0]
        found = self._unqualified(node)
        if found is None and not node.quoted and name.upper() in BUILT_IN:
            return NOTHING
        if found is None:
            raise NotBoundError(f"there is no column {written_name(name)}", name=name, is_wrong=True)
        return found

    def _unqualified(self, node: s.Name) -> Value | None:
        name = node.parts[0]
        known = [value for one in self.relations if one.columns is not None and (value := one.column(name))]
        if len(known) > 1:
            what = f"more than one source has a column {written_name(name)}"
            raise NotBoundError(what, name=name, is_wrong=True, is_ambiguous=True)
        if known:
            return known[0]
        unknown = [one for one in self.relations if one.columns is None]
        if unknown:
            return self._of_unknown(node, unknown)
        found = self.aliases.find(name, lambda expression: self._read(expression, self))
        return found or (self.parent._unqualified(node) if self.parent else None)

    def _of_unknown(self, node: s.Name, unknown: list[Relation]) -> Value | None:
        """A name that only sources whose columns are not known may have: told where nothing else may be meant."""
        name = node.parts[0]
        if not node.quoted and name.upper() in BUILT_IN:
            return None
        if len(unknown) > 1 or name in self.aliases or self.parent is not None:
            shown = ", ".join(one.shown for one in unknown)
            raise NotBoundError(f"whether {written_name(name)} is a column of {shown} is not known", name=name)
        return unknown[0].column(name)

    def _scopes(self) -> Iterator[Scope]:
        """This scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def _going_by(self, database: str | None, name: str) -> Relation | None:
        """The source that a qualifier means, here or around."""
        known = self._qualifiers.get((database, name))
        if known is not None:
            return known
        place, folded = None if database is None else fold(database), fold(name)
        for scope in self._scopes():
            for one in scope.relations:
                if one.goes_by(place, folded):
                    if scope is self:  # others come behind it; one of a scope around may yet be hidden
                        self._qualifiers[database, name] = one
                    return one
        return None

    def _dotted(self, parts: tuple[str, ...]) -> Value:
        """A column behind its source; else what is made of a column; else one of a table that is joined by that."""
        database = parts[-3] if len(parts) > 2 else None
        relation = self._going_by(database, parts[-2])
        if relation is None:
            attribute = self._attribute(parts)
            if attribute is not None:
                return attribute
            relation = self._implied(database, parts[-2])
        found = relation.column(parts[-1])
        if found is None:
            what = f"{relation.shown} has no column {written_name(parts[-1])}"
            raise NotBoundError(what, name=parts[-1], is_wrong=True)
        return found

    def _attribute(self, parts: tuple[str, ...]) -> Value | None:
        """What is made of a column by a dot behind it: a key of a JSON document, an attribute, a method of a type."""
        source = self._going_by(None, parts[0]) if len(parts) > 2 else None
        if source is not None and source.columns is not None:
            found = source.column(parts[1])
        else:
            known = (one for scope in self._scopes() for one in scope.relations if one.columns is not None)
            found = next((value for one in known if (value := one.column(parts[0])) is not None), None)
        return None if found is None else Value(found.sources, False)

    def _implied(self, database: str | None, name: str) -> Relation:
        """A table that is joined because a qualifier names it."""
        try:
            joined = self._implicit(database, name)
        except NotBoundError as error:
            hidden = any(one.columns is None for scope in self._scopes() for one in scope.relations)
            raise NotBoundError(error.what, name=error.name, is_wrong=error.is_wrong and not hidden) from None
        self.relations.append(joined)
        return joined

    def starred(self, parts: tuple[str, ...]) -> list[Relation]:
        """The sources that ``*`` or ``t.*`` stands for."""
        if not parts:
            return list(self.relations)
        database = parts[-2] if len(parts) > 1 else None
        return [self._going_by(database, parts[-1]) or self._implied(database, parts[-1])]
