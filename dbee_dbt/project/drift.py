"""Drift: what changed since a baseline, and which nodes of the dbt project that reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dbee_dbt.catalogs.load import load_catalog, load_scope
from dbee_dbt.compare.changes import Changes, Drift, Hit
from dbee_dbt.compare.objects import compare
from dbee_dbt.configuration.defaults import with_defaults
from dbee_dbt.model.catalog import Defaults, Look, ObjectFilter, Scope
from dbee_dbt.model.objects import ObjectKey
from dbee_dbt.project.manifest import Manifest, downstream, load_manifest, relation_key
from dbee_dbt.project.settings import PROJECT_FILE
from dbee_dbt.session.options import ProjectOptions

_TESTS = frozenset({"test", "unit_test"})


def find_drift(
    baseline: str,
    against: str,
    wanted: ObjectFilter,
    options: ProjectOptions,
    stated: Defaults = Defaults(),  # noqa: B008 - a frozen struct
) -> Drift:
    """Compare a catalog with its baseline.

    Args:
        baseline: address of the picture that should still be true.
        against: address of the catalog to look at; ``""`` for the active target.
        wanted: the objects that are meant; where it includes none by name, those that the baseline looked at.
        options: which dbt project, profile and target.
        stated: defaults for what a catalog does not know.

    Raises:
        DbeeError: whatever keeps a catalog or the project's manifest from being read.
    """
    manifest = project_manifest(options)
    before = load_catalog(baseline, wanted, options)
    after = load_scope(against, Scope((Look(wanted),)) if wanted.include else before.scope, options)
    changes = compare(with_defaults(before, stated), with_defaults(after, stated))
    if manifest is None:
        return Drift(changes=changes)
    return Drift(
        changes=changes, project=manifest.project_name, hits=hits(changes, manifest), warnings=manifest.warnings
    )


def project_manifest(options: ProjectOptions) -> Manifest | None:
    """The manifest of the dbt project, or None where there is no project.

    Raises:
        ManifestError: there is a project, and its manifest is missing or cannot be used.
    """
    return load_manifest(options) if (options.root / PROJECT_FILE).is_file() else None


def hits(changes: Changes, manifest: Manifest) -> dict[ObjectKey, tuple[Hit, ...]]:
    """The nodes that each changed object reaches: its own model and everything downstream, tests left out.

    Args:
        changes: what changed.
        manifest: of the dbt project.

    Returns:
        by object that the project knows (as a model, seed, snapshot or source), its nodes: models first, by name. The
        nodes of a renamed object are those that know it by its old name.
    """
    nodes: dict[tuple[str, str], list[str]] = {}
    for node in manifest.relational():
        nodes.setdefault(relation_key(node), []).append(node["unique_id"])
    found = {}
    for change in changes.changes:
        own = nodes.get((change.known_key.database, change.known_key.name))
        if own:
            found[change.key] = tuple(sorted(_shown(manifest, {*own, *downstream(manifest, own)}), key=_place))
    return found


def _place(hit: Hit) -> tuple[bool, str, str]:
    return (hit.resource_type != "model", hit.resource_type, hit.unique_id)


def _shown(manifest: Manifest, ids: Iterable[str]) -> Iterator[Hit]:
    for unique_id in ids:
        node = manifest.everything.get(unique_id, {})
        kind = unique_id.partition(".")[0]
        if kind not in _TESTS and kind != "source":
            yield Hit(unique_id, str(node.get("name", unique_id)), kind)
