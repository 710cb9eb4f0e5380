"""A dbt project's YAML in line with the database: what generation would say, merged into what is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.bridge import Bridge
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.files import write_text
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.errors import GenerationError, ManifestError, YamlError
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import Table, View
from dbee_dbt.project.generate import (
    DatabaseNaming,
    Generation,
    GenerationOptions,
    GenerationSummary,
    generated_from,
    naming_of,
)
from dbee_dbt.project.inherit import Inheritance, Relations, by_every_name, source_descriptions
from dbee_dbt.project.manifest import load_manifest
from dbee_dbt.project.own_relations import Own, own_relations
from dbee_dbt.project.settings import ProjectSettings, read_settings
from dbee_dbt.project.yaml.merge import Policy
from dbee_dbt.project.yaml.merge_files import Existing, Merged, merge_files
from dbee_dbt.project.yaml.nodes import read, text_of
from dbee_dbt.session.options import ProjectOptions

_FOLDERS = ("model-paths", "seed-paths", "snapshot-paths")


class Sync(Struct, frozen=True):
    """What becomes of a project's YAML; nothing of it is written yet.

    Args:
        files: those that change, in which something is noted, or that are refused.
        not_followed: models that the project has with other SQL than would be generated, and whose own table or view
            was not looked at: nobody knows their columns.
        generation: what would be generated.
    """

    files: tuple[Merged, ...]
    not_followed: tuple[str, ...]
    generation: Generation

    @property
    def changes(self) -> Iterator[Merged]:
        """The files that become others."""
        return (each for each in self.files if each.changes)

    @property
    def refusals(self) -> Iterator[YamlError]:
        """What could not be brought in line."""
        return (error for each in self.files for error in each.refusals)


def find_sync(
    address: str,
    wanted: ObjectFilter,
    how: GenerationOptions,
    options: ProjectOptions,
    *,
    prune: bool = False,
    inherit: bool = False,
) -> Sync:
    """Compare a project's YAML with the database.

    Args:
        address: a catalog address; ``""`` for the active target.
        wanted: the objects that are meant.
        how: names and materialization of what is generated.
        options: which dbt project and target.
        prune: take away what the database no longer has.
        inherit: columns without a description inherit one through lineage.

    Raises:
        GenerationError: no table and no view is among what is meant.
        ConfigurationError: there is no dbt project.
        DbeeError: whatever keeps the catalog from being read, or nothing matches.
    """
    settings = read_settings(options)
    catalog = load_catalog(address, wanted, options)
    naming = naming_of(address, options)
    own = _own(options, catalog, naming)
    made = _generated(catalog, own, how, naming, named=inherit)
    files, unreadable = _yaml_files(settings)
    unread = {each.path: each.before or "" for each in unreadable}
    models = _Models(settings, made)
    existing = Existing(
        files=files,
        has_model=models.is_as_generated,
        has_table=_Tables(catalog).may_exist,
        databases=dict(_databases(catalog, naming)),
        unreadable=unread,
    )
    enriched = _inheritance(catalog, made, own, existing).file if inherit else None
    generated = {file.path: file.text for file in made.files if file.path.endswith(".yml")}
    merged = merge_files(generated, existing, Policy(_agreement(), prune=prune), own.files, enriched)
    kept = (_kept(each, settings) for each in merged if each.path not in unread)
    return Sync((*unreadable, *kept), tuple(models.others), made)


def _kept(each: Merged, settings: ProjectSettings) -> Merged:
    """A file that would be new and is there all the same, outside of the folders in which dbt looks, stays as it is."""
    if each.before is not None or not (settings.root / each.path).exists():
        return each
    what = "the file is there, in no folder of models, seeds or snapshots"
    hint = "Add its folder to model-paths, or give another --into."
    return Merged(each.path, "", "", (), (YamlError(what, file=each.path, hint=hint),))


def _own(options: ProjectOptions, catalog: Catalog, naming: DatabaseNaming | None) -> Own:
    """What dbt builds; nothing, where nobody parsed the project."""
    try:
        manifest = load_manifest(options)
    except ManifestError:
        return Own(frozenset(), ())
    return own_relations(manifest, catalog, lambda name: naming(name).values() if naming else ())


def _generated(
    catalog: Catalog, own: Own, how: GenerationOptions, naming: DatabaseNaming | None, *, named: bool
) -> Generation:
    """What would be generated of all that dbt does not build; ``named``: with what each table is called."""
    rest = {key: found for key, found in catalog.objects.items() if key not in own.objects}
    if own.objects and not any(isinstance(found, Table | View) for found in rest.values()):
        summary = GenerationSummary(tables=0, views=0, columns=0, untyped=0, untested=0, unrenamed=0, skipped=())
        return Generation((), (), summary)
    return generated_from(replace(catalog, objects=rest), how, naming, frozenset() if named else None)


def _inheritance(catalog: Catalog, made: Generation, own: Own, existing: Existing) -> Inheritance:
    databases = by_every_name(existing.databases, {name.source: name.database for name in made.names})
    staging = {(name.model, ""): (name.database, name.name) for name in made.names}
    relations = Relations(models={**staging, **own.relations}, databases=databases)
    return Inheritance(catalog, source_descriptions(existing.files, databases), relations)


def write_sync(sync: Sync, root: Path) -> None:
    """Write the files that change, each whole or not at all.

    Raises:
        GenerationError: a file cannot be written, lies outside of the project, or was changed since it was read.
    """
    for each in sync.changes:
        path = root / each.path
        if not path.resolve().is_relative_to(root.resolve()):
            hint = "A link leads out of the project: remove it, or bring the file in line by hand."
            raise GenerationError("the file lies outside of the project", file=str(path), hint=hint)
        try:
            if (path.read_bytes().decode("utf-8", "replace") if path.exists() else None) != each.before:
                hint = "Run the command again; files before it are in line already."
                raise GenerationError("the file was changed while it was worked on", file=str(path), hint=hint)
            write_text(path, each.after, durable=False)
        except OSError as error:
            raise GenerationError(f"the file cannot be written: {error.strerror}", file=str(path)) from error


def diff_lines(sync: Sync) -> Iterator[str]:
    """The unified diff of what changes, without line ends."""
    for each in sync.changes:
        name = "/dev/null" if each.before is None else each.path
        before = [] if each.before is None else _text_lines(each.before)
        yield from unified_diff(before, _text_lines(each.after), name, each.path, lineterm="")


def _text_lines(text: str) -> list[str]:
    """Lines as an editor counts them; other characters that Python takes for a line end are none."""
    return text.removesuffix("\n").split("\n")


def _agreement() -> Callable[[str, str], bool]:
    bridge = Bridge()

    @cache
    def agrees(declared: str, actual: str) -> bool:
        verdict = bridge.call("dbee_type_verdict", declared, actual)
        return verdict is None or not verdict["differs"]

    return lambda declared, actual: declared == actual or agrees(declared, actual)


def _databases(catalog: Catalog, naming: DatabaseNaming | None) -> Iterator[tuple[str, tuple[str, frozenset[str]]]]:
    """Each database by what is generated as the ``schema`` of its source."""
    bridge = Bridge()
    for name in catalog.databases:
        targets = naming(name) if naming else {}
        generated = bridge.call("dbee_source_schema", {"name": name, "row": {"targets": targets}})
        schema = text_of(read(generated, "").roots[0]) or name
        names = (name, *targets.values())
        yield schema, (name, frozenset(fold(bridge.call("dbee_dbt_name", each)) for each in names))


# --- the project -----------------------------------------------------------------------------------------------------


def _yaml_files(settings: ProjectSettings) -> tuple[dict[str, str], list[Merged]]:
    """The YAML files of a project that can describe models and sources, and those that cannot be read."""
    files: dict[str, str] = {}
    unreadable: list[Merged] = []
    for path in _found(settings, (".yml", ".yaml"), _FOLDERS):
        name = _shown(path, settings)
        try:
            content = path.read_bytes()
            files[name] = content.decode("utf-8")
        except UnicodeDecodeError:
            error = YamlError("the file is not UTF-8", file=name, hint="Save it as UTF-8; dbt reads nothing else.")
            text = content.replace(b"\0", b"").decode("latin-1")  # names in it can be told, whatever it is
            unreadable.append(Merged(name, text, text, (), (error,)))
        except OSError as failure:
            error = YamlError(f"the file cannot be read: {failure.strerror}", file=name)
            unreadable.append(Merged(name, "", "", (), (error,)))
    return files, unreadable


def _found(settings: ProjectSettings, suffixes: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Path]:
    folders = {folder for key in keys for folder in settings.paths[key]}
    found = {path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes and path.is_file()}
    yield from sorted(found)


def _shown(path: Path, settings: ProjectSettings) -> str:
    return Path(os.path.relpath(path, settings.root)).as_posix()


class _Models:
    """The models of the project, and whether their SQL is what would be generated."""

    def __init__(self, settings: ProjectSettings, made: Generation) -> None:
        self._paths = {path.stem.lower(): path for path in _found(settings, (".sql", ".py"), ("model-paths",))}
        texts = {file.path: file.text for file in made.files}
        self._generated = {
            node.name: (Path(node.path).stem, texts.get(node.path, "")) for node in made.nodes if node.kind == "model"
        }
        self.others: list[str] = []

    def is_as_generated(self, name: str) -> bool:
        """True where the project has the model, with the SQL that would be generated."""
        stem, generated = self._generated.get(name, (name, ""))
        path = self._paths.get(stem.lower())
        if path is None:
            return False
        try:
            text = path.read_bytes()
        except OSError:
            text = b""
        if text.replace(b"\r\n", b"\n") == generated.encode("utf-8"):
            return True
        self.others.append(name)
        return False


class _Tables:
    """What of a database is known to be gone: it was looked for, and is not there under any kind."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names = {(fold(found.database), fold(found.name)) for found in catalog}
        self._complete = not (catalog.refusals or catalog.partial or {"table", "view"} & set(catalog.untold))

    def may_exist(self, database: str, name: str) -> bool:
        """True unless the catalog looked for the table and everything that it looked at could be read."""
        if (fold(database), fold(name)) in self._names or not self._complete:
            return True
        return not self._catalog.scope.keeps(Table(database=database, name=name))
