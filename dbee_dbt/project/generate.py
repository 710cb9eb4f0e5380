"""dbt sources and staging models from a catalog: the text comes from the dbt macros in ``generators/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

from msgspec import Struct, convert
from msgspec.structs import asdict, replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.catalogs.address import parse_address, system_of
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.catalogs.rows import Row, rows, unknown_primary_indexes
from dbee_dbt.configuration.environments import read_environments
from dbee_dbt.model.catalog import Catalog, ObjectFilter, Refusal
from dbee_dbt.model.environment import names_by_target
from dbee_dbt.model.errors import GenerationError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Database, ObjectKey
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import macro_variables

DatabaseNaming = Callable[[str], dict[str, str]]
"""What a database is called, by target of dbt."""

Materialized = Literal["view", "table"]
Case = Literal["keep", "lower", "upper"]
Test = Literal["unique", "not_null", "relationships", "accepted_values"]
Access = Literal["private", "protected", "public"]


class GenerationOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How models are generated; docs/generate.md describes each.

    Args:
        into: folder of the models in the dbt project, with ``/``.
        prefix: what a model's name begins with; ASCII letters, digits and underscores.
        materialized: how dbt builds the models; as tables they get the index, partitioning and kind of what they read.
        case: of model names, folders and the models' columns; names in the database stay as they are.
        tests: which tests follow from the constraints of tables.
        columns: rules that rename, trim and cast the columns of models; of each, the first that fits.
        surrogate_keys: a key of one column where the table's has several.
        snapshots: dbt snapshots of the tables that keep history, ``{tables, updated_at}``; None for none.
        layers: rules of the models behind staging.
        contract, group, access, version: what dbt holds the staging models to; a layer's rule says its own.
        unit_tests: skeletons of unit tests of the staging models.
    """

    into: str = "models/staging"
    prefix: str = "stg_"
    materialized: Materialized = "view"
    case: Case = "keep"
    tests: tuple[Test, ...] = ("unique", "not_null", "relationships", "accepted_values")
    columns: tuple[dict[str, Any], ...] = ()
    surrogate_keys: bool = False
    snapshots: dict[str, Any] | None = None
    layers: tuple[dict[str, Any], ...] = ()
    contract: bool = False
    group: dict[str, Any] | None = None
    access: Access | None = None
    version: int | None = None
    unit_tests: bool = False

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders in which files come to lie."""
        return (self.into, *dict.fromkeys(rule["into"] for rule in self.layers if rule["into"] != self.into))


class GeneratedFile(Struct, frozen=True):
    """One generated file.

    Args:
        path: below the dbt project, with ``/``.
        text: the whole content.
    """

    path: str
    text: str


class GeneratedNode(Struct, frozen=True):
    """A model, snapshot or source of dbt that a generated file defines.

    Args:
        kind: ``model``, ``snapshot`` or ``source``.
        name: the model's name, or ``SOURCE.TABLE``.
        path: the file's, below the dbt project.
    """

    kind: Literal["model", "snapshot", "source"]
    name: str
    path: str


class GeneratedName(Struct, frozen=True, kw_only=True):
    """What a table or view of the database is called in the project.

    Args:
        database, name: of the object.
        source, table: by which ``source()`` finds it, where it is one.
        model: of its model, where it gets one.
        path: of that model's file, below the dbt project.
        converted: its model has its own text, and no source.
        settings: of a table, how it lies in the database, as ``(setting of dbt-teradata, text)``.
    """

    database: str
    name: str
    source: str
    table: str
    model: str
    path: str
    converted: bool = False
    settings: tuple[tuple[str, str], ...] = ()


class Skipped(Struct, frozen=True):
    """Objects that were meant and get no model: how many of what, and why."""

    what: str
    why: str
    count: int


class GenerationSummary(Struct, frozen=True, kw_only=True):
    """What the files hold.

    Args:
        tables, views, columns: how many have a model.
        untyped: columns whose type is not known; they have no ``data_type``.
        untested: columns whose tests are left out, because dbt cannot test a column of such a name.
        unrenamed: columns that keep their name, because another has the one they would get.
        skipped: what is not generated.
        not_read: what could not be read, each with its place or the database's reason.
        notes: what may name a database that the environment calls otherwise, and stands as it was written.
    """

    tables: int
    views: int
    columns: int
    untyped: int
    untested: int
    unrenamed: int
    skipped: tuple[Skipped, ...]
    not_read: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Generation(Struct, frozen=True):
    """Everything that is generated from a catalog; nothing of it is written yet."""

    files: tuple[GeneratedFile, ...]
    nodes: tuple[GeneratedNode, ...]
    summary: GenerationSummary
    names: tuple[GeneratedName, ...] = ()


def generation_options(given: Mapping[str, Any], options: ProjectOptions) -> GenerationOptions:
    """The options in full: what is given, else what ``vars: dbee: generate:`` of the project says, else the defaults.

    Args:
        given: options by name; None stands for not given.
        options: which dbt project.

    Raises:
        MacroError: an option is not known, or its value is not one that it takes.
        ConfigurationError: dbt_project.yml cannot be used.
    """
    found = Bridge(variables=macro_variables(options)).call("dbee_generation_options", dict(given))
    return convert(found, GenerationOptions)


def generate(address: str, wanted: ObjectFilter, how: GenerationOptions, options: ProjectOptions) -> Generation:
    """Generate sources and staging models for the objects at an address.

    Args:
        address: a catalog address; ``""`` for the active target.
        wanted: the objects that are meant.
        how: names and materialization.
        options: which dbt project and target.

    Raises:
        GenerationError: no table and no view is among what is meant.
        DbeeError: whatever keeps the catalog from being read, or nothing matches.
    """
    return generated_from(load_catalog(address, wanted, options), how, naming_of(address, options))


def naming_of(address: str, options: ProjectOptions) -> DatabaseNaming | None:
    """How the targets of dbt call the databases; None where they are not read through an environment."""
    found = parse_address(address)
    if found.form != "td":
        return None
    environments = read_environments(options.root, options.config)
    read = system_of(found, options.target, environments).environment
    return None if read is None else partial(names_by_target, read=read, environments=environments.values())


def generated_from(
    catalog: Catalog,
    how: GenerationOptions,
    naming: DatabaseNaming | None = None,
    converted: frozenset[ObjectKey] | None = None,
) -> Generation:
    """Generate sources and staging models for all tables and views of a catalog.

    Args:
        catalog: what to read.
        how: names and materialization.
        naming: what a database is called, by target of dbt; None where it is called the same everywhere.
        converted: views that are no sources; the text of their models is left empty, to be filled by who converts them.
            None: nothing is converted, and what objects are called is not told.

    Raises:
        GenerationError: the catalog holds no table and no view with known columns.
    """
    found = _rows(catalog, naming, converted)
    made = convert(Bridge().call("dbee_generation", found, asdict(how)), Generation)
    summary = replace(made.summary, not_read=tuple(map(_placed, catalog.refusals)), notes=catalog.notes)
    if not made.files:
        raise GenerationError(f"no model can be generated: {_why(summary)}", subject=catalog.address)
    _check_distinct(made.files)
    return replace(made, summary=summary)


def _rows(catalog: Catalog, naming: DatabaseNaming | None, converted: frozenset[ObjectKey] | None) -> Mapping[str, Any]:
    found = rows(catalog)
    databases = [*found.databases, *_databases(catalog)]
    return {
        "asked": any(each.origin.source == "dictionary" for each in catalog),
        "databases": [{**row, "targets": naming(row["name"])} for row in databases] if naming else databases,
        "named": converted is not None,
        "relations": [_marked(row, converted) for row in found.relations] if converted else found.relations,
        "columns": found.columns,
        "indexes": [*found.indexes, *unknown_primary_indexes(catalog)],
        "partitioning": found.partitioning,
        "references": found.references,
        "checks": found.checks,
    }


def _marked(row: Row, converted: frozenset[ObjectKey]) -> Row:
    return {**row, "converted": ObjectKey(row["kind"], fold(row["database"]), fold(row["name"])) in converted}


def _databases(catalog: Catalog) -> Iterator[Row]:
    """Databases that objects lie in and that are not meant themselves: only what a table's options rest on."""
    meant = {fold(found.name) for found in catalog if isinstance(found, Database)}
    for name in catalog.databases:
        if fold(name) not in meant:
            yield {"name": name, "fallback": catalog.defaults.fallback.get(fold(name)), "comment": None}


def _placed(refusal: Refusal) -> str:
    return f"{refusal.file}:{refusal.line}: {refusal.what}" if refusal.file is not None else refusal.what


def _why(summary: GenerationSummary) -> str:
    reasons = [f"{found.count} {found.what} ({found.why})" for found in summary.skipped]
    if summary.not_read:
        reasons.append(f"not read: {summary.not_read[0]}")
    return "; ".join(reasons) or "nothing is there"


def _check_distinct(files: tuple[GeneratedFile, ...]) -> None:
    """No file may overwrite another, also where the file system ignores case."""
    seen: dict[str, str] = {}
    for file in files:
        other = seen.setdefault(file.path.lower(), file.path)
        if other is not file.path:
            raise GenerationError(
                "two objects get the same file",
                subject=file.path,
                hint="Leave one of them out with --exclude-objects.",
            )
