"""Generated nodes against those that the dbt project has: dbt stops on two of the same name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dbee_dbt.model.errors import GenerationError, ManifestError
from dbee_dbt.model.plural import counted
from dbee_dbt.project.generate import GeneratedNode
from dbee_dbt.project.manifest import load_manifest
from dbee_dbt.project.settings import PROJECT_FILE, ProjectSettings, read_settings
from dbee_dbt.session.options import ProjectOptions

_KINDS = {".sql": "model-paths", ".py": "model-paths", ".csv": "seed-paths"}


def check_clashes(nodes: Iterable[GeneratedNode], options: ProjectOptions) -> None:
    """Refuse nodes whose names are taken by another file of the project.

    Models and seeds are known by their files. Sources and snapshots stand inside files, so they are known where the
    project was parsed. Names of models compare without case, since they become tables and views.

    Raises:
        GenerationError: a name is taken; it names the first, and the file that has it.
        ConfigurationError: dbt_project.yml cannot be used.
    """
    if not (options.root / PROJECT_FILE).is_file():
        return
    taken = dict(_taken(read_settings(options), options))
    clashes = [
        (node, file) for node in nodes if (file := taken.get(_key(node.kind, node.name))) not in (None, node.path)
    ]
    if clashes:
        node, file = clashes[0]
        more = f" (and {counted(len(clashes) - 1, 'more name')})" if len(clashes) > 1 else ""
        raise GenerationError(
            f"the project has a {node.kind} of this name already{more}, and dbt stops on two",
            subject=node.name,
            file=file,
            hint="Give another --prefix, write into the folder that has it, or leave it out with --exclude-objects.",
        )


def _key(kind: str, name: str) -> tuple[bool, str]:
    """Models, seeds and snapshots share their names; sources have their own."""
    return (True, name) if kind == "source" else (False, name.lower())


def _taken(settings: ProjectSettings, options: ProjectOptions) -> Iterator[tuple[tuple[bool, str], str]]:
    """Each name that is taken, with the file that has it, below the project, with ``/``."""
    try:
        manifest = load_manifest(options)
    except ManifestError:  # not parsed, or by another dbt: the files alone tell
        manifest = None
    for node in manifest.relational() if manifest else ():
        path = Path(node["original_file_path"])
        if node.get("package_name") == settings.name and (settings.root / path).exists():
            name = f"{node['source_name']}.{node['name']}" if node["resource_type"] == "source" else node["name"]
            yield _key(node["resource_type"], name), path.as_posix()
    for suffix, paths in _KINDS.items():
        for folder in settings.paths[paths]:
            for file in sorted(folder.rglob(f"*{suffix}")):
                yield _key("model", file.stem), Path(os.path.relpath(file, settings.root)).as_posix()
