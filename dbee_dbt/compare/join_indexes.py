"""Queries of join indexes: as a developer writes them and as SHOW JOIN INDEX prints them, they mean the same.

The system prints a text of its own (docs/teradata/ddl.md §2.2, no. 16): an aggregate join index gets a ``COUNT(*)``
named CountStar, aggregates get the type of their result, AS becomes NAMED, and every name its database and table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.model.names import fold, fold_code

Word = str | tuple[str, ...]
"""A token as it compares; a tuple for a name with what stands in front of it."""
Words = tuple[Word, ...]

_AGGREGATES = frozenset({"SUM", "COUNT", "MIN", "MINIMUM", "MAX", "MAXIMUM"})
_BEGINS_JOIN = frozenset({"LEFT", "RIGHT", "FULL", "CROSS"})
_NO_ALIAS = frozenset({"ON", "JOIN", "INNER", "WHERE", "GROUP", *_BEGINS_JOIN})
_OPENING: tuple[Word, ...] = ("(", ("CASE",))
_CLOSING: tuple[Word, ...] = (")", ("END",))
_ADDED = ("COUNTSTAR",)


class _Item(Struct, frozen=True):
    """One item of the select list; ``name`` is ``()`` where it has the name of its column."""

    words: Words
    name: Words


class _Meaning(Struct, frozen=True):
    """A query taken apart."""

    head: Words
    items: tuple[_Item, ...]
    tables: Words
    conditions: tuple[Words, ...]
    groups: tuple[Words, ...]


def same_query(before: str, after: str) -> bool:
    """True if two queries of a join index mean the same.

    Args:
        before: exact text of the one.
        after: exact text of the other. A name that only one of them qualifies is taken for the same.
    """
    left, right = _meaning(before), _meaning(after)
    return (
        _alike(left.head, right.head)
        and len(left.items) == len(right.items)
        and all(map(_same_item, left.items, right.items))
        and _alike(left.tables, right.tables)
        and _all_in(left.conditions, right.conditions)
        and _all_in(left.groups, right.groups)
    )


def _same_item(left: _Item, right: _Item) -> bool:
    return _alike(left.words, right.words) and _alike(left.name, right.name)


def _alike(left: Words, right: Words) -> bool:
    return len(left) == len(right) and all(map(_same_word, left, right))


def _same_word(left: Word, right: Word) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    common = min(len(left), len(right))
    return left[-common:] == right[-common:]


def _all_in(left: Sequence[Words], right: Sequence[Words]) -> bool:
    """True if each one of the left has its like on the right, and none is left over; their order does not count."""
    waiting: dict[tuple[str, ...], list[Words]] = {}
    for words in right:
        waiting.setdefault(_unqualified(words), []).append(words)
    for words in left:
        others = waiting.get(_unqualified(words), [])
        found = next((other for other in others if _alike(words, other)), None)
        if found is None:
            return False
        others.remove(found)
    return not any(waiting.values())


def _unqualified(words: Words) -> tuple[str, ...]:
    """What words that are alike have in common: each without its qualifiers."""
    return tuple(word if isinstance(word, str) else word[-1] for word in words)


@lru_cache(maxsize=1024)
def _meaning(query: str) -> _Meaning:
    select, tables, where, group = _clauses(_words(query))
    names, joined, conditions = _sources(tables)
    head = tuple(word for word in select[:2] if word in (("SELECT",), ("SEL",), ("DISTINCT",)))
    items = [_item(words) for words in _split(_resolved(select[len(head) :], names), ",")]
    kept = tuple(item for item in items if item.name != (_ADDED,))
    on = [part for condition in (*conditions, where) for part in _conjuncts(_resolved(condition, names))]
    return _Meaning(
        tuple(word for word in head if word == ("DISTINCT",)),
        kept,
        _resolved(joined, names),
        tuple(map(_bare, on)),
        tuple(_group(words, items) for words in _split(_resolved(group, names), ",")),
    )


def _words(query: str) -> Words:
    """The tokens; a name with its qualifiers is one, and so is any other word."""
    found: list[Word] = []
    tokens = significant(tokenize(query))
    for place, token in enumerate(tokens):
        is_name = token.kind in ("word", "quoted name", "placeholder")
        word: Word = (fold(name_of(token.text)),) if is_name else fold_code(canonical(token.text))
        before = found[-1] if found else ""
        if isinstance(before, tuple) and place and tokens[place - 1].text == ".":
            found[-1] = (*before, *(word if isinstance(word, tuple) else (word,)))
        elif word != ".":
            found.append(word)
    return tuple(found)


def _clauses(words: Words) -> tuple[Words, Words, Words, Words]:
    """The words of SELECT, FROM, WHERE and GROUP BY."""
    begins = {("FROM",): 1, ("WHERE",): 2, ("GROUP",): 3}
    found: tuple[list[Word], ...] = ([], [], [], [])
    depth = at = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth == 0 and word in begins and begins[word] > at:
            at = begins[word]
        elif not (at == 3 and word == ("BY",) and not found[3]):
            found[at].append(word)
    return tuple(found[0]), tuple(found[1]), tuple(found[2]), tuple(found[3])


def _split(words: Words, divider: Word) -> list[Words]:
    """The parts between dividers that stand in no parentheses or CASE, nor between BETWEEN and its AND."""
    parts: list[list[Word]] = [[]]
    depth, between = 0, False
    for word in words:
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth == 0 and word == divider and not between:
            parts.append([])
            continue
        between = (between or word == ("BETWEEN",)) and word != ("AND",)
        parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _conjuncts(words: Words) -> list[Words]:
    """The conditions that AND connects; all of them as one where OR, which binds less, stands beside it."""
    return _split(words, ("AND",)) if len(_split(words, ("OR",))) < 2 else [words]


def _bare(words: Words) -> Words:
    """Words without parentheses around all of them."""
    while len(words) > 2 and words[0] == "(" and _closes(words) == len(words) - 1:
        words = words[1:-1]
    return words


def _closes(words: Words, start: int = 0) -> int:
    """Where the parenthesis at ``start`` is closed."""
    depth = 0
    for place in range(start, len(words)):
        depth += (words[place] == "(") - (words[place] == ")")
        if depth == 0:
            return place
    return len(words)


def _opens(words: Words) -> int:
    """Where the parenthesis is opened that the last word closes."""
    depth = 0
    for place in range(len(words) - 1, -1, -1):
        depth += (words[place] == ")") - (words[place] == "(")
        if depth == 0:
            return place
    return 0


def _sources(words: Words) -> tuple[dict[str, tuple[str, ...]], Words, list[Words]]:
    """Tables by correlation name; the tables and how they are joined; the conditions of inner joins."""
    names: dict[str, tuple[str, ...]] = {}
    joined: list[Word] = []
    conditions: list[Words] = []
    at, outer = 0, False
    while at < len(words):
        word = words[at]
        if word == ("ON",):
            end = _end_of_condition(words, at + 1)
            conditions += [] if outer else [words[at + 1 : end]]
            joined += words[at:end] if outer else ()
            at = end
            continue
        outer = word[0] in _BEGINS_JOIN if isinstance(word, tuple) and word[0] in _NO_ALIAS - {"JOIN"} else outer
        at += 1
        if isinstance(word, tuple) and word[0] not in (*_NO_ALIAS, "OUTER"):
            at = _correlated(words, at, word, names)
        outer = outer and word != ","
        if word not in (("INNER",), ("OUTER",)):
            joined.append("," if word == ("JOIN",) and not outer else word)
    return names, tuple(joined), conditions


def _end_of_condition(words: Words, at: int) -> int:
    depth = 0
    while at < len(words):
        word = words[at]
        depth += (word == "(") - (word == ")")
        is_end = word == "," or (isinstance(word, tuple) and word[0] in _NO_ALIAS and len(word) == 1)
        if depth < 0 or (depth == 0 and is_end):
            return at
        at += 1
    return at


def _correlated(words: Words, at: int, table: tuple[str, ...], names: dict[str, tuple[str, ...]]) -> int:
    """Notes the correlation name that may follow a table; returns the place behind it."""
    at += words[at : at + 1] == (("AS",),)
    alias = words[at] if at < len(words) else ","
    if isinstance(alias, str) or len(alias) > 1 or alias[0] in _NO_ALIAS:
        return at
    if table not in names.values():  # the second time a table comes, its correlation name alone tells them apart
        names[alias[0]] = table
    return at + 1


def _resolved(words: Words, names: dict[str, tuple[str, ...]]) -> Words:
    """Words with tables in the place of their correlation names."""
    return tuple(
        (*names[word[0]], *word[1:]) if isinstance(word, tuple) and len(word) > 1 and word[0] in names else word
        for word in words
    )


def _item(words: Words) -> _Item:
    words, name = _named(words)
    if name and isinstance(words[-1], tuple) and len(words) == 1 and words[0][-1:] == name[0][-1:]:
        name = ()
    return _Item(_without_result_type(words), name)


def _named(words: Words) -> tuple[Words, Words]:
    """An item's expression and its name: of ``x AS n``, ``x n`` or ``x (type, NAMED n)``."""
    if words[-1] == ")":
        start = _opens(words)
        phrase = _split(words[start + 1 : -1], ",")
        if not phrase or phrase[-1][:1] != (("NAMED",),):
            return words, ()
        kept = ("(", *_listed(phrase[:-1]), ")") if phrase[:-1] else ()
        return (*words[:start], *kept), phrase[-1][1:]
    if len(words) > 2 and words[-2] == ("AS",):
        return words[:-2], words[-1:]
    before = words[-2] if len(words) > 1 else "("
    is_value = isinstance(before, tuple) or before == ")" or before[0].isdigit() or before[-1] == "'"
    if isinstance(words[-1], tuple) and is_value:
        return words[:-1], words[-1:]
    return words, ()


def _listed(parts: Sequence[Words]) -> Words:
    return tuple(word for place, part in enumerate(parts) for word in ((",", *part) if place else part))


def _without_result_type(words: Words) -> Words:
    """An aggregate without the type of its result: ``SUM(x) (DECIMAL(38,4))`` is ``SUM(x)``."""
    head = words[0]
    if not isinstance(head, tuple) or head[-1] not in _AGGREGATES or words[1:2] != ("(",):
        return words
    end = _closes(words, 1) + 1
    has_type = words[end : end + 1] == ("(",) and _closes(words, end) == len(words) - 1
    return words[:end] if has_type else words


def _group(words: Words, items: Sequence[_Item]) -> Words:
    """A grouping; a number stands for an item of the select list."""
    place = words[0]
    if len(words) == 1 and isinstance(place, str) and place.isdigit() and 0 < int(place) <= len(items):
        return items[int(place) - 1].words
    return words
