"""What a user may have meant by a pattern that matches nothing."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from dbee_dbt.model.catalog import ObjectFilter, split_pattern
from dbee_dbt.model.errors import NothingMatchedError
from dbee_dbt.model.names import fold, identifier

_SHOWN = 5


def nothing_matched(
    what: str, wanted: ObjectFilter, databases: Iterable[str], subject: str | None = None
) -> NothingMatchedError:
    """The error for patterns that match nothing; its hint names the databases that come near.

    Args:
        what: what happened, in one sentence.
        wanted: the patterns.
        databases: the names that there are.
        subject: what the error is about; the patterns by default.
    """
    names = list(databases)
    near = _near(wanted, names)
    listed = ", ".join(identifier(name) for name in (near or names)[:_SHOWN])
    hint = f"{'Near' if near else 'There'} are: {listed}." if listed else "No database is there."
    return NothingMatchedError(
        what,
        subject=subject or " ".join(wanted.include) or None,
        hint=f"{hint} Patterns are DATABASE or DATABASE.NAME, with * and ?.",
    )


def _near(wanted: ObjectFilter, names: list[str]) -> list[str]:
    by_fold = {fold(name): name for name in names}
    found: dict[str, str] = {}
    for pattern in wanted.include:
        if not pattern.lower().startswith("kind:"):
            bare = fold(split_pattern(pattern)[0]).translate({ord("*"): None, ord("?"): None})
            found.update((key, by_fold[key]) for key in get_close_matches(bare, by_fold, n=_SHOWN, cutoff=0.5))
    return list(found.values())
