"""``dbee-dbt generate-models``: sources and staging models from a physical schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.conversion import conversion_lines, conversion_options, conversion_wanted, is_whole, run_generation
from dbee_dbt.cli.options import object_options, objects_of, project_of, project_options
from dbee_dbt.cli.sync import run_sync, sync_options, sync_wanted
from dbee_dbt.model.errors import UsageError
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import visible

if TYPE_CHECKING:
    from dbee_dbt.project.generate import GenerationSummary
    from dbee_dbt.project.write_files import Written

_NAMED = 20  # so many kept files, and so many things that were not read, are named; the rest is counted


@click.command(name="generate-models")
@click.option(
    "--from",
    "address",
    default="",
    metavar="ADDRESS",
    help="Where the objects are: td:dev, dir:ddl, file:prod.json (default: the active target).",
)
@object_options
@click.option("--into", metavar="FOLDER", help="Folder of the models in the project (default: models/staging).")
@click.option("--prefix", help="What the name of a model begins with (default: stg_).")
@click.option("--materialized", type=click.Choice(["view", "table"]), help="How dbt builds the models (default: view).")
@click.option(
    "--case",
    type=click.Choice(["keep", "lower", "upper"]),
    help="Of model names and of the columns of models (default: keep).",
)
@click.option(
    "--rename",
    multiple=True,
    metavar="OLD=NEW",
    help="Rename columns of models, a * on either side: '*_DT=*_date'. May be repeated; the first that fits counts.",
)
@click.option("--trim-chars", is_flag=True, help="Trim CHAR columns in models, which makes them VARCHAR.")
@click.option("--surrogate-keys", is_flag=True, default=None, help="A key of one column where the table's has several.")
@click.option("--snapshots", is_flag=True, default=None, help="Snapshots of the tables that keep history.")
@click.option("--layers", is_flag=True, default=None, help="Skeletons of dim_ and fct_ models of tables called so.")
@click.option(
    "--contract", is_flag=True, default=None, help="Enforced contracts, with constraints where models are tables."
)
@click.option("--group", metavar="NAME", help="The group that the staging models are in.")
@click.option("--access", type=click.Choice(["private", "protected", "public"]), help="Who may refer to them.")
@click.option("--unit-tests", is_flag=True, default=None, help="Skeletons of unit tests of the staging models.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there and differ.")
@sync_options
@conversion_options
@project_options
def generate_models(address: str, dry_run: bool, overwrite: bool, **given: Any) -> None:
    """Write sources and staging models from a physical schema.

    One folder a database: source YAML, a staging model for each table and view, and their YAML. What is not given here
    is taken from `vars: dbee: generate:` of the project. A file that is there is left alone; with --sync the YAML that
    is there, in any layout, is brought in line with the database. Exit code 0: done; 1: done, but something of what was
    asked for could not be read, converted or brought in line, or --check found something to change; 2: nothing matched,
    a name is taken in the project, or nothing could be read or written.
    """
    from dbee_dbt.bridge.package_version import check_package_version
    from dbee_dbt.project.clashes import check_clashes
    from dbee_dbt.project.generate import generation_options
    from dbee_dbt.project.write_files import write_files

    wanted, options = objects_of(given), project_of(given)
    if not wanted.include:
        raise UsageError("which objects?", hint="Name them: --objects 'RETAIL_*', or --objects RETAIL_SALES.ORDERS.")
    chosen = {name: given.pop(name) for name in ("sync", "check", "diff", "prune", "inherit_descriptions")}
    chosen |= {"dry_run": dry_run, "overwrite": overwrite}
    syncs = sync_wanted(chosen)
    converts = conversion_wanted(given, syncs=syncs)
    _check(given)
    given["columns"] = _column_rules(given.pop("rename"), given.pop("trim_chars")) or None
    check_package_version(options.root)
    how = generation_options(given, options)
    if syncs:
        run_sync(address, wanted, how, options, chosen)
        return
    made, conversion = run_generation(address, wanted, how, options, converts)
    check_clashes(made.nodes, options)
    written = write_files(made.files, options.root, *how.folders, overwrite=overwrite, dry_run=dry_run)
    for line in (*_file_lines(written, dry_run), *_summary_lines(made.summary), *conversion_lines(conversion)):
        click.echo(line)
    if made.summary.not_read or not is_whole(conversion):
        raise SystemExit(1)


def _check(given: dict[str, Any]) -> None:
    """Refuse what cannot be part of a path under the option's own name; the macros check the project's vars.

    Raises:
        UsageError: the prefix cannot be part of a file's and a model's name, or the folder is none in the project.
    """
    into, prefix = given["into"], given["prefix"]
    if into is not None:
        folder = PurePosixPath(into.replace("\\", "/"))
        leaves = folder.is_absolute() or PureWindowsPath(into).drive or ".." in folder.parts
        if not folder.name or leaves or not into.isprintable():
            raise UsageError("--into names no folder in the project", hint="For example: --into models/staging")
    if prefix is not None and not re.fullmatch(r"[A-Za-z0-9_]*", prefix):
        raise UsageError(f"--prefix may hold ASCII letters, digits and underscores only, not {prefix!r}")


def _column_rules(renames: tuple[str, ...], trim_chars: bool) -> list[dict[str, Any]]:
    """The rules of columns as ``vars: dbee: generate: columns:`` holds them.

    Raises:
        UsageError: a renaming is not OLD=NEW.
    """
    rules: list[dict[str, Any]] = []
    for text in renames:
        old, _, new = text.partition("=")
        if not old or not new:
            raise UsageError(f"--rename takes OLD=NEW, not {text!r}", hint="For example: --rename '*_DT=*_date'")
        rules.append({"name": old, "rename": new})
    return [*rules, {"type": "CHAR(*", "trim": True}] if trim_chars else rules


def _file_lines(written: tuple[Written, ...], dry_run: bool) -> Iterator[str]:
    from dbee_dbt.project.write_files import by_folder

    for folder, files in by_folder(written):
        yield f"{visible(folder)}/: {_outcomes(files, dry_run)}"
    kept = [each.path for each in written if each.outcome == "kept"]
    if kept:
        yield f"left alone, though they differ from what would be written (see --overwrite): {len(kept)}"
        yield from (f"  {visible(path)}" for path in kept[:_NAMED])
    if len(kept) > _NAMED:
        yield f"  … and {len(kept) - _NAMED} more"


def _outcomes(files: Iterable[Written], dry_run: bool) -> str:
    words = {"written": "to write", "replaced": "to replace"} if dry_run else {}
    counts = Counter(each.outcome for each in files)
    return ", ".join(f"{count} {words.get(outcome, outcome)}" for outcome, count in counts.items())


def _summary_lines(summary: GenerationSummary) -> Iterator[str]:
    yield f"tables: {summary.tables}, views: {summary.views}, columns: {summary.columns}"
    if summary.untyped:
        yield f"columns without a data_type, since their type is not known: {summary.untyped}"
    if summary.untested:
        yield f"columns without their tests, since dbt cannot test a name with a quote or a brace: {summary.untested}"
    if summary.unrenamed:
        yield f"columns that keep their name, since another has the one they would get: {summary.unrenamed}"
    for skipped in summary.skipped:
        yield f"not generated: {visible(counted(skipped.count, skipped.what))} ({skipped.why})"
    for reason in summary.not_read[:_NAMED]:
        yield f"not read: {visible(reason)}"
    if len(summary.not_read) > _NAMED:
        yield f"not read: {len(summary.not_read) - _NAMED} more"
    for note in summary.notes[:_NAMED]:
        yield f"not renamed: {visible(note)}"
    if len(summary.notes) > _NAMED:
        yield f"not renamed: {len(summary.notes) - _NAMED} more"
