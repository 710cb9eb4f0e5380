"""``dbee-dbt impact``: what a change of the physical schema breaks in the dbt project."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import format_option, project_of, project_options

if TYPE_CHECKING:
    from dbee_dbt.model.impact import Impact
    from dbee_dbt.session.options import ProjectOptions


@click.command()
@click.option(
    "--change", required=True, metavar="ADDRESS", help="The schema as it would be: dir:next, file:next.json, td:test."
)
@click.option("--against", default="", metavar="ADDRESS", help="The schema as it is (default: the active target).")
@click.option(
    "--select", "-s", multiple=True, metavar="SELECTOR", help="Nodes whose breaks are told, in dbt's grammar."
)
@click.option("--exclude", multiple=True, metavar="SELECTOR", help="Nodes to leave out, in dbt's grammar.")
@format_option("text", "json")
@project_options
def impact(
    change: str, against: str, select: tuple[str, ...], exclude: tuple[str, ...], output: str, **given: Any
) -> None:
    """Say what breaks if the physical schema becomes another one, without running anything.

    Reads target/manifest.json; `dbt parse` or `dbt compile` writes it. Models, tests, exposures and legacy views that
    break are told with their columns, and what SELECT * and types change without a word. Also written to
    target/dbee/impact.json. Exit code 0: nothing breaks; 1: something does, or could not be checked; 2: no verdict.
    """
    from dbee_dbt.project.impact.find import find_impact

    options = project_of(given)
    found = find_impact(change, against, options, select=select, exclude=exclude)
    _show(found, output)
    _write_artifact(found, options)
    sys.exit(found.exit_code)


def _write_artifact(found: Impact, options: ProjectOptions) -> None:
    from dbee_dbt.project.artifacts import write_artifact
    from dbee_dbt.report.impact import impact_json

    write_artifact("impact.json", impact_json(found), options)


def _show(found: Impact, output: str) -> None:
    if output == "json":
        from dbee_dbt.report.impact import impact_json

        click.echo(impact_json(found), nl=False)
        return
    from rich.console import Console

    from dbee_dbt.report.impact import impact_text

    console = Console(highlight=False, soft_wrap=True)
    for line in impact_text(found):
        console.print(line)
