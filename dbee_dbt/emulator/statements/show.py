"""SHOW: the text that makes an object, with carriage returns as line ends (docs/teradata/ddl.md §2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.statements import Show
from dbee_dbt.ddl.write import table_ddl
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.results import Result, ResultColumn, table_result
from dbee_dbt.emulator.statements.names import required, required_table
from dbee_dbt.model.objects import CodeObject, View
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_PIECE = 32_000  # characters of a row; a longer text comes in several
_TEXT = (ResultColumn("Request Text", DataType("VARCHAR", length=_PIECE, charset="UNICODE")),)
_BY_TEXT = ("view", "macro", "procedure", "trigger", "function", "external procedure")


def show(session: Session, meaning: Show, at: Statement, rows: Sequence[Any]) -> Result:
    """SHOW TABLE writes the table as it is; of views, macros and the like the kept source is shown."""
    if meaning.in_xml or meaning.qualified:
        raise EmulatorRefusal(f"SHOW {'IN XML' if meaning.in_xml else 'QUALIFIED'}")
    if meaning.kind == "table":
        _, table = required_table(session, meaning.database, meaning.name)
        return _answer(_with_carriage_returns(table_ddl(table)))
    kind = meaning.kind.removeprefix("specific ")
    if kind not in _BY_TEXT:
        raise EmulatorRefusal(f"SHOW {kind.upper()}")
    found = required(session, kind, meaning.database, meaning.name).found
    assert isinstance(found, View | CodeObject)
    return _answer((found.text or "").replace("\r\n", "\n").replace("\n", "\r"))


def _with_carriage_returns(text: str) -> str:
    """The text with carriage returns between its tokens; a line end inside a name stays what it is."""
    return "".join(t.text.replace("\n", "\r") if t.kind == "space" else t.text for t in tokenize(text))


def _answer(shown: str) -> Result:
    return table_result("Show", _TEXT, [[shown[at : at + _PIECE]] for at in range(0, max(1, len(shown)), _PIECE)])
