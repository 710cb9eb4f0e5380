"""The names in CREATE and REPLACE of every kind of object."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.references.body import Body, ReadStatement, read_body
from dbee_dbt.ddl.references.found import Mention, Walk
from dbee_dbt.ddl.references.query import Hidden, Section, read_expression, read_query, read_type_name
from dbee_dbt.ddl.references.tables import read_elements, read_options, read_security, read_table
from dbee_dbt.model.names import fold

_MODES = frozenset({"IN", "OUT", "INOUT"})
_PROCEDURE_HEADER = frozenset(
    """CONTAINS MODIFIES READS NO SQL DATA DYNAMIC RESULT SETS SECURITY CREATOR DEFINER INVOKER OWNER LANGUAGE NOT
    DETERMINISTIC CALLED ON NULL INPUT""".split()
)
_ENDS_QUERY = ("PRIMARY", "UNIQUE", "INDEX", "NO", "PARTITION")
_OLD_OR_NEW = frozenset({"OLD", "NEW", "OLD_TABLE", "NEW_TABLE", "OLD_NEW_TABLE"})
_BEHIND_REFERENCING = ("FOR", "WHEN", "(", "BEGIN")
_OWNED = {"PROFILE": "profile", "ROLE": "role", "DATABASE": "database"}


def read_definition(walk: Walk, kind: str, section: Section, hidden: Hidden, read_statement: ReadStatement) -> None:
    """Notes what the definition of an object names behind the object's own name.

    Args:
        walk: the statement.
        kind: of the object, in the words of the design.
        section: from behind the object's name to the end.
        hidden: names that are no references.
        read_statement: reads a statement of a body.
    """
    reader = _BODIES.get(kind)
    if reader is not None:
        reader(walk, section, hidden, read_statement)
        return
    simple = _READERS.get(kind)
    if simple is not None:
        simple(walk, section, hidden)


# --- views and indexes -----------------------------------------------------------------------------------------------


def _view(walk: Walk, section: Section, hidden: Hidden) -> None:
    start = walk.find(("AS",), section.start, section.stop) + 1
    stop = section.stop
    if walk.keys[stop - 3 : stop] == ["WITH", "CHECK", "OPTION"]:
        stop -= 3
    read_query(walk, Section(start, stop), hidden)


def _recursive_view(walk: Walk, section: Section, hidden: Hidden) -> None:
    """Its own name in its query, qualified or not, is no reference."""
    own = tuple(map(fold, walk.subject.parts)) if walk.subject else ("",)
    _view(walk, section, Hidden(hidden.tables | {own[-1]}, hidden.rows | {own[-1]}))
    walk.mentions[:] = [found for found in walk.mentions if tuple(map(fold, found.parts)) != own]


def _join_index(walk: Walk, section: Section, hidden: Hidden) -> None:
    start = walk.find(("AS",), section.start, section.stop) + 1
    read_options(walk, section.start, start)
    stop = walk.find(_ENDS_QUERY, start, section.stop)
    before = len(walk.mentions)
    read_query(walk, Section(start, stop), hidden)
    found = walk.mentions[before:]
    walk.mentions[before:] = [one._replace(how="on") if one.how == "reads" else one for one in found]


def _hash_index(walk: Walk, section: Section, hidden: Hidden) -> None:
    on = walk.find(("ON",), section.start, section.stop)
    read_options(walk, section.start, on)
    walk.add("on", on + 1)


def _table(walk: Walk, section: Section, hidden: Hidden) -> None:
    read_table(walk, section.start, section.stop, hidden)


def _error_table(walk: Walk, section: Section, hidden: Hidden) -> None:
    walk.add("on", walk.find(("FOR",), section.start - 1, section.stop) + 1)


# --- bodies ----------------------------------------------------------------------------------------------------------


def _macro(walk: Walk, section: Section, hidden: Hidden, read_statement: ReadStatement) -> None:
    at = section.start
    if walk.keys[at] == "(":
        closing = walk.closing(at, section.stop)
        _parameters(walk, at + 1, closing)
        at = closing + 1
    opening = walk.find(("(",), at, section.stop)
    body = Body(opening + 1, walk.closing(opening, section.stop), hidden)
    read_body(walk, body, read_statement)


def _parameters(walk: Walk, start: int, stop: int) -> None:
    """Types of parameters: ``[IN|OUT|INOUT] name type, …``."""
    at = start
    while at < stop:
        end = walk.find((",",), at, stop)
        named = at + (walk.keys[at] in _MODES)
        if named + 1 < end:
            read_type_name(walk, named + 1)
        at = end + 1


def _procedure(walk: Walk, section: Section, hidden: Hidden, read_statement: ReadStatement) -> None:
    if walk.keys[section.start] != "(":
        return
    at = walk.closing(section.start, section.stop)
    _parameters(walk, section.start + 1, at)
    at += 1
    while at < section.stop and (walk.keys[at] in _PROCEDURE_HEADER or walk.tokens[at].kind == "number"):
        at += 1
    if "EXTERNAL" in walk.keys[section.start : section.stop] and "BEGIN" not in walk.keys[at : section.stop]:
        _external(walk, section)
    else:
        read_body(walk, Body(at, section.stop, hidden), read_statement)


def _external(walk: Walk, section: Section) -> None:
    for at in range(section.start, section.stop):
        if walk.keys[at] == "EXTERNAL" and walk.keys[at + 1] == "SECURITY":
            read_security(walk, at + 2)


def _trigger(walk: Walk, section: Section, hidden: Hidden, read_statement: ReadStatement) -> None:
    on = walk.find(("ON",), section.start, section.stop)
    at = walk.add("on", on + 1)
    if walk.keys[at] == "ORDER":
        at += 2
    if walk.keys[at] == "REFERENCING":
        end = walk.find(_BEHIND_REFERENCING, at, section.stop)
        hidden = _transitions(walk, at + 1, end, hidden)
        at = end
    if walk.keys[at] == "FOR":
        at += 3
    if walk.keys[at] == "WHEN":
        closing = walk.closing(at + 1, section.stop)
        read_expression(walk, Section(at + 2, closing), hidden)
        at = closing + 1
    read_body(walk, Body(at, section.stop, hidden), read_statement)


def _transitions(walk: Walk, start: int, stop: int, hidden: Hidden) -> Hidden:
    """The names behind REFERENCING: of rows and of tables; both are no objects."""
    names = {
        fold(walk.path(at)[0][-1])
        for at in range(start, stop)
        if walk.is_name(at) and walk.keys[at] not in (*_OLD_OR_NEW, "AS", "ROW", "TABLE")
    }
    return Hidden(hidden.tables | names, hidden.rows | names)


def _function(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = section.start
    if walk.keys[at] == "(":
        closing = walk.closing(at, section.stop)
        _parameters(walk, at + 1, closing)
        at = closing + 1
    for index in range(at, section.stop):
        match walk.keys[index]:
            case "RETURNS" if walk.keys[index + 1] == "TABLE" and walk.keys[index + 2] == "(":
                read_elements(walk, index + 3, walk.closing(index + 2, section.stop), hidden)
            case "RETURNS" if walk.keys[index + 1] != "NULL":
                read_type_name(walk, index + 1)
            case "SPECIFIC" if len(walk.path(index + 1)[0]) == 2:
                parts, behind = walk.path(index + 1)
                walk.qualifiers.append(Mention("specific", parts, index + 1, behind - 1, "function"))
            case "RETURN":
                _returned(walk, Section(index + 1, section.stop), hidden)
                return
    _external(walk, section)


def _returned(walk: Walk, section: Section, hidden: Hidden) -> None:
    if walk.keys[section.start] in ("SELECT", "SEL", "WITH"):
        read_query(walk, section, hidden)
    else:
        read_expression(walk, section, hidden)


# --- definitions without a body --------------------------------------------------------------------------------------


def _owner(walk: Walk, section: Section, hidden: Hidden) -> None:
    """CREATE and MODIFY DATABASE, USER, PROFILE: ``FROM owner``, ``PROFILE = p``, ``DEFAULT ROLE = r`` …"""
    if walk.keys[section.start] == "FROM":
        walk.add("from", section.start + 1, "database")
    read_options(walk, section.start, section.stop)
    for at in range(section.start, section.stop):
        kind = _OWNED.get(walk.keys[at])
        if kind and walk.keys[at + 1] == "=" and walk.keys[at + 2] not in ("NULL", "NONE", "ALL"):
            walk.add("uses", at + 2, kind)


def _type(walk: Walk, section: Section, hidden: Hidden) -> None:
    at = walk.find(("AS",), section.start, section.stop) + 1
    if walk.keys[at] == "(":
        read_elements(walk, at + 1, walk.closing(at, section.stop), hidden)
    else:
        read_type_name(walk, at)
    of = walk.find(("OF",), at, section.stop)
    read_type_name(walk, of + 1)


def _routines(walk: Walk, section: Section, hidden: Hidden) -> None:
    """Casts, orderings and transforms: their types, and ``WITH [SPECIFIC] FUNCTION f``."""
    for at in range(section.start, section.stop):
        match walk.keys[at]:
            case "FOR":
                read_type_name(walk, at + 1)
            case "FUNCTION" | "METHOD":
                walk.add("calls", at + 1, walk.keys[at].lower())
            case "AS" if walk.keys[section.start] == "(" and walk.keys[at + 1] != "ASSIGNMENT":
                read_type_name(walk, section.start + 1)
                read_type_name(walk, at + 1)


def _server(walk: Walk, section: Section, hidden: Hidden) -> None:
    _external(walk, section)
    for at in range(section.start, section.stop):
        if walk.keys[at] in ("IMPORT", "EXPORT") and walk.keys[at + 1] == "WITH":
            walk.add("calls", at + 2, "function")


def _constraint(walk: Walk, section: Section, hidden: Hidden) -> None:
    """The functions of a row level security constraint: ``INSERT SYSLIB.f``."""
    for at in range(section.start, section.stop):
        if walk.keys[at] in ("INSERT", "SELECT", "UPDATE", "DELETE") and walk.is_name(at + 1):
            walk.add("calls", at + 1, "function")


_BODIES: dict[str, Callable[[Walk, Section, Hidden, ReadStatement], None]] = {
    "macro": _macro,
    "procedure": _procedure,
    "trigger": _trigger,
}
_READERS: dict[str, Callable[[Walk, Section, Hidden], None]] = {
    "view": _view,
    "recursive view": _recursive_view,
    "join index": _join_index,
    "hash index": _hash_index,
    "table": _table,
    "foreign table": _table,
    "error table": _error_table,
    "function": _function,
    "method": _function,
    **dict.fromkeys(("database", "user", "profile"), _owner),
    "type": _type,
    **dict.fromkeys(("cast", "ordering", "transform"), _routines),
    "foreign server": _server,
    "constraint": _constraint,
}
