"""Rule ``contract_type``: the SQL of a model returns another type than the model declares."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.impact.queries import query_key
from dbee_dbt.project.manifest import Node
from dbee_dbt.project.places import Places


@lru_cache(maxsize=4096)
def _verdict(bridge: Bridge, declared: str, yielded: DataType) -> dict[str, Any] | None:
    """How two types differ; projects have many columns and few types."""
    found: dict[str, Any] | None = bridge.call("dbee_type_verdict", declared, yielded.text)
    return found


NOT_TOLD = "column.yields"
"""What is counted where the type of an expression cannot be told."""


def contract_type(
    estate: Estate, node: Node, places: Places, bridge: Bridge, not_compared: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """What the rule finds in one node; see ``validators/contract_type.sql``."""
    declared = {name: column for name, column in (node.get("columns") or {}).items() if column.get("data_type")}
    if not declared or node["resource_type"] != "model":
        return
    found = estate.yielded(query_key(node))
    for name, column in declared.items():
        folded = fold(name)
        if found is not None and folded not in found:
            continue  # whether a column is there at all is a matter of other rules, and of dbt's contracts
        kind = None if found is None else found[folded]
        if kind is None:
            not_compared[NOT_TOLD] = not_compared.get(NOT_TOLD, 0) + 1
            continue
        verdict = _verdict(bridge, str(column["data_type"]), kind)
        if verdict and verdict["unknown"]:
            not_compared[NOT_TOLD] = not_compared.get(NOT_TOLD, 0) + 1
        if verdict and verdict["differs"]:
            yield {
                "column": column.get("name", name),
                "expected": verdict["expected"],
                "actual": verdict["actual"],
                "fix": f"Cast it to {column['data_type']}, or declare data_type: {verdict['actual']}.",
                "differs": verdict["differs"],
            }
