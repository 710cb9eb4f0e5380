"""Names that the columns of a query get, in a model: behind expressions, or by a derived table around the query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.lexer import Token
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.model.names import fold, identifier
from dbee_dbt.project.conversion.query_text import QueryText
from dbee_dbt.project.conversion.template import Edit, Escape

_OPEN, _CLOSE = "(", ")"
_COMMA_AND_ONE = 2
_CLAUSES = frozenset("FROM WHERE HAVING QUALIFY EXPAND SAMPLE WITH".split())


def column_edits(read: QueryText, escape: Escape) -> tuple[Edit, ...]:
    """What gives the columns of a query the names of a list: a view's, or an INSERT's.

    ``AS name`` behind an expression where that can mean nothing else: the query is one SELECT without ``*``, and no
    name of the list that is not the column's own stands anywhere in it. Else the query stands in a derived table,
    whose list has the names; then nothing in it changes.

    Args:
        read: the query; nothing is to be done where its columns keep their names.
        escape: for the names.
    """
    if not read.columns:
        return ()
    names = _aliases(read)
    if names is None:
        return _wrapped(read, escape)
    return tuple(Edit(at, at, escape(f" AS {name}")) for at, name in names)


def _wrapped(read: QueryText, escape: Escape) -> tuple[Edit, ...]:
    start, names = _body_start(read.tokens), ", ".join(read.columns)
    return (
        Edit(start, start, "SELECT * FROM (\n"),
        Edit(read.end, read.end, escape(f"\n) AS {identifier(read.name)} ({names})")),
    )


def _body_start(tokens: Sequence[Token]) -> int:
    """Where the query begins behind its WITH."""
    at = 0
    if tokens[0].key == "WITH":
        at = next(
            index + 1
            for index, depth, following in _depths(tokens)
            if depth == 0 and tokens[index].key == _CLOSE and following not in ("AS", ",")
        )
    return tokens[at].start


def _depths(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Index, depth of parentheses behind it, and the key that follows, of each token."""
    depth = 0
    for index, (token, following) in enumerate(pairwise((*tokens, Token("other", "", 0, 0, "")))):
        depth += (token.key == _OPEN) - (token.key == _CLOSE)
        yield index, depth, following.key


def _aliases(read: QueryText) -> list[tuple[int, str]] | None:
    """Where names are to be put in, and which; None where that is not safe."""
    body = read.query.body
    if not isinstance(body, s.Select) or read.query.commons or len(body.items) != len(read.columns):
        return None
    found = []
    used = _used(read.tokens)
    for item, end, name in zip(body.items, _item_ends(read.tokens, body), read.columns, strict=True):
        own = _own_name(item)
        if own is not None and fold(own) == fold(name_of(name)):
            continue
        if item.alias is not None or _is_special(item.expression) or fold(name_of(name)) in used:
            return None
        found.append((end, name))
    return found


def _own_name(item: s.SelectItem) -> str | None:
    if item.alias is not None:
        return item.alias
    return item.expression.parts[-1] if isinstance(item.expression, s.Name) else None


def _is_special(expression: s.Expression) -> bool:
    """``*``, ``t.*``, and a phrase that may name the column itself, or say how it is shown."""
    return isinstance(expression, s.Star) or (isinstance(expression, s.Cast) and expression.form == "phrase")


def _used(tokens: Sequence[Token]) -> frozenset[str]:
    """Folded names that stand in a query without a qualifier in front."""
    return frozenset(
        fold(name_of(token.text))
        for before, token in pairwise((Token("other", "", 0, 0, ""), *tokens))
        if token.kind in ("word", "quoted name") and before.key != "."
    )


def _item_ends(tokens: Sequence[Token], body: s.Select) -> Iterator[int]:
    """The offset behind each expression of the select list."""
    places = {token.start: index for index, token in enumerate(tokens)}
    for item in body.items[1:]:
        yield tokens[places[item.at] - _COMMA_AND_ONE].end
    last = places[body.items[-1].at]
    depth = 0
    for index in range(last, len(tokens)):
        key = tokens[index].key
        if index > last and depth == 0 and _begins_clause(tokens, index):
            yield tokens[index - 1].end
            return
        depth += (key == _OPEN) - (key == _CLOSE)
    yield tokens[-1].end


def _begins_clause(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].key in ("GROUP", "ORDER"):
        return index + 1 < len(tokens) and tokens[index + 1].key == "BY"
    return tokens[index].key in _CLAUSES
