"""``dbee-dbt debug``: can the target be reached, and what of its dictionary can be read?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.cli.options import format_option, project_of, project_options
from dbee_dbt.model.plural import counted

if TYPE_CHECKING:
    from dbee_dbt.session.diagnosis import Diagnosis, ViewState


@click.command()
@format_option("text", "json")
@project_options
def debug(output: str, **given: Any) -> None:
    """Check the connection, the session and what of DBC can be read.

    Exit code 0: everything can be read; 1: something is missing, with the GRANT that a DBA would run; 2: no connection.
    """
    from dbee_dbt.session.diagnosis import diagnose

    found = diagnose(project_of(given))
    click.echo(_json(found) if output == "json" else "\n".join(_lines(found)))
    sys.exit(found.exit_code)


def _json(found: Diagnosis) -> str:
    import msgspec

    from dbee_dbt.report.terminal import json_text
    from dbee_dbt.session.diagnosis import SCHEMA_VERSION

    document = {"schema_version": SCHEMA_VERSION, "exit_code": found.exit_code, **msgspec.to_builtins(found)}
    document["grants"] = list(found.grants)
    return json_text(document, indent=2)


def _lines(found: Diagnosis) -> Iterator[str]:
    from dbee_dbt.report.terminal import visible

    yield "Versions"
    for name, version in found.versions.items():
        yield f"  {name:<14} {version or 'not installed'}"
    yield "Connection"
    for name, value in _connection(found):
        yield f"  {name:<14} {visible(value)}"
    if found.error is not None:
        yield from (f"  {visible(line)}" for line in found.error.splitlines())
        return
    yield "Dictionary"
    for view in found.views:
        yield from _view_lines(view)
    yield from _verdict(found)


def _connection(found: Diagnosis) -> Iterator[tuple[str, str]]:
    facts = found.facts
    system = " ".join(dict.fromkeys(filter(None, (found.release, found.version))))
    for name, value in (
        ("target", found.target),
        ("type", found.adapter),
        ("host", found.host),
        ("user", facts.user),
        ("schema", found.schema),
        ("database", facts.database),
        ("session mode", facts.mode),
        ("character set", facts.charset),
        ("date form", facts.dateform),
        ("release", system),
        ("QVCI", None if found.qvci is None else ("on" if found.qvci else "off: HELP COLUMN for each view")),
    ):
        if value:
            yield name, value


def _view_lines(view: ViewState) -> Iterator[str]:
    from dbee_dbt.report.terminal import visible

    mark = "!" if view.is_missing else " "
    yield f"{mark} {view.name:<30} {view.state:<9} {view.purpose}"
    if view.error and view.state != "off":
        yield f"    {visible(view.error)}"


def _verdict(found: Diagnosis) -> Iterator[str]:
    from dbee_dbt.report.terminal import visible

    missing = sum(view.is_missing for view in found.views)
    if not missing:
        yield "Everything that is needed can be read."
        return
    yield f"{missing} of {counted(len(found.views), 'view')} cannot be read."
    if found.grants:
        yield "A DBA would run:"
        yield from (f"  {visible(grant)}" for grant in found.grants)
