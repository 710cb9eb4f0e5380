"""Reads what CREATE says of objects that are their clauses (docs/teradata/ddl.md §2.1).

What a clause cannot be read as stays text in a clause of its own; only a name or a parenthesis that is missing is an
error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dbee_dbt.ddl.clauses import Form, data_type, form, literal, name, number, path, read_clauses, to_comma
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.kinds import home
from dbee_dbt.ddl.profiles import read_profile
from dbee_dbt.ddl.servers import read_authorization, read_foreign_server, read_function_mapping
from dbee_dbt.ddl.user_types import read_cast, read_ordering, read_transform, read_type_definition
from dbee_dbt.model.clauses import Clause
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Definition

ReadDefinition = Callable[[Cursor, str], Definition]
"""Takes all that stands behind the words of a kind; told is the database of an unqualified object."""

ERROR_PREFIX = "ET_"
"""What the name of an error table begins with where none is written (CREATE ERROR TABLE, B035-1144)."""


def _plain(kind: str, forms: Sequence[Form]) -> ReadDefinition:
    def read(cursor: Cursor, default_database: str) -> Definition:
        database, own = cursor.qualified(home(kind, default_database))
        return Definition(kind=kind, database=database, name=own, clauses=read_clauses(cursor, forms))

    return read


def _role(cursor: Cursor, default_database: str) -> Definition:
    external = (Clause("EXTERNAL"),) if cursor.keys[cursor.at - 2] == "EXTERNAL" else ()
    database, own = cursor.qualified("")
    return Definition(kind="role", database=database, name=own, clauses=(*external, *read_clauses(cursor, ())))


def _schema(cursor: Cursor, default_database: str) -> Definition:
    before = cursor.keys[cursor.at - 2]
    storage = () if before in ("CREATE", "REPLACE") else (Clause("STORAGE FORMAT", before),)
    database, own = cursor.qualified(home("schema", default_database))
    clauses = (*storage, *read_clauses(cursor, (form("AS", literal),)))
    return Definition(kind="schema", database=database, name=own, clauses=clauses)


def _error_table(cursor: Cursor, default_database: str) -> Definition:
    """``[name] FOR table [NO RLS]``."""
    own = None if cursor.accept("FOR") else cursor.qualified(default_database)
    if own is not None:
        cursor.expect("FOR")
    table = cursor.qualified(default_database)
    database, name_ = own or (table[0], error_table_name(table[1]))
    clauses = (Clause("FOR", qualified(*table)), *read_clauses(cursor, (form("NO RLS"),)))
    return Definition(kind="error table", database=database, name=name_, clauses=clauses)


def error_table_name(table: str) -> str:
    """The name of a table's error table where none is written."""
    return f"{ERROR_PREFIX}{table}"


def _constraint(cursor: Cursor, default_database: str) -> Definition:
    """``name type [, [NOT] NULL], VALUES level:number …, statement function …``."""
    own = cursor.name()
    kind = (Clause("TYPE", data_type(cursor)),) if cursor.key not in _CONSTRAINT_WORDS else ()
    return Definition(
        kind="constraint", database="", name=own, clauses=(*kind, *read_clauses(cursor, CONSTRAINT_FORMS))
    )


def _levels(cursor: Cursor) -> str:
    """Takes ``name:number, …`` of a row-level security constraint."""
    found = [_level(cursor)]
    while cursor.key == "," and cursor.keys[cursor.at + 2] == ":":
        cursor.at += 1
        found.append(_level(cursor))
    return ", ".join(found)


def _level(cursor: Cursor) -> str:
    level = name(cursor)
    cursor.expect(":")
    return f"{level}:{number(cursor)}"


_CONSTRAINT_WORDS = frozenset({"NOT", "NULL", "VALUES", "INSERT", "UPDATE", "DELETE", "SELECT", ","})
CONSTRAINT_FORMS: tuple[Form, ...] = (
    form("NOT NULL", "NOT NULL", "nullability"),
    form("NULL", "NULL", "nullability"),
    form("VALUES", _levels),
    *(form(statement, path) for statement in ("INSERT", "UPDATE", "DELETE", "SELECT")),
)
"""The clauses of a row-level security constraint behind its type."""
_MAP: tuple[Form, ...] = (
    form("FROM", name),
    form("SPARSE AMPCOUNT =", number, "SPARSE AMPCOUNT"),
    form("CONTIGUOUS", to_comma),
)

DEFINED: dict[str, ReadDefinition] = {
    "role": _role,
    "profile": read_profile,
    "type": read_type_definition,
    "cast": read_cast,
    "ordering": read_ordering,
    "transform": read_transform,
    "authorization": read_authorization,
    "foreign server": read_foreign_server,
    "function mapping": read_function_mapping,
    "map": _plain("map", _MAP),
    "zone": _plain("zone", (form("ROOT", name),)),
    "constraint": _constraint,
    "glop set": _plain("glop set", ()),
    "schema": _schema,
    "error table": _error_table,
}
"""Readers by kind."""
