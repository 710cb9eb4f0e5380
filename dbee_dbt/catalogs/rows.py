"""The rows that the dictionary macros return, and the same rows for a catalog from anywhere."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from dbee_dbt.model.catalog import Catalog

Row = dict[str, Any]


class Rows(Struct, frozen=True, kw_only=True):
    """Dictionary rows by facet, each a list of dictionaries as the macro ``dbee_dictionary_FACET`` returns it.

    Keys of each row (None stands for unknown or absent):

    - databases: name, kind, owner, perm, spool, temporary, account, fallback, before_journal, after_journal, map,
      comment, creator, created, altered_by, altered
    - relations: database, name, kind, set_kind, queue, on_commit, fallback, before_journal, after_journal, map,
      comment, creator, created, altered_by, altered, version
    - columns: database, relation, name, position, type, nullable, default, format, title, uppercase, case_specific,
      compress, identity, comment
    - indexes: database, relation, number, name, form, unique, columns, key, order_by
    - partitioning: database, relation, levels
    - references: database, relation, name, columns, parent_database, parent_relation, parent_columns
    - checks: database, relation, name, column, expression
    - texts: database, name, kind, text
    """

    databases: list[Row] = []
    relations: list[Row] = []
    columns: list[Row] = []
    indexes: list[Row] = []
    partitioning: list[Row] = []
    references: list[Row] = []
    checks: list[Row] = []
    texts: list[Row] = []


def rows(catalog: Catalog) -> Rows:
    """The dictionary rows of a catalog, as if its objects stood in a system."""
    raise NotImplementedError
