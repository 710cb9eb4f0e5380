"""Macros: what is checked when one is made, and what EXEC stands for (EXECUTE, Macro Form: B035-1146)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.statements import ExecuteMacro
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.statements.column_types import check_type_exists
from dbee_dbt.emulator.statements.handler import Step
from dbee_dbt.emulator.statements.macro_body import Argument, statements_of
from dbee_dbt.emulator.statements.named_relations import named_relations
from dbee_dbt.emulator.statements.names import required
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import CodeObject

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session
    from dbee_dbt.model.types import DataType

# Attributes of a parameter that change no value.
_WITHOUT_EFFECT = ("FORMAT", "TITLE", "NULL")
_NO_VALUE = "NULL"


def expand(session: Session, meaning: ExecuteMacro, rows: Sequence[Sequence[Any]]) -> list[Step]:
    """The statements that EXEC stands for, in order.

    Names in queries and changes of rows were resolved when the macro was made, in the default database of then; those
    in DDL and EXEC are resolved now.

    Args:
        session: that runs it.
        meaning: what the EXEC says.
        rows: of bound values, for the markers among its arguments.

    Raises:
        TeradataError: 3824 no such macro, 3812 and 3813 too few and too many arguments, 3810 no parameter of a name.
        EmulatorRefusal: an argument or a parameter that is not understood.
    """
    entry = required(session, "macro", meaning.database, meaning.name)
    macro = entry.found
    assert isinstance(macro, CodeObject)
    if len(rows) > 1:
        raise EmulatorRefusal("EXEC with several parameter rows")
    arguments = _arguments(session, macro, meaning, rows[0] if rows else ())
    return [
        Step(
            found.statement,
            (found.values,) if found.values else (),
            entry.default_database if found.resolved else session.database,
        )
        for found in statements_of(macro.text or "", arguments)
    ]


def check_macro(session: Session, macro: CodeObject) -> None:
    """What is asked when a macro is made: types of parameters, and that what its queries and DML name is there.

    EXEC and DDL inside are not looked at ("Semantic Errors May Not Be Reported When a Macro Is Created", B035-1184).

    Raises:
        TeradataError: 3706, 3807 and others.
    """
    parameters = _parameters(macro)
    for parameter in parameters:
        check_type_exists(session.system, _type(parameter))
    arguments = {fold(each.name): Argument(_type(each), None) for each in parameters}
    try:
        for found in statements_of(macro.text or "", arguments):
            if found.resolved:
                for database, name in named_relations(found.statement.text):
                    session.surroundings.relation(database, name)
    except EmulatorRefusal:
        return  # it is kept all the same, and refused when it is run


def _arguments(
    session: Session, macro: CodeObject, meaning: ExecuteMacro, values: Sequence[Any]
) -> dict[str, Argument]:
    parameters = _parameters(macro)
    written = _by_name(parameters, meaning.arguments)
    texts = [written.get(fold(each.name)) or each.default or _NO_VALUE for each in parameters]
    items = ", ".join(
        f"CAST(({text}) AS {_type(each).text}) AS {qualified('', each.name)}"
        for each, text in zip(parameters, texts, strict=True)
    )
    if not items:
        return {}
    compiled = session.surroundings.compile(f"SELECT {items}", values)
    row = session.surroundings.execute(compiled.sql, compiled.parameters).fetchone()
    for parameter, value in zip(parameters, row, strict=True):
        _check_value(parameter, value)
    return {fold(p.name): Argument(_type(p), value) for p, value in zip(parameters, row, strict=True)}


def _by_name(parameters: Sequence[Parameter], arguments: Sequence[str]) -> dict[str, str]:
    """The text of each argument by the folded name of its parameter; "" for one left out between commas."""
    named = [_named(text) for text in arguments]
    if not any(named):
        if len(arguments) != len(parameters):
            raise failure(3812 if len(arguments) < len(parameters) else 3813)
        return {fold(each.name): text for each, text in zip(parameters, arguments, strict=True)}
    known = {fold(parameter.name) for parameter in parameters}
    found: dict[str, str] = {}
    for each in named:
        if each is None or fold(each[0]) in found:
            raise EmulatorRefusal("EXEC with arguments by place and by name, or one twice")
        if fold(each[0]) not in known:
            raise failure(3810, each[0])
        found[fold(each[0])] = each[1]
    return found


def _named(text: str) -> tuple[str, str] | None:
    """Name and value of ``name = value``; None for a value alone."""
    cursor = Cursor.of(text)
    if not cursor.is_name() or cursor.keys[cursor.at + 1] != "=":
        return None
    return name_of(cursor.tokens[0].text), cursor.source(2)


def _parameters(macro: CodeObject) -> tuple[Parameter, ...]:
    if macro.parameters is None:
        raise EmulatorRefusal(f"the parameters of macro {macro.name}")
    return macro.parameters


def _type(parameter: Parameter) -> DataType:
    if parameter.type is None:
        raise failure(3739, parameter.name)
    return parameter.type


def _check_value(parameter: Parameter, value: Any) -> None:
    """Refuse what attributes would make of a value."""
    for attribute in parameter.attributes:
        if attribute == "NOT NULL":
            if value is None:
                raise EmulatorRefusal(f"the error number of Teradata for a null parameter {parameter.name}")
        elif not attribute.startswith(_WITHOUT_EFFECT):
            raise EmulatorRefusal(f"{attribute} of a macro's parameter")
