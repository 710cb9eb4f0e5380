"""Where a project's YAML describes its sources, models, seeds and snapshots, in whatever file that is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml.draft import Draft
from dbee_dbt.project.yaml.edits import List
from dbee_dbt.project.yaml.nodes import Mapping, Node, Sequence, items_of, text_of, value

SECTIONS = ("models", "seeds", "snapshots")


class ModelEntry(Struct, frozen=True):
    """The entry of a model, seed or snapshot, and the file that it is in."""

    draft: Draft
    node: Node
    name: str


class SourceEntry(Struct, frozen=True):
    """A source and the file that it is in.

    Args:
        name: the source's name.
        schema: what its ``schema`` says, else its name; Jinja as it is written.
        tables: by folded name in the database.
    """

    draft: Draft
    node: Node
    name: str
    schema: str
    tables: dict[str, Node]


def models_of(draft: Draft) -> Iterator[ModelEntry]:
    """The entries of models, seeds and snapshots in a file."""
    for root in draft.document.roots:
        for section in SECTIONS:
            for item in items_of(value(root, section)):
                name = text_of(value(item, "name"))
                if name is not None:
                    yield ModelEntry(draft, item, name)


def sources_of(draft: Draft) -> Iterator[SourceEntry]:
    """The sources in a file."""
    for root in draft.document.roots:
        for item in items_of(value(root, "sources")):
            name = text_of(value(item, "name"))
            if name is not None:
                yield SourceEntry(draft, item, name, text_of(value(item, "schema")) or name, dict(_tables(item)))


def _tables(source: Node) -> Iterator[tuple[str, Node]]:
    for item in items_of(value(source, "tables")):
        name = text_of(value(item, "identifier")) or text_of(value(item, "name"))
        if name is not None:
            yield fold(name), item


def section_list(draft: Draft, section: str) -> List | None:
    """The first list of a section in a file; None where there is none with something in it."""
    for root in draft.document.roots:
        if not isinstance(root, Mapping):
            continue
        for key, node in root.pairs:
            if key.value == section and isinstance(node, Sequence) and node.items:
                return List(root, key, node)
    return None
