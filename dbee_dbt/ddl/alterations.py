"""Reads ALTER of anything but a table, and MODIFY PROFILE (docs/teradata/ddl.md §2.1, §2.8).

Sources of the forms: SQL Data Definition Language Syntax and Examples (B035-1144).
"""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.ddl.clauses import OTHER, Form, form, name, path, read_clauses, skip, to_comma, to_end, word
from dbee_dbt.ddl.cursor import Cursor
from dbee_dbt.ddl.definitions import CONSTRAINT_FORMS
from dbee_dbt.ddl.kinds import home, read_object_kind
from dbee_dbt.ddl.profiles import read_modified_profile
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.ddl.statements import AlterObject, ModifyProfile, StatementAst
from dbee_dbt.ddl.user_types import METHOD_FORMS, METHOD_WORDS
from dbee_dbt.model.clauses import Clause

_COMPILE: tuple[Form, ...] = (
    form("COMPILE ONLY"),
    form("COMPILE"),
    form("EXECUTE NOT PROTECTED", "NOT PROTECTED", "EXECUTE"),
    form("EXECUTE PROTECTED", "PROTECTED", "EXECUTE"),
    form("LANGUAGE", word),
    form("WITH NO SPL", "NO SPL", "SPL"),
    form("WITH SPL", "SPL", "SPL"),
    form("NO SPL", "NO SPL", "SPL"),
    form("WITH NO WARNING", "NO WARNING", "WARNING"),
    form("WITH WARNING", "WARNING", "WARNING"),
    form("NO WARNING", "NO WARNING", "WARNING"),
    form("AT TIME ZONE", to_comma),
)
RUNS_AS_BEFORE = frozenset(each.name for each in _COMPILE) | {"TIMESTAMP"}
"""Clauses of ALTER that change how an object is compiled, protected or ordered, and nothing that defines it."""
_FORMS: dict[str, tuple[Form, ...]] = {
    "procedure": _COMPILE,
    "function": _COMPILE,
    "method": (form("FOR", path), *_COMPILE),
    "trigger": (form("ENABLED", "ENABLED", "state"), form("DISABLED", "DISABLED", "state"), form("TIMESTAMP")),
    "type": (
        form("ADD ATTRIBUTE", to_end),
        form("DROP ATTRIBUTE", to_end),
        *(form(f"{verb} {kind} METHOD", to_end) for verb in ("ADD", "DROP") for kind in ("SPECIFIC", *METHOD_FORMS)),
        form("ADD METHOD", to_end, "ADD INSTANCE METHOD"),
        form("DROP METHOD", to_end, "DROP INSTANCE METHOD"),
        *_COMPILE,
    ),
    "join index": (form("MAP =", to_comma, "MAP"), form("ADD", to_comma)),
    "hash index": (form("MAP =", to_comma, "MAP"),),
    "zone": (form("ADD ROOT", name), form("DROP ROOT")),
    "constraint": CONSTRAINT_FORMS,
    "authorization": (),
    "map": (),
}


def read_alter_object(cursor: Cursor, default_database: str) -> StatementAst | None:
    """ALTER kind name [(types)] clauses; None where the kind is not known or has no ALTER.

    Args:
        cursor: stands behind ALTER.
        default_database: where an unqualified object lies.
    """
    if cursor.keys[cursor.at + 1] == "METHOD":
        cursor.accept_any(METHOD_WORDS)
    kind = read_object_kind(cursor)
    if kind not in _FORMS and kind != "foreign server":
        return None
    if not cursor.is_name():
        return None
    database, own = cursor.qualified(home(kind, default_database))
    parameters = cursor.group() if cursor.key == "(" else None
    clauses = tuple(_server_actions(cursor)) if kind == "foreign server" else read_clauses(cursor, _FORMS[kind])
    return AlterObject(kind=kind, database=database, name=own, parameters=parameters, clauses=clauses)


def _server_actions(cursor: Cursor) -> Iterator[Clause]:
    """``EXTERNAL SECURITY …``, ``ADD option(value)``, ``DROP option``, ``ADD IMPORT WITH f`` …; no secret is kept."""
    while not cursor.done:
        if cursor.accept(","):
            continue
        verb = cursor.accept_any(("ADD", "DROP"))
        start = cursor.at
        while not cursor.done and (cursor.at == start or cursor.key not in ("ADD", "DROP", ",")):
            skip(cursor)
        yield Clause(verb or OTHER, mask(cursor.canonical(start, cursor.at)))


def read_modify_profile(cursor: Cursor, default_database: str) -> ModifyProfile:
    """MODIFY PROFILE name AS option, …

    Args:
        cursor: stands behind PROFILE.
        default_database: of no matter to a profile.
    """
    return ModifyProfile(read_modified_profile(cursor))
