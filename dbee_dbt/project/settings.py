"""What dbt_project.yml says: the project's name, and where things lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from msgspec import Struct

from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.session.options import ProjectOptions

PROJECT_FILE = "dbt_project.yml"

# Folders that dbt reads a project's own files from, with the names it gives them when nothing is written.
PATHS = {
    "model-paths": ("models",),
    "seed-paths": ("seeds",),
    "snapshot-paths": ("snapshots",),
    "macro-paths": ("macros",),
    "test-paths": ("tests",),
    "analysis-paths": ("analyses",),
    "function-paths": ("functions",),
}


class ProjectSettings(Struct, frozen=True, kw_only=True):
    """A dbt project as its files describe it.

    Args:
        root: the folder of dbt_project.yml.
        name: the project's name.
        target_path: where dbt writes its artifacts.
        paths: the folders of each ``…-paths`` key.
        packages_path: where dbt installs packages.
    """

    root: Path
    name: str
    target_path: Path
    paths: dict[str, tuple[Path, ...]]
    packages_path: Path

    @property
    def macro_paths(self) -> tuple[Path, ...]:
        """The folders of the project's own dbt macros."""
        return self.paths["macro-paths"]


def read_settings(options: ProjectOptions) -> ProjectSettings:
    """Read dbt_project.yml of a project.

    Raises:
        ConfigurationError: there is no such file, or it is not one of dbt's.
    """
    root = options.root
    project = _yaml(root / PROJECT_FILE)
    if not project or not isinstance(project.get("name"), str):
        raise ConfigurationError(
            "there is no dbt project here" if project is None else "the file names no project",
            file=str(root / PROJECT_FILE),
            hint="Run the command in the folder of dbt_project.yml, or name it with --project-dir.",
        )
    return ProjectSettings(
        root=root,
        name=project["name"],
        target_path=root / (os.environ.get("DBT_TARGET_PATH") or _plain(project, "target-path", "target", root)),
        paths={key: _folders(project, key, usual, root) for key, usual in PATHS.items()},
        packages_path=root / _plain(project, "packages-install-path", "dbt_packages", root),
    )


def _yaml(path: Path) -> dict[str, Any] | None:
    """The file's dictionary; None where there is no such file."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if not path.is_file():
        return None
    try:
        found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"the file cannot be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError("the file is not UTF-8", file=str(path)) from error
    except (YAMLError, ValueError, RecursionError) as error:  # a date like 2024-99-99 is a ValueError
        raise ConfigurationError(
            f"the file is not YAML: {str(error).splitlines()[0]}", file=str(path), line=_line(error)
        ) from error
    return found if isinstance(found, dict) else {}


def _line(error: Exception) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return None if mark is None else mark.line + 1


def _plain(project: dict[str, Any], key: str, usual: str, root: Path) -> str:
    """A setting that must be plain text here: dbt renders Jinja in it, and only dbt knows with what."""
    value = project.get(key) or usual
    if not isinstance(value, str):
        raise ConfigurationError(f"{key} is not a text", file=str(root / PROJECT_FILE), hint="Write the folder's name.")
    if "{{" in value:
        raise ConfigurationError(
            f"{key} is written with Jinja, which only dbt can render",
            file=str(root / PROJECT_FILE),
            hint="Set DBT_TARGET_PATH to the folder." if key == "target-path" else "Write the folder's name.",
        )
    return value


def _folders(project: dict[str, Any], key: str, usual: tuple[str, ...], root: Path) -> tuple[Path, ...]:
    written = project.get(key)
    names = usual if written is None else written
    if not isinstance(names, (list, tuple)):
        raise ConfigurationError(f"{key} is not a list", file=str(root / PROJECT_FILE), hint=f"Write {key}: [FOLDER].")
    return tuple(root / str(name) for name in names if "{{" not in str(name))
