"""A Catalog from a folder of DDL files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from dbee_dbt.catalogs.encodings import read_text
from dbee_dbt.ddl.assemble import assemble
from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.model.catalog import Catalog, Defaults, Look, Scope, catalog_of
from dbee_dbt.model.errors import AddressError, ConfigurationError, EncodingError
from dbee_dbt.model.plural import counted

EXTENSIONS = frozenset(
    """
    .sql .ddl .btq .bteq .bteqsql .tbl .tab .table .viw .vw .view .mac .mcr .macro .prc .proc .sp .spl .procedure
    .fnc .fn .udf .function .trg .trigger .jix .ji .hix .idx .index .db .dbs .database .usr .user .cmt .comment .td
    """.split()
)
"""Endings, without case, of the files that are read; docs/catalogs.md lists them."""

UNTOLD = ("database", "user")
"""Kinds of objects that exist although most folders of DDL do not define them."""


def read_folder(
    folder: Path,
    *,
    address: str,
    values: Mapping[str, Any] | None = None,
    defaults: Defaults = Defaults(),  # noqa: B008 - a frozen struct
) -> Catalog:
    """Read every DDL file of a folder and of those in it; hidden ones are passed over.

    Its scope are the databases that it names: it says nothing of others.

    Args:
        folder: the folder.
        address: as the user wrote it.
        values: what stands for each placeholder ``${NAME}`` in the files.
        defaults: what absent clauses mean; DDL files alone do not tell.

    Raises:
        AddressError: there is no such folder, or no file of DDL in it.
        EncodingError: a file cannot be read as text; with the number of others.
        ConfigurationError: a placeholder has no value.
        DdlError: a statement that has to be read cannot be.
        DuplicateObjectError: one object stands in two places.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, it answers for a name that is too long
        raise _no_folder(folder, address)
    files, others = ddl_files(folder)
    if not files:
        raise AddressError(
            f"no file of DDL lies in the folder ({counted(len(others), 'other file')})",
            subject=address,
            hint=f"Files with these endings are read: {' '.join(sorted(EXTENSIONS))}",
        )
    scripts = [(str(path), _filled(text, str(path), values or {})) for path, text in _texts(files)]
    found = assemble(scripts)
    catalog = catalog_of(address, found.objects, defaults=defaults, refusals=tuple(found.refusals))
    return replace(
        catalog,
        scope=Scope((Look(databases=catalog.databases),)),
        untold=UNTOLD,
        skipped=tuple(str(path) for path in others),
        counted=found.counted,
    )


def _no_folder(folder: Path, address: str) -> AddressError:
    if not os.path.isfile(folder):  # noqa: PTH113 - as above
        hint = "Check the path; one that begins with no / starts at the working folder."
        return AddressError("there is no such folder", subject=address, hint=hint)
    if folder.name.lower().endswith((".json", ".json.gz")):
        hint = f"If it is a saved catalog, write file:{folder}"
    else:
        hint = f"Name the folder that the file lies in: dir:{folder.parent}"
    return AddressError("this is a file and no folder", subject=address, hint=hint)


def ddl_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files with one of the endings, and the others; each list sorted. Links to folders are not followed."""
    found: tuple[list[Path], list[Path]] = ([], [])
    for path, is_read in walk_files(folder):
        found[not is_read].append(path)
    return found


def walk_files(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Every file of a folder and of those in it, sorted folder by folder, and whether its ending is that of DDL.

    Hidden ones are passed over, and links to folders not followed.

    Raises:
        EncodingError: a folder cannot be opened.
    """
    folders = [folder]
    while folders:
        inner = []
        for entry in _entries(folders.pop()):
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif not (entry.is_symlink() and path.is_dir()):
                yield path, path.suffix.lower() in EXTENSIONS and not _is_special(entry)
        folders += reversed(inner)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder and is not hidden, by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=attrgetter("name"))
    except OSError as error:
        hint = "Check that you may look into it."
        raise EncodingError(f"the folder cannot be opened: {error.strerror}", file=str(folder), hint=hint) from error


def _is_special(entry: os.DirEntry[str]) -> bool:
    """True for a pipe, a socket or a device, which may never end; a link that leads nowhere is refused when read."""
    try:
        return not entry.is_file() and not stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False


def _texts(files: list[Path]) -> Iterator[tuple[Path, str]]:
    refused: list[EncodingError] = []
    for path in files:
        try:
            yield path, read_text(path)
        except EncodingError as error:
            refused.append(error)
    if refused:
        first, rest = refused[0], len(refused) - 1
        more = f" ({rest} more cannot be read)" if rest else ""
        raise EncodingError(first.what + more, file=first.file, line=first.line, hint=first.hint)


def _filled(text: str, file: str, values: Mapping[str, Any]) -> str:
    """The text with its placeholders ``${NAME}`` filled in, but for those in strings and comments."""
    if "${" not in text:
        return text
    pieces = []
    for token in tokenize(text):
        if token.kind == "placeholder" and token.text.startswith("${"):
            name = token.text[2:-1].strip()
            if name not in values:
                raise _without_value(name, file, text.count("\n", 0, token.start) + 1)
            pieces.append(str(values[name]))
        else:
            pieces.append(token.text)
    return "".join(pieces)


def _without_value(name: str, file: str, line: int) -> ConfigurationError:
    return ConfigurationError(
        f"the placeholder ${{{name}}} has no value",
        file=file,
        line=line,
        hint=f"Give it one: --vars '{{{name}: DEV_}}' (or '' for none).",
    )
