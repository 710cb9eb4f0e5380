"""``dbee-dbt drift``: the gate that stops a schema which has moved away from its baseline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import format_option, object_options, objects_of, project_of, project_options
from dbee_dbt.model.catalog import Defaults

if TYPE_CHECKING:
    from dbee_dbt.compare.changes import Drift


@click.command()
@click.option(
    "--baseline", required=True, metavar="ADDRESS", help="What should still be true: file:prod.json, dir:warehouse."
)
@click.option("--against", default="", metavar="ADDRESS", help="What to look at: td:prod (default: the active target).")
@object_options
@click.option(
    "--defaults",
    "defaults_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="YAML that says what absent clauses mean (docs/drift.md).",
)
@format_option("text", "json")
@project_options
def drift(baseline: str, against: str, defaults_file: Path | None, output: str, **given: Any) -> None:
    """Compare a catalog with its baseline, and name the models that each change reaches.

    Without --objects, the databases of the baseline. Exit code 0: no difference; 1: differences, or something could
    not be checked; 2: no verdict.
    """
    from dbee_dbt.project.drift import find_drift

    wanted, options = objects_of(given), project_of(given)
    found = find_drift(baseline, against, wanted, options, _stated(defaults_file))
    _show(found, output)
    if found.project is not None:
        _write_artifact(found, options)
    sys.exit(found.changes.exit_code)


def _stated(file: Path | None) -> Defaults:
    if file is None:
        return Defaults()
    from dbee_dbt.configuration.defaults import read_defaults_file

    return read_defaults_file(file)


def _write_artifact(found: Drift, options: Any) -> None:
    from dbee_dbt.project.artifacts import write_artifact
    from dbee_dbt.report.json import drift_json

    write_artifact("drift.json", drift_json(found), options)


def _show(found: Drift, output: str) -> None:
    if output == "json":
        from dbee_dbt.report.json import drift_json

        click.echo(drift_json(found), nl=False)
        return
    from rich.console import Console

    from dbee_dbt.report.text import drift_text

    console = Console(highlight=False, soft_wrap=True)
    for line in drift_text(found):
        console.print(line)
