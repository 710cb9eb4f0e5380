"""User-defined types and what belongs to them: casts, orderings, transforms (docs/teradata/ddl.md §2.1).

Sources of the forms: SQL Data Definition Language Syntax and Examples (B035-1144), "User-Defined Type Statements".
"""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.clauses import OTHER, Form, data_type, form, read_clauses, skip, to_comma, to_end
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.types import read_type_at
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import identifier, qualified
from dbee_dbt.model.objects import Definition

TYPES = "SYSUDTLIB"
"""The database of every user-defined type."""
ATTRIBUTE = "attribute "
METHOD_FORMS = ("INSTANCE", "CONSTRUCTOR")
METHOD_WORDS = (*METHOD_FORMS, "SPECIFIC")
"""What may stand in front of METHOD."""

_BEHIND: tuple[Form, ...] = (
    form("NOT FINAL", "NOT FINAL", "finality"),
    form("FINAL", "FINAL", "finality"),
    form("NOT INSTANTIABLE", "NOT INSTANTIABLE", "instantiability"),
    form("INSTANTIABLE", "INSTANTIABLE", "instantiability"),
    form("DEFAULT NULL", "NULL", "DEFAULT"),
    form("OF", data_type),
)
_BEGINS_CLAUSE = frozenset({",", "", "METHOD", *METHOD_FORMS, *(each.words[0] for each in _BEHIND)})


def read_type_definition(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``name AS`` and what it is.

    That is ``type FINAL``, ``( attribute type, … ) …``, ``type ARRAY […]`` or ``VARRAY (…) OF type``.
    """
    database, name = cursor.qualified(TYPES)
    cursor.expect("AS")
    return Definition(kind="type", database=database, name=name, clauses=tuple(_clauses(cursor)))


def _clauses(cursor: Cursor) -> Iterator[Clause]:
    if cursor.key == "(":
        yield from _attributes(cursor)
    elif cursor.accept("VARRAY") or cursor.accept("VARYING", "ARRAY"):
        yield Clause("VARRAY", _dimensions(cursor, "(", ")"))
    else:
        yield Clause("AS", data_type(cursor))
        if cursor.accept("ARRAY"):
            yield Clause("ARRAY", _dimensions(cursor, "[", "]"))
    while not cursor.done:
        if not cursor.accept(","):
            yield _method(cursor) or _other(cursor)


def _attributes(cursor: Cursor) -> Iterator[Clause]:
    cursor.expect("(")
    while True:
        name = identifier(cursor.name())
        yield Clause(ATTRIBUTE + name, _attribute_type(cursor))
        if not cursor.accept(","):
            break
    cursor.expect(")")


def _attribute_type(cursor: Cursor) -> str:
    text, start = read_type_at(cursor).text, cursor.at
    while cursor.key not in (",", ")", ""):
        skip(cursor)
    return f"{text} {cursor.canonical(start, cursor.at)}".rstrip()


def _dimensions(cursor: Cursor, opens: str, closes: str) -> str:
    """Takes ``[5]``, ``[1:7][0:9]``."""
    start = cursor.at
    while cursor.accept(opens):
        while cursor.key not in (closes, ""):
            cursor.at += 1
        cursor.expect(closes)
    return "".join(cursor.keys[start : cursor.at])


def _method(cursor: Cursor) -> Clause | None:
    """Takes the specification of a method; it is told by its form and its name."""
    start = cursor.at
    kind = cursor.accept_any(METHOD_FORMS) or "INSTANCE"
    if not cursor.accept("METHOD"):
        cursor.at = start
        return None
    _, name = cursor.qualified(TYPES)
    return Clause(f"{kind} METHOD {identifier(name)}", to_comma(cursor))


def _other(cursor: Cursor) -> Clause:
    for each in _BEHIND:
        if cursor.accept(*each.words):
            return Clause(each.name, each.value(cursor))
    start = cursor.at
    while cursor.at == start or cursor.key not in _BEGINS_CLAUSE:
        skip(cursor)
    return Clause(OTHER, cursor.canonical(start, cursor.at))


def read_cast(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``( source AS target ) WITH routine [AS ASSIGNMENT]``; both types together are its name."""
    name = cast_name(cursor)
    clauses = read_clauses(cursor, (form("WITH", _to_assignment), form("AS ASSIGNMENT")))
    return Definition(kind="cast", database=TYPES, name=name, clauses=clauses)


def cast_name(cursor: Cursor) -> str:
    """Takes ``[database.] ( source AS target )``; returns ``source AS target``."""
    if cursor.key != "(":
        cursor.name()
        cursor.expect(".")
    cursor.expect("(")
    source = data_type(cursor)
    cursor.expect("AS")
    target = data_type(cursor)
    cursor.expect(")")
    return f"{source} AS {target}"


def _to_assignment(cursor: Cursor) -> str:
    start = cursor.at
    while not cursor.done and (cursor.key, cursor.keys[cursor.at + 1]) != ("AS", "ASSIGNMENT"):
        skip(cursor)
    return cursor.canonical(start, cursor.at)


def read_ordering(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``FOR type ORDER FULL BY MAP WITH routine``; it is named by its type."""
    cursor.expect("FOR")
    database, name = cursor.qualified(TYPES)
    clauses = read_clauses(cursor, (form("ORDER FULL BY MAP WITH", to_end),))
    return Definition(kind="ordering", database=database, name=name, clauses=clauses)


def read_transform(cursor: Cursor, default_database: str) -> Definition:
    """Takes ``FOR type group ( TO SQL WITH routine, FROM SQL WITH routine )``; it is named by its type and group."""
    cursor.expect("FOR")
    database, name = cursor.qualified(TYPES)
    group = cursor.name()
    cursor.expect("(")
    clauses = [Clause("type", qualified(database, name)), Clause("group", identifier(group))]
    while not cursor.accept(")"):
        clauses.append(_direction(cursor))
        cursor.accept(",")
    return Definition(kind="transform", database=database, name=f"{name} {group}", clauses=tuple(clauses))


def _direction(cursor: Cursor) -> Clause:
    words = next((words for words in ("TO SQL WITH", "FROM SQL WITH") if cursor.accept(*words.split())), "")
    if not words:
        cursor.fail(f"TO SQL WITH or FROM SQL WITH is expected, {cursor.shown} found")
    start = cursor.at
    while cursor.key not in (",", ")", ""):
        skip(cursor)
    return Clause(words, cursor.canonical(start, cursor.at))
