"""The names in the definition of a table: parents, types, functions, authorizations, maps."""

from __future__ import annotations

from dbee_dbt.ddl.references.found import Walk
from dbee_dbt.ddl.references.query import Hidden, Section, read_expression, read_query, read_type_name

_NO_COLUMN = frozenset("CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN PERIOD COLUMN ROW INDEX LIKE".split())
_NO_TYPE = frozenset(
    """NOT NULL DEFAULT WITH FORMAT TITLE NAMED UPPERCASE UC CASESPECIFIC CS COMPRESS CHECK CONSTRAINT UNIQUE PRIMARY
    REFERENCES GENERATED AS AUTO NO""".split()
)
_NAMING = frozenset({"REFERENCES", "USING", "CHECK"})
_ACTIONS = ("ADD", "DROP", "RENAME", "MODIFY", "UPDATE")
_GROUPS = frozenset({"COLUMN", "ROW", "SYSTEM"})
_NO_COLUMN_RANGE = frozenset({"BETWEEN", "WHERE", "NO", "UNKNOWN", ""})
_NO_COLUMN_NEXT = frozenset({"FOR", "VERSIONING", "ALL", "ON"})  # behind PERIOD, SYSTEM and NORMALIZE
_SECURITY = frozenset({"DEFINER", "INVOKER", "TRUSTED"})


def read_table(walk: Walk, at: int, stop: int, hidden: Hidden) -> None:
    """Notes what stands behind the name of CREATE TABLE: options, columns, constraints, the query of AS.

    Args:
        walk: the statement.
        at: index behind the name.
        stop: index behind the statement.
        hidden: names that are no references.
    """
    opening = walk.find(("(", "AS"), at, stop)
    read_options(walk, at, opening)
    if walk.keys[opening] == "(" and opening < stop:
        closing = walk.closing(opening, stop)
        if walk.keys[opening + 1] in ("SELECT", "SEL", "WITH"):
            read_query(walk, Section(opening + 1, closing), hidden)
        else:
            read_elements(walk, opening + 1, closing, hidden)
        opening = walk.find(("AS",), closing + 1, stop)
    if opening < stop:
        _read_source(walk, opening + 1, stop, hidden)


def _read_source(walk: Walk, at: int, stop: int, hidden: Hidden) -> None:
    """``AS t`` or ``AS (query)``."""
    if walk.keys[at] == "(":
        read_query(walk, Section(at + 1, walk.closing(at, stop)), hidden)
    elif walk.is_name(at):
        walk.add("copies", at)


def read_options(walk: Walk, at: int, stop: int) -> None:
    """Notes maps, journal tables and authorizations of the options in front of the columns."""
    for index in range(at, stop):
        match walk.keys[index]:
            case "MAP" if walk.keys[index + 1] == "=":
                walk.add("uses", index + 2, "map")
            case "TABLE" if walk.keys[index - 1] == "JOURNAL" and walk.keys[index + 1] == "=":
                walk.add("uses", index + 2, "journal table")
            case "SECURITY" if walk.keys[index - 1] == "EXTERNAL":
                read_security(walk, index + 1)


def read_security(walk: Walk, at: int) -> None:
    """Notes the authorization behind EXTERNAL SECURITY [DEFINER|INVOKER] [TRUSTED]."""
    while walk.keys[at] in _SECURITY:
        at += 1
    if walk.is_name(at) and walk.keys[at] not in ("USING", "EXTERNAL", "RETURN", "AS"):
        walk.add("uses", at, "authorization")


def read_alterations(walk: Walk, at: int, stop: int, hidden: Hidden) -> None:
    """Notes what stands behind the name of ALTER TABLE: options, columns, constraints, save tables.

    Args:
        walk: the statement.
        at: index behind the name.
        stop: index behind the statement.
        hidden: names that are no references.
    """
    read_options(walk, at, stop)
    saved = walk.find(("INSERT",), at, stop)  # WITH INSERT INTO a table for the rows that have no partition any more
    if saved < stop and walk.keys[saved - 1] == "WITH":
        walk.add("writes", saved + 1 + (walk.keys[saved + 1] == "INTO"))
    at = walk.find(_ACTIONS, at, stop)
    while at < stop:
        end = walk.find((",", *_ACTIONS), at + 1, stop)
        if walk.keys[at] == "ADD":
            _read_added(walk, at + 1, end, hidden)
        elif walk.keys[at] == "MODIFY":
            _read_modified(walk, at + 1, end, hidden)
        at = walk.find(_ACTIONS, end, stop)


def _read_added(walk: Walk, at: int, end: int, hidden: Hidden) -> None:
    key, following = walk.keys[at], walk.keys[at + 1]
    if key == "(" or (key in _GROUPS and following == "("):
        opening = at if key == "(" else at + 1
        read_elements(walk, opening + 1, walk.closing(opening, end), hidden)
    elif not (key.startswith("RANGE") and following in _NO_COLUMN_RANGE) and following not in _NO_COLUMN_NEXT:
        read_elements(walk, at, walk.find(("INTO",), at, end), hidden)


def _read_modified(walk: Walk, at: int, end: int, hidden: Hidden) -> None:
    """The condition of ``MODIFY [[CONSTRAINT] name] CHECK (…)``."""
    check = walk.find(("CHECK",), at, end)
    if check < end and walk.keys[check + 1] == "(":
        read_expression(walk, Section(check + 2, walk.closing(check + 1, end)), hidden)


def read_elements(walk: Walk, start: int, stop: int, hidden: Hidden) -> None:
    """Notes parents, types, compression functions and checks of columns and constraints.

    Args:
        walk: the statement.
        start: index behind the parenthesis that opens the list.
        stop: index of the one that closes it.
        hidden: names that are no references.
    """
    begins, depth = True, 0
    for at in range(start, stop):
        key = walk.keys[at]
        if begins and key not in _NO_COLUMN and walk.keys[at + 1] not in _NO_TYPE:
            read_type_name(walk, at + 1)
        begins = key == "," and depth == 0
        if key == "(":
            depth += 1
        elif key == ")":
            depth -= 1
        elif depth == 0 and key in _NAMING:
            _read_attribute(walk, at, stop, hidden)


def _read_attribute(walk: Walk, at: int, stop: int, hidden: Hidden) -> None:
    match walk.keys[at]:
        case "REFERENCES":
            named = at + 1
            if walk.keys[named] == "WITH":
                named = walk.find(("OPTION",), named, stop) + 1
            walk.add("foreign key", named)
        case "USING" if walk.keys[at - 1] in ("COMPRESS", "DECOMPRESS"):
            walk.add("calls", at + 1, "function")
        case "CHECK" if walk.keys[at + 1] == "(":
            read_expression(walk, Section(at + 2, walk.closing(at + 1, stop)), hidden)
