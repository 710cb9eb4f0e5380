"""A model with versions: each is a table or view of its own, and describes what differs from the model's columns.

As dbt has it: a version has all columns of the model but those that it excludes, and its own in place of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dbee_dbt.model.names import fold
from dbee_dbt.project.yaml import nodes
from dbee_dbt.project.yaml.edits import add_item, is_spaced, new_list
from dbee_dbt.project.yaml.merge import (
    Note,
    Policy,
    Step,
    gone_steps,
    in_words_of,
    is_left_alone,
    list_of,
    named_columns,
    noted,
    own_mapping,
    same_column,
)
from dbee_dbt.project.yaml.nodes import Document, Node, Sequence, items_of, resolved, text_of, value
from dbee_dbt.project.yaml.wanted import Wanted

_Columns = dict[str, nodes.Mapping]


def version_steps(
    document: Document, node: Node, wanted: Mapping[str, Wanted], subject: str, policy: Policy
) -> Iterator[Step]:
    """What becomes of the entry of a model with versions.

    Args:
        document: the file that the entry is in.
        node: the entry.
        wanted: by version, the entry as it would be generated if it were a model of its own.
        subject: what messages call the model.
        policy: what may be done.

    Raises:
        YamlError: it cannot be done without a guess; nothing of the entry should then be done.
    """
    if not is_left_alone(node):
        yield from _Versions(document, node, subject, policy).steps(wanted)


def _wanted_columns(wanted: Wanted) -> _Columns:
    found = [item for item in items_of(value(wanted.node, "columns")) if isinstance(item, nodes.Mapping)]
    return {fold(text_of(value(item, "name")) or ""): item for item in found}


def _named(document: Document, node: Node, subject: str) -> dict[str, Node]:
    found = resolved(value(node, "columns"))
    return named_columns(document, found, subject) if isinstance(found, Sequence) else {}


def _includes(version: Node, name: str) -> bool:
    """True where a version has a column of the model; it excludes it otherwise."""
    for item in items_of(value(version, "columns")):
        include = value(item, "include")
        if include is None:
            continue
        everything = text_of(include) in ("all", "*")
        names = {fold(text_of(each) or "") for each in items_of(include)}
        excluded = {fold(text_of(each) or "") for each in items_of(value(item, "exclude"))}
        return (everything or name in names) and name not in excluded
    return True


class _Versions:
    def __init__(self, document: Document, node: Node, subject: str, policy: Policy) -> None:
        self._document = document
        self._node = node
        self._subject = subject
        self._policy = policy
        self._base = _named(document, node, subject)
        self._inherited: dict[str, list[nodes.Mapping | None]] = {name: [] for name in self._base}

    def steps(self, wanted: Mapping[str, Wanted]) -> Iterator[Step]:
        """Each version that is known, then the columns that they have from the model."""
        for version in items_of(value(self._node, "versions")):
            number = text_of(value(version, "v")) or ""
            own = _named(self._document, version, self._subject)
            from_base = [name for name in self._base if name not in own and _includes(version, name)]
            if number not in wanted:
                for name in from_base:  # nobody knows what this version has: its columns stay
                    self._inherited.pop(name, None)
                continue
            columns = _wanted_columns(wanted[number])
            for name in from_base:
                if name in self._inherited:
                    self._inherited[name].append(columns.get(name))
            yield from self._version(version, own, columns, f"{self._subject}.v{number}")
        yield from self._base_steps()

    def _version(self, version: Node, own: dict[str, Node], columns: _Columns, subject: str) -> Iterator[Step]:
        """Columns that neither the model nor the version describes come to the version; its own follow the database."""
        for name in (name for name in own if name in columns):
            label = f"{subject}.{text_of(value(own[name], 'name'))}"
            yield from same_column(self._document, own[name], columns[name], label, self._policy)
        missing = [column for name, column in columns.items() if name not in own and name not in self._base]
        yield from self._added(version, missing, subject)
        gone = [
            (f"{subject}.{text_of(value(node, 'name'))}", node) for name, node in own.items() if name not in columns
        ]
        yield from gone_steps(self._document, version, "columns", gone, self._policy)

    def _added(self, version: Node, missing: list[nodes.Mapping], subject: str) -> Iterator[Step]:
        document = self._document
        notes = [Note("column added", f"{subject}.{text_of(value(column, 'name'))}") for column in missing]
        new = [in_words_of(document, column) for column in missing]
        if missing and not items_of(value(version, "columns")):
            change = new_list(document, own_mapping(document, version), "columns", Sequence(0, 0, new, False))
            yield from noted(notes, (change,))
        elif missing:
            where = list_of(document, version, "columns")
            last, spaced = where.sequence.items[-1], is_spaced(document, where.sequence)
            for note, column in zip(notes, new, strict=True):
                yield Step(note, (add_item(document, where, last, column, spaced=spaced),))

    def _base_steps(self) -> Iterator[Step]:
        """The model's own columns follow where every version that has them says the same."""
        gone = []
        for name, wanted in self._inherited.items():
            column = self._base[name]
            label = f"{self._subject}.{text_of(value(column, 'name'))}"
            there = [each for each in wanted if each is not None]
            if not there and wanted:
                gone.append((label, column))
            elif len({text_of(value(each, "data_type")) for each in there}) > 1 or len(there) < len(wanted):
                yield Step(Note("kept", label, self._document.line(column.start), "it differs between the versions"))
            elif there:
                yield from same_column(self._document, column, there[-1], label, self._policy)
        yield from gone_steps(self._document, self._node, "columns", gone, self._policy)
