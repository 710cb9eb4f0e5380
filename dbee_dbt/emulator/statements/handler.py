"""How a statement is run, and what the list of emulated statements says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from dbee_dbt.ddl.script import Statement
from dbee_dbt.emulator.results import Result

# The first is the session, which is handed the handlers and so stands behind them: its class is not known here.
Run = Callable[[Any, Any, Statement, Sequence[Sequence[Any]]], Result | list[Result]]


class Handler(NamedTuple):
    """How a statement is run.

    Attributes:
        run: session, what the statement says, its text, parameter rows; to the result, or several result sets.
        form: the statement as the list of what is emulated shows it.
        ddl: whether it ends a transaction.
        ends: whether it may stand behind a DDL statement in a transaction.
        note: what is different from Teradata, or "".
    """

    run: Run
    form: str
    ddl: bool = False
    ends: bool = False
    note: str = ""


class Step(NamedTuple):
    """One of the statements that another one stands for.

    Attributes:
        statement: its text.
        rows: of values that are bound to its markers.
        database: its default database.
    """

    statement: Statement
    rows: Sequence[Sequence[Any]]
    database: str


class Expansion(NamedTuple):
    """A statement that stands for others: EXEC of a macro.

    Attributes:
        expand: session, what the statement says, parameter rows; to what is run in its place.
        form: as of ``Handler``.
        note: likewise.
    """

    expand: Callable[[Any, Any, Sequence[Sequence[Any]]], list[Step]]
    form: str
    note: str = ""


FindHandler = Callable[[Statement], tuple[Any, Handler | Expansion]]
"""What a statement says, and what runs it; see ``dispatch.find_handler``."""
