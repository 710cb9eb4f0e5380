"""Statements that change rows: out of the bodies of macros and procedures, and out of scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.bteq.commands import Request
from dbee_dbt.bteq.script import read_script
from dbee_dbt.ddl.lexer import Token, significant, tokenize
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import Statement, split_script
from dbee_dbt.ddl.statements import CreateCode, SetDatabase
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import CodeObject, shown_name
from dbee_dbt.project.conversion.template import with_line_feeds

VERBS = frozenset("INSERT INS MERGE DELETE DEL UPDATE UPD".split())
_LOCKING = frozenset({"LOCKING", "LOCK"})
# What stands in front of a statement in a body: of SPL (docs/teradata/spl.md §6.3), and the parenthesis of a macro.
_BEFORE = frozenset("; BEGIN THEN ELSE DO LOOP REPEAT REQUEST ATOMIC : SQLEXCEPTION SQLWARNING FOUND".split())


class Load(Struct, frozen=True, kw_only=True):
    """A statement that changes rows.

    Args:
        text: its text, with line feeds.
        tokens: its significant tokens, with their offsets in the text.
        database: where names without a database lie; ``""`` where that is not known.
        owner: the macro or procedure in which it stands, as it is shown; ``""`` for a script.
        file: in which it stands, or None.
        line: of its first word in that file, or in the owner's text where there is none.
        variables: parameters and variables of the owner, folded.
    """

    text: str
    tokens: Sequence[Token]
    database: str
    owner: str = ""
    file: str | None = None
    line: int
    variables: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        file = f"{self.file}:{self.line}" if self.file is not None else f"line {self.line}"
        return f"{self.owner}, {file}" if self.owner else file

    @property
    def kind(self) -> str:
        """Of the owner: macro or procedure."""
        return self.owner.partition(" ")[0]

    @property
    def verb(self) -> str:
        """What it does, as a whole word in upper case."""
        found = next((token.key for token in self.tokens if token.key in VERBS), self.tokens[0].key)
        return {"INS": "INSERT", "DEL": "DELETE", "UPD": "UPDATE"}.get(found, found)


Batch = tuple[Load, ...]
"""The loads of one body or script, in the order of their text."""


def loads_of_code(found: CodeObject) -> Batch:
    """The loads in the body of a macro or a procedure; what dynamic SQL does is not among them."""
    if found.text is None or found.kind not in ("macro", "procedure"):
        return ()
    text = with_line_feeds(found.text)
    tokens = significant(tokenize(text))
    first = found.origin.line or 1
    variables = frozenset((*_declared(tokens), *(fold(one.name) for one in found.parameters or ())))
    return tuple(
        Load(
            text=text[part[0].start : part[-1].end],
            tokens=_moved(part, part[0].start),
            database=found.database,
            owner=f"{found.kind} {shown_name(found)}",
            file=found.origin.file,
            line=first + text.count("\n", 0, part[0].start),
            variables=variables,
        )
        for part in _statements(tokens)
    )


def _moved(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    return tuple(Token(one.kind, one.text, one.start - start, one.end - start, one.key) for one in tokens)


def _declared(tokens: Sequence[Token]) -> Iterator[str]:
    """The names behind DECLARE, of which one statement may have several."""
    for at, token in enumerate(tokens):
        name = at + 1
        while token.key == "DECLARE" and name < len(tokens):
            yield fold(tokens[name].text)
            if name + 1 >= len(tokens) or tokens[name + 1].key != ",":
                break
            name += 2


def _statements(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    at = 0
    while at < len(tokens):
        if not _begins(tokens, at):
            at += 1
            continue
        end = _end(tokens, at)
        if any(token.key in VERBS for token in tokens[at:end]):
            yield tokens[at:end]
        at = end


def _begins(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].key not in VERBS and tokens[at].key not in _LOCKING:
        return False
    before = tokens[at - 1] if at else None
    if before is None or before.key in _BEFORE or before.kind == "string":
        return True
    return before.key == "(" and at > 1 and tokens[at - 2].key == "AS"


def _end(tokens: Sequence[Token], at: int) -> int:
    """The index behind a statement: of its ``;``, or of the parenthesis that closes the macro."""
    depth = 0
    for index in range(at, len(tokens)):
        key = tokens[index].key
        depth += (key == "(") - (key == ")")
        if depth < 0 or (key == ";" and depth == 0):
            return index
    return len(tokens)


def loads_of_script(file: str, text: str) -> Batch:
    """The loads of a BTEQ script, those in the macros and procedures that it makes included.

    Args:
        file: its name, for messages.
        text: its text.
    """
    return tuple(_of_script(file, with_line_feeds(text)))


def _of_script(file: str, text: str) -> Iterator[Load]:
    database = ""
    for instruction in read_script(text).instructions:
        if not isinstance(instruction.action, Request):
            continue
        for statement in split_script(instruction.text):
            line = instruction.line + statement.line - 1
            ast = _read(statement, database)
            if isinstance(ast, SetDatabase):
                database = ast.name
            elif isinstance(ast, CreateCode):
                yield from (replace(one, file=file, line=line + one.line - 1) for one in loads_of_code(ast.object))
            elif tokens := significant(statement.tokens):
                yield from _alone(statement, tokens, database, file, line)


def _read(statement: Statement, database: str) -> object:
    try:
        return read_statement(statement, default_database=database)
    except DdlError:
        return None


def _alone(statement: Statement, tokens: Sequence[Token], database: str, file: str, line: int) -> Iterator[Load]:
    first = tokens[0].key
    changes = first in VERBS or (first in (*_LOCKING, "USING") and any(one.key in VERBS for one in tokens))
    if changes and not _is_of_objects(tokens):
        yield Load(text=statement.text, tokens=_moved(tokens, statement.start), database=database, file=file, line=line)


def _is_of_objects(tokens: Sequence[Token]) -> bool:
    """DELETE DATABASE and DELETE USER drop objects."""
    return tokens[0].key in ("DELETE", "DEL") and len(tokens) > 2 and tokens[1].key in ("DATABASE", "USER")
