"""Parameters of macros, procedures, functions and methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from dbee_dbt.ddl.clauses import skip
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.types import charset_at, read_type_at, with_charset
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.errors import DdlError
from dbee_dbt.model.types import DataType

_MODES: dict[str, Literal["IN", "OUT", "INOUT"]] = {"IN": "IN", "OUT": "OUT", "INOUT": "INOUT"}
# What follows a name that a mode's word is, and not the mode of a name.
_BEHIND_NAME_AND_TYPE = frozenset({",", ")", "(", "."})
_ENDS = frozenset({",", ")", ""})
# A column's attributes that a parameter may have (docs/teradata/ddl.md §2.1).
_BEGINS_ATTRIBUTE = frozenset(
    "NOT NULL FORMAT TITLE NAMED UPPERCASE UC CASESPECIFIC CS CHARACTER CHAR COMPRESS DEFAULT WITH AS".split()
)

ReadParameter = Callable[[Cursor], Parameter]


def read_parameters(cursor: Cursor, read: ReadParameter) -> tuple[Parameter, ...]:
    """Takes ``( parameter, … )``, which may be empty.

    Args:
        cursor: stands on the parenthesis.
        read: takes one parameter.

    Raises:
        DdlError: one cannot be read, or no parenthesis opens or closes.
    """
    cursor.expect("(")
    found: list[Parameter] = []
    while not cursor.accept(")"):
        if found:
            cursor.expect(",")
        found.append(read(cursor))
    return tuple(found)


def macro_parameter(cursor: Cursor) -> Parameter:
    """Takes ``name type [attribute]…`` or ``name (type [, attribute]…) [attribute]…``."""
    name = cursor.name()
    rest = _Rest()
    if not cursor.accept("("):
        return _parameter(cursor, name, read_type_at(cursor), rest)
    data_type = read_type_at(cursor)
    while cursor.accept(","):
        data_type = _read_attributes(cursor, data_type, rest)
    cursor.expect(")")
    return _parameter(cursor, name, data_type, rest)


def procedure_parameter(cursor: Cursor) -> Parameter:
    """Takes ``[IN|OUT|INOUT] name type [attribute]…``."""
    mode = None
    if cursor.keys[cursor.at + 2] not in _BEHIND_NAME_AND_TYPE:
        mode = _MODES.get(cursor.accept_any(tuple(_MODES)))
    return _parameter(cursor, cursor.name(), read_type_at(cursor), _Rest(mode))


def function_parameter(cursor: Cursor) -> Parameter:
    """Takes ``[name] type [AS LOCATOR]``; a single word is a type."""
    start = cursor.at
    try:
        data_type = read_type_at(cursor)
        if cursor.key in _ENDS or cursor.key == "AS":
            return _parameter(cursor, "", data_type, _Rest())
    except DdlError:
        pass
    cursor.at = start
    return _parameter(cursor, cursor.name(), read_type_at(cursor), _Rest())


class _Rest(Struct):
    """What a parameter has besides its name and type, while it is read."""

    mode: Literal["IN", "OUT", "INOUT"] | None = None
    default: str | None = None
    attributes: tuple[str, ...] = ()


def _parameter(cursor: Cursor, name: str, data_type: DataType, rest: _Rest) -> Parameter:
    data_type = _read_attributes(cursor, data_type, rest)
    return Parameter(name=name, type=data_type, mode=rest.mode, default=rest.default, attributes=rest.attributes)


def _read_attributes(cursor: Cursor, data_type: DataType, rest: _Rest) -> DataType:
    """Takes attributes up to a comma or parenthesis; a character set among them belongs to the type."""
    while cursor.key not in _ENDS:
        charset = charset_at(cursor)
        if charset is not None:
            data_type = with_charset(data_type, charset)
        elif cursor.accept("DEFAULT"):
            start = cursor.at
            _skip_to_attribute(cursor)
            rest.default = cursor.canonical(start, cursor.at)
        else:
            rest.attributes = (*rest.attributes, _attribute(cursor))
    return data_type


def _attribute(cursor: Cursor) -> str:
    start = cursor.at
    if cursor.key in ("NOT", "WITH"):
        cursor.at += 1
    _skip_to_attribute(cursor)
    return cursor.canonical(start, cursor.at)


def _skip_to_attribute(cursor: Cursor) -> None:
    start = cursor.at
    while cursor.key not in _ENDS and (cursor.at == start or cursor.key not in _BEGINS_ATTRIBUTE):
        skip(cursor)
