"""Clauses and parameters: what a header or a definition says, one value a clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from dbee_dbt.model.names import fold
from dbee_dbt.model.types import DataType


class Clause(Struct, frozen=True):
    """One clause of a header or definition.

    Args:
        name: the clause's words in upper case (``SQL SECURITY``, ``SPOOL``); a noun in lower case where several
            words exclude each other (``timing`` for BEFORE and AFTER), and in front of what has a name of its own
            (``attribute CITY``). A secret's clause has its name and no value.
        value: canonical text; ``""`` where the words alone say all.
    """

    name: str
    value: str = ""


class Parameter(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One parameter of a macro, procedure, function or method.

    Args:
        name: as written; ``""`` of a function whose parameters have types only.
        type: its type; None where none is written.
        mode: of a procedure's parameter; None where none is written, which is IN.
        default: canonical text of the DEFAULT value; None where there is none.
        attributes: what else is written of it, each as canonical text (``TITLE 'x'``, ``NOT NULL``).
    """

    name: str
    type: DataType | None
    mode: Literal["IN", "OUT", "INOUT"] | None = None
    default: str | None = None
    attributes: tuple[str, ...] = ()


# SQL Data Definition Language Syntax and Examples (B035-1144); docs/teradata/ddl.md §2.1, spl.md §6.2.
_WITHOUT: dict[str, tuple[Clause, ...]] = {
    "procedure": (Clause("SQL SECURITY", "DEFINER"), Clause("DYNAMIC RESULT SETS", "0")),
    "function": (
        Clause("determinism", "NOT DETERMINISTIC"),
        Clause("null call", "CALLED ON NULL INPUT"),
        Clause("SQL SECURITY", "DEFINER"),
    ),
    "method": (Clause("method form", "INSTANCE"),),
    "trigger": (Clause("state", "ENABLED"), Clause("FOR EACH", "STATEMENT"), Clause("ORDER", "32767")),
}


def with_usual_clauses(kind: str, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses with those that hold where none is written: a procedure without SQL SECURITY has DEFINER.

    Args:
        kind: of the object.
        clauses: as written.
    """
    written = {fold(clause.name) for clause in clauses}
    return (*clauses, *(usual for usual in _WITHOUT.get(kind, ()) if fold(usual.name) not in written))


def labelled(parameters: tuple[Parameter, ...]) -> Iterator[tuple[str, Parameter]]:
    """The parameters by how they are told apart: by their names; those that have none, by their places."""
    for place, parameter in enumerate(parameters, 1):
        yield parameter.name or str(place), parameter


USER_OPTIONS = (
    "STARTUP",
    "DEFAULT DATABASE",
    "DEFAULT ROLE",
    "PROFILE",
    "COLLATION",
    "TIME ZONE",
    "DATEFORM",
    "DEFAULT CHARACTER SET",
    "EXPORTWIDTH",
    "TRANSFORM",
    "DBA",
    "CONSTRAINT",
)
"""The options of a user beside space, account, protection and map (CREATE USER, B035-1144)."""
