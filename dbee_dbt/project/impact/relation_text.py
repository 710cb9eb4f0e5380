"""What ``ref``, ``source`` and ``this`` stand for in a model's SQL."""

from __future__ import annotations

from dbee_dbt.project.manifest import Node, database_name, relation_name

CTE = "__dbt__cte__"
"""What the name of an ephemeral model begins with where dbt writes it as a query of WITH."""


class RelationText:
    """A table, view or ephemeral model as Jinja sees it: its text in SQL, and its names.

    Args:
        database: Teradata's database, dbt's ``schema``; ``""`` for an ephemeral model.
        name: its name.
        kind: ``view``, ``table``, ``cte`` …, as far as the project says.
    """

    def __init__(self, database: str, name: str, kind: str) -> None:
        self.schema = database
        self.identifier = self.name = self.table = name
        self.database = ""
        self.type = kind
        self.is_cte, self.is_view, self.is_table = kind == "cte", kind == "view", kind in ("table", "incremental")

    def __str__(self) -> str:
        return f"{_quoted(self.schema)}.{_quoted(self.name)}" if self.schema else self.name

    __html__ = __repr__ = render = __str__

    def include(self, database: bool = True, schema: bool = True, identifier: bool = True) -> RelationText:
        """The relation with only some of its parts, as dbt's."""
        return RelationText(self.schema if schema else "", self.name if identifier else "", self.type)

    def quote(self, **_parts: bool) -> RelationText:
        """The relation; names are quoted in any case."""
        return self


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def relation_text(node: Node) -> RelationText:
    """The relation that a node stands for."""
    kind = str(node["config"].get("materialized", "")) if node["resource_type"] != "source" else ""
    if kind == "ephemeral":
        return RelationText("", f"{CTE}{relation_name(node)}", "cte")
    return RelationText(database_name(node), relation_name(node), kind)
