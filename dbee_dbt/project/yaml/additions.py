"""Entries that no file describes yet: tables behind those before them, models and sources at the end of a section."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.project.yaml.draft import Draft
from dbee_dbt.project.yaml.edits import add_item, is_spaced, new_list
from dbee_dbt.project.yaml.entries import SourceEntry, section_list
from dbee_dbt.project.yaml.layout import refused
from dbee_dbt.project.yaml.merge import Note, Step, in_words_of, list_of, noted, own_mapping
from dbee_dbt.project.yaml.nodes import Mapping, Node, Sequence, items_of, value
from dbee_dbt.project.yaml.wanted import Wanted, WantedSource

_NO_ROOT = "Begin the file with `version: 2`, or remove it."


def table_steps(home: SourceEntry, wanted: WantedSource, missing: dict[str, Wanted]) -> Iterator[Step]:
    """The tables that a source lacks, each behind the one before it in the database.

    Args:
        home: the source that takes them.
        wanted: all tables of the database, in order.
        missing: those that no source has.

    Raises:
        YamlError: an alias stands for the list.
    """
    if not items_of(value(home.node, "tables")):
        yield from _first_tables(home, list(missing.values()))
        return
    document = home.draft.document
    where = list_of(document, home.node, "tables")
    spaced = is_spaced(document, where.sequence)
    before: Node | None = None
    for name, table in wanted.tables.items():
        before = home.tables.get(name, before)
        if name in missing:
            line = document.line((before or where.sequence).start)
            note = Note("table added", f"{home.name}.{table.name}", line)
            yield Step(note, (add_item(document, where, before, in_words_of(document, table.node), spaced=spaced),))


def _first_tables(home: SourceEntry, missing: list[Wanted]) -> Iterator[Step]:
    document = home.draft.document
    tables = Sequence(0, 0, [in_words_of(document, table.node) for table in missing], False)
    change = new_list(document, own_mapping(document, home.node), "tables", tables)
    yield from noted([Note("table added", f"{home.name}.{table.name}") for table in missing], (change,))


def section_steps(draft: Draft, section: str, missing: list[Mapping], notes: list[Note]) -> Iterator[Step]:
    """New entries at the end of a section of a file, or in a section that is new.

    Args:
        draft: the file.
        section: ``models`` or ``sources``.
        missing: the entries.
        notes: what is said of each.

    Raises:
        YamlError: the file cannot take them.
    """
    document = draft.document
    new = [in_words_of(document, node) for node in missing]
    where = section_list(draft, section)
    if where is not None:
        last, spaced = where.sequence.items[-1], is_spaced(document, where.sequence)
        for note, node in zip(notes, new, strict=True):
            yield Step(note, (add_item(document, where, last, node, spaced=spaced),))
        return
    root = next((root for root in document.roots if isinstance(root, Mapping)), None)
    if root is None:
        raise refused(document, 0, f"{section} cannot be added here", _NO_ROOT)
    yield from noted(notes, (new_list(document, root, section, Sequence(0, 0, new, False)),))
