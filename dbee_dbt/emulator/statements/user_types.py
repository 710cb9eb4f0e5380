"""User-defined types and what belongs to them: what has to be there, SHOW and HELP.

Sources: "SHOW object" and "SHOW TYPE", "HELP CAST" and "HELP TYPE" of SQL HELP Statements (B035-1184, B035-1144);
docs/teradata/dictionary.md §1.4. Columns that are not known to be right are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.types import read_type_at
from dbee_dbt.ddl.user_types import TYPES
from dbee_dbt.emulator.dictionary.codes import type_code
from dbee_dbt.emulator.dictionary.definition_rows import by_name
from dbee_dbt.emulator.errors import EmulatorRefusal
from dbee_dbt.emulator.records import Defined
from dbee_dbt.emulator.results import Result, ResultColumn, char, table_result, varchar
from dbee_dbt.emulator.statements.column_types import check_type_exists
from dbee_dbt.emulator.statements.names import required, same_name
from dbee_dbt.model.objects import CodeObject, Definition
from dbee_dbt.model.types import DataType

if TYPE_CHECKING:
    from dbee_dbt.ddl.statements import Help
    from dbee_dbt.emulator.session import Session

_SMALL, _NUMBER = DataType("SMALLINT"), DataType("INTEGER")


def cast_texts(session: Session, name: str) -> list[str]:
    """The texts that made the casts from and to a type, for SHOW CAST.

    Raises:
        EmulatorRefusal: there is no such type.
    """
    required(session, "type", TYPES, name)
    return [cast.text for cast in _casts(session, name)]


def type_texts(session: Session, name: str) -> list[str]:
    """The texts that made a type, its ordering and its transforms, for SHOW TYPE; casts are not among them.

    Raises:
        EmulatorRefusal: there is no such type.
    """
    made = required(session, "type", TYPES, name)
    belonging = (*_orderings(session, name), *_transforms(session, name))
    return [made.text, *(one.text for one in belonging)]


def check_type_of(session: Session, written: Definition) -> None:
    """Refuse a cast, ordering or transform of a type that nobody has made.

    Raises:
        TeradataError: 3706, a type of a cast.
        EmulatorRefusal: the type of an ordering or transform, or a cast between two types of the system.
    """
    if written.kind == "cast":
        ends = _end_types(written)
        for end in ends:
            check_type_exists(session.system, end)
        if not any(end.udt for end in ends):
            raise EmulatorRefusal(f"the error number of Teradata for a cast of no user-defined type: {written.name}")
    elif written.kind in ("ordering", "transform"):
        required(session, "type", TYPES, _type_of(written))


def drop_transforms(session: Session, written: Definition) -> None:
    """REPLACE TRANSFORM drops every group of the type, whatever group it makes ("REPLACE TRANSFORM", B035-1144)."""
    for one in list(_transforms(session, _type_of(written))):
        session.system.remove(one.key)


def belongs_to_type(session: Session, name: str) -> str | None:
    """What a type cannot be dropped for: a cast, an ordering, a transform, a method; None if there is nothing."""
    for one in (*_casts(session, name), *_orderings(session, name), *_transforms(session, name)):
        return f"{one.found.kind} {one.found.name}"
    for entry in session.system.entries(TYPES):
        if isinstance(entry.found, CodeObject) and entry.found.kind == "method":
            of = by_name(entry.found.clauses).get("FOR")
            if of is not None and same_name(Cursor.of(of).qualified(TYPES)[1], name):
                return f"method {entry.found.name}"
    return None


def _casts(session: Session, name: str) -> Iterator[Defined]:
    return (one for one in _defined(session, "cast") if any(same_name(end, name) for end in _ends(one.found)))


def _orderings(session: Session, name: str) -> Iterator[Defined]:
    return (one for one in _defined(session, "ordering") if same_name(_type_of(one.found), name))


def _transforms(session: Session, name: str) -> Iterator[Defined]:
    return (one for one in _defined(session, "transform") if same_name(_type_of(one.found), name))


def _type_of(found: Definition) -> str:
    """The type that an ordering or transform belongs to; the former is named by it."""
    if found.kind == "ordering":
        return found.name
    return Cursor.of(by_name(found.clauses or ())["TYPE"]).qualified(TYPES)[1]


def _defined(session: Session, kind: str) -> list[Defined]:
    return [record for record in session.system.of(Defined) if record.found.kind == kind]


def _end_types(cast: Definition) -> tuple[DataType, DataType]:
    """Source and target of a cast."""
    cursor = Cursor.of(cast.name)
    source = read_type_at(cursor)
    cursor.expect("AS")
    return source, read_type_at(cursor)


def _ends(cast: Definition) -> tuple[str, str]:
    """Their texts; of a user-defined type the name alone, as the reports tell it."""
    source, target = _end_types(cast)
    return _reported(source), _reported(target)


def _reported(kind: DataType) -> str:
    return Cursor.of(kind.udt).qualified(TYPES)[1] if kind.udt is not None else kind.text


_OF_CAST = (
    ResultColumn("Source", varchar(31)),
    ResultColumn("Target", varchar(31)),
    ResultColumn("Cast Routine", varchar(31)),
    ResultColumn("As Assignment", varchar(3)),
)


def help_cast(session: Session, meaning: Help) -> Result:
    """HELP CAST of a type: SOURCE those from it, TARGET those to it; the system makes both for a distinct type."""
    found = required(session, "type", TYPES, meaning.name).found
    assert isinstance(found, Definition)
    option = _option(meaning, ("SOURCE", "TARGET"))
    rows = {(row[0].upper(), row[1].upper()): row for row in (*_system_casts(found), *_written_casts(session, found))}
    place = {"SOURCE": 0, "TARGET": 1}
    shown = [row for row in rows.values() if not option or same_name(row[place[option]], found.name)]
    return table_result("Help", _OF_CAST, shown)


def _option(meaning: Help, options: tuple[str, ...]) -> str:
    """The word behind the name, or ""."""
    last = meaning.text.upper().rstrip("; ").split()[-1]
    return last if last in options and len(meaning.text.split()) > 2 else ""


def _system_casts(found: Definition) -> Iterator[list[str]]:
    base = _distinct_of(found)
    if base is not None:
        yield [found.name, base.text, "System", "YES"]
        yield [base.text, found.name, "System", "YES"]


def _written_casts(session: Session, found: Definition) -> Iterator[list[str]]:
    for cast in _casts(session, found.name):
        clauses = by_name(cast.found.clauses or ())
        words = clauses["WITH"].split()
        if words[0] != "SPECIFIC":
            raise EmulatorRefusal(f"the specific name of the routine of cast {cast.found.name}")
        ends = [_as_created(session, end) for end in _ends(cast.found)]
        yield [*ends, words[-1].rpartition(".")[2], "YES" if "AS ASSIGNMENT" in clauses else "NO"]


def _as_created(session: Session, name: str) -> str:
    entry = session.system.entry(TYPES, name)
    return entry.found.name if entry is not None else name


def _distinct_of(found: Definition) -> DataType | None:
    """The type that a distinct type is made from; None of a structured one.

    Raises:
        EmulatorRefusal: an array type, of which the casts and the length of its text are not known.
    """
    clauses = by_name(found.clauses or ())
    if "ARRAY" in clauses or "VARRAY" in clauses:
        raise EmulatorRefusal(f"what the system makes for the array type {found.name}")
    return read_type_at(Cursor.of(clauses["AS"])) if "AS" in clauses else None


_OF_TYPE = (
    ResultColumn("Name", varchar(61)),
    ResultColumn("Internal Type", char(2)),
    ResultColumn("External Type", char(2)),
    ResultColumn("Max Length", _NUMBER),
    ResultColumn("Decimal Total Digits", _SMALL),
    ResultColumn("Decimal Fractional Digits", _SMALL),
)


def help_type(session: Session, meaning: Help) -> Result:
    """HELP TYPE without options: what the type is inside, and outside by its transform."""
    if _option(meaning, ("ATTRIBUTE", "METHOD")):
        raise EmulatorRefusal("HELP TYPE … ATTRIBUTE and METHOD")
    found = required(session, "type", TYPES, meaning.name).found
    assert isinstance(found, Definition)
    if any(_transforms(session, found.name)):
        raise EmulatorRefusal(f"HELP TYPE of {found.name}, whose transform is a routine")
    base = _distinct_of(found)
    if base is None:
        return table_result("Help", _OF_TYPE, [[found.name, "US", None, None, None, None]])
    code = type_code(base)
    return table_result("Help", _OF_TYPE, [[found.name, "UD", code.code, code.length, code.digits, code.fraction]])
