"""From an address to a Catalog."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dbee_dbt.catalogs.address import Address, parse_address, target_of
from dbee_dbt.catalogs.nearest import nothing_matched
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.errors import NothingMatchedError
from dbee_dbt.model.names import fold
from dbee_dbt.session.options import ProjectOptions


def load_catalog(
    address_text: str,
    wanted: ObjectFilter,
    options: ProjectOptions,
    databases: Iterable[str] | None = None,
) -> Catalog:
    """Read the catalog that an address names.

    Args:
        address_text: the address as written; ``""`` for the active target.
        wanted: the objects that are meant.
        options: which dbt project, profile and target; its variables also fill the placeholders of DDL files.
        databases: narrows the read to these databases (and what ``wanted`` keeps of them), as far as they exist;
            None: those that ``wanted`` could mean.

    Raises:
        AddressError, ConfigurationError, ConnectionFailedError, DatabaseQueryError, SavedCatalogError, EncodingError,
        DdlError, DuplicateObjectError: whatever keeps the catalog from being read.
        NothingMatchedError: nothing that is meant exists there; not where ``databases`` were given.
    """
    address = parse_address(address_text)
    names = None if databases is None else tuple(databases)
    catalog = _read(address, _naming(wanted, names), options, names)
    if not catalog.objects and names is None:
        raise NothingMatchedError(
            "no object matches", subject=" ".join(wanted.include) or address.text, hint="Check --objects."
        )
    return catalog


def _naming(wanted: ObjectFilter, databases: tuple[str, ...] | None) -> ObjectFilter:
    """A filter that names these databases where it names none: one of the system's is meant when a caller names it."""
    if databases is None or wanted.include:
        return wanted
    patterns = tuple('"' + name.replace('"', '""') + '"' for name in databases)
    return ObjectFilter(include=patterns, exclude=wanted.exclude)


def _read(
    address: Address, wanted: ObjectFilter, options: ProjectOptions, databases: tuple[str, ...] | None
) -> Catalog:
    match address.form:
        case "td":
            return _live(address, wanted, options, databases)
        case "dir":
            from dbee_dbt.catalogs.folder import read_folder

            folder = read_folder(Path(address.name), address=address.text, values=options.variables)
            return _meant(folder, wanted, databases)
        case "file":
            from dbee_dbt.catalogs.saved import read_catalog

            saved = read_catalog(Path(address.name), address=address.text)
            return _meant(saved, wanted, databases)


def _live(
    address: Address, wanted: ObjectFilter, options: ProjectOptions, databases: tuple[str, ...] | None
) -> Catalog:
    from msgspec.structs import replace

    from dbee_dbt.catalogs.live import read_live
    from dbee_dbt.session.connect import open_session
    from dbee_dbt.session.profile import load_target, macro_variables

    options = replace(options, target=target_of(address, options.target))
    target = load_target(options)
    with open_session(target) as session:
        return read_live(
            session,
            wanted,
            address=f"td:{target.name}",
            variables=macro_variables(options),
            databases=databases,
        )


def _meant(read: Catalog, wanted: ObjectFilter, databases: tuple[str, ...] | None) -> Catalog:
    kept = _narrowed(read.select(wanted), databases)
    if not kept.objects and databases is None:
        raise nothing_matched(_why_nothing(read), wanted, read.databases, None if wanted.include else read.address)
    return kept


def _why_nothing(read: Catalog) -> str:
    """That nothing matches; and if statements could not be read, where the first of them is."""
    if not read.refusals:
        return "no object matches"
    first, count = read.refusals[0], len(read.refusals)
    place = f"{first.file}:{first.line}: " if first.file else ""
    return f"no object matches, and {count} statement{'s' if count > 1 else ''} could not be read: {place}{first.what}"


def _narrowed(catalog: Catalog, databases: tuple[str, ...] | None) -> Catalog:
    if databases is None:
        return catalog
    from msgspec.structs import replace

    names = {fold(name) for name in databases}
    kept = {key: found for key, found in catalog.objects.items() if fold(found.database) in names}
    return replace(catalog, objects=kept)
