"""HELP of triggers, macros, procedures and functions, and of join and hash indexes.

Columns: "Trigger Attributes", "Macro Attributes" and "HELP METHOD Attributes" of SQL HELP Statements (B035-1184); those
that are not known to be right are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.literals import string_value
from dbee_dbt.emulator.dictionary.codes import type_code
from dbee_dbt.emulator.dictionary.columns import external_length
from dbee_dbt.emulator.dictionary.definition_rows import by_name, trigger_letters
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.results import Result, ResultColumn, char, table_result, varchar
from dbee_dbt.emulator.statements.names import required
from dbee_dbt.model.objects import CodeObject, Column
from dbee_dbt.model.types import DataType, default_format

if TYPE_CHECKING:
    from dbee_dbt.ddl.statements import Help
    from dbee_dbt.emulator.session import Session
    from dbee_dbt.model.clauses import Parameter

_SMALL, _NUMBER = DataType("SMALLINT"), DataType("INTEGER")

_OF_TRIGGER = (
    ResultColumn("Name", varchar(30)),
    ResultColumn("Actiontime", char(1)),
    ResultColumn("Decimal Order Value", _NUMBER),
    ResultColumn("Creation Timestamp", DataType("TIMESTAMP", scale=0)),
    ResultColumn("Event", char(1)),
    ResultColumn("Kind", char(1)),
    ResultColumn("Enabled", char(1)),
    ResultColumn("Comment", varchar(255)),
)


def help_trigger(session: Session, meaning: Help) -> Result:
    """HELP TRIGGER of one trigger."""
    entry = session.entry(meaning.database or None, meaning.name)
    if entry is not None and entry.found.kind == "table":
        raise EmulatorRefusal("HELP TRIGGER of a table")
    found = required(session, "trigger", meaning.database, meaning.name).found
    clauses = by_name(found.clauses) if isinstance(found, CodeObject) else {}
    if "ON" not in clauses:
        raise EmulatorRefusal(f"HELP TRIGGER of {found.name}, whose header is not understood")
    enabled, timing, event, kind, order = trigger_letters(clauses)
    made = datetime.fromisoformat(found.stamp.created) if found.stamp.created else None
    row = [found.name[:30], timing, order, made, event, kind, enabled, found.comment]
    return table_result("Help", _OF_TRIGGER, [row])


_OF_PARAMETERS = (
    ResultColumn("Parameter Name", varchar(30)),
    ResultColumn("Type", char(2)),
    ResultColumn("Comment", varchar(255)),
    ResultColumn("Format", char(30)),
    ResultColumn("Title", varchar(60)),
    ResultColumn("Max Length", _NUMBER),
    ResultColumn("Decimal Total Digits", _SMALL),
    ResultColumn("Decimal Fractional Digits", _SMALL),
)

_TITLE = 4  # place of the title among them


def help_routine(session: Session, meaning: Help) -> Result:
    """HELP MACRO, PROCEDURE, FUNCTION, METHOD: one row a parameter; HELP PROCEDURE … ATTRIBUTES is refused."""
    if meaning.text.upper().rstrip("; ").endswith(("ATTRIBUTES", "ATTRS", "ATTR")) and meaning.kind == "procedure":
        raise EmulatorRefusal("HELP PROCEDURE … ATTRIBUTES")
    kind = meaning.kind.removeprefix("specific ")
    found = required(session, kind, meaning.database, meaning.name).found
    if not isinstance(found, CodeObject) or found.parameters is None:
        raise EmulatorRefusal(f"HELP {kind.upper()} of {found.name}, whose header is not understood")
    rows = _parameter_rows(session, found.parameters)
    if kind == "method":  # its attributes have no title
        columns = tuple(column for column in _OF_PARAMETERS if column.name != "Title")
        return table_result("Help", columns, ([*row[:_TITLE], *row[_TITLE + 1 :]] for row in rows))
    return table_result("Help", _OF_PARAMETERS, rows)


def _parameter_rows(session: Session, parameters: tuple[Parameter, ...]) -> Iterator[list[Any]]:
    for parameter in parameters:
        kind = parameter.type
        if kind is None:
            raise EmulatorRefusal(f"the type of parameter {parameter.name}")
        code = type_code(kind)
        length = external_length(Column(name=parameter.name, type=kind), session.dateform)
        yield [
            parameter.name[:30],
            code.code,
            None,
            _written(parameter, "FORMAT") or default_format(kind, session.dateform),
            _written(parameter, "TITLE"),
            length,
            code.digits,
            code.fraction,
        ]


def _written(parameter: Parameter, word: str) -> str | None:
    """The text of an attribute with a literal, or None."""
    for attribute in parameter.attributes:
        if attribute.startswith(f"{word} "):
            return string_value(attribute[len(word) + 1 :])
    return None
