"""Reads a column: its name, type and attributes in any order (docs/teradata/ddl.md §2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dbee_dbt.ddl import canonical
from dbee_dbt.ddl.clauses import skip, unknown_text
from dbee_dbt.ddl.constraints import DIMENSIONS, read_condition
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.phrases import phrases, refuse_cut, refuse_none
from dbee_dbt.ddl.types import BUILT_IN_TYPES, charset_at, read_interval, read_type_at, with_charset
from dbee_dbt.model.names import qualified
from dbee_dbt.model.objects import Column, Compression, Constraint, Identity
from dbee_dbt.model.reserved import SURELY_RESERVED
from dbee_dbt.model.table_parts import Time
from dbee_dbt.model.types import DataType

_ENDS = frozenset({",", ")", ""})
_SEVERAL = {"checks", "attributes"}
_BEGINS_VALUE = frozenset({"(", "-", "+", "NULL", "DATE", "TIME", "TIMESTAMP", "INTERVAL"})
_BEGINS_LITERAL = frozenset({"DATE", "TIME", "TIMESTAMP", "INTERVAL", "PERIOD"})
_OF_NOW = frozenset({"DATE", "TIME"})


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


def begins_column(cursor: Cursor, ends: frozenset[str] = _ENDS) -> bool:
    """True unless a definition comes that is none of a column.

    Such are a name with a parenthesis behind it, a reserved word without quotes, and one in the place of the type. A
    reserved word in front of a built-in type is taken for the name that the writer meant.

    Args:
        cursor: stands in front of the definition.
        ends: what stands behind a column.
    """
    following = cursor.keys[cursor.at + 1]
    if following in BUILT_IN_TYPES or not cursor.is_name():
        return True
    if following == "(" or cursor.key in SURELY_RESERVED:
        return False
    return following in ends or following not in _NO_TYPES


def read_column(cursor: Cursor, ends: frozenset[str] = _ENDS) -> ColumnDraft:
    """Takes a column's definition up to the comma or parenthesis behind it.

    Args:
        cursor: stands on its name.
        ends: what stands behind a column.

    Raises:
        DdlError: no name comes, no type can be read, an attribute breaks off, or a parenthesis is never closed.
    """
    draft = ColumnDraft(cursor.name())
    key = cursor.key
    if key not in ends and (key not in _ATTRIBUTES or not _begins_attribute(cursor)):
        draft.fields["type"] = read_type_at(cursor)
    read_attributes(cursor, draft, ends)
    return draft


def _begins_attribute(cursor: Cursor) -> bool:
    key = cursor.key
    return key in _ATTRIBUTES and (key not in ("CHAR", "CHARACTER") or cursor.keys[cursor.at + 1] == "SET")


def read_attributes(cursor: Cursor, draft: ColumnDraft, ends: frozenset[str]) -> None:
    """Takes attributes up to what ends a column; one not understood is kept as text.

    Raises:
        DdlError: one that is known breaks off.
    """
    while (key := cursor.keys[cursor.at]) not in ends:
        read = _ATTRIBUTES.get(key)
        if read is None or not read(cursor, draft):
            _other(cursor, draft, ends)


def _other(cursor: Cursor, draft: ColumnDraft, ends: frozenset[str]) -> None:
    """Takes an unknown attribute, up to the next one that is known; or the type, which may stand behind attributes."""
    if "type" not in draft.fields and cursor.key in BUILT_IN_TYPES and not _begins_attribute(cursor):
        draft.fields["type"] = read_type_at(cursor)
        return
    start, behind = cursor.at, ends | _ATTRIBUTES.keys()
    cursor.at += refuse_cut(cursor, _PHRASES, behind)
    while cursor.at == start or cursor.key not in behind:
        skip(cursor)
    draft.append("attributes", unknown_text(cursor, start))


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
    data_type: DataType | None = draft.fields.get("type")
    charset = None if data_type is None else charset_at(cursor)
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
    word = cursor.key
    if word in _AFTER_ATTRIBUTE and word != "NULL":
        cursor.fail(f"a value is expected, {cursor.shown} found")
    cursor.at += 1
    if cursor.key == "E" and word[-1].isdigit() and cursor.keys[cursor.at + 1].isdigit():
        cursor.at += 2  # 0.00000000000000E 000: SHOW prints a blank for the sign of the exponent
    while cursor.accept("."):
        cursor.name()
    if cursor.key == "(":
        cursor.skip_group()
    elif word in _BEGINS_LITERAL:
        _skip_literal(cursor, word)


def _skip_literal(cursor: Cursor, word: str) -> None:
    """Takes what follows ``DATE``, ``TIMESTAMP``, ``INTERVAL`` …; DATE and TIME alone are the day and time of now."""
    if cursor.is_string():
        cursor.at += 1
        if word == "INTERVAL":
            read_interval(cursor)
    elif word not in _OF_NOW:
        cursor.fail(f"a character literal is expected, {cursor.shown} found")


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
    _expect_name(cursor)
    return qualified(*cursor.qualified(""))


def _expect_name(cursor: Cursor) -> None:
    """Refuse the next attribute in the place of a name."""
    if cursor.key in _ATTRIBUTES:
        cursor.fail(f"a name is expected, {cursor.shown} found")


def _compress_values(cursor: Cursor) -> tuple[str, ...]:
    """Takes one value or a list in parentheses; NULL is compressed in any case and left out."""
    if cursor.accept("("):
        values = [_constant(cursor)]
        while cursor.accept(","):
            values.append(_constant(cursor))
        cursor.expect(")")
    else:
        values = [_constant(cursor)]
    return tuple(canonical.value(text) for text in values if text.upper() != "NULL")


def _constant(cursor: Cursor) -> str:
    start = cursor.at
    _skip_value(cursor)
    if cursor.keys[cursor.at - 1] in _OF_NOW:
        cursor.fail(f"a character literal is expected, {cursor.shown} found")
    return cursor.canonical(start, cursor.at)


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


def read_time(cursor: Cursor) -> Time | None:
    """Takes ``AS VALIDTIME`` or ``AS TRANSACTIONTIME``; None where neither comes."""
    return next((time for time in DIMENSIONS if cursor.accept("AS", time)), None)


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
        if cursor.key in _ENDS and "type" not in draft.fields:
            draft.fields["row_security"] = True
            return True
        _expect_name(cursor)
        name = cursor.name()
        refuse_none(cursor, _CONSTRAINT_PHRASES, _AFTER_ATTRIBUTE)
        refuse_cut(cursor, _CONSTRAINT_PHRASES, _AFTER_ATTRIBUTE)
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
    if cursor.accept("WITH"):
        check = not cursor.accept("NO")
        cursor.expect("CHECK")
        cursor.expect("OPTION")
    _expect_name(cursor)
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

_AFTER_ATTRIBUTE = _ENDS | _ATTRIBUTES.keys()
_NO_TYPES = SURELY_RESERVED - _ATTRIBUTES.keys()
_CONSTRAINT_PHRASES = (
    *phrases("UNIQUE", "PRIMARY KEY", "REFERENCES"),
    *phrases("CHECK", value="("),
)
_PHRASES = (
    *phrases("NOT NULL", "NOT CASESPECIFIC", "NOT AUTO COLUMN", "CHARACTER SET", "CHAR SET", "INLINE LENGTH"),
    *phrases("WITH DEFAULT", "WITH TIME ZONE", "NO COMPRESS", "AUTO COMPRESS", "AUTO COLUMN", "STORAGE FORMAT"),
    *phrases("GENERATED ALWAYS AS IDENTITY", "GENERATED BY DEFAULT AS IDENTITY", "GENERATED TIMECOLUMN"),
    *phrases("GENERATED ALWAYS AS ROW", "AS VALIDTIME", "AS TRANSACTIONTIME"),
    *phrases("FORMAT", "TITLE", value="a character literal"),
    *phrases("CONSTRAINT", value="a name"),
    *_CONSTRAINT_PHRASES,
)
