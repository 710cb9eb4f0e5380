"""From an address to a Catalog."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path

from dbee_dbt.catalogs.address import Address, parse_address, system_of
from dbee_dbt.catalogs.nearest import nothing_matched
from dbee_dbt.model.catalog import Catalog, Look, ObjectFilter, Scope
from dbee_dbt.model.errors import NothingMatchedError
from dbee_dbt.model.plural import counted
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
    if databases is not None:
        return load_scope(address_text, Scope((Look(wanted, tuple(databases)),)), options)
    catalog = _live(address, wanted, options) if address.form == "td" else _meant(_stored(address, options), wanted)
    if not catalog.objects:
        raise NothingMatchedError(
            "no object matches", subject=" ".join(wanted.include) or address.text, hint="Check --objects."
        )
    return catalog


def load_scope(address_text: str, scope: Scope, options: ProjectOptions) -> Catalog:
    """Read what a catalog holds of a scope, also where that is nothing.

    Args:
        address_text: the address as written; ``""`` for the active target.
        scope: where another catalog looked, or what a caller knows of; nothing of it has to exist.
        options: which dbt project, profile and target; its variables also fill the placeholders of DDL files.

    Raises:
        DbeeError: as :func:`load_catalog`, but for NothingMatchedError.
    """
    address = parse_address(address_text)
    if address.form == "td":
        return _live(address, scope, options)
    return reduce(Catalog.narrowed, scope.looks, _stored(address, options))


def _stored(address: Address, options: ProjectOptions) -> Catalog:
    """The whole catalog of a folder or of a file."""
    if address.form == "dir":
        from dbee_dbt.catalogs.folder import read_folder

        return read_folder(Path(address.name), address=address.text, values=options.variables)
    from dbee_dbt.catalogs.saved import read_catalog

    return read_catalog(Path(address.name), address=address.text)


def _live(address: Address, wanted: ObjectFilter | Scope, options: ProjectOptions) -> Catalog:
    from msgspec.structs import replace

    from dbee_dbt.catalogs.live import read_live
    from dbee_dbt.configuration.environments import read_environments
    from dbee_dbt.session.connect import open_session
    from dbee_dbt.session.profile import load_target, macro_variables

    system = system_of(address, options.target, read_environments(options.root, options.config))
    options = replace(options, target=system.target)
    target = load_target(options)
    name = system.environment.name if system.environment else target.name
    with open_session(target) as session:
        return read_live(
            session, wanted, address=f"td:{name}", variables=macro_variables(options), environment=system.environment
        )


def _meant(read: Catalog, wanted: ObjectFilter) -> Catalog:
    kept = read.narrowed(Look(wanted))
    if not kept.objects:
        raise nothing_matched(_why_nothing(read), wanted, read.databases, None if wanted.include else read.address)
    return kept


def _why_nothing(read: Catalog) -> str:
    """That nothing matches; and if statements could not be read, where the first of them is."""
    if not read.refusals:
        return "no object matches"
    first, count = read.refusals[0], len(read.refusals)
    place = f"{first.file}:{first.line}: " if first.file else ""
    return f"no object matches, and {counted(count, 'statement')} could not be read: {place}{first.what}"
