"""The part of ``generate-models`` that converts legacy SQL: its options, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dbee_dbt.model.errors import UsageError
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import visible

if TYPE_CHECKING:
    from dbee_dbt.cli.options import ProjectOptions
    from dbee_dbt.model.catalog import ObjectFilter, Refusal
    from dbee_dbt.project.conversion.generation import Conversion
    from dbee_dbt.project.generate import Generation, GenerationOptions

Command = TypeVar("Command", bound=Callable[..., Any])

_NAMED = 20  # so many of one list are named; the rest is counted


def conversion_options(command: Command) -> Command:
    """Add ``--convert-views``; :func:`conversion_wanted` takes it."""
    return click.option(
        "--convert-views",
        is_flag=True,
        help="Make a model of a view's own text, with source() and ref() in the place of what it reads.",
    )(command)


def conversion_wanted(given: dict[str, Any], *, syncs: bool) -> bool:
    """Take the options of :func:`conversion_options` out of a command's arguments; True if views are converted.

    Raises:
        UsageError: they do not go together with ``--sync``.
    """
    converts: bool = given.pop("convert_views")
    if converts and syncs:
        raise UsageError("--convert-views writes new models, and --sync only edits the YAML that is there")
    return converts


def run_generation(
    address: str, wanted: ObjectFilter, how: GenerationOptions, options: ProjectOptions, converts: bool
) -> tuple[Generation, Conversion | None]:
    """Generate for the objects at an address, with or without conversion."""
    if converts:
        from dbee_dbt.project.conversion.generation import convert

        return convert(address, wanted, how, options)
    from dbee_dbt.project.generate import generate

    return generate(address, wanted, how, options), None


def is_whole(conversion: Conversion | None) -> bool:
    """True if all was converted that was asked for."""
    return conversion is None or not (conversion.not_converted or conversion.left)


def conversion_lines(conversion: Conversion | None) -> Iterator[str]:
    """What became of the views, line by line; nothing where nobody asked for them."""
    if conversion is None:
        return
    yield f"views converted: {conversion.converted} of {conversion.converted + len(conversion.not_converted)}"
    yield from _listed("not converted", map(_placed, conversion.not_converted))
    left = (f"{one.name} in {one.view}, line {one.line}: it is not among --objects" for one in conversion.left)
    yield from _listed("left as written", left)
    if conversion.of_system:
        yield f"left as written: {counted(conversion.of_system, 'name')} of the system's own databases"


def _placed(refusal: Refusal) -> str:
    return f"{refusal.file}:{refusal.line}: {refusal.what}" if refusal.file is not None else refusal.what


def _listed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    shown = [visible(line) for line in lines]
    yield from (f"{heading}: {line}" for line in shown[:_NAMED])
    if len(shown) > _NAMED:
        yield f"{heading}: {len(shown) - _NAMED} more"
