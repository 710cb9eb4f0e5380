"""Reads what CREATE says of objects that are their text, and of views."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec import structs

from dbee_dbt.ddl.blocks import BlockReader, closing_parenthesis, unclosed_parenthesis
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.definitions import DEFINED
from dbee_dbt.ddl.kinds import home, read_kind
from dbee_dbt.ddl.routines import Header, function_header, macro_header, method_header, procedure_header
from dbee_dbt.ddl.statements import CreateCode, CreateDefinition, CreateView
from dbee_dbt.ddl.triggers import trigger_header
from dbee_dbt.ddl.user_types import METHOD_WORDS
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.objects import CodeObject, Column, View

_HEADERS: dict[str, Callable[[Cursor], Header]] = {
    "macro": macro_header,
    "procedure": procedure_header,
    "function": function_header,
    "method": method_header,
    "trigger": trigger_header,
}


def read_create_code(cursor: Cursor, replace: bool, default_database: str) -> CreateCode | CreateDefinition | None:
    """Takes CREATE or REPLACE of an object that is its text or its clauses; None where its kind is not known.

    Args:
        cursor: stands behind CREATE or REPLACE, or on CM.
        replace: REPLACE is written.
        default_database: where an unqualified object lies.
    """
    kind, first = _kind(cursor)
    if kind in DEFINED:
        return CreateDefinition(DEFINED[kind](cursor, default_database), replace)
    if not kind or not cursor.is_name():
        return None
    database, name = cursor.defined(home(kind, default_database))
    _expect_closed(kind, cursor)
    header = read_header(kind, cursor)
    if kind == "function" and header is not None:
        database, name = _specific(header, database) or (database, name)
    found = CodeObject(kind=kind, database=database, name=name, text=cursor.source(0))
    return CreateCode(_with(found, header, first), replace)


def _kind(cursor: Cursor) -> tuple[str, tuple[Clause, ...]]:
    """Takes the words of a kind; the form of a method in front of them is its first clause."""
    if cursor.accept("CM"):
        return "macro", ()
    form = cursor.accept_any(METHOD_WORDS) if cursor.keys[cursor.at + 1] == "METHOD" else ""
    return read_kind(cursor), (Clause("method form", form),) if form else ()


def _with(found: CodeObject, header: Header | None, first: tuple[Clause, ...]) -> CodeObject:
    if header is None:
        return found
    return structs.replace(found, parameters=header.parameters, clauses=(*first, *header.clauses))


def _expect_closed(kind: str, cursor: Cursor) -> None:
    """Refuses a source text in which a parenthesis or a block is never closed."""
    keys = cursor.keys[: len(cursor.tokens)]
    opened = unclosed_parenthesis(keys)
    if opened is not None:
        cursor.at = opened
        cursor.fail("this parenthesis is never closed")
    if kind == "procedure" and cursor.key == "(" and "BEGIN" in keys:
        reader = BlockReader(keys, len(keys))
        reader.end(closing_parenthesis(keys, cursor.at, len(keys)) + 1)
        if reader.unclosed is not None:
            cursor.at = reader.unclosed
            cursor.fail(f"the END of this {cursor.key} is expected, the end of the statement found")


def read_header(kind: str, cursor: Cursor) -> Header | None:
    """Takes the header of a source text; None where the kind has none, or where it cannot be read.

    Args:
        kind: of the object.
        cursor: stands behind the object's name, and then on its body.
    """
    read = _HEADERS.get(kind)
    try:
        return read(cursor) if read else None
    except DdlError:
        return None


def with_header(found: CodeObject) -> CodeObject:
    """The object with the parameters and clauses that its text says; as it is where no header can be read."""
    cursor = Cursor.of(found.text or "")
    first = _to_name(found.kind, cursor)
    return found if first is None else _with(found, read_header(found.kind, cursor), first)


def body_source(kind: str, text: str) -> str | None:
    """The body of a source text as written, behind the header that :func:`read_header` reads.

    Args:
        kind: of the object.
        text: its source text.

    Returns:
        ``""`` for a text that is all header, as a function's; None where no header can be read.
    """
    cursor = Cursor.of(text)
    if _to_name(kind, cursor) is None or read_header(kind, cursor) is None:
        return None
    return cursor.source(cursor.at)


def _to_name(kind: str, cursor: Cursor) -> tuple[Clause, ...] | None:
    """Takes all up to behind the name of the object that a text makes; None where it makes none of this kind."""
    read_locking(cursor)
    cursor.accept_any(("CREATE", "REPLACE"))
    cursor.accept("OR", "REPLACE")
    found, first = _kind(cursor)
    if found != kind or not cursor.is_name():
        return None
    cursor.qualified("")
    return first


def _specific(header: Header, database: str) -> tuple[str, str] | None:
    """The SPECIFIC name of a function, under which the dictionary lists it; None where it has none.

    Args:
        header: the function's.
        database: that of the function, in which a name lies that is not qualified.
    """
    text = next((clause.value for clause in header.clauses if clause.name == "SPECIFIC"), "")
    return Cursor.of(text).qualified(database) if text else None


def read_view(cursor: Cursor, replace: bool, default_database: str) -> CreateView:
    """Takes a whole CREATE VIEW.

    Args:
        cursor: stands behind CREATE or REPLACE, or on CV.
        replace: REPLACE is written.
        default_database: where an unqualified view lies.

    Raises:
        DdlError: there is no name or no query, or a parenthesis is never closed.
    """
    recursive = cursor.accept("RECURSIVE")
    cursor.at += 1
    database, name = cursor.defined(default_database)
    columns = _view_columns(cursor)
    cursor.expect("AS")
    locking = read_locking(cursor)
    query = _query(cursor)
    return CreateView(
        view=View(database=database, name=name, text=cursor.source(0), columns=columns),
        replace=replace,
        recursive=recursive,
        query=query.text,
        locking=locking,
        check_option=query.check_option,
    )


def _view_columns(cursor: Cursor) -> tuple[Column, ...]:
    """Takes ``( name [attributes], … )``; attributes stay in the view's text."""
    if not cursor.accept("("):
        return ()
    columns = []
    while True:
        columns.append(Column(name=cursor.name(), nullable=None))
        while cursor.key not in (",", ")", ""):
            if cursor.key == "(":
                cursor.skip_group()
            else:
                cursor.at += 1
        if not cursor.accept(","):
            break
    cursor.expect(")")
    return tuple(columns)


