"""Results as files under dbt's target path, in ``dbee/``."""

from __future__ import annotations

from dbee_dbt.files import write_text
from dbee_dbt.model.errors import OutputError
from dbee_dbt.project.settings import read_settings
from dbee_dbt.session.options import ProjectOptions


def write_artifact(name: str, text: str, options: ProjectOptions) -> None:
    """Write one artifact of the project, whole or not at all.

    Args:
        name: of the file, ``validate.json``.
        text: its content.
        options: which dbt project.

    Raises:
        OutputError: it cannot be written.
        ConfigurationError: there is no dbt project.
    """
    path = read_settings(options).target_path / "dbee" / name
    try:
        write_text(path, text)
    except OSError as error:
        hint = "What was found is shown above all the same."
        raise OutputError(f"the result cannot be written: {error.strerror}", file=str(path), hint=hint) from error
