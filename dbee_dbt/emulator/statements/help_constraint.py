"""HELP CONSTRAINT of a named constraint, and HELP ERROR TABLE.

Sources: "HELP CONSTRAINT" (its attributes in B035-1184, its examples in B035-1144); "HELP ERROR TABLE Usage Notes"
(B035-1184). Columns that are not known to be right are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.indexes import TableIndex, table_indexes
from dbee_dbt.emulator.results import Result, ResultColumn, char, table_result, varchar
from dbee_dbt.emulator.statements.names import required_table, same_name
from dbee_dbt.model.objects import Column, Constraint, Table
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.statements import Help
    from dbee_dbt.emulator.session import Session

_SMALL = DataType("SMALLINT")
_OF_CHECK = (
    ResultColumn("Name", varchar(30)),
    ResultColumn("Type", varchar(15)),
    ResultColumn("Constraint", varchar(255)),
)
_OF_REFERENCE = (
    ResultColumn("Name", varchar(30)),
    ResultColumn("Type", varchar(15)),
    ResultColumn("State", char(12)),
    ResultColumn("FK Columns", varchar(512)),
)
_OF_UNIQUE = (
    ResultColumn("Name", varchar(30)),
    ResultColumn("Type", varchar(35)),
    ResultColumn("Unique", char(1)),
    ResultColumn("Index ID", _SMALL),
    ResultColumn("Column Names", varchar(512)),
)


def help_constraint(session: Session, meaning: Help) -> Result:
    """HELP CONSTRAINT table.name: of a check, a reference, a key or a named primary index.

    Raises:
        TeradataError: 3807, there is no such table.
        EmulatorRefusal: a view's constraint, or nothing of this name.
    """
    path = _path(meaning)
    if len(path) < 2:
        raise EmulatorRefusal("HELP CONSTRAINT without a table's name")
    database = path[-3] if len(path) > 2 else ""
    entry, table = required_table(session, database, path[-2])
    name = path[-1]
    for constraint in table.constraints:
        if constraint.name and same_name(constraint.name, name) and constraint.kind in ("check", "foreign key"):
            return _check(constraint) if constraint.kind == "check" else _reference(constraint)
    for index in table_indexes(table, entry.index_numbers):
        if index.name and same_name(index.name, name):
            return _unique(index)
    raise EmulatorRefusal(f"the error number of Teradata for a constraint that does not exist: {name}")


def _path(meaning: Help) -> list[str]:
    """The parts of the constraint's name; the reader of HELP takes two, and there may be three."""
    cursor = Cursor.of(meaning.text)
    cursor.expect("CONSTRAINT")
    path = [cursor.name()]
    while cursor.accept("."):
        path.append(cursor.name())
    return path


def _check(check: Constraint) -> Result:
    return table_result("Help", _OF_CHECK, [[check.name, "CHECK", f"CHECK ( {check.expression} )"]])


def _reference(reference: Constraint) -> Result:
    state = {None: "VALID", False: "ValidSoft", True: "ValidBatch"}[reference.check_option]
    row = [reference.name, "REFERENCES", state, ", ".join(reference.columns)]
    return table_result("Help", _OF_REFERENCE, [row])


def _unique(index: TableIndex) -> Result:
    """A key, or an index, which the system considers a constraint.

    Raises:
        EmulatorRefusal: the manual does not tell which type is reported.
    """
    if (index.number == 1) == (index.key is not None):
        what = "a key that is the primary index" if index.key else "a secondary index"
        raise EmulatorRefusal(f"the type that HELP CONSTRAINT tells of {what}")
    kind = index.key.upper() if index.key else "PRIMARY INDEX"
    row = [index.name, kind, "Y" if index.unique else "N", index.number, ", ".join(index.columns)]
    return table_result("Help", _OF_UNIQUE, [row])


def error_table_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table's error table: its own, and those that tell what went wrong."""
    return (*table.columns, *_OF_ERROR_TABLE)


def _own(name: str, kind: DataType, nullable: bool = True) -> Column:
    return Column(name=name, type=kind, nullable=nullable)


_LETTER = DataType("CHAR", length=1, charset="LATIN")
_TABLE_ID = DataType("BYTE", length=6)
_OF_ERROR_TABLE = (
    _own("ETC_DBQL_QID", DataType("DECIMAL", precision=18, scale=0), nullable=False),
    _own("ETC_DMLType", _LETTER),
    _own("ETC_ErrorCode", DataType("INTEGER"), nullable=False),
    _own("ETC_ErrSeq", DataType("INTEGER"), nullable=False),
    _own("ETC_IndexNumber", _SMALL),
    _own("ETC_IdxErrType", _LETTER),
    _own("ETC_RowId", DataType("BYTE", length=10)),
    _own("ETC_TableId", _TABLE_ID),
    _own("ETC_FieldId", _SMALL),
    _own("ETC_RITableId", _TABLE_ID),
    _own("ETC_RIFieldId", _SMALL),
    _own("ETC_TimeStamp", DataType("TIMESTAMP", scale=2), nullable=False),
    _own("ETC_Blob", DataType("BLOB")),
)
