"""Headers of macros, procedures, functions and methods (docs/teradata/ddl.md §2.1, spl.md §6.2).

Where one clause stands for several words that exclude each other (``MODIFIES SQL DATA``, ``CONTAINS SQL``), it is
named by a noun in lower case, so that a change from one to the other is one change.
"""

from __future__ import annotations

from typing import NamedTuple

from dbee_dbt.ddl.clauses import (
    OTHER,
    Form,
    data_type,
    form,
    group,
    literal_or_path,
    number,
    path,
    read_clause,
    read_clauses,
    to_end,
    word,
)
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.parameters import function_parameter, macro_parameter, procedure_parameter, read_parameters
from dbee_dbt.model.clauses import Clause, Parameter


class Header(NamedTuple):
    """What stands between an object's name and its body.

    Attributes:
        parameters: None where the kind has none.
        clauses: in order.
    """

    parameters: tuple[Parameter, ...] | None
    clauses: tuple[Clause, ...] = ()


_BEGINS_CLAUSE = frozenset(
    "SPECIFIC RETURNS CALLED NOT DETERMINISTIC CAST LANGUAGE PARAMETER CLASS NO USING EXTERNAL EXECUTE".split()
)


def _definer(cursor: Cursor) -> str:
    return f"DEFINER {path(cursor)}" if cursor.is_name() and cursor.key not in _BEGINS_CLAUSE else "DEFINER"


def _table(cursor: Cursor) -> str:
    """The columns of a table function, or how they vary."""
    if cursor.accept("VARYING", "COLUMNS"):
        return f"TABLE VARYING COLUMNS {group(cursor)}"
    if cursor.accept("VARYING", "USING", "FUNCTION"):
        named = cursor.is_name() and cursor.key not in _BEGINS_CLAUSE
        return f"TABLE VARYING USING FUNCTION {path(cursor)}" if named else "TABLE VARYING USING FUNCTION"
    columns = read_parameters(cursor, macro_parameter)
    texts = (f"{column.name} {column.type.text}" if column.type else column.name for column in columns)
    return f"TABLE ({', '.join(texts)})"


def _located_type(cursor: Cursor) -> str:
    text = data_type(cursor)
    return f"{text} AS LOCATOR" if cursor.accept("AS", "LOCATOR") else text


def _aggregate(cursor: Cursor) -> str:
    return f"AGGREGATE{group(cursor)}" if cursor.key == "(" else "AGGREGATE"


def _map(cursor: Cursor) -> str:
    name = path(cursor)
    return f"{name} COLOCATE USING {path(cursor)}" if cursor.accept("COLOCATE", "USING") else name


_SQL_SECURITY = form("SQL SECURITY", word)
_EXTERNAL: tuple[Form, ...] = (
    form("EXTERNAL SECURITY INVOKER", "INVOKER", "EXTERNAL SECURITY"),
    form("EXTERNAL SECURITY DEFINER", _definer, "EXTERNAL SECURITY"),
    form("EXTERNAL NAME", literal_or_path),
    form("EXTERNAL"),
    form("LANGUAGE", word),
    form("PARAMETER STYLE", word),
    form("USING GLOP SET", path),
)
_DATA_ACCESS: tuple[Form, ...] = tuple(
    form(words, words, "data access") for words in ("MODIFIES SQL DATA", "READS SQL DATA", "CONTAINS SQL", "NO SQL")
)
_PROCEDURE: tuple[Form, ...] = (
    form("DYNAMIC RESULT SETS", number),
    _SQL_SECURITY,
    *_DATA_ACCESS,
    *_EXTERNAL,
)
_ROUTINE: tuple[Form, ...] = (
    form("SPECIFIC", path),
    form("RETURNS NULL ON NULL INPUT", "RETURNS NULL ON NULL INPUT", "null call"),
    form("CALLED ON NULL INPUT", "CALLED ON NULL INPUT", "null call"),
    form("NOT DETERMINISTIC", "NOT DETERMINISTIC", "determinism"),
    form("DETERMINISTIC", "DETERMINISTIC", "determinism"),
    form("RETURNS TABLE", _table, "RETURNS"),
    form("RETURNS", _located_type),
    form("CAST FROM", _located_type),
    form("SELF AS RESULT"),
    *_DATA_ACCESS,
    *_EXTERNAL,
)
_FUNCTION: tuple[Form, ...] = (
    *_ROUTINE,
    form("CLASS AGGREGATE", _aggregate, "CLASS"),
    form("CLASS AG", _aggregate, "CLASS"),
    form("FOR COMPRESS", "COMPRESS", "FOR"),
    form("FOR DECOMPRESS", "DECOMPRESS", "FOR"),
    form("USING", path, "USING GLOP SET"),
    _SQL_SECURITY,
    form("COLLATION", word),
    form("INLINE TYPE", number),
    form("EXECUTE MAP =", _map, "EXECUTE MAP"),
    form("RETURN", to_end),
)
_NO_BODY = ("EXTERNAL", "EXTERNAL NAME")
METHOD: tuple[Form, ...] = (form("FOR", path), *_ROUTINE)
"""The clauses of CREATE METHOD; those of a method in CREATE TYPE are the same but for FOR."""


def macro_header(cursor: Cursor) -> Header:
    """Takes ``[( parameter, … )] AS``; the body is the parenthesis behind it."""
    parameters = read_parameters(cursor, macro_parameter) if cursor.key == "(" else ()
    cursor.expect("AS")
    return Header(parameters)


def procedure_header(cursor: Cursor) -> Header:
    """Takes parameters and clauses; the body begins with the first word that begins no clause."""
    parameters = read_parameters(cursor, procedure_parameter)
    clauses: list[Clause] = []
    while not cursor.done:
        clause = read_clause(cursor, _PROCEDURE)
        if clause is None and not any(each.name in _NO_BODY for each in clauses):
            break
        clauses.append(clause or Clause(OTHER, to_end(cursor)))
    return Header(parameters, tuple(clauses))


def function_header(cursor: Cursor) -> Header:
    """Takes all of a function: what one in SQL computes is its clause RETURN."""
    return Header(read_parameters(cursor, function_parameter), read_clauses(cursor, _FUNCTION))


def method_header(cursor: Cursor) -> Header:
    """Takes all of a method behind its name; SPECIFIC METHOD has no parameters to write."""
    parameters = read_parameters(cursor, function_parameter) if cursor.key == "(" else ()
    return Header(parameters, read_clauses(cursor, METHOD))
