"""A file while it is changed: entry by entry, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from dbee_dbt.model.errors import YamlError
from dbee_dbt.project.yaml.edits import changed_text
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
            return mark + changed_text(self.document, changes)
        except YamlError as error:
            self.refusals.append(error)
            self._steps = [step for step in self._steps if not step.changes and step.note.what == "no longer there"]
            return self.text
