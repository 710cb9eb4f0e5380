"""What a SQL function computes, as its header says it."""

from __future__ import annotations

from msgspec import Struct

from dbee_dbt.ddl.code import with_header
from dbee_dbt.emulator.dictionary.definition_rows import by_name
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.objects import CatalogObject, CodeObject


class SqlFunction(Struct, frozen=True):
    """What a SQL function computes: ``RETURN expression`` over its parameters."""

    parameters: tuple[Parameter, ...]
    returns: str
    expression: str


def sql_function(found: CatalogObject) -> SqlFunction | None:
    """What a function in SQL computes; None for any other object, and for a function in another language.

    Args:
        found: the object; its text is read again where an older file holds it without its header.
    """
    if not isinstance(found, CodeObject) or found.kind != "function":
        return None
    function = found if found.has_header else with_header(found)
    said = by_name(function.clauses)
    if function.parameters is None or "RETURNS" not in said or "RETURN" not in said:
        return None
    return SqlFunction(function.parameters, said["RETURNS"], said["RETURN"])
