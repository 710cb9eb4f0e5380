"""The tables that a statement names, in the order of its text: what any walk over the parser's nodes can see."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_statement


def tables(statement: str) -> list[str]:
    """Each table once, as it is written first; names of WITH among them."""
    rest: list[Any] = [parse_statement(statement)]
    found: dict[int, str] = {}
    while rest:
        node = rest.pop()
        if isinstance(node, s.TableName):
            found[node.at] = ".".join(node.parts)
        elif isinstance(node, tuple):
            rest += node
        elif isinstance(node, Struct):
            rest += (getattr(node, field) for field in node.__struct_fields__)
    return list(dict.fromkeys(found[at] for at in sorted(found)))
