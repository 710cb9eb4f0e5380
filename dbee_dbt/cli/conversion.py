"""The part of ``generate-models`` that converts legacy SQL: its options, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dbee_dbt.model.errors import UsageError
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import visible

if TYPE_CHECKING:
    from dbee_dbt.cli.options import ProjectOptions
    from dbee_dbt.model.catalog import ObjectFilter, Refusal
    from dbee_dbt.project.conversion.convert import NameInView
    from dbee_dbt.project.conversion.generation import Asked, Conversion
    from dbee_dbt.project.conversion.views import ViewConversion
    from dbee_dbt.project.generate import Generation, GenerationOptions

Command = TypeVar("Command", bound=Callable[..., Any])

_NAMED = 20  # so many of one list are named; the rest is counted


def conversion_options(command: Command) -> Command:
    """Add ``--convert-views --propose --scripts``; :func:`conversion_wanted` takes them."""
    for option in (
        click.option(
            "--scripts",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="PATH",
            help="BTEQ scripts, or a folder of them, from whose statements models are proposed. May be repeated.",
        ),
        click.option(
            "--propose",
            is_flag=True,
            help="Propose models, not built yet, from INSERT … SELECT and MERGE in macros and procedures.",
        ),
        click.option(
            "--convert-views",
            is_flag=True,
            help="Make a model of a view's own text, with source() and ref() in the place of what it reads.",
        ),
    ):
        command = option(command)
    return command


def conversion_wanted(given: dict[str, Any], *, syncs: bool) -> Asked | None:
    """Take the options of :func:`conversion_options` out of a command's arguments; None where nothing is converted.

    Raises:
        UsageError: they do not go together with ``--sync``.
    """
    views, loads, scripts = given.pop("convert_views"), given.pop("propose"), given.pop("scripts")
    if not (views or loads or scripts):
        return None
    if syncs:
        raise UsageError(
            "legacy SQL becomes new models, and --sync only edits the YAML that is there",
            hint="Convert first; then --sync --exclude-objects kind:view, so that the views are not added as sources.",
        )
    from dbee_dbt.project.conversion.generation import Asked

    return Asked(views, loads, scripts)


def run_generation(
    address: str, wanted: ObjectFilter, how: GenerationOptions, options: ProjectOptions, asked: Asked | None
) -> tuple[Generation, Conversion | None]:
    """Generate for the objects at an address, with or without conversion."""
    if asked is not None:
        from dbee_dbt.project.conversion.generation import convert

        return convert(address, wanted, how, options, asked)
    from dbee_dbt.project.generate import generate

    return generate(address, wanted, how, options), None


def is_whole(conversion: Conversion | None) -> bool:
    """True if all was converted and proposed that was asked for."""
    if conversion is None:
        return True
    views, proposals = conversion.views, conversion.proposals
    return not (views and (views.not_converted or views.left)) and not (proposals and proposals.not_proposed)


def conversion_lines(conversion: Conversion | None) -> Iterator[str]:
    """What became of legacy SQL, line by line; nothing where nobody asked."""
    if conversion is not None and conversion.views is not None:
        yield from _view_lines(conversion.views)
    if conversion is not None and conversion.proposals is not None:
        found = conversion.proposals
        yield f"models proposed: {len(found.nodes)}; dbt builds none before you say so"
        yield from _listed("not proposed", map(_placed, found.not_proposed))


def _view_lines(found: ViewConversion) -> Iterator[str]:
    yield f"views converted: {found.converted} of {found.converted + len(found.not_converted)}"
    yield from _listed("not converted", map(_placed, found.not_converted))
    left = (f"{one.name} in {one.view}, line {one.line}: {_why_left(one)}" for one in found.left)
    yield from _listed("left as written", left)
    assumed = (f"{one.name} in {one.view}, line {one.line}: no database is written" for one in found.assumed)
    yield from _listed("taken to lie in the view's own database", assumed)
    if found.of_system:
        yield f"left as written: {counted(found.of_system, 'name')} of the system's own databases"


def _why_left(one: NameInView) -> str:
    if one.is_function:
        return "a function, in a database that the environments call differently"
    return "it is not among --objects"


def _placed(refusal: Refusal) -> str:
    return f"{refusal.file}:{refusal.line}: {refusal.what}" if refusal.file is not None else refusal.what


def _listed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    shown = [visible(line) for line in lines]
    yield from (f"{heading}: {line}" for line in shown[:_NAMED])
    if len(shown) > _NAMED:
        yield f"{heading}: {len(shown) - _NAMED} more"
