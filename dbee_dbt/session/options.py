"""Which dbt project, profile and target a command works on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field


class ProjectOptions(Struct, frozen=True, kw_only=True):
    """Which dbt project and which of its targets.

    Args:
        project_dir: the folder of dbt_project.yml; None stands for the working directory.
        profiles_dir: the folder of profiles.yml; None leaves the choice to dbt (``DBT_PROFILES_DIR``, the working
            directory, the project, ``~/.dbt``).
        profile: name of the profile; None for the one the project names.
        target: name of the target; None for the profile's default.
        variables: what ``--vars`` says.
        config: dbee.yml; None for the one beside dbt_project.yml, if there is one.
    """

    project_dir: Path | None = None
    profiles_dir: Path | None = None
    profile: str | None = None
    target: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    config: Path | None = None

    @property
    def root(self) -> Path:
        """The project's folder."""
        return Path.cwd() if self.project_dir is None else self.project_dir
