"""What a target lets this tool see, and what a DBA would have to grant."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Any, Literal

from msgspec import Struct

from dbee_dbt import __version__
from dbee_dbt.model.errors import ConfigurationError, DatabaseQueryError, DbeeError
from dbee_dbt.model.names import identifier
from dbee_dbt.session.connect import Session, open_session
from dbee_dbt.session.facts import SessionFacts, read_facts
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import SETTINGS, Target, load_target, macro_variables

SCHEMA_VERSION = 1
LIBRARIES = ("dbt-core", "dbt-teradata", "teradatasql", "duckdb")

_NO_RIGHT = (3523, 3524, 5315)
_NO_SUCH_OBJECT = 3807
_QVCI_OFF = 9719


class DictionaryView(Struct, frozen=True):
    """A view of database DBC that this tool reads.

    Args:
        name: without the X that stands for "only what the user may see".
        column: one of its columns, to ask for.
        purpose: what would be missing without it.
        has_x: True if there is a view NAMEX.
        optional: True if the tool does its work without it, only slower or with less to show.
    """

    name: str
    column: str
    purpose: str
    has_x: bool = True
    optional: bool = False


VIEWS: tuple[DictionaryView, ...] = (
    DictionaryView("DatabasesV", "DatabaseName", "databases, their space and defaults"),
    DictionaryView("TablesV", "TableName", "objects, table options, comments, source texts"),
    DictionaryView("TableTextV", "TableName", "source texts of more than 12,500 characters"),
    DictionaryView("ColumnsV", "ColumnName", "columns, types, comments"),
    DictionaryView("IndicesV", "IndexNumber", "primary and secondary indexes, keys"),
    DictionaryView("PartitioningConstraintsV", "ConstraintText", "partitioning"),
    DictionaryView("All_RI_ChildrenV", "ChildTable", "foreign keys"),
    DictionaryView("ShowTblChecksV", "TblCheck", "CHECK constraints of tables"),
    DictionaryView(
        "ColumnsJQV", "ColumnName", "types of view columns in one query (else HELP COLUMN a view)", optional=True
    ),
    DictionaryView("AllRightsV", "AccessRight", "rights, where a project asks for them (grants)", optional=True),
    DictionaryView(
        "AllRoleRightsV", "AccessRight", "rights of roles, where a project asks for them", has_x=False, optional=True
    ),
    DictionaryView("StatsV", "ColumnName", "statistics, where a project declares some", has_x=False, optional=True),
    DictionaryView("DBCInfoV", "InfoKey", "release and version", has_x=False, optional=True),
)
"""Every DBC view that is read, in the order in which ``dbee-dbt debug`` shows them; docs/debug.md lists the same."""


class ViewState(Struct, frozen=True, kw_only=True):
    """Whether one DBC view can be read.

    Args:
        name: qualified, ``DBC.TablesV``.
        purpose: what it is read for.
        state: ``readable``; ``no right``; ``off`` where the system has the feature switched off; ``absent`` where this
            release has no such view; ``failed`` for any other error.
        optional: True if the tool does its work without it.
        error: the database's words, or None.
        grant: what a DBA would run, or None.
    """

    name: str
    purpose: str
    state: Literal["readable", "no right", "off", "absent", "failed"]
    optional: bool
    error: str | None = None
    grant: str | None = None

    @property
    def is_missing(self) -> bool:
        """True if somebody has to do something about it."""
        return self.state == "no right" or (self.state in ("absent", "failed") and not self.optional)


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What ``dbee-dbt debug`` found.

    Args:
        target: ``profile.target``, or None where the profile cannot be read.
        adapter: ``teradata`` or ``dbee``.
        host: where the system lies.
        schema: the profile's, in which dbt builds.
        error: why there is no connection, or None.
        facts: of the session.
        release: of the database, as DBC.DBCInfoV says, or None.
        version: likewise.
        qvci: True if it resolves columns of views in the dictionary; None without a connection.
        views: in table order.
        versions: of everything that takes part; None for what is not installed.
    """

    target: str | None = None
    adapter: str | None = None
    host: str | None = None
    schema: str | None = None
    error: str | None = None
    facts: SessionFacts = SessionFacts()
    release: str | None = None
    version: str | None = None
    qvci: bool | None = None
    views: tuple[ViewState, ...] = ()
    versions: dict[str, str | None] = {}

    @property
    def exit_code(self) -> int:
        """0 everything can be read, 1 something is missing, 2 no connection."""
        if self.error is not None:
            return 2
        return 1 if any(view.is_missing for view in self.views) else 0

    @property
    def grants(self) -> tuple[str, ...]:
        """What a DBA would have to run."""
        return tuple(view.grant for view in self.views if view.grant)


