"""A file while it is changed: entry by entry, each wholly or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from dbee_dbt.model.errors import YamlError
from dbee_dbt.project.yaml.edits import Edit, changed_text
from dbee_dbt.project.yaml.merge import Note, Step
from dbee_dbt.project.yaml.nodes import Document, read

_MARK = "\ufeff"


class Draft:
    """A file of the project and what is to become of it.

    Args:
        path: below the project, with ``/``.
        text: the whole file, also with a byte order mark.

    Raises:
        YamlError: the file cannot be read.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.document: Document = read(text.removeprefix(_MARK), path)
        self.refusals: list[YamlError] = []
        self._steps: list[Step] = []

    def attempt(self, steps: Iterable[Step]) -> None:
        """Do these steps, or none of them where one is refused; the refusal is kept."""
        try:
            self._steps += list(steps)
        except YamlError as error:
            self.refusals.append(error)

    @property
    def notes(self) -> list[Note]:
        """What is done, and what is only said."""
        return [step.note for step in self._steps]

    def finished(self) -> str:
        """The whole new text; the old one where nothing changes, or where the changes cannot be made exactly."""
        changes = [change for step in self._steps for change in step.changes]
        if not changes:
            return self.text
        try:
            mark = _MARK if self.text.startswith(_MARK) else ""
            text = mark + changed_text(self.document, changes)
        except YamlError as error:
            self.refusals.append(error)
            self._steps = [step for step in self._steps if not step.changes and step.note.what == "no longer there"]
            return self.text
        self._moved([edit for change in changes for edit in change.edits])
        return text

    def _moved(self, edits: list[Edit]) -> None:
        """Notes get their lines in the new text: what is put in or taken away in front of them moves them."""
        text = self.document.text
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        for index, step in enumerate(self._steps):
            note = step.note
            if note.line is not None and not step.changes:
                before = (edit for edit in edits if edit.start < starts[note.line - 1])
                moved = sum(edit.new.count("\n") - text.count("\n", edit.start, edit.end) for edit in before)
                self._steps[index] = replace(step, note=replace(note, line_after=note.line + moved))
