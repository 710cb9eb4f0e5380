"""A validation made ready for the formats: where the project lies in its repository, and what its rules say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dbee_dbt.model.findings import Validation
from dbee_dbt.project.rule_page import rule_helps
from dbee_dbt.project.settings import read_settings
from dbee_dbt.report.findings.presented import Presented
from dbee_dbt.session.options import ProjectOptions


def present(validation: Validation, options: ProjectOptions, formats: Iterable[str]) -> Presented:
    """The validation with what the formats need beside it.

    Args:
        validation: what was found.
        options: which dbt project.
        formats: names of formats; only SARIF asks for the texts of the rules.
    """
    rules = rule_helps(read_settings(options).macro_paths) if "sarif" in formats else ()
    return Presented(validation, folder_in_repository(options.root), rules)


def folder_in_repository(folder: Path) -> str:
    """The path of a folder from the root of its Git repository, ``dbt/shop/``; empty for the root, or without one."""
    whole = folder.resolve()
    root = next((each for each in (whole, *whole.parents) if (each / ".git").exists()), whole)
    return "" if root == whole else f"{whole.relative_to(root).as_posix()}/"
