"""Statements of administrators that are understood and not emulated: each is refused by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.statements import Operation
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.results import Result

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def refuse(session: Session, meaning: Operation, at: Statement, rows: Sequence[Any]) -> Result:
    """What runs the system."""
    raise EmulatorRefusal(meaning.name)
