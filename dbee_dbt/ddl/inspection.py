"""What a script holds, statement by statement, with nothing left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.ddl.as_text import parts_as_text
from dbee_dbt.ddl.canonical import canonical
from dbee_dbt.ddl.closed import expect_closed, place_of, quoted_kind
from dbee_dbt.ddl.excerpt import excerpt
from dbee_dbt.ddl.lexer import Lines, Token
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.references import Reference, references
from dbee_dbt.ddl.script import Statement, iter_script
from dbee_dbt.ddl.secrets import MASK, secret_spans
from dbee_dbt.ddl.statements import OpaqueStatement, SetDatabase, StatementAst
from dbee_dbt.ddl.subject import subject
from dbee_dbt.model.errors import DdlError

State = Literal["structured", "opaque", "refused"]

_PLACE = re.compile(r"line (\d+), column (\d+): ")
_END_WITHIN = re.compile(r";[ \t]*[\r\n]")
_MARKS = {"utf-8-sig": ("utf-8", 3), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Problem(Struct, frozen=True):
    """Why a statement is refused.

    Args:
        line: of the place where it is broken, counted from 1.
        column: of the same place, counted from 1.
        expected: what was expected and what was found.
        text: the part of the line that belongs to the statement, secrets masked, on one line.
        caret: how many characters of it stand before the place.
    """

    line: int
    column: int
    expected: str
    text: str
    caret: int


class Row(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One statement.

    Args:
        state: ``structured`` where the reader says what it says; ``opaque`` where it stays text; ``refused`` where it
            is broken.
        line: of its first character, counted from 1.
        column: of the same character, counted from 1.
        keyword: its first word in upper case.
        action: see :class:`dbee_dbt.ddl.subject.Subject`, as ``kind`` and ``key``.
        references: what it refers to.
        unread: why there may be more references; ``""`` where these are all.
        as_text: parts of a structured statement that are kept as text, without secrets.
        problem: why it is refused.
    """

    state: State
    line: int
    column: int
    keyword: str
    action: str = ""
    kind: str = ""
    key: str = ""
    references: tuple[Reference, ...] = ()
    unread: str = ""
    as_text: tuple[str, ...] = ()
    problem: Problem | None = None


class Inspection(Struct, frozen=True, kw_only=True):
    """What a script holds.

    Args:
        rows: its SQL statements in order.
        bteq: how many BTEQ commands stand among them.
        shell: of how many parts a shell script consists around its here-documents.
        bytes_placed: how many bytes of the file lie in a statement, a BTEQ command, a part of a
            shell script, or a gap between two of them.
    """

    rows: tuple[Row, ...]
    bteq: int
    shell: int
    bytes_placed: int


def inspect_script(text: str, encoding: str = "utf-8") -> Inspection:
    """What a script holds; a broken statement never hides the next.

    ``DATABASE x`` holds for the names behind it.

    Args:
        text: the whole script.
        encoding: that its file is in, with the names of :mod:`dbee_dbt.catalogs.encodings`.
    """
    codec, placed = _MARKS.get(encoding, (encoding, 0))
    rows, position, database = [], 0, ""
    apart: Counter[str] = Counter()
    for statement in iter_script(text):
        gap, position = text[position : statement.start], statement.end
        placed += len(gap.encode(codec)) + len(statement.text.encode(codec))
        if statement.form in ("bteq", "shell"):
            apart[statement.form] += 1
            database = "" if statement.form == "shell" else database  # each here-document is a session of its own
            continue
        row, ast = _row(text, statement, database)
        rows.append(row)
        if isinstance(ast, SetDatabase):
            database = ast.name
    placed += len(text[position:].encode(codec))
    return Inspection(rows=tuple(rows), bteq=apart["bteq"], shell=apart["shell"], bytes_placed=placed)


def _row(text: str, statement: Statement, database: str) -> tuple[Row, StatementAst | None]:
    first = statement.tokens[0]
    row = Row(
        state="structured",
        line=statement.line,
        column=statement.column,
        keyword=first.key if first.kind == "word" else "",
    )
    try:
        expect_closed(statement)
        ast = read_statement(statement, default_database=database)
    except DdlError as error:
        return replace(row, state="refused", problem=_problem(text, statement, error)), None
    if isinstance(ast, OpaqueStatement):
        return replace(row, state="opaque", unread="the statement is not understood"), ast
    action, kind, key = subject(ast)
    named = references(statement, database)
    key = key or next((found.name for found in named.found if found.how == "writes"), "")
    told = {"action": action, "kind": kind, "key": key, "references": named.found, "unread": named.doubt}
    return replace(row, **told, as_text=_without_secrets(parts_as_text(ast), statement.text)), ast


def _without_secrets(parts: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Parts of a statement without what the whole of it tells to be secret; a part alone may not tell."""
    secrets = {text[start:end] for start, end in secret_spans(text)} if parts else set()
    for secret in sorted(secrets | set(map(canonical, secrets)), key=len, reverse=True):
        parts = tuple(part.replace(secret, MASK) for part in parts)
    return parts


def _astray(statement: Statement, place: int) -> Token | None:
    """The first literal or name in front of a place that holds the end of a statement: its quote may be one astray."""
    quoted = (token for token in statement.tokens if token.kind in ("string", "quoted name") and token.start < place)
    return next((token for token in quoted if _END_WITHIN.search(token.text)), None)


def _problem(text: str, statement: Statement, error: DdlError) -> Problem:
    match = _PLACE.match(error.what)
    line, column = (int(match[1]), int(match[2])) if match else (statement.line, statement.column)
    expected = error.what[match.end() :] if match else error.what
    spans = [(statement.start + start, statement.start + end) for start, end in secret_spans(statement.text)]
    for start, end in spans:  # the reader names the token it found, and cannot know that it is a password
        expected = expected.replace(f"{text[start:end]} found", f"{MASK} found")
    before = statement.column - 1 if line == statement.line else 0
    place = statement.start + Lines(statement.text).offset(line - statement.line + 1, column - before)
    astray = _astray(statement, place)
    if astray is not None:
        expected += (
            f" (is a quote missing? The {quoted_kind(astray)} that opens at {place_of(statement, astray)}, holds a ;)"
        )
    shown, caret = excerpt(text, (statement.start, statement.end), place, spans)
    return Problem(line, column, expected, shown, caret)
