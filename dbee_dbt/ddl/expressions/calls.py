"""What a rule of the table of functions is given, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.expressions.bound import Constant, Operation, SessionFacts, Typed, Value
from dbee_dbt.ddl.expressions.characters import as_char
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import FLOAT, INTEGER, family, varchar
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType


class FunctionCall(NamedTuple):
    """A call with typed arguments.

    Args:
        name: the function's key, in upper case.
        written: its name as written.
        args: the arguments.
        session: the session's facts.
        words: keywords of a special form, in upper case.
    """

    name: str
    written: str
    args: tuple[Typed, ...]
    session: SessionFacts
    words: tuple[str, ...] = ()

    @property
    def titles(self) -> str:
        """The arguments' titles, with commas."""
        return ",".join(arg.title for arg in self.args)


class Function(Struct, frozen=True):
    """One row of the table of functions: what the emulator knows to answer as Teradata does.

    Args:
        name: its key, in upper case.
        least: fewest arguments.
        most: most arguments; None for any number.
        rule: result type and title.
        note: what is uncertain, or how the answer differs; "" where it is documented.
        shown: how its title begins; "" for the name as written.
    """

    name: str
    least: int
    most: int | None
    rule: Callable[[FunctionCall], Typed]
    note: str = ""
    shown: str = ""


def default_case(session: SessionFacts) -> bool:
    """Whether a character value is CASESPECIFIC when nothing says so (typing.md §1)."""
    return session.mode == "ANSI"


def answer(
    call: FunctionCall,
    kind: DataType,
    *values: Value,
    options: tuple[Any, ...] = (),
    case: bool | None = None,
    shown: str = "",
) -> Typed:
    """The function's result.

    Args:
        call: the call.
        kind: the result's type.
        values: operands as they enter the operation; those of the call where none are given.
        options: constants of the operation.
        case: case attribute of a character result; that of the first argument, else the session's, where None.
        shown: how the title begins; "" for the name as written.
    """
    operands = values or tuple(arg.value for arg in call.args)
    if case is None:
        chars = [arg for arg in call.args if arg.type.is_character]
        case = chars[0].case_specific if chars else default_case(call.session)
    title = f"{shown or call.written}({call.titles})"
    return Typed(Operation(kind, call.name, operands, options), case_specific=case, title=title)


def characters(arg: Typed) -> Typed:
    """An argument as characters: a number or date as implicit conversion shows it."""
    if family(arg.type) == "null":
        return arg.with_value(Constant(varchar(1, "UNICODE"), None))
    if family(arg.type) in ("byte", "blob"):
        raise QueryError(3532)
    return as_char(arg)


def number(arg: Typed) -> Typed:
    """An argument as a number: characters become FLOAT, NULL is INTEGER."""
    match family(arg.type):
        case "integer" | "decimal" | "float" | "number":
            return arg
        case "char":
            return arg.with_value(convert(arg, FLOAT, "implicit"))
        case "null":
            return arg.with_value(Constant(INTEGER, None))
    raise QueryError(9881, arg.title)


def whole_number(arg: Typed) -> Typed:
    """An argument as an INTEGER."""
    return arg.with_value(convert(number(arg), INTEGER, "implicit"))


def constant_text(call: FunctionCall, index: int) -> str:
    """The text of an argument that must be a literal here.

    Raises:
        NotKnownError: where it is none: its value decides the result and cannot be known.
    """
    value = call.args[index].value
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        raise NotKnownError(f"{call.written} with a format that is no literal")
    return value.value


def constant_number(arg: Typed) -> int | None:
    """The value of a numeric literal, or None where the argument is none."""
    value = arg.value
    if isinstance(value, Operation) and value.name in ("negate", "convert") and len(value.args) == 1:
        inner = constant_number(arg.with_value(value.args[0]))
        return None if inner is None else -inner if value.name == "negate" else inner
    if isinstance(value, Constant) and value.value is not None and not isinstance(value.value, str):
        return int(value.value)
    return None
