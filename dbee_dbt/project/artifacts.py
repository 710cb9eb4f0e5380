"""Results as files under dbt's target path, in ``dbee/``."""

from __future__ import annotations

from pathlib import Path

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
    write_result(read_settings(options).target_path / "dbee" / name, text)


def write_result(path: Path, text: str) -> None:
    """Write a file of results, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        write_text(path, text)
    except OSError as error:
        hint = "What was found is shown above all the same."
        raise OutputError(f"the result cannot be written: {error.strerror}", file=str(path), hint=hint) from error


def append_result(path: Path, text: str) -> None:
    """Add text to a file that others write to as well.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError(f"the summary cannot be written: {error.strerror}", file=str(path)) from error
