"""What a load says: the table that it fills, the query that fills it, and the key by which rows are found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_statement
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.ddl.lexer import Token
from dbee_dbt.ddl.references import Reference, References, references
from dbee_dbt.ddl.references.found import joined_names
from dbee_dbt.ddl.script import Statement
from dbee_dbt.model.names import fold
from dbee_dbt.project.conversion.loads import Load
from dbee_dbt.project.conversion.query_text import CannotConvertError
from dbee_dbt.project.conversion.variables import parsable

_MORE = "ON says more than that columns of the target equal values of the source"
_HEADS = frozenset({"SELECT", "SEL", "WITH"})


class ReadLoad(Struct, frozen=True, kw_only=True):
    """A load that was read.

    Args:
        load: the load.
        tokens: those that the parser took, names joined with their placeholders.
        change: what the parser read.
        told: what it refers to.
        target: the table whose rows change.
    """

    load: Load
    tokens: Sequence[Token]
    change: d.Change
    told: References
    target: Reference


def read_load(load: Load) -> ReadLoad:
    """What a load says.

    Raises:
        CannotConvertError: it is not read, or its rows come from a file.
    """
    if load.tokens[0].key == "USING":
        raise CannotConvertError("USING: its rows come from a file")
    tokens = joined_names(parsable(load.tokens))
    try:
        change = parse_statement("", tokens)
    except QueryError as error:
        raise CannotConvertError(f"it is not read: error {error.code}") from error
    except NotKnownError as error:
        raise CannotConvertError(f"it is not read: {error.what}") from error
    if isinstance(change, s.Query):
        raise CannotConvertError("it changes no rows")
    statement = Statement(load.text, 0, len(load.text), 1, 1, "sql", tuple(tokens), 0)
    told = references(statement, load.database)
    target = next((one for one in told.found if one.how == "writes"), None)
    if target is None or told.unread:
        raise CannotConvertError(told.unread or "it names no table whose rows change")
    return ReadLoad(load=load, tokens=tokens, change=change, told=told, target=target)


# --- parts of the text -----------------------------------------------------------------------------------------------


def query_tokens(read: ReadLoad, query: s.Query) -> Sequence[Token]:
    """The tokens of the query of an INSERT, without LOCKING in front and without parentheses around it."""
    tokens = read.tokens
    first = next(index for index, token in enumerate(tokens) if token.start >= query.at)
    while tokens[first].key not in _HEADS and tokens[first].key != "(":
        first += 1
    return tokens[first : _closing(tokens, first)]


def _closing(tokens: Sequence[Token], first: int) -> int:
    """The index of the parenthesis that closes one in front; behind the last token where none does."""
    depth = 0
    for index in range(first, len(tokens)):
        depth += (tokens[index].key == "(") - (tokens[index].key == ")")
        if depth < 0:
            return index
    return len(tokens)


def source_tokens(read: ReadLoad) -> Sequence[Token]:
    """What stands between USING and ON of a MERGE."""
    keys = [token.key for token in read.tokens]
    first = keys.index("USING") + 1
    depth = 0
    for index in range(first, len(keys)):
        if depth == 0 and keys[index] == "ON":
            return read.tokens[first:index]
        depth += (keys[index] == "(") - (keys[index] == ")")
    raise CannotConvertError("its USING is not read")


def value_tokens(read: ReadLoad) -> list[Sequence[Token]]:
    """The values that a MERGE inserts, each as its tokens."""
    keys = [token.key for token in read.tokens]
    insert = max(index for index, key in enumerate(keys) if key in ("INSERT", "INS"))
    first = keys.index("VALUES", insert) + 2
    return list(_split(read.tokens[first : _closing(read.tokens, first)]))


def _split(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    depth, start = 0, 0
    for index, token in enumerate(tokens):
        depth += (token.key == "(") - (token.key == ")")
        if token.key == "," and depth == 0:
            yield tokens[start:index]
            start = index + 1
    yield tokens[start:]


# --- keys ------------------------------------------------------------------------------------------------------------


def conjuncts(condition: s.Expression) -> Iterator[s.Expression]:
    """The conditions that AND joins."""
    rest = [condition]
    while rest:
        match rest.pop():
            case s.Logical(operator="AND") as both:
                rest += [both.right, both.left]
            case one:
                yield one


def merge_keys(merge: d.Merge) -> dict[str, s.Expression]:
    """By column of the target, the value of the source that finds its rows.

    Raises:
        CannotConvertError: a condition of ON is no equality of a column of the target with a value of the source.
    """
    names = target_names(merge.table)
    found: dict[str, s.Expression] = {}
    for one in conjuncts(merge.condition):
        if not isinstance(one, s.Comparison) or one.operator != "=":
            raise CannotConvertError(_MORE)
        column, value = (one.left, one.right) if _is_of(one.left, names) else (one.right, one.left)
        if not isinstance(column, s.Name) or not _is_of(column, names) or _is_of(value, names):
            raise CannotConvertError(_MORE)
        found[column.parts[-1]] = value
    return found


def target_names(table: s.TableName) -> frozenset[str]:
    """Folded names by which columns of the target are qualified."""
    if table.alias is not None:
        return frozenset({fold(table.alias)})
    return frozenset({fold(table.parts[-1]), ".".join(map(fold, table.parts))})


def _is_of(side: s.Expression, names: frozenset[str]) -> bool:
    return isinstance(side, s.Name) and len(side.parts) > 1 and ".".join(map(fold, side.parts[:-1])) in names


def columns_in(condition: s.Expression | None) -> tuple[str, ...]:
    """The columns that stand in a condition outside of subqueries, each once."""
    found: dict[str, str] = {}
    rest: list[Any] = [condition]
    while rest:
        node = rest.pop(0)
        if isinstance(node, s.Name):
            found.setdefault(fold(node.parts[-1]), node.parts[-1])
        elif isinstance(node, tuple):
            rest += node
        elif isinstance(node, Struct) and not isinstance(node, s.Query):
            rest += [getattr(node, field) for field in node.__struct_fields__]
    return tuple(found.values())


def shape(node: Any) -> Any:
    """What two expressions have in common that mean the same: all but places, case, and the tables of columns."""
    if isinstance(node, s.Name):
        return ("name", fold(node.parts[-1]))
    if isinstance(node, tuple):
        return tuple(map(shape, node))
    if isinstance(node, Struct):
        return (
            type(node).__name__,
            *(shape(getattr(node, field)) for field in node.__struct_fields__ if field != "at"),
        )
    return node
