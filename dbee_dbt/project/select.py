"""Which nodes `--select` and `--exclude` mean: dbt's own grammar, answered by dbt's own selector."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from dbee_dbt.model.errors import ManifestError, NothingMatchedError, UsageError
from dbee_dbt.project.manifest import Manifest

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Selection(NamedTuple):
    """Unique ids of the chosen nodes that stand for a table or view (None: all), and what dbt warned of."""

    ids: frozenset[str] | None = None
    warnings: tuple[str, ...] = ()


def select_nodes(manifest: Manifest, select: Iterable[str], exclude: Iterable[str]) -> Selection:
    """The nodes that a selection chooses.

    Args:
        manifest: the project's.
        select: texts as after ``--select``; empty for every node.
        exclude: texts as after ``--exclude``.

    Raises:
        ManifestError: dbt cannot read the manifest.
        UsageError: dbt does not understand the selection.
        NothingMatchedError: it chooses no such node, or there is none in the project.
    """
    wanted, unwanted = list(select), list(exclude)
    every = frozenset(node["unique_id"] for node in manifest.relational())
    if not every:
        raise NothingMatchedError("the project has no model, seed, snapshot or source", subject=manifest.project_name)
    if not wanted and not unwanted:
        return Selection()
    warnings: list[str] = []
    chosen = every & _chosen(manifest, wanted, unwanted, warnings)
    if not chosen:
        raise NothingMatchedError(
            "the selection chooses no model, seed, snapshot or source that stands for a table or view",
            subject=" ".join(wanted) or None,
            hint="`dbt ls` with the same --select and --exclude shows what they choose.",
        )
    return Selection(chosen, tuple(warnings))


def _chosen(manifest: Manifest, select: list[str], exclude: list[str], warnings: list[str]) -> set[str]:
    from dbt.compilation import Linker
    from dbt.contracts.graph.manifest import Manifest as DbtManifest
    from dbt.graph import Graph, NodeSelector, parse_difference
    from dbt_common.exceptions import DbtBaseException

    with _flags(), _warnings_into(warnings):
        try:
            read = DbtManifest.from_writable_manifest(_written(manifest.path))
            linker = Linker()
            linker.link_graph(read)
            selector = NodeSelector(Graph(linker.graph), read, include_empty_nodes=True, selectors=read.selectors)
            found: set[str] = selector.get_selected(parse_difference(select or None, exclude or None))
        except DbtBaseException as error:
            raise UsageError(f"dbt refuses the selection: {' '.join(str(error).split())}") from error
    return found


def _written(path: Path) -> Any:
    """The manifest as dbt's own code reads it.

    Raises:
        ManifestError: it cannot.
    """
    from dbt.artifacts.schemas.manifest import WritableManifest

    try:
        return WritableManifest.read_and_check_versions(str(path))
    except (LookupError, ValueError, TypeError) as error:  # as dbt's decoder raises them; their text is the whole file
        hint = "Run `dbt parse` in the project; it writes target/manifest.json."
        raise ManifestError("dbt cannot read the manifest", file=str(path), hint=hint) from error


@contextmanager
def _flags() -> Iterator[None]:
    """dbt keeps its flags in a global; set the one that its selector asks for, then restore."""
    from dbt import flags

    before = flags.get_flags()
    flags.set_flags(Namespace(**{**vars(before), "INDIRECT_SELECTION": "empty"}))
    try:
        yield
    finally:
        flags.set_flags(before)


@contextmanager
def _warnings_into(found: list[str]) -> Iterator[None]:
    """dbt prints its warnings on standard output, which is for the report; take them instead."""
    from dbt_common.events import event_manager_client
    from dbt_common.events.event_manager import EventManager

    def take(event: Any) -> None:
        if str(event.info.level) in ("warn", "error"):
            found.append(_COLOUR.sub("", str(event.info.msg)).removeprefix("[WARNING]: "))

    before = event_manager_client.get_event_manager()
    quiet = EventManager()
    quiet.callbacks.append(take)
    event_manager_client.ctx_set_event_manager(quiet)
    try:
        yield
    finally:
        event_manager_client.ctx_set_event_manager(before)
