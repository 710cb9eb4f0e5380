"""``dbee-dbt impact``: what breaks if the physical schema becomes another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from dbee_dbt.catalogs.address import parse_address, system_of
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.configuration.environments import read_environments
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.impact import KINDS, Break, ChangedRelation, Impact, NotChecked, Silent
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import View, shown_name
from dbee_dbt.project.impact.changed_schema import ChangedSchema, column_clauses
from dbee_dbt.project.impact.consequences import Consequences
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.impact.held import CatalogSchema, Key, TypedColumn
from dbee_dbt.project.impact.queries import Queries
from dbee_dbt.project.impact.readers import Readers
from dbee_dbt.project.impact.render import renderer
from dbee_dbt.project.impact.spread import Spread
from dbee_dbt.project.manifest import Manifest, load_manifest, relation_key
from dbee_dbt.project.places import Places
from dbee_dbt.project.select import select_nodes
from dbee_dbt.session.options import ProjectOptions


def find_impact(
    change: str,
    against: str,
    options: ProjectOptions,
    *,
    select: Iterable[str] = (),
    exclude: Iterable[str] = (),
) -> Impact:
    """What a change of the physical schema breaks.

    Args:
        change: address of the schema as it would be; of a database of which it holds nothing it says nothing.
        against: address of the schema as it is; ``""`` for the active target.
        options: which dbt project and target.
        select, exclude: whose breaks are told, in dbt's grammar; empty for all.

    Raises:
        DbeeError: whatever keeps the manifest or a catalog from being read.
    """
    parse_address(against)
    manifest = load_manifest(options)
    selected = select_nodes(manifest, select, exclude)
    after = _load(change, options)
    before = _load(against, options, _databases(against, manifest, after))
    found = impact_of(manifest, before, after, options)
    told = found if selected.ids is None else _only(found, selected.ids, manifest)
    return replace(told, warnings=(*manifest.warnings, *selected.warnings, *told.warnings))


def _load(address: str, options: ProjectOptions, databases: tuple[str, ...] | None = None) -> Catalog:
    """A catalog in the names that the manifest has: a system is read as it is, also where an environment maps it."""
    parsed = parse_address(address)
    if parsed.form == "td":
        system = system_of(parsed, options.target, read_environments(options.root, options.config))
        address, options = "td:", replace(options, target=system.target)
    return load_catalog(address, ObjectFilter(), options, databases)


def _databases(against: str, manifest: Manifest, after: Catalog) -> tuple[str, ...] | None:
    """Of a system, what the project and the change name; a folder or file is read whole."""
    if parse_address(against).form != "td":
        return None
    return tuple({fold(name): name for name in (*manifest.databases, *after.databases)}.values())


def impact_of(manifest: Manifest, before: Catalog, after: Catalog, options: ProjectOptions) -> Impact:
    """What becomes of a project if one catalog becomes the other.

    Args:
        manifest: the project's.
        before: the schema as it is.
        after: the schema as it would be.
        options: which dbt project and target.
    """
    queries = Queries(manifest, renderer(manifest, options))
    now = CatalogSchema(before)
    then = ChangedSchema(now, after, _built(manifest, queries))
    estates = Estate(queries, now), Estate(queries, then)
    places = Places(manifest)
    spread = Spread(*estates, Readers(queries, (now, then)), places)
    changed = list(then.differing())
    spread.run(changed)
    breaks = [*spread.breaks, *Consequences(manifest, spread, places).all()]
    return Impact(
        against=before.address,
        change=after.address,
        changed=tuple(_told(key, one, *estates) for key, one in changed),
        breaks=tuple(sorted(breaks, key=_place)),
        silent=tuple(sorted(spread.silent, key=lambda one: (KINDS.index(one.kind), one.name))),
        not_checked=(*spread.not_checked, *_not_read(after), *(_not_read(before) if changed else ())),
        not_told=spread.not_told,
        left_out=tuple(_disabled(manifest)),
        warnings=tuple(_elsewhere({key[0] for key, _ in changed}, manifest)),
    )


def _elsewhere(changed: set[str], manifest: Manifest) -> Iterator[str]:
    """What to know where no node lies in a database that changes: it may be called otherwise in the project."""
    if changed and changed.isdisjoint(map(fold, manifest.databases)):
        names = ", ".join(sorted(changed))
        what = f"what changes lies in {names}, and no source or model of the manifest does"
        yield f"{what}; is it called otherwise there?"


def _built(manifest: Manifest, queries: Queries) -> Iterator[Key]:
    yield from queries.nodes
    yield from (relation_key(node) for node in manifest.nodes.values() if node["resource_type"] == "seed")


def _told(key: Key, one: ChangedRelation, before: Estate, after: Estate) -> ChangedRelation:
    """The relation with the columns of a view, which its text alone tells."""
    if one.what != "altered" or one.columns:
        return one
    old, new = (
        [TypedColumn(name, kind) for name, kind in (estate.types(key) or {}).items()] for estate in (before, after)
    )
    return replace(one, columns=tuple(column_clauses(old, new)))


def _not_read(catalog: Catalog) -> Iterator[NotChecked]:
    """What of a folder could not be read, and views of which nobody knows the text: they may name anything."""
    for refusal in catalog.refusals:
        if refusal.file is not None:
            yield NotChecked(name=catalog.address, reason=refusal.what, file=refusal.file, line=refusal.line)
    for found in catalog:
        if isinstance(found, View) and found.text is None:
            yield NotChecked(name=shown_name(found), reason="the text of the view is not known")


def _disabled(manifest: Manifest) -> Iterator[str]:
    for nodes in manifest.disabled.values():
        yield from (str(node["name"]) for node in nodes if node.get("resource_type") in ("model", "snapshot"))


def _place(found: Break) -> tuple[bool, int, str, int, int]:
    return not found.is_direct, KINDS.index(found.kind), found.name, found.line or 0, found.character or 0


def _only(found: Impact, ids: frozenset[str], manifest: Manifest) -> Impact:
    """What concerns these nodes: themselves, tests and exposures that look at them, and legacy views."""

    def concerns(one: Break | Silent | NotChecked) -> bool:
        if one.node is None or one.node in ids:
            return True
        parents = manifest.everything.get(one.node, {}).get("depends_on", {}).get("nodes", ())
        return not one.node.startswith(("model.", "snapshot.")) and not ids.isdisjoint(parents)

    return replace(
        found,
        breaks=tuple(one for one in found.breaks if concerns(one)),
        silent=tuple(one for one in found.silent if concerns(one)),
        not_checked=tuple(one for one in found.not_checked if concerns(one)),
    )
