"""What is wanted, file by file, into the YAML of a project, whatever its layout; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from dbee_dbt.model.errors import YamlError
from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml import nodes
from dbee_dbt.project.yaml.draft import Draft
from dbee_dbt.project.yaml.edits import add_item, is_spaced, new_list, remove_items
from dbee_dbt.project.yaml.entries import ModelEntry, SourceEntry, models_of, section_list, sources_of
from dbee_dbt.project.yaml.layout import refused
from dbee_dbt.project.yaml.merge import (
    Note,
    Policy,
    Step,
    What,
    description_steps,
    gone_steps,
    in_words_of,
    is_left_alone,
    list_of,
    noted,
    own_mapping,
    relation_steps,
)
from dbee_dbt.project.yaml.nodes import Node, Sequence, items_of, text_of, value

_NO_ROOT = "Begin the file with `version: 2`, or remove it."
_WORDS = ("sources", "models", "seeds", "snapshots")


class Existing(Struct, frozen=True):
    """What the project and the database have.

    Args:
        files: the YAML of the project, by path below it, with ``/``.
        has_model: True where the project has this model, and its SQL gives the columns that are wanted.
        has_table: True where the database has a table or view, or nobody looked for it.
    """

    files: Mapping[str, str]
    has_model: Callable[[str], bool]
    has_table: Callable[[str, str], bool]


class Merged(Struct, frozen=True):
    """What becomes of one file.

    Args:
        path: below the project, with ``/``.
        before: its text; None where there is none yet.
        after: its new text.
        notes: what is done, and what is only said.
        refusals: what could not be done, and why.
    """

    path: str
    before: str | None
    after: str
    notes: tuple[Note, ...] = ()
    refusals: tuple[YamlError, ...] = ()

    @property
    def changes(self) -> bool:
        """True where the text becomes another."""
        return self.before != self.after


def merge_files(wanted: Mapping[str, str], existing: Existing, policy: Policy) -> tuple[Merged, ...]:
    """Bring the YAML of a project in line with what is wanted.

    Args:
        wanted: generated YAML, by the path where generation would put it.
        existing: what is there.
        policy: what may be done.

    Returns:
        a file each: those that change, in which something is noted, or that are refused.
    """
    merge = _Merge(existing, policy)
    same = {path for path, text in wanted.items() if existing.files.get(path) == text}
    merge.read(path for path in existing.files if path not in same)
    for path, text in wanted.items():
        if path not in same:
            merge.file(path, text)
    return tuple(sorted(merge.results(), key=lambda each: each.path))


class _Merge:
    def __init__(self, existing: Existing, policy: Policy) -> None:
        self._existing = existing
        self._policy = policy
        self._drafts: dict[str, Draft] = {}
        self._new: list[Merged] = []
        self._refused: list[Merged] = []
        self._models: dict[str, ModelEntry] = {}
        self._sources: list[SourceEntry] = []

    # --- what is there ---------------------------------------------------------------------------------------------

    def read(self, paths: Iterable[str]) -> None:
        """Read the files that can describe sources or models."""
        for path in sorted(paths):
            text = self._existing.files[path]
            if any(word in text for word in _WORDS):
                try:
                    self._index(Draft(path, text))
                except YamlError as error:
                    self._refused.append(Merged(path, text, text, (), (error,)))

    def _index(self, draft: Draft) -> None:
        self._drafts[draft.path] = draft
        self._sources += sources_of(draft)
        for entry in models_of(draft):
            other = self._models.setdefault(entry.name.lower(), entry)
            if other is not entry:
                place = f"{other.draft.path}:{other.draft.document.line(other.node.start)}"
                what = f"{entry.name} is described twice, first in {place}"
                raise refused(draft.document, entry.node.start, what, "Keep one of the two: dbt stops on them.")

    def results(self) -> Iterator[Merged]:
        """Every file that something is to be said of."""
        yield from self._refused
        yield from self._new
        for draft in self._drafts.values():
            after = draft.finished()
            if after != draft.text or draft.notes or draft.refusals:
                yield Merged(draft.path, draft.text, after, tuple(draft.notes), tuple(draft.refusals))

    # --- what is wanted --------------------------------------------------------------------------------------------

    def file(self, path: str, text: str) -> None:
        """Merge one generated file."""
        generated = Draft(path, text)
        new = {
            "sources": [entry.node for entry in sources_of(generated) if not self._source(entry)],
            "models": list(self._missing_models(generated)),
        }
        for section, missing in new.items():
            if missing:
                self._place(generated, section, missing)

    def _place(self, generated: Draft, section: str, missing: list[Node]) -> None:
        """New entries where generation puts them."""
        path = generated.path
        if path in self._drafts:
            self._drafts[path].attempt(_section_steps(self._drafts[path], section, missing))
        elif path in self._existing.files:
            text = self._existing.files[path]
            hint = "Begin the file with `version: 2`, or remove it."
            self._refused.append(
                Merged(path, text, text, (), (YamlError("nothing can be added here", file=path, hint=hint),))
            )
        else:
            self._new.append(_new_file(generated, section, missing))

    # --- models ----------------------------------------------------------------------------------------------------

    def _missing_models(self, generated: Draft) -> Iterator[Node]:
        for wanted in models_of(generated):
            if not self._existing.has_model(wanted.name) or not isinstance(wanted.node, nodes.Mapping):
                continue
            entry = self._models.get(wanted.name.lower())
            if entry is None:
                yield wanted.node
            else:
                steps = relation_steps(entry.draft.document, entry.node, wanted.node, entry.name, self._policy)
                entry.draft.attempt(steps)

    # --- sources ---------------------------------------------------------------------------------------------------

    def _source(self, wanted: SourceEntry) -> bool:
        """Merge a source into those that read the same database; False where there is none."""
        there = [entry for entry in self._sources if _same_source(entry, wanted)]
        free = [entry for entry in there if not is_left_alone(entry.node)]
        for entry in free:
            self._existing_source(entry, wanted)
        if free:
            known = {name for entry in there for name in entry.tables}
            home = next((entry for entry in free if items_of(value(entry.node, "tables"))), free[0])
            missing = {name for name in wanted.tables if name not in known}
            home.draft.attempt(_missing_tables(home, wanted, missing))
        return bool(there)

    def _existing_source(self, entry: SourceEntry, wanted: SourceEntry) -> None:
        draft, document = entry.draft, entry.draft.document
        assert isinstance(wanted.node, nodes.Mapping)
        draft.attempt(description_steps(document, entry.node, wanted.node, entry.name, after="name"))
        for name, table in wanted.tables.items():
            node = entry.tables.get(name)
            if node is not None and isinstance(table, nodes.Mapping):
                subject = f"{entry.name}.{text_of(value(node, 'name'))}"
                draft.attempt(relation_steps(document, node, table, subject, self._policy))
        draft.attempt(self._gone_tables(entry, wanted))

    def _gone_tables(self, entry: SourceEntry, wanted: SourceEntry) -> Iterator[Step]:
        database = wanted.database or wanted.name
        gone = [
            (f"{entry.name}.{text_of(value(node, 'name'))}", node)
            for name, node in entry.tables.items()
            if name not in wanted.tables and not is_left_alone(node) and not self._existing.has_table(database, name)
        ]
        yield from gone_steps(entry.draft.document, entry.node, "tables", gone, self._policy)


def _same_source(entry: SourceEntry, wanted: SourceEntry) -> bool:
    if entry.database is None:
        return entry.name == wanted.name
    return fold(entry.database) == fold(wanted.database or wanted.name)


def _missing_tables(home: SourceEntry, wanted: SourceEntry, missing: set[str]) -> Iterator[Step]:
    """The tables that a source lacks, each behind the one before it in the database."""
    if not missing:
        return
    if not items_of(value(home.node, "tables")):
        yield from _first_tables(home, [table for name, table in wanted.tables.items() if name in missing])
        return
    document = home.draft.document
    where = list_of(document, home.node, "tables")
    spaced = is_spaced(document, where.sequence)
    before: Node | None = None
    for name, table in wanted.tables.items():
        before = home.tables.get(name, before)
        if name in missing:
            line = document.line((before or where.sequence).start)
            note = Note("table added", f"{home.name}.{text_of(value(table, 'name'))}", line)
            yield Step(note, (add_item(document, where, before, in_words_of(document, table), spaced=spaced),))


def _first_tables(home: SourceEntry, missing: list[Node]) -> Iterator[Step]:
    document = home.draft.document
    tables = Sequence(0, 0, [in_words_of(document, table) for table in missing], False)
    change = new_list(document, own_mapping(document, home.node), "tables", tables)
    notes = [Note("table added", f"{home.name}.{text_of(value(table, 'name'))}") for table in missing]
    yield from noted(notes, (change,))


def _section_steps(draft: Draft, section: str, missing: list[Node]) -> Iterator[Step]:
    """New entries at the end of a section of a file, or in a section that is new."""
    document = draft.document
    new = [in_words_of(document, node) for node in missing]
    where = section_list(draft, section)
    notes = _section_notes(section, missing)
    if where is not None:
        last, spaced = where.sequence.items[-1], is_spaced(document, where.sequence)
        for note, node in zip(notes, new, strict=True):
            yield Step(note, (add_item(document, where, last, node, spaced=spaced),))
        return
    root = next((root for root in document.roots if isinstance(root, nodes.Mapping)), None)
    if root is None:
        raise refused(document, 0, f"{section} cannot be added here", _NO_ROOT)
    yield from noted(notes, (new_list(document, root, section, Sequence(0, 0, new, False)),))


def _section_notes(section: str, missing: list[Node]) -> list[Note]:
    what: What = "source added" if section == "sources" else "model added"
    return [Note(what, text_of(value(node, "name")) or "") for node in missing]


def _new_file(generated: Draft, section: str, missing: list[Node]) -> Merged:
    """The generated file, without the entries that are not missing."""
    where = section_list(generated, section)
    assert where is not None
    kept = {id(node) for node in missing}
    others = [item for item in where.sequence.items if id(item) not in kept]
    if others:
        changes = tuple(remove_items(generated.document, where, others))
        generated.attempt([Step(Note("removed", ""), changes)])
    return Merged(generated.path, None, generated.finished(), tuple(_section_notes(section, missing)))
