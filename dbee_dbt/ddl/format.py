"""Scripts in which every statement that can be written has its canonical text; all else stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from dbee_dbt.ddl.alter_table.write import alter_ddl
from dbee_dbt.ddl.closed import expect_closed
from dbee_dbt.ddl.lexer import Token, tokenize
from dbee_dbt.ddl.literals import literal, name_of
from dbee_dbt.ddl.naming import names_with_placeholders
from dbee_dbt.ddl.read import read_statement
from dbee_dbt.ddl.script import Statement, iter_script
from dbee_dbt.ddl.secrets import SECRET_WORDS
from dbee_dbt.ddl.statements import (
    AlterTable,
    CommentOn,
    CreateCode,
    CreateDatabase,
    CreateDefinition,
    CreateIndex,
    CreateTable,
    CreateView,
    OpaqueStatement,
    OtherAction,
    StatementAst,
)
from dbee_dbt.ddl.write import database_ddl, index_ddl, table_ddl
from dbee_dbt.ddl.write_definitions import definition_ddl
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.names import fold, identifier, qualified

_END = re.compile(r"[\s\ufeff]*(;|\Z)")
# Words that the canonical text spells otherwise, or that say what is so without them.
_SPELLED_OTHERWISE = frozenset(
    """CT NULL INT DEC NUMERIC REAL DOUBLE PRECISION CHAR CHARACTER VARYING LONG VARGRAPHIC GRAPHIC BINARY LARGE OBJECT
    K M G KBYTES KILOBYTES CS UC PROTECTION PERMANENT BYTES AS EQ NE LT LE GT GE""".split()
)

# A secret is not in the model, and its text would lose it.
_WITH_SECRETS = frozenset({"authorization", "foreign server"})

COMMENT_INSIDE = "with comments inside"
SOURCE_TEXT = "kept as their source text"
NO_WRITER = "of kinds without a canonical text"
NOT_CERTAIN = "whose canonical text might say something else"
NOT_UNDERSTOOD = "not understood"
UNENDED = "without a semicolon behind them"
BTEQ = "that are BTEQ commands"
SHELL = "that are parts of shell scripts"


_APART = {"bteq": BTEQ, "shell": SHELL}


class Formatted(Struct, frozen=True, kw_only=True):
    """A script in canonical form.

    Args:
        text: the whole script.
        written: how many statements have their canonical text now.
        kept: why the other statements stay as they are, and how many.
        broken: the line of each statement that is broken, and what is wrong with it.
    """

    text: str
    written: int
    kept: dict[str, int]
    broken: tuple[tuple[int, str], ...]


def format_script(text: str, encoding: str = "utf-8") -> Formatted:
    """A script with the canonical text of its tables, databases, indexes, profiles, types and comments.

    A statement is written only where reading the result says the same as reading what stood there, and where no
    comment in it would be lost. Source texts, statements of other kinds, BTEQ, what is not understood, and all that
    stands between statements stay as they are, and so do the line ends. Formatting the result changes nothing.

    Args:
        text: the whole script.
        encoding: that its file is in; what it cannot hold is not written.
    """
    pieces: list[str] = []
    kept: Counter[str] = Counter()
    broken: list[tuple[int, str]] = []
    position = written = 0
    for statement in iter_script(text):
        end = _END.match(text, statement.end)
        try:
            found = _canonical(statement, encoding, has_end=end is not None)
        except DdlError as error:
            broken.append((statement.line, error.what))
            continue
        if end is None or found.why:
            kept[found.why] += 1
            continue
        made = _with_line_ends(found.text, _line_end(text))
        pieces += [text[position : statement.start], made if end[1] else made.removesuffix(";").rstrip()]
        position = end.end() if end[1] else statement.end
        written += 1
    pieces.append(text[position:])
    return Formatted(text="".join(pieces), written=written, kept=dict(kept), broken=tuple(broken))


class _Canonical(NamedTuple):
    """The canonical text of a statement, or why it stays as it is."""

    why: str = ""
    text: str = ""


def _canonical(statement: Statement, encoding: str, *, has_end: bool) -> _Canonical:
    if statement.form in _APART:
        return _Canonical(_APART[statement.form])
    expect_closed(statement)
    ast = read_statement(statement)
    made = _written(ast)
    if not made:
        return _Canonical(_without_text(ast))
    if any(token.kind == "comment" for token in statement.tokens):
        return _Canonical(COMMENT_INSIDE)
    if not has_end:
        return _Canonical(UNENDED)
    made = _with_placeholders(made, statement.tokens)
    if not _loses_nothing(statement.tokens, made) or not _says_the_same(made, ast, encoding):
        return _Canonical(NOT_CERTAIN)
    return _Canonical(text=made)


def _written(ast: StatementAst) -> str:
    """The canonical text with its ``;``, or ``""``."""
    match ast:
        case CreateTable() if not any(clause.name in SECRET_WORDS for clause in ast.table.using):
            return table_ddl(ast.table)
        case CreateDatabase() if ast.database.kind == "database":  # of a user the password would be lost
            return database_ddl(ast.database)
        case CreateDefinition() if ast.definition.kind not in _WITH_SECRETS:
            made = definition_ddl(ast.definition)
            return f"REPLACE{made.removeprefix('CREATE')}" if ast.replace else made
        case CreateIndex() if len(ast.indexes) == 1:
            return index_ddl(ast.database, ast.name, ast.indexes[0])
        case AlterTable() if not _is_partly_text(ast):
            return alter_ddl(ast)
        case CommentOn() if ast.text is not None:
            kind = f"{ast.kind.upper()} " if ast.kind else ""
            column = f".{identifier(ast.column)}" if ast.column is not None else ""
            return f"COMMENT ON {kind}{qualified(ast.database, ast.name)}{column} IS {literal(ast.text)};"
    return ""


def _is_partly_text(alter: AlterTable) -> bool:
    return any(isinstance(action, OtherAction) for action in alter.actions)


def _without_text(ast: StatementAst) -> str:
    match ast:
        case OpaqueStatement() | AlterTable():
            return NOT_UNDERSTOOD
        case CreateView() | CreateCode():
            return SOURCE_TEXT
    return NO_WRITER


def _with_placeholders(made: str, tokens: Sequence[Token]) -> str:
    """The text with names that hold placeholders as they stood: in quotes nothing would fill them in."""
    bare = {name for _, _, name in names_with_placeholders(tokens)}
    bare -= {name_of(token.text) for token in tokens if token.kind == "quoted name"}
    if not bare:
        return made
    return "".join(_unquoted(token, bare) for token in tokenize(made))


def _unquoted(token: Token, bare: set[str]) -> str:
    name = name_of(token.text) if token.kind == "quoted name" else ""
    return name if name in bare else token.text


def _loses_nothing(tokens: Sequence[Token], made: str) -> bool:
    """True if every word stands in the text again, but for those that it spells otherwise.

    A guard against words that the reader passes over: they would be gone, and reading again would not tell.
    """
    behind = tokenize(made)
    words = {token.key for token in behind if token.kind == "word"}
    words |= {fold(name_of(token.text)) for token in behind if token.kind == "quoted name"}
    return {token.key for token in tokens if token.kind == "word"} <= words | _SPELLED_OTHERWISE


def _says_the_same(made: str, ast: StatementAst, encoding: str) -> bool:
    try:
        made.encode(encoding)
        return read_statement(made) == ast
    except (DdlError, UnicodeEncodeError):
        return False


def _line_end(text: str) -> str:
    """The line end that a script uses; one kind only is asked for, so that formatting again finds the same."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def _with_line_ends(made: str, line_end: str) -> str:
    """The text with these line ends, those inside literals and names as they are."""
    if line_end == "\n":
        return made
    pieces = (token.text.replace("\n", line_end) if token.kind == "space" else token.text for token in tokenize(made))
    return "".join(pieces)
