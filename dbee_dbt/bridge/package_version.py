"""The rules that dbt runs in a project must be the rules that the command line runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbee_dbt import __version__
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.model.errors import PackageVersionError

_PROJECT_FILE = "dbt_project.yml"


def check_package_version(project_dir: Path) -> None:
    """Refuse a project whose ``dbt_packages`` hold the dbt package in another version than this.

    Args:
        project_dir: the folder of the project's ``dbt_project.yml``.

    A project that does not install the dbt package is fine: the command line has its own.

    Raises:
        PackageVersionError: the versions differ, or the installed one cannot be told.
    """
    file = _packages(project_dir) / "dbee_dbt" / _PROJECT_FILE
    if not file.is_file():
        return
    installed = _entries(file).get("version")
    if str(installed) == __version__:
        return
    found = f"is of version {installed}" if installed is not None else "does not say its version"
    raise PackageVersionError(
        f"the dbt package in this project {found}; this is dbee-dbt {__version__}",
        subject="dbee_dbt",
        file=str(file),
        hint=f"Write `- local: {dbt_package_root()}` into packages.yml in its place, and run: dbt deps",
    )


def _packages(project_dir: Path) -> Path:
    """Where ``dbt deps`` puts packages, as the project says."""
    project_file = project_dir / _PROJECT_FILE
    named = _entries(project_file).get("packages-install-path") if project_file.is_file() else None
    return project_dir / str(named or "dbt_packages")


def _entries(file: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (YAMLError, OSError, ValueError, RecursionError):
        return {}  # dbt itself says what is wrong with a project file; here it only means: not known
    return found if isinstance(found, dict) else {}
