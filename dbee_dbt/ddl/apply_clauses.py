"""What is left of an object that is its text or its clauses after ALTER or MODIFY, as far as it can be told."""

from __future__ import annotations

from msgspec.structs import replace

from dbee_dbt.ddl.code import with_header
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.statements import AlterObject
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CatalogObject, CodeObject, Definition

_STATES = ("ENABLED", "DISABLED")


def with_options(clauses: tuple[Clause, ...], written: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses with those that are written in the place of the ones of their names."""
    named = {fold(clause.name) for clause in written}
    return (*(clause for clause in clauses if fold(clause.name) not in named), *written)


def altered_object(found: CatalogObject, alter: AlterObject) -> CatalogObject:
    """The object after ALTER.

    Raises:
        DdlError: what it does to the definition is not known.
    """
    states = [clause.value for clause in alter.clauses if clause.name == "state"]
    if isinstance(found, CodeObject) and alter.kind == "trigger" and states:
        return with_header(replace(found, text=_with_state(found.text or "", states[-1])))
    if isinstance(found, Definition) and alter.kind == "zone" and len(alter.clauses) == 1:
        (clause,) = alter.clauses
        if clause.name in ("ADD ROOT", "DROP ROOT"):
            return replace(found, clauses=(Clause("ROOT", clause.value),) if clause.value else ())
    raise DdlError(f"ALTER {alter.kind.upper()} cannot be applied to its definition")


def _with_state(text: str, state: str) -> str:
    """The text of a trigger with ENABLED or DISABLED behind its name, and nothing else changed."""
    cursor = Cursor.of(text)
    cursor.accept_any(("CREATE", "REPLACE"))
    cursor.accept("OR", "REPLACE")
    cursor.accept("TRIGGER")
    cursor.qualified("")
    end = cursor.tokens[cursor.at - 1].end
    if cursor.key not in _STATES:
        return f"{text[:end]} {state}{text[end:]}"
    written = cursor.tokens[cursor.at]
    return text[: written.start] + state + text[written.end :]
