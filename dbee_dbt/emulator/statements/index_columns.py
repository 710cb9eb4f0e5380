"""The columns that a join or hash index stores (docs/teradata/ddl.md §2.2, "Join index")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.expressions.bound import Aggregate, BoundSelect, Field, FromTable, Output, Value, walk
from dbee_dbt.ddl.expressions.families import family
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.sql.select import bound_query
from dbee_dbt.emulator.statements.column_types import case_of
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Column, Table
from dbee_dbt.model.types import DataType, default_format

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session

_FLOAT = DataType("FLOAT")
_ADDED = Column(name="CountStar", type=_FLOAT)


def one_list(query: str) -> str:
    """The query with the two lists of a row-compressed join index, ``(a, b), (c)``, as one list of columns."""
    cursor = Cursor.of(query)
    if not cursor.accept_any(("SELECT", "SEL")):
        return query
    taken: list[int] = []
    for behind in (",", "FROM"):
        if cursor.key != "(":
            return query
        first = cursor.at
        cursor.skip_group()
        taken += [first, cursor.at - 1]
        if not cursor.accept(behind):
            return query
    parentheses = {cursor.tokens[at].start for at in taken}
    return "".join(" " if place in parentheses else letter for place, letter in enumerate(query))


def join_index_columns(session: Session, query: str) -> tuple[Column, ...]:
    """The columns as the query of a join index gives them.

    A COUNT stands in front, and is added where there is none ("Standard Form of Display for SHOW JOIN INDEX for
    Aggregate Join Indexes", B035-1184); COUNT and SUM without a type of their own get one that cannot overflow
    ("Restrictions on Join Index Aggregate Functions", B035-1094).

    Raises:
        TeradataError: what the query names is not there.
        EmulatorRefusal: the query or the type of a column is not known.
    """
    if any(token.key == "ROWID" for token in tokenize(query)):
        raise EmulatorRefusal("the type of ROWID in a join index")
    query_bound = bound_query(one_list(query), session.surroundings)
    body = query_bound.body
    if not isinstance(body, BoundSelect):
        raise EmulatorRefusal("a join index over a set operator")
    found = [_column(session, output, value) for output, value in zip(query_bound.outputs, body.values, strict=True)]
    if body.group is None:
        return tuple(found)
    counting = next((place for place, value in enumerate(body.values) if _counts_rows(value, body)), None)
    front = _ADDED if counting is None else found.pop(counting)
    return (front, *found)


def _column(session: Session, output: Output, value: Value) -> Column:
    """A column of a join index; of a DATE the format is always told."""
    kind, shown = output.type, output.format
    if isinstance(value, Aggregate):
        kind, shown = _summed_type(value), None
    told = shown or (default_format(kind, session.dateform) if kind.name == "DATE" else None)
    case = case_of(kind, output.case_specific)
    name = output.name or output.title
    return Column(name=name, type=kind, case_specific=case, nullable=output.nullable, format=told)


def _summed_type(value: Aggregate) -> DataType:
    """The type that an aggregate without a type of its own gets.

    Raises:
        EmulatorRefusal: it is not known; of MIN and MAX the manuals say different things.
    """
    if value.name == "COUNT":
        return _FLOAT
    argument = value.args[0].type if value.args else _FLOAT
    if value.name == "SUM" and family(argument) == "decimal":
        return DataType("DECIMAL", precision=38, scale=argument.scale or 0)
    if value.name == "SUM" and family(argument) in ("integer", "float"):
        return _FLOAT
    raise EmulatorRefusal(f"the type that {value.name} of {argument.base} gets in a join index")


def _counts_rows(value: Value, body: BoundSelect) -> bool:
    """True of COUNT(*), and of COUNT of a column that is never null.

    Raises:
        EmulatorRefusal: COUNT of a column of which that is not known.
    """
    count = next((part for part in walk(value) if isinstance(part, Aggregate)), None)
    if count is None or count.name != "COUNT" or not count.args:
        return count is not None and count.name == "COUNT"
    return _never_null(count.args[0], body)


def _never_null(value: Value, body: BoundSelect) -> bool:
    tables = {source.number: source.relation for source in body.sources if isinstance(source, FromTable)}
    if not isinstance(value, Field) or value.source not in tables:
        raise EmulatorRefusal("COUNT of an expression in a join index")
    columns = {fold(column.name): column for column in tables[value.source].columns}
    return columns[fold(value.name)].nullable is False


def hash_index_columns(table: Table, names: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of a table that a hash index holds, in the table's order."""
    wanted = set(map(fold, names))
    return tuple(column for column in table.columns if fold(column.name) in wanted)
