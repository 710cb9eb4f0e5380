"""Rule ``unresolved_column``: the SQL of a model names a column or table that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbee_dbt.bridge import Bridge
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.impact.place import sql_place
from dbee_dbt.project.impact.queries import query_key
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places

NOT_TOLD = "column.resolved"
"""What is counted where a name may be there and nobody knows."""


def unresolved_column(
    estate: Estate, node: Node, places: Places, bridge: Bridge, not_compared: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """What the rule finds in one node; see ``validators/unresolved_column.sql``."""
    answer = estate.answer(query_key(node))
    if answer is None:
        return
    if answer.unread is not None:
        at = sql_place(node, answer.unread.rendered, answer.unread.at, places)
        fix = fix_of_unread(node, has_place=answer.unread.at is not None)
        yield {"status": "not checked", "actual": answer.unread.reason, "fix": fix, **at}
    for problem, rendered in answer.problems:
        if problem.is_wrong:
            at = sql_place(node, rendered, problem.at, places)
            fix = "Correct the model's SQL, or restore what it names."
            yield {"column": problem.name or None, "actual": problem.what, "fix": fix, **at}
        else:
            not_compared[NOT_TOLD] = not_compared.get(NOT_TOLD, 0) + 1


def fix_of_unread(node: Node, *, has_place: bool) -> str:
    """What to do about a model whose SQL is not read; ``has_place``: where it is not, is known."""
    if node.get("language") == "python":
        return "Switch the rule off for it: only its Python knows."
    if has_place:
        return "See whether the database takes it; then switch the rule off for it."
    return "Run dbt compile, so that the manifest holds its SQL; or switch the rule off for it."
