"""The rules of scope ``sql`` by name, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places
from dbee_dbt.project.rules.contract_type import contract_type
from dbee_dbt.project.rules.unresolved_column import unresolved_column

Rule = Callable[[Estate, Node, Places, Bridge, dict[str, int]], Iterable[dict[str, Any]]]
"""What a rule finds in one node, as the macro ``dbee_judge_sql`` takes it; what it cannot tell it counts by facet."""

SQL_RULES: dict[str, Rule] = {"contract_type": contract_type, "unresolved_column": unresolved_column}


_READ = frozenset({"model", "snapshot"})


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
    for name in sorted(SQL_RULES.keys() & set(rules)):
        for node in estate.queries.nodes.values():
            if node["resource_type"] in _READ and (selected is None or node["unique_id"] in selected):
                for each in SQL_RULES[name](estate, node, places, bridge, not_compared):
                    found.append({"rule": name, "node": node["unique_id"], **each})
    return SqlFindings(found, not_compared)
