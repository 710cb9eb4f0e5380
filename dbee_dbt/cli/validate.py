"""``dbee-dbt validate``: the dbt project against a catalog."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import format_option, project_of, project_options

if TYPE_CHECKING:
    from dbee_dbt.project.findings import FailOn, Validation
    from dbee_dbt.session.options import ProjectOptions


@click.command()
@click.option(
    "--against",
    default="",
    metavar="ADDRESS",
    help="The catalog: td:prod, dir:ddl, file:prod.json (default: the active target).",
)
@click.option("--select", "-s", multiple=True, metavar="SELECTOR", help="Nodes to check, in dbt's grammar.")
@click.option("--exclude", multiple=True, metavar="SELECTOR", help="Nodes to leave out, in dbt's grammar.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warn"]),
    default="error",
    show_default=True,
    help="Lowest severity that fails.",
)
@format_option("text", "json")
@project_options
def validate(
    against: str, select: tuple[str, ...], exclude: tuple[str, ...], fail_on: FailOn, output: str, **given: Any
) -> None:
    """Check the dbt project against a catalog.

    Reads target/manifest.json; `dbt parse` writes it. Findings are shown, and written to target/dbee/validate.json.
    Exit code 0: nothing as severe as --fail-on; 1: something is, or could not be checked; 2: no verdict.
    """
    from dbee_dbt.project.validate import validate as run

    options = project_of(given)
    found = run(against, options, select=select, exclude=exclude, fail_on=fail_on)
    _show(found, output)
    _write_artifact(found, options)
    sys.exit(found.exit_code)


def _write_artifact(found: Validation, options: ProjectOptions) -> None:
    from dbee_dbt.project.artifacts import write_artifact
    from dbee_dbt.project.findings import validation_json

    write_artifact("validate.json", validation_json(found), options)


def _show(found: Validation, output: str) -> None:
    if output == "json":
        from dbee_dbt.project.findings import validation_json

        click.echo(validation_json(found), nl=False)
        return
    from rich.console import Console

    from dbee_dbt.project.validation_text import validation_text

    console = Console(highlight=False, soft_wrap=True)
    for line in validation_text(found):
        console.print(line)