def diagnose(options: ProjectOptions) -> Diagnosis:
    """Look at the target that the options mean. Whatever keeps it from being reached is the diagnosis's ``error``."""
    versions = library_versions()
    try:
        target = load_target(options)
    except DbeeError as error:
        return Diagnosis(error=str(error), versions=versions)
    name = f"{target.profile}.{target.name}"
    try:
        with open_session(target) as session:
            uses_x = _uses_x_views(macro_variables(options))
            return _examined(session, name, uses_x, versions)
    except DbeeError as error:
        return Diagnosis(
            target=name,
            adapter=target.adapter,
            host=target.host,
            schema=target.database,
            error=str(error),
            facts=_expected(target),
            versions=versions,
        )


def _expected(target: Target) -> SessionFacts:
    return SessionFacts(user=target.user)


def _examined(session: Session, name: str, uses_x: bool, versions: dict[str, str | None]) -> Diagnosis:
    facts = read_facts(session)
    user = facts.user or session.target.user or "PUBLIC"
    views = tuple(_view_state(session, view, user, uses_x) for view in VIEWS)
    info = _info(session)
    return Diagnosis(
        target=name,
        adapter=session.target.adapter,
        host=session.target.host,
        schema=session.target.database,
        facts=facts,
        release=info.get("RELEASE"),
        version=info.get("VERSION"),
        qvci=any(view.name.startswith("DBC.ColumnsJQV") and view.state == "readable" for view in views),
        views=views,
        versions=versions,
    )


def view_name(view: DictionaryView, uses_x: bool) -> str:
    """The view as it is read: ``DBC.TablesV``, or ``DBC.TablesVX`` where only the X views are."""
    return f"DBC.{view.name}{'X' if uses_x and view.has_x else ''}"


def grant_statement(name: str, user: str) -> str:
    """What a DBA runs so that the user can read a DBC view."""
    return f"GRANT SELECT ON {name} TO {identifier(user)};"


def _view_state(session: Session, view: DictionaryView, user: str, uses_x: bool) -> ViewState:
    name = view_name(view, uses_x)
    try:
        session.rows(f"LOCKING ROW FOR ACCESS SELECT v.{view.column} FROM {name} AS v WHERE 1 = 0")
    except DatabaseQueryError as error:
        state = _state_of(error.teradata_code)
        grant = grant_statement(name, user) if state == "no right" else None
        return ViewState(
            name=name, purpose=view.purpose, state=state, optional=view.optional, error=error.what, grant=grant
        )
    return ViewState(name=name, purpose=view.purpose, state="readable", optional=view.optional)


def _state_of(code: int | None) -> Literal["no right", "off", "absent", "failed"]:
    if code in _NO_RIGHT:
        return "no right"
    if code == _QVCI_OFF:
        return "off"
    return "absent" if code == _NO_SUCH_OBJECT else "failed"


def _info(session: Session) -> dict[str, str]:
    try:
        rows = session.rows("LOCKING ROW FOR ACCESS SELECT v.InfoKey, v.InfoData FROM DBC.DBCInfoV AS v")
    except DatabaseQueryError:
        return {}
    return {str(row["infokey"]).strip(): str(row["infodata"]).strip() for row in rows}


def _uses_x_views(variables: dict[str, Any]) -> bool:
    setting = str((variables.get(SETTINGS) or {}).get("dictionary") or "V").upper()
    if setting not in ("V", "VX"):
        raise ConfigurationError(f"vars: dbee: dictionary: must be V or VX, not {setting}")
    return setting == "VX"


def library_versions() -> dict[str, str | None]:
    """Versions of this tool, of Python and of the libraries that decide how it works; None where not installed."""
    return {
        "dbee-dbt": __version__,
        "python": platform.python_version(),
        **{name: _installed(name) for name in LIBRARIES},
    }


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
