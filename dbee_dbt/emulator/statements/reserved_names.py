"""A reserved word without quotes is no name (3707): asked of every name that a statement of the catalog says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dbee_dbt.ddl import statements as ast
from dbee_dbt.ddl.lexer import Token, significant
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.ddl.script import Statement
from dbee_dbt.emulator.errors import TeradataError
from dbee_dbt.model import objects
from dbee_dbt.model.clauses import Parameter
from dbee_dbt.model.reserved import SURELY_RESERVED
from dbee_dbt.model.table_parts import DerivedPeriod

_OWN_NAME = ("database", "name")
# By class: the fields that hold a name or several.
_NAMES: dict[type, tuple[str, ...]] = {
    objects.Table: _OWN_NAME,
    objects.View: _OWN_NAME,
    objects.CodeObject: _OWN_NAME,
    objects.Definition: _OWN_NAME,
    Parameter: ("name",),
    objects.Database: ("name", "owner"),
    objects.Column: ("name",),
    objects.Constraint: ("name", "columns", "parent", "parent_columns"),
    objects.PrimaryIndex: ("name", "columns"),
    objects.SecondaryIndex: ("name", "columns"),
    ast.CreateTableAs: ("source",),
    ast.DeleteDatabase: ("name",),
    ast.CreateIndex: _OWN_NAME,
    ast.DropIndex: (*_OWN_NAME, "index", "columns"),
    ast.CommentOn: (*_OWN_NAME, "column"),
    ast.AlterTable: _OWN_NAME,
    ast.DropColumn: ("name",),
    ast.DropIdentity: ("name",),
    ast.RenameColumn: ("old", "new"),
    ast.AddConstraint: ("column",),
    ast.DropConstraint: ("name", "column"),
    ast.DropPeriod: ("name",),
    DerivedPeriod: ("name", "start", "end"),
    ast.DropObject: _OWN_NAME,
    ast.RenameObject: ("old", "new"),
    ast.SetDatabase: ("name",),
    ast.Privileges: ("object", "grantees"),
    ast.RoleMembership: ("roles", "grantees"),
    ast.CollectStatistics: _OWN_NAME,
    ast.Show: _OWN_NAME,
    ast.HelpColumn: (*_OWN_NAME, "columns"),
    ast.Help: _OWN_NAME,
    ast.Call: _OWN_NAME,
    ast.ExecuteMacro: _OWN_NAME,
}
# By class: the fields whose values hold names of their own.
_PARTS: dict[type, tuple[str, ...]] = {
    ast.CreateTable: ("table",),
    ast.CreateTableAs: ("table",),
    ast.CreateView: ("view",),
    ast.CreateCode: ("object",),
    ast.CreateDefinition: ("definition",),
    ast.CreateDatabase: ("database",),
    ast.ModifyDatabase: ("database",),
    ast.CreateIndex: ("indexes",),
    ast.AlterTable: ("actions",),
    ast.AddColumn: ("column", "constraints"),
    ast.AddColumns: ("columns",),
    ast.AddConstraint: ("constraint",),
    ast.DropConstraint: ("constraint",),
    ast.AddPeriod: ("period",),
    ast.ModifyPrimary: ("index",),
    ast.Grant: ("what",),
    ast.Revoke: ("what",),
    objects.Table: ("columns", "primary_index", "indexes", "constraints"),
    objects.View: ("columns",),
    objects.CodeObject: ("parameters",),
}


def check_names(meaning: Any, statement: Statement) -> None:
    """Refuse a reserved word that stands for a name and is not in quotes.

    Args:
        meaning: what the statement says.
        statement: its tokens tell which names are in quotes.

    Raises:
        TeradataError: 3707, as SQL Fundamentals (B035-1141), "Restricted Words", has it.
    """
    names: list[str] = []
    _collect(meaning, names)
    reserved = Counter(key for name in names if (key := name.upper()) in SURELY_RESERVED)
    if not reserved:
        return
    tokens = significant(statement.tokens)
    quoted = Counter(name_of(token.text).upper() for token in tokens if token.kind == "quoted name")
    for word, count in reserved.items():
        if quoted[word] < count:
            raise TeradataError(3707, _text(word, tokens))


def _collect(part: Any, names: list[str]) -> None:
    """Add every name that a piece of a statement says."""
    kind = type(part)
    for field in _NAMES.get(kind, ()):
        value = getattr(part, field)
        if isinstance(value, str):
            names.append(value)
        elif value is not None:
            names.extend(value)
    for field in _PARTS.get(kind, ()):
        value = getattr(part, field)
        for one in value if isinstance(value, tuple) else (value,):
            _collect(one, names)


def _text(word: str, tokens: list[Token]) -> str:
    place = max((i for i, token in enumerate(tokens) if token.key == word), default=0)
    before = tokens[place - 1].text if place else ""
    found = tokens[place].text
    return (
        "Syntax error, expected something like a name or a Unicode delimited identifier "
        f"between '{before}' and the '{found}' keyword."
    )
