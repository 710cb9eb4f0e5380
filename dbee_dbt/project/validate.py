"""Checking a dbt project against a catalog: the same dbt macros that ``dbt run-operation dbee_validate`` runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import msgspec

from dbee_dbt.bridge import Bridge
from dbee_dbt.bridge.package_version import check_package_version
from dbee_dbt.catalogs.address import parse_address, system_of
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.catalogs.rows import rows, unknown_primary_indexes
from dbee_dbt.configuration.environments import read_environments
from dbee_dbt.model.catalog import Catalog, Look, ObjectFilter, Scope
from dbee_dbt.model.errors import MacroError, RuleError
from dbee_dbt.model.findings import FailOn, Finding, NotRead, Validation
from dbee_dbt.model.fingerprint import with_fingerprints
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table, View
from dbee_dbt.project.changed import nothing_touched, touched
from dbee_dbt.project.collector import nothing_collected
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.impact.held import CatalogSchema, Physical, RowSchema
from dbee_dbt.project.impact.queries import Queries
from dbee_dbt.project.impact.render import renderer
from dbee_dbt.project.manifest import Manifest, database_name, load_manifest, relation_key, upstream
from dbee_dbt.project.places import Place, Places
from dbee_dbt.project.rules.sql_rules import OF_VIEWS, sql_findings
from dbee_dbt.project.select import select_nodes
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import load_target, macro_variables


def validate(
    address: str,
    options: ProjectOptions,
    *,
    select: Iterable[str] = (),
    exclude: Iterable[str] = (),
    fail_on: FailOn = "error",
    today: date | None = None,
    changed_since: str | None = None,
) -> Validation:
    """Check a dbt project against a catalog.

    Args:
        address: where the tables and views are; ``""`` for the active target.
        options: which dbt project and target.
        select, exclude: which nodes, in dbt's grammar; empty for all.
        fail_on: the lowest severity that makes the verdict ``failed``.
        changed_since: a revision of Git; of the chosen nodes only those that the branch touched since, and what depends
            on them.
        today: the day by which waivers expire; None for the present one in UTC, as in dbt.

    Raises:
        RuleError: a rule, a waiver or its configuration cannot be used.
        DbeeError: whatever keeps the manifest or the catalog from being read.
    """
    form = parse_address(address).form
    check_package_version(options.root)
    manifest = load_manifest(options)
    selected = select_nodes(manifest, select, exclude)
    if changed_since is not None:
        selected = touched(manifest, selected, changed_since, parse_address(address))
        if selected.ids is not None and not selected.ids:
            return nothing_touched(changed_since, (*manifest.warnings, *selected.warnings), fail_on)
    check = _check_live if form == "td" else _check_catalog
    asked = Asked(list(manifest.everything.values()), selected.ids, fail_on, str(today or datetime.now(UTC).date()))
    with nothing_collected():
        found = check(address, manifest, options, asked)
    return _placed(msgspec.structs.replace(found, warnings=(*manifest.warnings, *selected.warnings)), manifest)


class Asked(NamedTuple):
    """What is checked, as the macros take it: nodes, unique ids (None: all), lowest severity that fails, the day."""

    nodes: list[dict[str, Any]]
    selected: frozenset[str] | None
    fail_on: FailOn
    today: str


def _check_live(address: str, manifest: Manifest, options: ProjectOptions, asked: Asked) -> Validation:
    """Against a system: the macros ask it themselves, the same queries as inside dbt."""
    from dbee_dbt.session.connect import open_session

    system = system_of(parse_address(address), options.target, read_environments(options.root, options.config))
    options = msgspec.structs.replace(options, target=system.target)
    target, variables = load_target(options), macro_variables(options)
    with open_session(target) as session:
        bridge = Bridge(session.rows, manifest.settings.macro_paths, variables=variables)
        project = _project(asked, variables)
        databases = _databases(manifest, asked.selected)
        subjects = bridge.call("dbee_subject_nodes", project)
        rows = _called(bridge, "dbee_rows_for", databases, subjects)
        rows["texts"] = _view_texts(bridge, project, subjects, rows)
        project = _with_sql(project, bridge, manifest, RowSchema(rows, databases), options)
        found = _called(bridge, "dbee_findings", project, rows, asked.fail_on)
    return msgspec.convert({**found, "against": f"td:{target.name}"}, Validation)


def _check_catalog(address: str, manifest: Manifest, options: ProjectOptions, asked: Asked) -> Validation:
    """Against a folder or a saved catalog: nobody is asked."""
    variables = macro_variables(options)
    catalog = load_catalog(address, ObjectFilter(), options, manifest.databases)
    bridge = Bridge(None, manifest.settings.macro_paths, variables=variables)
    project = _project(asked, variables)
    project = _with_sql(project, bridge, manifest, CatalogSchema(catalog), options)
    world = {**catalog_rows(catalog), "outside": _outside(manifest, catalog)}
    found = _called(bridge, "dbee_findings", project, world, asked.fail_on)
    not_read = [NotRead(refusal.what, refusal.file, refusal.line) for refusal in catalog.refusals]
    failed = found["failed"] or bool(not_read)
    return msgspec.convert({**found, "against": catalog.address, "not_read": not_read, "failed": failed}, Validation)


def catalog_rows(catalog: Catalog) -> dict[str, Any]:
    """The rows that ``dbee_findings`` needs, for a catalog from anywhere."""
    found = rows(catalog)
    return {
        "databases": found.databases,
        "relations": found.relations,
        "columns": found.columns,
        "indexes": [*found.indexes, *unknown_primary_indexes(catalog)],
        "partitioning": found.partitioning,
        "references": found.references,
        "checks": found.checks,
        "partial": catalog.partial,
    }


def _outside(manifest: Manifest, catalog: Catalog) -> dict[tuple[str, str], str]:
    """By relation of a node, why the catalog does not tell whether it exists; only those outside its scope."""
    scope = Scope(tuple(look for look in catalog.scope.looks if look != Look(databases=manifest.databases)))
    reason = f"outside the scope of {catalog.address} ({scope.text})"
    found = {}
    for database, name in map(relation_key, manifest.relational()):
        either: tuple[Table | View, ...] = (Table(database=database, name=name), View(database=database, name=name))
        if not all(scope.keeps(each) for each in either):
            found[database, name] = reason
    return found


def _project(asked: Asked, variables: dict[str, Any]) -> dict[str, Any]:
    """The project as the macros take it."""
    return {**asked._asdict(), "settings": variables.get("dbee") or {}}


def _with_sql(
    project: dict[str, Any], bridge: Bridge, manifest: Manifest, physical: Physical, options: ProjectOptions
) -> dict[str, Any]:
    """The project with what the rules of scope `sql` find in its models."""
    rules = frozenset(_called(bridge, "dbee_rules_of_sql", project["settings"]))
    estate = Estate(Queries(manifest, renderer(manifest, options)), physical)
    told = sql_findings(estate, bridge, project["selected"], rules)
    return {**project, "found": told.found, "not_compared": told.not_compared}


def _view_texts(
    bridge: Bridge, project: dict[str, Any], subjects: list[dict[str, Any]], rows: dict[str, Any]
) -> list[dict[str, Any]]:
    """The texts of views, where a rule asks what they say: of the databases in which a node stands for one."""
    if OF_VIEWS.isdisjoint(_called(bridge, "dbee_rules_of_sql", project["settings"])):
        return []
    views = {(fold(row["database"]), fold(row["name"])) for row in rows["relations"] if row["kind"] == "view"}
    databases = {fold(database_name(node)): database_name(node) for node in subjects if relation_key(node) in views}
    found: list[dict[str, Any]] = (
        bridge.call("dbee_dictionary_view_texts", list(databases.values())) if databases else []
    )
    return found


def _databases(manifest: Manifest, selected: frozenset[str] | None) -> list[str]:
    """The databases of the selected nodes and of all that they read, directly or not."""
    if selected is None:
        return list(manifest.databases)
    read, names = upstream(manifest, selected), dict[str, str]()
    for node in manifest.relational():
        if node["unique_id"] in read:
            names.setdefault(fold(database_name(node)), database_name(node))
    return list(names.values())


def _called(bridge: Bridge, macro: str, *arguments: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = bridge.call(macro, *arguments)
    except MacroError as error:
        if error.file is None:  # the macros said so themselves: it is the configuration of a rule
            raise RuleError(error.what, hint="docs/validate.md lists the rules and their options.") from error
        raise
    return found


def _placed(found: Validation, manifest: Manifest) -> Validation:
    """The findings with file and line."""
    places = Places(manifest)
    placed = []
    for finding in found.findings:
        node = manifest.everything.get(finding.node or "")
        place = places.of(node, finding.column) if node and finding.file is None else _of_waiver(finding, places)
        placed.append(
            msgspec.structs.replace(finding, file=place.file, line=place.line) if place is not None else finding
        )
    return msgspec.structs.replace(found, findings=with_fingerprints(placed))


def _of_waiver(finding: Finding, places: Places) -> Place | None:
    """The place of a waiver of the project that is itself a finding."""
    number = _WAIVER.fullmatch(finding.object) if finding.node is None else None
    return places.of_waiver(int(number.group(1))) if number else None


_WAIVER = re.compile(r"vars: dbee: waivers\[(\d+)\]")  # as macros/validate/waivers.sql names it
