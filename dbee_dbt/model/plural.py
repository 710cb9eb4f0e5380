"""Numbers with their words, as messages and reports say them."""

from __future__ import annotations

_IRREGULAR = {
    "info": "info",
    "statement on a volatile table": "statements on volatile tables",
    "statistics": "statistics",
}


def counted(count: int, word: str) -> str:
    """``1 table``, ``2 tables``, ``2 queries``, ``3 indexes``; a keyword (``INSERT``, ``.RUN``) stays as it is.

    Args:
        count: how many.
        word: one of them.
    """
    return f"{count} {word if count == 1 else plural(word)}"


def plural(word: str) -> str:
    """Several of what the word names."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    head, of, rest = word.partition(" of ")
    if of:
        return plural(head) + of + rest
    if word.isupper():
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
