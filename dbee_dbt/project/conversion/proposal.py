"""One load as a proposed model: its strategy, its key and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.lexer import Token, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.references import Reference, References
from dbee_dbt.model.names import fold, identifier
from dbee_dbt.model.objects import Table
from dbee_dbt.project.conversion.changes import (
    ReadLoad,
    columns_in,
    conjuncts,
    merge_keys,
    query_tokens,
    shape,
    source_tokens,
    value_tokens,
)
from dbee_dbt.project.conversion.column_list import column_edits
from dbee_dbt.project.conversion.convert import query_edits
from dbee_dbt.project.conversion.query_text import CannotConvertError, QueryText, SqlText, tables_of
from dbee_dbt.project.conversion.relations import Sink
from dbee_dbt.project.conversion.template import Edit, Escape, rendered
from dbee_dbt.project.conversion.variables import variable_edits, variable_names

_APPENDS = "it adds rows, as the statement does; with incremental_strategy merge, a second run changes them"
_DELETED_OTHERWISE = "the DELETE takes rows by more than equality; dbt deletes the rows whose key is among the new ones"


class Proposal(Struct, frozen=True, kw_only=True):
    """A model that would do what a load does.

    Args:
        materialized: ``table`` where the target is emptied first.
        strategy: of an incremental model; ``""`` for a table.
        unique_key: columns of the target as they stand in SQL.
        updated: the columns that a MERGE changes, where these are not all; as they stand in SQL.
        query: the text of the model.
        variables: names that the model takes by ``var()``.
        notes: what to look at before it is enabled.
    """

    materialized: str
    strategy: str = ""
    unique_key: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    query: str
    variables: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def proposal(read: ReadLoad, target: Table, deleted: ReadLoad | None, sink: Sink) -> Proposal:
    """What an INSERT … SELECT or a MERGE would be as a model.

    Args:
        read: the load.
        target: the table that it fills.
        deleted: the DELETE from the same table in front of it, if there is one.
        sink: how it is written.

    Raises:
        CannotConvertError: no model would do the same.
    """
    match read.change:
        case d.Merge() as merge:
            made = _of_merge(read, merge, target, sink)
        case d.Insert(query=s.Query()) as insert:
            made = _with_strategy(_of_insert(read, insert, target, sink), target, deleted)
        case d.Insert():
            raise CannotConvertError("it inserts values, and no query")
        case _:  # an UPDATE; a DELETE waits for what fills the table behind it
            raise CannotConvertError("it changes rows where they stand, which no model does")
    return replace(made, notes=(*made.notes, *_doubts(read, made)))


def _doubts(read: ReadLoad, made: Proposal) -> Iterator[str]:
    if "{{ this }}" in made.query:
        yield "it reads the table that it fills, which is not there in the first run: see is_incremental()"
    if any(token.key in ("LOCKING", "LOCK") for token in read.load.tokens):
        yield "its LOCKING is left out, since dbt has no place for it"
    bare = _bare_names(read.load.tokens)
    for name in sorted(bare & read.load.variables):
        yield f"{name} is a variable of the {read.load.kind}; where it is meant, a var() has to stand"


def _bare_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Names without a qualifier or a colon in front."""
    found, before = set(), ""
    for token in tokens:
        if token.kind in ("word", "quoted name") and before not in (".", ":"):
            found.add(fold(name_of(token.text)))
        before = token.key
    return frozenset(found)


# --- INSERT … SELECT -------------------------------------------------------------------------------------------------


def _of_insert(read: ReadLoad, insert: d.Insert, target: Table, sink: Sink) -> Proposal:
    assert insert.query is not None, "told by the caller"
    tokens = query_tokens(read, insert.query)
    query = QueryText(
        name=target.name,
        database=read.load.database,
        text=read.load.text,
        query=insert.query,
        tokens=tokens,
        columns=tuple(map(identifier, _columns(insert.columns, target))),
        told=read.told,
        tables=tables_of(insert.query),
    )
    found = query_edits(query, sink)
    edits = _together((*found.edits, *column_edits(query, sink.escape)), read, sink)
    return Proposal(
        materialized="incremental",
        query=_with_comments(
            rendered(query.text, query.start, query.end, edits, sink.escape),
            query.text,
            ((query.start, query.end),),
            sink,
        ),
        variables=_variables(read, query.start, query.end),
        notes=(*_left(found.left), *_missing(insert.columns, target)),
    )


def _columns(written: tuple[str, ...], target: Table) -> tuple[str, ...]:
    columns = written or tuple(column.name for column in target.columns)
    if not columns:
        raise CannotConvertError("it names no columns, and those of the table are not known")
    return columns


def _left(found: Sequence[Reference]) -> Iterator[str]:
    for name in dict.fromkeys(one.name for one in found if one.how == "reads"):
        yield f"{name} stays as it is written: it is neither a source nor a model of what was generated"


def _missing(written: tuple[str, ...], target: Table) -> Iterator[str]:
    given = set(map(fold, written))
    rest = [column.name for column in target.columns if written and fold(column.name) not in given]
    if rest:
        yield f"it leaves these columns to their defaults, and so the model has none of them: {', '.join(rest)}"


def _with_strategy(made: Proposal, target: Table, deleted: ReadLoad | None) -> Proposal:
    if deleted is None:
        key = unique_columns(target)
        appends = (_APPENDS,) if key else ()
        return replace(made, strategy="append", unique_key=_written(key), notes=(*made.notes, *appends))
    delete = deleted.change
    assert isinstance(delete, d.Delete), "told by the caller"
    if is_whole(delete):
        return replace(made, materialized="table")
    known = {fold(column.name): column.name for column in target.columns}
    variables = set(map(fold, variable_names(deleted.load.tokens)))
    columns = [name for name in columns_in(delete.where) if fold(name) in known and fold(name) not in variables]
    if not columns:
        raise CannotConvertError(f"the DELETE in front of it ({deleted.load.place}) finds its rows by no column")
    notes = made.notes if _is_by_equality(delete.where) else (*made.notes, _DELETED_OTHERWISE)
    return replace(made, strategy="delete+insert", unique_key=_written(columns), notes=notes)


