"""What rule `unresolved_column` says of the projects of dbt's public suite, which dbt has built."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dbee_dbt.catalogs.live import read_live
from dbee_dbt.model.catalog import Catalog, Scope
from dbee_dbt.project.impact.estate import Estate
from dbee_dbt.project.impact.held import CatalogSchema
from dbee_dbt.project.impact.queries import Queries
from dbee_dbt.project.impact.render import renderer
from dbee_dbt.project.manifest import Manifest, load_manifest
from dbee_dbt.session.connect import open_session
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import Target


def wrong_names(root: Path, profiles: Path, system: str) -> list[tuple[str, str]]:
    """The nodes of a built project with the names in their SQL that are said not to be there.

    Args:
        root: of the project.
        profiles: the folder of profiles.yml.
        system: the emulator's file.
    """
    options = ProjectOptions(project_dir=root, profiles_dir=profiles)
    manifest = load_manifest(options)
    target = Target(profile="test", name="test", adapter="dbee", database="", query_band="", arguments={"path": system})
    with open_session(target) as session:
        catalog = read_live(session, Scope(), address="td:", variables={})
    refused = _refused(root)
    found = list(_wrong(manifest, options, catalog))
    for node in manifest.nodes.values():  # and once more as it is rendered here
        node.pop("compiled_code", None)
    return [one for one in (*found, *_wrong(manifest, options, catalog)) if one[0] not in refused]


def _refused(root: Path) -> set[str]:
    """The nodes that the database refused in the last run: of those the suite means to be wrong, a finding is right."""
    results = root / "target" / "run_results.json"
    if not results.exists():
        return set()
    told = json.loads(results.read_text(encoding="utf-8"))["results"]
    return {one["unique_id"] for one in told if one["status"] == "error"}


def _wrong(manifest: Manifest, options: ProjectOptions, catalog: Catalog) -> Iterator[tuple[str, str]]:
    estate = Estate(Queries(manifest, renderer(manifest, options)), CatalogSchema(catalog))
    for key, node in estate.queries.nodes.items():
        answer = estate.answer(key)
        for noted in answer.problems if answer is not None else ():
            if noted.problem.is_wrong:
                yield node["unique_id"], noted.problem.what