class _QueryText(NamedTuple):
    text: str
    check_option: bool


def _query(cursor: Cursor) -> _QueryText:
    start, end = cursor.at, len(cursor.tokens)
    if cursor.done:
        cursor.fail("the query of the view is expected, the statement ends")
    check_option = cursor.keys[end - 3 : end] == ["WITH", "CHECK", "OPTION"] and end - 3 > start
    text = cursor.source(start, end - 3 if check_option else end)
    cursor.at = end
    return _QueryText(text, check_option)


_LOCKED = ("DATABASE", "TABLE", "VIEW", "ROW")
_LOCKS = frozenset(
    {"ACCESS", "READ", "SHARE", "WRITE", "EXCLUSIVE", "EXCL", "CHECKSUM", "LOAD", "OVERRIDE", "COMMITTED"}
)


def read_locking(cursor: Cursor) -> tuple[str, ...]:
    """Takes the LOCKING modifiers in front of a request, each as canonical text."""
    found = []
    while cursor.key in ("LOCKING", "LOCK"):
        start = cursor.at
        cursor.at += 1
        if cursor.accept_any(_LOCKED) != "ROW" and cursor.is_name() and cursor.key not in ("FOR", "IN"):
            cursor.qualified("")
        cursor.accept_any(("FOR", "IN"))
        while cursor.accept_any(_LOCKS):
            pass
        cursor.accept("MODE")
        cursor.accept("NOWAIT")
        found.append(cursor.canonical(start, cursor.at))
    return tuple(found)
