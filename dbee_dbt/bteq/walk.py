"""Every action of a program, those behind THEN included, and what requests are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from dbee_dbt.bteq.commands import Action, BlockIf, Condition, ElseIf, If, Request
from dbee_dbt.bteq.script import Instruction, Program
from dbee_dbt.ddl.lexer import significant, tokenize
from dbee_dbt.ddl.script import split_script
from dbee_dbt.ddl.secrets import mask

_DDL = frozenset("CREATE REPLACE ALTER DROP RENAME MODIFY CT CV CM".split())


class Place(NamedTuple):
    """An action and the instruction in which it stands."""

    at: int
    instruction: Instruction
    action: Action


def places(program: Program) -> Iterator[Place]:
    """The actions of a program in order: of an IF first itself, then what stands behind its THEN."""
    for index, instruction in enumerate(program.instructions):
        for action in with_parts(instruction.action):
            yield Place(index, instruction, action)


def with_parts(action: Action) -> Iterator[Action]:
    """An action and, of an IF, what stands behind its THEN."""
    yield action
    if isinstance(action, If):
        for part in action.then:
            yield from with_parts(part)


def condition_of(action: Action) -> Condition | None:
    """The condition of an IF or ELSEIF; None of all else."""
    return action.condition if isinstance(action, If | BlockIf | ElseIf) else None


def requests(program: Program) -> Iterator[tuple[Instruction, Request]]:
    """The requests of a program in order."""
    for place in places(program):
        if isinstance(place.action, Request):
            yield place.instruction, place.action


def first_words(sql: str, count: int = 2) -> tuple[str, ...]:
    """The first words of a statement in upper case."""
    return tuple(token.key for token in significant(tokenize(sql[:2000]))[:count])


def statements(request: Request) -> list[str]:
    """The statements that one request sends together."""
    if request.ended == "block" or ";" not in request.sql:
        return [request.sql]
    return [statement.text for statement in split_script(request.sql) if statement.form != "bteq"]


def is_ddl(sql: str) -> bool:
    """True if a statement creates, alters or drops an object."""
    return not _DDL.isdisjoint(first_words(sql, 1))


def shown(sql: str) -> str:
    """The beginning of a statement, for a message: verb, kind and name."""
    head = takewhile(lambda token: token.key not in ("(", ",", ";", "AS"), significant(tokenize(mask(sql[:2000]))))
    text, end = "", 0
    for token in islice(head, 7):
        text += " " * (token.start > end and text != "") + token.text
        end = token.end
    return text.replace(" . ", ".")
