"""A Catalog in a file: JSON, compressed where the name ends in ``.gz``."""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt import __version__
from dbee_dbt.ddl.secrets import mask
from dbee_dbt.files import write_bytes
from dbee_dbt.model.catalog import Catalog, Defaults, Refusal, Scope, catalog_of
from dbee_dbt.model.errors import AddressError, DuplicateObjectError, SavedCatalogError
from dbee_dbt.model.objects import CatalogObject, CodeObject, Table, View, shown_name

SCHEMA_VERSION = 4
SUFFIXES = (".json", ".json.gz")


class SavedCatalog(Struct, frozen=True, kw_only=True):
    """What the file holds.

    Args:
        schema_version: of this layout; a reader takes its own alone, since another would lose a part without a word.
        written_by: version of dbee-dbt that wrote it.
        address: where the catalog came from.
        scope: where was looked.
        untold: kinds of objects that its source never tells all of.
        counted: statements of DDL files that define nothing a catalog holds, by kind.
        defaults: what absent clauses mean in it.
        refusals: what could not be placed when it was read.
        partial: True where only what a user may see was read.
        objects: in the order in which they were read.
    """

    schema_version: int
    written_by: str
    address: str
    scope: Scope
    untold: tuple[str, ...] = ()
    counted: dict[str, int] = {}
    defaults: Defaults
    refusals: tuple[Refusal, ...]
    partial: bool
    objects: tuple[CatalogObject, ...]


class _Version(Struct):
    """Only the version; for reading what another version wrote."""

    schema_version: int
    written_by: str = "an unknown version"


def write_catalog(catalog: Catalog, path: Path) -> None:
    """Save a catalog, whole or not at all; secrets in source texts are masked.

    Args:
        catalog: what to save.
        path: the file; ``.json`` for readable text, ``.json.gz`` for a compressed one.

    Raises:
        AddressError: the path has another ending.
        SavedCatalogError: the file cannot be written.
    """
    check_suffix(path)
    saved = SavedCatalog(
        schema_version=SCHEMA_VERSION,
        written_by=__version__,
        address=catalog.address,
        scope=catalog.scope,
        untold=catalog.untold,
        counted=catalog.counted,
        defaults=catalog.defaults,
        refusals=tuple(replace(refusal, text=mask(refusal.text)) for refusal in catalog.refusals),
        partial=catalog.partial,
        objects=tuple(_without_secrets(found) for found in catalog),
    )
    content = _encoded(saved, path)
    if _is_compressed(path):
        content = gzip.compress(content, mtime=0)
    else:
        content = msgspec.json.format(content, indent=1) + b"\n"
    try:
        write_bytes(path, content)
    except OSError as error:
        raise SavedCatalogError(f"the catalog cannot be written: {error.strerror}", file=str(path)) from error


def _encoded(saved: SavedCatalog, path: Path) -> bytes:
    try:
        return msgspec.json.encode(saved)
    except UnicodeEncodeError as error:  # bytes of a file's name that are no UTF-8
        what = f"the catalog cannot be written: {error.object!r} is no Unicode text"
        hint = "Rename the file that is called so."
        raise SavedCatalogError(what, file=str(path), hint=hint) from error


def _without_secrets(found: CatalogObject) -> CatalogObject:
    if isinstance(found, View) and found.text is not None:
        return replace(found, text=mask(found.text))
    if not isinstance(found, CodeObject) or found.text is None:
        return found
    clauses = tuple(replace(clause, value=mask(clause.value)) for clause in found.clauses)
    return replace(found, text=mask(found.text), clauses=clauses)


def read_catalog(path: Path, *, address: str | None = None) -> Catalog:
    """Read a saved catalog.

    Args:
        path: the file.
        address: as the user wrote it; the path by default.

    Returns:
        the catalog, as it was saved.

    Raises:
        AddressError: there is no such file, or its name has another ending.
        SavedCatalogError: the file is damaged, no saved catalog, or of another schema version.
    """
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir, it answers for a name that is too long
        raise AddressError("this is a folder and no saved catalog", file=str(path), hint=f"Write dir:{path}")
    check_suffix(path)
    content = _content(path)
    _check_version(content, path)
    try:
        saved = msgspec.json.decode(content, type=SavedCatalog)
    except msgspec.ValidationError as error:
        raise SavedCatalogError(f"the saved catalog is damaged: {error}", file=str(path), hint=_AGAIN) from error
    for found in saved.objects:
        _check_names(found, path)
    try:
        catalog = catalog_of(address or f"file:{path}", saved.objects, defaults=saved.defaults, refusals=saved.refusals)
    except DuplicateObjectError as error:
        raise SavedCatalogError(
            "the object is in the saved catalog twice", subject=error.subject, file=str(path), hint=_AGAIN
        ) from error
    return replace(catalog, scope=saved.scope, untold=saved.untold, counted=saved.counted, partial=saved.partial)


def _check_names(found: CatalogObject, path: Path) -> None:
    """Refuse what no database holds, and only somebody who edited the file can have written."""
    what = None
    if not found.name:
        what = "an object has no name"
    elif isinstance(found, Table) and len({column.name for column in found.columns}) < len(found.columns):
        what = "the table has a column twice"
    if what:
        raise SavedCatalogError(what, subject=shown_name(found), file=str(path), hint=_AGAIN)


_AGAIN = "Save it again with dbee-dbt save."


def check_suffix(path: Path) -> None:
    """Raise an AddressError unless the name is that of a saved catalog."""
    if not path.name.lower().endswith(SUFFIXES):
        hint = "Give the file one of these endings."
        raise AddressError("a saved catalog is a .json or .json.gz file", file=str(path), hint=hint)


def _is_compressed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        hint = "Check the path, or make the file with dbee-dbt save."
        raise AddressError(
            f"the saved catalog cannot be opened: {error.strerror}", file=str(path), hint=hint
        ) from error
    if not _is_compressed(path):
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SavedCatalogError(f"the compressed file is damaged: {error}", file=str(path), hint=_AGAIN) from error


def _check_version(content: bytes, path: Path) -> None:
    try:
        found = msgspec.json.decode(content, type=_Version)
    except msgspec.ValidationError as error:
        raise SavedCatalogError("this is no saved catalog", file=str(path), hint=_AGAIN) from error
    except msgspec.DecodeError as error:
        raise SavedCatalogError(f"the saved catalog is damaged: {error}", file=str(path), hint=_AGAIN) from error
    if found.schema_version != SCHEMA_VERSION:
        age = "newer" if found.schema_version > SCHEMA_VERSION else "older"
        raise SavedCatalogError(
            f"the saved catalog has the {age} schema version {found.schema_version} (written by dbee-dbt "
            f"{found.written_by}); this one reads version {SCHEMA_VERSION}",
            file=str(path),
            hint="Upgrade dbee-dbt." if age == "newer" else _AGAIN,
        )
