"""Cases in the text files beside this one, and instructions as a DBA reads them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from dbee_dbt.bteq.commands import And, BlockIf, Comparison, ElseIf, ErrorSeverity, If, Not, OpaqueCondition, Or
from dbee_dbt.bteq.conditions import write_condition
from dbee_dbt.bteq.script import Script


class Case(NamedTuple):
    """What is read, and what it is read to."""

    title: str
    given: str
    expected: str


def cases(file: str) -> list[Case]:
    """The cases of a file: "### title", what is given, a line "=>", what is expected."""
    _, *blocks = Path(__file__).with_name(file).read_text(encoding="utf-8").split("\n### ")
    found = []
    for block in blocks:
        title, _, rest = block.partition("\n")
        given, _, expected = rest.partition("\n=>\n")
        found.append(Case(title, given, expected.strip("\n")))
    return found


def described(script: Script) -> str:
    """One line an instruction: its line in the file, its name, and what is not as usual."""
    return "\n".join(
        f"{found.line}: {'' if found.is_dotted else '(no dot) '}{_described(found.action)}"
        for found in script.instructions
    )


def _described(value: object) -> str:
    match value:
        case Comparison() | And() | Or() | Not():
            return write_condition(value)
        case OpaqueCondition(text):
            return f"not understood: {text}"
        case If(condition, then):
            return f"If {_described(condition)} then [{'; '.join(map(_described, then))}]"
        case BlockIf(condition) | ElseIf(condition):
            return f"{type(value).__name__} {_described(condition)}{' then' if getattr(value, 'then', False) else ''}"
        case ErrorSeverity(codes, severity):
            return f"{' '.join(map(str, codes)) or 'unknown'}: {severity}"
        case tuple():
            return f"[{', '.join(map(_described, value))}]"
        case msgspec.Struct():
            return " ".join((type(value).__name__, *_fields(value)))
    return repr(value)


def _fields(value: msgspec.Struct) -> list[str]:
    fields = msgspec.structs.fields(value)
    return [
        f"{field.name}={_described(getattr(value, field.name))}"
        for field in fields
        if field.required or getattr(value, field.name) != field.default
    ]
