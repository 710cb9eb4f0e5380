"""What is wanted, file by file, into the YAML of a project, whatever its layout; nothing is read or written here.

Each file of the project is read once and let go unless something changes in it: thousands of trees would not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from dbee_dbt.model.errors import YamlError
from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml.additions import section_steps, table_steps
from dbee_dbt.project.yaml.draft import Draft
from dbee_dbt.project.yaml.entries import ModelEntry, SourceEntry, models_of, sources_of
from dbee_dbt.project.yaml.layout import is_written_as, refused
from dbee_dbt.project.yaml.merge import (
    Note,
    Policy,
    Step,
    description_steps,
    gone_steps,
    is_left_alone,
    relation_steps,
)
from dbee_dbt.project.yaml.nodes import Node, items_of, text_of, value
from dbee_dbt.project.yaml.versions import version_steps
from dbee_dbt.project.yaml.wanted import Wanted, WantedFile, WantedSource, wanted_file

_NO_ROOT = "Begin the file with `version: 2`, or remove it."
_BRACE = "{{ '{' }}"  # as macros escape it
_WORDS = ("sources", "models", "seeds", "snapshots")


class Existing(Struct, frozen=True):
    """What the project and the database have.

    Args:
        files: the YAML of the project, by path below it, with ``/``.
        has_model: True where the project has this model, and its SQL gives the columns that are wanted.
        has_table: True where the database has a table or view, or nobody looked for it.
        databases: by what is generated as the ``schema`` of a source: its database's own name, then what else it may be
            called, folded; one that is missing is called as it is written.
        unreadable: what can be told of the files that are there and cannot be read, by path.
    """

    files: Mapping[str, str]
    has_model: Callable[[str], bool]
    has_table: Callable[[str, str], bool]
    databases: Mapping[str, tuple[str, frozenset[str]]] = {}
    unreadable: Mapping[str, str] = {}


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


def merge_files(
    wanted: Mapping[str, str],
    existing: Existing,
    policy: Policy,
    own: Iterable[WantedFile] = (),
    enriched: Callable[[WantedFile], WantedFile] | None = None,
) -> tuple[Merged, ...]:
    """Bring the YAML of a project in line with what is wanted.

    Args:
        wanted: generated YAML, by the path where generation would put it.
        own: what is wanted of models whose own tables and views are known; it goes before what is generated.
        existing: what is there.
        policy: what may be done.
        enriched: what is wanted with more in it.

    Returns:
        a file each: those that change, in which something is noted, or that are refused.
    """
    same = {path for path, text in wanted.items() if existing.files.get(path) == text and enriched is None}
    files = [*(wanted_file(path, text) for path, text in wanted.items() if path not in same), *own]
    merge = _Merge(files if enriched is None else [enriched(file) for file in files], existing, policy)
    merge.read(path for path in existing.files if path not in same)
    merge.add()
    return tuple(sorted(merge.results(), key=lambda each: each.path))


class _Home(Struct):
    """Where the tables of a source are, over all files, and the file and number of the source that takes new ones."""

    known: set[str]
    place: tuple[str, int] | None = None
    has_tables: bool = False
    is_there: bool = False


def _names(name: str, table: Node) -> set[str]:
    """What a table of a source is known by: its name in the database, and where that is Jinja, in the project too."""
    return {name, fold(text_of(value(table, "name")) or name)} if _is_jinja(name) else {name}


def _is_jinja(text: str | None) -> bool:
    """True where dbt makes another text of it; braces that generation has escaped stay what they are."""
    plain = (text or "").replace(_BRACE, "")
    return "{{" in plain or "{%" in plain


class _Merge:
    def __init__(self, files: list[WantedFile], existing: Existing, policy: Policy) -> None:
        self._files = files
        self._existing = existing
        self._policy = policy
        self._wanted: dict[str, dict[str, Wanted]] = {}
        for model in (model for file in files for model in file.models):
            self._wanted.setdefault(model.name.lower(), {})[model.version] = model
        self._sources = [source for file in files for source in file.sources]
        self._homes = [_Home(set()) for _ in self._sources]
        self._described: dict[str, str] = {}
        self._drafts: dict[str, Draft] = {}
        self._new: list[Merged] = []
        self._refused: dict[str, Merged] = {}
        self._unread: tuple[str, ...] = ()

    def results(self) -> Iterator[Merged]:
        """Every file that something is to be said of."""
        yield from self._refused.values()
        yield from self._new
        for draft in self._drafts.values():
            after = draft.finished()
            if after != draft.text or draft.notes or draft.refusals:
                yield Merged(draft.path, draft.text, after, tuple(draft.notes), tuple(draft.refusals))

    # --- what is there ---------------------------------------------------------------------------------------------

    def read(self, paths: Iterable[str]) -> None:
        """Bring what is there in line, file by file."""
        for path in sorted(paths):
            text = self._existing.files[path]
            if any(word in text for word in _WORDS):
                try:
                    self._file(Draft(path, text))
                except YamlError as error:
                    self._refuse(path, error)

    def _refuse(self, path: str, error: YamlError) -> None:
        text = self._existing.files[path]
        self._refused[path] = Merged(path, text, text, (), (error,))

    def _file(self, draft: Draft) -> None:
        models = list(models_of(draft))
        for entry in models:
            self._describe(entry)
        for entry in models:
            self._model(entry)
        for number, source in enumerate(sources_of(draft)):
            self._source(number, source)
        if draft.notes or draft.refusals:
            self._drafts[draft.path] = draft

    def _describe(self, entry: ModelEntry) -> None:
        """Remember where a model is described.

        Raises:
            YamlError: it is described elsewhere, too.
        """
        document = entry.draft.document
        other = self._described.get(entry.name.lower())
        if other is not None:
            what = f"{entry.name} is described twice, first in {other}"
            raise refused(document, entry.node.start, what, "Keep one of the two: dbt stops on them.")
        self._described[entry.name.lower()] = f"{entry.draft.path}:{document.line(entry.node.start)}"

    def _model(self, entry: ModelEntry) -> None:
        wanted = self._wanted.get(entry.name.lower(), {})
        document = entry.draft.document
        model = wanted.get("")
        versions = items_of(value(entry.node, "versions"))
        if versions:
            if model is not None and model.generated_version and self._follows(model):
                wanted = {model.generated_version: model, **wanted}
            if len(versions) > 1 or value(versions[0], "columns") is not None:
                entry.draft.attempt(version_steps(document, entry.node, wanted, entry.name, self._policy))
                return
            model = wanted.get(text_of(value(versions[0], "v")) or "")  # its columns are those of the model
        elif model is not None and not self._follows(model):
            return
        if model is not None and not is_written_as(document, entry.node, model.text):
            entry.draft.attempt(relation_steps(document, entry.node, model, entry.name, self._policy))

    def _follows(self, model: Wanted) -> bool:
        return model.is_own or self._existing.has_model(model.name)

    # --- sources ---------------------------------------------------------------------------------------------------

    def _source(self, number: int, entry: SourceEntry) -> None:
        """Bring a source in line with those that are wanted of the same database."""
        for wanted, home in zip(self._sources, self._homes, strict=True):
            if not self._is_same_source(entry, wanted):
                continue
            home.is_there = True
            home.known.update(*(_names(name, node) for name, node in entry.tables.items()))
            if is_left_alone(entry.node):
                continue
            self._existing_source(entry, wanted)
            has_tables = bool(items_of(value(entry.node, "tables")))
            if home.place is None or (has_tables and not home.has_tables):
                home.place, home.has_tables = (entry.draft.path, number), has_tables

    def _is_same_source(self, entry: SourceEntry, wanted: WantedSource) -> bool:
        if "{{" in entry.schema and entry.schema != wanted.schema:
            return entry.name == wanted.name
        return entry.schema == wanted.schema or fold(entry.schema) in self._database(wanted)[1]

    def _database(self, wanted: WantedSource) -> tuple[str, frozenset[str]]:
        """The name of a source's database, and all that it may be called, folded."""
        known = self._existing.databases.get(wanted.schema)
        return known or (wanted.schema, frozenset({fold(wanted.schema)}))

    def _existing_source(self, entry: SourceEntry, wanted: WantedSource) -> None:
        draft, document = entry.draft, entry.draft.document
        draft.attempt(description_steps(document, entry.node, wanted.node, entry.name, after="name"))
        for name, node in entry.tables.items():
            table = wanted.tables.get(name)
            if table is not None and not is_written_as(document, node, table.text):
                subject = f"{entry.name}.{text_of(value(node, 'name'))}"
                draft.attempt(relation_steps(document, node, table, subject, self._policy))
        draft.attempt(self._gone_tables(entry, wanted))

    def _gone_tables(self, entry: SourceEntry, wanted: WantedSource) -> Iterator[Step]:
        database = self._database(wanted)[0]
        gone: list[tuple[str, Node]] = [
            (f"{entry.name}.{text_of(value(node, 'name'))}", node)
            for name, node in entry.tables.items()
            if name not in wanted.tables and not is_left_alone(node) and not self._existing.has_table(database, name)
        ]
        jinja = [
            each for each in gone if any(_is_jinja(text_of(value(each[1], key))) for key in ("identifier", "name"))
        ]
        for subject, node in jinja:
            gone.remove((subject, node))
            yield Step(Note("kept", subject, entry.draft.document.line(node.start), "its name is written with Jinja"))
        refilled = any(name not in entry.tables for name in wanted.tables)
        yield from gone_steps(entry.draft.document, entry.node, "tables", gone, self._policy, refilled=refilled)

    # --- what is missing -------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add what no file describes: tables to their source, all else where generation puts it."""
        unread = (*self._existing.unreadable.values(), *(each.after for each in self._refused.values()))
        self._unread = tuple(map(fold, unread))
        homes = iter(self._homes)
        for file in self._files:
            for source in file.sources:
                self._add_source(file, source, next(homes))
            models = [model for model in file.models if self._is_missing(model)]
            if models:
                self._add_models(file, models)

    def _is_missing(self, model: Wanted) -> bool:
        name = model.name.lower()
        chosen = self._wanted[name].get(model.version) is model and not model.version
        return chosen and name not in self._described and self._follows(model) and not self._may_stand_unread(name)

    def _may_stand_unread(self, name: str) -> bool:
        """True where a file that could not be read, and is refused for that, may describe something of this name."""
        return any(fold(name) in text for text in self._unread)

    def _add_models(self, file: WantedFile, models: list[Wanted]) -> None:
        notes = [Note("model added", model.name) for model in models]
        if file.path not in self._existing.files:
            self._new.append(Merged(file.path, None, file.with_models(models), tuple(notes)))
            return
        draft = self._draft(file.path)
        if draft is not None:
            draft.attempt(section_steps(draft, file.section, [model.node for model in models], notes))

    def _add_source(self, file: WantedFile, source: WantedSource, home: _Home) -> None:
        missing = {name: table for name, table in source.tables.items() if name not in home.known}
        if not home.is_there:
            if self._may_stand_unread(source.name):
                return
            note = Note("source added", source.name)
            if file.path not in self._existing.files:
                self._new.append(Merged(file.path, None, file.text, (note,)))
                return
            draft = self._draft(file.path)
            if draft is not None:
                draft.attempt(section_steps(draft, "sources", [source.whole], [note]))
        elif missing and home.place is not None:
            path, number = home.place
            draft = self._draft(path)
            if draft is not None:
                entry = list(sources_of(draft))[number]
                draft.attempt(table_steps(entry, source, missing))

    def _draft(self, path: str) -> Draft | None:
        """A file that something is added to; None where it is refused."""
        if path in self._refused:
            return None
        if path not in self._drafts:
            draft = Draft(path, self._existing.files[path])
            if not draft.document.roots:
                self._refuse(path, YamlError("nothing can be added here", file=path, hint=_NO_ROOT))
                return None
            self._drafts[path] = draft
        return self._drafts[path]
