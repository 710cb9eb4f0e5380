"""``dbee-dbt generate-models --sync``: the YAML of the project in line with the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dbee_dbt.cli.options import echo_error
from dbee_dbt.model.errors import UsageError
from dbee_dbt.model.plural import counted
from dbee_dbt.report.terminal import visible

if TYPE_CHECKING:
    from dbee_dbt.model.catalog import ObjectFilter
    from dbee_dbt.project.generate import GenerationOptions
    from dbee_dbt.project.sync import Sync
    from dbee_dbt.project.yaml.merge import Note
    from dbee_dbt.project.yaml.merge_files import Merged
    from dbee_dbt.session.options import ProjectOptions

Command = TypeVar("Command", bound=Callable[..., Any])
_NAMED = 20  # so many things of a kind are named; the rest is counted


def sync_options(command: Command) -> Command:
    """Add ``--sync --check --diff --prune --inherit-descriptions``."""
    for option in (
        click.option(
            "--inherit-descriptions",
            is_flag=True,
            help="With --sync: columns without a description take that of the column they come from.",
        ),
        click.option("--prune", is_flag=True, help="With --sync: take away what the database no longer has."),
        click.option("--diff", is_flag=True, help="Show what --sync would change, and write nothing."),
        click.option("--check", is_flag=True, help="As --diff; exit with 1 where something would change."),
        click.option(
            "--sync", is_flag=True, help="Bring the YAML that is there in line with the database; write no SQL."
        ),
    ):
        command = option(command)
    return command


def sync_wanted(given: dict[str, Any]) -> bool:
    """True where the YAML that is there is meant.

    Raises:
        UsageError: the options contradict one another.
    """
    wanted = bool(given["sync"] or given["check"] or given["diff"])
    for option, name in (("--prune", "prune"), ("--inherit-descriptions", "inherit_descriptions")):
        if given[name] and not wanted:
            raise UsageError(f"{option} says how to --sync", hint=f"Say --sync {option}.")
    if wanted and given["overwrite"]:
        raise UsageError("--overwrite replaces files, and --sync edits them", hint="Say one of the two.")
    return wanted


def run_sync(
    address: str, wanted: ObjectFilter, how: GenerationOptions, options: ProjectOptions, given: dict[str, Any]
) -> None:
    """Bring the YAML in line, or show what would become of it; exits with 1 for a verdict."""
    from dbee_dbt.project.sync import diff_lines, find_sync, write_sync

    found = find_sync(address, wanted, how, options, prune=given["prune"], inherit=given["inherit_descriptions"])
    shows = given["check"] or given["diff"]
    if not shows and not given["dry_run"]:
        write_sync(found, options.root)
    for line in diff_lines(found) if shows else ():
        click.echo(visible(line))
    for line in _lines(found, shows or given["dry_run"]):
        click.echo(line, err=shows)
    for error in found.refusals:
        echo_error(str(error))
    changed = given["check"] and any(found.changes)
    if changed or any(found.refusals) or found.generation.summary.not_read:
        raise SystemExit(1)


def _lines(found: Sync, would: bool) -> Iterator[str]:
    changed = list(found.changes)
    for each in changed:
        yield f"{visible(each.path)}: {'would be ' if would else ''}{_what(each)}"
    if not changed:
        refused = any(found.refusals)
        yield "nothing else to change" if refused else "the YAML is in line with the database"
    yield from _listed(
        "no longer in the database (--prune takes it away)", _places(found.files, "no longer there", would)
    )
    yield from _listed("left alone", _places(found.files, "kept", would))
    others = [visible(name) for name in found.not_followed]
    yield from _listed("models left alone, since their SQL is not what would be generated", others)
    for reason in found.generation.summary.not_read[:_NAMED]:
        yield f"not read: {visible(reason)}"


def _what(each: Merged) -> str:
    counts = Counter(note.what for note in each.notes if note.what not in ("no longer there", "kept"))
    changes = ", ".join(_counted(what, count) for what, count in counts.items())
    return f"{'written' if each.before is None else 'changed'} ({changes})"


def _counted(what: str, count: int) -> str:
    """``2 columns added``."""
    noun, _, verb = what.rpartition(" ")
    return f"{counted(count, noun or 'entry')} {verb}"


def _places(files: tuple[Merged, ...], what: str, would: bool) -> list[str]:
    return [_place(each, note, would) for each in files for note in each.notes if note.what == what]


def _place(each: Merged, note: Note, would: bool) -> str:
    """Where something stands: in the file as it is now."""
    line = note.line if would or note.line_after is None else note.line_after
    why = f": {note.why}" if note.why else ""
    return visible(f"{each.path}:{line}: {note.subject}{why}")


def _listed(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f"{what}: {len(names)}"
        yield from (f"  {name}" for name in names[:_NAMED])
    if len(names) > _NAMED:
        yield f"  … and {len(names) - _NAMED} more"
