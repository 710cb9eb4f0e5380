"""``dbee-dbt save``: a catalog to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import object_options, objects_of, project_of, project_options
from dbee_dbt.model.errors import NothingMatchedError
from dbee_dbt.model.plural import counted

if TYPE_CHECKING:
    from dbee_dbt.model.catalog import Catalog, ObjectFilter
    from dbee_dbt.session.options import ProjectOptions


@click.command()
@click.argument("address", default="", metavar="[ADDRESS]")
@click.option(
    "--output",
    "-o",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file: .json, or .json.gz for a compressed one.",
)
@object_options
@project_options
def save(address: str, file: Path, **given: Any) -> None:
    """Save a catalog to a file.

    ADDRESS is td:NAME, dir:PATH or file:PATH; without one it is the active target. Without --objects, the databases
    that the dbt project names are saved. Exit code 1: something could not be read, and is listed in the file.
    """
    from dbee_dbt.catalogs.saved import check_suffix, write_catalog

    check_suffix(file)
    catalog = _catalog(address, objects_of(given), project_of(given))
    write_catalog(catalog, file)
    for line in _summary(catalog, file):
        click.echo(line)
    sys.exit(1 if catalog.refusals else 0)


def _catalog(address: str, wanted: ObjectFilter, options: ProjectOptions) -> Catalog:
    from dbee_dbt.catalogs.address import parse_address
    from dbee_dbt.catalogs.load import load_catalog

    if wanted.include or parse_address(address).form != "td":
        return load_catalog(address, wanted, options)
    databases = _project_databases(options)
    catalog = load_catalog(address, wanted, options, databases)
    if not catalog.objects:
        raise NothingMatchedError(
            "none of the databases that the dbt project names exists there, or nothing in them may be seen",
            subject=", ".join(databases),
        )
    return catalog


def _project_databases(options: ProjectOptions) -> list[str]:
    """The databases of the project's models, seeds, snapshots and sources, by name.

    Raises:
        ManifestError, ConfigurationError: there is no project, or it was not parsed.
        NothingMatchedError: the project names no database.
    """
    from dbee_dbt.project.manifest import load_manifest

    found = load_manifest(options).databases
    if not found:
        raise NothingMatchedError("the dbt project names no database", hint="Give --objects DATABASE.")
    return list(found)


def _summary(catalog: Catalog, file: Path) -> list[str]:
    from dbee_dbt.report.terminal import visible

    objects, databases = counted(len(catalog), "object"), counted(len(catalog.databases), "database")
    lines = [f"{objects} of {databases} saved to {visible(str(file))}"]
    if catalog.skipped:
        names = ", ".join(catalog.skipped[:5]) + (" …" if len(catalog.skipped) > 5 else "")
        files = counted(len(catalog.skipped), "file")
        lines.append(f"not opened, no DDL by the name: {files}: {visible(names)}")
    if catalog.counted:
        statements = ", ".join(counted(count, kind) for kind, count in catalog.counted.items())
        lines.append(f"not part of a catalog: {statements}")
    for refusal in catalog.refusals:
        place = f"{refusal.file}:{refusal.line}: " if refusal.file else ""
        lines.append(visible(f"not placed: {place}{refusal.what}"))
    lines += [visible(f"not renamed: {note}") for note in catalog.notes]
    return lines
