"""Generation with legacy SQL in it: views that become models, and proposals from the statements that fill tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dbee_dbt.catalogs.encodings import read_text
from dbee_dbt.catalogs.inspected import BTEQ_EXTENSIONS, files_of
from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.model.objects import CodeObject
from dbee_dbt.project.conversion.loads import Batch, loads_of_script
from dbee_dbt.project.conversion.propose import Proposals, propose
from dbee_dbt.project.conversion.relations import sink_of
from dbee_dbt.project.conversion.views import ViewConversion, converted_from
from dbee_dbt.project.generate import Generation, GenerationOptions, generated_from, naming_of
from dbee_dbt.session.options import ProjectOptions

_PLACEHOLDER = re.compile(r"\$\{\s*+(\w++)\s*+\}")


class Asked(Struct, frozen=True):
    """What is asked of legacy SQL.

    Args:
        views: views become models.
        loads: models are proposed from macros and procedures.
        scripts: BTEQ scripts, and folders of them, from which models are proposed as well.
    """

    views: bool = False
    loads: bool = False
    scripts: tuple[Path, ...] = ()


class Conversion(Struct, frozen=True):
    """What became of it; None for what was not asked."""

    views: ViewConversion | None = None
    proposals: Proposals | None = None


def convert(
    address: str, wanted: ObjectFilter, how: GenerationOptions, options: ProjectOptions, asked: Asked
) -> tuple[Generation, Conversion]:
    """Generate sources and models for the objects at an address, and what is asked of legacy SQL.

    Args:
        address: a catalog address; ``""`` for the active target.
        wanted: the objects that are meant.
        how: names and materialization; a converted view stays a view.
        options: which dbt project and target; the values of placeholders in scripts.
        asked: what becomes of legacy SQL.

    Raises:
        GenerationError: no table and no view is among what is meant.
        DbeeError: whatever keeps the catalog or a script from being read, or nothing matches.
    """
    scripts = tuple(_scripts(asked.scripts, options.variables))
    catalog, naming = load_catalog(address, wanted, options), naming_of(address, options)
    if asked.views:
        made, views = converted_from(catalog, how, naming)
    else:
        made, views = generated_from(catalog, how, naming, frozenset()), None
    if not (asked.loads or scripts):
        return made, Conversion(views)
    found = _proposals(catalog, scripts, how, made, asked)
    made = replace(made, files=(*made.files, *found.files), nodes=(*made.nodes, *found.nodes))
    return made, Conversion(views, found)


def _proposals(
    catalog: Catalog, scripts: tuple[Batch, ...], how: GenerationOptions, made: Generation, asked: Asked
) -> Proposals:
    code = [found for found in catalog if isinstance(found, CodeObject)] if asked.loads else []
    return propose(catalog, code, scripts, how, sink_of(catalog, made.names))


def _scripts(paths: tuple[Path, ...], values: Mapping[str, Any]) -> Iterator[Batch]:
    for path in files_of(paths, BTEQ_EXTENSIONS, with_shell=True) if paths else ():
        yield loads_of_script(str(path), _filled(read_text(path), values))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with the placeholders ``${NAME}`` that have a value; the others become variables of the models."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)
