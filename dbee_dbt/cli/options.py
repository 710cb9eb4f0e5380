"""Options that several commands share, under dbt's names where dbt has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.model.errors import UsageError
from dbee_dbt.session.options import ProjectOptions

__all__ = [
    "ProjectOptions",
    "format_option",
    "object_options",
    "objects_of",
    "project_of",
    "project_options",
    "read_variables",
]

Command = TypeVar("Command", bound=Callable[..., Any])


def _folder() -> click.Path:
    return click.Path(file_okay=False, path_type=Path)


def project_options(command: Command) -> Command:
    """Add ``--project-dir --profiles-dir --profile --target --vars --config``; :func:`project_of` collects them."""
    for option in (
        click.option(
            "--config",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="dbee.yml, with the environments (default: the one beside dbt_project.yml).",
        ),
        click.option("--vars", "variables", default="{}", metavar="YAML", help="Variables, as dbt takes them."),
        click.option("--target", "-t", help="The target of the profile (default: the profile's own)."),
        click.option("--profile", help="The profile (default: the one dbt_project.yml names)."),
        click.option("--profiles-dir", type=_folder(), envvar="DBT_PROFILES_DIR", help="Folder of profiles.yml."),
        click.option("--project-dir", type=_folder(), envvar="DBT_PROJECT_DIR", help="Folder of dbt_project.yml."),
    ):
        command = option(command)
    return command


def project_of(given: dict[str, Any]) -> ProjectOptions:
    """Take the options of :func:`project_options` out of a command's arguments.

    Args:
        given: the keyword arguments of the command; the ones taken are removed.

    Raises:
        UsageError: ``--vars`` is no YAML dictionary.
    """
    return ProjectOptions(
        project_dir=given.pop("project_dir"),
        profiles_dir=given.pop("profiles_dir"),
        profile=given.pop("profile"),
        target=given.pop("target"),
        variables=read_variables(given.pop("variables")),
        config=given.pop("config"),
    )


def read_variables(text: str) -> dict[str, Any]:
    """The dictionary that a ``--vars`` text stands for.

    Raises:
        UsageError: it is no YAML, or not a dictionary.
    """
    if text.strip() in ("", "{}"):
        return {}
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:  # a date like 2024-99-99 is a ValueError
        raise UsageError(f"--vars is not YAML: {_first_line(error)}", hint=_VARS_HINT) from error
    if not isinstance(found, dict):
        raise UsageError("--vars is not a dictionary", hint=_VARS_HINT)
    return found


_VARS_HINT = "Give it as dbt takes it: --vars '{name: value}'."


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else "it cannot be read"


def object_options(command: Command) -> Command:
    """Add ``--objects`` and ``--exclude-objects``; :func:`objects_of` collects them."""
    for option in (
        click.option("--exclude-objects", multiple=True, metavar="PATTERN", help="Objects to leave out; wins."),
        click.option(
            "--objects",
            multiple=True,
            metavar="PATTERN",
            help="Objects to take: DATABASE, DATABASE.NAME or kind:KIND, with * and ?. May be repeated.",
        ),
    ):
        command = option(command)
    return command


def objects_of(given: dict[str, Any]) -> ObjectFilter:
    """Take the options of :func:`object_options` out of a command's arguments.

    Raises:
        UsageError: a pattern is empty, as a variable of a shell may be; it would not mean what the user thinks.
    """
    found = ObjectFilter(include=tuple(given.pop("objects")), exclude=tuple(given.pop("exclude_objects")))
    if not all(pattern.strip() for pattern in (*found.include, *found.exclude)):
        raise UsageError("--objects or --exclude-objects is empty", hint="Write DATABASE or DATABASE.NAME.")
    return found


def echo_error(error: str) -> None:
    """Print an error; what was read is spelled out where a terminal would act on it.

    Args:
        error: as :class:`~dbee_dbt.model.errors.DbeeError` says it, of one line or two.
    """
    from dbee_dbt.report.terminal import visible

    click.echo("\n".join(visible(line) for line in f"Error {error}".split("\n")), err=True)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Add ``--format`` with these choices; the first is the default. The argument is called ``output``."""
    return click.option("--format", "output", type=click.Choice(formats), default=formats[0], show_default=True)
