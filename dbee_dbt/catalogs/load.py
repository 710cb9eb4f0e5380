"""From an address to a Catalog."""

from __future__ import annotations

from collections.abc import Iterable

from dbee_dbt.catalogs.address import parse_address
from dbee_dbt.model.catalog import Catalog, ObjectFilter
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
        options: which dbt project, profile and target.
        databases: narrows a live read to these databases (and what ``wanted`` keeps of them); None: those that
            ``wanted`` could mean.

    Raises:
        AddressError, ConfigurationError, ConnectionFailedError, DatabaseQueryError, SavedCatalogError, EncodingError,
        DdlError, DuplicateObjectError: whatever keeps the catalog from being read.
        NothingMatchedError: nothing that is meant exists there.
    """
    parse_address(address_text)
    raise NotImplementedError
