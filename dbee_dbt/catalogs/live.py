"""A Catalog from the dictionary of a live system: a constant number of set queries, and more only for views."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.catalogs.environment import databases_of
from dbee_dbt.catalogs.nearest import nothing_matched
from dbee_dbt.catalogs.objects import objects_of
from dbee_dbt.catalogs.rows import Row, Rows
from dbee_dbt.configuration.defaults import with_defaults
from dbee_dbt.model.catalog import Catalog, Defaults, Look, ObjectFilter, Refusal, Scope, catalog_of, split_pattern
from dbee_dbt.model.environment import DatabaseMap, Environment
from dbee_dbt.model.errors import DatabaseQueryError
from dbee_dbt.model.names import fold, qualified
from dbee_dbt.model.objects import CodeObject, View, shown_name
from dbee_dbt.session.connect import Session
from dbee_dbt.session.facts import SessionFacts, read_facts

UNTOLD = ("role", "profile", "map", "zone", "constraint", "error table")
"""Kinds of objects that the views of the dictionary which are read do not list."""

FACETS = ("relations", "columns", "indexes", "partitioning", "references", "checks", "texts")

# The text of an object is the last DDL request on it, which after a RENAME defines nothing.
_DEFINITION = re.compile(r"\A(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:CREATE|REPLACE|CT|CV)\b", re.IGNORECASE | re.DOTALL)
_SHOW = {
    "view": "VIEW",
    "macro": "MACRO",
    "procedure": "PROCEDURE",
    "trigger": "TRIGGER",
    "function": "SPECIFIC FUNCTION",
    "join index": "JOIN INDEX",
    "hash index": "HASH INDEX",
}


class Dictionary(Struct, frozen=True, kw_only=True):
    """What was read of a system's dictionary.

    Args:
        rows: by facet; columns of views with their types where they could be resolved.
        refusals: what could not be read of single objects.
        notes: what may name a database that is called otherwise here, and stands as it was written.
    """

    rows: Rows
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


def read_live(
    session: Session,
    wanted: ObjectFilter | Scope,
    *,
    address: str,
    variables: dict[str, Any] | None = None,
    environment: Environment | None = None,
) -> Catalog:
    """Read the catalog of a live system.

    Args:
        session: an open session.
        wanted: the objects that are meant; with a scope, nothing of what it names has to exist.
        address: as the user wrote it.
        variables: of the dbt project: ``dbee: {dictionary: VX}``, ``use_qvci``.
        environment: through which it is read: what is meant, and the catalog, are in logical names then.

    Raises:
        ConfigurationError: a database that is spelled out is not mapped by the environment.
        DatabaseQueryError: the dictionary cannot be read.
        NothingMatchedError: a database that is named does not exist, or none is meant.
        MacroError: a variable has an unusable value.
    """
    bridge = Bridge(session.rows, variables=variables)
    scope, asked = (wanted, None) if isinstance(wanted, Scope) else (Scope((Look(wanted),)), wanted)
    if environment is not None and environment.databases is not None:
        found, scope = _read_mapped(session, bridge, environment.name, environment.databases, scope)
    else:
        found = read_dictionary(session, bridge, scope, asked)
    facts = read_facts(session)
    catalog = catalog_of(
        address, objects_of(found.rows), defaults=_defaults(found.rows, facts), refusals=found.refusals
    )
    kept = {key: each for key, each in catalog.objects.items() if scope.keeps(each)}
    read = replace(catalog, objects=kept, scope=scope, untold=UNTOLD, partial=bridge.call("dbee_dictionary_is_x"))
    read = replace(read, notes=found.notes)
    return with_defaults(read, environment.defaults) if environment is not None else read


def _read_mapped(
    session: Session, bridge: Bridge, name: str, mapping: DatabaseMap, scope: Scope
) -> tuple[Dictionary, Scope]:
    """The dictionary and the scope in logical names; nothing of what is meant has to exist."""
    existing = [row["name"] for row in bridge.call("dbee_dictionary_databases")]
    databases = databases_of(name, mapping, existing)
    scope = databases.logical_scope(scope)
    found = read_dictionary(session, bridge, databases.physical_scope(scope))
    rows, notes = databases.logical_rows(found.rows)
    return replace(found, rows=rows, notes=notes), scope


def read_dictionary(session: Session, bridge: Bridge, scope: Scope, asked: ObjectFilter | None = None) -> Dictionary:
    """Read the dictionary rows that may be in a scope.

    Args:
        session: an open session.
        bridge: the dbt macros that ask it.
        scope: what is meant.
        asked: patterns of a user, who is told of a database that is named and does not exist; None: it need not exist.

    Raises:
        as :func:`read_live`.
    """
    every: list[Row] = bridge.call("dbee_dictionary_databases")
    chosen = _chosen(every, scope, asked)
    names = [row["name"] for row in chosen]
    facets: dict[str, list[Row]] = {facet: bridge.call(f"dbee_dictionary_{facet}", names) for facet in FACETS}
    views = [row for row in facets["relations"] if row["kind"] == "view" and scope.keeps(_view(row))]
    resolved, unresolved = _view_columns(session, bridge, views)
    texts, unreadable = _definitions(session, facets["texts"], scope)
    columns = _with_resolved(facets.pop("columns"), resolved)
    rows = Rows(databases=chosen, **{**facets, "columns": columns, "texts": texts})
    return Dictionary(rows=rows, refusals=(*unresolved, *unreadable))


def _view(row: Row) -> View:
    return View(database=row["database"], name=row["name"])


def _chosen(every: list[Row], scope: Scope, asked: ObjectFilter | None) -> list[Row]:
    """The databases to read. One that a user spells out has to exist; one that a caller knows from before need not."""
    if asked is not None:
        _check_existence(every, asked)
    chosen = [row for row in every if scope.keeps_database(row["name"])]
    if not chosen and asked is not None:
        raise nothing_matched("no database matches", asked, (row["name"] for row in every))
    return chosen


def _check_existence(every: list[Row], wanted: ObjectFilter) -> None:
    existing = {fold(row["name"]) for row in every}
    for name in _spelled_out(wanted):
        if fold(name) not in existing:
            what = "there is no such database, or nothing in it may be seen (see dbee-dbt debug)"
            raise nothing_matched(what, wanted, (row["name"] for row in every), subject=name)


def _spelled_out(wanted: ObjectFilter) -> list[str]:
    """Databases that are named without a glob; these have to exist."""
    names = [split_pattern(pattern)[0] for pattern in wanted.include if not pattern.lower().startswith("kind:")]
    return [name for name in names if not set(name) & set("*?")]


def _view_columns(session: Session, bridge: Bridge, views: list[Row]) -> tuple[list[Row], list[Refusal]]:
    """Columns of views with their types: one query where QVCI is on, else one request a view."""
    if not views:
        return [], []
    columns = bridge.call("dbee_dictionary_view_columns", views, has_qvci(session, bridge))
    return columns, [_unresolved(view, error) for view in views if (error := _failure(bridge, view))]


def _failure(bridge: Bridge, view: Row) -> DatabaseQueryError | None:
    return bridge.failed.get(bridge.call("dbee_help_column_sql", view))


def _unresolved(view: Row, error: DatabaseQueryError) -> Refusal:
    name = shown_name(_view(view))
    return Refusal(f"the columns of view {name} cannot be resolved: {error.what}")


def has_qvci(session: Session, bridge: Bridge) -> bool:
    """True if the system resolves the columns of views in the dictionary (docs/teradata/dictionary.md §1.4)."""
    view = bridge.call("dbee_dictionary_view", "ColumnsJQV")
    try:
        session.rows(f"LOCKING ROW FOR ACCESS SELECT c.ColumnName FROM {view} AS c WHERE 1 = 0")
    except DatabaseQueryError:
        return False
    return True


def _with_resolved(columns: list[Row], resolved: list[Row]) -> list[Row]:
    """Columns with those of resolved views in the place of their untyped rows; their comments are kept."""
    if not resolved:
        return columns
    comments = {(row["database"], row["relation"], fold(row["name"])): row["comment"] for row in columns}
    views = {(row["database"], row["relation"]) for row in resolved}
    kept = [row for row in columns if (row["database"], row["relation"]) not in views]
    return kept + [
        {**row, "comment": comments.get((row["database"], row["relation"], fold(row["name"])))} for row in resolved
    ]


def _definitions(session: Session, texts: list[Row], wanted: Scope) -> tuple[list[Row], list[Refusal]]:
    """Texts that define their object; where the dictionary's does not, the one that SHOW gives."""
    found: list[Row] = []
    refusals: list[Refusal] = []
    for row in texts:
        of = CodeObject(kind=row["kind"], database=row["database"], name=row["name"])
        if row["kind"] not in _SHOW or _DEFINITION.match(row["text"] or "") or not wanted.keeps(of):
            found.append(row)
            continue
        try:
            found.append({**row, "text": _shown(session, of)})
        except DatabaseQueryError as error:
            found.append({**row, "text": None})
            refusals.append(Refusal(f"the text of {of.kind} {shown_name(of)} cannot be read: {error.what}"))
    return found, refusals


def _shown(session: Session, of: CodeObject) -> str | None:
    """What SHOW prints: one text in several rows, its lines ended by carriage returns."""
    rows = session.rows(f"SHOW {_SHOW[of.kind]} {qualified(of.database, of.name)}")
    text = "".join(str(next(iter(row.values()))) for row in rows)
    return text.replace("\r\n", "\n").replace("\r", "\n") or None


def _defaults(rows: Rows, facts: SessionFacts) -> Defaults:
    return Defaults(
        session_mode=facts.mode,
        charset=facts.charset,
        dateform=facts.dateform,
        fallback={fold(row["name"]): row["fallback"] for row in rows.databases},
        journal={
            fold(row["name"]): (row["before_journal"], row["after_journal"])
            for row in rows.databases
            if row["before_journal"] and row["after_journal"]
        },
    )
