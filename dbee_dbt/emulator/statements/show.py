"""SHOW: the text that makes an object, with carriage returns as line ends (docs/teradata/ddl.md §2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.statements import Show
from dbee_dbt.ddl.write import hash_index_ddl, join_index_ddl, table_ddl
from dbee_dbt.emulator.errors import EmulatorRefusal, TeradataError
from dbee_dbt.emulator.results import Result, ResultColumn, table_result
from dbee_dbt.emulator.statements.definitions import required_definition
from dbee_dbt.emulator.statements.named_relations import behind
from dbee_dbt.emulator.statements.names import required, required_table
from dbee_dbt.emulator.statements.statistics import required_counted, statistics_text
from dbee_dbt.emulator.statements.user_types import cast_texts, type_texts
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import CatalogObject, CodeObject, HashIndex, JoinIndex, View
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session

_PIECE = 32_000  # characters of a row; a longer text comes in several
_TEXT = (ResultColumn("Request Text", DataType("VARCHAR", length=_PIECE, charset="UNICODE")),)
# Definitions whose source text SHOW returns ("SHOW object", B035-1144); of an authorization that would be its password.
_DEFINED = ("foreign server", "glop set", "schema")
_OF_TYPE = {"type": type_texts, "cast": cast_texts}
_APART = ("constraint",)
_BY_TEXT = ("view", "macro", "procedure", "trigger", "function", "method", "external procedure")

WITHOUT_SHOW = frozenset({"DATABASE", "USER", "ROLE", "PROFILE", "MAP", "ZONE"})
"""Kinds that no SHOW exists for (docs/teradata/ddl.md §2.2)."""


def no_show(word: str) -> TeradataError:
    """The syntax error of SHOW with one of these words."""
    return TeradataError(3706, f"Syntax error: expected something between the 'SHOW' keyword and the '{word}' keyword.")


def show(session: Session, meaning: Show, at: Statement, rows: Sequence[Any]) -> Result | list[Result]:
    """SHOW of an object, or of all that a query or a change of rows is made of.

    Raises:
        TeradataError: 3807 and others.
        EmulatorRefusal: a form, or a kind of object, whose text is not known.
    """
    if meaning.in_xml or meaning.qualified:
        raise EmulatorRefusal(f"SHOW {'IN XML' if meaning.in_xml else 'QUALIFIED'}")
    if meaning.kind.upper() in WITHOUT_SHOW:
        raise no_show(meaning.kind.upper())
    if meaning.kind == "statistics":
        return _show_statistics(session, meaning)
    if meaning.kind == "query":
        found = (entry.found for entry in behind(session, meaning.text, session.database))
        return [_show(session, msgspec.structs.replace(meaning, **_named(each))) for each in found]
    return _show(session, meaning)


def _show_statistics(session: Session, meaning: Show) -> Result:
    if any(token.key in ("VALUES", "SUMMARY", "CURRENT", "SEQUENCED") for token in tokenize(meaning.text)):
        raise EmulatorRefusal("SHOW STATISTICS with VALUES, SUMMARY or CURRENT")
    entry, table = required_counted(session, meaning.database, meaning.name)
    return _answer(_with_carriage_returns(statistics_text(entry, table, qualified(table.database, table.name))))


def _named(found: CatalogObject) -> dict[str, str]:
    return {"kind": found.kind, "database": found.database, "name": found.name}


def _show(session: Session, meaning: Show) -> Result:
    """SHOW TABLE writes the table as it is; of views, macros and the like the kept source is shown."""
    if meaning.kind == "table":
        _, table = required_table(session, meaning.database, meaning.name)
        return _answer(_with_carriage_returns(table_ddl(table)))
    if meaning.kind in ("join index", "hash index"):
        index = required(session, meaning.kind, meaning.database, meaning.name).found
        assert isinstance(index, JoinIndex | HashIndex)
        shown = join_index_ddl(index) if isinstance(index, JoinIndex) else hash_index_ddl(index)
        return _answer(_with_carriage_returns(shown or ""))
    kind = meaning.kind.removeprefix("specific ")
    if kind in _OF_TYPE:
        return _answer(*map(_line_ends, _OF_TYPE[kind](session, meaning.name)))
    if kind in _DEFINED:
        return _answer(_line_ends(required(session, kind, meaning.database, meaning.name).text))
    if kind in _APART:
        return _answer(_line_ends(required_definition(session, kind, meaning.database, meaning.name).text))
    if kind not in _BY_TEXT:
        raise EmulatorRefusal(f"SHOW {kind.upper()}")
    found = required(session, kind, meaning.database, meaning.name).found
    assert isinstance(found, View | CodeObject)
    if found.text is None:
        raise EmulatorRefusal(f"the error number of Teradata for SHOW of {found.name}, whose text is not stored")
    return _answer(_line_ends(found.text))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r")


def _with_carriage_returns(text: str) -> str:
    """The text with carriage returns between its tokens; a line end inside a name stays what it is."""
    return "".join(t.text.replace("\n", "\r") if t.kind == "space" else t.text for t in tokenize(text))


def _answer(*texts: str) -> Result:
    """Each text begins a row; none is no row."""
    pieces = ([text[at : at + _PIECE]] for text in texts for at in range(0, max(1, len(text)), _PIECE))
    return table_result("Show", _TEXT, pieces)
