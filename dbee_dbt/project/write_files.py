"""Generated files into a dbt project: what is there stays, unless it may be replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from dbee_dbt.files import write_text
from dbee_dbt.model.errors import GenerationError
from dbee_dbt.project.generate import GeneratedFile

Outcome = Literal["written", "replaced", "unchanged", "kept"]


class Written(Struct, frozen=True):
    """What became of one file.

    Args:
        path: below the dbt project, with ``/``.
        outcome: ``written`` (it was not there), ``replaced`` (it differed), ``unchanged`` (it was there, equal) or
            ``kept`` (it is there and differs).
    """

    path: str
    outcome: Outcome


def write_files(
    files: Iterable[GeneratedFile], root: Path, *folders: str, overwrite: bool = False, dry_run: bool = False
) -> tuple[Written, ...]:
    """Write files into folders of a dbt project, each whole or not at all.

    Args:
        files: what to write.
        root: the dbt project.
        folders: the folders below it that no file may leave, also not through a link.
        overwrite: replace files that differ; else they are kept.
        dry_run: write nothing, only say what would become of each.

    Raises:
        GenerationError: the folder cannot be written, or a file would come to lie outside of it.
    """
    inside = cache(partial(_check_inside, folders=tuple((root / folder).resolve() for folder in folders)))
    return tuple(_write(file, root, inside, overwrite, dry_run) for file in files)


def _write(file: GeneratedFile, root: Path, check: Callable[[Path], None], overwrite: bool, dry_run: bool) -> Written:
    path = root / file.path
    try:
        check(path.parent)
        outcome = _outcome(path, file.text, overwrite)
        if outcome in ("written", "replaced") and not dry_run:
            write_text(path, file.text, durable=False)
    except OSError as error:
        raise GenerationError(f"the file cannot be written: {error.strerror}", file=str(path)) from error
    return Written(file.path, outcome)


def _check_inside(parent: Path, folders: tuple[Path, ...]) -> None:
    place = parent.resolve()
    if not any(place.is_relative_to(folder) for folder in folders):
        raise GenerationError(
            "the files would come to lie outside of the folder for models",
            file=str(parent),
            hint="A link leads out of it: remove the link, or choose another folder with --into.",
        )


def _outcome(path: Path, text: str, overwrite: bool) -> Outcome:
    if not path.exists():
        return "written"
    if path.read_bytes() == text.encode("utf-8"):
        return "unchanged"
    return "replaced" if overwrite else "kept"


def by_folder(written: Iterable[Written]) -> Iterator[tuple[str, list[Written]]]:
    """The files of each folder, folders in the order in which they first come."""
    folders: dict[str, list[Written]] = {}
    for each in written:
        folders.setdefault(each.path.rpartition("/")[0], []).append(each)
    yield from folders.items()
