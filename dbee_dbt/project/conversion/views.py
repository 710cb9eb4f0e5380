"""The views of a catalog as models of their own text, among all that generation makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.dependencies.build import dependency_graph
from dbee_dbt.dependencies.graph import Graph
from dbee_dbt.model.catalog import SYSTEM_DATABASES, Catalog, Refusal
from dbee_dbt.model.names import fold
from dbee_dbt.model.objects import ObjectKey, View, shown_name
from dbee_dbt.project.conversion.convert import Converted, NameInView, convert_view
from dbee_dbt.project.conversion.query_text import CannotConvertError
from dbee_dbt.project.conversion.relations import sink_of
from dbee_dbt.project.conversion.view_columns import with_view_columns
from dbee_dbt.project.conversion.view_query import ViewQuery, read_view_query
from dbee_dbt.project.generate import (
    DatabaseNaming,
    GeneratedFile,
    GeneratedName,
    Generation,
    GenerationOptions,
    generated_from,
)


class ViewConversion(Struct, frozen=True):
    """What became of the views of a catalog.

    Args:
        converted: how many are models of their own text now.
        not_converted: the others, each with the reason and its place; they are sources with a staging model.
        left: names in the models that are neither sources nor models of what was generated.
        of_system: how many more names are those of the system's own databases, which no source stands for.
        assumed: names without a database, taken to lie in that of their view.
    """

    converted: int = 0
    not_converted: tuple[Refusal, ...] = ()
    left: tuple[NameInView, ...] = ()
    of_system: int = 0
    assumed: tuple[NameInView, ...] = ()


def converted_from(
    catalog: Catalog, how: GenerationOptions, naming: DatabaseNaming | None = None
) -> tuple[Generation, ViewConversion]:
    """Generate sources and models for a catalog, its views converted.

    Args:
        catalog: the objects.
        how: names and materialization; a converted view stays a view.
        naming: what a database is called, by target of dbt; None where it is called the same everywhere.

    Raises:
        GenerationError: the catalog holds no table and no view.
    """
    graph = dependency_graph(catalog)
    catalog = with_view_columns(catalog, graph)
    refused: dict[ObjectKey, str] = {}
    read = dict(_readable(catalog, graph, refused))
    while True:  # a view that is refused is a source, and no more a model, to those that read it
        made = generated_from(catalog, how, naming, frozenset(read))
        texts = _converted(catalog, read, made, refused)
        if len(texts) == len(read):
            break
        read = {key: found for key, found in read.items() if key in texts}
    models = {one.path: texts[_key(one)].text for one in made.names if one.converted}
    files = tuple(GeneratedFile(file.path, models.get(file.path, file.text)) for file in made.files)
    left = _left(texts.values(), naming)
    return replace(made, files=files), replace(
        _told(catalog, left, refused),
        converted=len(texts),
        assumed=tuple(sorted(one for text in texts.values() for one in text.assumed)),
    )


def _left(texts: Iterable[Converted], naming: DatabaseNaming | None) -> list[NameInView]:
    """What stays as written and may be wrong: names of functions only where a target calls their database otherwise."""
    left = (one for text in texts for one in text.left)
    return sorted(one for one in left if not one.is_function or _is_renamed(one.database, naming))


def _is_renamed(database: str, naming: DatabaseNaming | None) -> bool:
    return naming is not None and any(name != database for name in naming(database).values())


def _told(catalog: Catalog, left: list[NameInView], refused: dict[ObjectKey, str]) -> ViewConversion:
    own = tuple(one for one in left if fold(one.database) not in SYSTEM_DATABASES)
    places = ((catalog.objects[key], reason) for key, reason in refused.items())
    told = [Refusal(f"{shown_name(view)}: {why}", view.origin.file, view.origin.line) for view, why in places]
    told.sort(key=lambda one: (one.file or "", one.line or 0, one.what))
    return ViewConversion(not_converted=tuple(told), left=own, of_system=len(left) - len(own))


def _key(named: GeneratedName) -> ObjectKey:
    return ObjectKey("view", fold(named.database), fold(named.name))


def _readable(catalog: Catalog, graph: Graph, refused: dict[ObjectKey, str]) -> Iterator[tuple[ObjectKey, ViewQuery]]:
    views = {key: found for key, found in catalog.objects.items() if isinstance(found, View)}
    cycles = {key: cycle for cycle in graph.order().cycles for key in cycle}
    for key, view in views.items():
        try:
            if key in cycles:
                others = ", ".join(one.text for one in cycles[key] if one != key)
                raise CannotConvertError(f"it is read by what it reads: {others}")
            yield key, read_view_query(view)
        except CannotConvertError as reason:
            refused[key] = str(reason)


def _converted(
    catalog: Catalog,
    read: dict[ObjectKey, ViewQuery],
    made: Generation,
    refused: dict[ObjectKey, str],
) -> dict[ObjectKey, Converted]:
    sink = sink_of(catalog, made.names)
    texts: dict[ObjectKey, Converted] = {}
    for key, found in read.items():
        try:
            texts[key] = convert_view(found, sink)
        except CannotConvertError as reason:
            refused[key] = str(reason)
    return texts
