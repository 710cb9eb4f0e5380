"""The YAML of proposals: the columns of the tables that they fill, with the types that a model is then held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.objects import Table


def proposals_yaml(models: Iterable[tuple[str, Table]]) -> str:
    """Model YAML.

    Args:
        models: name of each model, and the table that it fills.
    """
    bridge = Bridge()
    lines = ["version: 2", "", "models:"]
    for model, table in models:
        lines += [f"  - name: {model}", *_columns(table, bridge)]
    return "\n".join(lines) + "\n"


def _columns(table: Table, bridge: Bridge) -> Iterator[str]:
    reserved = bridge.call("dbee_reserved_words")
    if table.columns:
        yield "    columns:"
    for column in table.columns:
        yield f"      - name: {bridge.call('dbee_yaml_text', column.name)}"
        if bridge.call("dbee_sql_name", column.name, reserved) != column.name:
            yield "        quote: true"
        if column.type is not None:
            yield f"        data_type: {bridge.call('dbee_yaml_text', column.type.text)}"
