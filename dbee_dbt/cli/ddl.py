"""``dbee-dbt ddl``: look at files of DDL, and bring them into canonical form."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import echo_error, format_option, object_options, objects_of, project_of, project_options
from dbee_dbt.model.errors import EncodingError

if TYPE_CHECKING:
    from dbee_dbt.catalogs.formatted import FormattedFile
    from dbee_dbt.dependencies.lineage import Lineage
    from dbee_dbt.model.catalog import Catalog, ObjectFilter
    from dbee_dbt.model.objects import ObjectKey

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))


@click.group()
def ddl() -> None:
    """Look at files of Teradata SQL and BTEQ, and format their DDL (docs/ddl.md)."""


@ddl.command("inspect")
@_PATHS
@format_option("text", "json")
@click.option("--no-cache", is_flag=True, help="Read all anew, and keep nothing for the next time.")
def inspect_(paths: tuple[Path, ...], output: str, no_cache: bool) -> None:
    """List each statement of files and folders: what it is, where it stands, what it refers to; and totals.

    Exit code 0: every statement was read or kept as text; 1: a statement is broken; 2: a file cannot be read, or there
    is none.
    """
    from dbee_dbt.catalogs.inspected import files_of, inspect_files
    from dbee_dbt.catalogs.result_cache import cache_folder
    from dbee_dbt.report.inspection import REPORTS

    folder = None if no_cache else cache_folder()
    report = REPORTS[output]()
    for found in inspect_files(files_of(paths, with_shell=True), folder / "ddl-inspect" if folder else None):
        if found.found is None:
            report.totals.add_unreadable(found.file, found.error)
            echo_error(found.error)
            continue
        _echo(report.file(found.file, found.size, found.found))
    _echo(report.end())
    sys.exit(report.totals.exit_code)


def _echo(text: str) -> None:
    if text:
        click.echo(text)


@ddl.command("dependencies")
@click.argument("address", default="", metavar="[ADDRESS]")
@object_options
@click.option("--columns", is_flag=True, help="Tell from which columns those of views come.")
@click.option("--through-views", is_flag=True, help="With --columns: down to tables, through the views between.")
@format_option("text", "json", "dot")
@project_options
def dependencies(address: str, columns: bool, through_views: bool, output: str, **given: Any) -> None:
    """List what each object of a catalog depends on, and what depends on it.

    ADDRESS is td:NAME, dir:PATH or file:PATH; without one it is the active target. The whole catalog is read, and the
    objects that --objects names are listed. Exit code 1: a reference is missing, or something was not read whole.
    """
    from dbee_dbt.catalogs.load import load_catalog
    from dbee_dbt.dependencies.build import dependency_graph
    from dbee_dbt.model.catalog import ObjectFilter
    from dbee_dbt.model.objects import shown_name
    from dbee_dbt.report.dependencies import REPORTS, Dependencies

    wanted = objects_of(given)
    catalog = load_catalog(address, ObjectFilter(), project_of(given))
    chosen = _chosen(catalog, wanted)
    found = Dependencies(
        address=catalog.address,
        graph=dependency_graph(catalog),
        chosen=chosen,
        names={key: shown_name(one) for key, one in catalog.objects.items()},
        lineages=_lineages(catalog, chosen, through_views) if columns or through_views else {},
        refusals=catalog.refusals,
    )
    click.echo(REPORTS[output](found), nl=False)
    sys.exit(found.exit_code)


def _chosen(catalog: Catalog, wanted: ObjectFilter) -> tuple[ObjectKey, ...]:
    from dbee_dbt.catalogs.nearest import nothing_matched

    chosen = tuple(sorted(key for key, one in catalog.objects.items() if wanted.keeps(one)))
    if not chosen:
        raise nothing_matched("no object matches", wanted, catalog.databases, catalog.address)
    return chosen


def _lineages(catalog: Catalog, chosen: Iterable[ObjectKey], through_views: bool) -> dict[ObjectKey, Lineage]:
    from dbee_dbt.dependencies.views import Lineages

    lineages = Lineages(catalog)
    read = lineages.down_to_tables if through_views else lineages.of
    return {key: read(key) for key in chosen if key.kind == "view"}


@ddl.command("format")
@_PATHS
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where a file is not in canonical form.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def format_(paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Write tables, databases, indexes and comments in canonical form, in the layout of SHOW; all else stays.

    Exit code 0: done; 1: a statement is broken, or with --check a file is not in canonical form; 2: a file cannot be
    read, or there is none.
    """
    from dbee_dbt.catalogs.formatted import format_file, write_formatted
    from dbee_dbt.catalogs.inspected import files_of

    done = _Done()
    for path in files_of(paths):
        try:
            found = format_file(path)
            if found.is_changed and not (check or diff):
                write_formatted(found)
        except EncodingError as error:
            echo_error(str(error))
            done.unreadable += 1
            continue
        _echo("\n".join(done.add(found, is_dry=check or diff)))
        _echo("\n".join(_diff(found)) if diff else "")
    _echo("\n".join(done.lines()))
    sys.exit(done.exit_code(check))


def _diff(found: FormattedFile) -> Iterator[str]:
    """The lines of a unified diff, secrets masked."""
    from difflib import unified_diff

    from dbee_dbt.ddl.secrets import mask
    from dbee_dbt.report.terminal import visible

    before, after = (mask(text).splitlines() for text in (found.before, found.found.text))
    yield from map(visible, unified_diff(before, after, f"{found.path}", f"{found.path}, formatted", lineterm=""))


class _Done:
    """What was done with all the files."""

    def __init__(self) -> None:
        self.files = self.changed = self.written = self.broken = self.unreadable = 0
        self.kept: Counter[str] = Counter()

    def add(self, found: FormattedFile, *, is_dry: bool) -> Iterable[str]:
        """Counts a file; yields what is to be said of it."""
        from dbee_dbt.report.terminal import visible

        self.files += 1
        self.changed += found.is_changed
        self.written += found.found.written
        self.broken += len(found.found.broken)
        self.kept.update(found.found.kept)
        if found.is_changed:
            yield visible(f"{found.path}: {'not in canonical form' if is_dry else 'formatted'}")
        yield from (visible(f"{found.path}: broken: {what}") for _, what in found.found.broken)

    def lines(self) -> Iterator[str]:
        if not self.files:
            return
        yield f"files: {self.files}, of which {self.changed} not in canonical form before"
        yield f"statements in canonical form: {self.written}"
        if self.kept or self.broken:
            kept = [f"{count} {why}" for why, count in sorted(self.kept.items())]
            yield "statements as they were: " + ", ".join([*kept, *([f"{self.broken} broken"] if self.broken else [])])

    def exit_code(self, check: bool) -> int:
        if self.unreadable:
            return 2
        return 1 if self.broken or (check and self.changed) else 0
