"""What names mean in one SELECT: its sources first, then the names of its own select list (typing.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from dbee_dbt.ddl.expressions.aliases import Aliases
from dbee_dbt.ddl.expressions.bound import Field, From, FromTable, Known, Output, SessionFacts, Typed, output_field
from dbee_dbt.ddl.expressions.families import with_default_charset
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column


class Visible(Struct, frozen=True):
    """One source as names see it.

    Args:
        number: of the source.
        alias: its correlation name, or None where it goes by its own name.
        database: the database of a table, or None.
        name: the table's name.
        columns: its columns by folded name; in order.
        unfilled: folded names of columns that cannot be read.
    """

    number: int
    alias: str | None
    database: str | None
    name: str
    columns: dict[str, Typed]
    unfilled: frozenset[str] = frozenset()

    def column(self, name: str) -> Typed | None:
        """The column of this name, or None.

        Raises:
            NotKnownError: where the emulator lists the column and does not fill it.
        """
        key = fold(name)
        if key in self.unfilled:
            raise NotKnownError(f"column {self.name}.{name}")
        return self.columns.get(key)

    def goes_by(self, database: str | None, name: str) -> bool:
        """True if a qualifier means this source."""
        if self.alias is not None:
            return database is None and fold(name) == fold(self.alias)
        if fold(name) != fold(self.name):
            return False
        return database is None or (self.database is not None and fold(database) == fold(self.database))


def table_column(source: int, column: Column, session: SessionFacts) -> Typed:
    """A column of a table as a value; what it does not say of characters is taken from the session."""
    if column.type is None:
        raise NotKnownError(f"the type of column {column.name}")
    kind = with_default_charset(column.type, session.charset)
    case = session.mode == "ANSI" if column.case_specific is None else column.case_specific
    return Typed(
        Field(kind, source, column.name),
        nullable=column.nullable is not False,
        case_specific=case and kind.is_character,
        title=column.title or column.name,
        format=column.format,
        name=column.name,
        column=column,
    )


def query_columns(source: int, outputs: Iterable[Output], names: tuple[str, ...] = ()) -> dict[str, Typed]:
    """Columns of a subquery as values, by folded name.

    Args:
        source: number of the source.
        outputs: the subquery's columns.
        names: a list of column names that overrides theirs.

    Raises:
        QueryError: 3706 for an expression without a name, 3515 for a name that comes twice.
    """
    found: dict[str, Typed] = {}
    for index, output in enumerate(outputs, 1):
        name = names[index - 1] if names else output.name
        if name is None:
            raise QueryError(3706, "all expressions in a derived table must have an explicit name.")
        if fold(name) in found:
            raise QueryError(3515, name)
        found[fold(name)] = Typed(
            output_field(index, output.type, source),
            nullable=output.nullable,
            case_specific=output.case_specific,
            title=output.title if output.name == name and output.title != output.name else name,
            format=output.format,
            name=name,
            column=output.column,
        )
    return found


Reader = Callable[["Scope"], Typed]
"""What a name of a select list means, in its scope."""


class Scope:
    """The names of one SELECT.

    Args:
        parent: the scope around a subquery, or None.
        implicit: called with the scope and a qualifier that no source goes by; adds the table as a source, or returns
            None.
    """

    def __init__(self, parent: Scope | None, implicit: Callable[[Scope, str | None, str], Visible | None]) -> None:
        self.parent = parent
        self.sources: list[Visible] = []
        self.froms: list[From] = []
        self.aliases: Aliases[Reader, Typed] = Aliases()
        self._implicit = implicit

    def add(self, visible: Visible) -> None:
        """Add a source."""
        self.sources.append(visible)

    def column(self, name: str) -> Typed | None:
        """The column of this unqualified name, or None.

        Raises:
            QueryError: 3809 if several sources have it.
        """
        found = [typed for source in self.sources if (typed := source.column(name)) is not None]
        if len(found) > 1:
            raise QueryError(3809, name)
        return found[0] if found else None

    def unqualified(self, name: str) -> Typed | None:
        """What a name means here or in the scopes around; None if nothing."""
        found = self.column(name) or self.aliases.find(name, lambda read: read(self))
        return found or (self.parent.unqualified(name) if self.parent else None)

    def source(self, database: str | None, name: str) -> Visible | None:
        """The source that a qualifier means, here or in the scopes around."""
        for visible in self.sources:
            if visible.goes_by(database, name):
                return visible
        return self.parent.source(database, name) if self.parent else None

    def implied(self, database: str | None, name: str) -> Visible:
        """The table that is joined because a qualifier names it.

        Raises:
            QueryError: 3807 if there is none.
        """
        found = self._implicit(self, database, name)
        if found is None:
            raise QueryError(3807, name)
        return found

    def qualified(self, database: str | None, table: str, name: str) -> Typed:
        """What ``table.name`` means; a table that no source goes by is joined implicitly.

        Raises:
            QueryError: 3807 if there is no such table, 5628 if the source has no such column.
        """
        visible = self.source(database, table) or self.implied(database, table)
        found = visible.column(name)
        if found is None:
            raise QueryError(5628, name, visible.alias or visible.name)
        return found


def table_source(number: int, relation: Known, alias: str | None, session: SessionFacts) -> tuple[Visible, FromTable]:
    """A table as a source and as names see it."""
    columns = {
        fold(column.name): table_column(number, column, session)
        for column in relation.columns
        if fold(column.name) not in relation.unfilled
    }
    visible = Visible(number, alias, relation.database, relation.name, columns, relation.unfilled)
    return visible, FromTable(number, relation)
