"""The rules of scope ``sql`` by name, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places
from dbee_dbt.project.rules.contract_type import contract_type
from dbee_dbt.project.rules.unresolved_column import unresolved_column
from dbee_dbt.project.rules.views import view_broken, view_stale

Find = Callable[[Estate, Node, Places, Bridge, dict[str, int]], Iterable[dict[str, Any]]]
"""What a rule finds in one node, as the macro ``dbee_judge_sql`` takes it; what it cannot tell it counts by facet."""


class SqlRule(NamedTuple):
    """A rule of scope ``sql``.

    Args:
        find: what it finds.
        kinds: resource types of the nodes that it looks at.
    """

    find: Find
    kinds: frozenset[str]


_QUERIES = frozenset({"model", "snapshot"})
_VIEWS = frozenset({"model", "source"})

SQL_RULES = {
    "contract_type": SqlRule(contract_type, _QUERIES),
    "unresolved_column": SqlRule(unresolved_column, _QUERIES),
    "view_broken": SqlRule(view_broken, _VIEWS),
    "view_stale": SqlRule(view_stale, _VIEWS),
}

OF_VIEWS = frozenset(name for name, rule in SQL_RULES.items() if rule.kinds == _VIEWS)
"""The rules that ask what the views of the physical schema say."""


class SqlFindings(Struct, frozen=True):
    """What the rules found in the SQL of a project, and how often they could not tell, by facet."""

    found: list[dict[str, Any]]
    not_compared: dict[str, int]


def sql_findings(estate: Estate, bridge: Bridge, selected: frozenset[str] | None, rules: Iterable[str]) -> SqlFindings:
    """Run rules on the SQL of models and snapshots.

    Args:
        estate: the project over the tables and views there are.
        bridge: the dbt macros.
        selected: unique ids, or None for all.
        rules: names of those to run.
    """
    manifest = estate.queries.manifest
    places, found, not_compared = Places(manifest), [], dict[str, int]()
    used = [(name, SQL_RULES[name]) for name in sorted(SQL_RULES.keys() & set(rules))]
    read = {one for node in manifest.nodes.values() for one in (node.get("depends_on") or {}).get("nodes") or ()}
    for node in manifest.everything.values():
        if selected is not None and node["unique_id"] not in selected:
            continue
        for name, rule in used:
            if node["resource_type"] in rule.kinds:
                for each in rule.find(estate, node, places, bridge, not_compared):
                    found.append({"rule": name, "node": node["unique_id"], **each})
        if node["unique_id"] not in read:
            estate.queries.forget(node)
    return SqlFindings(found, not_compared)
