"""What dbt adds to the columns of a snapshot."""

from __future__ import annotations

from dbee_dbt.dependencies.lineage import ColumnLineage
from dbee_dbt.model.names import fold
from dbee_dbt.project.manifest import Node

_ADDED = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to")
_DELETED = "dbt_is_deleted"


def snapshot_columns(node: Node, columns: tuple[ColumnLineage, ...] | None) -> tuple[ColumnLineage, ...] | None:
    """The columns of a node's query, and of a snapshot those that dbt adds, under the names that the project gives."""
    if node["resource_type"] != "snapshot" or columns is None:
        return columns
    named = node["config"].get("snapshot_meta_column_names") or {}
    added = (*_ADDED, _DELETED) if node["config"].get("hard_deletes") == "new_record" else _ADDED
    names = [str(named.get(name) or name) for name in added]
    own = {fold(column.name) for column in columns}
    return (*columns, *(ColumnLineage(name=n, kind="no column", sources=()) for n in names if fold(n) not in own))
