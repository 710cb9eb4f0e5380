"""Reads a column: its name, type and attributes in any order (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dbee_dbt.ddl import canonical
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.types import charset_at, read_type_at, with_charset
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Column, Compression, Constraint, Identity
from dbee_dbt.model.table_parts import Time
from dbee_dbt.model.types import DataType

_ENDS = frozenset({",", ")", ""})
_SEVERAL = {"checks", "attributes"}
_BEGINS_VALUE = frozenset({"(", "-", "+", "NULL", "DATE", "TIME", "TIMESTAMP", "INTERVAL"})


class ColumnDraft:
    """A column while it is read.

    ``fields`` are those of :class:`Column` that were written; keys, references and named checks stand in
    ``constraints``, since they are the table's.
    """

    __slots__ = ("constraints", "fields", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.fields: dict[str, Any] = {"name": name}
        self.constraints: list[Constraint] = []

    def column(self) -> Column:
        """The column that was read."""
        for field in self.fields.keys() & _SEVERAL:
            self.fields[field] = tuple(self.fields[field])
        return Column(**self.fields)

    def append(self, field: str, text: str) -> None:
        """Adds a text to a field that holds several."""
        self.fields.setdefault(field, []).append(text)


def read_column(cursor: Cursor, ends: frozenset[str] = _ENDS) -> ColumnDraft:
    """Takes a column's definition up to the comma or parenthesis behind it.

    Args:
        cursor: stands on its name.
        ends: what stands behind a column.

    Raises:
        DdlError: no name comes, no type can be read, or a parenthesis is never closed.
    """
    draft = ColumnDraft(cursor.name())
    if cursor.key not in ends and not _begins_attribute(cursor) and cursor.key != "(":
        draft.fields["type"] = read_type_at(cursor)
    read_attributes(cursor, draft, ends)
    return draft


def _begins_attribute(cursor: Cursor) -> bool:
    key = cursor.key
    return key in _ATTRIBUTES and (key not in ("CHAR", "CHARACTER") or cursor.keys[cursor.at + 1] == "SET")


def read_attributes(cursor: Cursor, draft: ColumnDraft, ends: frozenset[str]) -> None:
    """Takes attributes up to what ends a column; one not understood is kept as text."""
    while (key := cursor.keys[cursor.at]) not in ends:
        read = _ATTRIBUTES.get(key)
        if read is None or not read(cursor, draft):
            _other(cursor, draft, ends)


def _other(cursor: Cursor, draft: ColumnDraft, ends: frozenset[str]) -> None:
    """Takes an unknown attribute: up to the next one that is known."""
    start = cursor.at
    while cursor.at == start or not (cursor.key in ends or cursor.key in _ATTRIBUTES):
        if cursor.key == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    draft.append("attributes", cursor.canonical(start, cursor.at))


def _not(cursor: Cursor, draft: ColumnDraft) -> bool:
    following = cursor.keys[cursor.at + 1]
    if following == "NULL":
        draft.fields["nullable"] = False
    elif following in ("CASESPECIFIC", "CS"):
        draft.fields["case_specific"] = False
    else:
        return False
    cursor.at += 2
    return True


def _flag(field: str, value: bool = True) -> Callable[[Cursor, ColumnDraft], bool]:
    def read(cursor: Cursor, draft: ColumnDraft) -> bool:
        cursor.at += 1
        draft.fields[field] = value
        return True

    return read


def _text(field: str) -> Callable[[Cursor, ColumnDraft], bool]:
    def read(cursor: Cursor, draft: ColumnDraft) -> bool:
        cursor.at += 1
        if not cursor.is_string():
            cursor.at -= 1
            return False
        draft.fields[field] = cursor.string()
        return True

    return read


def _with(cursor: Cursor, draft: ColumnDraft) -> bool:
    if not cursor.accept("WITH", "DEFAULT"):
        return False
    draft.fields["with_default"] = True
    return True


def _charset(cursor: Cursor, draft: ColumnDraft) -> bool:
    charset = charset_at(cursor)
    data_type: DataType | None = draft.fields.get("type")
    if charset is None or data_type is None:
        return False
    draft.fields["type"] = with_charset(data_type, charset)
    return True


def _default(cursor: Cursor, draft: ColumnDraft) -> bool:
    cursor.at += 1
    start = cursor.at
    _skip_value(cursor)
    draft.fields["default"] = _typed(draft, cursor.canonical(start, cursor.at))
    return True


def _typed(draft: ColumnDraft, text: str) -> str:
    """A literal in one spelling: of a FLOAT, its value, since SHOW prints it with an exponent."""
    data_type: DataType | None = draft.fields.get("type")
    if data_type is not None and data_type.name == "FLOAT" and canonical.is_number(text):
        return canonical.plain(text)
    return text


def _skip_value(cursor: Cursor) -> None:
    """Takes a value: a literal with its sign, a word with arguments or with a literal, or a parenthesis."""
    cursor.accept_any(("-", "+"))
    if cursor.key == "(":
        cursor.skip_group()
        return
    if cursor.key in _ENDS:
        cursor.fail(f"a value is expected, {cursor.shown} found")
    word = cursor.key
    cursor.at += 1
    if cursor.key == "E" and word[-1].isdigit() and cursor.keys[cursor.at + 1].isdigit():
        cursor.at += 2  # 0.00000000000000E 000: SHOW prints a blank for the sign of the exponent
    while cursor.accept("."):
        cursor.at += 1
    if cursor.key == "(":
        cursor.skip_group()
    if cursor.is_string() and word in ("DATE", "TIME", "TIMESTAMP", "INTERVAL", "PERIOD"):
        cursor.at += 1
        if word == "INTERVAL":
            _skip_interval_fields(cursor)


def _skip_interval_fields(cursor: Cursor) -> None:
    for _ in range(2):
        cursor.at += 1
        if cursor.key == "(":
            cursor.skip_group()
        if not cursor.accept("TO"):
            return


def _compress(cursor: Cursor, draft: ColumnDraft) -> bool:
    cursor.at += 1
    found: Compression = draft.fields.get("compress") or Compression()
    if cursor.accept("USING"):
        found = replace(found, algorithm=_function(cursor))
        if cursor.accept("DECOMPRESS"):
            cursor.expect("USING")
            found = replace(found, reverse=_function(cursor))
    elif cursor.key in _BEGINS_VALUE or cursor.is_string() or cursor.key[:1].isdigit() or cursor.key[:1] == ".":
        found = replace(found, values=tuple(_typed(draft, text) for text in _compress_values(cursor)))
    draft.fields["compress"] = found
    return True


def _function(cursor: Cursor) -> str:
    return qualified(*cursor.qualified(""))


def _compress_values(cursor: Cursor) -> tuple[str, ...]:
    """Takes one value or a list in parentheses; NULL is compressed in any case and left out."""
    if cursor.key != "(":
        start = cursor.at
        _skip_value(cursor)
        values = [cursor.canonical(start, cursor.at)]
    else:
        cursor.at += 1
        values = []
        while cursor.key != ")":
            start = cursor.at
            _skip_value(cursor)
            values.append(cursor.canonical(start, cursor.at))
            if cursor.key != ")":
                cursor.expect(",")
        cursor.at += 1
    return tuple(canonical.value(text) for text in values if text.upper() != "NULL")


def _no(cursor: Cursor, draft: ColumnDraft) -> bool:
    if not cursor.accept("NO", "COMPRESS"):
        return False
    draft.fields["compress"] = Compression(none=True)
    return True


def _auto(cursor: Cursor, draft: ColumnDraft) -> bool:
    if not cursor.accept("AUTO", "COMPRESS"):
        return False
    draft.fields["compress"] = Compression(auto=True)
    return True


_DIMENSIONS: tuple[Time, ...] = ("VALIDTIME", "TRANSACTIONTIME")


def read_time(cursor: Cursor) -> Time | None:
    """Takes ``AS VALIDTIME`` or ``AS TRANSACTIONTIME``; None where neither comes."""
    return next((time for time in _DIMENSIONS if cursor.accept("AS", time)), None)


def read_qualifier(cursor: Cursor) -> str | None:
    """Takes the temporal qualifier of a constraint: ``SEQUENCED VALIDTIME AND CURRENT TRANSACTIONTIME``.

    Returns:
        its words, or None where none comes (Temporal Table Support, B035-1182).
    """
    start = cursor.at
    while True:
        cursor.accept_any(("CURRENT", "SEQUENCED", "NONSEQUENCED"))
        if not cursor.accept_any(_DIMENSIONS):
            cursor.at = start
            return None
        if not cursor.accept("AND"):
            return cursor.keywords(start, cursor.at)


def _as(cursor: Cursor, draft: ColumnDraft) -> bool:
    time = read_time(cursor)
    if time is None:
        return False
    draft.fields["time"] = time
    return True


def _generated(cursor: Cursor, draft: ColumnDraft) -> bool:
    if cursor.accept("GENERATED", "ALWAYS", "AS", "ROW"):
        draft.fields["row_time"] = cursor.accept_any(("START", "END")) or cursor.fail(
            f"START or END is expected, {cursor.shown} found"
        )
        return True
    if cursor.accept("GENERATED", "TIMECOLUMN"):
        draft.fields["time_column"] = True
        return True
    always = cursor.accept("GENERATED", "ALWAYS", "AS", "IDENTITY")
    if not always:
        start = cursor.at
        if not (cursor.accept("GENERATED", "BY", "DEFAULT") and cursor.accept("AS", "IDENTITY")):
            cursor.at = start
            return False
    draft.fields["identity"] = _identity(cursor, always)
    return True


_NUMBERS = {"START": "start", "INCREMENT": "increment", "MINVALUE": "minimum", "MAXVALUE": "maximum"}


def _identity(cursor: Cursor, always: bool) -> Identity:
    fields: dict[str, Any] = {}
    if cursor.accept("("):
        while not cursor.accept(")"):
            _identity_option(cursor, fields)
            cursor.accept(",")
    return Identity(always, **fields)


def _identity_option(cursor: Cursor, fields: dict[str, Any]) -> None:
    if cursor.accept("CYCLE"):
        fields["cycle"] = True
    elif cursor.accept("NO", "CYCLE"):
        fields["cycle"] = False
    elif cursor.key == "NO" and cursor.keys[cursor.at + 1] in ("MINVALUE", "MAXVALUE"):
        cursor.at += 2
    else:
        field = _NUMBERS.get(cursor.key)
        if field is None:
            cursor.fail(f"an option of IDENTITY is expected, {cursor.shown} found")
        cursor.at += 1
        cursor.accept_any(("WITH", "BY"))
        fields[field] = cursor.integer()
        if fields[field] is None:
            cursor.fail(f"a whole number is expected, {cursor.shown} found")


def _constraint(cursor: Cursor, draft: ColumnDraft) -> bool:
    name = None
    start = cursor.at
    if cursor.accept("CONSTRAINT"):
        if cursor.key in _ENDS:
            draft.fields["row_security"] = True
            return True
        name = cursor.name()
    read = _CONSTRAINTS.get(cursor.key)
    if read is None or not read(cursor, draft, name):
        cursor.at = start
        return False
    return True


def _unique(cursor: Cursor, draft: ColumnDraft, name: str | None) -> bool:
    cursor.at += 1
    draft.constraints.append(Constraint(kind="unique", name=name, columns=(draft.name,)))
    return True


def _primary_key(cursor: Cursor, draft: ColumnDraft, name: str | None) -> bool:
    if not cursor.accept("PRIMARY", "KEY"):
        return False
    draft.constraints.append(Constraint(kind="primary key", name=name, columns=(draft.name,)))
    return True


def _check(cursor: Cursor, draft: ColumnDraft, name: str | None) -> bool:
    if cursor.keys[cursor.at + 1] != "(":
        return False
    cursor.at += 1
    expression = read_condition(cursor)
    if name is None:
        draft.append("checks", expression)
    else:
        draft.constraints.append(Constraint(kind="check", name=name, expression=expression))
    return True


def _references(cursor: Cursor, draft: ColumnDraft, name: str | None) -> bool:
    draft.constraints.append(read_references(cursor, name, (draft.name,)))
    return True


def read_condition(cursor: Cursor) -> str:
    """Takes ``( condition )``; returns its canonical text without parentheses around all of it."""
    start = cursor.at
    cursor.skip_group()
    around = _enclosing(cursor.keys[start : cursor.at])
    return cursor.canonical(start + around, cursor.at - around)


def _enclosing(keys: list[str]) -> int:
    """How many parentheses stand around all of these tokens."""
    opened = 0
    while keys[opened] == "(":
        opened += 1
    closed = next(place for place, key in enumerate(reversed(keys)) if key != ")") if opened < len(keys) - 1 else opened
    depth = around = min(opened, closed)
    for key in keys[around : len(keys) - around]:
        depth += (key == "(") - (key == ")")
        around = min(around, depth)
    return around


def read_references(cursor: Cursor, name: str | None, columns: tuple[str, ...]) -> Constraint:
    """Takes ``REFERENCES [WITH [NO] CHECK OPTION] parent [(columns)]``.

    Args:
        cursor: stands on REFERENCES.
        name: the constraint's name, or None.
        columns: the columns that refer.

    An unqualified parent has the database ``""`` here.
    """
    cursor.expect("REFERENCES")
    check = None
    if cursor.accept("WITH", "NO", "CHECK", "OPTION"):
        check = False
    elif cursor.accept("WITH", "CHECK", "OPTION"):
        check = True
    parent = cursor.defined("")
    parent_columns = cursor.names() if cursor.key == "(" else ()
    return Constraint(
        kind="foreign key",
        name=name,
        columns=columns,
        parent=parent,
        parent_columns=parent_columns,
        check_option=check,
    )


_CONSTRAINTS: dict[str, Callable[[Cursor, ColumnDraft, str | None], bool]] = {
    "UNIQUE": _unique,
    "PRIMARY": _primary_key,
    "CHECK": _check,
    "REFERENCES": _references,
}

_ATTRIBUTES: dict[str, Callable[[Cursor, ColumnDraft], bool]] = {
    "NOT": _not,
    "NULL": _flag("nullable"),
    "CHARACTER": _charset,
    "CHAR": _charset,
    "CASESPECIFIC": _flag("case_specific"),
    "CS": _flag("case_specific"),
    "UPPERCASE": _flag("uppercase"),
    "UC": _flag("uppercase"),
    "FORMAT": _text("format"),
    "TITLE": _text("title"),
    "DEFAULT": _default,
    "WITH": _with,
    "COMPRESS": _compress,
    "NO": _no,
    "AUTO": _auto,
    "GENERATED": _generated,
    "CONSTRAINT": _constraint,
    "AS": _as,
    **dict.fromkeys(_CONSTRAINTS, _constraint),
}