def is_whole(delete: d.Delete) -> bool:
    """True if a DELETE empties its table."""
    return delete.where is None and not delete.sources and not delete.unbound


def _is_by_equality(condition: s.Expression | None) -> bool:
    parts = conjuncts(condition) if condition is not None else ()
    return all(isinstance(one, s.Comparison) and one.operator == "=" and not one.quantifier for one in parts)


def unique_columns(target: Table) -> tuple[str, ...]:
    """The columns of a table by which a row is found: of its unique primary index, its primary key, or another key."""
    index = target.primary_index
    keys: list[tuple[str, ...]] = []
    if index is not None and index.unique:
        keys.append(index.columns)
    for kind in ("primary key", "unique"):
        keys.extend(one.columns for one in target.constraints if one.kind == kind)
    keys.extend(one.columns for one in target.indexes if one.unique)
    return keys[0] if keys else ()


def _written(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(identifier, columns))


# --- MERGE -----------------------------------------------------------------------------------------------------------


def _of_merge(read: ReadLoad, merge: d.Merge, target: Table, sink: Sink) -> Proposal:
    if merge.insert is None or merge.update is None or merge.delete:
        raise CannotConvertError("it does not both change rows that match and insert the others, as dbt's merge does")
    columns = _columns(merge.insert[0], target)
    values = dict(zip(map(fold, columns), merge.insert[1], strict=False))
    keys = merge_keys(merge)
    _check_same("ON compares", keys, values)
    _check_same("WHEN MATCHED sets", {one.column: one.value for one in merge.update}, values)
    changed = {fold(one.column) for one in merge.update}
    others = [name for name in columns if fold(name) not in {fold(key) for key in keys}]
    updated = () if all(fold(name) in changed for name in others) else [n for n in others if fold(n) in changed]
    text, notes = _merge_query(read, merge, columns, sink)
    return Proposal(
        materialized="incremental",
        strategy="merge",
        unique_key=_written(tuple(keys)),
        updated=_written(updated),
        query=text,
        variables=_variables(read, 0, len(read.load.text)),
        notes=(*notes, *_missing(columns, target)),
    )


def _check_same(what: str, wanted: dict[str, s.Expression], values: dict[str, s.Expression]) -> None:
    """dbt's merge has one value a column, which is inserted, compared and set."""
    for column, value in wanted.items():
        if fold(column) not in values or shape(values[fold(column)]) != shape(value):
            raise CannotConvertError(f"{what} {column} with another value than WHEN NOT MATCHED inserts")


def _merge_query(read: ReadLoad, merge: d.Merge, columns: tuple[str, ...], sink: Sink) -> tuple[str, tuple[str, ...]]:
    assert merge.insert is not None, "told by the caller"
    source, values = source_tokens(read), value_tokens(read)
    if source[0].key == "VALUES" or len(values) != len(columns):
        raise CannotConvertError("its values are not read")
    parts = [(tokens[0].start, tokens[-1].end) for tokens in (source, *values)]
    sql = SqlText(
        database=read.load.database,
        text=read.load.text,
        tokens=read.tokens,
        told=_within(read.told, parts),
        tables=tables_of((merge.source, merge.insert[1])),
    )
    found = query_edits(sql, sink)
    edits = _together(found.edits, read, sink)
    table, *items = (rendered(sql.text, start, end, edits, sink.escape) for start, end in parts)
    lines = [
        f"    {item}{_as(tokens, name, sink.escape)}" for item, tokens, name in zip(items, values, columns, strict=True)
    ]
    query = "SELECT\n" + ",\n".join(lines) + f"\nFROM {table}"
    return _with_comments(query, sql.text, parts, sink), tuple(_left(found.left))


def _with_comments(query: str, text: str, parts: Sequence[tuple[int, int]], sink: Sink) -> str:
    """A query with the comments of its statement that do not stand in the parts it is made of in front of it."""
    comments = (token for token in tokenize(text) if token.kind == "comment")
    outside = [one.text for one in comments if not any(start <= one.start < end for start, end in parts)]
    return "\n".join([*map(sink.escape, outside), query])


def _as(tokens: Sequence[Token], name: str, escape: Escape) -> str:
    is_own = tokens[-1].kind in ("word", "quoted name") and len(tokens) in (1, 3, 5)
    return "" if is_own and fold(name_of(tokens[-1].text)) == fold(name) else escape(f" AS {identifier(name)}")


def _within(told: References, parts: Sequence[tuple[int, int]]) -> References:
    """The references that stand in one of the parts."""

    def kept(found: tuple[Reference, ...]) -> tuple[Reference, ...]:
        return tuple(one for one in found if any(start <= one.start < end for start, end in parts))

    return replace(told, found=kept(told.found), qualifiers=kept(told.qualifiers))


# --- variables -------------------------------------------------------------------------------------------------------


def _together(edits: Sequence[Edit], read: ReadLoad, sink: Sink) -> list[Edit]:
    """Edits with those of variables, but for variables in what is replaced anyway."""
    variables = variable_edits(read.load.tokens, sink.relations.quote)
    inside = [one for one in variables if not any(edit.start <= one.start < edit.end for edit in edits)]
    return [*edits, *inside]


def _variables(read: ReadLoad, start: int, end: int) -> tuple[str, ...]:
    return variable_names([token for token in read.load.tokens if start <= token.start < end])
