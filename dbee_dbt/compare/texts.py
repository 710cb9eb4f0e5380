"""Source text compares by its tokens: case, white space, comments, needless quotes and the verb do not count.

Secrets do not count either: a saved catalog holds none, and no output may tell that one changed.

Of a text whose header was read into parameters and clauses, the text is its body alone: what changes in the header is
told by the facets of the header, and by them only.
"""

from __future__ import annotations

from functools import lru_cache

from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.code import body_source
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.model.names import fold, fold_code, identifier
from dbee_dbt.model.objects import CatalogObject, CodeObject

_VERBS = frozenset({"CREATE", "REPLACE", "CV", "CM"})
_BEGINS_BODY = frozenset({"(", "AS", "ENABLED", "DISABLED", "BEFORE", "AFTER", "INSTEAD"})
_HEADER = 12  # tokens in which the object's own name has to come: a verb, the kind, a database, a dot, the name


def same_text(owner: CatalogObject, before: str, after: str, renamed: CatalogObject | None = None) -> bool:
    """True if two source texts of one object say the same, but for the object's own name.

    Args:
        owner: the object; its own name may be qualified in one text and bare in the other, because the dictionary
            keeps text as it was submitted (docs/teradata/ddl.md §2.2).
        before: the one text.
        after: the other text.
        renamed: the object as it is called in the other text, where that may be another name.
    """
    bodies = told_texts(owner, owner if renamed is None else renamed, before, after)
    if bodies != (before, after):
        return _words(bodies[0]) == _words(bodies[1])
    if before == after or _meaning(owner, before) == _meaning(owner, after):
        return True  # also of a renamed object, whose text keeps the old name (docs/teradata/ddl.md §2.8)
    return renamed is not None and _meaning(owner, before) == _meaning(renamed, after)


def told_texts(before: CatalogObject, after: CatalogObject, left: str, right: str) -> tuple[str, str]:
    """What the facet ``text`` tells of two source texts: their bodies, where both headers are told by other facets.

    Args:
        before: the object before.
        after: the object after.
        left: its text before.
        right: its text after.
    """
    if not (isinstance(before, CodeObject) and isinstance(after, CodeObject)):
        return left, right
    if not (before.has_header and after.has_header):
        return left, right
    bodies = body_source(before.kind, left), body_source(after.kind, right)
    return (left, right) if bodies[0] is None or bodies[1] is None else (bodies[0], bodies[1])


def body(owner: CatalogObject, text: str) -> tuple[str, ...]:
    """A source text without what stands before its parameters or its body: the same of all texts that say the same."""
    words = _meaning(owner, text)
    return words[next((at for at, word in enumerate(words) if word in _BEGINS_BODY), 0) :]


def _meaning(owner: CatalogObject, text: str) -> tuple[str, ...]:
    return _stream(owner.kind, _spelled(identifier(owner.database)), _spelled(identifier(owner.name)), text)


def _words(text: str) -> list[str]:
    words = [_spelled(token.text) for token in significant(tokenize(mask(text)))]
    while words and words[-1] == ";":
        words.pop()
    return words


@lru_cache(maxsize=4096)
def _stream(kind: str, database: str, name: str, text: str) -> tuple[str, ...]:
    words = _words(text)
    if name not in words[:_HEADER]:
        return tuple(words[1:] if words[:1] and words[0] in _VERBS else words)
    at = words.index(name)
    if name == database and words[at + 1 : at + 3] == [".", name]:
        at += 2  # what comes first is the database of the same name
    start = at - 2 if words[max(at - 2, 0) : at] == [database, "."] else at
    told_by_key = _VERBS.union(fold(kind).split())
    return (*(word for word in words[:start] if word not in told_by_key), *words[at + 1 :])


@lru_cache(maxsize=65536)  # the same few words come again and again
def _spelled(token: str) -> str:
    return fold_code(canonical(token))
