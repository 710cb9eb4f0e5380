"""Where the dbt package lies."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def dbt_package_root() -> Path:
    """The folder with the dbt package's ``dbt_project.yml``, ``macros/``, ``validators/`` and ``generators/``.

    Returns:
        ``dbee_dbt/_dbt_package`` of an installed wheel; the repository's root in a checkout (an editable install).
    """
    installed = _PACKAGE / "_dbt_package"
    return installed if installed.is_dir() else _PACKAGE.parent
