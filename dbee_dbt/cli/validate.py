"""``dbee-dbt validate``: the dbt project against a catalog."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import format_option, project_of, project_options
from dbee_dbt.model.errors import UsageError

if TYPE_CHECKING:
    from dbee_dbt.model.findings import FailOn, Validation
    from dbee_dbt.report.findings.presented import Presented
    from dbee_dbt.session.options import ProjectOptions

# The names of report/findings/formats.py, kept here so that --help imports nothing.
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")


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
@click.option(
    "--changed-since",
    metavar="REV",
    help="Check only what the branch touched since it left REV, and what depends on it. (Not inside dbt.)",
)
@click.option(
    "--accepted",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of findings that do not fail; only new ones do. (Not inside dbt.)",
)
@click.option("--accept", is_flag=True, help="Write that file from what is found now.")
@format_option(*FORMATS)
@click.option(
    "--output",
    "-o",
    "files",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write the report to a file as well: sarif=validate.sarif. May be repeated.",
)
@project_options
def validate(
    against: str,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: FailOn,
    output: str,
    **given: Any,
) -> None:
    """Check the dbt project against a catalog.

    Reads target/manifest.json; `dbt parse` writes it. Findings are shown, and written to target/dbee/validate.json.
    Exit code 0: nothing as severe as --fail-on; 1: something is, or could not be checked; 2: no verdict.
    """
    from dbee_dbt.project.validate import validate as run

    wanted, accepted = _files(given.pop("files")), _accepted(given, bool(select or exclude or given["changed_since"]))
    changed_since, options = given.pop("changed_since"), project_of(given)
    found = run(against, options, select=select, exclude=exclude, fail_on=fail_on, changed_since=changed_since)
    if accepted is not None:
        found = accepted(found)
    _report(found, options, output, wanted)
    sys.exit(found.exit_code)


def _files(written: tuple[str, ...]) -> list[tuple[str, Path]]:
    """Formats with the files they go to."""
    wanted: list[tuple[str, Path]] = []
    for text in written:
        name, equals, file = text.partition("=")
        if name not in FORMATS or not equals or not file:
            raise UsageError(f"--output {text}: is not FORMAT=FILE", hint=f"The formats are {', '.join(FORMATS)}.")
        if any(Path(file) == other for _, other in wanted):
            raise UsageError(f"--output {text}: another report goes to that file", hint="Name a file for each.")
        wanted.append((name, Path(file)))
    return wanted


def _accepted(given: dict[str, Any], is_part: bool) -> Callable[[Validation], Validation] | None:
    """What takes accepted findings out of the verdict, or None; the file is read before anything else is done."""
    from dbee_dbt.project.accepted import accepted_text, check_replaceable, read_accepted, with_accepted
    from dbee_dbt.project.artifacts import write_result

    file, accept = given.pop("accepted"), given.pop("accept")
    if file is None and accept:
        raise UsageError("--accept writes a file, and none is named", hint="Name it: --accepted FILE.")
    if file is None:
        return None
    if not accept:
        lines = read_accepted(file)
        return lambda found: with_accepted(found, lines, is_whole=not is_part)
    if is_part:
        what = "--accept writes the file for the whole project, and only a part of it is selected"
        raise UsageError(what, hint="Leave out --select, --exclude and --changed-since.")
    check_replaceable(file)

    def write(found: Validation) -> Validation:
        write_result(file, accepted_text(found))
        return with_accepted(found, read_accepted(file), is_whole=True)

    return write


def _report(found: Validation, options: ProjectOptions, output: str, files: list[tuple[str, Path]]) -> None:
    """Show the report; then write it wherever it is wanted."""
    from dbee_dbt.project.artifacts import write_artifact, write_result
    from dbee_dbt.project.present import present
    from dbee_dbt.report.findings.formats import FORMATS as RENDER

    report = present(found, options, (output, *(name for name, _ in files)))
    _show(report, output)
    write_artifact("validate.json", RENDER["json"](report), options)
    for name, file in files:
        write_result(file, RENDER[name](report))


def _show(report: Presented, output: str) -> None:
    from dbee_dbt.report.findings.formats import FORMATS as RENDER

    if output != "text":
        click.echo(RENDER[output](report), nl=False)
        if output == "github":
            _summarize(report)
        return
    from rich.console import Console

    from dbee_dbt.report.findings.text import validation_text

    console = Console(highlight=False, soft_wrap=True)
    for line in validation_text(report.validation):
        console.print(line)


def _summarize(report: Presented) -> None:
    """Add the whole report to the summary of a job of GitHub Actions, which shows but ten annotations of a step."""
    from dbee_dbt.project.artifacts import append_result
    from dbee_dbt.report.findings.markdown import findings_markdown

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        append_result(Path(summary), findings_markdown(report))
