"""Queries and DML, which room ``emulator/sql`` compiles and runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.statements import Dml, Explain, Query
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.results import Result, ResultColumn, Row
from dbee_dbt.emulator.sql.storage import driver_value, is_as_stored
from dbee_dbt.emulator.statements.session_settings import query_band_text

if TYPE_CHECKING:
    from dbee_dbt.ddl.script import Statement
    from dbee_dbt.emulator.session import Session


def query(session: Session, meaning: Query, at: Statement, rows: Sequence[Any]) -> Result:
    """A query; with several parameter rows it runs once for each."""
    text = _with_query_band(session, meaning.text)
    columns: tuple[ResultColumn, ...] = ()
    found: list[Row] = []
    for values in rows or [()]:
        compiled = session.surroundings.compile(text, values)
        columns = tuple(ResultColumn(one.label, one.type, one.nullable) for one in compiled.columns)
        found += _driver_rows(session.surroundings.execute(compiled.sql, compiled.parameters).fetchall(), columns)
    return Result(activity="Select", count=len(found), columns=columns, rows=found)


def _driver_rows(stored: list[tuple[Any, ...]], columns: tuple[ResultColumn, ...]) -> list[Row]:
    """Rows as the driver gives them; only what DuckDB holds differently is touched."""
    converted = [(place, column.type) for place, column in enumerate(columns) if not is_as_stored(column.type)]
    rows = [list(row) for row in stored]
    for row in rows:
        for place, kind in converted:
            row[place] = driver_value(row[place], kind)
    return rows


def explain(session: Session, meaning: Explain, at: Statement, rows: Sequence[Any]) -> Result:
    """EXPLAIN: refused, since a plan is what it is asked for."""
    raise EmulatorRefusal("EXPLAIN: there is no optimizer whose plan could be told")


def dml(session: Session, meaning: Dml, at: Statement, rows: Sequence[Any]) -> Result:
    """INSERT, UPDATE, DELETE or MERGE; parameter rows are bound as one batch."""
    count = session.surroundings.change_rows(_with_query_band(session, meaning.text), rows)
    return Result(activity=meaning.verb.capitalize(), count=count)


_MODIFIERS = frozenset({"USING", "NONTEMPORAL", "CURRENT", "SEQUENCED", "NONSEQUENCED", "VALIDTIME", "TRANSACTIONTIME"})


def _with_query_band(session: Session, text: str) -> str:
    """The text with the session's query band in the place of each ``GetQueryBand()``.

    Raises:
        EmulatorRefusal: USING or a temporal modifier stands in front.
    """
    first = text.split(None, 1)[0].upper().partition("(")[0] if text else ""
    if first in _MODIFIERS:
        raise EmulatorRefusal(f"the request modifier {first}")
    if "getqueryband" not in text.lower():
        return text
    band = query_band_text(session).replace("'", "''")
    pieces = [token.text for token in tokenize(text)]
    for place, piece in enumerate(pieces):
        if piece.lower() == "getqueryband" and pieces[place + 1 : place + 3] == ["(", ")"]:
            pieces[place : place + 3] = [f"CAST('{band}' AS VARCHAR(4096) CHARACTER SET UNICODE)", "", ""]
    return "".join(pieces)
