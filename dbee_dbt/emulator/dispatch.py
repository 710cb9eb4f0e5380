"""Which function runs a statement. What is not in the table is refused by name."""

from __future__ import annotations

from typing import Any

from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import Statement
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError, failure
from dbee_dbt.emulator.statements.handler import Expansion, Handler
from dbee_dbt.emulator.statements.registry import HANDLERS
from dbee_dbt.emulator.statements.reserved_names import check_names
from dbee_dbt.emulator.statements.show import WITHOUT_SHOW, no_show
from dbee_dbt.model.errors import DdlError, DuplicateColumnError


def find_handler(statement: Statement) -> tuple[Any, Handler | Expansion]:
    """What a statement says, and what runs it.

    Raises:
        TeradataError: 3515, a column twice; 3706, it clearly begins as DDL and is broken; 3707, a reserved
            word stands for a name.
        EmulatorRefusal: it is not emulated.
    """
    try:
        meaning = read_statement(statement)
    except DuplicateColumnError as error:
        raise failure(3515, error.column) from error
    except DdlError as error:
        raise TeradataError(3706, f"Syntax error: {error.what}") from error
    handler = HANDLERS.get(type(meaning))
    if handler is None:
        _check_shown(statement)
        raise EmulatorRefusal(_first_words(statement.text))
    check_names(meaning, statement)
    return meaning, handler


def _check_shown(statement: Statement) -> None:
    """Refuse SHOW of what has none, as Teradata's parser does (docs/teradata/ddl.md §2.2)."""
    words = [token.key for token in statement.tokens if token.kind == "word"][:2]
    if words[:1] == ["SHOW"] and words[1:] and words[1] in WITHOUT_SHOW:
        raise no_show(words[1])


def _first_words(text: str) -> str:
    return " ".join(text.split()[:3]).upper()
